"""Findings for people: one line each that editors can follow, and a hint below it."""

from __future__ import annotations

from collections.abc import Sequence

from diptych.diagnostics import Diagnostic
from diptych.model.corpus import Corpus


def render_findings(diagnostics: Sequence[Diagnostic], corpus: Corpus) -> str:
    """``path:line:column: CODE message`` for each finding, its hint, and a summary."""
    lines = []
    for finding in diagnostics:
        lines.append(f"{finding.span}: {finding.code} {finding.message}")
        if finding.hint:
            lines.append(f"    hint: {finding.hint}")
    lines.append(_summary(diagnostics, corpus))
    return "\n".join(lines) + "\n"


def _summary(diagnostics: Sequence[Diagnostic], corpus: Corpus) -> str:
    looked = f"{_count(len(corpus.documents), 'analysis', 'analyses')}, "
    looked += _count(len(corpus.bibliography.entries), "entry", "entries")
    if not diagnostics:
        return f"no findings in {looked}"
    files = len({finding.span.path for finding in diagnostics})
    found = f"{_count(len(diagnostics), 'finding', 'findings')} in {_count(files, 'file', 'files')}"
    return f"{found} (looked at {looked}); diptych explain CODE says more"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
