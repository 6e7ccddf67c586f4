"""Papers through LaTeX in all three modes, measured: geometry, fonts and text of the PDF.

The numbers are the published format (Formatting Instructions For NeurIPS) and what was measured on a paper set with
the official style; PDF points (bp), from the upper left corner of the page.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass

import pdfplumber
import pytest

from diptych.errors import describe
from diptych.model.words import ledger
from diptych.parse.markdown import read_document
from diptych.pdf.build import build_papers
from diptych.pdf.words import count_words
from diptych.rubric.model import WORD_CLASSES
from diptych.span import Source

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
""".replace("FILLER", "\n\n".join([FILLER] * 6))


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


@dataclass(frozen=True)
class Measured:
    """The pages of a PDF."""

    lines: list[list[Line]]
    rules: list[tuple[float, ...]]
    """Left, right, top and bottom of the rules of all pages, in order."""
    metadata: dict[str, str]
    fonts: set[str]

    def line(self, text: str) -> Line:
        """The first line that begins with ``text``."""
        wanted = text.replace(" ", "")
        return next(line for page in self.lines for line in page if line.text.startswith(wanted))

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
        rules = [tuple(each[side] for side in ("x0", "x1", "top", "bottom")) for each in drawn]
        fonts = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
        return Measured(pages, rules, pdf.metadata, fonts)


def _line(base, chars):
    chars.sort(key=lambda char: char["x0"])
    first = chars[0]
    text = "".join(char["text"] for char in chars).replace(" ", "")
    return Line(base, first["matrix"][4], chars[-1]["x1"], first["size"], first["fontname"].partition("+")[2], text)


@pytest.fixture(scope="module", params=["preprint", "final", "submission"])
def paper(request, write_papers):
    written = write_papers(TEXT, front=FRONT, diptych_mode=request.param)
    out = written.folder.parent / "pdf"
    assert [describe(problem) for problem in build_papers(written.folder, out)] == []
    return request.param, measure(out / "boats.pdf")


@pytest.fixture(scope="module")
def measured(paper):
    return paper[1]


def test_text_block(measured):
    full = measured.line("Words that fill")
    assert full.x == pytest.approx(108.0, abs=0.5)
    assert full.end == pytest.approx(504.0, abs=1.5)  # microtype hangs out hyphens and full stops
    assert full.font == "NimbusRomNo9L-Regu"
    assert full.size == pytest.approx(9.96, abs=0.15)


def test_title_and_its_rules(measured):
    title = measured.lines[0][0]
    assert title.size == pytest.approx(17.22, abs=0.01)
    assert title.font == "NimbusRomNo9L-Medi"
    assert measured.lines[0][1].base - title.base == pytest.approx(19.92, abs=0.1)
    thick, thin = [rule for rule in measured.rules if rule[0] < 110 and rule[1] > 500][:2]
    assert thick == pytest.approx((108.0, 504.0, 79.2, 83.2), abs=0.1)
    assert thin[:2] == pytest.approx((108.0, 504.0), abs=0.1)
    assert (thin[2] + thin[3]) / 2 == pytest.approx(152.4, abs=0.1)


def test_authors(paper):
    mode, measured = paper
    author = measured.line("Anonymous" if mode == "submission" else "Ada Example")
    assert author.base == pytest.approx(188.7, abs=0.1)
    assert author.font == "NimbusRomNo9L-Medi"
    if mode != "submission":
        assert measured.step("Ada Example", "University") == pytest.approx(10.91, abs=0.1)


def test_abstract(measured):
    heading, text = measured.line("Abstract"), measured.line("An abstract that")
    assert heading.size == pytest.approx(11.96, abs=0.01)
    assert (heading.x + heading.end) / 2 == pytest.approx(306, abs=0.5)
    assert text.base - heading.base == pytest.approx(23.97, abs=0.1)
    assert text.x == pytest.approx(144.0, abs=0.5)
    assert text.end == pytest.approx(468.0, abs=1.5)


def test_distances(measured):
    assert measured.step("Words that fill", "measured.") == pytest.approx(10.91, abs=0.1)
    assert measured.step("measured.", "Another") == pytest.approx(16.39, abs=0.1)
    assert measured.step("2Start", "Words that fill") == pytest.approx(23.4, abs=0.1)
    assert measured.step("2.1Below", "Alpha") == pytest.approx(19.98, abs=0.1)
    assert measured.step("•first", "•second") == pytest.approx(14.9, abs=0.1)
    assert measured.step("Alpha", "•first") == pytest.approx(21.35, abs=0.1)
    assert measured.step("–nested", "–deeper") == pytest.approx(12.9, abs=0.1)
    assert measured.step("Omega", "Quoted") == pytest.approx(21.35, abs=0.1)
    assert measured.step("Quoted", "Closing") == pytest.approx(21.35, abs=0.1)


def test_headings(measured):
    section, below = measured.line("2Start"), measured.line("2.1Below")
    assert (section.size, below.size) == (pytest.approx(11.96, abs=0.01), pytest.approx(9.96, abs=0.01))
    assert section.font == below.font == "NimbusRomNo9L-Medi"
    assert (section.x, below.x) == pytest.approx((108.0, 108.0), abs=0.1)
    assert measured.step("3End", "3.1Last") > 23.1  # a line stands between them
    assert measured.step("4Next", "4.1Nested") == pytest.approx(23.1, abs=0.1)


