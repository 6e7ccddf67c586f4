"""The text of an analysis held against its evidence: which statement rests on which entry.

An entry belongs to every passage that cites its key with its locator. A passage also rests on what it leans on (the
item around an item, a lead-in that ends in a colon), on the figures and tables that it refers to, which cite in
their captions and cells, and on its footnotes. An abstract cites nothing by custom: it rests on the whole text. An
entry for a number of the author's own belongs everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from diptych.diagnostics import nearest
from diptych.model.corpus import Corpus
from diptych.model.document import CitedKey, Document
from diptych.model.evidence import Claim, Evidence, Place
from diptych.model.numbers import has_digit, stated_numbers
from diptych.model.prose import Paragraph, Passage, paragraphs
from diptych.model.views import Surroundings
from diptych.span import Span

_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_FORMULA = (
    (re.compile(r"\\(?:times|cdot)(?![A-Za-z])|(?<=\d)\s*x\s*(?=\d)"), "\u00d7"),
    (re.compile(r"\\[,;:! ]|~|(?<=\d)\{,\}(?=\d)"), lambda found: "," if found[0] == "{,}" else " "),
    (re.compile(r"\\([%$&#_])"), r"\1"),
)
"""What numbers look like in a formula, and in the text."""
_SLIPS = 20
"""So many keys without an entry are compared with all entries."""
_FLOATS = ("caption", "table")


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that the text states."""

    number: str
    """As it stands in the text, in single spaces."""
    span: Span
    passage: int
    """Index of its passage; -1 for the abstract."""
    claims: tuple[int, ...]
    """The entries that hold it, by index; empty where none does."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what a text states is confirmed."""

    claims: int
    numbers: int
    """How many numbers the text states."""
    held: int
    """How many of them an entry holds."""
    places: int
    """How many places in works the text cites with a locator."""
    confirmed: int
    """About how many of them there is an entry."""


