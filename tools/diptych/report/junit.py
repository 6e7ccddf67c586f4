"""Findings as JUnit XML, which CI servers show as tests."""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from diptych.report.findings import Placed, Report

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report) -> str:
    """A suite for each file: a failed case for each finding, or one case that passed."""
    found = {path: list(group) for path, group in groupby(report.placed(), key=lambda placed: placed.span.path)}
    paths = sorted({*report.documents, *report.bibliography, *found})
    suites = [_suite(path, found.get(path, [])) for path in paths]
    tests = sum(len(found.get(path, [])) or 1 for path in paths)
    head = f'<testsuites name="diptych" tests="{tests}" failures="{len(report.findings)}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(path: str, found: list[Placed]) -> str:
    cases = [_case(placed) for placed in found] or [
        f'    <testcase name="no findings" classname={_attribute(path)} time="0"/>'
    ]
    counts = f'tests="{len(cases)}" failures="{len(found)}" errors="0" skipped="0" time="0"'
    return "\n".join([f"  <testsuite name={_attribute(path)} {counts}>", *cases, "  </testsuite>"])


def _case(placed: Placed) -> str:
    finding = placed.finding
    name = f"{finding.code} {finding.slug} at {finding.span.line}:{finding.span.column}"
    kind = f"{finding.code} {finding.severity.value}"
    hint = f"\nhint: {finding.hint}" if finding.hint else ""
    return (
        f'    <testcase name={_attribute(name)} classname={_attribute(finding.span.path)} time="0">\n'
        f"      <failure message={_attribute(finding.message)} type={_attribute(kind)}>"
        f"{escape(_clean(f'{finding.span}: {finding.message}{hint}'))}</failure>\n"
        "    </testcase>"
    )


def _attribute(text: str) -> str:
    return quoteattr(_clean(" ".join(text.splitlines())))


def _clean(text: str) -> str:
    """``text`` without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
