"""The text of a paper while it is being written: lines, blank lines, and where each came from."""

from __future__ import annotations

import re

# Characters of Unicode's private use area: they cannot stand in a source, see `clean`.
_MARK, _END = "\uf8f0", "\uf8f1"
_MARKER = re.compile(f"{_MARK}([0-9]+){_END}")


class Page:
    """A growing piece of LaTeX. Marks of source lines travel inside the text and are taken out at the end."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._tail = ""
        self._opened = False

    def write(self, text: str) -> None:
        """Add ``text`` as it is."""
        if text:
            self._parts.append(text)
            self._tail = (self._tail + _MARKER.sub("", text))[-2:]
            self._opened = False

    def open(self, text: str) -> None:
        """Add the first line of an environment; no empty line will follow it."""
        self.write(f"{text}\n")
        self._opened = True

    def mark(self, line: int | None) -> None:
        """Remember that what follows comes from line ``line`` (from 1) of the source."""
        if line:
            self._parts.append(f"{_MARK}{line}{_END}")

    def end_line(self) -> None:
        """Go to the beginning of a line."""
        if self._tail and self._tail[-1] != "\n":
            self.write("\n")

    def skip_line(self) -> None:
        """Go to the beginning of a line that follows an empty one."""
        self.end_line()
        if self._tail and self._tail != "\n\n" and not self._opened:
            self.write("\n")

    def is_at_space(self) -> bool:
        """Whether a space added now would be one too many."""
        return not self._tail or self._tail[-1] in " \n"

    def text(self) -> str:
        """All that was written, marks included."""
        return "".join(self._parts)


def clean(text: str) -> str:
    """``text`` from a source without the characters that this module keeps for itself."""
    return text.replace(_MARK, "").replace(_END, "")


def trim(text: str) -> str:
    """``text`` without white space at its ends, wherever marks stand."""
    lead = re.match(f"(?:{_MARKER.pattern}|\\s)*", text)[0]
    marks = "".join(match[0] for match in _MARKER.finditer(lead))
    return marks + re.sub(r"\s+$", "", text[len(lead) :])


def flatten(text: str) -> str:
    r"""``text`` on one line; paragraphs are parted by ``\par``."""
    return re.sub(r"\s*\n\s*", " ", re.sub(r"\s*\n\s*\n\s*", r" \\par ", trim(text)))


def without_marks(text: str) -> str:
    """``text`` as it will stand in the file."""
    return _MARKER.sub("", text)


def split_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text for the file, and pairs of a line of it and the line of the source that it began at (both from 1)."""
    pairs: list[tuple[int, int]] = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in _MARKER.finditer(line):
            if not pairs or pairs[-1][0] != number:
                pairs.append((number, int(match[1])))
    return without_marks(text), pairs
