"""The walk over one document's tokens: what each token adds to the model."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diptych.diagnostics import Problem, did_you_mean
from diptych.model.document import (
    Block,
    Citation,
    CitedKey,
    CrossReference,
    Document,
    Figure,
    Label,
    Link,
    Marker,
    Run,
    Section,
    Table,
)
from diptych.model.frontmatter import Header
from diptych.parse.dialect import (
    CITATION_ROLES,
    DIRECTIVES,
    MARKER_ROLE,
    REFERENCE_ROLES,
    ROLES,
    TEXT_ROLES,
)
from diptych.parse.directive import DirectiveText, read_directive
from diptych.parse.inline import InlineMap, placed
from diptych.span import Source, Span

_TARGET = re.compile(r"\s*(?:\{([^{}]+)\})?\s*([^{}\s,]+)\s*(?:\{([^{}]+)\})?\s*(,|$)")
_EXPLICIT = re.compile(r"(.+?)\s*<([^<>]+)>", re.DOTALL)
_DEEPEST = 6
"""Directives within directives; more than any paper needs, few enough for the stack."""


class Reader:
    """Collects the parts of one document, token by token."""

    def __init__(self, source: Source, parser: MarkdownIt, problems: list[Problem]) -> None:
        self._source, self._parser, self._problems = source, parser, problems
        self._blocks: list[Block] = []
        self._sections: list[Section] = []
        self._citations: list[Citation] = []
        self._markers: list[Marker] = []
        self._figures: list[Figure] = []
        self._tables: list[Table] = []
        self._links: list[Link] = []
        self._references: list[CrossReference] = []
        self._labels: list[Label] = []
        self._section: int | None = None
        self._question: str | None = None
        self._depth = 0

    def document(self, slug: str, header: Header) -> Document:
        """Everything that was read."""
        return Document(
            self._source,
            slug,
            header,
            tuple(self._blocks),
            tuple(self._sections),
            tuple(self._citations),
            tuple(self._markers),
            tuple(self._figures),
            tuple(self._tables),
            tuple(self._links),
            tuple(self._references),
            tuple(self._labels),
            tuple(sorted(self._problems, key=lambda problem: problem.span.start)),
        )

    def read_abstract(self, text: str, line: int) -> None:
        """Read the abstract, whose text begins in line ``line`` of the source."""
        self._walk(self._parser.parse(text, {}), line, "abstract")
        self._question = None

    def read_body(self, tokens: list[Token]) -> None:
        """Read everything below the front matter."""
        self._walk(tokens, 1, "paragraph")

    # -- blocks

    def _walk(self, tokens: list[Token], line: int, default: str) -> None:
        """``line`` is the source's line of the tokens' line 0; ``default`` the class of plain prose."""
        kinds, cell = [default], 0
        for at, token in enumerate(tokens):
            name = token.type
            if name in _CONTAINERS:
                # prose keeps the class of what it stands in: a list in a footnote is a footnote
                kinds.append(_CONTAINERS[name] if kinds[-1] == "paragraph" else kinds[-1])
                if name == "table_open" and default != "table":
                    self._table(tokens, at, line)
            elif name.endswith("_close") and f"{name[:-6]}_open" in _CONTAINERS:
                kinds.pop()
            elif name == "tr_open":
                cell = 0
            elif name == "heading_open":
                self._heading(token, tokens[at + 1], line)
            elif name == "inline" and tokens[at - 1].type != "heading_open":
                in_cell = tokens[at - 1].type in ("th_open", "td_open")
                self._inline(token, line, kinds[-1], cell if in_cell else None)
                cell += in_cell
            elif name in ("fence", "colon_fence"):
                self._fence(token, line, kinds[-1])
            elif name in _SILENT:
                self._silent(token, line)
            elif name in _REFUSED:
                kind, message, hint = _REFUSED[name]
                self._note(kind, message, self._line_span(token, line), hint)

    def _heading(self, opening: Token, inline: Token, line: int) -> None:
        level = int(opening.tag[1])
        if level == 1:
            self._note("title-heading", "the title stands in the front matter, not in a heading of level 1",
                       self._line_span(opening, line), "remove it, or use ## for a section")  # fmt: skip
        if level <= 2:
            self._question = None
        parent = self._section
        while parent is not None and self._sections[parent].level >= level:
            parent = self._sections[parent].parent
        self._section = len(self._sections)
        place = self._line_span(opening, line)
        self._sections.append(Section("", level, parent, place))
        runs, span = self._inline(inline, line, "heading", None)
        title = "".join(run.text for run in runs if run.kind != "math").strip()
        self._sections[-1] = Section(title, level, parent, span if inline.content else place)

    def _table(self, tokens: list[Token], at: int, line: int) -> None:
        has_header = any(cell.content.strip() for cell in _header_cells(tokens, at))
        self._tables.append(Table("", has_header, False, self._section, self._line_span(tokens[at], line)))

    def _silent(self, token: Token, line: int) -> None:
        span = self._line_span(token, line)
        if token.type == "myst_target":
            self._labels.append(Label(token.content, self._section, span))
            return
        if token.type == "math_block_label":
            self._labels.append(Label(token.info, self._section, span))
        kind = "math-block" if token.type != "code_block" else "code-block"
        if token.type != "myst_line_comment":
            self._blocks.append(Block(kind, (Run("math", token.content, span, None),), self._section, span))

    # -- directives

    def _fence(self, token: Token, line: int, around: str) -> None:
        place = self._line_span(token, line)
        directive = read_directive(token.info, token.content)
        if directive is None:
            run = Run("code", token.content, place, None)
            self._blocks.append(Block("code-block", (run,), self._section, place))
            return
        if directive.kind is None:
            known = did_you_mean(directive.name, DIRECTIVES) or f"known directives: {', '.join(sorted(DIRECTIVES))}"
            span = self._within(place, "{" + directive.name + "}")
            self._note("unknown-directive", f'there is no directive "{directive.name}" for analyses', span, known)
            return
        if directive.fault:
            self._note("malformed-options", f'the options of "{directive.name}" cannot be read: {directive.fault}',
                       place, "write each option as :name: value, below the opening line")  # fmt: skip
        first = line + token.map[0]
        for name, number in directive.option_lines.items():
            if name not in directive.kind.options:
                known = did_you_mean(name, directive.kind.options)
                span = self._within(self._source.line_span(first + number), name)
                self._note("unknown-option", f'"{directive.name}" has no option "{name}"', span, known)
        self._directive(directive, first, place, around)

    def _directive(self, directive: DirectiveText, first: int, place: Span, around: str) -> None:
        """``first`` is the source's line of the opening fence."""
        kind, options = directive.kind, directive.options
        label = options.get("name") or options.get("label") or ""
        if label:
            self._labels.append(Label(label, self._section, place))
        if kind.argument == "file":
            file = self._within(place, directive.argument)
            has_caption = bool(directive.body.strip())
            alt = options.get("alt", "")
            self._figures.append(Figure(directive.argument, alt, label, has_caption, self._section, file))
        if kind.body == "cells":
            has_header = options.get("header-rows", "0") not in ("", "0") or directive.name == "table"
            self._tables.append(Table(label, has_header, bool(directive.argument), self._section, place))
        if kind.argument in ("caption", "title") and directive.argument:
            caption = "caption" if kind.argument == "caption" else kind.block
            self._nested(directive.argument, first, caption)
        if kind.body in ("caption", "cells", "prose"):
            block = kind.block if around in ("paragraph", kind.block) else around
            self._nested(directive.body, first + directive.body_line, block)
        elif kind.body in ("code", "math"):
            inside = Run(kind.body, directive.body, place, None)
            self._blocks.append(Block(f"{kind.body}-block", (inside,), self._section, place))
        elif directive.body.strip():
            self._note("unknown-body", f'"{directive.name}" takes no text', place, "remove the text below its options")

    def _nested(self, text: str, line: int, kind: str) -> None:
        if self._depth >= _DEEPEST:
            self._note("too-deep", f"directives are nested more than {_DEEPEST} deep", self._source.line_span(line), "")
            return
        self._depth += 1
        self._walk(self._parser.parse(text, {}), line, kind)
        self._depth -= 1

    # -- inline content

    def _inline(self, token: Token, line: int, kind: str, cell: int | None) -> tuple[tuple[Run, ...], Span]:
        places = InlineMap(self._source, token.content, line + token.map[0], cell)
        span = places.span(0, len(token.content))
        runs: list[Run] = []
        link: Token | None = None
        link_start, link_runs = 0, 0
        for child, start, end in placed(token.children or [], token.content):
            here = places.span(start, end)
            if child.type == "link_open":
                link, link_start, link_runs = child, start, len(runs)
            elif child.type == "link_close" and link is not None:
                text = "".join(run.text for run in runs[link_runs:])
                self._links.append(Link(str(link.attrs["href"]), text, self._section, places.span(link_start, end)))
                link = None
            elif child.type == "text":
                runs.append(Run("link" if link else "text", child.content, here, self._question))
            elif child.type in ("softbreak", "hardbreak"):
                runs.append(Run("text", "\n", here, self._question))
            elif child.type == "code_inline":
                runs.append(Run("code", child.content, here, self._question))
            elif child.type in ("math_inline", "math_inline_double"):
                runs.append(Run("math", child.content, here, self._question))
            elif child.type == "footnote_ref":
                runs.append(Run("note", "", here, self._question))
            elif child.type == "image":
                self._figures.append(Figure(str(child.attrs["src"]), child.content, "", False, self._section, here))
                runs.append(Run("image", "", here, self._question))
            elif child.type == "myst_role":
                inner = places.span(end - len(child.content) - _ticks(token.content, end), end)
                runs.append(self._role(child, here, inner.start))
            elif child.type == "html_inline":
                self._note("raw-html", "HTML is not allowed in an analysis", here, "use Markdown instead")
        self._blocks.append(Block(kind, tuple(runs), self._section, span))
        return tuple(runs), span

    def _role(self, token: Token, span: Span, content_start: int) -> Run:
        name, content = token.meta["name"], token.content
        if name not in ROLES:
            hint = did_you_mean(name, ROLES) or f"known roles: {', '.join(sorted(ROLES))}"
            self._note("unknown-role", f'there is no role "{name}" for analyses', span, hint)
            return Run("text", content, span, self._question)
        if name in CITATION_ROLES:
            self._cite(name.removeprefix("cite:"), content, span, content_start)
            return Run("citation", content, span, self._question)
        if name == MARKER_ROLE:
            self._question = content.strip()
            self._markers.append(Marker(self._question, self._section, span))
            return Run("marker", "", span, self._question)
        if name in REFERENCE_ROLES:
            explicit = _EXPLICIT.fullmatch(content)
            label = (explicit[2] if explicit else content).strip()
            self._references.append(CrossReference(name, label, self._section, span))
            return Run("cross-reference", explicit[1] if explicit else REFERENCE_ROLES[name], span, self._question)
        return Run(TEXT_ROLES[name], content, span, self._question)

    def _cite(self, role: str, content: str, span: Span, start: int) -> None:
        keys, at = [], 0
        while match := _TARGET.match(content, at):
            place = self._source.span(start + match.start(2), start + match.end(2))
            keys.append(CitedKey(match[2], place, match[1] or "", match[3] or ""))
            at = match.end()
            if match[4] != ",":
                break
        if at < len(content) or not keys or content.rstrip().endswith(","):
            self._note("malformed-citation", f'"{content}" is not a list of citation keys', span,
                       "write {cite:p}`key{Table 2},other` with keys, locators in braces, and commas")  # fmt: skip
        block = len(self._blocks)
        self._citations.append(Citation(role, tuple(keys), self._section, self._question, block, span))

    # -- places

    def _line_span(self, token: Token, line: int) -> Span:
        first = min(line + (token.map or [0])[0], len(self._source.line_starts))
        return self._source.line_span(first)

    def _within(self, span: Span, text: str) -> Span:
        """The place of ``text`` within ``span``, or all of ``span``."""
        at = self._source.text.find(text, span.start, span.end) if text else -1
        return self._source.span(at, at + len(text)) if at >= 0 else span

    def _note(self, kind: str, message: str, span: Span, hint: str) -> None:
        self._problems.append(Problem(kind, message, span, hint))


def _ticks(content: str, end: int) -> int:
    """How many backticks stand before ``end``."""
    return end - len(content[:end].rstrip("`"))


def _header_cells(tokens: list[Token], at: int) -> list[Token]:
    cells = []
    for token in tokens[at:]:
        if token.type == "thead_close":
            break
        if token.type == "inline":
            cells.append(token)
    return cells


_CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "dl_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "footnote_reference_open": "footnote",
}
"""What opens a stretch of another word class."""

_SILENT = {"myst_target", "myst_line_comment", "math_block", "math_block_label", "amsmath", "code_block"}

_REFUSED = {
    "html_block": ("raw-html", "HTML is not allowed in an analysis", "use Markdown; a comment begins with %"),
    "hr": ("thematic-break", "a paper has no horizontal rules", "use a heading, or nothing"),
    "myst_block_break": ("block-break", "a paper has no block breaks", "remove the line that begins with +++"),
}
"""Blocks that an analysis may not hold: the kind of problem, what is wrong, how to mend it."""
