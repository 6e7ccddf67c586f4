"""Exact places of inline content: Markdown tokens carry lines only, findings need columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diptych.span import Source, Span

_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|(?:[-+*:]|\d{1,9}[.)]|\[\^[^\]\n]*\]:)(?=[ \t])))*")
"""What may stand before the first cell of a row: the marks of quotes, lists, definitions and notes."""
_WINDOW = 400
"""How far apart two words that follow each other may stand in a header; a long word with an escape is skipped."""
_TO_TEXT = re.compile(r"[ \t|]*")
_TO_CELL = re.compile(r"[ \t]*\|?[ \t]*")


def record_places(parser: MarkdownIt) -> None:
    """Make ``parser`` note on every inline token which stretch of its block's content it stands for."""
    ruler = parser.inline.ruler
    for rule in list(ruler.__rules__):
        if rule.name != "text":  # plain text has no token of its own until later
            ruler.at(rule.name, _recording(rule.fn), {"alt": rule.alt})
    # before escapes and entities join the text around them: until then every text token is as written
    parser.core.ruler.before("text_join", "places", _note_places)


def _recording(rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
    def recorded(state: Any, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("at", (start, state.pos))
        return matched

    return recorded


def _note_places(state: Any) -> None:
    """Give each inline token ``meta["start"]``, its offset in the content; the tokens tile the content."""
    for block in state.tokens:
        if block.type != "inline":
            continue
        at = address_end = 0
        for token in block.children or ():
            token.meta["start"] = at
            if token.type == "text":  # within <...> an address is shown decoded, anything else as written
                at = address_end or at + len(token.content)
            elif token.type == "link_open":
                at += 1
                address_end = token.meta["at"][1] - 1 if token.markup == "autolink" else 0
            elif token.type.startswith(("em_", "strong_")):  # paired after the scan, which noted whole runs
                at += len(token.markup)
            else:
                at = token.meta["at"][1]
                address_end = 0


def bounds(children: list[Token], content: str) -> list[int]:
    """Where each inline token begins in ``content``, and at last where all end; between two bounds stands one token."""
    return [*[token.meta["start"] for token in children], len(content)]


class InlineMap:
    """From offsets in the content of one inline block to offsets in the source."""

    def __init__(
        self, source: Source, content: str, first_line: int, row: int | None = None, start: int | None = None
    ) -> None:
        """``first_line`` counts from 1.

        For a table cell, ``row`` is the source's offset at which the row begins or the cell before ended. Where
        content is known to stand unchanged in the source, ``start`` is its offset.
        """
        self._source = source
        self._contents: list[int] = []
        """Where each stretch that is the same in content and source begins in the content, ..."""
        self._offsets: list[int] = []
        """... and in the source."""
        if start is not None and source.text.startswith(content, start):
            self._map(0, start)
            return
        if row is not None:
            self._map_cell(content, first_line, row)
            return
        begin = source.line_start(first_line)
        is_whole = source.text[begin + len(content) : begin + len(content) + 1] in ("\n", "")
        if is_whole and source.text.startswith(content, begin):  # a paragraph that stands in nothing else, as most do
            self._map(0, begin)
            return
        at = 0
        for number, line in enumerate(content.split("\n"), first_line):
            self._map_line(at, line, number)
            at += len(line) + 1

    def offset(self, at: int) -> int:
        """The source's offset of content offset ``at``."""
        stretch = bisect_right(self._contents, at) - 1
        return min(self._offsets[stretch] + at - self._contents[stretch], len(self._source.text))

    def offsets(self, places: list[int]) -> list[int]:
        """The source's offsets of many content offsets."""
        if len(self._contents) > 1:
            return [self.offset(at) for at in places]
        shift, most = self._offsets[0] - self._contents[0], len(self._source.text)
        return [min(at + shift, most) for at in places]

    def span(self, start: int, end: int) -> Span:
        """The source's span of a stretch of content."""
        begin = self.offset(start)
        return self._source.span(begin, max(begin, self.offset(end)))

    def _map(self, content: int, offset: int) -> None:
        self._contents.append(content)
        self._offsets.append(offset)

    def _map_line(self, at: int, line: str, number: int) -> None:
        """Map a line of content: containers may have taken a prefix off it, seldom anything within."""
        if number > len(self._source.line_starts):
            self._map(at, len(self._source.text))
            return
        text, begin = self._source.line_text(number).rstrip(), self._source.line_starts[number - 1]
        wanted = line.rstrip()
        for shown in (text, text.rstrip("#").rstrip()):  # a heading may be closed by more number signs
            if shown.endswith(wanted):
                self._map(at, begin + len(shown) - len(wanted))
                return
        bare = wanted.lstrip()
        found = text.find(bare)
        if found >= 0:
            self._map(at, begin + max(0, found - len(wanted) + len(bare)))
            self._map(at + len(wanted) - len(bare), begin + found)
        else:
            self._map(at, begin + len(text) - len(text.lstrip()))
            self._map_words(at, line, begin)

    def _map_words(self, at: int, line: str, begin: int) -> None:
        """Map each word of a line that YAML has joined from several, or has taken quotes off."""
        text = self._source.text
        for word in re.finditer(r"\S+", line):
            end = begin + len(word[0]) + _WINDOW
            found = text.find(word[0], begin, end)
            while found > 0 and not (text[found - 1].isspace() or text[found - 1] in "'\""):  # within another word
                found = text.find(word[0], found + 1, end)
            if found >= 0:
                self._map(at + word.start(), found)
                begin = found + len(word[0])

    def _map_cell(self, content: str, number: int, row: int) -> None:
        """A cell holds each ``|`` of its content with a backslash before it, in code and maths too."""
        text, raw = self._source.text, content.replace("|", "\\|")
        begin = self._source.line_start(number)
        end = text.find("\n", begin)
        end = end if end >= 0 else len(text)
        skip = _TO_TEXT if raw else _TO_CELL
        start = skip.match(text, _CONTAINERS.match(text, row, end).end() if row == begin else row, end).end()
        if not text.startswith(raw, start):
            found = text.find(raw, row, end)
            start = found if found >= 0 else start
        self._map(0, start)
        pipe = content.find("|")
        while pipe >= 0:
            self._map(pipe + 1, self.offset(pipe) + 2)
            pipe = content.find("|", pipe + 1)
