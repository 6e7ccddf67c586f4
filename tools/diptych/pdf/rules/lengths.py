"""PDF: how long the paper and its parts are."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import Severity
from diptych.pdf.case import PdfCase
from diptych.pdf.printed import position
from diptych.pdf.rules.registry import Mark, pdf_rule


@pdf_rule("PDF030", "too-many-pages")
def too_many_pages(case: PdfCase) -> Iterator[Mark]:
    r"""The paper has more pages than it may have.

    Without an assignment, everything before the acknowledgments, the references or the appendix may fill 9 pages
    (setting `content_pages`), in a final paper one more. With one, the graded sections together may fill as many as
    their page budgets add up to, and a quarter of a page (setting `page_tolerance`) for each of them.

    ## Why
    The limit is the same for all.

    ## Fails
    ```tex
    One.\newpage Two.\newpage Three.\newpage Four.\newpage Five.\newpage Six.\newpage Seven.\newpage Eight.\newpage
    Nine.\newpage Ten.
    ```

    ## Passes
    ```tex
    One.\newpage Two.\newpage Three.\newpage Four.\newpage Five.\newpage Six.\newpage Seven.\newpage Eight.
    ```
    """
    thresholds, graded = case.expected.thresholds, case.graded()
    if graded:
        most = sum(section.pages[1] + thresholds.page_tolerance for section, _ in graded)
        pages = sum(case.printed.extent(heading) for _, heading in graded)
        if pages > most:
            budget = sum(section.pages[1] for section, _ in graded)
            yield Mark(
                f"the graded sections fill {pages:.1f} pages, more than {budget:g}",
                "shorten the sections that exceed their budgets", graded[-1][1].page, graded[-1][1].box,
            )  # fmt: skip
    elif case.expected.rubric is None and not case.expected.is_own:
        most = thresholds.content_pages + (case.mode == "final")
        end = next((heading for heading in case.printed.sections if _ends_content(heading.title, heading.number)), None)
        pages = position(end) if end else case.printed.text_end
        if pages > most + 0.01:
            yield Mark(
                f"the paper fills {pages:.1f} pages before its references, more than {most}",
                "references, acknowledgments, checklist and appendix do not count",
                end.page if end else len(case.printed.pages), end.box if end else None,
            )  # fmt: skip


def _ends_content(title: str, number: str) -> bool:
    words = title.casefold().split()
    first = words[0].strip(".:") if words else ""
    is_end = ("references", "bibliography", "acknowledgments", "acknowledgements", "acknowledgment", "appendix")
    return first in is_end or number[:1].isalpha() or "checklist" in words


@pdf_rule("PDF031", "section-off-budget", Severity.WARNING)
def section_off_budget(case: PdfCase) -> Iterator[Mark]:
    r"""A section is longer or shorter on the pages than its page budget.

    Measured from its heading to the next one, with the figures, tables and notes between them; a quarter of a page
    (setting `page_tolerance`) more or less says nothing.

    ## Why
    The assignment says how many pages each section should take; the reader's time is shared out that way.

    ## Fails
    ```tex
    A paragraph.\newpage Another.\newpage And one more.
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```

    ## Passes
    ```tex
    A paragraph.
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```
    """
    room = case.expected.thresholds.page_tolerance
    for section, heading in case.graded():
        least, most = section.pages
        pages = case.printed.extent(heading)
        if not least - room <= pages <= most + room:
            budget = f"{least:g}" if least == most else f"{least:g} to {most:g}"
            yield Mark(
                f'"{section.title}" fills {pages:.1f} pages, its budget is {budget}',
                "move words or figures to where they belong, or drop them", heading.page, heading.box,
            )  # fmt: skip


@pdf_rule("PDF032", "words-differ-from-source", Severity.WARNING)
def words_differ_from_source(case: PdfCase) -> Iterator[Mark]:
    r"""The paper does not have the words of its source.

    One word in two hundred (setting `word_tolerance`) may be counted otherwise on the pages. This is looked at when
    Diptych builds a paper; the examples are of a source with 300 words.

    ## Why
    Text that was lost on its way to the page is not noticed by anybody else.

    ## Fails
    ```tex
    Six words more than the source.
    ```
    ```words
    300
    ```

    ## Passes
    ```tex
    $x$
    ```
    ```words
    as counted
    ```
    """
    expected, words = case.expected.words, case.words
    if expected is None or words is None:
        return
    off = abs(words - expected)
    if off > max(2.0, expected * case.expected.thresholds.word_tolerance / 100):
        message = f"the pages have {words} words, the source has {expected}"
        yield Mark(message, "look for text that is missing or twice on the pages", 1)


@pdf_rule("PDF033", "words-outside-limits")
def words_outside_limits(case: PdfCase) -> Iterator[Mark]:
    r"""The paper has more or fewer words than its assignment allows.

    All words between abstract and references are counted, with headings, captions, notes and tables, without citations,
    mathematics, code and the selected papers. Half a percent (setting `word_tolerance`) says nothing. Where the source
    is known, `diptych check` counts there, and more exactly.

    ## Why
    The limits are the same for all.

    ## Fails
    ```tex
    FILLER FILLER FILLER FILLER FILLER FILLER FILLER FILLER
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```

    ## Passes
    ```tex
    A sentence more.
    ```
    ```sh
    diptych pdf check --assignment sorting paper.pdf
    ```
    """
    rubric, words = case.expected.rubric, case.words
    if rubric is None or words is None or case.expected.words is not None:
        return
    least, most = rubric.limits.words
    room = case.expected.thresholds.word_tolerance / 100
    if not least * (1 - room) <= words <= most * (1 + room):
        off = (
            f"{words - most} above the limit of {most}"
            if words > most
            else f"{least - words} below the limit of {least}"
        )
        yield Mark(f"the paper has {words} words, {off}", f"aim at {least} to {most}", 1)
