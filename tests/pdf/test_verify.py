"""A paper that was just built is looked at with all rules, and with what its source says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpora import BODY, markdown, write_project
from diptych.pdf.build import build_papers
from diptych.pdf.record import Record, read_record
from diptych.pdf.verify import expect, look_at
from pdfs import FILLER, Sheet, typeset


@pytest.mark.tex
@pytest.mark.parametrize(
    ("kind", "body", "change"),
    [
        ("wrong-page-size", "Text.", ("\\begin{document}", "\\begin{document}\\pdfpagewidth=595pt")),
        ("unresolved-reference", "See Figure ??.", ("", "")),
        ("text-outside-block", "\\vspace*{-3in}Text.", ("\\maketitle", "")),
        ("missing-page-number", "Text.\\newpage More.", ("\\begin{document}", "\\pagestyle{empty}\\begin{document}")),
        ("missing-properties", "Text.", ("pdftitle={Paper},", "")),
        ("missing-properties", "Text.", ("pdfauthor={Ada}", "")),
        ("stray-line-numbers", "Text. " * 200, ("\\title", "\\usepackage{lineno}\\linenumbers\\title")),
    ],
)  # fmt: skip
def test_a_problem_keeps_the_paper_back(put_paper: Callable[..., Path], kind: str, body: str, change: tuple) -> None:
    folder = put_paper(body)
    file = folder / "paper.tex"
    file.write_text(file.read_text().replace(*change) if change[0] else file.read_text())
    assert [problem.kind for problem in build_papers(folder, folder.parent / "pdf")] == [kind]
    assert not (folder.parent / "pdf" / "paper.pdf").exists()


@pytest.mark.tex
def test_a_problem_names_source_page_point_and_picture(put_paper: Callable[..., Path]) -> None:
    folder = put_paper("Text.\n\nSee Figure ??.")
    (problem,) = build_papers(folder, folder.parent / "pdf")
    assert problem.span.path == "analyses/paper/index.md"
    assert problem.message.startswith('PDF040 "Figure ??" stands where a number should (page 1, at 108, ')
    picture = folder / "papers/paper/paper.finding-1-PDF040.png"
    assert problem.hint.endswith(f"; shown in {picture}")
    assert picture.read_bytes().startswith(b"\x89PNG")
    put_paper("Text.")
    assert build_papers(folder, folder.parent / "pdf") == []
    assert not picture.exists()


@pytest.mark.tex
def test_submission_must_be_anonymous_and_numbered(put_paper: Callable[..., Path]) -> None:
    folder = put_paper("Text. " * 400, mode="submission")
    problems = build_papers(folder, folder.parent / "pdf")
    assert [problem.kind for problem in problems] == ["author-in-properties", "missing-line-numbers"]
    assert "Ada" in problems[0].message


@pytest.mark.tex
def test_good_paper_has_no_problem(put_paper: Callable[..., Path]) -> None:
    folder = put_paper("Text that is long enough. " * 300)
    assert build_papers(folder, folder.parent / "pdf") == []


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., Record]:
    """The record of a paper that is said to be made from the clean analysis of the invented project."""

    def make(body: str = BODY, mode: str = "preprint") -> Record:
        root = write_project(tmp_path, markdown(body=body))
        source = next((root / "analyses").glob("*/index.md")).relative_to(root).as_posix()
        data = {"source": source, "mode": mode, "date": None, "files": [], "lines": []}
        file = root / "build" / "latex" / "paper.paper.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(data))
        return read_record(file)

    return make


def test_the_source_says_what_to_expect(record: Callable[..., Record]) -> None:
    expected = expect(record())
    assert expected.rubric is not None
    assert expected.rubric.id == "sorting"
    assert expected.sections == ("Opening", "Judgement")
    assert expected.words is not None
    assert 30 < expected.words < 90
    assert expected.names == ("Dana Example",)


def test_headings_that_may_read_otherwise_are_not_looked_for(record: Callable[..., Record]) -> None:
    body = f"{BODY}\n## Of $x$\n\nText.\n\n## Über\n\nText.\n\n## Acknowledgments\n\nThanks.\n"
    assert expect(record(body)).sections == ("Opening", "Judgement")


def test_a_record_without_a_project_says_little(tmp_path: Path) -> None:
    expected = expect(Record("x", tmp_path, "x.md", "final", None, (), ()))
    assert (expected.mode, expected.rubric, expected.words, expected.is_own) == ("final", None, None, True)


@pytest.mark.tex
def test_words_and_lengths_are_remarks_and_missing_sections_are_problems(record: Callable[..., Record]) -> None:
    file = typeset(Sheet(without="Opening", body=f"{FILLER}\\newpage {FILLER}\\newpage {FILLER}"))
    verified = look_at(file, record())
    assert "missing-section" in [problem.kind for problem in verified.problems]
    assert sorted({remark.kind for remark in verified.remarks}) == ["section-off-budget", "words-differ-from-source"]


SMALL = f"{FILLER * 8}\n\n{{\\scriptsize {FILLER * 4} \\par}}"


@pytest.mark.tex
def test_a_warning_is_told_and_keeps_no_paper_back(put_paper: Callable[..., Path]) -> None:
    folder = put_paper(SMALL)
    for outcome in ("built", "unchanged"):
        seen = []
        assert build_papers(folder, folder.parent / "pdf", report=seen.append) == []
        assert [progress.remarks for progress in seen[:-1]] == [()] * (len(seen) - 1)
        (remark,) = seen[-1].remarks
        assert (seen[-1].outcome, remark.kind, str(remark.span)) == (
            outcome,
            "small-text",
            "analyses/paper/index.md:1:1",
        )
        assert remark.message.startswith("PDF023 ")
    assert (folder.parent / "pdf/paper.pdf").exists()


@pytest.mark.tex
def test_a_warning_is_told_beside_a_problem_and_both_again_without_a_new_build(put_paper: Callable[..., Path]) -> None:
    folder, seen = put_paper(f"See Figure ??.\n\n{SMALL}"), []
    (problem,) = build_papers(folder, folder.parent / "pdf", report=seen.append)
    assert (problem.kind, [remark.kind for remark in seen[-1].remarks]) == ("unresolved-reference", ["small-text"])
    again = []
    assert build_papers(folder, folder.parent / "pdf", report=again.append) == [problem]
    assert [(event.outcome, event.remarks) for event in again] == [("failed", seen[-1].remarks)]
