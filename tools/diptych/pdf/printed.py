"""A PDF as the rules see it: pages with glyphs, lines, pictures, links and fonts. Nothing here reads files.

Lengths are PDF points (1/72 inch); places are measured from the upper left corner of the page, as people look at it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

PAGE = (612.0, 792.0)
"""US Letter (NeurIPS formatting instructions, section 2)."""

_TIMES = re.compile(r"nimbusrom|times|termes|stix|xits|newtx|\brtx|\bptm", re.IGNORECASE)
_MONO = re.compile(r"mono|lmtt|cmtt|sftt|courier|inconsol|typewriter|nimbusmon", re.IGNORECASE)
_MATHS = re.compile(
    r"^(?:(?:LM)?(?:CM(?:R|MI|SY|EX|BSY|MIB)|MS[AB]M|EU[FRSM])[BIMN]*\d|LMMath|Symbol|(?:rtx|tx|ntx|px)(?:mi|sy|ex|r)"
    r"|NewTXMI|.*Math|WASY|stmary|bbm|dsrom)", re.IGNORECASE,
)  # fmt: skip
_BOLD = re.compile(r"bold|medi|black|heavy|demi|bx(?=\d|$)|-B$", re.IGNORECASE)
_SPACE = 0.14
"""A gap wider than this part of the letters' size is a space."""
_SAME_LINE = 4.0
"""What stands higher or lower than this belongs to another line; sub- and superscripts do not."""
_SMALL = 7.6
"""Marks of footnotes and numbers of lines are smaller."""
_HEADING = 1.12
"""Headings of sections are larger than the text by this factor at least."""
_NUMBER = re.compile(r"(?P<number>(?:\d+|[A-Z])(?:\.\d+)*)\.? (?=\S)")


class Box(NamedTuple):
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float


class Glyph(NamedTuple):
    """One character on a page; white space has none."""

    text: str
    x0: float
    x1: float
    base: float
    """Of its line, from the top."""
    size: float
    font: str
    """Without the letters that mark a subset."""
    is_drawn: bool
    """Whether it is part of a picture."""


@dataclass(frozen=True, slots=True)
class Line:
    """Neighbours on one line of text, in the order in which they were set."""

    page: int
    glyphs: tuple[Glyph, ...]
    text: str = ""

    @property
    def base(self) -> float:
        """Its baseline, from the top."""
        return self.glyphs[0].base

    @property
    def x0(self) -> float:
        """Where it begins."""
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def box(self) -> Box:
        """Around it."""
        return box_around(self.glyphs)

    @property
    def is_bold(self) -> bool:
        """Whether it begins in a bold font."""
        return is_bold(self.glyphs[0].font)


@dataclass(frozen=True, slots=True)
class Link:
    """A place to click on."""

    box: Box
    target: str
    """An address, or the name of a place in the same file."""
    is_inner: bool


@dataclass(frozen=True, slots=True)
class Font:
    """A font that a page, or a picture on it, has at hand."""

    name: str
    kind: str
    """Its ``Subtype``, such as ``Type1``."""
    is_embedded: bool
    page: int
    """The first page that has it."""
    box: Box | None = None
    """Around the first characters that are set in it there, where any are."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    number: int
    """From 1."""
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    pictures: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    """Thin filled rectangles, as they frame titles and tables."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, without its number."""

    title: str
    number: str
    """Empty for one without."""
    level: int
    """1 for a section."""
    page: int
    box: Box


class Block(NamedTuple):
    """Where text stands on every page."""

    left: float
    right: float
    top: float
    bottom: float
    """Of the last baseline."""


TEXT_BLOCK = Block(108.0, 504.0, 72.0, 720.0)
"""5.5 by 9 inches, 1.5 inches from the left and 1 inch from the top (formatting instructions, section 2)."""
FOOT = 725.0
"""Below this lie page number and notice."""
ABSTRACT = "abstract"
"""The heading above the abstract, in lower case; classes other than NeurIPS set it as small as text."""


