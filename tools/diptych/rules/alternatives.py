"""FIG: the texts that stand in for figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from diptych.diagnostics import Severity
from diptych.model.document import Figure
from diptych.rules.figures import option_place
from diptych.rules.registry import Case, Finding, document_rule

_EMPTY_TEXT = re.compile(
    r"(an? |the |my |our )?(figure|fig|image|img|picture|photo|photograph|graph|chart|plot|diagram|illustration|"
    r"screenshot|drawing|sketch|graphic|overview|logo|icon|alt text|alt|placeholder)s?"
    r"( \w)?( \d+\w?)?( of| showing| for)?(( the| this| an?)? (paper|model|method|results?))?"
)
_MARKUP = re.compile(r"\{[\w:.-]+\}|[^\w\s]|_")


@document_rule("FIG001", "missing-alt-text")
def missing_alt_text(case: Case) -> Iterator[Finding]:
    """A figure has no text that stands in for it.

    ## Why
    Who cannot see the figure reads, or hears, its alt text.

    ## Fails
    ````md
    ```{figure} steps.svg
    :name: steps

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    for figure in case.document.figures:
        if not figure.alt.strip():
            hint = "describe what it shows in :alt:, for somebody who cannot see it"
            yield Finding(figure.span, f'"{figure.file}" has no alt text', hint)


@document_rule("FIG002", "empty-alt-text")
def empty_alt_text(case: Case) -> Iterator[Finding]:
    """An alt text says nothing: it is the file's name, the caption again, or only says that there is a picture.

    ## Why
    Software already says that a figure is there and reads its caption. The alt text says what can be seen.

    ## Fails
    ````md
    ```{figure} steps.svg
    :alt: Image of

    Steps by length of input.
    ```
    ````
    ````md
    ```{figure} steps.svg
    :alt: Steps by length of input

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Image of a staircase with one step for each letter of the input.

    Steps by length of input.
    ```
    ````
    """
    for figure in case.document.figures:
        if what := _emptiness(figure):
            hint = "say what somebody who sees the figure learns from it"
            yield Finding(option_place(figure, "alt"), f'the alt text "{figure.alt.strip()}" {what}', hint)


def _emptiness(figure: Figure) -> str:
    """Why an alt text says nothing, or empty; a missing one is another matter."""
    said = _plain(figure.alt)
    path = PurePosixPath(figure.file)
    if said and said in (_plain(path.name), _plain(path.stem)):
        return "is the name of the file"
    if said and said == _plain(figure.caption):
        return "repeats the caption"
    return "does not say what can be seen" if _EMPTY_TEXT.fullmatch(said) else ""


@document_rule("FIG003", "alt-text-length", Severity.WARNING)
def alt_text_length(case: Case) -> Iterator[Finding]:
    """An alt text is too short to describe a figure, or too long to listen to.

    ## Why
    Software reads an alt text in one go. What needs more room belongs into the text or a table.

    ## Fails
    ````md
    ```{figure} steps.svg
    :alt: Two curves.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Two rising curves; the second stays below.

    Steps by length of input.
    ```
    ````
    """
    limits = case.corpus.thresholds
    for figure in case.document.figures:
        length = len(" ".join(figure.alt.split()))
        if 0 < length < limits.alt_least_characters and not _emptiness(figure):
            message = f"the alt text has {length} characters, fewer than {limits.alt_least_characters}"
            yield Finding(option_place(figure, "alt"), message, "say what can be seen: the parts, and how they relate")
        elif length > limits.alt_most_characters:
            message = f"the alt text has {length} characters, more than {limits.alt_most_characters}"
            yield Finding(option_place(figure, "alt"), message, "keep to what matters, and move the rest into the text")


def _plain(text: str) -> str:
    """Words alone, in lower case."""
    return " ".join(_MARKUP.sub(" ", text).casefold().split())
