"""What papers may do, what they may not, and where it is said: papers set by pdflatex as students set theirs."""

from __future__ import annotations

import pytest

from diptych.pdf.case import Expected
from diptych.pdf.inspection import inspect_pdf
from pdfs import FILLER, Sheet, typeset, typeset_all

pytestmark = pytest.mark.tex

ORDINARY = rf"""
{FILLER} {FILLER}

\begin{{figure}}\centering \rule{{\linewidth}}{{1in}}\caption{{{FILLER}}}\end{{figure}}
\begin{{table}}\caption{{{{\small {FILLER}}}}}\centering\small
\begin{{tabular}}{{lrr}}\toprule Name & One & Two \\ \midrule Ada & 1 & 2 \\ Bo & 3 & 4 \\ \bottomrule\end{{tabular}}
\end{{table}}

A note.\footnote{{{FILLER} \url{{https://example.org/a_long_address/that_goes_on/and_on_for_a_while}}}} So it is?
\begin{{itemize}}\item {FILLER} \begin{{itemize}}\item {FILLER}\end{{itemize}}\end{{itemize}}
\begin{{enumerate}}\item One.\item Two.\item Three.\item Four.\item Five.\item Six.\end{{enumerate}}
\begin{{equation}} \int_0^\infty e^{{-x^2}} \, dx = \frac{{\sqrt{{\pi}}}}{{2}} \left( \sum_{{i=1}}^n x_i \right)
\end{{equation}}
Inline $\frac{{a}}{{b}}$ and $x^{{2^2}}$ and \texttt{{code}} and \textsf{{sans}}, \textsc{{Small}} and {{\tiny tiny}}.
\begin{{quote}} {FILLER} \end{{quote}}
\subsection{{Below}} {FILLER}
\paragraph{{Run in.}} {FILLER} {FILLER}
\begin{{verbatim}}
code = lines + that * are - typed
\end{{verbatim}}
{FILLER} {FILLER} {FILLER}
\appendix
\section{{More}} {FILLER}
"""
PACKAGES = r"\usepackage{microtype,booktabs,amsmath}"
MODES = {"preprint": "preprint", "final": "final", "anonymous": "submission"}


@pytest.fixture(scope="module", autouse=True)
def papers():
    """Set the papers of several tests at once."""
    typeset_all(Sheet(ORDINARY, PACKAGES, style) for style in MODES)


def look(sheet: Sheet, **expected):
    return inspect_pdf(typeset(sheet), Expected(**expected))


def found(sheet: Sheet, **expected) -> list[str]:
    return [finding.code for finding in look(sheet, **expected).findings]


@pytest.mark.parametrize("style", MODES)
def test_an_ordinary_paper_passes_in_each_mode(style):
    inspected = look(Sheet(ORDINARY, PACKAGES, style))
    assert inspected.findings == ()
    assert inspected.case.mode == MODES[style]


@pytest.mark.parametrize("style", MODES)
def test_the_numbers_of_lines_are_found_where_they_are(style):
    case = look(Sheet(ORDINARY, PACKAGES, style)).case
    assert [bool(case.numbers(page)) for page in case.printed.pages] == [style == "anonymous"] * len(case.printed.pages)


def test_all_modes_have_the_same_words():
    counts = {look(Sheet(ORDINARY, PACKAGES, style)).case.words for style in MODES}
    assert len(counts) == 1
    assert counts.pop() > 700


def test_where_a_line_is_too_long():
    (finding,) = look(Sheet(r"Here it stands.\par\noindent\makebox[390pt][s]{Some words}\rlap{ and ten more}")).findings
    assert finding.code == "PDF012"
    assert finding.mark.message.startswith('"Some words and ten more" reaches ')
    assert finding.mark.message.endswith(" points beyond the right margin")
    assert finding.mark.page == 1
    assert finding.mark.box.x1 == pytest.approx(504 + float(finding.mark.message.split()[6]), abs=0.1)


