"""BIB: dates and pages in the fields of entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.model.bibtex import MONTHS
from diptych.model.identifiers import arxiv_id, is_reversed, page_ranges
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule

_YEAR = re.compile(r"[0-9]{4}")
_SORTED_UNDER = re.compile(r"\A\{\\[A-Za-z]+\{[^{}]*\}\}")
"""The idiom that sorts an entry under another year than it prints: ``{\\noopsort{1973b}}1973``."""


@corpus_rule("BIB033", "malformed-year")
def malformed_year(corpus: Survey) -> Iterator[Finding]:
    """A year is not four digits, or cannot be right.

    ## Why
    Citations are sorted and labelled by year. Too late is what lies more than a year after the date of the latest
    analysis, and too early what lies before the paper's arXiv id was given, where only arXiv has it.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {19}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2091}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, archiveprefix = {arXiv},
      year = {2018}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1812.00001}, archiveprefix = {arXiv},
      year = 2019}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    latest = _latest_year(corpus)
    earliest = corpus.thresholds.earliest_year
    for entry, item in corpus.bibliography.filled("year"):
        text = _SORTED_UNDER.sub("", item.value)
        year = int(text) if _YEAR.fullmatch(text) else None
        first = _year_of_preprint(entry.get("eprint")) if entry.type == "misc" else 0
        if year is not None and earliest <= year <= latest and year >= first:
            continue
        wording = corpus.bibliography.wording(item)
        span = wording.span(*wording.body)
        if year is None:
            yield Finding(span, f'"{text}" is no year of four digits', 'put remarks such as "in press" into note')
        elif not earliest <= year <= latest:
            hint = f"years from {earliest} to {latest} are plausible"
            yield Finding(span, f"the year {year} cannot be right", hint)
        else:
            message = f"the year {year} lies before the arXiv id was given, in {first}"
            yield Finding(span, message, "give the year of the preprint")


@corpus_rule("BIB034", "malformed-month")
def malformed_month(corpus: Survey) -> Iterator[Finding]:
    """A month is neither a name, nor an abbreviation, nor a number from 1 to 12.

    ## Why
    Programs that sort by date stop at it or drop it.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, month = {13}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, month = {Jully}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, month = jul, year = {2019}}
    @misc{cy2019same, title = {Same}, author = {Cy, C.}, month = {June--July}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for _, item, wording in corpus.bibliography.wordings("month"):
        words = re.findall(r"[^\s~\-–/.,{}]+", item.value)
        wrong = next((word for word in words if not _is_month(word, len(words) > 1)), None)
        if wrong is not None:
            at = wording.text.find(wrong)
            hint = did_you_mean(wrong.lower(), MONTHS) or "write jan, feb, ..., dec"
            yield Finding(wording.span(at, at + len(wrong)), f'"{wrong}" is no month', hint)


@corpus_rule("BIB035", "malformed-pages")
def malformed_pages(corpus: Survey) -> Iterator[Finding]:
    """A page range has another dash than `--`, or ends before it begins.

    ## Why
    BibTeX prints `--` as the dash of a range; a single hyphen stays a hyphen. Short forms such as `1234--41` and
    article numbers are fine.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, pages = {10-19}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, pages = {19--10}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, pages = {96:1--96:12, 1234--41}, year = {2019}}
    @misc{cy2019same, title = {Same}, author = {Cy, C.}, pages = {e2019-04}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for _, item, wording in corpus.bibliography.wordings("pages"):
        if re.search(r"\bpp?\.|\bpages?\b", item.value, re.IGNORECASE):
            span = wording.span(*wording.body)
            yield Finding(span, f'"{item.value}" holds more than page numbers', "the style adds pages or pp. itself")
        for first, last, dash, start, end in page_ranges(wording.text):
            written = wording.text[dash.start : dash.end]
            if written != "--":
                message = f'the dash of the page range "{first}{written}{last}" must be --'
                yield Finding(wording.span(dash.start, dash.end), message, f"write {first}--{last}")
            if is_reversed(first, last):
                message = f'the page range "{first}--{last}" ends before it begins'
                yield Finding(wording.span(start, end), message, "swap the pages, or look them up")


def _latest_year(corpus: Survey) -> int:
    """The last year that an entry can have: judged by the analyses, not by a clock, so that a run can be repeated."""
    newest = corpus.latest_year
    return newest + 1 if newest is not None and corpus.is_whole else corpus.thresholds.latest_year


def _year_of_preprint(eprint: str) -> int:
    known = arxiv_id(eprint)
    if known is None:
        return 0
    digits = known.id.rpartition("/")[2][:2]
    return (1900 if "/" in known.id and digits > "90" else 2000) + int(digits)


def _is_month(word: str, is_one_of_many: bool) -> bool:
    if word.isdecimal():
        return len(word) <= 2 and 1 <= int(word) <= (31 if is_one_of_many else 12)
    folded = word.lower()
    return folded == "sept" or (len(folded) >= 3 and (folded in MONTHS or any(folded == name[:3] for name in MONTHS)))
