"""The one rule for counting words, and the ledger of one document.

A word is a run without white space that holds a letter or a digit, after two or more hyphens in a row and
the em dash have been read as breaks. Nothing else breaks a word: not a single hyphen, an en dash, an
apostrophe, a slash or the separators within numbers, nor a change to emphasis, code or link text. Citations,
mathematics, markers, marks of footnotes and images are not words, and what stands on their two sides joins:
``$x$-axis`` is one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diptych.model.document import Block, Document
from diptych.rubric import Counting

_BREAK = re.compile(r"\s+|-{2,}|\u2014")
_COUNTED_RUNS = {"text", "link", "code", "cross-reference"}
_OWN_CLASS = {"paragraph", "list", "quote", "remark"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many words of one class stand in one place."""

    word_class: str
    section: int | None
    """Index in ``Document.sections`` of the innermost section."""
    question: str | None
    words: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every counted word of a document, by class, section and question."""

    tallies: tuple[Tally, ...]

    def count(self, classes: Iterable[str], *, sections: Iterable[int | None] | None = None,
              question: str | None = None) -> int:  # fmt: skip
        """Words of ``classes``, where given only in ``sections`` and only in the answer to ``question``."""
        wanted, places = set(classes), None if sections is None else set(sections)
        return sum(
            tally.words
            for tally in self.tallies
            if tally.word_class in wanted
            and (places is None or tally.section in places)
            and (question is None or tally.question == question)
        )

    def body(self, counting: Counting) -> int:
        """The number held against the lower limit."""
        return self.count(counting.body)

    def all(self, counting: Counting) -> int:
        """The number held against the upper limit."""
        return self.count(counting.all)


def ledger(document: Document) -> Ledger:
    """Count every word of ``document`` once."""
    counts: Counter[tuple[str, int | None, str | None]] = Counter()
    for block in document.blocks:
        for word_class, question in words_of(block):
            counts[word_class, block.section, question] += 1
    return Ledger(tuple(Tally(*place, words) for place, words in counts.items()))


def words_of(block: Block) -> Iterator[tuple[str, str | None]]:
    """The class and the question of each word of ``block``. A word belongs to the run of its first letter or digit."""
    if block.kind in ("title", "code-block", "math-block"):
        return
    text, owners = "", []
    for run in block.runs:
        if run.kind in _COUNTED_RUNS:
            text += run.text
            owners += [run] * len(run.text)
    for start, end in word_spans(text):
        first = next(at for at in range(start, end) if text[at].isalnum())
        run = owners[first]
        yield _class_of(block.kind, run.kind), run.question


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of ``text`` begins and ends."""
    at = 0
    for gap in [*_BREAK.finditer(text), None]:
        start, end = at, gap.start() if gap else len(text)
        if any(character.isalnum() for character in text[start:end]):
            yield start, end
        at = gap.end() if gap else end


def _class_of(block: str, run: str) -> str:
    if run == "cross-reference":
        return run
    return run if run in ("link", "code") and block in _OWN_CLASS else block
