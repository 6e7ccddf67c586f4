"""Looking at a paper that was just built: what a reader of logs cannot know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diptych.diagnostics import Problem, Severity
from diptych.errors import DiptychError
from diptych.model.assessment import within
from diptych.model.document import Document
from diptych.model.words import ledger
from diptych.parse.corpus import INDEX, read_analysis
from diptych.pdf.case import Expected, letters_of
from diptych.pdf.inspection import Inspected, inspect_pdf
from diptych.pdf.pictures import draw_findings
from diptych.pdf.record import Record
from diptych.pdf.rules import PdfFinding
from diptych.rubric import load_rubrics
from diptych.rubric.model import WORD_CLASSES
from diptych.settings import find_project

_MARKUP = frozenset("`*_$[]{}\\<>&")
"""A heading with one of these may read otherwise on the page."""
_HIDDEN = frozenset({"acknowledgments", "acknowledgements"})
"""Sections that a submission does not show."""
_SPECIAL = _HIDDEN | {"references", "appendix"}
"""Sections that a paper shows in its own way, or not in every mode."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong with a paper that was built."""

    problems: tuple[Problem, ...]
    """What must be mended."""
    remarks: tuple[Problem, ...]
    """What is a matter of degree, such as the length of a section."""


def look_at(file: Path, record: Record) -> Verified:
    """Look at the PDF ``file`` of the paper ``record`` with all rules, and draw the places of errors beside it.

    Messages name pages, from 1.
    """
    inspected = inspect_pdf(file, expect(record))
    errors = [finding for finding in inspected.findings if finding.severity is Severity.ERROR]
    pictures = draw_findings(file, errors, file.parent, f"{record.slug}.finding") if inspected.case.is_readable else {}
    problems = [_problem(record, finding, pictures.get(at)) for at, finding in enumerate(errors)]
    remarks = [_problem(record, finding) for finding in _warnings(inspected)]
    return Verified(tuple(problems), tuple(remarks))


def expect(record: Record) -> Expected:
    """What the source of ``record`` lets us expect; little, where it is in no project."""
    try:
        project = find_project(record.folder)
        source = project.root / record.source
        if source.name != INDEX or not source.is_file():
            return Expected(mode=record.mode, is_own=True)
        document = read_analysis(source, project.root)
        rubrics = load_rubrics(project.assignments, project.root)
    except DiptychError:
        return Expected(mode=record.mode, is_own=True)
    front = document.header.front
    return Expected(
        mode=record.mode,
        rubric=rubrics.get(front.assignment) if front else None,
        sections=_sections(document),
        words=ledger(document).count(WORD_CLASSES, sections=_shown(document, record.mode)),
        names=tuple(
            name
            for author in (front.authors if front else ())
            for name in (author.name, author.email, author.orcid)
            if name
        ),
        is_own=True,
        thresholds=project.settings.thresholds,
    )  # fmt: skip


def _shown(document: Document, mode: str) -> set[int | None] | None:
    """The sections that a paper shows in this mode; ``None`` for all of them."""
    if mode != "submission":
        return None
    hidden: set[int] = set()
    for index, section in enumerate(document.sections):
        if section.parent is None and letters_of(section.title) in _HIDDEN:
            hidden |= within(document, index)
    return {None, *range(len(document.sections))} - hidden


def _sections(document: Document) -> tuple[str, ...]:
    """The titles that a paper shows as they are."""
    return tuple(
        section.title
        for section in document.sections
        if section.parent is None
        and letters_of(section.title) not in _SPECIAL
        and (text := document.source.cut(section.span)).isascii()
        and not set(text) & _MARKUP
    )


def _warnings(inspected: Inspected) -> list[PdfFinding]:
    return [finding for finding in inspected.findings if finding.severity is Severity.WARNING]


def _problem(record: Record, finding: PdfFinding, picture: Path | None = None) -> Problem:
    mark = finding.mark
    place = f" (page {mark.page}, at {mark.box.x0:.0f}, {mark.box.top:.0f})" if mark.page and mark.box else ""
    shown = f"shown in {picture}" if picture else ""
    hint = "; ".join(part for part in (mark.hint, shown) if part)
    return record.problem(finding.slug, f"{finding.code} {mark.message}{place}", None, hint)
