"""Papers through LaTeX: what is built, what is built again, and what is reported."""

from __future__ import annotations

import shutil

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

FILLER = "Filler that takes up room on the first page, so that what is measured stands on the last one. " * 5
TEXT = f"""
## First

{FILLER}

- first

## End

{{cite:p}}`nguyen2020` and {{cite:p}}`lukasz2021`.
"""


def test_same_bytes_in_another_folder(write_papers, tmp_path):
    made = []
    for name in ("a", "b"):
        written = write_papers(TEXT, folder=tmp_path / name)
        assert build_papers(written.folder, tmp_path / f"{name}.pdf") == []
        made.append((tmp_path / f"{name}.pdf" / "boats.pdf").read_bytes())
    assert made[0] == made[1]


def test_every_construct_at_once(write_papers, request):
    text = (request.path.parent / "torture.md").read_text(encoding="utf-8")
    written = write_papers(text, diptych_citation_style="author-year")  # numbers: see test_by_hand
    assert written.warnings == ""
    out = written.folder.parent / "pdf"
    assert [describe(problem) for problem in build_papers(written.folder, out)] == []
    with pdfplumber.open(out / "boats.pdf") as pdf:
        words = " ".join(page.extract_text(x_tolerance=1.5) for page in pdf.pages)
    assert "row 69" in words  # of a table longer than a page


def test_words_of_the_pdf_are_those_of_the_source(write_papers):
    text = (
        """
## Report

{q}`1` Words, {cite:t}`nguyen2020` and $x^2 + y$ and a state-of-the-art boat {cite:p}`{see}lukasz2021{Table 2}`.[^n]
"""
        + f"""
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
    )
    written = write_papers(text)
    out = written.folder.parent / "pdf"
    assert build_papers(written.folder, out) == []
    root = written.folder.parent.parent
    document = read_document(Source.read(root / "analyses/boats/index.md", root), "boats")
    expected = ledger(document).count(WORD_CLASSES)
    assert expected > 800
    assert count_words(out / "boats.pdf") == pytest.approx(expected, rel=0.005)


def test_problem_names_the_line_of_the_source(write_papers):
    written = write_papers("## Report\n\nFine.\n\nFirst line.\nHere: $\\foo$. {cite:p}`nguyen2020`")
    (problem,) = build_papers(written.folder, written.folder.parent / "pdf")
    assert str(problem.span) == "analyses/boats/index.md:23:1"
    assert problem.message.startswith("Undefined control sequence")


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
