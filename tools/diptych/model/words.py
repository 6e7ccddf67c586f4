"""The one rule for counting words, and the ledger of one document.

A word is a run without white space that holds a letter or a digit, after two or more hyphens in a row and
the em dash have been read as breaks. Nothing else breaks a word: not a single hyphen, an en dash, an
apostrophe, a slash or the separators within numbers, nor a change to emphasis, code or link text. Citations,
mathematics, markers, marks of footnotes and images are not words, and what stands on their two sides joins:
``$x$-axis`` is one word. What cannot be seen counts as what a reader sees: invisible characters, such as zero-width
spaces and soft hyphens, as nothing at all, and letters that are blank, such as the Hangul filler, as white space.

A word counts once, in one class. Footnotes, captions and table cells keep their class wherever they stand, also in a
list, a quotation or a remark; all else in them is of their class. Other prose has the class of the outermost of these
three around it. Everything in the abstract is abstract.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from diptych.model.document import Block, Document
from diptych.rubric import Counting

INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that show nothing, as a part of a character class: controls, zero-width ones, marks of direction."""
BLANK = r"\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that show as empty space, as a part of a character class."""
_STRETCH = re.compile(rf"(?:[^\s{BLANK}\u2014-]+|(?<!-)-(?![{INVISIBLE}]*-))+")
"""What stands between two breaks, a single hyphen being none."""
_PROSE = ("paragraph", "list", "quote", "remark")
_COUNTED_RUNS = {"text", "link", "code", "cross-reference"}


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
        for (word_class, question), words in count_words(block).items():
            counts[word_class, block.section, question] += words
    return Ledger(tuple(Tally(*place, words) for place, words in counts.items()))


def count_words(block: Block) -> Mapping[tuple[str, str | None], int]:
    """The words of each class and question in ``block``. A word belongs to the run of its first letter or digit."""
    if block.kind in ("title", "code-block", "math-block"):
        return {}
    runs = [run for run in block.runs if run.kind in _COUNTED_RUNS]
    owners = [(_class_of(block.kind, run.kind), run.question) for run in runs]
    text = "".join([run.text for run in runs])
    if len(set(owners)) == 1:  # as in most blocks: whose each word is need not be asked
        words = _number_of_words(text)
        return {owners[0]: words} if words else {}
    starts = [0, *accumulate(len(run.text) for run in runs)]
    counts: Counter[tuple[str, str | None]] = Counter()
    for start, end in word_spans(text):
        first = next(at for at in range(start, end) if text[at].isalnum())
        counts[owners[bisect_right(starts, first) - 1]] += 1
    return counts


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of ``text`` begins and ends."""
    for match in _STRETCH.finditer(text):
        if _is_word(match[0]):
            yield match.span()


def _number_of_words(text: str) -> int:
    """As many as ``word_spans`` finds places. Where nothing but white space can be a break, this is faster."""
    stretches = text.split() if text.isascii() and "-" not in text else _STRETCH.findall(text)
    return sum(stretch[0].isalnum() or _is_word(stretch) for stretch in stretches)


def _is_word(stretch: str) -> bool:
    return any(map(str.isalnum, stretch))


def class_within(around: str, own: str) -> str:
    """The class of text that is of class ``own`` by itself and stands within text of class ``around``."""
    return own if around == "paragraph" or (around in _PROSE and own not in _PROSE) else around


def _class_of(block: str, run: str) -> str:
    if run == "cross-reference":
        return run
    return run if run in ("link", "code") and block in _PROSE else block
