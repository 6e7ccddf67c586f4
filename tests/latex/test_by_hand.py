"""The same paper typed in LaTeX by hand and made from Markdown: no pixel differs, and no word stands elsewhere."""

from __future__ import annotations

import shutil
import subprocess

import pdfplumber
import pytest

from diptych.errors import describe
from diptych.pdf.build import build_papers
from diptych.pdf.run import Runs, run_latexmk

pytestmark = pytest.mark.tex


def pictures(pdf, folder):
    """The pages at 100 dpi, as the bytes of their pixels."""
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "100", str(pdf), str(folder / "page")], check=True)
    return [file.read_bytes() for file in sorted(folder.iterdir())]


def words(pdf):
    with pdfplumber.open(pdf) as opened:
        return [
            (page.page_number, word["text"], word["x0"], word["bottom"])
            for page in opened.pages
            for word in page.extract_words(x_tolerance=1.5)
        ]


@pytest.mark.parametrize("mode", ["preprint", "final", "submission"])
@pytest.mark.parametrize("paper", ["paper", "torture"])
def test_same_as_by_hand(write_papers, tmp_path, request, paper, mode):
    here = request.path.parent / "by_hand"
    markdown = (here / f"{paper}.md").read_text(encoding="utf-8").replace("\\u202f", "\u202f")
    written = write_papers(markdown, folder=tmp_path / "project", diptych_mode=mode)
    assert [describe(problem) for problem in build_papers(written.folder, tmp_path / "pdf")] == []

    hand = tmp_path / "hand"
    shutil.copytree(written.folder / "papers/boats", hand, ignore=shutil.ignore_patterns("boats.[!b]*", "boats.bbl"))
    tex = (here / f"{paper}.tex").read_text(encoding="utf-8")
    (hand / "paper.tex").write_text(tex.replace("[OPTIONS]", "" if mode == "submission" else f"[{mode}]"))
    assert run_latexmk(hand, "paper.tex", None, Runs()) == ""

    ours, theirs = words(tmp_path / "pdf/boats.pdf"), words(hand / "paper.pdf")
    assert [word[:2] for word in ours] == [word[:2] for word in theirs]
    assert [word[2:] for word in ours] == [pytest.approx(word[2:], abs=0.1) for word in theirs]
    assert pictures(tmp_path / "pdf/boats.pdf", tmp_path / "a") == pictures(hand / "paper.pdf", tmp_path / "b")
