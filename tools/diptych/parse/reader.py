"""The walk over one document's tokens: what each token adds to the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diptych.diagnostics import Problem
from diptych.model.document import (
    Block,
    Citation,
    CitedKey,
    CrossReference,
    Definition,
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
from diptych.model.suppressions import Suppression
from diptych.model.words import class_within
from diptych.parse.dialect import (
    CITATION_ROLES,
    MARKER_ROLE,
    REFERENCE_ROLES,
    REFUSED_BLOCKS,
    ROLES,
    TEXT_ROLES,
)
from diptych.parse.directive import DirectiveText, kind_after, read_directive
from diptych.parse.inline import InlineMap, bounds
from diptych.parse.notes import Notes
from diptych.parse.suppressions import read_block_comment
from diptych.parse.tables import SHAPES, Grid, csv_grid, read_csv, read_grid
from diptych.span import Source, Span

_TARGET = re.compile(r"\s*(?:\{([^{}]+)\}\s*)?([^{}\s,]+)\s*(?:\{([^{}]+)\}\s*)?(,|$)")
_EXPLICIT = re.compile(r"(.+)<([^<>]+)>", re.DOTALL)
_FENCED = re.compile(r"^ *(:{3,}|`{3,}|~{3,}).*?^ *\1[:`~]*\s*$", re.DOTALL | re.MULTILINE)
_DEEPEST = 6
"""Directives within directives; more than any paper needs, few enough for the stack."""


class Reader:
    """Collects the parts of one document, token by token."""

    def __init__(self, source: Source, parser: MarkdownIt, problems: list[Problem], env: dict[str, Any]) -> None:
        """``env`` is what the parser keeps of a whole text, such as the targets of links."""
        self._source, self._parser, self._problems, self._env = source, parser, problems, env
        self._notes = Notes(source, problems)
        self._blocks: list[Block] = []
        self._sections: list[Section] = []
        self._citations: list[Citation] = []
        self._markers: list[Marker] = []
        self._figures: list[Figure] = []
        self._tables: list[Table] = []
        self._links: list[Link] = []
        self._references: list[CrossReference] = []
        self._labels: list[Label] = []
        self._suppressions: list[Suppression] = []
        self._link_uses: set[str] = set()
        self._targets: dict[str, dict] = dict(env.get("references", {}))
        self._section: int | None = None
        self._question: str | None = None
        self._depth = 0
        self._cell: int | None = None  # where the cell of a csv-table begins that is being read
        # the label of the figure whose parts are being read, and whether it has a caption
        self._group: tuple[str, bool] | None = None

    def document(self, slug: str, header: Header, suppressions: tuple[Suppression, ...] = ()) -> Document:
        """Everything that was read; ``suppressions`` are those of the header."""
        definitions = tuple(self._definitions())
        return Document(
            self._source, slug, header, tuple(self._blocks), tuple(self._sections), tuple(self._citations),
            tuple(self._markers), tuple(self._figures), tuple(self._tables), tuple(self._links),
            tuple(self._references), tuple(self._labels),
            tuple(sorted(self._problems, key=lambda problem: problem.span.start)),
            definitions, (*suppressions, *self._suppressions),
        )  # fmt: skip

    def read_abstract(self, text: str, line: int) -> None:
        """Read the abstract, whose text begins in line ``line`` of the source."""
        self._walk(self._parser.parse(text, self._env), line, "abstract")
        self._question = None

    def read_body(self, tokens: list[Token]) -> None:
        """Read everything below the front matter."""
        self._walk(tokens, 1, "paragraph")

    def _definitions(self) -> Iterator[Definition]:
        """The targets that links can name."""
        for label, reference in self._targets.items():
            line = reference["map"][0] + 1
            span = self._source.line_span(min(line, len(self._source.line_starts)))
            self._notes.link(reference["href"], span)
            yield Definition(label, reference["href"], label in self._link_uses, span)

    # -- blocks

    def _walk(self, tokens: list[Token], line: int, default: str) -> None:
        """``line`` is the source's line of the tokens' line 0; ``default`` the class of plain prose."""
        kinds, row = [default], 0
        for at, token in enumerate(tokens):
            name = token.type
            if name in _CONTAINERS:
                kinds.append(class_within(kinds[-1], _CONTAINERS[name]))
                if name == "table_open" and default != "table":
                    self._table(tokens, at, line)
            elif name.endswith("_close") and f"{name[:-6]}_open" in _CONTAINERS:
                kinds.pop()
            elif name == "tr_open":
                row = self._source.line_start(line + token.map[0])
                if self._cell is None:  # a table within a cell of another shares its lines with it
                    self._notes.row(tokens, at, line)
            elif name == "heading_open":
                self._heading(token, tokens[at + 1], line)
            elif name == "inline" and tokens[at - 1].type != "heading_open":
                in_cell = tokens[at - 1].type in ("th_open", "td_open")
                _, span = self._inline(token, line, kinds[-1], row if in_cell else None)
                row = span.end
            elif name in ("fence", "colon_fence"):
                self._fence(token, line, kinds[-1])
            elif name == "myst_line_comment":
                self._suppressions += read_block_comment(
                    self._source, tokens, at, lambda token: self._notes.lines_span(token, line)
                )
            elif name in _SILENT:
                self._silent(tokens, at, line)
            elif name == "html_block":
                self._notes.html(token.content, self._notes.line_span(token, line))
            elif name in REFUSED_BLOCKS:
                kind, message, hint = REFUSED_BLOCKS[name]
                self._notes.note(kind, message, self._notes.line_span(token, line), hint)

    def _heading(self, opening: Token, inline: Token, line: int) -> None:
        level = int(opening.tag[1])
        if level == 1:
            self._notes.note("title-heading", "the title stands in the front matter, not in a heading of level 1",
                       self._notes.line_span(opening, line), "remove it, or use ## for a section")  # fmt: skip
        if level <= 2:
            self._question = None
        parent = self._section
        # a title in the wrong place holds no sections: they stand beside it, as they will once it is gone
        while parent is not None and (self._sections[parent].level >= level or self._sections[parent].level == 1):
            parent = self._sections[parent].parent
        self._section = len(self._sections)
        place = self._notes.line_span(opening, line)
        self._sections.append(Section("", level, parent, place))
        runs, span = self._inline(inline, line, "heading", None)
        title = "".join(run.text for run in runs if run.kind != "math").strip()
        self._sections[-1] = Section(title, level, parent, span if inline.content else place)

    def _table(self, tokens: list[Token], at: int, line: int) -> None:
        grid, place = read_grid(tokens, at), self._notes.line_span(tokens[at], line)
        self._tables.append(Table("", grid.has_header, False, self._section, place, grid.widths))

    def _silent(self, tokens: list[Token], at: int, line: int) -> None:
        token, span = tokens[at], self._notes.line_span(tokens[at], line)
        if token.type == "myst_target":
            place = self._notes.within(span, token.content)
            self._labels.append(Label(token.content, kind_after(tokens, at), self._section, place))
            return
        if token.type == "math_block_label":
            place = self._notes.last_within(self._notes.lines_span(token, line), token.info)
            self._labels.append(Label(token.info, "equation", self._section, place))
        kind = "math-block" if token.type != "code_block" else "code-block"
        if kind == "math-block":
            self._notes.maths(self._notes.lines_span(token, line))
        self._blocks.append(Block(kind, (Run("math", token.content, span, None),), self._section, span))

    # -- directives

    def _fence(self, token: Token, line: int, around: str) -> None:
        place = self._notes.line_span(token, line)
        self._notes.open_fence(token, line)
        directive = read_directive(token.info, token.content)
        if directive is None:
            run = Run("code", token.content, place, None)
            self._blocks.append(Block("code-block", (run,), self._section, place))
            return
        first = line + token.map[0]
        if not self._notes.directive(directive, first, place):
            return
        if directive.kind.body == "math":
            self._notes.maths(self._notes.lines_span(token, line))
        self._directive(directive, first, place, around)

    def _directive(self, directive: DirectiveText, first: int, place: Span, around: str) -> None:
        """``first`` is the source's line of the opening fence."""
        kind, options = directive.kind, directive.options
        label = options.get(directive.label_option, "")
        if label:
            what = "other" if self._group else directive.label_kind
            span = self._notes.option_span(directive, first, directive.label_option)
            self._labels.append(Label(label, what, self._section, span))
        if kind.argument == "file":
            self._figure(directive, first, place, label)
        tokens: list[Token] | None = None
        if kind.body == "cells":
            tokens = self._parser.parse(directive.body, self._env)
            self._cells(directive, read_grid(tokens), place, label)
        if kind.argument in ("caption", "title") and directive.argument:
            title = "caption" if kind.argument == "caption" else kind.block
            self._nested(directive.argument, first, class_within(around, title))
        if kind.body == "csv":
            self._csv(directive, first + directive.body_line, place, label, around)
        elif directive.name == "subfigures":
            before, self._group = self._group, (label, bool(_FENCED.sub("", directive.body).strip()))
            self._nested(directive.body, first + directive.body_line, class_within(around, kind.block))
            self._group = before
        elif kind.body in ("caption", "cells", "prose"):
            block = class_within(around, kind.block)
            self._nested(directive.body, first + directive.body_line, block, tokens)
        elif kind.body in ("code", "math"):
            inside = Run(kind.body, directive.body, place, None)
            self._blocks.append(Block(f"{kind.body}-block", (inside,), self._section, place))
        elif directive.body.strip():
            self._notes.note(
                "unknown-body", f'"{directive.name}" takes no text', place, "remove the text below its options"
            )

    def _figure(self, directive: DirectiveText, first: int, place: Span, label: str) -> None:
        options, caption = directive.options, " ".join(directive.body.split())
        label, has_caption = self._group or (label, bool(caption))
        places = {name: self._notes.option_span(directive, first, name) for name in options}
        self._figures.append(
            Figure(
                directive.argument, options.get("alt", ""), label, has_caption, self._section,
                self._notes.within(place, directive.argument), caption, options.get("width", ""),
                options.get("height", ""), places, directive.kind.body == "caption",
            )
        )  # fmt: skip

    def _csv(self, directive: DirectiveText, line: int, place: Span, label: str, around: str) -> None:
        """Read the cells of a table of comma-separated values, each as a text of its own."""
        rows = read_csv(directive.body) or []
        cells = [[self._parser.parse(cell.text, self._env) for cell in row] for row in rows]
        self._cells(directive, csv_grid(cells) if cells else None, place, label)
        block = class_within(around, "table")
        for row, row_cells in zip(rows, cells, strict=True):
            for cell, tokens in zip(row, row_cells, strict=True):
                self._cell = cell.offset(self._source, line)
                self._nested(cell.text, line + cell.line, block, tokens)
        self._cell = None

    def _cells(self, directive: DirectiveText, grid: Grid | None, place: Span, label: str) -> None:
        is_list = directive.name == "list-table"
        if grid is None or not grid.is_even or (is_list and grid.has_header):
            rows, hint = SHAPES[directive.name]
            self._notes.note("malformed-table", f'"{directive.name}" must hold {rows}', place, hint)
        if directive.name != "table":
            has_header = directive.options.get("header-rows", "0") not in ("", "0")
        else:
            has_header = grid is not None and grid.has_header
        widths = grid.widths if grid else ()
        self._tables.append(Table(label, has_header, bool(directive.argument), self._section, place, widths))

    def _nested(self, text: str, line: int, kind: str, tokens: list[Token] | None = None) -> None:
        """``tokens`` are those of ``text`` where it has been parsed already."""
        if self._depth >= _DEEPEST:
            self._notes.note(
                "too-deep", f"directives are nested more than {_DEEPEST} deep", self._source.line_span(line), ""
            )
            return
        self._depth += 1
        self._walk(self._parser.parse(text, self._env) if tokens is None else tokens, line, kind)
        self._depth -= 1

    # -- inline content

    def _inline(self, token: Token, line: int, kind: str, row: int | None) -> tuple[tuple[Run, ...], Span]:
        """``row`` is for a table cell: where its row begins, or the cell before it ended."""
        places = InlineMap(self._source, token.content, line + token.map[0], row, self._cell)
        span = places.span(0, len(token.content))
        runs: list[Run] = []
        link: Token | None = None
        link_start, link_runs = 0, 0
        children = token.children or []
        inside = bounds(children, token.content)
        for child, (start, end), (first, last) in zip(
            children, pairwise(inside), pairwise(places.offsets(inside)), strict=True
        ):
            here = self._source.span(first, max(first, last))
            if child.type == "text":
                if child.content:  # strong emphasis leaves empty text behind
                    runs.append(Run("link" if link else "text", child.content, here, self._question))
                    self._notes.text(here.start, here.end)
            elif child.type in ("softbreak", "hardbreak"):
                runs.append(Run("text", "\n", here, self._question))
            elif child.type == "link_open":
                link, link_start, link_runs = child, start, len(runs)
                self._link_uses.add(child.meta.get("label", ""))
            elif child.type == "link_close" and link is not None:
                text = "".join(run.text for run in runs[link_runs:])
                whole = places.span(link_start, end)
                self._links.append(Link(str(link.attrs["href"]), text, self._section, whole))
                if "label" not in link.meta:
                    self._notes.link(str(link.attrs["href"]), whole)
                link = None
            elif child.type == "code_inline":
                runs.append(Run("code", child.content, here, self._question))
                self._notes.code(child.content, here)
            elif child.type in ("math_inline", "math_inline_double"):
                runs.append(Run("math", child.content, here, self._question))
                self._notes.maths(here)
            elif child.type == "footnote_ref":
                runs.append(Run("note", "", here, self._question))
            elif child.type == "image":
                self._link_uses.add(child.meta.get("label", ""))
                source = str(child.attrs["src"])
                self._figures.append(Figure(source, child.content, "", False, self._section, here, is_numbered=False))
                runs.append(Run("image", "", here, self._question))
            elif child.type == "myst_role":
                runs.append(self._role(child, here, places, end - len(child.content) - _ticks(token.content, end)))
            elif child.type == "html_inline":
                self._notes.html(child.content, here)
        self._blocks.append(Block(kind, tuple(runs), self._section, span))
        return tuple(runs), span

    def _role(self, token: Token, span: Span, places: InlineMap, start: int) -> Run:
        """``start`` is the offset of the role's own content in that of its block."""
        name, content = token.meta["name"], token.content
        if name not in ROLES:
            self._notes.role(name, span)
            return Run("text", content, span, self._question)
        if name in CITATION_ROLES:
            self._cite(name.removeprefix("cite:"), content, span, places, start)
            return Run("citation", content, span, self._question)
        if name == MARKER_ROLE:
            self._question = content.strip()
            self._markers.append(Marker(self._question, self._section, span))
            return Run("marker", "", span, self._question)
        if name in REFERENCE_ROLES:
            explicit = _EXPLICIT.fullmatch(content)
            label = (explicit[2] if explicit else content).strip()
            self._references.append(CrossReference(name, label, self._section, span))
            return Run(
                "cross-reference", explicit[1].rstrip() if explicit else REFERENCE_ROLES[name], span, self._question
            )
        if TEXT_ROLES[name] == "math":
            self._notes.maths(span)
        return Run(TEXT_ROLES[name], content, span, self._question)

    def _cite(self, role: str, content: str, span: Span, places: InlineMap, start: int) -> None:
        keys, at = [], 0
        while match := _TARGET.match(content, at):
            place = places.span(start + match.start(2), start + match.end(2))
            keys.append(CitedKey(match[2], place, match[1] or "", match[3] or ""))
            at = match.end()
            if match[4] != ",":
                break
        if at < len(content) or not keys or content.rstrip().endswith(","):
            self._notes.note("malformed-citation", f'"{content}" is not a list of citation keys', span,
                       "write {cite:p}`key{Table 2},other` with keys, locators in braces, and commas")  # fmt: skip
        block = len(self._blocks)
        self._citations.append(Citation(role, tuple(keys), self._section, self._question, block, span))


def _ticks(content: str, end: int) -> int:
    """How many backticks stand before ``end``."""
    return end - len(content[:end].rstrip("`"))


_CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "dl_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "footnote_reference_open": "footnote",
}
"""What opens a stretch of another word class."""

_SILENT = {"myst_target", "math_block", "math_block_label", "amsmath", "code_block"}
