"""What a terminal can show: colours, widths, and text that cannot take control of it."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from dataclasses import dataclass
from typing import TextIO

_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "cyan": "36", "green": "32"}
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Terminal:
    """How to write to one stream."""

    is_interactive: bool = False
    """Whether a person looks at it."""
    has_colour: bool = False
    width: int = 80
    """Columns."""

    @classmethod
    def of(cls, stream: TextIO) -> Terminal:
        """What ``stream`` is, as far as the environment does not say otherwise.

        ``NO_COLOR`` forbids colours, ``FORCE_COLOR`` asks for them where the stream is no terminal; either
        counts when it is not empty, and the first one wins.
        """
        is_terminal = stream.isatty()
        has_colour = is_terminal and os.environ.get("TERM") != "dumb"
        if os.environ.get("NO_COLOR"):
            has_colour = False
        elif os.environ.get("FORCE_COLOR"):
            has_colour = True
        return cls(is_terminal, has_colour, max(40, shutil.get_terminal_size().columns))

    def paint(self, text: str, *styles: str) -> str:
        """``text`` in the given styles, where this terminal has colours."""
        if not self.has_colour or not text or not styles:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


def render_diff(text: str, terminal: Terminal) -> str:
    """A unified diff: harmless and in colour for a terminal, elsewhere as it is, so that it can be applied."""
    if not terminal.is_interactive:
        return text
    colours = {"+": ("green",), "-": ("red",), "@": ("cyan",)}
    return "".join(f"{terminal.paint(harmless(line), *colours.get(line[:1], ()))}\n" for line in text.split("\n")[:-1])


def harmless(text: str) -> str:
    """``text`` without characters that move the cursor, turn the direction of writing, or are no characters."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def columns(text: str) -> int:
    """How many columns ``text`` takes up."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(line: str, start: int, end: int, width: int) -> tuple[str, str]:
    """The part of ``line`` around ``line[start:end]`` that fits ``width``, and a line of carets to stand below it.

    However long the line is, only as much of it is looked at as can be shown.
    """
    start, end = min(start, len(line)), min(end, len(line))
    begin = 0
    if len(line) > width or columns(_shown(line)) > width:
        marked = min(columns(_shown(line[start : min(end, start + width)])), width // 2)
        begin = _start(line, start, max(0, width - 2 - marked) // 2)
    lead = ("…" if begin else "") + _shown(line[begin:start])
    marked = _shown(line[start : min(end, start + width)])
    shown = _fit(lead + marked + _shown(line[end : end + width]), width)
    carets = max(1, min(columns(marked), columns(shown) - columns(lead)))
    return shown, " " * columns(lead) + "^" * carets


def _shown(text: str) -> str:
    return harmless(text.replace("\t", " "))


def _start(line: str, end: int, width: int) -> int:
    """Where the longest part of ``line`` begins that ends at ``end`` and fits ``width``."""
    begin = end
    while begin > 0 and (width := width - columns(_shown(line[begin - 1]))) >= 0:
        begin -= 1
    return begin


def _fit(text: str, width: int) -> str:
    """``text``, shortened to ``width`` columns where it is wider."""
    if columns(text) <= width:
        return text
    taken = 0
    for at, character in enumerate(text):
        taken += _width(character)
        if taken > width - 1:
            return text[:at] + "…"
    return text
