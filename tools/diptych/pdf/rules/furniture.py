"""PDF: numbers of lines and pages, and what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.pdf.case import PdfCase
from diptych.pdf.printed import FOOT, PAGE, TEXT_BLOCK, Box, Page
from diptych.pdf.rules.registry import Mark, pdf_rule

_MANY_LINES = 12
"""A page with fewer lines of running text may be one of figures, which have no numbers."""
_PAGE_NUMBER = re.compile(r"\d{1,4}")
_MARGIN = Box(TEXT_BLOCK.left - 40, TEXT_BLOCK.top, TEXT_BLOCK.left, TEXT_BLOCK.bottom)


@pdf_rule("PDF060", "missing-line-numbers")
def missing_line_numbers(case: PdfCase) -> Iterator[Mark]:
    r"""A submission has no numbers beside its lines.

    A page with fewer than 12 lines of running text need not have them.

    ## Why
    Reviewers name lines by their numbers.

    ## Fails
    ```tex
    \nolinenumbers FILLER FILLER FILLER FILLER FILLER FILLER FILLER FILLER FILLER FILLER \newpage
    FILLER FILLER FILLER FILLER FILLER FILLER FILLER FILLER
    ```
    ```tex style
    anonymous
    ```

    ## Passes
    ```tex
    \begin{quote} FILLER \end{quote} \[ x \]
    ```
    ```tex style
    anonymous
    ```
    """
    if case.mode != "submission":
        return
    pages = case.printed.pages
    without = [
        page.number for page in pages if case.text_of_page(page.number) >= _MANY_LINES and not case.numbers(page)
    ]
    if without:
        yield Mark(
            f"{_named(without)} no numbers beside the lines",
            "use the style file without options, and leave out \\nolinenumbers", without[0], _MARGIN,
        )  # fmt: skip


@pdf_rule("PDF061", "stray-line-numbers")
def stray_line_numbers(case: PdfCase) -> Iterator[Mark]:
    r"""A paper that is not for review has numbers beside its lines.

    ## Why
    They are for reviewers alone, and disturb everybody else.

    ## Fails
    ```tex preamble
    \usepackage{lineno}\linenumbers
    ```

    ## Passes
    ```tex
    \begin{enumerate} \item One. \item Two. \item Three. \item Four. \item Five. \end{enumerate}
    ```
    """
    if case.mode == "submission":
        return
    found = {page.number: numbers for page in case.printed.pages if (numbers := case.numbers(page))}
    if found:
        first, numbers = next(iter(found.items()))
        box = Box(
            min(box.x0 for box in numbers), min(box.top for box in numbers),
            max(box.x1 for box in numbers), max(box.bottom for box in numbers),
        )  # fmt: skip
        message = f"{_named(list(found))} numbers beside the lines, in a {case.mode} paper"
        yield Mark(message, f"use the style file with the option {case.mode}", first, box)


@pdf_rule("PDF062", "missing-page-number")
def missing_page_number(case: PdfCase) -> Iterator[Mark]:
    r"""A page other than the first has no number below its text.

    The first page may have a notice in its place.

    ## Why
    People name pages by their numbers.

    ## Fails
    ```tex
    \pagestyle{empty} One.\newpage Two.
    ```

    ## Passes
    ```tex
    One.\newpage Two.
    ```
    """
    without = [page.number for page in case.printed.pages[1:] if page.glyphs and not _has_number(page)]
    if without:
        box = Box(TEXT_BLOCK.left, FOOT, TEXT_BLOCK.right, PAGE[1] - 20)
        message = f"{_named(without)} no page number"
        yield Mark(message, "leave the page style to the style file", without[0], box)


def _named(numbers: list[int]) -> str:
    """The pages of these numbers as the beginning of a sentence about what they have."""
    if len(numbers) == 1:
        return f"page {numbers[0]} has"
    return f"pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} have"


def _has_number(page: Page) -> bool:
    foot = [glyph for glyph in page.glyphs if glyph.base > FOOT and glyph.x0 > TEXT_BLOCK.left and not glyph.is_drawn]
    return _PAGE_NUMBER.search("".join(glyph.text for glyph in foot)) is not None


@pdf_rule("PDF063", "missing-properties")
def missing_properties(case: PdfCase) -> Iterator[Mark]:
    r"""The properties of a paper that Diptych built lack its title, or its authors where it names them.

    Of other papers it is not asked: the official template does not set them.

    ## Why
    Readers of PDFs show them in place of the file's name, and catalogues read them.

    ## Fails
    ```tex preamble
    \hypersetup{pdftitle={}}
    ```
    ```words
    as counted
    ```

    ## Passes
    ```tex preamble
    \hypersetup{pdftitle={Paper},pdfauthor={Ada Example}}
    ```
    ```words
    as counted
    ```
    """
    if not case.expected.is_own:
        return
    wanted = ["Title"] if case.mode == "submission" else ["Title", "Author"]
    for name in wanted:
        if not case.printed.metadata.get(name):
            yield Mark(f"the properties of the file have no {name.lower()}", "the template sets it from front matter")