@dataclass(frozen=True)
class Printed:
    """A whole PDF."""

    pages: tuple[Page, ...]
    fonts: tuple[Font, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    """``Title``, ``Author`` and the like."""
    authors: tuple[tuple[str, str], ...] = ()
    """Every author that anything in the file names, with where: its properties, its XMP data, a picture's own."""
    is_encrypted: bool = False

    @cached_property
    def letters(self) -> Counter[tuple[str, float]]:
        """How many letters have which font and size; pictures, typewriter and the feet of pages are left out."""
        counts = Counter(
            (glyph.font, round(glyph.size, 2))
            for page in self.pages
            for glyph in page.glyphs
            if not glyph.is_drawn and glyph.base <= FOOT and glyph.text.isalpha()
        )
        return Counter({kind: number for kind, number in counts.items() if not is_mono(kind[0])})

    @cached_property
    def body(self) -> tuple[str, float]:
        """The font and the size that most letters have."""
        counts = self.letters
        if not counts:
            return "", 0.0
        fonts: Counter[str] = Counter()
        for (font, _), number in counts.items():
            fonts[font] += number
        font = fonts.most_common(1)[0][0]
        sizes = Counter({size: number for (name, size), number in counts.items() if name == font})
        return font, sizes.most_common(1)[0][0]

    def is_text(self, glyph: Glyph) -> bool:
        """Whether ``glyph`` is text, and neither mathematics nor part of a picture."""
        if glyph.is_drawn:
            return False
        if is_times(self.body[0]):
            return is_times(glyph.font) or is_mono(glyph.font)
        return _family(glyph.font) == _family(self.body[0]) or not _MATHS.match(glyph.font)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all pages, without mathematics and without what is small: marks of notes, numbers of lines."""
        return tuple(line for page in self.pages for line in self._lines(page))

    def _lines(self, page: Page) -> Iterator[Line]:
        line: list[Glyph] = []
        kept: dict[str, bool] = {}
        for glyph in page.glyphs:
            if glyph.is_drawn or (glyph.size < _SMALL and glyph.text.isdigit()):
                continue
            if (is_kept := kept.get(glyph.font)) is None:
                is_kept = kept[glyph.font] = self.is_text(glyph)
            if not is_kept:
                continue
            if line and abs(glyph.base - line[-1].base) > _SAME_LINE:
                yield Line(page.number, tuple(line), text_of(line))
                line = []
            line.append(glyph)
        if line:
            yield Line(page.number, tuple(line), text_of(line))

    @cached_property
    def running(self) -> tuple[Line, ...]:
        """The lines of running text: in the size of the text and long."""
        size = self.body[1]
        return tuple(
            line for line in self.lines
            if len(line.glyphs) > 30 and abs(line.glyphs[0].size - size) < 0.03 * size and line.x1 - line.x0 > 150
        )  # fmt: skip

    @cached_property
    def block(self) -> Block:
        """Where the text stands across the pages in fact; the published block where there is too little text to say."""
        lines = self.running
        if len(lines) < 10:
            return TEXT_BLOCK
        left, right = _most_frequent(line.x0 for line in lines), _most_frequent(line.x1 for line in lines)
        if sum(abs(line.x1 - right) < 3 for line in lines) < 0.4 * len(lines):
            return TEXT_BLOCK  # where most lines are short, none shows where the text would end
        return Block(left, right, TEXT_BLOCK.top, TEXT_BLOCK.bottom)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of sections in order, the abstract's and the references' among them."""
        size = self.body[1]
        found: list[tuple[list[Line], int]] = []
        for at, line in enumerate(self.lines):
            if line.base > FOOT or not line.is_bold or not any(map(str.isalpha, line.text)):
                continue
            if line.glyphs[0].size < 0.97 * size and line.text.casefold() != ABSTRACT:
                continue
            height = line.glyphs[0].size
            lines = found[-1][0] if found else []
            is_next = bool(lines) and found[-1][1] == at - 1 and lines[-1].page == line.page
            if (
                is_next
                and abs(lines[-1].glyphs[0].size - height) < 0.1
                and 0 < line.base - lines[-1].base < 1.6 * height
            ):
                lines.append(line)
                found[-1] = (lines, at)
            else:
                found.append(([line], at))
        return tuple(_headings([lines for lines, _ in found], size))

    def is_heading(self, line: Line) -> bool:
        """Whether ``line`` is bold and as large as the headings of sections are."""
        size = self.body[1]
        is_large = _HEADING * size <= line.glyphs[0].size <= 1.6 * size or line.text.casefold() == ABSTRACT
        return line.is_bold and is_large and line.base <= FOOT

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The headings of the first level."""
        return tuple(heading for heading in self.headings if heading.level == 1)

    def extent(self, heading: Heading) -> float:
        """How many pages the section under ``heading`` takes, up to the next section."""
        sections = self.sections
        at = sections.index(heading)
        end = position(sections[at + 1]) if at + 1 < len(sections) else float(self.text_end)
        return max(0.0, end - position(heading))

    @cached_property
    def text_end(self) -> float:
        """Where the last line of text ends, in pages from the beginning."""
        lines = [line for line in self.lines if line.base <= TEXT_BLOCK.bottom + 2]
        return lines[-1].page - 1 + _share(lines[-1].base) if lines else 0.0

    def page(self, number: int) -> Page:
        """The page of that number, from 1."""
        return self.pages[number - 1]


def _headings(groups: list[list[Line]], size: float) -> Iterator[Heading]:
    for lines in groups:
        height = lines[0].glyphs[0].size
        text = " ".join(line.text for line in lines)
        match = _NUMBER.match(text)
        number = match["number"] if match else ""
        level = number.count(".") + 1 if number else 1
        if level == 1 and not (_HEADING * size <= height <= 1.6 * size or text.casefold() == ABSTRACT):
            continue  # a label of a list or table, a run-in heading, or the title
        if level > 1 and abs(height - size) > 0.5 * size:
            continue
        if level > 1 and (sum(len(line.glyphs) for line in lines) > 150 or not all(line.is_bold for line in lines)):
            continue
        title = text[match.end() :] if match else text
        yield Heading(
            title, number, level, lines[0].page, box_around([glyph for line in lines for glyph in line.glyphs])
        )


def _goes_on(line: Line, after: Line) -> bool:
    """Whether the heading that ``line`` begins has ``after`` as its next line."""
    height = line.glyphs[0].size
    is_alike = line.page == after.page and abs(after.glyphs[0].size - height) < 0.1
    return is_alike and 0 < after.base - line.base < 1.6 * height


def position(heading: Heading) -> float:
    """Where ``heading`` stands, in pages from the beginning."""
    return heading.page - 1 + _share(heading.box.top)


def _share(y: float) -> float:
    height = TEXT_BLOCK.bottom - TEXT_BLOCK.top
    return min(1.0, max(0.0, (y - TEXT_BLOCK.top) / height))


def box_around(glyphs: Iterable[Glyph]) -> Box:
    """The rectangle around ``glyphs``, with room for ascenders and descenders."""
    every = list(glyphs)
    return Box(
        min(glyph.x0 for glyph in every),
        min(glyph.base - 0.7 * glyph.size for glyph in every),
        max(glyph.x1 for glyph in every),
        max(glyph.base + 0.22 * glyph.size for glyph in every),
    )


def text_of(glyphs: Iterable[Glyph]) -> str:
    """Running text; a gap, or a step back to the left, is a space."""
    pieces: list[str] = []
    end, begin = None, 0.0
    for glyph in glyphs:
        if end is not None and (glyph.x0 - end > _SPACE * glyph.size or glyph.x0 < begin - 20):
            pieces.append(" ")
        pieces.append(glyph.text)
        end, begin = glyph.x1, glyph.x0
    return "".join(pieces)


def is_times(font: str) -> bool:
    """Whether the font of this name is a Times or made after it."""
    return _TIMES.search(font) is not None


def is_mono(font: str) -> bool:
    """Whether the font of this name is a typewriter's."""
    return _MONO.search(font) is not None


def is_bold(font: str) -> bool:
    """Whether the font of this name is bold."""
    return _BOLD.search(font) is not None


def _family(font: str) -> str:
    """The name of a font without its size: Computer Modern has a font for each."""
    return font.rstrip("0123456789")


def _most_frequent(values: Iterable[float]) -> float:
    """The middle of the values that lie closest together; two neighbouring points count as one place."""
    every = sorted(values)
    bins = Counter(round(value) for value in every)
    best = max(bins, key=lambda at: (bins[at] + bins[at - 1] + bins[at + 1], -at))
    near = [value for value in every if abs(value - best) <= 1.5]
    return near[len(near) // 2]
