"""The words of this repository's analyses, counted a second time by others: TeXcount on the LaTeX, and on the pages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from diptych.errors import describe
from diptych.model.words import Ledger, ledger
from diptych.parse.corpus import INDEX, analysis_files, read_analysis
from diptych.pdf.build import build_papers
from diptych.pdf.words import count_words
from diptych.rubric.model import WORD_CLASSES
from diptych.thresholds import Thresholds

pytestmark = [pytest.mark.tex, pytest.mark.texcount]

ROOT = Path(__file__).parents[2]
SLUGS = [file.parent.name for file in analysis_files(ROOT / "analyses")]

RULES = r"""# Citations are not words, nor are the notes within them.
%macro \citep [option:ignore,option:ignore,ignore]
%macro \citet [option:ignore,option:ignore,ignore]
%macro \citealp [option:ignore,option:ignore,ignore]
%macro \citealt [option:ignore,option:ignore,ignore]
%macro \citeauthor [ignore]
%macro \citeyear [ignore]
# A reader sees one number in the place of a reference.
%macro \ref [ignore]
%macroword \ref 1
%macro \eqref [ignore]
%macroword \eqref 1
# Text outside of the text: notes, captions and cells. TeXcount would pass over tables.
%macro \footnote [other]
%macro \caption [option:ignore,other]
%envir figure [] text
%envir table [] text
%envir tabular [ignore] other
# Program text is not counted.
%envir verbatim [] ignore
"""
"""What TeXcount must be told about the macros of our papers. Everything else in them it knows."""
WITHIN_NUMBERS = re.compile(r"(?<=\d)(?:,(?=\d{3})|\$\\times\$(?=\d))")
"""What joins the parts of one number, as in 1,600 and 336×336. TeXcount would count the parts, a reader does not."""
CLASSES = {
    "text": ("paragraph", "list", "quote", "remark", "link", "code", "cross-reference", "abstract"),
    "headers": ("heading",),
    "outside text": ("footnote", "caption", "table"),
}
"""Which of our classes TeXcount has as one."""


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The LaTeX of every analysis, and its PDF."""
    folder = tmp_path_factory.mktemp("papers")
    command = [sys.executable, "-m", "sphinx", "-b", "latex", "-q", "-W", "-n", "-d", str(folder / "doctrees")]
    done = subprocess.run([*command, str(ROOT), str(folder / "latex")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    problems = build_papers(folder / "latex", folder / "pdf")
    assert [describe(problem) for problem in problems] == []
    return folder


def own_count(slug: str) -> Ledger:
    return ledger(read_analysis(ROOT / "analyses" / slug / INDEX, ROOT))


def counted_part(tex: str) -> str:
    """From the abstract to the last words before the references, without the selected papers."""
    begin = tex.index("\\begin{abstract}")
    body = tex[begin : tex.index("\\bibliographystyle")].rpartition("\n\n")[0]
    body = re.sub(r"\\section\*\{.*?(?=\\section\{)", "", body, count=1, flags=re.DOTALL)
    return WITHIN_NUMBERS.sub("", body)


def texcount(tex: str, folder: Path) -> dict[str, int]:
    """What TeXcount counts in ``tex``, by its own classes."""
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    (folder / "paper.tex").write_text(f"\\begin{{document}}\n{tex}\n\\end{{document}}\n", encoding="utf-8")
    command = ["texcount", "-opt=rules.txt", "-utf8", "-nosub", "paper.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert "!!!" not in done.stdout, done.stdout  # how it says that it does not understand
    found = dict(re.findall(r"^Words (?:in |)([a-z ]+?)(?: \(.*\))?: (\d+)$", done.stdout, re.MULTILINE))
    return {name: int(found[name]) for name in CLASSES}


def is_near(count: int, own: int) -> bool:
    """Whether two counts differ by no more than one word, or half a per cent."""
    return abs(count - own) <= max(1, own * Thresholds().word_tolerance / 100)


def test_the_repository_has_analyses_to_count() -> None:
    assert SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_texcount_finds_as_many_words_of_each_class(slug: str, papers: Path, tmp_path: Path) -> None:
    tex = (papers / "latex" / f"{slug}.tex").read_text(encoding="utf-8")
    found, own = texcount(counted_part(tex), tmp_path), own_count(slug)
    found["headers"] -= 1  # LaTeX prints "Abstract" above the abstract, which our authors do not write
    for name, classes in CLASSES.items():
        assert is_near(found[name], own.count(classes)), (name, found[name], own.count(classes))
    assert is_near(sum(found.values()), own.count(WORD_CLASSES))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_pages_have_as_many_words(slug: str, papers: Path) -> None:
    assert is_near(count_words(papers / "pdf" / f"{slug}.pdf"), own_count(slug).count(WORD_CLASSES))


def test_the_sections_keep_their_page_budgets(papers: Path) -> None:
    command = [sys.executable, "-m", "diptych", "pdf", "check", "--assignment", "generative-models", papers / "pdf"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert f"{len(SLUGS)} files: no findings" in done.stdout


def test_words_that_are_added_to_the_latex_are_seen(papers: Path, tmp_path: Path) -> None:
    """Were TeXcount blind to a class, the test above could not fail."""
    tex = counted_part((papers / "latex" / f"{SLUGS[0]}.tex").read_text(encoding="utf-8"))
    more = r"Two words \citep[Table~2]{key}.\footnote{Three more words} \section{One} Figure~\ref{fig}, $x$ \emph{a}."
    before, after = texcount(tex, tmp_path), texcount(tex + more, tmp_path)
    assert {name: after[name] - before[name] for name in CLASSES} == {"text": 5, "headers": 1, "outside text": 3}
