"""MKP: markup that no reader knows."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.rules.registry import Case, Finding, document_rule


@document_rule("MKP001", "unknown-directive")
def unknown_directive(case: Case) -> Iterator[Finding]:
    """A directive is not one that an analysis may use.

    ## Why
    What stands in it would be neither shown nor counted. The author guide lists the directives.

    ## Fails
    ````md
    ```{notte}
    Letters are not numbers.
    ```
    ````

    ## Passes
    ````md
    ```{note}
    Letters are not numbers.
    ```
    ````
    """
    yield from case.problems("unknown-directive", "too-deep")


@document_rule("MKP002", "unknown-role")
def unknown_role(case: Case) -> Iterator[Finding]:
    """A role is not one that an analysis may use.

    ## Why
    It would be shown as raw text. The author guide lists the roles.

    ## Fails
    ```md
    Others {citep}`ada2020first` sort numbers.
    ```

    ## Passes
    ```md
    Others {cite:p}`ada2020first` sort letters.
    ```
    """
    yield from case.problems("unknown-role")


@document_rule("MKP003", "wrong-option")
def wrong_option(case: Case) -> Iterator[Finding]:
    """A directive has an option that it does not take, or a value that the option cannot have.

    ## Why
    It would have no effect, or the directive would be left out.

    ## Fails
    ````md
    ```{note}
    :colour: red

    Letters are not numbers.
    ```
    ````
    ````md
    ```{figure} steps.svg
    :width: half
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    ```{note}
    :class: remark

    Letters are not numbers.
    ```
    ````
    """
    yield from case.problems("unknown-option", "malformed-option", "malformed-options", "unknown-body")


@document_rule("MKP004", "no-part-of-a-paper")
def no_part_of_a_paper(case: Case) -> Iterator[Finding]:
    """A horizontal rule or a block break stands in the text.

    ## Why
    A paper has neither; headings and paragraphs divide it.

    ## Fails
    ```md
    First.

    ---

    Second.
    ```

    ## Passes
    ```md
    First.

    Second.
    ```
    """
    yield from case.problems("thematic-break", "block-break")


@document_rule("MKP009", "unclosed-block")
def unclosed_block(case: Case) -> Iterator[Finding]:
    """A fence opens a block that nothing closes.

    ## Why
    All that follows, up to the end of the text or of the block around it, becomes part of the block. A line of
    `:::` that closes nothing opens a block of its own.

    ## Fails
    ```md body
    ## Opening

    :::{note}
    Letters are not numbers.
    ```

    ## Passes
    ````md
    ::::{note}
    Letters are not numbers.

    :::{tip}
    Nor are digits.
    :::
    ::::
    ````
    """
    yield from case.problems("open-fence")


@document_rule("MKP016", "malformed-table")
def malformed_table(case: Case) -> Iterator[Finding]:
    """A table directive holds no table, or rows of different lengths.

    ## Why
    It would be left out of the page and the paper.

    ## Fails
    ````md
    ```{list-table} Steps by way of sorting.
    :name: tab-steps
    :header-rows: 1

    * - Way
      - Steps
    * - Second
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
    yield from case.problems("malformed-table")


@document_rule("MKP018", "dropped-cells")
def dropped_cells(case: Case) -> Iterator[Finding]:
    r"""A row of a table has more cells than the table has columns.

    The head of a table of pipes says how many columns it has. A pipe within a cell, such as one in a formula, divides
    the cell too, unless it is written `\|`.

    ## Why
    Markdown leaves out what is beyond the last column, and says nothing.

    ## Fails
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps         |
    | ------ | ------------- |
    | Second | few | by hand |
    ```
    ````
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps      |
    | ------ | ---------- |
    | Second | $p(a|b)$   |
    ```
    ````

    ## Passes
    ````md
    {numref}`tab-steps` lists them.

    ```{table} Steps by way of sorting.
    :name: tab-steps

    | Way    | Steps      | How     |
    | ------ | ---------- | ------- |
    | Second | $p(a\|b)$ | by hand |
    ```
    ````
    """
    yield from case.problems("dropped-cells")
