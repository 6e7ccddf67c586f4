"""What the reader of a document cannot make sense of, or what an analysis may not hold, with its place."""

from __future__ import annotations

import re

from markdown_it.token import Token

from diptych.diagnostics import Problem, did_you_mean
from diptych.parse.dialect import (
    DANGEROUS_DIRECTIVES,
    DANGEROUS_ROLES,
    DIRECTIVES,
    FILE_OPTIONS,
    INSTEAD_OF_DIRECTIVES,
    OPTION_VALUES,
    ROLES,
    SCHEMES,
)
from diptych.parse.directive import DirectiveText
from diptych.parse.notation import Slip, refused_in_maths, slip_around_code, slips_in
from diptych.parse.tables import find_dropped
from diptych.span import Source, Span

_PREFIX = re.compile(r"[\s>]*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
INDEX = "index.md"
"""The file of an analysis within its folder."""
_LONGEST = 60
"""Characters of the text that a message repeats."""
_NEAR = 60
"""Characters before a stretch of code that may belong to a role of another language."""


class Notes:
    """Appends problems to a list, and knows the places of tokens in the source."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self._source, self._problems = source, problems

    def note(self, kind: str, message: str, span: Span, hint: str) -> None:
        """Note one problem."""
        self._problems.append(Problem(kind, message, span, hint))

    # -- places

    def line_span(self, token: Token, line: int) -> Span:
        """The first line of ``token``; ``line`` is the source's line of the tokens' line 0."""
        first = min(line + (token.map or [0])[0], len(self._source.line_starts))
        return self._source.line_span(first)

    def lines_span(self, token: Token, line: int) -> Span:
        """All lines of ``token``, the last line ending not among them."""
        count = len(self._source.line_starts)
        first, after = (line + number for number in token.map or (0, 0))
        start = self._source.line_starts[min(first, count) - 1]
        end = self._source.line_starts[after - 1] - 1 if after <= count else len(self._source.text)
        return self._source.span(start, max(start, end))

    def within(self, span: Span, text: str) -> Span:
        """The place of ``text`` within ``span``, or all of ``span``."""
        at = self._source.text.find(text, span.start, span.end) if text else -1
        return self._source.span(at, at + len(text)) if at >= 0 else span

    def last_within(self, span: Span, text: str) -> Span:
        """The last place of ``text`` within ``span``, or all of ``span``."""
        at = self._source.text.rfind(text, span.start, span.end) if text else -1
        return self._source.span(at, at + len(text)) if at >= 0 else span

    def option_span(self, directive: DirectiveText, first: int, name: str) -> Span:
        """The value of an option, or its line where it has none; ``first`` is the line of the opening fence."""
        line = self._source.line_span(min(first + directive.option_lines[name], len(self._source.line_starts)))
        return self.last_within(line, directive.options[name])

    # -- tables

    def row(self, tokens: list[Token], at: int, line: int) -> None:
        """Note the cells that a row of pipes has beyond the columns of its table; ``tokens[at]`` opens the row."""
        place, cells = self.line_span(tokens[at], line), []
        while tokens[at].type != "tr_close":
            if tokens[at].type == "inline":
                cells.append(tokens[at].content)
            at += 1
        dropped = find_dropped(self._source.cut(place), cells)
        if dropped:
            start, end = dropped[0][0], dropped[-1][1]
            span = self._source.span(place.start + start, place.start + end)
            columns = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
            text = self._source.cut(span)
            text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            message = f'the table has {columns}, so "{text}" in this row is shown nowhere'
            hint = r"give the head and the line of dashes as many cells, or write \| for a pipe within a cell"
            self.note("dropped-cells", message, span, hint)

    # -- text

    def text(self, start: int, end: int) -> None:
        """Note the slips in a stretch of plain text of the source."""
        for slip in slips_in(self._source.text[start:end]):
            self._slip(slip, start)

    def code(self, content: str, span: Span) -> None:
        """Note what stands around a stretch of code that was meant as something else."""
        text = self._source.text
        before = text[max(0, span.start - _NEAR) : span.start]
        slip = slip_around_code(before, content, text[span.end : span.end + 1])
        if slip is not None:
            self._slip(slip, span.start, max(slip.end, span.end - span.start if slip.end == slip.start else 0))

    def link(self, target: str, span: Span) -> None:
        """Note a link that leads to no page: neither on the web nor of this site."""
        scheme = _SCHEME.match(target)
        if target.startswith(("//", "\\\\", "%5C%5C")):
            self.note("foreign-link", f'the link to "{target}" does not say how to get there', span,
                      "begin the address with https://")  # fmt: skip
        elif scheme and scheme[1].lower() not in SCHEMES:
            self.note("foreign-link", f'a link must not begin with "{scheme[0]}"', span,
                      "link to an address that begins with https://")  # fmt: skip
        elif not scheme and not target.startswith("#") and not target.partition("#")[0].endswith(f"/{INDEX}"):
            self.note("dead-link", f'the link to "{target}" leads nowhere: only its text is shown', span,
                      f"link to the web, to #name in this text, or to ../slug/{INDEX}")  # fmt: skip

    def maths(self, span: Span) -> None:
        """Note what a formula must not hold."""
        for slip in refused_in_maths(self._source.cut(span)):
            self._slip(slip, span.start)

    def html(self, content: str, span: Span) -> None:
        """Note HTML; a comment is harmless, but it is not how comments are written."""
        if content.lstrip().startswith("<!--") and not content.partition("-->")[2].strip():
            self.note("html-comment", "a comment is written as in HTML", span, "begin the line with % instead")
        else:
            hint = "use Markdown; write \\< for a plain less-than sign"
            self.note("raw-html", "HTML is not allowed in an analysis", span, hint)

    def _slip(self, slip: Slip, start: int, end: int | None = None) -> None:
        span = self._source.span(start + slip.start, start + (slip.end if end is None else end))
        self.note(slip.kind, slip.message, span, slip.hint)

    # -- roles and directives

    def role(self, name: str, span: Span) -> None:
        """Note a role that is not of the dialect."""
        place = self.within(span, f"{{{name}}}")
        if what := DANGEROUS_ROLES.get(name.lower()):
            self.note("dangerous-role", f'the role "{name}" {what}', place, "leave it out: an analysis is text only")
            return
        known = f"known roles: {', '.join(sorted(ROLES))}"
        hint = 'did you mean "cite:p"?' if name == "cite" else did_you_mean(name, ROLES) or known
        self.note("unknown-role", f'there is no role "{name}" for analyses', place, hint)

    def directive(self, directive: DirectiveText, first: int, place: Span) -> bool:
        """Note what is wrong with the name and the options of a directive; whether it is of the dialect.

        ``first`` is the source's line of the opening fence, ``place`` its text.
        """
        name = directive.name
        read = sorted(FILE_OPTIONS & directive.options.keys())
        if read and name.lower() not in DANGEROUS_DIRECTIVES:
            message = f'the directive "{name}" reads another file with its option "{read[0]}"'
            self._dangerous(message, self.within(place, "{" + name + "}"))
            return False
        if directive.kind is None:
            self._unknown_directive(directive, place)
            return False
        if directive.fault:
            self.note("malformed-options", f'the options of "{directive.name}" cannot be read: {directive.fault}',
                      place, "write each option as :name: value, below the opening line")  # fmt: skip
        for name, number in directive.option_lines.items():
            value = directive.options.get(name, "")
            if name not in directive.kind.options:
                known = did_you_mean(name, directive.kind.options)
                span = self.within(self._source.line_span(first + number), name)
                self.note("unknown-option", f'"{directive.name}" has no option "{name}"', span, known)
            elif name in OPTION_VALUES and not re.fullmatch(OPTION_VALUES[name][0], value.strip()):
                self.note("malformed-option", f'":{name}:" must be {OPTION_VALUES[name][1]}, not "{value}"',
                          self.option_span(directive, first, name), "")  # fmt: skip
        return True

    def _dangerous(self, message: str, span: Span) -> None:
        hint = "leave it out: an analysis is text, figures and tables of its own"
        self.note("dangerous-directive", message, span, hint)

    def _unknown_directive(self, directive: DirectiveText, place: Span) -> None:
        name = directive.name
        span = self.within(place, "{" + name + "}")
        what = DANGEROUS_DIRECTIVES.get(name.lower())
        if what is None and name.startswith("="):
            what = "puts raw HTML or LaTeX into one output"
        if what is not None:
            self._dangerous(f'the directive "{name}" {what}', span)
            return
        known = INSTEAD_OF_DIRECTIVES.get(name.lower()) or did_you_mean(name, DIRECTIVES)
        known = known or f"known directives: {', '.join(sorted(DIRECTIVES))}"
        self.note("unknown-directive", f'there is no directive "{name}" for analyses', span, known)

    def open_fence(self, token: Token, line: int) -> None:
        """Note a fence that nothing closes: it takes in all that follows."""
        last = min(line + token.map[1] - 1, len(self._source.line_starts))
        if last > line + token.map[0]:
            text = self._source.line_text(last)
            closing = text[_PREFIX.match(text).end() :].rstrip()
            if len(closing) >= len(token.markup) and not closing.strip(token.markup[0]):
                return
        place = self.line_span(token, line)
        self.note("open-fence", f'"{token.markup}" opens a block that nothing closes: it takes in all that follows',
                  self.within(place, token.markup), f"add a line of {token.markup} where the block ends; a block "
                  "around others needs more of these signs than the blocks within it")  # fmt: skip
