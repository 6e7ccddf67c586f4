"""What is read from logs; the lines are those that pdfTeX and BibTeX write."""

# ruff: noqa: E501  what is typed and what is read is compared line by line
from __future__ import annotations

import pytest

from diptych.pdf.log import Message, read_bibtex_log, read_log

REWORD = "reword it, allow a break, or give the table or picture less width"
SPELL = "write it in mathematics, or spell it out in Latin letters"

LOGS = {
    "an undefined command": (
        "./paper.tex:12: Undefined control sequence.\nl.12 \\foo\n          bar\n",
        [Message("tex-error", "Undefined control sequence: \\foo", 12)],
    ),
    "an error of LaTeX": (
        "./paper.tex:7: LaTeX Error: Environment nowhere undefined.\n\nSee the manual.\nl.7 \\begin{nowhere}\n",
        [Message("tex-error", "Environment nowhere undefined", 7)],
    ),
    "an error in the references": (
        "./paper.bbl:3: Missing $ inserted.\n<inserted text>\n                $\nl.3 a_\n",
        [Message("tex-error", "Missing $ inserted: a_ (in the list of references)")],
    ),
    "a fatal error is told once": (
        "./paper.tex:7: Emergency stop.\n<*> paper.tex\n./paper.tex:7:  ==> Fatal error occurred, no output PDF file!\n",
        [Message("tex-error", "Emergency stop", 7)],
    ),
    "a character without a glyph": (
        "./paper.tex:9: LaTeX Error: Unicode character ị (U+1ECB)\n               not set up for use with LaTeX.\n",
        [Message("missing-character", "the fonts of a paper lack the character ị (U+1ECB)", 9, SPELL)],
    ),
    "a character that vanishes": (
        "Missing character: There is no Ł in font ptmr7t!\n",
        [Message("missing-character", "the font ptmr7t lacks the character Ł", None, "write it in mathematics, or spell it out")],
    ),
    "a line that is too long": (
        "Overfull \\hbox (23.4pt too wide) in paragraph at lines 20--24\n"
        "[]\\T1/ptm/m/n/10 a very long-word here\n []\n",
        [Message("overfull-line", "a line reaches 23.4pt beyond the margin: \"a very longword here\"", 20, REWORD)],
    ),
    "a table that is too wide": (
        "Overfull \\hbox (9.0pt too wide) in alignment at lines 5--9\n",
        [Message("overfull-line", "a line reaches 9pt beyond the margin", 5, REWORD)],
    ),
    "what nobody can see": ("Overfull \\hbox (0.3pt too wide) in paragraph at lines 1--2\n", []),
    "what only looks loose": ("Underfull \\hbox (badness 10000) in paragraph at lines 1--2\n", []),
    "a page that is too full": (
        "Overfull \\vbox (12.0pt too high) has occurred while \\output is active []\n",
        [Message("overfull-page", "a page is 12pt too full")],
    ),
    "a float that is lost": (
        "LaTeX Warning: Float too large for page by 88.1pt on input line 50.\n",
        [Message("float-too-large", "this figure or table fits on no page and is lost", 50,
                 "give it less height, or let the table break over pages with :class: longtable")],
    ),
    "a reference without a target": (
        "LaTeX Warning: Reference `fig:x' on page 1 undefined on input line 44.\n\n"
        "LaTeX Warning: There were undefined references.\n",
        [Message("undefined-reference", 'nothing is labelled "fig:x"', 44)],
    ),
    "a citation without an entry": (
        "Package natbib Warning: Citation `doe' on page 2 undefined on input line 8.\n",
        [Message("undefined-reference", 'the bibliography has no entry "doe"', 8)],
    ),
    "a font that is replaced": (
        "LaTeX Font Warning: Font shape `T1/ptm/m/scit' undefined\n(Font)              using `T1/ptm/m/n' instead on input line 3.\n"
        "LaTeX Font Warning: Some font shapes were not available, defaults substituted.\n",
        [Message("tex-warning", "LaTeX Font: Font shape `T1/ptm/m/scit' undefined using `T1/ptm/m/n' instead", 3)],
    ),
    "a warning over several lines": (
        "Package hyperref Warning: Token not allowed in a PDF string (Unicode):\n"
        "(hyperref)                removing `math shift' on input line 27.\n",
        [Message("tex-warning", "hyperref: Token not allowed in a PDF string (Unicode): removing `math shift'", 27)],
    ),
    "two places of one name": (
        "pdfTeX warning (ext4): destination with the same identifier (name{x}) has been already used\n",
        [Message("tex-warning", "pdfTeX: destination with the same identifier (name{x}) has been already used")],
    ),
    "a program that is called": (
        "runsystem(ls)...disabled.\n",
        [Message("shell-command", "the document tries to run a program: ls")],
    ),
    "what mends itself": ("LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right.\n", []),
    "after an error nothing is looked up": (
        "LaTeX Warning: Citation `doe' undefined on input line 8.\n./paper.tex:12: Extra }, or forgotten $.\nl.12 a}\n",
        [Message("tex-error", "Extra }, or forgotten $: a}", 12)],
    ),
    "what is said twice": (
        "LaTeX Warning: Command \\x invalid.\nLaTeX Warning: Command \\x invalid.\n",
        [Message("tex-warning", "LaTeX: Command \\x invalid")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOGS)
def test_reads_log(name):
    log, messages = LOGS[name]
    assert read_log(log, "paper.tex") == messages


def test_reads_log_of_bibtex():
    log = (
        "The top-level auxiliary file: paper.aux\n"
        'Warning--I didn\'t find a database entry for "doe"\n'
        "I was expecting a `,' or a `}'---line 7 of file paper.bib\n : x\n"
        "Warning--empty publisher in roe\n"
    )
    assert read_bibtex_log(log) == [
        Message("bibtex-error", 'the bibliography has no entry "doe"'),
        Message("bibtex-error", "I was expecting a `,' or a `}'---line 7 of file paper.bib"),
    ]
