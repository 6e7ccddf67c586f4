"""PDF: parts that must be there, and references that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.pdf.case import PdfCase, letters_of
from diptych.pdf.printed import Line, is_bold
from diptych.pdf.rules.registry import Mark, pdf_rule

_NAMED = re.compile(
    r"(?:Figures?|Figs?\.?|Tables?|Tabs?\.?|Sections?|Secs?\.?|Equations?|Eqs?\.?|Appendix|Algorithm|Listing|Chapter)"
    r"\s*\(?(\?\?)"
)


@pdf_rule("PDF040", "unresolved-reference")
def unresolved_reference(case: PdfCase) -> Iterator[Mark]:
    r"""A reference shows question marks in place of a number.

    Question marks of the author's own, as in "Really??", say nothing: what counts is that they are bold and nothing
    beside them is, or that two of them stand after a word such as Figure.

    ## Why
    LaTeX prints them where it does not know what is referred to, or was not run often enough.

    ## Fails
    ```tex
    Figure~\ref{nowhere} shows it.
    ```
    ```tex
    See~\cite{nobody}.
    ```

    ## Passes
    ```tex
    Is it so? Really?? (So one wonders.)
    ```
    """
    for line in case.printed.lines:
        if "?" in line.text and (what := _unresolved(line)):
            message = f'"{what}" stands where a number should'
            yield Mark(message, "give the target a label, and run LaTeX and BibTeX once more", line.page, line.box)


def _unresolved(line: Line) -> str:
    """What shows that a reference has no target, or an empty string."""
    marks = [at for at, glyph in enumerate(line.glyphs) if glyph.text == "?" and is_bold(glyph.font)]
    for at in marks:
        before = line.glyphs[at - 1] if at else None
        last = at + 1 if at + 1 in marks else at
        after = line.glyphs[last + 1] if last + 1 < len(line.glyphs) else None
        if not any(glyph is not None and is_bold(glyph.font) for glyph in (before, after)):
            return "?" * (last - at + 1)
    match = _NAMED.search(line.text)
    return match[0] if match else ""


@pdf_rule("PDF041", "missing-abstract")
def missing_abstract(case: PdfCase) -> Iterator[Mark]:
    r"""The paper has no abstract under a heading of its own.

    ## Why
    The format asks for one, and words are counted from there.

    ## Fails
    ```tex without
    abstract
    ```

    ## Passes
    ```tex
    The abstract stands above.
    ```
    """
    if _is_asked_for(case) and case.heading("abstract") is None:
        yield Mark('there is no heading "Abstract"', "use the environment abstract", 1)


@pdf_rule("PDF042", "missing-references")
def missing_references(case: PdfCase) -> Iterator[Mark]:
    r"""The paper has no list of references under a heading of its own.

    ## Why
    A paper about papers cites them, and words are counted up to there.

    ## Fails
    ```tex without
    references
    ```

    ## Passes
    ```tex
    The references stand below.
    ```
    """
    if _is_asked_for(case) and case.references is None:
        yield Mark('there is no heading "References"', "use thebibliography or BibTeX", len(case.printed.pages))


def _is_asked_for(case: PdfCase) -> bool:
    """A paper of ours has been checked for them in its source."""
    return bool(case.printed.body[0]) and not case.expected.is_own


@pdf_rule("PDF043", "missing-section")
def missing_section(case: PdfCase) -> Iterator[Mark]:
    r"""A section that the assignment asks for, or the source has, is not there.

    Case and punctuation of its title do not matter.

    ## Why
    Each section answers questions that nothing else answers.

    ## Fails
    ```tex without
    Judgement
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```

    ## Passes
    ```tex
    All sections are there.
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```
    """
    titles = [heading.title for heading in case.printed.sections]
    present = {letters_of(title) for title in titles}
    for title in case.expected.sections:
        if letters_of(title) not in present:
            hint = did_you_mean(title, titles) or f"the paper has {', '.join(titles)}" if titles else ""
            yield Mark(f'there is no section "{title}"', hint)


@pdf_rule("PDF044", "missing-selected-papers")
def missing_selected_papers(case: PdfCase) -> Iterator[Mark]:
    r"""The block with the option and the selected papers is not there.

    ## Why
    It says what the paper is about, in full, before the text begins.

    ## Fails
    ```tex without
    Chosen papers
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```

    ## Passes
    ```tex
    It stands above.
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```
    """
    rubric = case.expected.rubric
    if rubric is not None and case.heading(rubric.selected_papers.title) is None:
        yield Mark(
            f'there is no heading "{rubric.selected_papers.title}"', "put it between abstract and first section", 1
        )
