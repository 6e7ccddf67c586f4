"""BIB: the bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.model.corpus import Corpus
from diptych.rules.registry import Finding, corpus_rule, findings_from


@corpus_rule("BIB001", "unreadable-entry")
def unreadable_entry(corpus: Corpus) -> Iterator[Finding]:
    """A part of a BibTeX file cannot be read.

    ## Why
    BibTeX itself skips what it cannot read, and often what follows; other programs stop without a position.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other
    @misc{dee2018fourth, title = {Fourth}}
    ```

    ## Passes
    ```bib
    @misc{ada2020first-notes, title = {Notes}, author = {Ada, A.}, year = {2020}}
    ```
    ```md
    See the notes {cite:p}`ada2020first-notes` too.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("bibtex-syntax",))


@corpus_rule("BIB002", "duplicate-key")
def duplicate_key(corpus: Corpus) -> Iterator[Finding]:
    """Two entries have the same citation key.

    ## Why
    Which of the two a reader sees depends on the program, and some drop everything behind the second.

    ## Fails
    ```bib
    @misc{ada2020first, title = {Another first}, author = {Ada, B.}, year = {2020}}
    ```

    ## Passes
    ```bib
    @misc{ada2020another, title = {Another first}, author = {Ada, B.}, year = {2020}}
    ```
    ```md
    Another {cite:p}`ada2020another` sorts numbers.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("duplicate-key",))


@corpus_rule("BIB003", "duplicate-field")
def duplicate_field(corpus: Corpus) -> Iterator[Finding]:
    """An entry sets a field twice.

    ## Why
    One of the two values is lost.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, title = {Others}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("duplicate-field",))
