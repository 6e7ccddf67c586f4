"""PDF: whether the file can be read at all."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.pdf.case import PdfCase
from diptych.pdf.rules.registry import Mark, pdf_rule


@pdf_rule("PDF001", "damaged-file", needs_pages=False)
def damaged_file(case: PdfCase) -> Iterator[Mark]:
    """The file is no PDF, or only a part of one.

    ## Why
    A file that was cut short on its way opens in one reader and not in another.

    ## Fails
    ```pdf
    the first half
    ```

    ## Passes
    ```pdf
    as it was made
    ```
    """
    if case.damage:
        yield Mark(f"the file cannot be read: {case.damage}", "make it again, and compare its size after sending it")


@pdf_rule("PDF002", "encrypted-file", needs_pages=False)
def encrypted_file(case: PdfCase) -> Iterator[Mark]:
    """The file is encrypted.

    It is so too where it opens without a password but forbids copying or printing.

    ## Why
    Reviewers, archives and people who have a page read to them need its text.

    ## Fails
    ```pdf
    encrypted
    ```

    ## Passes
    ```pdf
    as it was made
    ```
    """
    if case.is_locked or case.printed.is_encrypted:
        how = "needs a password" if case.is_locked else "is encrypted"
        yield Mark(f"the file {how}", "save it without protection")


@pdf_rule("PDF003", "no-text")
def no_text(case: PdfCase) -> Iterator[Mark]:
    r"""The pages hold no text that can be searched or copied.

    ## Why
    Pages that are pictures can be neither searched nor read to anybody, and nothing else can be checked on them.

    ## Fails
    ```tex whole
    \documentclass{article}
    \usepackage[preprint]{neurips_diptych}
    \begin{document}
    \thispagestyle{empty}
    \rule{1in}{1in}
    \end{document}
    ```

    ## Passes
    ```tex
    Letters.
    ```
    """
    if not case.printed.body[0]:
        yield Mark("the pages hold no text", "make the file from its source instead of scanning it", 1)
