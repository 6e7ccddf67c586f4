"""Findings for people: one line each that editors can follow, in a terminal with the line they talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Severity
from diptych.report.findings import Placed, Report, count, summary
from diptych.report.terminal import Terminal, excerpt, harmless

if TYPE_CHECKING:
    from diptych.model.corpus import Corpus

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
PLAIN = Terminal()


def render_text(report: Report, terminal: Terminal = PLAIN) -> str:
    """``path:line:column: CODE message`` for each finding, its hint, and a summary."""
    lines = []
    for placed in report.placed():
        lines += _finding(placed, terminal)
    colour = "green" if not report.findings else _COLOURS[Severity.ERROR if report.errors else Severity.WARNING]
    lines.append(terminal.paint(summary(report), "bold", colour))
    return "\n".join(lines) + "\n"


def render_statistics(report: Report, terminal: Terminal = PLAIN) -> str:
    """How many findings each rule has, and a summary."""
    width = max((len(str(number)) for _, _, number in report.counts()), default=0)
    lines = [f"{number:>{width}}  {terminal.paint(code, 'bold')}  {slug}" for code, slug, number in report.counts()]
    both = f"{count(report.errors, 'error', 'errors')}, {count(report.warnings, 'warning', 'warnings')}"
    return "\n".join([*lines, *([both] if report.findings else []), summary(report)]) + "\n"


def render_findings(diagnostics: Sequence[Diagnostic], corpus: Corpus) -> str:
    """The findings of ``corpus`` in plain text."""
    documents = [document.source.path for document in corpus.documents]
    return render_text(Report(diagnostics, documents, entries=len(corpus.bibliography.entries), source=corpus.source))


def _finding(placed: Placed, terminal: Terminal) -> list[str]:
    finding = placed.finding
    place = terminal.paint(harmless(str(finding.span)), "bold")
    code = terminal.paint(finding.code, "bold", _COLOURS[finding.severity])
    lines = [f"{place}: {code} {_one_line(finding.message)}"]
    if terminal.is_interactive and placed.line.strip():
        lines += _source_lines(placed, terminal)
    if finding.hint:
        lines.append(f"    {terminal.paint('hint:', 'cyan')} {_one_line(finding.hint)}")
    return lines


def _one_line(text: str) -> str:
    return harmless(" ".join(text.splitlines()))


def _source_lines(placed: Placed, terminal: Terminal) -> list[str]:
    """The line that a finding begins in, and carets below what it talks about."""
    start = placed.span.column - 1
    end = placed.end_column - 1 if placed.end_line == placed.span.line else len(placed.line)
    number = str(placed.span.line)
    shown, carets = excerpt(placed.line, start, max(start, end), terminal.width - len(number) - 7)
    bar = terminal.paint("|", "dim")
    return [
        f"    {terminal.paint(number, 'dim')} {bar} {shown}",
        f"    {' ' * len(number)} {bar} {terminal.paint(carets, 'bold', _COLOURS[placed.finding.severity])}",
    ]
