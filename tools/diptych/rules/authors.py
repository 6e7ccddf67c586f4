"""SCO: the rules of the course about all analyses of one author."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.model.extract import Extract, Signature
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule


@corpus_rule("SCO009", "same-option-again")
def same_option_again(corpus: Survey) -> Iterator[Finding]:
    """An author chose the same option as in an assignment before.

    ## Why
    The two assignments together should cover both options. Only analyses of different assignments are compared.
    People are told apart by ORCID iD, else by e-mail address, else by name.

    ## Fails
    ```yaml other
    assignment: sorting-first
    date: 2025-11-30
    ```

    ## Passes
    ```yaml other
    assignment: sorting-first
    date: 2025-11-30
    authors:
      - name: Eve Example
    ```
    """
    known: dict[tuple[str, str], list[tuple[Extract, Signature]]] = {}
    for extract in _by_date(corpus):
        said = extract.submission
        rubric = corpus.rubrics.get(said.assignment)
        for author in said.authors:
            earlier = [pair for name in _names(author) for pair in known.get((name, said.option), ())]
            for other, signed in earlier:
                is_other = other.submission.assignment != said.assignment
                if rubric and rubric.course.other_option and is_other and is_same_person(author, signed):
                    message = f'{author.name} chose the option "{said.option}" for'
                    message += f' "{other.submission.assignment}" already, in {other.path}'
                    yield Finding(said.option_place, message, "choose another option")
                    break
            _remember(known, extract, author, said.option)


@corpus_rule("SCO010", "second-analysis")
def second_analysis(corpus: Survey) -> Iterator[Finding]:
    """An author signs two analyses of one assignment.

    ## Why
    One analysis is handed in and marked. A project in which a group signs all analyses leaves the assignment's
    `one_analysis_per_author` out.

    ## Fails
    ```yaml other
    date: 2026-02-01
    ```

    ## Passes
    ```yaml other
    date: 2026-02-01
    authors:
      - name: Eve Example
    ```
    """
    known: dict[tuple[str, str], list[tuple[Extract, Signature]]] = {}
    for extract in _by_date(corpus):
        said = extract.submission
        rubric = corpus.rubrics.get(said.assignment)
        if rubric is None or not rubric.course.one_analysis_per_author:
            continue
        for author in said.authors:
            earlier = [pair for name in _names(author) for pair in known.get((name, said.assignment), ())]
            for other, signed in earlier:
                if other is not extract and is_same_person(author, signed):
                    message = f'{author.name} has handed in "{said.assignment}" already, in {other.path}'
                    yield Finding(author.place, message, "keep one of the two")
                    break
            _remember(known, extract, author, said.assignment)


def is_same_person(one: Signature, other: Signature) -> bool:
    """Whether two signatures are one person's: by ORCID iD, else by e-mail address, else by name."""
    if one.orcid and other.orcid:
        return one.orcid == other.orcid
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return _plain(one.name) == _plain(other.name)


_MOST_NAMESAKES = 8
"""So many signatures are kept for each name: enough to tell people apart, few enough to stay linear."""


def _remember(known: dict, extract: Extract, author: Signature, what: str) -> None:
    for name in _names(author):
        signatures = known.setdefault((name, what), [])
        if len(signatures) < _MOST_NAMESAKES:
            signatures.append((extract, author))


def _names(author: Signature) -> tuple[str, ...]:
    """Everything that an author can be found by."""
    return tuple(name for name in (author.orcid, author.email and author.email.casefold(), _plain(author.name)) if name)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _by_date(corpus: Survey) -> list[Extract]:
    """The analyses whose header can be read, the earlier first."""
    read = [extract for extract in corpus.extracts if extract.submission]
    return sorted(read, key=lambda extract: (extract.submission.date, extract.path))
