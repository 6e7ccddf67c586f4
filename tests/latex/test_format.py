"""The format of papers in all three modes, measured in the PDF.

The numbers are the published format (Formatting Instructions For NeurIPS) and what was measured on a paper set with
the official style; PDF points (bp), from the upper left corner of the page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pdfplumber
import pytest

from diptych.errors import describe
from diptych.pdf.build import build_papers

pytestmark = pytest.mark.tex

FRONT = """
title: A paper whose title is so long that it has to be broken over two whole lines of text
authors:
  - {name: Ada Example, affiliation: University of Examples, email: ada@example.org}
date: 2026-01-31
abstract: An abstract that is long enough to go on over one line, so that both of its margins can be measured here.
assignment: weighing
option: sail
topic: boats
papers: [nguyen2020, lukasz2021]
verdict: {stronger: neither, reason: They float.}
"""

FILLER = "Filler that takes up room on the first page, so that what is measured stands on the last one. " * 5
TEXT = """
## First

FILLER

On {numref}`tab` and {numref}`fig`.

:::{table} Weights.
:name: tab

| Boat | Weight |
|--|--|
| Dinghy | 120 |
:::

:::{figure} hull.svg
:name: fig
:alt: A hull.
:width: 20%

A hull.
:::

## Start

Words that fill one whole line of the text block from one margin to the other, so that both can be measured.[^n]

Another paragraph.

[^n]: A footnote.

### Below

Alpha.

- first
- second
  - nested
  - deeper

Omega.

> Quoted.

Closing.

## End

{cite:p}`nguyen2020` and {cite:p}`lukasz2021`.

### Last

The last words.

## Next

### Nested

Text.

## Acknowledgments

