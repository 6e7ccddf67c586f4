"""Counting the words of a PDF, as a check on the count of its source.

The rule is the one of ``diptych.model.words``, applied to what is on the pages: from below the heading "Abstract" to
the heading "References", and the appendix after it. Left out is what the rule leaves out (the selected papers,
mathematics, code blocks, citations) and what a page adds (numbers of pages, lines, sections, items, notes and formulae,
the labels of captions, hyphens at the ends of lines). Agrees with the source to about one word in two hundred.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from diptych.model.words import word_spans
from diptych.pdf.printed import FOOT, Glyph, Line, Link, Printed, is_mono, text_of
from diptych.pdf.reader import read_pdf

REFERENCES = ("references", "bibliography")
"""How the heading above the list of references can read."""
_CITATION = "cite."
"""Begins the names of places that natbib and hyperref give to references."""
_LABEL = re.compile(r"(?:Figure|Table|Listing) \d+[:.] ")
_ITEM = re.compile(r"\(?([0-9]+|[a-z]|[ivx]+)[.)]")
_NUMBER = re.compile(r"(?:\d+|[A-Z])(?:\.\d+)*\.? ")
_FORMULA = re.compile(r"\((?:[A-Z]\.)?\d+[a-z]?\)$")
_APART = 10.0
"""The least distance, in points, between a formula and its number."""
_NOTE_RULE = 143.5
"""How long the rule above footnotes is: 12 picas."""
_RAGGED = 60.0
"""A line that is broken within an address ends at most so far from the margin."""
_NAMES = r"(?:\S+ et al\.|[^\W\d_a-z]\S* and [^\W\d_a-z]\S*)"
_NUMERIC = re.compile(r"\[\d+(?:\s*[,–-]\s*\d+)*\]")


def count_words(file: Path) -> int:
    """The number of words in the PDF of a paper. Raises ``ValueError`` when it has no abstract or no references."""
    return len(list_words(file))


def list_words(file: Path) -> list[str]:
    """The words that ``count_words`` counts, in the order of the pages."""
    return words_of(read_pdf(file))


def words_of(printed: Printed) -> list[str]:
    """The same of a PDF that has been read."""
    text = _join(list(_body(printed)), printed)
    return [text[start:end] for start, end in word_spans(text)]


def _body(printed: Printed) -> Iterator[tuple[Line, int]]:
    """The lines between abstract and references, except code and selected papers, with how much numbers them.

    Notes come last: on a page they stand between the two halves of a citation that goes on overleaf.
    """
    lines = [line for line in printed.lines if line.base <= FOOT]
    headings = {at: line.text for at, line in enumerate(lines) if printed.is_heading(line)}
    begin = next((at for at, text in headings.items() if text.casefold() == "abstract"), None)
    end = next((at for at, text in headings.items() if text.casefold() in REFERENCES), None)
    if begin is None or end is None:
        raise ValueError("the paper has no abstract or no references")
    first = next((at for at, text in headings.items() if at > begin and _NUMBER.match(text)), begin)
    is_skipping, before = False, lines[begin]
    notes: list[tuple[Line, int]] = []
    for at in range(begin + 1, len(lines)):
        line = lines[at]
        if at in headings:
            # Before the sections with numbers stand the selected papers, after the references those of the appendix.
            is_skipping = at < first or (at >= end and not _NUMBER.match(line.text))
        is_note = _is_note(line, printed)
        if (is_skipping and not is_note) or (_is_code(line) and not _goes_on(before, printed)):
            continue
        line = before = _without_formula_number(line, printed.block.right)
        numbered = line, _number(line, printed.block.left)
        if is_note:
            notes.append(numbered)
        else:
            yield numbered
    yield from notes


def _is_code(line: Line) -> bool:
    return all(is_mono(glyph.font) for glyph in line.glyphs)


def _goes_on(line: Line, printed: Printed) -> bool:
    """Whether ``line`` ends in an address or code that may go on in the next one."""
    return bool(line.glyphs) and is_mono(line.glyphs[-1].font) and line.x1 > printed.block.right - _RAGGED


def _is_note(line: Line, printed: Printed) -> bool:
    """Whether ``line`` stands below the rule above footnotes; those of the last section stand below references."""
    return any(
        rule.top < line.base and abs(rule.x0 - printed.block.left) < 2 and abs(rule.x1 - rule.x0 - _NOTE_RULE) < 2
        for rule in printed.page(line.page).rules
    )


def _without_formula_number(line: Line, right: float) -> Line:
    """``line`` without the number of a formula: in brackets, at the right margin, and apart from the rest."""
    match = _FORMULA.search(line.text)
    if match is None or abs(line.glyphs[-1].x1 - right) > 1:
        return line
    begin = len(line.glyphs) - len(match[0])
    if begin > 0 and line.glyphs[begin].x0 - line.glyphs[begin - 1].x1 < _APART:
        return line
    return Line(line.page, line.glyphs[:begin], line.text[: match.start()])


def _number(line: Line, left: float) -> int:
    """How many glyphs number a heading or an item, or label a caption."""
    if not line.glyphs:
        return 0
    first = line.text.partition(" ")[0]
    begin = line.glyphs[0].x0 - left
    is_numbered = line.is_bold and begin < 2 and _NUMBER.match(line.text)
    is_item = 12 < begin < 52 and _ITEM.fullmatch(first) and not line.is_bold
    if label := _LABEL.match(line.text):
        return len(label[0].replace(" ", ""))
    return len(first) if is_numbered or is_item else 0


def _join(lines: Sequence[tuple[Line, int]], printed: Printed) -> str:
    """Running text: words that a hyphen parts at the end of a line are whole again, citations are gone."""
    links: dict[int, list[Link]] = defaultdict(list)
    for page in printed.pages:
        links[page.number] = [link for link in page.links if link.is_inner and link.target.startswith(_CITATION)]
    pieces = []
    for line, number in lines:
        glyphs = line.glyphs[number:]
        if glyphs:
            # A citation's glyphs are marked, not dropped yet: the brackets around them go as well.
            text = text_of(_marked(glyphs, line.base, links[line.page]))
            # An address that is broken goes on in the next line; it has no hyphen there that is not its own.
            is_broken = text.endswith("-") or (is_mono(glyphs[-1].font) and text.endswith(("/", "_")))
            pieces.append(text if is_broken else f"{text} ")
    text = "".join(pieces)
    for opening, closing in (("[", "]"), ("(", ")")):
        inner = rf"[^{re.escape(opening + closing)}]*"
        # natbib links the number of `Doe et al. [1]` only; the names belong to the citation as well.
        text = re.sub(rf"(?:{_NAMES} )?\{opening}{inner}\0{inner}\{closing}", "", text)
    return _NUMERIC.sub("", re.sub(r"[^\s\0]*\0[^\s\0]*", "", text))


def _marked(glyphs: Sequence[Glyph], base: float, links: Sequence[Link]) -> Sequence[Glyph]:
    near = [link.box for link in links if link.box.top <= base - 2 <= link.box.bottom]
    if not near:
        return glyphs
    return [
        glyph._replace(text="\0") if any(box.x0 <= (glyph.x0 + glyph.x1) / 2 <= box.x1 for box in near) else glyph
        for glyph in glyphs
    ]
