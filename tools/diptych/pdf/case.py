"""One PDF as its rules see it: what is on its pages, and what is asked of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from diptych.pdf.printed import ABSTRACT, FOOT, Box, Glyph, Heading, Line, Page, Printed, box_around
from diptych.pdf.words import REFERENCES, words_of
from diptych.rubric import GradedSection, Rubric
from diptych.thresholds import Thresholds

MODES = ("preprint", "final", "submission")
"""What a paper can be made for: to be read, to be published, or to be reviewed without names."""
_ANONYMOUS = re.compile(r"\banonymous\b", re.IGNORECASE)
_NOTICES = (
    ("submission", re.compile(r"\bsubmitted (?:to|for)\b|do not distribute", re.IGNORECASE)),
    ("preprint", re.compile(r"\bpreprint\b", re.IGNORECASE)),
    ("final", re.compile(r"\bconference on neural information processing systems\b|\bworkshop\b", re.IGNORECASE)),
)
"""What the foot of the first page says in each mode; the first that fits counts."""
_TITLE_SIZE = 14.0
_LEAST_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known about a PDF before it is opened."""

    mode: str | None = None
    """One of ``MODES``; ``None`` when the first page shall say."""
    rubric: Rubric | None = None
    """The assignment that it answers."""
    sections: tuple[str, ...] = ()
    """Titles that must stand above its sections."""
    words: int | None = None
    """How many words its source has, of every class."""
    names: tuple[str, ...] = ()
    """Names and addresses of its authors, which must not be in a submission."""
    is_own: bool = False
    """Whether Diptych made it: then more is asked of its properties, and less of its text."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """Numbers that rules compare with."""


@dataclass(frozen=True)
class PdfCase:
    """A PDF and what is expected of it."""

    printed: Printed
    """Without pages where the file could not be read."""
    expected: Expected = field(default_factory=Expected)
    damage: str = ""
    """Why the file could not be read."""
    is_locked: bool = False
    """Whether it needs a password."""

    @property
    def is_readable(self) -> bool:
        """Whether there are pages to look at."""
        return bool(self.printed.pages)

    @cached_property
    def mode(self) -> str:
        """What the paper is for: as expected, or as its first page says."""
        if self.expected.mode is not None:
            return self.expected.mode
        if not self.is_readable:
            return "final"
        notice = " ".join(line.text for line in self.printed.lines if line.page == 1 and line.base > FOOT)
        said = next((mode for mode, pattern in _NOTICES if pattern.search(notice)), None)
        if said is not None:
            return said
        looks_anonymous = any(_ANONYMOUS.search(line.text) for line in self.author_lines)
        return "submission" if looks_anonymous or len(self.numbers(self.printed.page(1))) > 10 else "final"

    @cached_property
    def author_lines(self) -> tuple[Line, ...]:
        """The lines between title and abstract."""
        found: list[Line] = []
        seen_title = False
        for line in self.printed.lines:
            if line.page > 1 or line.base > FOOT or self.printed.is_heading(line):
                break
            if line.glyphs[0].size > _TITLE_SIZE:
                seen_title = True
                found.clear()
            elif seen_title:
                found.append(line)
        return tuple(found) if self.heading(ABSTRACT) else ()

    @cached_property
    def words(self) -> int | None:
        """How many words it has; ``None`` without an abstract or references, which bound what is counted."""
        try:
            return len(words_of(self.printed))
        except ValueError:
            return None

    def heading(self, *titles: str) -> Heading | None:
        """The first section with one of these titles; case and punctuation do not matter."""
        wanted = {letters_of(title) for title in titles}
        return next((heading for heading in self.printed.sections if letters_of(heading.title) in wanted), None)

    @property
    def references(self) -> Heading | None:
        """The heading above the list of references."""
        return self.heading(*REFERENCES)

    def graded(self) -> list[tuple[GradedSection, Heading]]:
        """The graded sections that it has."""
        sections = self.expected.rubric.sections if self.expected.rubric else ()
        pairs = [(section, self.heading(section.title)) for section in sections]
        return [(section, heading) for section, heading in pairs if heading is not None]

    def numbers(self, page: Page) -> list[Box]:
        """Where lines have numbers: digits alone, left of the text, in a column."""
        left = self.printed.block.left
        rows: dict[int, list[Glyph]] = {}
        for glyph in page.glyphs:
            if glyph.x1 < left - 2 and not glyph.is_drawn and glyph.base < FOOT:
                rows.setdefault(round(glyph.base), []).append(glyph)
        digits = [row for row in rows.values() if all(glyph.text.isdigit() for glyph in row)]
        values = [int("".join(glyph.text for glyph in sorted(row, key=lambda glyph: glyph.x0))) for row in digits]
        if len(digits) < _LEAST_NUMBERS or not _rises(values):
            return []
        return [box_around(row) for row in digits]

    def text_of_page(self, number: int) -> int:
        """How many lines of running text a page has."""
        return sum(line.page == number for line in self.printed.running)


def _rises(values: list[int]) -> bool:
    """Whether most numbers are larger than those before: lists and axes have other numbers."""
    pairs = list(pairwise(values))
    return sum(after > before for before, after in pairs) >= 0.8 * len(pairs)


def letters_of(text: str) -> str:
    """``text`` in lower case with its letters and digits alone."""
    return "".join(character for character in text.casefold() if character.isalnum())
