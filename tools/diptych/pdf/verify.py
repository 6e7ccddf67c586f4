"""Looking at a finished PDF: what a reader of logs cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1

from diptych.diagnostics import Problem
from diptych.pdf.record import Record

PAGE = (612.0, 792.0)
"""US Letter, in bp (NeurIPS formatting instructions, section 2)."""
BLOCK = (108.0, 504.0, 72.0, 720.0)
"""Left, right, top and bottom of the text block, in bp: 5.5 by 9 inches, 1.5 inches from the left, 1 from the top."""
MARGIN = 4.0
"""How far letters may reach beyond it: microtype hangs punctuation out, and descenders go below a baseline."""
NUMBERS_FROM = 80.0
"""Numbers of lines stand between this x and the text block."""


def verify_pdf(file: Path, record: Record) -> list[Problem]:
    """What is wrong with the PDF ``file`` of the paper ``record``; messages name pages, from 1."""
    with pdfplumber.open(file) as pdf:
        found = [
            *_fonts(pdf),
            *(problem for page in pdf.pages for problem in _page(page, record)),
            *_metadata(pdf, record),
        ]
    return [record.problem(kind, message) for kind, message in dict.fromkeys(found)]


def _page(page: Any, record: Record) -> Iterator[tuple[str, str]]:
    number = page.page_number
    if abs(page.width - PAGE[0]) > 0.5 or abs(page.height - PAGE[1]) > 0.5:
        yield "page-size", f"page {number} measures {page.width:g} by {page.height:g} points, not 612 by 792"
    words = page.extract_words(use_text_flow=False, keep_blank_chars=False)
    in_block = [word for word in words if word["bottom"] <= BLOCK[3] + MARGIN + 4]
    text = [word for word in in_block if not _is_line_number(word)]
    if "??" in " ".join(word["text"] for word in text):
        yield "unresolved", f'page {number} shows "??": a reference without a target'
    numbers = len(in_block) - len(text)
    if record.mode == "submission" and text and not numbers:
        yield "line-numbers", f"page {number} has no line numbers"
    if record.mode != "submission" and numbers > 3:
        yield "line-numbers", f"page {number} has line numbers"
    outside = [
        word for word in text
        if word["x0"] < BLOCK[0] - MARGIN or word["x1"] > BLOCK[1] + MARGIN or word["top"] < BLOCK[2] - MARGIN
    ]  # fmt: skip
    if outside:
        yield "text-block", f'on page {number} "{outside[0]["text"]}" lies outside the text block'
    if number > 1 and not any(
        word["text"] == str(number) and BLOCK[3] + MARGIN < word["bottom"] < page.height - 20 for word in words
    ):
        yield "page-number", f"page {number} has no page number"


def _is_line_number(word: dict[str, Any]) -> bool:
    return word["text"].isdigit() and word["x0"] >= NUMBERS_FROM and word["x1"] < BLOCK[0] - MARGIN


def _fonts(pdf: Any) -> Iterator[tuple[str, str]]:
    """Fonts that are drawn as bitmaps or not in the file, wherever they are used; figures are looked into."""
    seen: set[int] = set()
    for page in pdf.pages:
        for name, font in _fonts_of(resolve1(page.page_obj.resources), seen):
            kind = _name(font.get("Subtype"))
            if kind == "Type3":
                yield "type3-font", f"page {page.page_number} uses a Type 3 font, which shows as a bitmap"
            elif not _is_embedded(font):
                yield "font-not-embedded", f"page {page.page_number} uses the font {name}, which is not in the file"


def _fonts_of(resources: Any, seen: set[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    resources = resolve1(resources) or {}
    for reference in (resolve1(resources.get("Font")) or {}).values():
        key = getattr(reference, "objid", id(reference))
        if key not in seen:
            seen.add(key)
            font = resolve1(reference)
            yield _name(font.get("BaseFont")), font
    for reference in (resolve1(resources.get("XObject")) or {}).values():
        key = getattr(reference, "objid", id(reference))
        if key not in seen:
            seen.add(key)
            attributes = getattr(resolve1(reference), "attrs", {})
            yield from _fonts_of(attributes.get("Resources"), seen)


def _is_embedded(font: dict[str, Any]) -> bool:
    descendants = resolve1(font.get("DescendantFonts"))
    if descendants:
        font = resolve1(descendants[0])
    descriptor = resolve1(font.get("FontDescriptor")) or {}
    return any(name in descriptor for name in ("FontFile", "FontFile2", "FontFile3"))


def _name(value: Any) -> str:
    return str(getattr(resolve1(value), "name", resolve1(value)))


def _metadata(pdf: Any, record: Record) -> Iterator[tuple[str, str]]:
    metadata = {key: str(value).strip() for key, value in (pdf.metadata or {}).items()}
    if not metadata.get("Title"):
        yield "metadata", "the PDF has no title among its properties"
    if record.mode == "submission" and metadata.get("Author"):
        yield "anonymity", f"the PDF names its author among its properties: {metadata['Author']}"
    if record.mode != "submission" and not metadata.get("Author"):
        yield "metadata", "the PDF has no author among its properties"
