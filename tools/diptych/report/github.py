"""Findings as workflow commands, which GitHub Actions shows beside the changed lines."""

from __future__ import annotations

from diptych.report.findings import Placed, Report, summary


def render_github(report: Report) -> str:
    """One command for each finding, and a summary for whoever reads the log."""
    return "\n".join([*map(_command, report.placed()), _data(summary(report))]) + "\n"


def _command(placed: Placed) -> str:
    finding = placed.finding
    properties = {
        "file": finding.span.path,
        "line": finding.span.line,
        "endLine": placed.end_line,
        "col": finding.span.column,
        "endColumn": placed.end_column,
        "title": f"{finding.code} {finding.slug}",
    }
    if placed.end_line != finding.span.line:  # GitHub reads columns only within one line
        del properties["col"], properties["endColumn"]
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return f"::{finding.severity.value} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
