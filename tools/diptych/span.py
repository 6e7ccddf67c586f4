"""Places in a text: where a source begins its lines, and what a span cuts out of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file, half open: ``text[start:end]`` is what it talks about."""

    # A named tuple, not a frozen dataclass: a check makes a thousand of these for each document, and this is the
    # one kind of unchangeable value that Python makes without a Python call for each field.

    path: str
    """The file, relative to the project's root, with forward slashes."""
    start: int
    """Offset of the first character, from 0."""
    end: int
    """Offset after the last character; equal to ``start`` for a bare position."""
    line: int
    """Line of ``start``, from 1."""
    column: int
    """Column of ``start`` in characters, from 1."""

    def __str__(self) -> str:
        """The form that editors turn into a link: ``path:line:column``."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, and the offsets at which its lines begin."""

    path: str
    """The file, relative to the project's root, with forward slashes."""
    text: str
    """What the file holds, with every line ending as ``\\n``."""
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Offset of the first character of each line; one more than there are line endings."""

    def __post_init__(self) -> None:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "line_starts", tuple(starts))

    @classmethod
    def read(cls, file: Path, root: Path) -> Source:
        """Read ``file`` as UTF-8, naming it relative to ``root`` where it lies below it.

        Raises ``OSError`` when the file cannot be opened and ``UnicodeDecodeError`` when it is not UTF-8.
        """
        text = file.read_text(encoding="utf-8-sig")
        return cls(display_path(file, root), text)

    def span(self, start: int, end: int) -> Span:
        """The span ``text[start:end]``, with its line and column."""
        line = bisect_right(self.line_starts, start)
        return Span(self.path, start, end, line, start - self.line_starts[line - 1] + 1)

    def cut(self, span: Span) -> str:
        """The text that ``span`` talks about."""
        return self.text[span.start : span.end]

    def line_start(self, line: int) -> int:
        """Offset of the first character of line ``line`` (from 1), or of the end of a text that has fewer lines."""
        return self.line_starts[line - 1] if line <= len(self.line_starts) else len(self.text)

    def line_text(self, line: int) -> str:
        """Line ``line`` (from 1) without its line ending; empty where the text has fewer lines."""
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        return self.text[self.line_start(line) : end]

    def line_span(self, line: int) -> Span:
        """Line ``line`` (from 1) without its indentation and its line ending."""
        start, text = self.line_start(line), self.line_text(line)
        body = text.strip()
        return self.span(start + text.find(body), start + text.find(body) + len(body))

    def whole(self) -> Span:
        """A bare position at the very beginning, for what concerns the file as a whole."""
        return self.span(0, 0)


def display_path(file: Path, root: Path) -> str:
    """``file`` as people and editors should see it: relative to ``root`` where it lies below it."""
    try:
        return file.resolve().relative_to(_real(root)).as_posix()
    except ValueError:
        return file.as_posix()


@lru_cache
def _real(root: Path) -> Path:
    """``root`` without links: asked for each file of a project, and the same each time."""
    return root.resolve()