def test_all_pages_that_lack_something_are_in_one_finding():
    body = r"\pagestyle{empty}One.\newpage Two.\newpage Three.\newpage Four."
    (finding,) = look(Sheet(body)).findings
    assert (finding.code, finding.mark.page) == ("PDF062", 2)
    assert finding.mark.message == "pages 2, 3 and 4 have no page number"


WRONG_CLASS = rf"""\documentclass[12pt,a4paper]{{article}}
\title{{A paper}}\author{{Ada}}\date{{}}\begin{{document}}\maketitle
\begin{{abstract}}{FILLER}\end{{abstract}}
\section{{Opening}} {" ".join([FILLER] * 20)}
\section{{Judgement}} {" ".join([FILLER] * 20)}
\end{{document}}
"""


def test_a_paper_without_the_style_file_is_told_what_it_lacks_once():
    sheet = Sheet(whole=WRONG_CLASS)
    assert sorted(found(sheet)) == ["PDF010", "PDF020", "PDF021", "PDF042"]
    messages = [finding.mark.message for finding in look(sheet).findings]
    assert "every page measures 595 by 842 points (A4), not 612 by 792 (US Letter)" in messages
    assert "the text is set in CMR12, not in Times" in messages
    assert "the text is set in 12 points, not in 10" in messages


def test_text_that_has_left_the_page_is_found():
    assert found(Sheet(r"\null\vbox to 0pt{\vskip 9in\hbox{Nobody can read what stands here.}\vss}")) == ["PDF013"]


def test_margins_are_told_once_and_not_for_every_line():
    assert found(Sheet(f"{FILLER} {FILLER}", r"\geometry{margin=1in}")) == ["PDF011"]


@pytest.mark.parametrize(
    ("box", "codes"),
    [
        (r"\hbox to 7in{\vrule width 3in height 1in\hfil}", []),
        (r"\hbox to 7in{\vrule width 7in height 1in\hfil}", ["PDF014"]),
        (r"\hbox to 5.6in{\vrule width 5.6in height 1in\hfil}", []),
    ],
    ids=["white beyond the margin", "black beyond the margin", "a little"],
)
def test_a_picture_may_have_a_border_of_nothing(box, codes):
    assert found(Sheet(rf"\setbox0={box}\immediate\pdfxform0 \par\noindent\rlap{{\pdfrefxform\pdflastxform}}")) == codes


def test_a_picture_that_names_its_author_is_found_in_a_submission():
    picture = typeset(Sheet(whole=r"""\documentclass{article}\usepackage[pdfauthor={Ada Example}]{hyperref}
        \begin{document}\thispagestyle{empty}\rule{1in}{1in}\end{document}"""))  # fmt: skip
    body = rf"\includegraphics[width=0.5in]{{{picture.name}}}"
    (finding,) = look(Sheet(body, r"\usepackage{graphicx}", "anonymous")).findings
    assert finding.code == "PDF051"
    assert '"Ada Example"' in finding.mark.message
    assert found(Sheet(body, r"\usepackage{graphicx}")) == []


def test_known_authors_are_looked_for_in_a_submission():
    sheet = Sheet("We thank Ada Example. Adabert is somebody else.", style="anonymous")
    assert found(sheet) == []
    assert found(sheet, names=("Ada Example",)) == ["PDF050"]
    assert found(sheet, names=("Ada Exam", "Anna Ada")) == []  # part of a word; and the references may name them


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("Really??", []),
        (r"\textbf{Why so?} \textbf{What??}", []),
        ("a [?] b", []),
        (r"Table~\ref{none}.", ["PDF040"]),
        (r"(see \cite{none})", ["PDF040"]),
        (r"\citep[page 3]{none}", ["PDF040"]),
    ],
)
def test_question_marks(body, codes):
    assert found(Sheet(body)) == codes


