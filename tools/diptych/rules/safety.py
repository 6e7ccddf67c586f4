"""SEC: what a document must not do to the machine that builds it, or to its readers."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.rules.registry import Case, Finding, document_rule


@document_rule("SEC001", "raw-html")
def raw_html(case: Case) -> Iterator[Finding]:
    """HTML stands in the text.

    ## Why
    It can run scripts in a reader's browser, and it is lost in the paper.

    ## Fails
    ```md
    Letters are <b>not</b> numbers.
    ```

    ## Passes
    ```md
    Letters are **not** numbers, and 1 < 2.
    ```
    """
    yield from case.problems("raw-html")


@document_rule("SEC002", "not-plain-data")
def not_plain_data(case: Case) -> Iterator[Finding]:
    """The front matter holds more than plain data: tags, anchors, aliases, or nesting without end.

    ## Why
    Tags can name code to run, and aliases can blow a few lines up to gigabytes.

    ## Fails
    ```yaml
    keywords: [&word letters, *word]
    ```
    ```yaml
    title: !!python/name:os.system
    ```

    ## Passes
    ```yaml
    keywords: [letters, sorting]
    ```
    """
    yield from case.problems("not-plain-data")
