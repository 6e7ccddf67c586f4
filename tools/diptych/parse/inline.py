"""Exact places of inline content: Markdown tokens carry lines only, findings need columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diptych.span import Source, Span

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CELL = re.compile(r"(?:^|(?<!\\)\|)[ \t]*")


def record_places(parser: MarkdownIt) -> None:
    """Make every inline rule of ``parser`` note on its tokens which stretch of the content it consumed.

    Tokens get ``meta["at"] = (start, end)``, offsets in the content of their inline block.
    """
    ruler = parser.inline.ruler
    for rule in list(ruler.__rules__):
        if rule.name != "text":  # plain text has no token of its own until later
            ruler.at(rule.name, _recording(rule.fn), {"alt": rule.alt})


def _recording(rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
    def recorded(state: Any, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("at", (start, state.pos))
        return matched

    return recorded


class InlineMap:
    """From offsets in the content of one inline block to offsets in the source."""

    def __init__(self, source: Source, content: str, first_line: int, cell: int | None = None) -> None:
        """``first_line`` counts from 1; ``cell`` is the number of a table cell within its row."""
        self._source = source
        self._starts: list[tuple[int, int]] = []
        at = 0
        for number, line in enumerate(content.split("\n")):
            self._starts.append((at, self._find(line, first_line + number, cell)))
            at += len(line) + 1

    def _find(self, line: str, number: int, cell: int | None) -> int:
        """Where a content line stands: containers may have taken a prefix off it, never anything within."""
        if number > len(self._source.line_starts):
            return len(self._source.text)
        text, begin = self._source.line_text(number), self._source.line_starts[number - 1]
        if cell is not None:
            return begin + _cell_start(text, cell)
        stripped = text.rstrip()
        wanted = line.rstrip()
        if stripped.endswith(wanted):
            return begin + len(stripped) - len(wanted)
        found = text.find(wanted.lstrip())
        indent = len(wanted) - len(wanted.lstrip())
        return begin + (found - indent if found >= 0 else len(text) - len(text.lstrip()))

    def offset(self, at: int) -> int:
        """The source's offset of content offset ``at``."""
        begin, place = next(pair for pair in reversed(self._starts) if pair[0] <= at)
        return min(place + at - begin, len(self._source.text))

    def span(self, start: int, end: int) -> Span:
        """The source's span of a stretch of content."""
        return self._source.span(self.offset(start), max(self.offset(start), self.offset(end)))


def _cell_start(text: str, cell: int) -> int:
    starts = [match.end() for match in _CELL.finditer(text)]
    if text.lstrip().startswith("|"):
        starts = starts[1:]
    return starts[min(cell, len(starts) - 1)] if starts else 0


def placed(children: list[Token], content: str) -> Iterator[tuple[Token, int, int]]:
    """Each inline token with the stretch of ``content`` that it stands for, in reading order."""
    at = 0
    for token in children:
        start = at
        if token.type == "text":
            at = _after_text(content, at, token.content)
        elif token.type in ("softbreak", "hardbreak"):
            newline = content.find("\n", at)
            at = newline + 1 if newline >= 0 else at
            while at < len(content) and content[at] in " \t":
                at += 1
        elif token.type == "link_open":
            start, at = token.meta["at"][0], token.meta["at"][0] + 1
        elif "at" in token.meta and not token.type.startswith(("em_", "strong_")):
            start, at = token.meta["at"] if token.type != "link_close" else (at, token.meta["at"][1])
        else:
            at += len(token.markup)
        yield token, start, at


def _after_text(content: str, at: int, text: str) -> int:
    """The offset after ``text``, which the content from ``at`` on spells with escapes and entities."""
    for character in text:
        if content[at : at + 1] == "\\" and (character != "\\" or content[at + 1 : at + 2] == "\\"):
            at += 1
        if content[at : at + 1] == "&" and (entity := _ENTITY.match(content, at)):
            at = entity.end()
        else:
            at += 1
    return min(at, len(content))