Thanks to Grace.
""".replace("FILLER", "\n\n".join([FILLER] * 3))


@dataclass(frozen=True)
class Line:
    """One line of text on a page."""

    base: float
    """Its baseline, from the top of the page."""
    x: float
    """The origin of its first letter."""
    end: float
    size: float
    font: str
    text: str
    origins: tuple[float, ...]
    """Of each letter."""


@dataclass(frozen=True)
class Measured:
    """The pages of a PDF."""

    lines: list[list[Line]]
    rules: list[tuple[float, ...]]
    """Left, right, top and bottom of the rules of all pages, in order."""
    metadata: dict[str, str]
    fonts: set[str]
    size: tuple[float, float]

    def line(self, text: str) -> Line:
        """The first line that begins with ``text``."""
        wanted = text.replace(" ", "")
        return next(line for page in self.lines for line in page if line.text.startswith(wanted))

    def letter(self, text: str, letter: str) -> float:
        """Where the first ``letter`` of the line that begins with ``text`` stands."""
        line = self.line(text)
        return line.origins[line.text.index(letter)]

    def authors(self) -> Line:
        """The line with the names."""
        return next(line for line in self.lines[0] if line.text.startswith(("Anonymous", "AdaExample")))

    def number(self, page: int) -> Line:
        """The number of a page, from 1."""
        return next(line for line in self.lines[page - 1] if line.text == str(page) and line.base > 730)

    def wide_rules(self) -> list[tuple[float, ...]]:
        """The rules from margin to margin."""
        return [rule for rule in self.rules if rule[0] < 110 and rule[1] > 500]

    def short_rule(self) -> tuple[float, ...]:
        """The first rule above footnotes."""
        return next(rule for rule in self.rules if rule[0] < 110 and rule[1] < 300 and rule[2] > 600)

    def table_rules(self) -> tuple[float, ...]:
        """The thickness of the rules of the table, in pt of TeX."""
        drawn = sorted(
            {rule for rule in self.rules if rule[0] > 190 and rule[1] < 420 and rule[3] - rule[2] < 2},
            key=lambda rule: rule[2],
        )
        return tuple((rule[3] - rule[2]) * 72.27 / 72 for rule in drawn)

    def step(self, first: str, second: str) -> float:
        """The distance of two baselines."""
        return self.line(second).base - self.line(first).base


def measure(file) -> Measured:
    with pdfplumber.open(file) as pdf:
        pages = []
        for page in pdf.pages:
            rows = defaultdict(list)
            for char in page.chars:
                if char["x0"] > 100 or not char["text"].isdigit():  # not the numbers of lines
                    rows[round(page.height - char["matrix"][5], 2)].append(char)
            pages.append([_line(base, rows[base]) for base in sorted(rows)])
        drawn = [each for page in pdf.pages for each in (*page.rects, *page.lines)]
        rules = [_rule(each) for each in drawn]
        fonts = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
        return Measured(pages, rules, pdf.metadata, fonts, (pdf.pages[0].width, pdf.pages[0].height))


def _rule(drawn):
    half = drawn["linewidth"] / 2 if drawn["object_type"] == "line" else 0  # thin rules are strokes
    return drawn["x0"], drawn["x1"], drawn["top"] - half, drawn["bottom"] + half


def _line(base, chars):
    chars.sort(key=lambda char: char["x0"])
    first = chars[0]
    chars = [char for char in chars if char["text"] != " "] or chars
    text = "".join(char["text"] for char in chars)
    origins = tuple(char["matrix"][4] for char in chars for _ in char["text"])
    name = first["fontname"].partition("+")[2]
    return Line(base, first["matrix"][4], chars[-1]["x1"], first["size"], name, text, origins)


@pytest.fixture(scope="module", params=["preprint", "final", "submission"])
def paper(request, write_papers):
    written = write_papers(TEXT, front=FRONT, diptych_mode=request.param)
    out = written.folder.parent / "pdf"
    assert [describe(problem) for problem in build_papers(written.folder, out)] == []
    return request.param, measure(out / "boats.pdf")


@pytest.fixture(scope="module")
def measured(paper):
    return paper[1]


FORMAT = {
    # fact: how it is measured, what it must be, how far it may be off
    "page": (lambda m: m.size, (612, 792), 0.01),
    "left margin": (lambda m: m.line("Words that fill").x, 108.0, 0.5),
    "right margin": (lambda m: m.line("Words that fill").end, 504.0, 1.5),  # microtype hangs out hyphens and stops
    "last baseline": (lambda m: m.line("A footnote.").base, 720.0, 0.1),
    "size of the text": (lambda m: m.line("Words that fill").size, 9.96, 0.15),  # microtype stretches letters
    "leading": (lambda m: m.step("Words that fill", "measured."), 10.91, 0.1),
    "paragraph to paragraph": (lambda m: m.step("measured.", "Another"), 16.39, 0.1),
    "indent": (lambda m: m.line("Another").x, 108.0, 0.5),
    "size of the title": (lambda m: m.lines[0][0].size, 17.22, 0.01),
    "leading of the title": (lambda m: m.lines[0][1].base - m.lines[0][0].base, 19.92, 0.1),
    "rule above the title": (lambda m: m.wide_rules()[0], (108.0, 504.0, 79.2, 83.2), 0.1),
    "rule below the title": (lambda m: m.wide_rules()[1][:2], (108.0, 504.0), 0.1),
    "middle of that rule": (lambda m: sum(m.wide_rules()[1][2:]) / 2, 152.4, 0.1),
    "thickness of that rule": (lambda m: m.wide_rules()[1][3] - m.wide_rules()[1][2], 1.0, 0.02),
    "authors": (lambda m: m.authors().base, 188.7, 0.1),
    "size of the abstract's heading": (lambda m: m.line("Abstract").size, 11.96, 0.01),
    "middle of the abstract's heading": (lambda m: (m.line("Abstract").x + m.line("Abstract").end) / 2, 306, 0.5),
    "abstract below its heading": (lambda m: m.step("Abstract", "An abstract that"), 23.97, 0.1),
    "left of the abstract": (lambda m: m.line("An abstract that").x, 144.0, 0.5),
    "right of the abstract": (lambda m: m.line("An abstract that").end, 468.0, 1.5),
    "size of a section": (lambda m: m.line("2Start").size, 11.96, 0.01),
    "left of a section": (lambda m: m.line("2Start").x, 108.0, 0.1),
    "text below a section": (lambda m: m.step("2Start", "Words that fill"), 23.4, 0.1),
    "size of a subsection": (lambda m: m.line("2.1Below").size, 9.96, 0.01),
    "left of a subsection": (lambda m: m.line("2.1Below").x, 108.0, 0.1),
    "text below a subsection": (lambda m: m.step("2.1Below", "Alpha"), 19.98, 0.1),
    "subsection below a section": (lambda m: m.step("4Next", "4.1Nested"), 23.1, 0.1),
    "bullet": (lambda m: m.line("•first").x, 135.4, 0.1),
    "item": (lambda m: m.letter("•first", "f"), 144.0, 0.5),
    "text to list": (lambda m: m.step("Alpha", "•first"), 21.35, 0.1),
    "item to item": (lambda m: m.step("•first", "•second"), 15.15, 0.3),
    "nested item": (lambda m: m.letter("–nested", "n"), 163.8, 0.5),
    "nested item to item": (lambda m: m.step("–nested", "–deeper"), 12.9, 0.1),
    "quote": (lambda m: m.line("Quoted").x, 144.0, 0.5),
    "text to quote": (lambda m: m.step("Omega", "Quoted"), 21.35, 0.1),
    "quote to text": (lambda m: m.step("Quoted", "Closing"), 21.35, 0.1),
    "size of a footnote": (lambda m: m.line("A footnote.").size, 8.97, 0.01),
    "rule above footnotes": (lambda m: m.short_rule()[:2], (108.0, 251.5), 0.1),
    "thickness of that rule ": (lambda m: m.short_rule()[3] - m.short_rule()[2], 0.4, 0.02),
    "rules of a table": (lambda m: m.table_rules(), (0.8, 0.5, 0.8), 0.01),  # booktabs: 0.08, 0.05 and 0.08 em
    "page number": (lambda m: m.number(2).base, 749.9, 0.1),
    "size of the page number": (lambda m: m.number(2).size, 9.96, 0.01),
    "middle of the page number": (lambda m: (m.number(2).x + m.number(2).end) / 2, 306, 0.1),
}  # fmt: skip
"""The measured format of NeurIPS papers, in bp from the upper left corner of the page."""


@pytest.mark.parametrize("fact", FORMAT)
def test_format(measured, fact):
    value, expected, tolerance = FORMAT[fact]
    assert value(measured) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Words that fill", "NimbusRomNo9L-Regu"), ("A paper whose title", "NimbusRomNo9L-Medi"),
        ("Abstract", "NimbusRomNo9L-Medi"), ("2Start", "NimbusRomNo9L-Medi"), ("2.1Below", "NimbusRomNo9L-Medi"),
        ("A footnote.", "NimbusRomNo9L-Regu"),
    ],
)  # fmt: skip
def test_typefaces(measured, text, font):
    # a footnote begins with the sign that calls it, which is of the same family
    assert measured.line(text).font == font


def test_captions_stand_above_tables_and_below_figures(measured):
    thin = [rule for rule in measured.rules if rule[0] > 190 and rule[1] < 420 and rule[3] - rule[2] < 2]
    assert len(thin) == 3
    assert measured.line("Table 1: Weights").base < min(rule[2] for rule in thin)
    drawing = next(rule for rule in measured.rules if rule[1] - rule[0] == pytest.approx(79.2, abs=0.5))
    assert measured.line("Figure 1: A hull").base > drawing[3]


def test_authors(paper):
    mode, measured = paper
    assert measured.authors().font == "NimbusRomNo9L-Medi"
    if mode != "submission":
        assert measured.step("Ada Example", "University") == pytest.approx(10.91, abs=0.1)


def test_first_page_has_no_number(measured):
    assert not [line for line in measured.lines[0] if line.text == "1" and line.base > 730]


def test_foot_of_the_first_page(paper):
    mode, measured = paper
    foot = measured.lines[0][-1]
    notice = {"preprint": "Preprint.", "submission": "Submittedforreview.Donotdistribute."}
    if mode in notice:
        assert foot.text == notice[mode]
        assert foot.base == pytest.approx(739.9, abs=0.1)
        assert foot.size == pytest.approx(8.97, abs=0.01)
    else:
        assert foot.base <= 720.1


def test_fonts(measured):
    assert measured.fonts <= {
        "NimbusRomNo9L-Regu", "NimbusRomNo9L-Medi", "NimbusRomNo9L-ReguItal", "LMMono10-Regular", "LMMono9-Regular",
        "CMMI10", "CMR10", "CMSY10",
    }  # fmt: skip


def test_metadata(paper):
    mode, measured = paper
    assert measured.metadata["Title"].startswith("A paper whose title")
    assert bool(measured.metadata.get("Author")) == (mode != "submission")


def test_anonymity(paper):
    mode, measured = paper
    text = "".join(line.text for page in measured.lines for line in page)
    for name in ("AdaExample", "ada@example.org", "Grace"):
        assert (name in text) == (mode != "submission")
