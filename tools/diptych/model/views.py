"""What rules may see beyond the analysis at hand, and a note of all that they have asked for.

A rule is not trusted to say what its findings depend on: the views give no more than answers to questions, and note
each question. While every answer stays the same, and the analysis does, the findings do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from diptych.diagnostics import Problem
from diptych.model.bibliography import Bibliography, Entry
from diptych.model.corpus import Corpus, rubric_of
from diptych.model.document import Document
from diptych.model.extract import Extract, extract_of
from diptych.model.suppressions import Suppression
from diptych.rubric import Rubric
from diptych.thresholds import Thresholds

_STAMP_BYTES = 12


class Work(NamedTuple):
    """An entry of the bibliography without its places, which move when another entry changes."""

    key: str
    type: str
    is_whole: bool
    values: Mapping[str, str]
    """By the name of the field, in the order of the file."""

    def get(self, name: str) -> str:
        """The value of the field ``name``, or empty."""
        return self.values.get(name, "")


class Whole:
    """A whole corpus, as far as anybody may ask about it; what an answer needs is worked out when it is asked for.

    The settings, and the assignments with their rubrics, are no questions: nothing is kept when they change.
    """

    def __init__(
        self,
        settings: Corpus,
        extracts: Sequence[Extract],
        read: Callable[[], Bibliography],
        bib_suppressions: Iterable[Suppression] | None = None,
        known: Mapping[str, str] | None = None,
        recall: Callable[[], Mapping[str, Work] | None] = lambda: None,
    ) -> None:
        """A corpus of which ``settings`` holds all but its analyses and its bibliography, which ``read`` fetches.

        ``bib_suppressions`` and ``known``, the stamps of some questions, are what is known of it without reading it;
        ``recall`` fetches its works where they are remembered.
        """
        self.rubrics: Mapping[str, Rubric] = settings.rubrics
        self.thresholds: Thresholds = settings.thresholds
        self.evidence_is_required, self.is_whole = settings.evidence_is_required, settings.is_whole
        self.unread: tuple[Problem, ...] = settings.unread
        self.extracts = tuple(extracts)
        self._read, self._recall = read, recall
        self._bib_suppressions, self._stamps = bib_suppressions, dict(known or {})

    @classmethod
    def of(cls, corpus: Corpus) -> Whole:
        """The same of a corpus that has been read."""
        return cls(corpus, list(map(extract_of, corpus.documents)), lambda: corpus.bibliography)

    @cached_property
    def bibliography(self) -> Bibliography:
        """Everything about every entry."""
        return self._read()

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """All suppressions of the corpus."""
        given = self._bib_suppressions
        found = [suppression for extract in self.extracts for suppression in extract.suppressions]
        return (*found, *(self.bibliography.suppressions if given is None else given))

    @cached_property
    def cited(self) -> frozenset[str]:
        """Every key that an analysis cites or compares."""
        return frozenset(key for extract in self.extracts for key in extract.cited)

    @cached_property
    def latest_year(self) -> int | None:
        """The year in which the newest analysis was revised."""
        return max((extract.submission.date.year for extract in self.extracts if extract.submission), default=None)

    @cached_property
    def entries(self) -> Mapping[str, Entry | Work]:
        """The entries by key, in the order of the bibliography: remembered, which may spare reading it, or as read."""
        works = self._recall() if "bibliography" not in vars(self) else None
        return self.bibliography.entries if works is None else works

    def work(self, key: str) -> Work | None:
        """The entry named ``key``."""
        entry = self.entries.get(key)
        return None if entry is None else work_of(entry)

    def works(self) -> list[Work]:
        """All entries, in the order of the bibliography."""
        return list(map(work_of, self.entries.values()))

    def dated(self, year: str) -> list[Work]:
        """The entries of a year, in the order of the bibliography."""
        return self._by_year.get(year, [])

    @cached_property
    def _by_year(self) -> Mapping[str, list[Work]]:
        works: dict[str, list[Work]] = {}
        for entry in self.entries.values():
            works.setdefault(entry.get("year"), []).append(work_of(entry))
        return works

    def labelled(self, name: str) -> str:
        """The path of the first analysis in which something has the label ``name``, or empty."""
        return self._labels.get(name, "")

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {name: extract.path for extract in reversed(self.extracts) for name in extract.labels}

    def stamp(self, question: str) -> str:
        """A stamp of the answer to a question, as views note them."""
        if question not in self._stamps:
            kind, _, about = question.partition(" ")
            answer = repr(_ANSWERS[kind](self, about)).encode("utf-8", "surrogatepass")
            self._stamps[question] = hashlib.blake2b(answer, digest_size=_STAMP_BYTES).hexdigest()
        return self._stamps[question]

    def stamps(self, questions: Iterable[str]) -> dict[str, str]:
        """The stamps of several questions."""
        return {question: self.stamp(question) for question in sorted(questions)}

    def is_still(self, stamps: Mapping[str, str]) -> bool:
        """Whether all those questions would be answered as they were."""
        return all(self.stamp(question) == stamp for question, stamp in stamps.items())


def work_of(entry: Entry | Work) -> Work:
    """An entry without its places."""
    if isinstance(entry, Work):
        return entry
    return Work(entry.key, entry.type, entry.is_whole, {name: item.value for name, item in entry.fields.items()})


ABOUT_BIBLIOGRAPHY = ("bibliography", "has", "keys", "work", "works", "dated")
"""The questions that the BibTeX files alone answer."""
_ANSWERS: Mapping[str, Callable[[Whole, str], object]] = {
    # by text, not by what was read of it: it decides about every place in it as well
    "bibliography": lambda whole, _: [(path, source.text) for path, source in whole.bibliography.sources.items()],
    "has": lambda whole, key: key in whole.entries,
    "keys": lambda whole, _: list(whole.entries),
    "work": lambda whole, key: whole.work(key),
    "works": lambda whole, _: whole.works(),
    "dated": lambda whole, year: whole.dated(year),
    "labelled": lambda whole, name: whole.labelled(name),
    "extracts": lambda whole, _: whole.extracts,
    "cited": lambda whole, _: sorted(whole.cited),
    "latest_year": lambda whole, _: whole.latest_year,
    "is_whole": lambda whole, _: whole.is_whole,
    "unread": lambda whole, _: whole.unread,
    "suppressions": lambda whole, _: whole.suppressions,
}
"""How each kind of question is answered; behind a space it may say what it is about."""


class Works(Mapping[str, Work]):
    """The entries of the bibliography by key, as the rules of one analysis may see them."""

    def __init__(self, whole: Whole, asked: set[str]) -> None:
        self._whole, self._asked = whole, asked

    def __contains__(self, key: object) -> bool:
        self._asked.add(f"has {key}")
        return key in self._whole.entries

    def __getitem__(self, key: str) -> Work:
        self._asked.add(f"work {key}")
        work = self._whole.work(key)
        if work is None:
            raise KeyError(key)
        return work

    def __iter__(self) -> Iterator[str]:
        self._asked.add("keys")
        return iter(self._whole.entries)

    def __len__(self) -> int:
        self._asked.add("keys")
        return len(self._whole.entries)


class Shelves:
    """The bibliography as the rules of one analysis may see it."""

    def __init__(self, whole: Whole, asked: set[str]) -> None:
        self.entries = Works(whole, asked)
        self._whole, self._asked = whole, asked

    def dated(self, year: str) -> list[Work]:
        """The entries of a year, in the order of the bibliography."""
        self._asked.add(f"dated {year}")
        return self._whole.dated(year)

    def all(self) -> list[Work]:
        """Every entry, in the order of the bibliography."""
        self._asked.add("works")
        return self._whole.works()


class Surroundings:
    """What the rules of one analysis may see of the rest: no other analysis, and of the bibliography no places."""

    def __init__(self, whole: Whole) -> None:
        self.asked: set[str] = set()
        """What has been asked so far."""
        self.rubrics, self.thresholds = whole.rubrics, whole.thresholds
        self.evidence_is_required = whole.evidence_is_required
        self.bibliography = Shelves(whole, self.asked)
        self._whole = whole

    def labelled(self, name: str) -> str:
        """The path of the first analysis in which something has the label ``name``, or empty."""
        self.asked.add(f"labelled {name}")
        return self._whole.labelled(name)

    def rubric_of(self, document: Document) -> Rubric | None:
        """The assignment that ``document`` answers."""
        return rubric_of(document, self.rubrics)


class Survey:
    """What a rule about the whole corpus may see of it: the bibliography, and an extract of each analysis."""

    def __init__(self, whole: Whole, idle: tuple[Suppression, ...] = ()) -> None:
        self.asked: set[str] = set()
        """What has been asked so far."""
        self.rubrics, self.thresholds = whole.rubrics, whole.thresholds
        self.idle = idle
        """Suppressions under which nothing was found; a check fills them in once the other rules have run."""
        self._whole = whole

    @property
    def bibliography(self) -> Bibliography:
        """Everything about every entry."""
        return self._ask("bibliography")

    @property
    def extracts(self) -> tuple[Extract, ...]:
        """All analyses that could be read, sorted by path."""
        return self._ask("extracts")

    @property
    def cited(self) -> frozenset[str]:
        """Every key that an analysis cites or compares."""
        return self._ask("cited")

    @property
    def latest_year(self) -> int | None:
        """The year in which the newest analysis was revised."""
        return self._ask("latest_year")

    @property
    def is_whole(self) -> bool:
        """Whether these are all analyses of the project; only then can an entry be called unused."""
        return self._ask("is_whole")

    @property
    def unread(self) -> tuple[Problem, ...]:
        """Why other analyses of the project were not read, one problem for each."""
        return self._ask("unread")

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """All suppressions of the corpus."""
        return self._ask("suppressions")

    def _ask(self, question: str) -> object:
        self.asked.add(question)
        return getattr(self._whole, question)
