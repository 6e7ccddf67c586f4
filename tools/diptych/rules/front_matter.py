"""FMT: the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.model.frontmatter import NEITHER
from diptych.model.views import Survey
from diptych.rules.registry import Case, Finding, corpus_rule, document_rule, findings_from


@document_rule("FMT001", "missing-front-matter")
def missing_front_matter(case: Case) -> Iterator[Finding]:
    """The file has no front matter, or it is never closed.

    ## Why
    Title, authors, option, papers and verdict are taken from there; without it nothing else can be judged.

    ## Fails
    ```md whole
    ## Introduction

    Text.
    ```

    ## Passes
    ```yaml
    title: One against two
    ```
    """
    yield from case.problems("no-front-matter")


@corpus_rule("FMT011", "not-utf-8")
def not_utf_8(corpus: Survey) -> Iterator[Finding]:
    """The file of an analysis is not UTF-8 text.

    ## Why
    Letters with accents would come out as others, and programs disagree on which. The file is not read any further.

    ## Fails
    ```md latin
    Letters sorted by Ångström are letters, too.
    ```

    ## Passes
    ```md
    Letters sorted by Ångström are letters, too.
    ```
    """
    yield from findings_from(corpus.unread, ("not-utf-8",))


@document_rule("FMT002", "invalid-yaml")
def invalid_yaml(case: Case) -> Iterator[Finding]:
    """The front matter is not valid YAML.

    ## Why
    Nothing in it can be read. Mostly a value holds a colon or begins with a bracket and wants quotes.

    ## Fails
    ```yaml
    title: One: against two
    ```

    ## Passes
    ```yaml
    title: "One: against two"
    ```
    """
    yield from case.problems("yaml-syntax")


@document_rule("FMT003", "repeated-field")
def repeated_field(case: Case) -> Iterator[Finding]:
    """A field is set twice.

    ## Why
    Readers of YAML silently keep one of the two, and not all keep the same one.

    ## Fails
    ```yaml
    title: One
    title: Two
    ```

    ## Passes
    ```yaml
    title: One
    ```
    """
    yield from case.problems("repeated-field")


@document_rule("FMT004", "unknown-field")
def unknown_field(case: Case) -> Iterator[Finding]:
    """The front matter has a field that does not exist.

    ## Why
    A misspelt field would be ignored without a word, and what it says with it.

    ## Fails
    ```yaml
    kewords: [video]
    ```

    ## Passes
    ```yaml
    keywords: [video]
    ```
    """
    yield from case.problems("unknown-field")


@document_rule("FMT005", "missing-field")
def missing_field(case: Case) -> Iterator[Finding]:
    """A required field is missing from the front matter.

    ## Why
    The site and the paper show it, or the assignment asks for it.

    ## Fails
    ```yaml
    verdict: {stronger: ada2020first}
    ```

    ## Passes
    ```yaml
    verdict: {stronger: ada2020first, reason: It measures what it claims.}
    ```
    """
    yield from case.problems("missing-field")


@document_rule("FMT006", "wrong-type")
def wrong_type(case: Case) -> Iterator[Finding]:
    """A field holds another kind of value than it must.

    ## Why
    YAML guesses: `1e3` is a number, `no` is false, `2026` is not a text.

    ## Fails
    ```yaml
    title: 2026
    ```

    ## Passes
    ```yaml
    title: "2026"
    ```
    """
    yield from case.problems("wrong-type")


@document_rule("FMT007", "malformed-value")
def malformed_value(case: Case) -> Iterator[Finding]:
    """A value does not have the form that its field asks for.

    ## Why
    Identifiers, addresses and dates are read by machines: a slip makes a dead link or a wrong record.

    ## Fails
    ```yaml
    date: 2026-02-30
    ```
    ```yaml
    option: Moving Pictures
    ```

    ## Passes
    ```yaml
    date: 2026-02-28
    ```
    """
    yield from case.problems("malformed-field", "unknown-choice")


@document_rule("FMT008", "empty-field")
def empty_field(case: Case) -> Iterator[Finding]:
    """A field is there but holds nothing.

    ## Why
    It looks filled in where only names of fields are compared.

    ## Fails
    ```yaml
    title: ""
    ```

    ## Passes
    ```yaml
    title: One against two
    ```
    """
    yield from case.problems("empty-field", "wrong-length")


@document_rule("FMT009", "repeated-paper")
def repeated_paper(case: Case) -> Iterator[Finding]:
    """A paper is named twice among the selected papers.

    ## Why
    A comparison needs two papers.

    ## Fails
    ```yaml
    papers: [ada2020first, ada2020first]
    ```

    ## Passes
    ```yaml
    papers: [ada2020first, bo2021second]
    ```
    """
    papers = case.front.papers if case.front else ()
    for index, key in enumerate(papers):
        if key in papers[:index]:
            message = f'the paper "{key}" is compared with itself'
            yield Finding(case.place(f"papers[{index}]"), message, "name the other")


@document_rule("FMT010", "verdict-on-another-paper")
def verdict_on_another_paper(case: Case) -> Iterator[Finding]:
    """The verdict names neither one of the selected papers nor `neither`.

    ## Why
    The verdict says which of the two papers is stronger.

    ## Fails
    ```yaml
    verdict: {stronger: cy2019third, reason: It is the oldest.}
    ```

    ## Passes
    ```yaml
    verdict: {stronger: neither, reason: They measure different things.}
    ```
    """
    if case.front and case.front.verdict.stronger not in (*case.front.papers, NEITHER):
        choices = ", ".join((*case.front.papers, NEITHER))
        message = f'the verdict is on "{case.front.verdict.stronger}", which is not compared'
        yield Finding(case.place("verdict.stronger"), message, f"one of: {choices}")
