"""However a PDF came about, from nothing, after an edit or from a format, its bytes are those that bare passes give."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from diptych.errors import describe
from diptych.pdf.build import build_papers
from diptych.pdf.formats import Formats
from diptych.pdf.passes import typeset
from diptych.pdf.record import read_record
from diptych.pdf.run import Runs, identify_tex
from diptych.pdf.verify import Verified

pytestmark = pytest.mark.tex

TEXT = r"""\documentclass{article}
\PassOptionsToPackage{numbers}{natbib}
\usepackage[preprint]{neurips_diptych}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{hyperref}
\usepackage{amsmath}
\usepackage{microtype}
PACKAGES
\hypersetup{hidelinks,pdftitle={Boats},pdfauthor={Ada}}
\title{Boats}
\author{Ada}
\begin{document}
\maketitle
BODY
{\small
\bibliographystyle{unsrtnat}
\bibliography{SLUG}
}
\end{document}
"""
BODY = r"""\section{Übungen with (brackets), 100\% and a\_b}\label{sec:one}
See Section~\ref{sec:two}, Figure~\ref{fig:late} and \citet[p.~3]{roe}, after \citep{doe,roe}.
\begin{figure}\caption{Nothing.}\label{fig:late}\end{figure}
\section{Second}\label{sec:two}
\begin{align}\label{eq:one} x &= 1 \\ y &= 2 \label{eq:two}\end{align}
As \eqref{eq:two} says\footnote{With \cite{poe,pob,group}.}. """
BIBLIOGRAPHY = r"""
@article{doe, title = {One}, author = {Doe, Jane and Gómez, José}, journal = {J}, year = {2020}}
@article{roe, title = {Two}, author = {Roe, Ann}, journal = {J}, year = {2021}}
@article{poe, title = {Three}, author = {Poe, Edgar}, journal = {J}, year = {2022}}
@misc{pob, title = {Four}, author = {Poe, Edgar and {\'E}l{\'\i}s, A. and {\v{C}}apek, K.}, year = {2022}}
@misc{group, title = {Five}, author = {{A {Group}}}, year = {2022}}
"""
LONG = r"""\begin{longtable}{ll}\caption{Long.}\\
very very very very wide & b \\
ROWS
\end{longtable}
See page~\pageref{sec:two}.""".replace("ROWS", r"x & y \\" * 120)
RICH = r"""\section{Deep: a -- b --- c, 100\% \& d\_e}
\subsection{Éva's \texttt{code} \emph{is} ``quoted''}\label{sec:sub}
\begin{table}\caption{T \emph{x}.}\label{tab:x}\begin{tabular}{ll}a & b \\ c & d\end{tabular}\end{table}
\begin{equation}\label{eq:single} z \end{equation}
\begin{gather} a \\ b \label{eq:row} \end{gather}
\subsubsection{Deeper}\label{sec:deep}
\section*{Not numbered}
\ref{sec:sub}, \ref{tab:x}, \eqref{eq:single}, \eqref{eq:row}, \ref{sec:deep}, \ref{app}, \ref{app:sub}, \eqref{eq:app}.
\begin{figure*}\caption{Wide.}\label{fig:wide}\end{figure*}
\begin{enumerate}\item\label{item} One\end{enumerate} \ref{item}\footnote{Note.\label{note}} \ref{note}
\appendix
\section{Appendix}\label{app}
\subsection{Within}\label{app:sub}
\begin{equation}\label{eq:app} w \end{equation}
"""
PAPERS = {
    "rich": (BODY + RICH, ""),
    "plain": (BODY, ""),
    "many pages": (BODY + "Many words follow one another here. " * 1000, ""),
    "long table": (BODY + LONG, r"\usepackage{longtable}"),
    "table of contents": (r"\tableofcontents " + BODY, ""),
}  # fmt: skip
EDITS = {
    "a word": ("Second", "Zweitens"),
    "a citation less": ("{doe,roe}", "{roe}"),
    "a section more": (r"\section{Sec", r"\section{New}\section{Sec"),
}


@pytest.fixture(autouse=True)
def leave_pages_alone(monkeypatch):
    """How pages look is another matter."""
    monkeypatch.setattr("diptych.pdf.verify.look_at", lambda file, record: Verified((), ()))


def put(put_paper, body: str, packages: str, slug: str = "paper") -> Path:
    text = TEXT.replace("PACKAGES\n", f"{packages}\n" if packages else "").replace("SLUG", slug)
    return put_paper(body, slug=slug, text=text, **{f"{slug}.bib": BIBLIOGRAPHY})


def bare(folder: Path, slug: str) -> bytes:
    """What an author would run: pdflatex, bibtex, and pdflatex until nothing can change any more."""
    record = read_record(folder / f"{slug}.paper.json")
    return bare_passes(slug, record.date or "", tuple((name, (folder / name).read_bytes()) for name in record.files))


@cache
def bare_passes(slug: str, date: str, files: tuple[tuple[str, bytes], ...]) -> bytes:
    """The PDF of these files; that of equal files is made once."""
    day = datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    dates = {"SOURCE_DATE_EPOCH": str(int(day.timestamp())), "FORCE_SOURCE_DATE": "1"}
    with tempfile.TemporaryDirectory() as to:
        for name, content in files:
            Path(to, name).write_bytes(content)
        for program in ["pdflatex", "bibtex", *["pdflatex"] * 5]:
            words = [program, slug] if program == "bibtex" else [program, "-interaction=batchmode", slug]
            subprocess.run(words, cwd=to, env={**os.environ, **dates}, capture_output=True, check=True)
        return Path(to, f"{slug}.pdf").read_bytes()


def pdf_of(folder: Path, slug: str = "paper") -> bytes:
    assert [describe(problem) for problem in build_papers(folder, folder.parent / "pdf")] == []
    return (folder / "papers" / slug / f"{slug}.pdf").read_bytes()


@pytest.mark.parametrize("kind", PAPERS)
def test_bytes_are_those_of_bare_passes(put_paper, kind):
    folder = put(put_paper, *PAPERS[kind])
    assert pdf_of(folder) == bare(folder, "paper")


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("kind", PAPERS)
def test_an_edit_leads_to_the_same_bytes(put_paper, kind, edit):
    body, packages = PAPERS[kind]
    pdf_of(put(put_paper, body.replace(*EDITS[edit]), packages))
    folder = put(put_paper, body, packages)
    assert pdf_of(folder) == bare(folder, "paper")


def test_a_table_that_gets_narrower_does(put_paper):
    wide, packages = PAPERS["long table"]
    pdf_of(put(put_paper, wide, packages))
    folder = put(put_paper, wide.replace("very ", ""), packages)
    assert pdf_of(folder) == bare(folder, "paper")


@pytest.mark.parametrize("kind", PAPERS)
def test_a_format_changes_no_byte(put_paper, tmp_path, kind):
    for slug in ("one", "two", "three", "four"):
        folder = put(put_paper, *PAPERS[kind], slug)
    build_papers(folder, tmp_path / "pdf", jobs=1)
    (made,) = (folder / "formats").iterdir()
    assert made.suffix == ".fmt"
    assert f"-fmt={made.stem}" not in (folder / "papers/four/four.log").read_text()
    assert f"(preloaded format={made.stem}" in (folder / "papers/four/four.log").read_text()
    assert (folder / "papers/four/four.pdf").read_bytes() == bare(folder, "four")


def test_a_damaged_format_does_no_harm(put_paper):
    folder = put(put_paper, *PAPERS["plain"])
    formats = Formats(folder / "formats", identify_tex())
    key = formats.key(read_record(folder / "paper.paper.json"))
    (folder / "formats").mkdir()
    (folder / "formats" / f"{key}.fmt").write_bytes(b"no format")
    assert pdf_of(folder) == bare(folder, "paper")


@pytest.mark.parametrize("line", [r"\edef\day{\today}", r"\newwrite\x \immediate\openout\x=x", r"\edef\name{\jobname}"])
def test_a_preamble_of_one_run_gets_no_format(put_paper, line):
    folder = put(put_paper, BODY, line)
    assert Formats(folder, "").key(read_record(folder / "paper.paper.json")) is None


def test_formats_that_nobody_needs_go(put_paper, tmp_path):
    for slug in ("one", "two", "three"):
        folder = put(put_paper, BODY, "", slug)
    build_papers(folder, tmp_path / "pdf")
    (before,) = (folder / "formats").iterdir()
    for slug in ("one", "two", "three"):
        put(put_paper, BODY, r"\usepackage{booktabs}", slug)
    build_papers(folder, tmp_path / "pdf")
    (after,) = (folder / "formats").iterdir()
    assert before != after


@pytest.mark.parametrize(
    ("before", "after", "passes"),
    [
        ("", "", 1),  # all notes were foreseen
        ("", r"\subsection{A \LaTeX{} command}", 2),
        ("Second", "Second", 1),
        ("Second", "Zweitens", 1),  # the new bookmark is foreseen, as the old one was
        ("Second", r"\LaTeX{}", 2),
        ("See Section", "Look at Section", 1),
        ("{doe,roe}", "{roe,doe}", 1),
        ("{doe,roe}", "{roe}", 1),
    ],
)
def test_takes_the_fewest_passes(put_paper, tmp_path, before, after, passes):
    old = tmp_path / "tex/papers/paper"
    if before:
        pdf_of(put(put_paper, *PAPERS["plain"]))
    folder = put(put_paper, BODY.replace(before, after) if before else BODY + after, "")
    record = read_record(folder / "paper.paper.json")
    attempt = tmp_path / "attempt"
    attempt.mkdir()
    for name in record.files:
        shutil.copyfile(folder / name, attempt / name)
    formats = Formats(tmp_path / "formats", "")
    assert typeset(record, attempt, old, formats, Runs(), 60) == ("", passes)


def test_what_never_settles_is_a_problem(put_paper):
    body = r"\makeatletter\immediate\write\@auxout{\gdef\string\x{\pdfuniformdeviate 100000000}}"
    (problem,) = build_papers(folder := put_paper(body), folder.parent / "pdf")
    assert problem.message == "LaTeX does not come to rest: each pass changes what the next one reads"
