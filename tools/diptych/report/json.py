"""Findings for programs. ``schema/findings.json`` describes the format; it only ever grows within one version."""

from __future__ import annotations

import json

from diptych import __version__
from diptych.report.findings import Placed, Report

VERSION = 1
"""The version of the format; the next one is not compatible."""


def render_json(report: Report) -> str:
    """One object with what was looked at, a summary, and every finding."""
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "diptych", "version": __version__},
            "summary": {
                "documents": len(report.documents),
                "entries": report.entries,
                "findings": len(report.findings),
                "errors": report.errors,
                "warnings": report.warnings,
            },
            "statistics": [{"code": code, "slug": slug, "findings": number} for code, slug, number in report.counts()],
            "findings": [_finding(placed) for placed in report.placed()],
        }
    )


def dump(data: object) -> str:
    """``data`` as JSON that people can read and that differs line by line."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _finding(placed: Placed) -> dict[str, object]:
    finding = placed.finding
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.span.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": placed.end_line,
        "end_column": placed.end_column,
        "text": placed.text,
        "fingerprint": placed.fingerprint,
    }
