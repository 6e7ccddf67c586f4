"""What is remembered of each analysis between checks, so that an edit costs little in a large corpus.

For each analysis: the digest of its folder, the extract that rules about all analyses see, and what the rules about
one analysis have found, with all that they had asked about the rest. For each rule about the whole corpus likewise.
The questions are noted by the views that rules are given (``diptych.model.views``), not declared by rules. All of it
is valid for one state of settings, assignments, code and packages only, whose digest is the name of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diptych.cache import Cache, finding_of, values_of
from diptych.check import Outcome
from diptych.model.extract import Extract, Picture, Signature, Submission
from diptych.model.suppressions import Suppression
from diptych.model.views import Work
from diptych.span import Span


@dataclass(frozen=True, slots=True)
class Recollection:
    """One analysis as it was when somebody last looked."""

    folder: str
    """The digest of its folder."""
    extract: Extract
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Shelf:
    """The bibliography, as far as it need not be read again."""

    digest: str
    files: tuple[str, ...]
    """Their paths."""
    entries: int
    """How many there are."""
    suppressions: tuple[Suppression, ...]
    stamps: Mapping[str, str]
    """Of the questions that the bibliography alone answers, as far as somebody has asked them."""


@dataclass(slots=True)
class Memory:
    """What is remembered, and what is to be."""

    cache: Cache
    analyses: dict[str, Recollection] = field(default_factory=dict)
    """By the name of its folder."""
    surveys: dict[str, Outcome] = field(default_factory=dict)
    """What each rule about the whole corpus has found, by its code."""
    shelf: Shelf | None = None
    works: list[Work] | None = None
    """All entries, where they have been read anew and are to be remembered."""

    @property
    def name(self) -> str:
        """The name of its file in the folder of kept results."""
        return f"{self.cache.inputs.base}.memory"

    @property
    def name_of_works(self) -> str:
        """The name of the file of all entries, which is opened only where somebody asks for one."""
        inputs = self.cache.inputs
        return f"{inputs.bibliography[:24]}-{inputs.base[:24]}.works"

    def recall_works(self) -> dict[str, Work] | None:
        """The entries by key, where they are remembered."""
        try:
            return {key: Work(key, *rest) for key, *rest in self.cache.read(self.name_of_works)}
        except (OSError, ValueError, TypeError):
            return None

    def packed(self) -> list[tuple[str, object]]:
        """All that is to be remembered as plain data, each part with the name of its file."""
        shelf = self.shelf
        kept = {
            "analyses": [
                [name, one.folder, _packed_extract(one.extract), *_packed_outcome(one.outcome)]
                for name, one in self.analyses.items()
            ],
            "surveys": {code: _packed_outcome(outcome) for code, outcome in self.surveys.items()},
            "shelf": shelf and [
                shelf.digest, shelf.files, shelf.entries, _packed_suppressions(shelf.suppressions), dict(shelf.stamps)
            ],
        }  # fmt: skip
        works = [] if self.works is None else [(self.name_of_works, self.works)]
        return [(self.name, kept), *works]


def recall(cache: Cache) -> Memory:
    """What is remembered; nothing where there is nothing, or nothing that can be believed."""
    memory = Memory(cache)
    try:
        kept = cache.read(memory.name)
        for name, folder, extract, *outcome in kept["analyses"]:
            memory.analyses[name] = Recollection(folder, _extract(*extract), _outcome(*outcome))
        memory.surveys = {code: _outcome(*outcome) for code, outcome in kept["surveys"].items()}
        if kept["shelf"]:
            digest, files, entries, suppressions, stamps = kept["shelf"]
            memory.shelf = Shelf(digest, tuple(files), entries, _suppressions(suppressions), stamps)
    except (OSError, ValueError, KeyError, TypeError):
        return Memory(cache)
    return memory


def _packed_outcome(outcome: Outcome) -> list[object]:
    return [list(map(values_of, outcome.findings)), dict(outcome.asked)]


def _outcome(findings: list[list[Any]], asked: dict[str, str]) -> Outcome:
    return Outcome([finding_of(*values) for values in findings], asked)


def _packed_extract(extract: Extract) -> list[object]:
    said = extract.submission
    submission = said and [said.date.isoformat(), *said[1:]]
    return [extract.path, submission, *extract[2:5], _packed_suppressions(extract.suppressions)]


def _extract(path: str, submission: Any, cited: Any, labels: Any, pictures: Any, suppressions: Any) -> Extract:
    if submission is not None:
        day, assignment, option, place, authors = submission
        signed = tuple(Signature(*words, Span(*at)) for *words, at in authors)
        submission = Submission(date.fromisoformat(day), assignment, option, Span(*place), signed)
    shown = tuple(Picture(*facts, Span(*at)) for *facts, at in pictures)
    return Extract(path, submission, tuple(cited), tuple(labels), shown, _suppressions(suppressions))


def _packed_suppressions(suppressions: Iterable[Suppression]) -> list[object]:
    return [[one.code, one.reason, one.span, one.covers] for one in suppressions]


def _suppressions(packed: Iterable[list[Any]]) -> tuple[Suppression, ...]:
    return tuple(Suppression(code, reason, Span(*span), Span(*covers)) for code, reason, span, covers in packed)
