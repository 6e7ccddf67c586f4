"""How far a build of papers is, for people: a line for each paper that was built, and one that says what runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from diptych.pdf.build import Progress
from diptych.report.terminal import Terminal, harmless

_ERASE = "\r\x1b[K"
"""Back to the beginning of the line, and empty it."""


@dataclass(slots=True)
class Display:
    """Shows progress on one stream. Papers that have not changed are only counted."""

    stream: TextIO
    _counts: Counter[str] = field(default_factory=Counter)
    _has_line: bool = False

    def show(self, progress: Progress) -> None:
        """Show what has happened, and on a terminal what is going on now."""
        terminal, text = Terminal.of(self.stream), ""
        if progress.outcome != "started":
            self._counts[progress.outcome] += 1
        if progress.outcome in ("built", "failed"):
            outcome = terminal.paint(progress.outcome, "green" if progress.outcome == "built" else "red")
            text = f"paper {progress.done} of {progress.of}: {harmless(progress.slug)} {outcome}\n"
        if terminal.is_interactive:
            erase = _ERASE if self._has_line else ""
            running = ", ".join(map(harmless, progress.running))
            line = f"[{progress.done}/{progress.of}] {running}"[: terminal.width - 1] if running else ""
            text, self._has_line = f"{erase}{text}{line}", bool(line)
        self.stream.write(text)
        self.stream.flush()

    def close(self) -> None:
        """Say how many papers came out how."""
        counted = [f"{self._counts[kind]} {kind}" for kind in ("built", "unchanged", "failed") if self._counts[kind]]
        total = self._counts.total() - self._counts["started"]
        erase = _ERASE if self._has_line else ""
        if counted:
            self.stream.write(f"{erase}{total} paper{'' if total == 1 else 's'}: {', '.join(counted)}\n")
            self.stream.flush()
