"""BIB: the text of the bibliography, as far as it must be right for every program that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Severity
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule, findings_from

_AWKWARD = re.compile(r"[^\w:.+/*'-]")


@corpus_rule("BIB001", "unreadable-entry")
def unreadable_entry(corpus: Survey) -> Iterator[Finding]:
    """A part of a BibTeX file cannot be read.

    ## Why
    BibTeX itself skips what it cannot read, and often what follows; other programs stop without a position. Text
    between entries is skipped too, so a field or an `@` there is mostly an entry that got lost.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other
    @misc{dee2018fourth, title = {Fourth}}
    ```
    ```bib
    @misc{cy2019other, title = {Other} author = {Cy, C.}, year = {2019}}
    ```
    ```bib
    % Write to me@example.org
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
def duplicate_key(corpus: Survey) -> Iterator[Finding]:
    """Two entries have the same citation key, or keys that differ only by case.

    ## Why
    Which of the two a reader sees depends on the program, and some drop everything behind the second. Some compare
    keys letter by letter, others without regard to case.

    ## Fails
    ```bib
    @misc{ada2020first, title = {Another first}, author = {Ada, B.}, year = {2020}}
    ```
    ```bib
    @misc{Ada2020First, title = {Another first}, author = {Ada, B.}, year = {2020}}
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
def duplicate_field(corpus: Survey) -> Iterator[Finding]:
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


@corpus_rule("BIB004", "missing-citation-key")
def missing_citation_key(corpus: Survey) -> Iterator[Finding]:
    """An entry has no citation key.

    ## Why
    Nothing can cite it.

    ## Fails
    ```bib
    @misc{, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("missing-key",))


@corpus_rule("BIB005", "awkward-citation-key")
def awkward_citation_key(corpus: Survey) -> Iterator[Finding]:
    """A citation key holds a character that cannot be cited everywhere.

    ## Why
    A space, a comma or a character with a meaning in TeX or Markdown ends the key early where it is cited. Letters,
    digits and `- _ : . + /` are safe.

    ## Fails
    ```bib
    @misc{cy 2019 other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019#other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{DBLP:conf/letters/Cy-19_b.2, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`DBLP:conf/letters/Cy-19_b.2` sort numbers.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("odd-key",))
    for entry in corpus.bibliography.entries.values():
        awkward = _AWKWARD.search(entry.key)
        if awkward and not awkward[0].isspace():
            source = corpus.bibliography.sources[entry.key_span.path]
            at = entry.key_span.start + awkward.start()
            message = f'the citation key "{entry.key}" holds the character {awkward[0]}'
            hint = f'"{_AWKWARD.sub("-", entry.key)}" would be safe'
            yield Finding(source.span(at, at + 1), message, hint)


@corpus_rule("BIB006", "undefined-string")
def undefined_string(corpus: Survey) -> Iterator[Finding]:
    """A value is a bare word that no `@string` defines.

    ## Why
    A word without braces or quotes is a name for text. Where nothing defines it, BibTeX leaves the field empty.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}, note = letters}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```

    ## Passes
    ```bib
    @string{letters = "Journal of " # {Letters}}
    @article{cy2019other, title = {Other}, author = {Cy, C.}, journal = letters, month = may, year = 2019}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("undefined-string",))


@corpus_rule("BIB007", "commented-entry", Severity.WARNING)
def commented_entry(corpus: Survey) -> Iterator[Finding]:
    """An entry stands behind a `%` and is read all the same.

    ## Why
    In a BibTeX file `%` begins no comment: every `@` begins an entry, wherever it stands.

    ## Fails
    ```bib
    % @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    % Others
    @misc{cy2019other, title = {100\\% Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from findings_from(corpus.bibliography.problems, ("commented-entry",))
