"""Counting the words of a PDF, as a check on the count of its source.

The rule is the one of ``diptych.model.words``, applied to what is on the pages: from below the heading "Abstract" to
the heading "References". Left out is what the rule leaves out (the selected papers, mathematics, code blocks,
citations) and what a page adds (numbers of pages, lines, sections, items and notes, the labels of captions, hyphens
at the ends of lines). Agrees with the source to about one word in two hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

_TEXT_FONT = re.compile(r"Nimbus|Times|LMMono|LMTT|ec-lmtt|TeXGyreTermes", re.IGNORECASE)
_MONO_FONT = re.compile(r"Mono|LMTT|lmtt")
_HEADING_SIZE = 11.5
"""Headings of sections are larger than this, in bp."""
_SMALL = 7.6
"""Marks of footnotes and numbers of lines are smaller."""
_FOOT = 725.0
"""Below this lie page number and notice; distance from the top of the page, in bp."""
_SPACE = 0.14
"""A gap wider than this part of the letters' size is a space."""
_LABEL = re.compile(r"(Figure|Table|Listing) \d+: ")
_ITEM = re.compile(r"\(?([0-9]+|[a-z]|[ivx]+)[.)]")
_NUMBER = re.compile(r"[0-9A-Z]+(\.[0-9]+)* ")
_BREAK = re.compile(r"\s+|-{2,}|—")


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    mono: bool
    cited: bool


def count_words(file: Path) -> int:
    """The number of words in the PDF of a paper. Raises ``ValueError`` when it has no abstract or no references."""
    return len(list_words(file))


def list_words(file: Path) -> list[str]:
    """The words that ``count_words`` counts, in the order of the pages."""
    with pdfplumber.open(file) as pdf:
        lines = [line for page in pdf.pages for line in _lines(page)]
    text = _join(_body(lines))
    return [word for word in _BREAK.split(text) if re.search(r"[^\W_]", word)]


def _lines(page: Any) -> Iterator[list[_Glyph]]:
    """The lines of a page in the order in which they were set, without what is not text."""
    links = [annot for annot in page.annots if _is_citation(annot)]
    line: list[_Glyph] = []
    for char in page.chars:
        base, size = page.height - char["matrix"][5], char["size"]
        if base > _FOOT or not _TEXT_FONT.search(char["fontname"]) or char["text"].isspace():
            continue
        if size < _SMALL and char["text"].isdigit():
            continue
        middle, height = (char["x0"] + char["x1"]) / 2, base - 2
        cited = any(link["x0"] <= middle <= link["x1"] and link["top"] <= height <= link["bottom"] for link in links)
        name = char["fontname"]
        is_mono = bool(_MONO_FONT.search(name))
        glyph = _Glyph(char["text"], char["x0"], char["x1"], base, size, "Medi" in name, is_mono, cited)
        if line and abs(glyph.base - line[-1].base) > 4:
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _is_citation(annot: dict[str, Any]) -> bool:
    action = (annot.get("data") or {}).get("A") or {}
    target = action.get("D") if isinstance(action, dict) else None
    return isinstance(target, bytes) and target.startswith(b"cite.")


def _body(lines: list[list[_Glyph]]) -> list[list[_Glyph]]:
    """The lines between abstract and references, except code, selected papers and what numbers them."""
    headings = {at: _text(line) for at, line in enumerate(lines) if line[0].bold and line[0].size > _HEADING_SIZE}
    begin = next((at for at, text in headings.items() if text == "Abstract"), None)
    end = next((at for at, text in headings.items() if text == "References"), None)
    if begin is None or end is None:
        raise ValueError("the paper has no abstract or no references")
    kept, skipping = [], False
    for at in range(begin + 1, end):
        line = lines[at]
        if at in headings:
            skipping = not _NUMBER.match(headings[at]) and headings[at] != "Acknowledgments"
        if skipping or all(glyph.mono for glyph in line):
            continue
        kept.append(_without_number(line))
    return kept


def _without_number(line: list[_Glyph]) -> list[_Glyph]:
    text = _text(line)
    first = text.partition(" ")[0]
    is_numbered = line[0].bold and _NUMBER.match(text) and line[0].x0 < 110
    is_item = 120 < line[0].x0 < 160 and _ITEM.fullmatch(first) and not line[0].bold
    drop = len(first) if is_numbered or is_item else 0
    if label := _LABEL.match(text):
        drop = len(label[0].replace(" ", ""))
    return line[drop:]


def _text(line: list[_Glyph]) -> str:
    pieces = []
    for before, glyph in zip([None, *line], line, strict=False):
        if before is not None and (glyph.x0 - before.x1 > _SPACE * glyph.size or glyph.x0 < before.x0 - 20):
            pieces.append(" ")
        pieces.append(glyph.text)
    return "".join(pieces)


def _join(lines: list[list[_Glyph]]) -> str:
    """Running text: words that a hyphen parts at the end of a line are whole again, citations are gone."""
    marked = []
    for line in lines:
        if not line:
            continue
        # A citation's glyphs are marked, not dropped yet: the brackets around them go as well.
        text = _text([_marked(glyph) for glyph in line])
        marked.append(text if text.endswith("-") else f"{text} ")
    text = "".join(marked)
    for opening, closing in (("[", "]"), ("(", ")")):
        inner = rf"[^{re.escape(opening + closing)}]*"
        # natbib links the number of `Doe et al. [1]` only; the names belong to the citation as well.
        text = re.sub(rf"(?:\S+ et al\. )?\{opening}{inner}\0{inner}\{closing}", "", text)
    return re.sub(r"[^\s\0]*\0[^\s\0]*", "", text)


def _marked(glyph: _Glyph) -> _Glyph:
    if not glyph.cited:
        return glyph
    return _Glyph("\0", glyph.x0, glyph.x1, glyph.base, glyph.size, glyph.bold, glyph.mono, True)
