"""What the rules about all analyses may know of each: enough to compare them, and small enough to be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from diptych.model.document import Document
from diptych.model.suppressions import Suppression
from diptych.span import Span


class Signature(NamedTuple):
    """An author, as an analysis names them."""

    name: str
    email: str | None
    orcid: str | None
    place: Span
    """Where the name stands."""


class Picture(NamedTuple):
    """A figure's file, where there is one."""

    file: str
    """As written."""
    state: str
    """As ``FileFacts`` has it."""
    size: int
    """In bytes."""
    figure: Span


class Submission(NamedTuple):
    """What a header says of who answers which assignment, how and when."""

    date: date
    assignment: str
    option: str
    option_place: Span
    authors: tuple[Signature, ...]


class Extract(NamedTuple):
    """One analysis, as far as the rules about all of them may know it. All of it is plain data."""

    path: str
    submission: Submission | None
    """``None`` where the header cannot be read."""
    cited: tuple[str, ...]
    """The keys that it cites or compares, sorted."""
    labels: tuple[str, ...]
    """The names that its cross-references can point to."""
    pictures: tuple[Picture, ...]
    suppressions: tuple[Suppression, ...]
    """Of the analysis and of its evidence."""


def extract_of(document: Document) -> Extract:
    """The extract of ``document``."""
    header, evidence = document.header, document.evidence
    front = header.front
    submission, cited = None, {item.key for citation in document.citations for item in citation.keys}
    if front is not None:
        places = (header.place(f"authors[{index}].name") for index in range(len(front.authors)))
        authors = tuple(
            Signature(author.name, author.email, author.orcid, place)
            for author, place in zip(front.authors, places, strict=True)
        )
        submission = Submission(front.date, front.assignment, front.option, header.place("option"), authors)
        cited.update(front.papers)
    labels = tuple(label.name for label in document.labels)
    suppressions = document.suppressions + (evidence.suppressions if evidence is not None else ())
    pictures = tuple(_pictures(document))
    return Extract(document.source.path, submission, tuple(sorted(cited)), labels, pictures, suppressions)


def _pictures(document: Document) -> Iterator[Picture]:
    for figure in document.figures:
        facts = document.files.get(figure.file)
        if facts is not None:
            yield Picture(figure.file, facts.state, facts.size, figure.span)
