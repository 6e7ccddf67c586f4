"""STR: references within the text: labels and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.model.corpus import Corpus
from diptych.model.document import Document, Label
from diptych.rules.registry import Case, Finding, document_rule
from diptych.span import Span

_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:[\s>*+\-\d.)]*\Z")
"""A footnote's label and what may stand between it and its text: the mark of a list or a quotation."""
_NEAR = 5_000
"""A label's name stands within so many characters from the beginning of what it labels; else nobody looks on."""


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
                or _elsewhere(reference.label, case.corpus)
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
            line = _label_place(case.document, before).line
            message = f'the label "{label.name}" is taken: line {line} has it'
            yield Finding(_label_place(case.document, label), message, "give one of the two another label")


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


def _same_label(name: str) -> str:
    """What two spellings of one label have in common: Sphinx looks labels up without case."""
    return " ".join(name.casefold().split())


def _elsewhere(name: str, corpus: Corpus) -> str:
    for document in corpus.documents:
        if any(label.name == name for label in document.labels):
            return f"{document.source.path} has it, but an analysis can refer to its own labels only"
    return ""


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


def _label_place(document: Document, label: Label) -> Span:
    """The name of the label itself, where it can be told."""
    name = re.escape(label.name)
    written = re.compile(rf"(?:^[ \t>]*:(?:name|label):[ \t]*|\()({name})(?=[ \t]*$|\))", re.MULTILINE)
    match = written.search(document.source.text, label.span.start, label.span.start + _NEAR)
    return document.source.span(*match.span(1)) if match else label.span


def _within(document: Document, span: Span, text: str) -> Span:
    """The last ``text`` within ``span``, or all of ``span``."""
    at = document.source.text.rfind(text, span.start, span.end)
    return document.source.span(at, at + len(text)) if at >= 0 else span
