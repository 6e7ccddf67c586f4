"""CIT: references that are typed by hand: addresses, brackets, names with years."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from diptych.model.identifiers import bare_arxiv_id, same_doi
from diptych.model.prose import word_set
from diptych.model.tex import fold, split_names, surname
from diptych.model.views import Shelves
from diptych.rules.registry import Case, Finding, document_rule
from diptych.span import Source

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\ue000\ue001]+"
    r"|(?:\bdoi:\s?|\b(?:dx\.)?doi\.org/|(?<![\w./]))10\.\d{4,9}/[^\s<>\ue000\ue001]+"
    r"|\barXiv:\s?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"|\barxiv\.org/[^\s<>\ue000\ue001]+",
    re.IGNORECASE,
)
_SIGNS = ("://", "www.", "10.", "arxiv")
"""Every address has one of these, in small letters."""
_OF_A_PAPER = re.compile(r"10\.\d{4,9}/|arxiv|doi\.org|openreview\.net/|aclanthology\.org/", re.IGNORECASE)
_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})")
_AFTER = ".,;:!?'\"*_\u201d\u2019"
_DOI = re.compile(r"10\.\d{4,9}/\S+")

_YEAR = r"(?:19|20)\d\d[a-z]?"
_WORD = r"[^\W\d_]{0,40}(?:['\u2019-][^\W\d_]{1,40}){0,3}"
_NAME = rf"(?:(?:van|von|de|del|der|den|di|da|la|le)\s){{0,2}}(?![a-z])[^\W\d_]{_WORD}"
_NAMES = rf"{_NAME}(?:\s{{1,3}}et\s{{1,3}}al\b\.?|(?:,\s{{1,3}}{_NAME}){{0,4}},?\s{{1,3}}(?:and|&)\s{{1,3}}{_NAME})"
_PLACE = (
    r"(?:Tables?|Fig(?:ure|s|\.)?s?|Sections?|Sec\.|Sect\.|App(?:endix|\.)?|Eq\.?|Ch\.?|Alg\.?|\u00a7|pp?\.)\s?[\w.]+"
)
_NUMBERS = re.compile(rf"\[\d{{1,3}}(?:\s?[,;\u2013-]\s?(?:\d{{1,3}}|{_PLACE}))*\]")
_LATEX = re.compile(
    r"\\[cC]ite[a-zA-Z]{0,20}\*?(?:\[[^\]\n]{0,80}\]){0,2}\{[^{}\n]{1,200}\}"
    r"|\[(?:see\s)?-?@[\w:.-]{1,80}(?:[;,][^\]\n]{0,80})?\]"
)
_OPTION = re.compile(r"\[([^\[\]{}]+)\]\{")
"""The last note of a citation in LaTeX: the locator."""
_AT_KEY = re.compile(r"@([\w:.-]*\w)")
_BRACKETED = (
    rf"[(\[](?:(?:see|cf\.|e\.g\.,?|see also|as in)\s)?(?:{_NAMES}|{_NAME}),?\s{{1,3}}{_YEAR}(?=[)\],;:])"
    r"[^()\[\]\n]{0,160}[)\]]"
)
_IN_TEXT = rf"\b(?:{_NAMES}|{_NAME})\s{{1,3}}[(\[]{_YEAR}[)\]]"
_PARTS = rf"(?P<names>{_NAMES}|{_NAME})(?P<comma>,?)\s{{1,3}}[(\[]?(?P<year>{_YEAR})"
_ANY_YEAR = re.compile(_YEAR)
_ELSEWHERE = re.compile(rf"\b[^\W\d_a-z][^\W\d_]{{1,40}}\b(?!,?\s[(\[]?{_YEAR})")
_SEVERAL = re.compile(r"\s(?:et\s+al\b|and\s|&\s)")
_WRITTEN_SMALL = re.compile(r"(?:[a-z]+ ){0,2}[^\W\d_][^\W\d_A-Z]*(?:[-'\u2019][^\W\d_][^\W\d_A-Z]*)*")
"""A family name with no capitals inside its parts: acronyms and names of firms have them."""
_NO_AUTHORS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec spring summer autumn fall winter version release since until early late mid around before "
    "after in from by table figure section appendix accessed updated revised published"
)
"""Words before a year that are no author."""
_OF_RANGES = word_set(
    "in into from between within range ranges interval intervals scale to over on values value of bounds domain window "
    "segment span spans rescaled normalised normalized scaled mapped clipped uniform uniformly"
)
"""Words before brackets that hold an interval."""


@document_rule("CIT011", "bare-address")
def bare_address(case: Case) -> Iterator[Finding]:
    """The text holds a web address, a DOI or an arXiv id where a citation belongs.

    ## Why
    A citation gives the reader authors, title and year, and one list of references. A link with words of its own is
    fine unless it leads to a paper; in a footnote only addresses of papers are looked at.

    ## Fails
    ```md
    Sorting is older than both, see https://example.org/sorting.
    ```
    ```md
    Sorting is older than both (arXiv:1706.03762).
    ```
    ```md
    Sorting is older [than both](https://doi.org/10.1000/182).
    ```

    ## Passes
    ```md
    Sorting is older than both; the [catalogue of sorting machines](https://example.org/sorting) shows some.
    ```
    """
    for paragraph in case.running_text:
        text = paragraph.text.casefold()
        if not any(sign in text for sign in _SIGNS):
            continue
        for match in _ADDRESS.finditer(paragraph.text):
            if paragraph.run_at(match.start()).kind == "link":
                continue
            address = _trimmed(match[0])
            if paragraph.kind != "footnote" or _OF_A_PAPER.search(address):
                place = paragraph.span(match.start(), match.start() + len(address))
                yield Finding(place, f"the text holds the bare address {address}", _cite_instead(address, case))
    notes = [block.span for block in case.document.blocks if block.kind == "footnote"]
    ends = {span.start: span.end for span in notes}
    starts = sorted(ends)
    for link in case.document.links:
        at = bisect_right(starts, link.span.start) - 1
        is_in_note = at >= 0 and link.span.start < ends[starts[at]]
        is_bare = link.text.strip() in (link.target, link.target.partition("://")[2])
        is_paper = _OF_A_PAPER.search(link.target) is not None
        if link.target.startswith(("http://", "https://")) and (is_paper or (is_bare and not is_in_note)):
            what = "the text holds the bare address" if is_bare else "this link stands for a citation of"
            yield Finding(link.span, f"{what} {link.target}", _cite_instead(link.target, case))


@document_rule("CIT012", "handmade-citation")
def handmade_citation(case: Case) -> Iterator[Finding]:
    """A reference is typed by hand, or in the notation of another tool.

    Looked for are numbers in brackets, names with a year, LaTeX's `\\cite` and Pandoc's `[@key]`. Intervals such as
    [0, 1], code and formulas are none. A single name before a year counts where the bibliography has an entry of that
    year by an author of that name; "(Ada, 2020)" also where the text never has the name without a year.

    ## Why
    It points to nothing: it has no entry, no link, and the wrong number as soon as the list of references changes.

    ## Fails
    ```md
    Others sort numbers [12], as shown before (Ada et al., 2020).
    ```
    ```md
    Ada et al. (2020) sort letters.
    ```

    ## Passes
    ```md
    Scores in [0, 1] are given by {cite:t}`ada2020first`, whose second version (May 2020) is the latest.
    ```
    """
    people = _People(case.corpus.bibliography, case.document.source)
    for paragraph in case.running_text:
        text = paragraph.text
        if not any(mark in text for mark in ("[", "(", "\\")):
            continue
        taken = -1
        for start, end in sorted(_handmade(text, people)):
            if start < taken:
                continue
            taken = end
            shown = " ".join(text[start:end].split())
            hint = (
                _translated(shown)
                or people.suggestion(shown)
                or "write {cite:p}`key`, or {cite:t}`key` where it is part of the sentence"
            )
            yield Finding(paragraph.span(start, end), f'"{shown}" is not a citation', hint)


def _handmade(text: str, people: _People) -> Iterator[tuple[int, int]]:
    for match in _LATEX.finditer(text):
        yield match.span()
    for match in _NUMBERS.finditer(text):
        if not _is_interval(text, match):
            yield match.span()
    if not _ANY_YEAR.search(text):  # the patterns of names take long to compile
        return
    for pattern in (_BRACKETED, _IN_TEXT):
        for match in re.finditer(pattern, text):
            if people.are_authors(match[0]):
                yield match.span()


def _translated(text: str) -> str:
    """The role for a citation as LaTeX or Pandoc write it, or empty."""
    if text.startswith("\\"):
        keys, role = text[text.index("{") + 1 : -1], "t" if text[1:].casefold().startswith("citet") else "p"
        locator = _OPTION.search(text)
        return f"write {{cite:{role}}}`{keys.strip()}{f'{{{locator[1]}}}' if locator else ''}`"
    keys = _AT_KEY.findall(text)
    return f"write {{cite:p}}`{','.join(keys)}`" if keys else ""


def _is_interval(text: str, match: re.Match[str]) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", match[0])]
    if 0 in numbers:
        return True
    before = text[max(0, match.start() - 30) : match.start()]
    words = before.split()
    if before[-1:].isalnum():  # x[3] and GPU[1] are indices, "in earlier work[3]" is none
        return len(words[-1]) < 3 or not words[-1].islower()
    return len(numbers) == 2 and bool(words) and words[-1].casefold().strip("(,") in _OF_RANGES


class _People:
    """Who the author of a handmade citation may be: tells names from other words before a year."""

    def __init__(self, bibliography: Shelves, source: Source) -> None:
        self._bibliography, self._source = bibliography, source

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        """Words in capitals that also stand elsewhere than before a year: a system, a place, a firm."""
        return frozenset(_ELSEWHERE.findall(self._source.text))

    def key(self, name: str, year: str) -> str:
        """The entry of that year with an author of that family name, the first author before others; or empty."""
        wanted, other = fold(name), ""
        for entry in self._bibliography.dated(year[:4]):
            authors = entry.get("author")
            names = [surname(authors[start:end]) for start, end in split_names(authors)]
            if wanted in names[:1]:
                return entry.key
            if wanted in names:
                other = other or entry.key
        return other

    def are_authors(self, text: str) -> bool:
        """Whether what stands before the first year of ``text`` names authors."""
        parts = re.search(_PARTS, text)
        if parts is None or _first(parts["names"]).casefold() in _NO_AUTHORS:
            return False
        if _SEVERAL.search(parts["names"]):
            return True
        if self.key(parts["names"], parts["year"]):
            return True
        is_name = bool(parts["comma"]) and text[0] in "([" and _WRITTEN_SMALL.fullmatch(parts["names"])
        return bool(is_name) and parts["names"] not in self._mentioned

    def suggestion(self, text: str) -> str:
        """The citation that ``text`` may stand for, or empty."""
        parts = re.search(_PARTS, text)
        key = self.key(_first(parts["names"]), parts["year"]) if parts else ""
        return f"write {{cite:{'p' if text[0] in '([' else 't'}}}`{key}`" if key else ""


def _first(names: str) -> str:
    """The first family name of a list."""
    return re.split(r",|\s+(?:et|and|&)\s+", names, maxsplit=1)[0]


def _trimmed(address: str) -> str:
    """``address`` without the punctuation of the sentence around it."""
    address = address.rstrip(_AFTER)
    surplus = address.count(")") - address.count("(")
    while surplus > 0 and address.endswith(")"):
        address, surplus = address[:-1].rstrip(_AFTER), surplus - 1
    return address if "[" in address else address.rstrip("]" + _AFTER)


def _cite_instead(address: str, case: Case) -> str:
    wanted = _identifier(address)
    for work in case.corpus.bibliography.all():
        for name in ("doi", "eprint", "url"):
            value = work.get(name)
            if value and wanted == (bare_arxiv_id(value) if name == "eprint" else _identifier(value)):
                return f"cite it: {{cite:p}}`{work.key}`"
    return "give it an entry in the bibliography and cite that"


def _identifier(address: str) -> str:
    """What two spellings of the same address have in common."""
    if found := "arxiv" in address.casefold() and _ARXIV.search(address):
        return found[1]
    if doi := _DOI.search(address):
        return same_doi(doi[0])
    return address.casefold().partition("://")[2].removeprefix("www.").rstrip("/") or address.casefold()
