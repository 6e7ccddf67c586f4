"""Everything that one check looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from diptych.diagnostics import Problem
from diptych.model.bibliography import Bibliography
from diptych.model.document import Document
from diptych.rubric import Rubric
from diptych.span import Source
from diptych.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a project, its bibliography and its assignments."""

    documents: tuple[Document, ...]
    """Sorted by path."""
    bibliography: Bibliography
    rubrics: Mapping[str, Rubric]
    """By id."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """Numbers that rules compare with."""
    is_whole: bool = True
    """Whether these are all documents of the project; only then can an entry be called unused."""
    evidence_is_required: bool = False
    """Whether every analysis must list its evidence."""
    unread: tuple[Problem, ...] = ()
    """Why other documents of the project were not read, one problem for each."""

    def rubric_of(self, document: Document) -> Rubric | None:
        """The assignment that ``document`` answers."""
        return rubric_of(document, self.rubrics)

    def source(self, path: str) -> Source | None:
        """The text of the file at ``path``, where this corpus has read it."""
        for document in self.documents:
            if document.source.path == path:
                return document.source
            if document.evidence is not None and document.evidence.path == path:
                return document.evidence.source
            for facts in document.files.values():
                if facts.path == path and facts.source is not None:
                    return facts.source
        return self.bibliography.sources.get(path)


def rubric_of(document: Document, rubrics: Mapping[str, Rubric]) -> Rubric | None:
    """The one of ``rubrics`` that ``document`` answers.

    A header that cannot be read does not hide what is wrong below it where there is only one assignment.
    """
    front = document.header.front
    if front is None and len(rubrics) == 1:
        return next(iter(rubrics.values()))
    return rubrics.get(front.assignment) if front else None
