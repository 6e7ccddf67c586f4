"""FIG: tables and links, for all readers and on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Severity
from diptych.model.document import Table
from diptych.rules.figures import referenced
from diptych.rules.registry import Case, Finding, document_rule

VAGUE = frozenset(
    {
        "here", "click here", "this", "that", "it", "this link", "this page", "this paper", "this site", "this website",
        "link", "links", "the link", "more", "read more", "see more", "learn more", "more information", "details",
        "see here", "source", "website", "page", "web", "url", "paper", "pdf", "article", "homepage", "see", "there",
        "click", "click this", "this one", "continue", "go", "visit",
    }
)  # fmt: skip
"""Texts of links that do not say where the link goes, in lower case."""

_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


@document_rule("FIG011", "missing-table-header")
def missing_table_header(case: Case) -> Iterator[Finding]:
    """A table has no row of headers.

    ## Why
    Who listens to a table hears each cell together with the header of its column.

    ## Fails
    ````md
    ```{list-table} Steps by way of sorting.
    :name: tab-steps

    * - First
      - many
    * - Second
      - few
    ```
    ````

    ## Passes
    ````md
    {numref}`tab-steps` lists them.

    ```{list-table} Steps by way of sorting.
    :name: tab-steps
    :header-rows: 1

    * - Way
      - Steps
    * - Second
      - few
    ```
    ````
    """
    for table in case.document.tables:
        if not table.has_header:
            hint = "set :header-rows: 1 in a list-table, or fill the row above the dashes"
            yield Finding(table.span, "the table has no row of headers", hint)


@document_rule("FIG012", "missing-table-caption")
def missing_table_caption(case: Case) -> Iterator[Finding]:
    """A table has no caption.

    ## Why
    The caption says what is listed and where it comes from; without it the table has no number either.

    ## Fails
    ```md
    | Way    | Steps |
    | ------ | ----- |
    | Second | few   |
    ```

    ## Passes
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps |
    | ------ | ----- |
    | Second | few   |
    ```
    ````
    """
    for table in case.document.tables:
        if not table.has_caption:
            hint = "put it into ```{table} Caption, with a :name:, and close it with ```"
            yield Finding(table.span, "the table has no caption", hint)


@document_rule("FIG013", "unreferenced-table", Severity.WARNING)
def unreferenced_table(case: Case) -> Iterator[Finding]:
    """The text never refers to a table.

    ## Why
    In the paper a table moves to where there is room. Only its number ties it to the sentence that needs it.

    ## Fails
    ````md
    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps |
    | ------ | ----- |
    | Second | few   |
    ```
    ````

    ## Passes
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps |
    | ------ | ----- |
    | Second | few   |
    ```
    ````
    """
    wanted = referenced(case)
    for table in case.document.tables:
        if not table.has_caption:
            continue  # it has no number, which is a finding of its own
        if not table.name:
            hint = "add :name: tab-topic, and {numref}`tab-topic` in the text"
            yield Finding(table.span, "the text cannot refer to the table: it has no name", hint)
        elif table.name.casefold() not in wanted:
            hint = f"write {{numref}}`{table.name}` where the text speaks of it"
            yield Finding(table.span, f'the text never refers to the table "{table.name}"', hint)


@document_rule("FIG014", "wide-table", Severity.WARNING)
def wide_table(case: Case) -> Iterator[Finding]:
    """A table has more columns, or longer words, than fit on a page side by side.

    ## Why
    Cells break between words only. What does not fit stands in the margin, or is cut off.

    ## Fails
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by length of input.
    :name: tab-steps

    | a | b | c | d | e | f | g | h | i | j |
    | - | - | - | - | - | - | - | - | - | - |
    | k | l | m | n | o | p | q | r | s | t |
    ```
    ````

    ## Passes
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps |
    | ------ | ----- |
    | Second | few   |
    ```
    ````
    """
    limits = case.corpus.thresholds
    for table in case.document.tables:
        if len(table.columns) > limits.table_columns:
            message = f"the table has {len(table.columns)} columns, more than {limits.table_columns}"
            yield Finding(
                table.span, message, "swap rows and columns, split it, or leave out what the text does not use"
            )
        elif (wide := _characters(table)) > limits.table_characters:
            message = f"the longest words of all columns take {wide} characters side by side,"
            message += f" more than {limits.table_characters}"
            yield Finding(table.span, message, "shorten the longest entries, or split the table")


def _characters(table: Table) -> int:
    """The least width of the table in characters, with two between columns."""
    return sum(table.columns) + 2 * max(0, len(table.columns) - 1)


@document_rule("FIG015", "vague-link-text")
def vague_link_text(case: Case) -> Iterator[Finding]:
    """The text of a link does not say where the link goes.

    ## Why
    Software lists the links of a page by their texts alone, and in print nothing else is left.

    ## Fails
    ```md
    The code can be found [here](https://example.org/code).
    ```
    ```md
    Look at [www.example.org](https://example.org/code).
    ```

    ## Passes
    ```md
    There is [code for both ways of sorting](https://example.org/code).
    ```
    """
    for link in case.document.links:
        written = case.document.source.text[link.span.start : link.span.start + 1]
        text = " ".join(link.text.split()).strip(" .,:;!?").casefold()
        if written == "<":
            continue  # an address that does not hide behind a text
        if not text:
            yield Finding(
                link.span, f'the link to "{link.target}" has no text', "say between the brackets where it goes"
            )
        elif text in VAGUE:
            hint = "name what it leads to, as in [the code of the second paper](...)"
            yield Finding(link.span, f'"{link.text.strip()}" does not say where the link goes', hint)
        elif _ADDRESS.fullmatch(text) and text not in _spellings(link.target):
            yield Finding(link.span, "the text of the link is another address than its own", "name what it leads to")


def _spellings(target: str) -> tuple[str, str]:
    """An address that stands for itself: whether it belongs there is for the rules about citations to say."""
    return (target.casefold(), target.casefold().partition("://")[2])
