"""Running text: the paragraphs of a document, their sentences, and what belongs together as one passage.

All of it is derived from the blocks and runs of a document when somebody asks. In the text of a paragraph a
citation, a formula or a footnote mark is one character of Unicode's private area, so that offsets stay simple
and no pattern for words or numbers can match inside one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from diptych.model.document import Block, Citation, Document, Run
from diptych.span import Source, Span

ASIDE = "\ue000"
"""A citation in brackets, a footnote mark or an image: it never begins a sentence."""
ASIDE_ROLES = frozenset({"p", "ps", "alp", "alps", "yearpar"})
"""The citation roles that stand in brackets."""
NOUN = "\ue001"
"""A formula, code, a cross-reference, or a citation that is read as words, such as ``{cite:t}``."""
STAND_INS = ASIDE + NOUN
PROSE = ("paragraph", "list", "quote", "remark", "footnote", "caption", "table")
"""The blocks that can state something for which a source is due. An abstract cites nothing, by custom."""
RUNNING_TEXT = (*PROSE, "abstract")
"""The blocks that are written in sentences."""


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, for lists of words that are easier to read without quotes and commas."""
    return frozenset(text.split())


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_STOP = re.compile(rf"[.!?\u2026][\"'\u201d\u2019)\]]*(?:\s*{ASIDE})*(?=\s|\Z)")
_LAST_WORD = re.compile(r"(?:\A|[\s(\[])([^\W\d_][\w.]*)\Z")
_OPENING = "\"'\u201c\u2018(["
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\Z")
_ABBREVIATIONS = word_set(
    "al app approx ca cf ch chap dept dr ed eds e.g eg eq eqs esp est etc fig figs i.e ie incl max min mr mrs ms no "
    "nos nr p pp prof ref refs resp sec secs st tab tabs viz vol vols vs w.r.t"
)
"""Words that a full stop shortens, without the stop."""
_NUMBERED = frozenset({"appendix", "figure", "panel", "part", "section", "table", "variant", "model", "group"})
"""A single capital after one of these ends a sentence; elsewhere it is an initial, as in ``J. Ho``."""


