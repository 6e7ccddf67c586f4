"""What every format shows: the findings of one check, and the texts that they talk about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Severity
from diptych.span import Source, Span

if TYPE_CHECKING:  # a result from the cache is shown without reading all rules
    from diptych.rules.registry import Rule


def _no_source(path: str) -> Source | None:
    return None


@dataclass(frozen=True)
class Report:
    """The outcome of one check."""

    findings: Sequence[Diagnostic]
    """Sorted."""
    documents: Sequence[str] = ()
    """The paths of the analyses that were looked at."""
    bibliography: Sequence[str] = ()
    """The paths of the BibTeX files that were looked at."""
    entries: int = 0
    """How many entries those files hold."""
    rules: Sequence[Rule] = ()
    """The rules that were run."""
    source: Callable[[str], Source | None] = field(default=_no_source)
    """The text of a file by its path; ``None`` where it is not known."""
    site_url: str = ""
    """Where the site is published, or empty."""

    @cached_property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @cached_property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors

    def placed(self) -> Iterator[Placed]:
        """Every finding with its place in full."""
        lines, seen = _Lines(), Counter()
        for finding in self.findings:
            yield _place(finding, self.source(finding.span.path), lines, seen)

    def counts(self) -> list[tuple[str, str, int]]:
        """Code, slug and number of findings of each rule that has any, the most frequent first."""
        found = Counter((finding.code, finding.slug) for finding in self.findings)
        return [(*rule, number) for rule, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))]

    def page(self, code: str) -> str:
        """The address of a rule's page on the site, or empty where the site has no address."""
        return f"{self.site_url}rules/{code}.html" if self.site_url else ""


@dataclass(frozen=True, slots=True)
class Placed:
    """One finding with what its span alone does not tell."""

    finding: Diagnostic
    end_line: int
    end_column: int
    """After the last character, so that a bare position ends where it begins."""
    line: str
    """The whole line that it begins in, or empty where the text is not known."""
    text: str
    """What the span cuts out of the text."""
    fingerprint: str
    """Stays the same while the line it begins in does, whatever happens around it."""

    @property
    def span(self) -> Span:
        """Where the finding begins."""
        return self.finding.span


class _Lines:
    """The line of a finding and its digest, kept until the next line is asked for: a line can have many findings."""

    def __init__(self) -> None:
        self._at: tuple[Source, int] | None = None
        self._line = ("", "")

    def of(self, source: Source, number: int) -> tuple[str, str]:
        if self._at is None or self._at[0] is not source or self._at[1] != number:
            line = source.line_text(number)
            self._at, self._line = (source, number), (line, _digest(" ".join(line.split())))
        return self._line


def _place(finding: Diagnostic, source: Source | None, lines: _Lines, seen: Counter[str]) -> Placed:
    span = finding.span
    line, line_digest, text, end = "", "", "", span
    if source is not None and span.end <= len(source.text) and span.line <= len(source.line_starts):
        line, line_digest = lines.of(source, span.line)
        text, end = source.cut(span), source.span(span.end, span.end)
    digest = _digest("\0".join((finding.code, span.path, line_digest, " ".join(text.split()))))
    seen[digest] += 1
    return Placed(finding, end.line, end.column, line, text, f"{digest}:{seen[digest]}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def summary(report: Report) -> str:
    """One line: what was looked at and how much was found."""
    looked = f"{count(len(report.documents), 'analysis', 'analyses')}, {count(report.entries, 'entry', 'entries')}"
    if not report.findings:
        return f"no findings in {looked}"
    files = len({finding.span.path for finding in report.findings})
    found = f"{count(len(report.findings), 'finding', 'findings')} in {count(files, 'file', 'files')}"
    return f"{found} (looked at {looked}); diptych explain CODE says more"


def count(number: int, one: str, many: str) -> str:
    """``number`` with the noun in the right form."""
    return f"{number} {one if number == 1 else many}"