@pytest.mark.parametrize("cut", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_part_of_a_file_is_damaged(tmp_path, cut):
    data = typeset(Sheet()).read_bytes()
    file = tmp_path / "part.pdf"
    file.write_bytes(data[: int(len(data) * cut)])
    assert [finding.code for finding in inspect_pdf(file, Expected()).findings] == ["PDF001"]


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_wrong_bytes_makes_no_traceback(tmp_path, seed):
    data = bytearray(typeset(Sheet()).read_bytes())
    for at in range(seed * 31, len(data) - 200, 997):
        data[at] = (data[at] * 7 + seed) % 256
    file = tmp_path / "wrong.pdf"
    file.write_bytes(data)
    assert inspect_pdf(file, Expected()).findings


# As other style files set the same format: nothing here is taken from one of them.
STRANGER = rf"""\documentclass{{article}}
\usepackage[letterpaper,textwidth=5.5in,textheight=9in,left=1.5in,top=1in,footskip=30pt]{{geometry}}
\usepackage[T1]{{fontenc}}\usepackage{{times,natbib}}\renewcommand{{\ttdefault}}{{lmtt}}
\usepackage[colorlinks]{{hyperref}}\usepackage{{microtype}}
\renewcommand{{\normalsize}}{{\fontsize{{10}}{{11}}\selectfont}}\normalsize
\renewcommand{{\small}}{{\fontsize{{9}}{{10}}\selectfont}}
\makeatletter
\renewcommand{{\section}}{{\@startsection{{section}}{{1}}{{0pt}}{{-9pt}}{{7pt}}{{\fontsize{{12}}{{14}}\bfseries}}}}
\makeatother
\setlength{{\parindent}}{{0pt}}\setlength{{\parskip}}{{5.5pt}}
LINES
\begin{{document}}
\begin{{center}}{{\fontsize{{17}}{{20}}\bfseries A title of two lines that is broken where the line ends\par}}\bigskip
AUTHORS\end{{center}}
\begin{{center}}{{\fontsize{{12}}{{14}}\bfseries Abstract}}\end{{center}}
\begin{{quote}} {FILLER} \end{{quote}}
\begin{{figure}}[b]\hbox to \textwidth{{\hfil\footnotesize NOTICE\hfil}}\vskip-30pt\end{{figure}}\thispagestyle{{empty}}
\section{{Introduction}} {" ".join([FILLER] * 14)}

\section{{Related work}} {" ".join([FILLER] * 14)} \href{{https://github.com/example/code}}{{Code}}.
\section*{{Acknowledgments and Disclosure of Funding}} Money.
\section*{{References}} {{\small [1] A. Ada. Letters. {FILLER} \par [2] B. Bo. Mail to b@example.org. {FILLER}}}
\appendix\section{{Proofs}} {FILLER}
\end{{document}}
"""
OFFICIAL_AUTHORS = r"\textbf{Anonymous Author(s)}\\Affiliation\\Address\\\texttt{email}"


@pytest.mark.parametrize(
    ("mode", "lines", "authors", "notice"),
    [
        ("submission", r"\usepackage{lineno}\linenumbers", OFFICIAL_AUTHORS,
         "Submitted to 39th Conference on Neural Information Processing Systems (NeurIPS 2025). Do not distribute."),
        ("final", "", r"\textbf{Ada Example}\\University\\\texttt{ada@example.org}",
         "39th Conference on Neural Information Processing Systems (NeurIPS 2025)."),
        ("preprint", "", r"\textbf{Ada Example}\\University\\\texttt{ada@example.org}", "Preprint. Under review."),
    ],
)  # fmt: skip
def test_a_paper_set_by_another_style_file_passes(mode, lines, authors, notice):
    text = STRANGER.replace("LINES", lines).replace("AUTHORS", authors).replace("NOTICE", notice)
    inspected = look(Sheet(whole=text))
    assert inspected.findings == ()
    assert inspected.case.mode == mode
    titles = [heading.title for heading in inspected.case.printed.sections]
    assert titles == [
        "Abstract", "Introduction", "Related work", "Acknowledgments and Disclosure of Funding", "References", "Proofs"
    ]  # fmt: skip