@dataclass(frozen=True)
class Paragraph:
    """The text of one block as it is read, with the way back to the source."""

    block: Block
    source: Source
    text: str
    starts: tuple[int, ...]
    """Where the text of each of the block's runs begins in ``text``."""
    citations: tuple[tuple[int, Citation], ...]
    """The citations, each with its offset in ``text``."""

    @property
    def kind(self) -> str:
        """The kind of the block."""
        return self.block.kind

    @property
    def points_elsewhere(self) -> bool:
        """Whether it refers the reader to a figure, a table, an equation or a section."""
        return any(run.kind == "cross-reference" for run in self.block.runs)

    def span(self, start: int, end: int) -> Span:
        """The source's span of ``text[start:end]``."""
        places = self._places
        if start >= end:
            at = places[start][0] if start < len(places) else self.block.span.end
            return self.source.span(at, at)
        return self.source.span(places[start][0], places[end - 1][1])

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """The source's start and end of each character of the text."""
        places: list[tuple[int, int]] = []
        for run in self.block.runs:
            places += _places_in(run, self.source.text)
        return places

    def run_at(self, at: int) -> Run:
        """The run that the character ``text[at]`` belongs to."""
        return self.block.runs[bisect_right(self.starts, at) - 1]

    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in order. What follows the last full stop is a sentence too."""
        return self._sentences

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return tuple(self._divided())

    def _divided(self) -> Iterator[Sentence]:
        begin = _after_space(self.text, 0)
        for stop in _STOP.finditer(self.text):
            after = _after_space(self.text, stop.end())
            if after < len(self.text) and not self._ends_sentence(stop.start(), after):
                continue
            if begin < stop.end():
                yield Sentence(self, begin, stop.end())
            begin = after
        end = len(self.text.rstrip())
        if begin < end:
            yield Sentence(self, begin, end)

    def _ends_sentence(self, stop: int, after: int) -> bool:
        following = self.text[after : after + 4].lstrip(_OPENING)[:1]
        if not (following.isupper() or following.isdigit() or following == NOUN):
            return False
        if self.text[stop] != ".":
            return True
        last = _LAST_WORD.search(self.text, max(0, stop - 20), stop)
        if last is None:
            return True
        word = last[1]
        if len(word) == 1 and word.isupper():
            before = self.text[max(0, last.start() - 20) : last.start()].split()
            return bool(before) and before[-1].casefold() in _NUMBERED
        return word.casefold() not in _ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph."""

    paragraph: Paragraph
    start: int
    """Offset in the paragraph's text."""
    end: int

    @property
    def text(self) -> str:
        """What it says, with a stand-in for each citation and formula."""
        return self.paragraph.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return self.paragraph.span(self.start, self.end)

    @property
    def citations(self) -> list[tuple[int, Citation]]:
        """Its citations, each with its offset in the paragraph's text."""
        return [(at, citation) for at, citation in self.paragraph.citations if self.start <= at < self.end]

    @property
    def has_note(self) -> bool:
        """Whether it carries a footnote mark."""
        runs = zip(self.paragraph.starts, self.paragraph.block.runs, strict=True)
        return any(run.kind == "note" and self.start <= at < self.end for at, run in runs)


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs that share their sources: a paragraph of its own, one item of a list, a quotation, a table."""

    paragraphs: tuple[Paragraph, ...]
    around: Passage | None = None
    """What it leans on: the item around an item, or the lead-in that ends in a colon."""

    @property
    def names_source(self) -> bool:
        """Whether it, or what it leans on, cites something or points to where something is cited."""
        passage: Passage | None = self
        while passage is not None:
            if any(paragraph.citations or paragraph.points_elsewhere for paragraph in passage.paragraphs):
                return True
            passage = passage.around
        return False


def paragraphs(document: Document, kinds: Iterable[str] = PROSE) -> Iterator[Paragraph]:
    """The text of every block of the given kinds, in reading order."""
    wanted = frozenset(kinds)
    cited = {citation.span.start: citation for citation in document.citations}
    for block in document.blocks:
        if block.kind in wanted:
            yield _paragraph(block, document.source, cited)


def passages(prose: Iterable[Paragraph]) -> Iterator[Passage]:
    """The paragraphs of one document, grouped by what shares its sources.

    A list item holds its further paragraphs and leans on the item around it. The paragraphs of a quotation belong
    together; so do the cells of a table and its caption. A paragraph that goes on in lower case, after a formula,
    belongs to the one before. What follows a colon at the end of a paragraph leans on that paragraph.
    """
    found: list[list[Paragraph]] = []
    for paragraph in prose:
        if found and _continues(paragraph, found[-1]):
            found[-1].append(paragraph)
        else:
            found.append([paragraph])
    items: list[tuple[int, Passage]] = []
    lead: Passage | None = None
    for group in found:
        is_item = group[0].kind == "list"
        if not is_item and items:  # a lead-in holds for all items of its list, and for nothing after
            items, lead = [], None
        column = group[0].block.span.column
        while items and items[-1][0] >= column:
            items.pop()
        passage = Passage(tuple(group), items[-1][1] if items else lead)
        yield passage
        if is_item:
            items.append((column, passage))
        else:
            lead = passage if group[-1].text.rstrip().endswith(":") else None


def _continues(paragraph: Paragraph, group: list[Paragraph]) -> bool:
    before = group[-1]
    if paragraph.kind == "table":
        return before.kind in ("table", "caption")
    if paragraph.kind != before.kind or paragraph.block.section != before.block.section:
        return False
    if paragraph.kind == "quote":
        return True
    if paragraph.kind == "list":
        line = paragraph.source.line_text(paragraph.block.span.line)
        return not _ITEM.search(line[: paragraph.block.span.column - 1])
    return paragraph.kind == "paragraph" and paragraph.text[:1].islower()


def _paragraph(block: Block, source: Source, cited: dict[int, Citation]) -> Paragraph:
    pieces: list[str] = []
    starts: list[int] = []
    citations: list[tuple[int, Citation]] = []
    at = 0
    for run in block.runs:
        citation = cited.get(run.span.start) if run.kind == "citation" else None
        if citation is not None:
            citations.append((at, citation))
        piece = _shown(run, citation)
        pieces.append(piece)
        starts.append(at)
        at += len(piece)
    return Paragraph(block, source, "".join(pieces), tuple(starts), tuple(citations))


def _shown(run: Run, citation: Citation | None = None) -> str:
    """What stands for ``run`` in the text of its paragraph."""
    if run.kind in ("text", "link"):
        return run.text
    if run.kind == "marker":
        return ""
    is_aside = run.kind in ("note", "image") or (citation is not None and citation.role in ASIDE_ROLES)
    return ASIDE if is_aside else NOUN


def _places_in(run: Run, source: str) -> list[tuple[int, int]]:
    start, end = run.span.start, run.span.end
    if run.kind not in ("text", "link"):
        return [(start, end)] if run.kind != "marker" else []
    if run.text.isspace():
        return [(start, end)] * len(run.text)
    inside = source.find(run.text, start, end)
    if inside >= 0:
        return [(at, at + 1) for at in range(inside, inside + len(run.text))]
    places = []
    at = start
    for character in run.text:  # spelled with escapes and entities
        first = at
        if source[at : at + 1] == "\\" and source[at + 1 : at + 2] == character:
            at += 2
        elif source[at : at + 1] == "&" and (entity := _ENTITY.match(source, at, end)):
            at = entity.end()
        else:
            at += 1
        places.append((min(first, end), min(at, end)))
    return places


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
