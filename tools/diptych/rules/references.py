"""STR: references within the text: labels and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.model.document import Document, Label
from diptych.rules.registry import Case, Finding, document_rule
from diptych.span import Span

_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:[\s>*+\-\d.)]*\Z")
"""A footnote's label and what may stand between it and its text: the mark of a list or a quotation."""
_NUMBERED = ("figure", "table", "listing", "section")
"""What ``{numref}`` can name, by a number, and ``{ref}``, by a caption or heading."""


@document_rule("STR014", "unknown-label")
def unknown_label(case: Case) -> Iterator[Finding]:
    """A cross-reference names a label that nothing in the analysis has.

    Labels belong to their analysis, on the site as in the paper: those of other analyses cannot be referred to.

    ## Why
    The reader would find a question mark, or the bare name, where the number of a figure should stand.

    ## Fails
    ```md
    As {numref}`fig-steps` shows, both count steps.
    ```

    ## Passes
    ````md
    As {eq}`eq-steps` shows, both count steps.

    ```{math}
    :label: eq-steps

    a + b
    ```
    ````
    """
    own = {_same_label(label.name): label.name for label in case.document.labels}
    for reference in case.document.references:
        if _same_label(reference.label) not in own:
            hint = (
                did_you_mean(reference.label, own.values())
                or _elsewhere(reference.label, case)
                or f"give what you refer to the label {reference.label}"
            )
            place = _within(case.document, reference.span, reference.label)
            yield Finding(place, f'nothing here has the label "{reference.label}"', hint)


@document_rule("STR015", "repeated-label")
def repeated_label(case: Case) -> Iterator[Finding]:
    """Two things in one analysis have the same label.

    ## Why
    A cross-reference can only lead to one of them.

    ## Fails
    ````md
    ```{math}
    :label: eq-steps

    a + b
    ```

    ```{math}
    :label: eq-steps

    c + d
    ```
    ````

    ## Passes
    ````md
    ```{math}
    :label: eq-steps

    a + b
    ```

    ```{math}
    :label: eq-more-steps

    c + d
    ```
    ````
    """
    first: dict[str, Label] = {}
    for label in case.document.labels:
        before = first.setdefault(_same_label(label.name), label)
        if before is not label:
            message = f'the label "{label.name}" is taken: line {before.span.line} has it'
            yield Finding(label.span, message, "give one of the two another label")


@document_rule("STR019", "unfit-reference")
def unfit_reference(case: Case) -> Iterator[Finding]:
    """A cross-reference is of another kind than what it names.

    `{eq}` gives the number of an equation, `{numref}` that of a figure, table, listing or section, and `{ref}` the
    words of its caption or heading. What has no such words can be named by words of one's own.

    ## Why
    The reader would find a bare name or a question mark.

    ## Fails
    ````md
    As {numref}`eq-steps` shows, both count steps.

    ```{math}
    :label: eq-steps

    a + b
    ```
    ````

    ## Passes
    ````md
    As {eq}`eq-steps` shows, both count steps, and as {numref}`sec-order` shows and {ref}`this remark <order>` says.

    ```{math}
    :label: eq-steps

    a + b
    ```

    (sec-order)=
    ### Order

    (order)=
    Both sort letters.
    ````
    """
    kinds = {_same_label(label.name): label.kind for label in case.document.labels}
    for reference in case.document.references:
        kind = kinds.get(_same_label(reference.label))
        has_words = "<" in case.document.source.cut(reference.span)
        if kind is None or _fits(reference.role, kind, has_words=has_words):
            continue
        role = "eq" if kind == "equation" else "numref"
        hint = f"write {{{role}}}`{reference.label}`"
        if kind == "other":
            hint = f"write words for it: {{ref}}`the remark <{reference.label}>`"
        place = _within(case.document, reference.span, reference.label)
        what = {"other": "which has neither number nor title", "equation": "an equation"}.get(kind, f"a {kind}")
        yield Finding(place, f'{{{reference.role}}} cannot name "{reference.label}", {what}', hint)


@document_rule("STR017", "undefined-footnote")
def undefined_footnote(case: Case) -> Iterator[Finding]:
    """A footnote mark has no footnote.

    ## Why
    The mark would lead nowhere.

    ## Fails
    ```md
    Both sort letters.[^steps]
    ```

    ## Passes
    ```md
    Both sort letters.[^steps]

    [^steps]: In the second version.
    ```
    """
    defined = _notes(case.document)
    for label, place in _marks(case.document):
        if label not in defined:
            hint = did_you_mean(label, defined) or f"write the footnote in a paragraph of its own: [^{label}]: ..."
            yield Finding(place, f'there is no footnote "{label}"', hint)


@document_rule("STR018", "unused-footnote")
def unused_footnote(case: Case) -> Iterator[Finding]:
    """A footnote has no mark in the text.

    ## Why
    It would be shown nowhere, but its author believes that it is.

    ## Fails
    ```md
    Both sort letters.

    [^steps]: In the second version.
    ```

    ## Passes
    ```md
    Both sort letters.[^steps]

    [^steps]: In the second version.
    ```
    """
    used = {label for label, _ in _marks(case.document)}
    for label, place in _notes(case.document).items():
        if label not in used:
            yield Finding(place, f'nothing refers to the footnote "{label}"', f"write [^{label}] where it belongs")


def _fits(role: str, kind: str, *, has_words: bool) -> bool:
    """Whether a reference by ``role``, with words of its own or without, can name a label of ``kind``."""
    if role == "eq":
        return kind == "equation"
    return kind in _NUMBERED or (role == "ref" and kind == "other" and has_words)


def _same_label(name: str) -> str:
    """What two spellings of one label have in common: Sphinx looks labels up without case."""
    return " ".join(name.casefold().split())


def _elsewhere(name: str, case: Case) -> str:
    path = case.corpus.labelled(name)
    return f"{path} has it, but an analysis can refer to its own labels only" if path else ""


def _marks(document: Document) -> Iterator[tuple[str, Span]]:
    """The label of each footnote mark and its place."""
    for block in document.blocks:
        for run in block.runs:
            if run.kind == "note":
                yield document.source.cut(run.span)[2:-1], run.span


def _notes(document: Document) -> dict[str, Span]:
    """Where each footnote is labelled, as in ``[^label]: text``."""
    notes: dict[str, Span] = {}
    before = 0
    for block in document.blocks:
        start = block.span.start
        if block.kind == "footnote" and (match := _NOTE.search(document.source.text[before:start])):
            notes.setdefault(match[1], document.source.span(before + match.start(), before + match.end(1) + 1))
        before = block.span.end
    return notes


def _within(document: Document, span: Span, text: str) -> Span:
    """The last ``text`` within ``span``, or all of ``span``."""
    at = document.source.text.rfind(text, span.start, span.end)
    return document.source.span(at, at + len(text)) if at >= 0 else span
