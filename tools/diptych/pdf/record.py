"""The record that lies beside each ``.tex`` file: what it is made of, and where its lines came from."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from diptych.diagnostics import Problem
from diptych.errors import DiptychError
from diptych.span import Span

SUFFIX = ".paper.json"
"""Ends the name of a record; what stands before it is the paper's slug (written by ``diptych.latex.output``)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One paper to be built."""

    slug: str
    folder: Path
    """Where its files lie."""
    source: str
    """The analysis that it was made from, relative to the project's root."""
    mode: str
    """``preprint``, ``final`` or ``submission``."""
    date: str | None
    """Of the last revision, as ``2026-01-31``."""
    files: tuple[str, ...]
    """Everything that LaTeX needs, by name."""
    lines: tuple[tuple[int, int], ...]
    """Lines of the ``.tex`` file and the lines of the source that begin there, from 1, in order."""

    @property
    def tex(self) -> str:
        """The name of its ``.tex`` file."""
        return f"{self.slug}.tex"

    def source_line(self, line: int) -> int:
        """The line of the source that line ``line`` of the ``.tex`` file came from; 1 for what frames the text.

        Lines of a paragraph stand in both files one below the other, so counting goes on from its first line.
        """
        at = bisect_right(self.lines, (line, 10**9)) - 1
        if at < 0:
            return 1
        written, source = self.lines[at]
        following = self.lines[at + 1][1] if at + 1 < len(self.lines) else 0
        guess = source + line - written
        return min(guess, following - 1) if following > source else guess

    def problem(self, kind: str, message: str, line: int | None = None, hint: str = "") -> Problem:
        """A problem of this paper, placed in its source; ``line`` counts in the ``.tex`` file."""
        number = self.source_line(line) if line else 1
        return Problem(kind, message, Span(self.source, 0, 0, number, 1), hint)


def read_records(folder: Path) -> list[Record]:
    """The papers that lie in ``folder``, sorted by name. Raises ``DiptychError`` for a record it cannot read."""
    return [read_record(file) for file in sorted(folder.glob(f"*{SUFFIX}"))]


def read_record(file: Path) -> Record:
    """Read one record. Raises ``DiptychError`` when it is not one."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return Record(
            slug=file.name.removesuffix(SUFFIX),
            folder=file.parent,
            source=data["source"],
            mode=data["mode"],
            date=data["date"],
            files=tuple(data["files"]),
            lines=tuple((int(line), int(source)) for line, source in data["lines"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DiptychError(f"{file}: this record of a paper cannot be read: {error}") from None