def test_lists_and_quotes(measured):
    assert measured.line("•first").x == pytest.approx(135.4, abs=0.1)
    assert measured.line("Quoted").x == pytest.approx(144.0, abs=0.5)


def test_footnote(measured):
    assert measured.line("A footnote.").base == pytest.approx(720.0, abs=0.1)
    assert measured.line("A footnote.").size == pytest.approx(8.97, abs=0.01)
    rule = next(rule for rule in measured.rules if rule[1] < 300 and rule[2] > 600)
    assert rule[:2] == pytest.approx((108.0, 251.5), abs=0.1)


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


def test_same_bytes_in_another_folder(write_papers, tmp_path):
    made = []
    for name in ("a", "b"):
        written = write_papers(TEXT, front=FRONT, folder=tmp_path / name)
        assert build_papers(written.folder, tmp_path / f"{name}.pdf") == []
        made.append((tmp_path / f"{name}.pdf" / "boats.pdf").read_bytes())
    assert made[0] == made[1]


def test_every_construct_at_once(write_papers, request):
    text = (request.path.parent / "torture.md").read_text(encoding="utf-8")
    for citations in ("numbers", "author-year"):
        written = write_papers(text, diptych_citation_style=citations)
        assert written.warnings == ""
        out = written.folder.parent / "pdf"
        assert [describe(problem) for problem in build_papers(written.folder, out)] == []
        with pdfplumber.open(out / "boats.pdf") as pdf:
            words = " ".join(page.extract_text(x_tolerance=1.5) for page in pdf.pages)
    assert "row 69" in words  # of a table longer than a page


def test_words_of_the_pdf_are_those_of_the_source(write_papers):
    text = """
## Report

{q}`1` Words, {cite:t}`nguyen2020` and $x^2 + y$ and a state-of-the-art boat {cite:p}`{see}lukasz2021{Table 2}`.[^n]
""" + f"""
{FILLER}

- one item
- another, see {{numref}}`tab`

[^n]: A note of five words.

### A heading

:::{{table}} Four words in here.
:name: tab

| Boat | Weight |
|--|--:|
| light | 12 |
:::

{FILLER * 8}

```
code is not counted
```

### Acknowledgments here

{FILLER}
"""
    written = write_papers(text)
    out = written.folder.parent / "pdf"
    assert build_papers(written.folder, out) == []
    root = written.folder.parent.parent
    document = read_document(Source.read(root / "analyses/boats/index.md", root), "boats")
    expected = ledger(document).count(WORD_CLASSES)
    assert expected > 800
    assert count_words(out / "boats.pdf") == pytest.approx(expected, rel=0.005)


def test_numbers_go_by_the_list_of_the_page(write_papers):
    written = write_papers("## Report\n\n{cite:p}`nguyen2020` then {cite:p}`lukasz2021`.")
    out = written.folder.parent / "pdf"
    assert build_papers(written.folder, out) == []
    with pdfplumber.open(out / "boats.pdf") as pdf:
        text = pdf.pages[0].extract_text(x_tolerance=1.5)
    first, second = text.index("[1] "), text.index("[2] ")
    order = written.tex()
    nguyen_is_first = "\\nocite{lukasz" not in order
    assert (text.index("Boats of the Mekong", first) < text.index("Sails, measured", first)) == nguyen_is_first
    assert first < second


def test_problem_names_the_line_of_the_source(write_papers):
    written = write_papers("## Report\n\nFine.\n\nFirst line.\nHere: ⌘. {cite:p}`nguyen2020`")
    (problem,) = build_papers(written.folder, written.folder.parent / "pdf")
    assert str(problem.span) == "analyses/boats/index.md:23:1"
    assert problem.message == "the fonts of a paper lack the character ⌘ (U+2318)"


def test_overfull_line_is_a_problem(write_papers):
    written = write_papers("## Report\n\nFine.\n\nA `" + "x" * 120 + "` word {cite:p}`nguyen2020`.")
    problems = build_papers(written.folder, written.folder.parent / "pdf")
    assert [(problem.span.line, problem.kind) for problem in problems] == [(22, "overfull-line")]
    assert not (written.folder.parent / "pdf" / "boats.pdf").exists()


def test_official_style_is_used_where_it_lies(write_papers, tmp_path):
    from diptych.latex.style import ASSETS

    (tmp_path / "styles").mkdir()
    shutil.copyfile(ASSETS / "neurips_diptych.sty", tmp_path / "styles" / "neurips_2031.sty")
    written = write_papers("## Report\n\n{cite:p}`nguyen2020`", folder=tmp_path)
    assert "\\usepackage[preprint]{neurips_2031}" in written.tex()
    problems = build_papers(written.folder, tmp_path / "pdf")
    # a file of another name says so itself: the style was found, and read
    assert [problem.message for problem in problems] == [
        "LaTeX: You have requested package `neurips_2031', but the package provides `neurips_diptych'"
    ] or problems == []


def test_removed_analysis_takes_its_paper_along(write_papers, tmp_path):
    text = "## Report\n\n{cite:p}`nguyen2020`"
    written = write_papers(text, others={"ships": text}, folder=tmp_path)
    assert build_papers(written.folder, tmp_path / "pdf") == []
    shutil.rmtree(tmp_path / "analyses" / "ships")
    write_papers(text, folder=tmp_path)
    assert build_papers(written.folder, tmp_path / "pdf") == []
    assert sorted(file.name for file in (tmp_path / "pdf").iterdir()) == ["boats.pdf"]
    assert not list(written.folder.glob("ships*"))
