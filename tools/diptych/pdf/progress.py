"""How far a build of papers is, for people: a line for each paper that was built, and one that says what runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from diptych.diagnostics import Problem
from diptych.pdf.build import Progress
from diptych.report.findings import count
from diptych.report.terminal import Terminal, harmless

_ERASE = "\r\x1b[K"
"""Back to the beginning of the line, and empty it."""


@dataclass(slots=True)
class Display:
    """Shows progress on one stream. Papers that have not changed are only counted."""

    stream: TextIO
    remarks: list[Problem] = field(default_factory=list)
    """What is a matter of degree in all of them."""
    _counts: Counter[str] = field(default_factory=Counter)
    _has_line: bool = False

    def show(self, progress: Progress) -> None:
        """Show what has happened, and on a terminal what is going on now."""
        terminal, text = Terminal.of(self.stream), ""
        self.remarks += progress.remarks
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
        """Say how many papers came out how, and how many warnings there are."""
        counted = [f"{self._counts[kind]} {kind}" for kind in ("built", "unchanged", "failed") if self._counts[kind]]
        if self.remarks:
            counted.append(count(len(self.remarks), "warning", "warnings"))
        total = self._counts.total() - self._counts["started"]
        erase = _ERASE if self._has_line else ""
        if counted:
            self.stream.write(f"{erase}{count(total, 'paper', 'papers')}: {', '.join(counted)}\n")
            self.stream.flush()
