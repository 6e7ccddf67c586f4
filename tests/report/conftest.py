"""Reports on invented findings, so that no rule has a say in how a format looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.diagnostics import Diagnostic, Severity
from diptych.report.findings import Report
from diptych.rules import RULES
from diptych.span import Source

TEXT = "---\ntitle: x\n---\n\nAda <b>sorted</b> letters.\nAda <b>sorted</b> letters.\n"
PATH = "analyses/a b/index.md"
Make = Callable[..., Report]


@pytest.fixture
def report() -> Make:
    """Makes a report on a text: a finding for each ``(code, cut-out text, message, hint)``."""

    def make(*wanted: tuple[str, str, str, str], text: str = TEXT, path: str = PATH, site_url: str = "") -> Report:
        source, findings, at = Source(path, text), [], 0
        for code, cut, message, hint in wanted:
            at = text.index(cut, at)
            rule = RULES[code]
            findings.append(Diagnostic(code, rule.slug, rule.severity, message, source.span(at, at + len(cut)), hint))
            at += 1
        sources = {path: source}
        return Report(findings, [path], ["bib/x.bib"], 3, list(RULES.values()), sources.get, site_url)

    return make


@pytest.fixture
def two(report: Make) -> Report:
    """One error with a hint and the same error again a line below, without."""
    assert RULES["SEC001"].severity is Severity.ERROR
    return report(("SEC001", "<b>", "HTML, here", "use 100% Markdown"), ("SEC001", "<b>", "HTML\nagain", ""))
