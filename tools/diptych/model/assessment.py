"""The join of a document with its assignment: which section is which, and what each question got.

Rules, the page header and the marking sheet all ask this module, so that they cannot disagree.
It states facts; whether they are good enough is for rules and people to say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from diptych.model.document import Citation, Document, Marker
from diptych.model.words import Ledger, ledger
from diptych.rubric import GradedSection, Question, Rubric


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """What stands in one graded section."""

    graded: GradedSection
    index: int | None
    """Index in ``Document.sections``; ``None`` when the section is missing."""
    words: int
    """Body words."""
    share: float
    """Of the body words of all graded sections, from 0 to 1."""
    citations: int


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What one question got."""

    question: Question
    markers: tuple[Marker, ...]
    words: int
    """Body words of all its passages."""
    citations: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """The facts about one document that its assignment asks for."""

    document: Document
    rubric: Rubric
    ledger: Ledger
    body: int
    """Words held against the lower limit."""
    all: int
    """Words held against the upper limit."""
    sections: tuple[SectionFacts, ...]
    """One for each graded section, in the assignment's order."""
    answers: tuple[AnswerFacts, ...]
    """One for each question, in the assignment's order."""
    citations: Counter[str]
    """How often each key is cited."""

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(answer.markers) for answer in self.answers)

    @property
    def minutes(self) -> int:
        """Reading time in minutes at 220 words a minute, at least 1."""
        return max(1, round(self.all / 220))


def assess(document: Document, rubric: Rubric) -> Assessment:
    """Hold ``document`` against ``rubric``."""
    counts, counting = ledger(document), rubric.counting
    wholes = [(graded, find_section(document, graded)) for graded in rubric.sections]
    words = {at: counts.count(counting.body, sections=within(document, at)) for _, at in wholes if at is not None}
    total = sum(words.values())
    return Assessment(
        document,
        rubric,
        counts,
        counts.body(counting),
        counts.all(counting),
        tuple(
            SectionFacts(
                graded,
                at,
                words.get(at, 0),
                words.get(at, 0) / total if total else 0.0,
                sum(document.top_section(citation.section) == at for citation in document.citations)
                if at is not None
                else 0,
            )
            for graded, at in wholes
        ),
        tuple(_answer(document, question, counts, rubric) for question in rubric.questions),
        Counter(cited.key for citation in document.citations for cited in citation.keys),
    )


def find_section(document: Document, graded: GradedSection) -> int | None:
    """The index of the section whose heading is the graded section's title, whatever the case of its letters."""
    wanted = graded.title.casefold()
    for index, section in enumerate(document.sections):
        if section.parent is None and section.title.casefold() == wanted:
            return index
    return None


def within(document: Document, index: int) -> set[int]:
    """The indices of the section ``index`` and of all sections below it."""
    return {at for at in range(len(document.sections)) if document.top_section(at) == index}


def citations_within(document: Document, index: int) -> list[Citation]:
    """The citations in the section ``index`` and below it."""
    places = within(document, index)
    return [citation for citation in document.citations if citation.section in places]


def _answer(document: Document, question: Question, counts: Ledger, rubric: Rubric) -> AnswerFacts:
    return AnswerFacts(
        question,
        tuple(marker for marker in document.markers if marker.question == question.id),
        counts.count(rubric.counting.body, question=question.id),
        sum(citation.question == question.id for citation in document.citations),
    )
