"""FIG: figures and tables, for all readers."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.rules.registry import Case, Finding, document_rule


@document_rule("FIG001", "missing-alt-text")
def missing_alt_text(case: Case) -> Iterator[Finding]:
    """A figure has no text that stands in for it.

    ## Why
    Who cannot see the figure reads, or hears, its alt text.

    ## Fails
    ````md
    ```{figure} steps.svg
    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    for figure in case.document.figures:
        if not figure.alt.strip():
            hint = "describe what it shows in :alt:, for somebody who cannot see it"
            yield Finding(figure.span, f'"{figure.file}" has no alt text', hint)
