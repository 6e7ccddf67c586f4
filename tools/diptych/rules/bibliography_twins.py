"""BIB: works that the bibliography holds twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from diptych.diagnostics import Severity
from diptych.model.bibliography import Bibliography, Entry
from diptych.model.bibtex import PREPRINT_PLACES
from diptych.model.identifiers import arxiv_id, arxiv_id_of_doi, bare_arxiv_id, same_doi
from diptych.model.tex import fold, plain, split_names, surname
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule
from diptych.span import Span

_Pair = tuple[Entry, Entry]
_WORD = re.compile(r"[^\W_]+")
_LEAST_WORDS = 5
"""A subtitle of fewer words may belong to several works."""
_LEAST_LETTERS = 6
"""A shorter word may be another word rather than a slip of the pen."""


@corpus_rule("BIB020", "repeated-doi")
def repeated_doi(corpus: Survey) -> Iterator[Finding]:
    """Two entries have the same DOI.

    ## Why
    They are one work, which readers would find twice in the list of references.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, doi = {10.1234/A1}, year = {2019}}
    @misc{cy2019same, title = {Something else}, author = {Cy, C.}, doi = {10.1234/a1}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, doi = {10.1234/A1}, year = {2019}}
    @misc{cy2019same, title = {Something else}, author = {Cy, C.}, doi = {10.1234/A12}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for first, second in _twins(corpus.bibliography).by_doi:
        span = second.fields["doi"].value_span
        message = f'"{second.key}" has the same DOI as "{first.key}" at {first.key_span}'
        yield Finding(_inner(corpus, second, "doi", span), message, "keep one entry and cite that")


@corpus_rule("BIB021", "repeated-eprint")
def repeated_eprint(corpus: Survey) -> Iterator[Finding]:
    """Two entries have the same arXiv id, whatever its version.

    ## Why
    They are one work, which readers would find twice in the list of references.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, archiveprefix = {arXiv},
      year = {2019}}
    @misc{cy2019same, title = {Something else}, author = {Cy, C.}, doi = {10.48550/arXiv.1901.00001}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, archiveprefix = {arXiv},
      year = {2019}}
    @misc{cy2019same, title = {Something else}, author = {Cy, C.}, doi = {10.48550/arXiv.1901.00002}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for first, second in _twins(corpus.bibliography).by_eprint:
        if is_preprint(first) == is_preprint(second):
            name = _eprint(second)[1]
            message = f'"{second.key}" has the same arXiv id as "{first.key}" at {first.key_span}'
            span = _inner(corpus, second, name, second.fields[name].value_span)
            yield Finding(span, message, "keep one entry and cite that")


@corpus_rule("BIB022", "repeated-title", Severity.WARNING)
def repeated_title(corpus: Survey) -> Iterator[Finding]:
    """Two entries by the same first author have the same title, or one that differs by a slip of the pen.

    ## Why
    They are probably one work, entered twice.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Sorting Other Letters}, author = {Cy, C.}, year = {2019}}
    @misc{cy2019same, title = {Sorting other letters}, author = {Carla Cy}, year = {2020}}
    ```
    ```bib
    @misc{cy2019other, title = {The Alphabetical Order of Letters}, author = {Cy, C.}, year = {2019}}
    @misc{cy2019same, title = {The Alphabetcal Order of Letters}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {The Order of Letters, Part 1}, author = {Cy, C.}, year = {2019}}
    @misc{cy2019same, title = {The Order of Letters, Part 2}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for first, second in _twins(corpus.bibliography).by_title:
        if is_preprint(first) == is_preprint(second):
            span = _inner(corpus, second, "title", second.fields["title"].value_span)
            message = f'"{second.key}" has nearly the title of "{first.key}" at {first.key_span}'
            yield Finding(span, message, "keep one entry if they are one work")


@corpus_rule("BIB023", "superseded-preprint", Severity.WARNING)
def superseded_preprint(corpus: Survey) -> Iterator[Finding]:
    """A preprint has an entry of its own although its published version has one, too.

    ## Why
    One work gets one entry, that of the published version; the preprint's id goes into its field `eprint`.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Sorting Other Letters}, author = {Cy, C.}, eprint = {1901.00001},
      archiveprefix = {arXiv}, year = {2019}}
    @article{cy2020other, title = {Sorting other letters}, author = {Cy, C.}, journal = {Letters}, year = {2020}}
    ```

    ## Passes
    ```bib
    @article{cy2020other, title = {Sorting other letters}, author = {Cy, C.}, journal = {Letters}, year = {2020},
      eprint = {1901.00001}, archiveprefix = {arXiv}}
    ```
    ```md
    Others {cite:p}`cy2020other` sort numbers.
    ```
    """
    twins = _twins(corpus.bibliography)
    for first, second in (*twins.by_eprint, *twins.by_title):
        if is_preprint(first) == is_preprint(second):
            continue
        preprint, published = (first, second) if is_preprint(first) else (second, first)
        message = f'"{preprint.key}" is the preprint of "{published.key}" at {published.key_span}'
        hint = f'cite "{published.key}" and give it the field eprint'
        yield Finding(preprint.key_span, message, hint)


def is_preprint(entry: Entry) -> bool:
    """Whether the entry describes a preprint and nothing that was published."""
    place = entry.get("journal") or entry.get("booktitle")
    if place:
        return place.strip("{}").lower().startswith(PREPRINT_PLACES)
    return entry.type in ("misc", "online", "unpublished", "techreport") and bool(_eprint(entry))


def _eprint(entry: Entry) -> tuple[str, str] | None:
    """The arXiv id without version, and the name of the field that states it."""
    for name in ("eprint", "url"):
        text = entry.get(name)
        if name == "url" and "arxiv.org" not in text:
            continue
        known = arxiv_id(bare_arxiv_id(text)) if text else None
        if known:
            return known.id, name
    known_by_doi = arxiv_id_of_doi(entry.get("doi"))
    return (known_by_doi, "doi") if known_by_doi else None


def _eprint_id(entry: Entry) -> str:
    stated = _eprint(entry)
    return stated[0] if stated else ""


@dataclass(frozen=True, slots=True)
class _Twins:
    """Pairs of entries that are probably one work, the earlier one first; each pair for one reason only."""

    by_doi: list[_Pair]
    by_eprint: list[_Pair]
    by_title: list[_Pair]


_LATEST: list[tuple[Bibliography, _Twins]] = []
"""The last answer: four rules ask the same question about the same bibliography."""


def _twins(bibliography: Bibliography) -> _Twins:
    if not _LATEST or _LATEST[0][0] is not bibliography:
        entries = list(bibliography.whole_entries())
        by_doi = _equal(entries, lambda entry: same_doi(entry.get("doi")))
        by_eprint = _without(_equal(entries, _eprint_id), by_doi)
        titles = _titles(entries)
        by_title = _without([*_same_titles(entries, titles), *_similar_titles(entries, titles)], [*by_doi, *by_eprint])
        _LATEST[:] = [(bibliography, _Twins(by_doi, by_eprint, by_title))]
    return _LATEST[0][1]


def _equal(entries: list[Entry], identify: Callable[[Entry], str]) -> list[_Pair]:
    seen: dict[str, Entry] = {}
    pairs = []
    for entry in entries:
        if identifier := identify(entry):
            first = seen.setdefault(identifier, entry)
            if first is not entry:
                pairs.append((first, entry))
    return pairs


def _without(pairs: list[_Pair], others: list[_Pair]) -> list[_Pair]:
    """``pairs`` without those in ``others`` and without repetition."""
    seen = {(first.key, second.key) for first, second in others}
    kept = []
    for first, second in pairs:
        if (first.key, second.key) not in seen:
            seen.add((first.key, second.key))
            kept.append((first, second))
    return kept


@dataclass(frozen=True, slots=True)
class _Title:
    """A title as it is compared. Only entries with an author have one."""

    author: str
    """The first author's family name, folded."""
    folded: str
    number: int
    """Of the entry, in the order of the bibliography."""


def _titles(entries: list[Entry]) -> list[_Title]:
    return [
        _Title(author, fold(entry.get("title")), number)
        for number, entry in enumerate(entries)
        if "title" in entry.fields and (author := _first_author(entry))
    ]


def _same_titles(entries: list[Entry], titles: list[_Title]) -> Iterator[_Pair]:
    """Entries with one first author and one title, or with one subtitle behind different catchwords."""
    seen: dict[tuple[str, str], Entry] = {}
    for title in titles:
        entry = entries[title.number]
        for alias in _aliases(entry, title.folded):
            first = seen.setdefault((title.author, alias), entry)
            if first is not entry:
                yield first, entry


def _similar_titles(entries: list[Entry], titles: list[_Title]) -> Iterator[_Pair]:
    """Entries with one first author whose titles differ by a slip.

    Sorted by title, forwards or backwards, a title and its misspelt double are neighbours: nobody has to compare
    each with each.
    """
    forwards = sorted(titles, key=lambda title: (title.author, title.folded))
    backwards = sorted(titles, key=lambda title: (title.author, title.folded[::-1]))
    for one, other in (*pairwise(forwards), *pairwise(backwards)):
        is_near = one.author == other.author and abs(len(one.folded) - len(other.folded)) <= 2
        if is_near and one.folded != other.folded:
            first, second = sorted((one.number, other.number))
            if _is_slip(_words(entries[first]), _words(entries[second])):
                yield entries[first], entries[second]


def _aliases(entry: Entry, folded: str) -> set[str]:
    """The forms under which a work may be entered again: its title, its earlier one, each without its catchword."""
    found = {folded}
    if earlier := entry.get("preprinttitle"):
        found.add(fold(earlier))
    for title in (entry.get("title"), earlier):
        _, colon, rest = title.partition(": ")
        if colon and rest.count(" ") >= _LEAST_WORDS - 1:
            found.add(fold(rest))
    return found - {""}


def _words(entry: Entry) -> list[str]:
    return _WORD.findall(plain(entry.get("title")).casefold())


def _first_author(entry: Entry) -> str:
    names = entry.get("author") or entry.get("editor")
    if not names:
        return ""
    # Only the beginning matters; lists of hundreds of names are common.
    start, end = split_names(names[:200])[0]
    return surname(names[start:end])


def _is_slip(one: list[str], other: list[str]) -> bool:
    """Whether two titles differ in one word alone, and that by a slip of the pen or a plural.

    A word that only ends differently makes another work: "Part I" and "Part II", "GPT-3" and "GPT-4".
    """
    if len(one) != len(other):
        return False
    different = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(different) != 1:
        return False
    left, right = different[0]
    if not (left + right).isalpha():
        return False
    if len(left) > 2 and (left + "s" == right or left == right + "s"):
        return True
    if min(len(left), len(right)) < _LEAST_LETTERS:
        return False
    head = _common(left, right)
    tail = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - head)
    return head > 0 and tail > 0 and max(len(left), len(right)) - head - tail <= 2


def _common(one: str, other: str) -> int:
    """With how many equal letters both begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _inner(corpus: Survey, entry: Entry, name: str, otherwise: Span) -> Span:
    """The text of a field without its braces."""
    item = entry.fields.get(name)
    if item is None:
        return otherwise
    wording = corpus.bibliography.wording(item)
    return wording.span(*wording.body)
