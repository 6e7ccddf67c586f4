"""TOML with places.

The standard library reads and validates the text but forgets where things stood. What follows walks the
same, already valid text once more and only notes places, so it needs no grammar of values: it finds where
strings, arrays and inline tables end, and which table a key belongs to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from diptych.data.located import Located
from diptych.diagnostics import Problem
from diptych.errors import DataError
from diptych.span import Source, Span

Path = tuple[str | int, ...]
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACES = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_STRING = re.compile(r'''"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\])*"|'[^']*\'''', re.DOTALL)
_BARE = re.compile(r"[^,\]}#\n]+")
_DEEPEST = 12
"""Levels of nesting; an assignment needs four. Stops input that is built to exhaust the stack."""
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(source: Source) -> Located:
    """The whole file as one mapping.

    Raises ``DataError`` with the place of the first syntax error: nothing after it can be read.
    """
    try:
        values = tomllib.loads(source.text)
    except ValueError as error:  # a syntax error, or a number with more digits than Python reads
        raise DataError([_syntax_problem(source, str(error))]) from None
    except RecursionError:
        raise DataError([_depth_problem(source.whole())]) from None
    return _join(values, (), _Places(source), source.span(0, len(source.text)))


def _syntax_problem(source: Source, text: str) -> Problem:
    place = _ERROR_PLACE.search(text)
    offset = len(source.text)
    if place and place[1]:
        offset = source.line_starts[int(place[1]) - 1] + int(place[2]) - 1
    message = _ERROR_PLACE.sub("", text)
    return Problem("toml-syntax", f"not valid TOML: {message}", source.span(offset, offset))


def _depth_problem(span: Span) -> Problem:
    return Problem("too-deep", f"values are nested more than {_DEEPEST} deep", span, "use fewer levels")


def _join(value: object, path: Path, places: _Places, fallback: Span) -> Located:
    """``value`` with the places noted for it and for all below it."""
    span = places.values.get(path, places.keys.get(path, fallback))
    if isinstance(value, dict):
        items = {key: _join(item, (*path, key), places, span) for key, item in value.items()}
        return Located(items, span, {key: places.keys.get((*path, key), span) for key in value})
    if isinstance(value, list):
        return Located([_join(item, (*path, at), places, span) for at, item in enumerate(value)], span)
    return Located(value, span)


class _Places:
    """Where each key and each value of a valid TOML text stands, by its path."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self._counts: dict[Path, int] = {}
        self._walk()

    def _walk(self) -> None:
        text, at, table = self.source.text, 0, ()
        while (at := _BLANK.match(text, at).end()) < len(text):
            if text[at] == "[":
                table, at = self._header(at)
            else:
                at = self._pair(at, table)

    def _header(self, at: int) -> tuple[Path, int]:
        is_array = self.source.text.startswith("[[", at)
        parts, end = self._dotted(at + 1 + is_array)
        path: Path = ()
        for index, (name, span) in enumerate(parts):
            path = self._deeper(path, name, span)
            last = index == len(parts) - 1
            self.keys.setdefault(path, span)
            if last and is_array:
                number = self._counts[path] = self._counts.get(path, -1) + 1
                path = (*path, number)
                self.values[path] = span
            elif path in self._counts:
                path = (*path, self._counts[path])
            elif last:
                self.values.setdefault(path, span)
        return path, end + 1 + is_array

    def _pair(self, at: int, table: Path) -> int:
        parts, at = self._dotted(at)
        path = table
        for name, span in parts:
            path = self._deeper(path, name, span)
            self.keys.setdefault(path, span)
        at = _SPACES.match(self.source.text, at + 1).end()
        return self._value(at, path)

    def _deeper(self, path: Path, name: str | int, span: Span) -> Path:
        """``path`` and one part more, which stands at ``span``."""
        if len(path) >= _DEEPEST:
            raise DataError([_depth_problem(span)])
        return (*path, name)

    def _dotted(self, at: int) -> tuple[list[tuple[str, Span]], int]:
        """A key such as ``a."b c".d`` from ``at``: its parts, and the offset of what follows it."""
        text, parts = self.source.text, []
        while True:
            at = _SPACES.match(text, at).end()
            key = _KEY.match(text, at)
            name = next(iter(tomllib.loads(f"{key[0]}=0"))) if key[0][0] in "\"'" else key[0]
            parts.append((name, self.source.span(key.start(), key.end())))
            at = _SPACES.match(text, key.end()).end()
            if text[at] != ".":
                return parts, at
            at += 1

    def _value(self, at: int, path: Path) -> int:
        """Note the value that begins at ``at``; the offset after it."""
        text = self.source.text
        if text[at] == "[":
            end = self._array(at, path)
        elif text[at] == "{":
            end = self._inline_table(at, path)
        elif string := _STRING.match(text, at):
            end = string.end()
        else:
            end = at + len(_BARE.match(text, at)[0].rstrip())
        self.values[path] = self.source.span(at, end)
        return end

    def _array(self, at: int, path: Path) -> int:
        for index, begin in enumerate(self._items(at, "]")):
            place = self.source.span(begin, begin)
            self._item_end = self._value(begin, self._deeper(path, index, place))
        return self._item_end

    def _inline_table(self, at: int, path: Path) -> int:
        for begin in self._items(at, "}"):
            self._item_end = self._pair(begin, path)
        return self._item_end

    def _items(self, at: int, closing: str) -> Iterator[int]:
        """Where each item of a bracketed list begins; leaves the offset after ``closing`` behind.

        The caller sets ``_item_end`` to the end of each item before it asks for the next.
        """
        text, at = self.source.text, _BLANK.match(self.source.text, at + 1).end()
        while text[at] != closing:
            yield at
            at = _BLANK.match(text, self._item_end).end()
            if text[at] == ",":
                at = _BLANK.match(text, at + 1).end()
        self._item_end = at + 1
