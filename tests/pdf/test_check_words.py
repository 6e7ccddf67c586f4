"""What counts as a word on the pages."""

from __future__ import annotations

import pytest

from diptych.pdf.reader import read_pdf
from diptych.pdf.words import count_words, list_words, words_of
from pdfs import Sheet, typeset, typeset_all

pytestmark = pytest.mark.tex

AMS = r"\usepackage{amsmath,booktabs}"
CASES = {
    "plain words": ("Four words are here.", ["Four", "words", "are", "here."]),
    "what hyphens join": ("state-of-the-art and/or 10,000", ["state-of-the-art", "and/or", "10,000"]),
    "dashes part": ("one---two", ["one", "two"]),
    "formulae and their numbers are none": (
        r"before \begin{equation} E = mc^2 \end{equation} between \begin{align} a &= b \\ c &= d \end{align} after",
        ["before", "between", "after"],
    ),
    "numbers in brackets in the text are words": ("see (2) and (a1)", ["see", "(2)", "and", "(a1)"]),
    "citations are none": (r"here \cite{ada} there", ["here", "there"]),
    "a note": (r"text\footnote{two words}", ["text", "two", "words"]),
    "a note between the halves of a citation that goes on overleaf": (
        r"text\footnote{two words} \cite[Table 1 and\vadjust{\pagebreak}\linebreak{} Section 2]{ada} more",
        ["text", "two", "words", "more"],
    ),
    "items without their numbers": (r"\begin{enumerate}\item one\item two\end{enumerate}", ["one", "two"]),
    "a heading without its number": (r"\subsection{Below} text", ["Below", "text"]),
    "code blocks are none": ("a\n\\begin{verbatim}\nnothing of this\n\\end{verbatim}\nb", ["a", "b"]),
    "code within text": (r"call \texttt{run} now", ["call", "run", "now"]),
    "the words of a table and its caption": (
        r"\begin{table}[h]\caption{Two words}\begin{tabular}{ll} One & 2 \\ \end{tabular}\end{table}",
        ["Two", "words", "One", "2"],
    ),
    "an address that is broken": (
        r"\par\noindent\makebox[3in]{At}\url{https://example.org/some/long/path/to/a/place/that/has/no/end}",
        ["At", "https://example.org/some/long/path/to/a/place/that/has/no/end"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def papers():
    """Set all papers at once."""
    typeset_all(Sheet(body, AMS) for body, _ in [("", []), *CASES.values()])


@pytest.mark.parametrize("name", CASES)
def test_counts(name):
    body, words = CASES[name]
    plain, more = list_words(typeset(Sheet("", AMS))), list_words(typeset(Sheet(body, AMS)))
    assert len(more) - len(plain) == len(words)
    for word in words:
        assert more.count(word) > plain.count(word)


def test_the_appendix_counts_and_the_references_do_not():
    appendix = r"\appendix\section{More} Three words here."
    base = Sheet().text
    text = base.replace("\\end{document}", f"{appendix}\n\\end{{document}}")
    assert count_words(typeset(Sheet(whole=text))) == count_words(typeset(Sheet())) + 4
    words = list_words(typeset(Sheet()))
    assert "Journal" not in words
    assert len(words) == len(words_of(read_pdf(typeset(Sheet()))))


@pytest.mark.parametrize("part", ["abstract", "references"])
def test_without_bounds_nothing_is_counted(part):
    with pytest.raises(ValueError, match="no abstract or no references"):
        count_words(typeset(Sheet(without=part)))
