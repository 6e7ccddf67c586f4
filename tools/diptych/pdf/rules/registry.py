"""What a rule for PDFs is, and the list of all of them.

They are rules like those for analyses: a code, a name for the offence, a severity, and a docstring that is help, page
and test. Their examples are LaTeX: the tests typeset them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from diptych.diagnostics import Severity
from diptych.pdf.case import PdfCase
from diptych.pdf.printed import Box
from diptych.rules.registry import HEADINGS, Rule


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule has to say about one place in a PDF."""

    message: str
    """One sentence without a full stop: what is wrong."""
    hint: str = ""
    """How to mend it."""
    page: int | None = None
    """From 1; ``None`` for what concerns the file as a whole."""
    box: Box | None = None
    """Around what the message talks about."""
    ink: Box | None = None
    """Where something must show; if this is white, nothing is wrong."""


@dataclass(frozen=True, slots=True)
class PdfFinding:
    """One finding of one rule."""

    code: str
    slug: str
    severity: Severity
    mark: Mark


@dataclass(frozen=True, slots=True)
class PdfRule(Rule):
    """One rule."""

    needs_pages: bool = True
    """Whether it can say nothing about a file that cannot be read."""

    def look(self, case: PdfCase) -> Iterator[PdfFinding]:
        """Everything that the rule finds in ``case``."""
        if self.needs_pages and not case.is_readable:
            return
        for mark in self.check(case):
            yield PdfFinding(self.code, self.slug, self.severity, mark)


PDF_RULES: dict[str, PdfRule] = {}
"""Every rule for PDFs by code."""


def pdf_rule(
    code: str, slug: str, severity: Severity = Severity.ERROR, *, needs_pages: bool = True
) -> Callable[[Callable], Callable]:
    """Register a rule that looks at one PDF at a time."""

    def register(check: Callable) -> Callable:
        text = check.__doc__ or ""
        missing = [heading for heading in HEADINGS if f"## {heading}\n" not in text]
        if missing:
            raise ValueError(f"rule {code} says nothing under {', '.join(missing)}")
        if code in PDF_RULES or any(rule.slug == slug for rule in PDF_RULES.values()):
            raise ValueError(f"rule {code} ({slug}) exists already")
        PDF_RULES[code] = PdfRule(code, slug, severity, check, True, needs_pages)
        return check

    return register