class Support:
    """One document and its evidence, joined once."""

    def __init__(
        self,
        document: Document,
        evidence: Evidence,
        passages: Sequence[Passage],
        keys: Collection[str],
        least_count: int,
    ) -> None:
        """``keys`` are those of the bibliography, ``least_count`` is where counts begin to be stated numbers."""
        self.document, self.evidence, self._passages, self._least = document, evidence, passages, least_count
        self._keys, self._meant, self._slips = keys, {}, 0
        self._index = {id(passage): number for number, passage in enumerate(passages)}
        self.cited: dict[Place, list[CitedKey]] = {}
        """Every cited place, with its citations in reading order."""
        for citation in document.citations:
            for item in citation.keys:
                self.cited.setdefault(self._place(item.key, item.locator), []).append(item)
        self._by_number: dict[str, list[int]] = {}
        for at, claim in enumerate(evidence.claims):
            for number in self._names(claim):
                self._by_number.setdefault(number, []).append(at)

    @property
    def coverage(self) -> Coverage:
        """How much of what the text states is confirmed."""
        places = [place for place in self.cited if place[1]]
        return Coverage(
            len(self.evidence.claims),
            len(self.statements),
            sum(bool(statement.claims) for statement in self.statements),
            len(places),
            sum(place in self.listed for place in places),
        )

    # -- Places

    def _place(self, key: str, locator: str) -> Place:
        """A place as it was meant: a misspelt key has a finding of its own."""
        if key not in self._meant:
            self._meant[key] = key
            if key not in self._keys and self._slips < _SLIPS:
                self._slips += 1
                self._meant[key] = nearest(key, self._keys) or key
        return self._meant[key], " ".join(locator.split())

    @cached_property
    def listed(self) -> dict[Place, list[int]]:
        """The places that entries name, each with the entries."""
        found: dict[Place, list[int]] = {}
        for at, claim in enumerate(self.evidence.claims):
            if claim.key is not None:
                found.setdefault(self._place(claim.key, claim.locator or ""), []).append(at)
        return found

    @cached_property
    def mistaken(self) -> dict[Place, Place]:
        """Places of entries that nothing cites, with the cited place of the same work that each is taken to mean.

        Such a place is one that no entry names and whose locator is the most alike.
        """
        open_: dict[str, dict[str, Place]] = {}
        for key, locator in self.cited:
            if locator and (key, locator) not in self.listed:
                open_.setdefault(key, {})[locator] = (key, locator)
        found = {}
        for place in self.listed:
            if place not in self.cited and place[0] in open_:
                near = nearest(place[1], open_[place[0]])
                if near:
                    found[place] = open_[place[0]][near]
        return found

    @cached_property
    def _effective(self) -> list[Place | None]:
        """For each entry the place that it belongs to, mistakes in it put right; ``None`` for everywhere."""
        places = [self._place(claim.key, claim.locator or "") if claim.key else None for claim in self.evidence.claims]
        return [place and self.mistaken.get(place, place) for place in places]

    def belongs_to(self, index: int) -> Place | None:
        """The cited place that the entry ``index`` is about, as far as that can be told."""
        return self._effective[index]

    # -- Passages

    @cached_property
    def _own(self) -> list[frozenset[Place]]:
        """What each passage cites itself."""
        return [
            frozenset(
                self._place(item.key, item.locator)
                for paragraph in passage.paragraphs
                for _, citation in paragraph.citations
                for item in citation.keys
            )
            for passage in self._passages
        ]

    @cached_property
    def _floats(self) -> dict[str, int]:
        """The passage of each figure and table that has a label: the one around the label, or the next one."""
        labels = [label for label in self.document.labels if label.kind in ("figure", "table")]
        starts, ends, numbers = [], [], []
        for number, passage in enumerate(self._passages):
            if passage.paragraphs[0].kind in _FLOATS:
                starts.append(passage.paragraphs[0].block.span.start)
                ends.append(passage.paragraphs[-1].block.span.end)
                numbers.append(number)
        found = {}
        for label in labels:
            at = bisect_right(starts, label.span.start)
            if at and label.span.start < ends[at - 1]:
                found.setdefault(label.name, numbers[at - 1])
            elif at < len(starts):
                found.setdefault(label.name, numbers[at])
        return found

    @cached_property
    def _notes(self) -> dict[str, int]:
        """The passage of each footnote, by its name."""
        found = {}
        for number, passage in enumerate(self._passages):
            first = passage.paragraphs[0]
            if first.kind == "footnote":
                name = _NOTE.match(first.source.line_text(first.block.span.line).lstrip("> \t"))
                if name:
                    found.setdefault(name[1], number)
        return found

    @cached_property
    def _rests_on(self) -> list[tuple[int, ...]]:
        """For each passage, itself and the passages whose citations hold for it as well."""
        pointed = {reference.span.start: reference.label for reference in self.document.references}
        text = self.document.source.text
        found = []
        for number, passage in enumerate(self._passages):
            others = [number]
            around = passage.around
            while around is not None:
                others.append(self._index[id(around)])
                around = around.around
            for paragraph in passage.paragraphs:
                for run in paragraph.block.runs:
                    other = None
                    if run.kind == "cross-reference":
                        other = self._floats.get(pointed.get(run.span.start, ""))
                    elif run.kind == "note" and (name := _NOTE.match(text, run.span.start)):
                        other = self._notes.get(name[1])
                    if other is not None:
                        others.append(other)
            found.append(tuple(dict.fromkeys(others)))
        return found

    @cached_property
    def _citing(self) -> dict[Place, list[int]]:
        """The passages that cite each place themselves."""
        found: dict[Place, list[int]] = {}
        for number, places in enumerate(self._own):
            for place in places:
                found.setdefault(place, []).append(number)
        return found

    @cached_property
    def _bears(self) -> list[list[int]]:
        """For each passage, those that rest on it, itself among them."""
        found: list[list[int]] = [[] for _ in self._passages]
        for number, others in enumerate(self._rests_on):
            for other in others:
                found[other].append(number)
        return found

    # -- Numbers

    def _names(self, claim: Claim) -> Iterator[str]:
        """The numbers of an entry, each with the stated numbers that it is made of: ``512 × 512`` holds ``512``."""
        for number in dict.fromkeys(map(_single_spaced, claim.numbers)):
            yield number
            if " " not in number:
                continue
            for start, end in stated_numbers(number, self._least):
                if end - start < len(number):
                    yield number[start:end]

    @cached_property
    def statements(self) -> list[Statement]:
        """Every number that the text states, in reading order."""
        found = []
        for paragraph in paragraphs(self.document, ("abstract",)):
            found += self._stated(paragraph, -1)
        for number, passage in enumerate(self._passages):
            for paragraph in passage.paragraphs:
                found += self._stated(paragraph, number)
        return found

    def _stated(self, paragraph: Paragraph, passage: int) -> Iterator[Statement]:
        if has_digit(paragraph.text):
            for start, end in stated_numbers(paragraph.text, self._least):
                number = _single_spaced(paragraph.text[start:end])
                claims = tuple(at for at in self._by_number.get(number, ()) if self._holds(at, number, passage))
                yield Statement(number, paragraph.span(start, end), passage, claims)

    def holders(self, number: str) -> Sequence[int]:
        """The entries that list the number, whatever they are about."""
        return self._by_number.get(number, ())

    def _holds(self, index: int, number: str, passage: int) -> bool:
        """Whether the entry belongs to the passage and says what stands there."""
        place = self._effective[index]
        if passage >= 0 and place is not None and not self.rests(passage, place):
            return False
        names = list(map(_single_spaced, self.evidence.claims[index].numbers))
        return number in names or passage < 0 or any(number in name and self._says(passage, name) for name in names)

    def rests(self, passage: int, place: Place) -> bool:
        """Whether ``place`` is cited for what the passage states."""
        return any(place in self._own[other] for other in self._rests_on[passage])

    def places_of(self, passage: int) -> Iterator[Place]:
        """Every place that is cited for what the passage states, its own first."""
        for other in self._rests_on[passage]:
            yield from self._own[other]

    def stands(self, index: int, number: str) -> bool:
        """Whether a number of the entry stands where the text cites its place, or anywhere if it has none."""
        number, place = _single_spaced(number), self._effective[index]
        if any(_holds_number(text, number) for text in self._abstract):
            return True
        if place is None:
            return any(self._says(passage, number) for passage in range(len(self._passages)))
        citing = self._citing.get(place, ())
        return any(self._says(passage, number) for passage in citing) or any(
            self._says(passage, number) for direct in citing for passage in self._bears[direct]
        )

    def _says(self, passage: int, number: str) -> bool:
        return _holds_number(self._text(passage), number)

    def _text(self, passage: int) -> str:
        """All that the passage says, formulas and code among it."""
        if passage not in self._texts:
            self._texts[passage] = "\n".join(map(self._readable, self._passages[passage].paragraphs))
        return self._texts[passage]

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {}

    @cached_property
    def _abstract(self) -> list[str]:
        return [_single_spaced(paragraph.text) for paragraph in paragraphs(self.document, ("abstract",))]

    @cached_property
    def _displayed(self) -> dict[int, str]:
        """The formulas that are set off, by the place of the block before them."""
        formulas, before = {}, 0
        for block in self.document.blocks:
            if block.kind == "math-block":
                formulas[before] = f"{formulas.get(before, '')} {block.runs[0].text}"
            else:
                before = block.span.start
        return formulas

    def _readable(self, paragraph: Paragraph) -> str:
        """The text of a paragraph with its formulas written out, and the formula that is set off below it."""
        pieces = []
        for run in paragraph.block.runs:
            if run.kind == "math":
                pieces.append(f" {_written_out(run.text)} ")
            elif run.kind in ("text", "link", "code"):
                pieces.append(run.text)
            else:
                pieces.append("\ue000" if run.kind != "marker" else "")
        pieces.append(f" {_written_out(self._displayed.get(paragraph.block.span.start, ''))}")
        return _single_spaced("".join(pieces))


