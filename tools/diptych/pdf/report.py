"""Findings in PDFs, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from diptych import __version__
from diptych.diagnostics import Severity
from diptych.pdf.inspection import Inspected
from diptych.pdf.rules import PdfFinding
from diptych.report.findings import count
from diptych.report.json import dump
from diptych.report.terminal import Terminal, harmless

VERSION = 1
"""The version of the JSON format; the next one is not compatible."""
PLAIN = Terminal()
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


@dataclass(frozen=True, slots=True)
class PdfReport:
    """The outcome of looking at some PDFs."""

    inspected: Sequence[Inspected]
    pictures: Mapping[tuple[int, int], Path] = field(default_factory=dict)
    """The picture of a finding, by the number of its file and its own, from 0."""

    @property
    def findings(self) -> list[PdfFinding]:
        """Those of all files."""
        return [finding for each in self.inspected for finding in each.findings]


def render_pdf_text(report: PdfReport, terminal: Terminal = PLAIN) -> str:
    """For each file its findings, as ``path:page (x, y): CODE message``, and a line on how it was read."""
    lines: list[str] = []
    for number, each in enumerate(report.inspected):
        for at, finding in enumerate(each.findings):
            mark = finding.mark
            code = terminal.paint(finding.code, "bold", _COLOURS[finding.severity])
            lines.append(f"{terminal.paint(_place(each, finding), 'bold')}: {code} {_one_line(mark.message)}")
            if mark.hint:
                lines.append(f"    {terminal.paint('hint:', 'cyan')} {_one_line(mark.hint)}")
            if (number, at) in report.pictures:
                lines.append(f"    {terminal.paint('picture:', 'cyan')} {harmless(str(report.pictures[number, at]))}")
        lines.append(f"{harmless(str(each.file))}: {_facts(each)}; {_found(each.findings)}")
    if len(report.inspected) > 1:
        lines.append(f"{count(len(report.inspected), 'file', 'files')}: {_found(report.findings)}")
    return "\n".join(lines) + "\n"


def _place(inspected: Inspected, finding: PdfFinding) -> str:
    page = f":{finding.mark.page}" if finding.mark.page else ""
    box = finding.mark.box
    point = f" ({box.x0:.0f}, {box.top:.0f})" if box else ""
    return f"{harmless(str(inspected.file))}{page}{point}"


def _facts(inspected: Inspected) -> str:
    case = inspected.case
    if not case.is_readable:
        return "not read"
    words = f", {case.words} words" if case.words is not None else ""
    return f"read as {case.mode}, {count(len(case.printed.pages), 'page', 'pages')}{words}"


def _found(findings: Sequence[PdfFinding]) -> str:
    if not findings:
        return "no findings"
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return f"{count(errors, 'error', 'errors')}, {count(len(findings) - errors, 'warning', 'warnings')}"


def _one_line(text: str) -> str:
    return harmless(" ".join(text.split()))


def render_pdf_json(report: PdfReport) -> str:
    """One object with a summary, what each file is, and every finding. Boxes are left, top, right, bottom."""
    errors = sum(finding.severity is Severity.ERROR for finding in report.findings)
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "diptych", "version": __version__},
            "summary": {
                "files": len(report.inspected),
                "findings": len(report.findings),
                "errors": errors,
                "warnings": len(report.findings) - errors,
            },
            "files": [_file(report, number) for number in range(len(report.inspected))],
        }
    )


def _file(report: PdfReport, number: int) -> dict[str, object]:
    inspected = report.inspected[number]
    case = inspected.case
    sections = case.printed.sections if case.is_readable else ()
    return {
        "path": str(inspected.file),
        "mode": case.mode if case.is_readable else None,
        "pages": len(case.printed.pages) if case.is_readable else None,
        "words": case.words if case.is_readable else None,
        "sections": [
            {"title": each.title, "page": each.page, "pages": round(case.printed.extent(each), 2)} for each in sections
        ],
        "findings": [_finding(report, number, at) for at in range(len(inspected.findings))],
    }


def _finding(report: PdfReport, number: int, at: int) -> dict[str, object]:
    finding = report.inspected[number].findings[at]
    mark, picture = finding.mark, report.pictures.get((number, at))
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "message": mark.message,
        "hint": mark.hint,
        "page": mark.page,
        "box": [round(side, 1) for side in mark.box] if mark.box else None,
        "picture": str(picture) if picture else None,
    }