def support_of(document: Document, corpus: Corpus | Surroundings, passages: Sequence[Passage]) -> Support | None:
    """``document`` held against its evidence, where there is any that can be read."""
    evidence = document.evidence
    if evidence is None or not evidence.is_readable:
        return None
    least = int(corpus.thresholds.stated_count)
    return Support(document, evidence, passages, corpus.bibliography.entries.keys(), least)


def _single_spaced(text: str) -> str:
    return " ".join(text.replace("\u2212", "-").split())


def _written_out(formula: str) -> str:
    for pattern, text in _FORMULA:
        formula = pattern.sub(text, formula)
    return formula


def _holds_number(text: str, number: str) -> bool:
    """Whether ``number`` stands in ``text`` and is not a part of a longer number or word."""
    at = text.find(number)
    while at >= 0:
        end = at + len(number)
        if not (_goes_on(text[at - 1 : at], number[0]) or _goes_on(text[end : end + 1], number[-1])):
            following = text[end : end + 2]
            if not (len(following) == 2 and following[0] in ".," and following[1].isdigit() and number[-1].isdigit()):
                before = text[max(0, at - 2) : at]
                if not (len(before) == 2 and before[1] in ".," and before[0].isdigit() and number[0].isdigit()):
                    return True
        at = text.find(number, at + 1)
    return False


def _goes_on(beside: str, edge: str) -> bool:
    return (edge.isdigit() and beside.isdigit()) or (edge.isalpha() and beside.isalpha())
