"""MKP: characters that nobody can see."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from diptych.model.document import Document, Run
from diptych.model.words import BLANK, INVISIBLE
from diptych.rules.registry import Case, Finding, document_rule
from diptych.span import Span

_HIDDEN = re.compile(f"[{INVISIBLE}{BLANK}]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,32});")
_JOINERS = frozenset("\u200c\u200d\u200e\u200f")
"""Marks that some scripts cannot do without, and that join the parts of an emoji."""
_FIRST_SCRIPT = "\u0590"
"""The scripts that need them begin here."""


@document_rule("MKP017", "invisible-character")
def invisible_character(case: Case) -> Iterator[Finding]:
    r"""A character that cannot be seen stands in the text, such as a zero-width space or a soft hyphen.

    Joiners and marks of direction may follow a letter of a script that needs them, and an emoji.

    ## Why
    It glues words together or tears them apart for every program that reads them: search, screen readers, and the
    count of words, for which it is not there. It mostly comes along when text is pasted from a web page or a PDF.

    ## Fails
    ```md
    Both sort let&shy;ters.
    ```
    ```md
    Both sort let&#8203;ters.
    ```

    ## Passes
    ```md
    Both sort&nbsp;letters, `&shy;` among them.
    ```
    """
    text = case.document.source.text
    for hidden in _HIDDEN.finditer(text):
        if not _is_needed(hidden[0], text[max(0, hidden.start() - 1) : hidden.start()]):
            yield _finding(hidden[0], case.document.source.span(*hidden.span()))
    for block in case.document.blocks:
        for run in block.runs:
            if not run.text.isascii() and run.kind not in ("code", "math") and _HIDDEN.search(run.text):
                yield from _entities(case.document, run)


def _finding(hidden: str, span: Span) -> Finding:
    count = f"{len(hidden)} invisible characters stand" if len(hidden) > 1 else "an invisible character stands"
    name = unicodedata.name(hidden[0], "a control character").lower()
    return Finding(span, f"{count} here: U+{ord(hidden[0]):04X}, {name}", "remove it, or type a space")


def _is_needed(hidden: str, before: str) -> bool:
    return hidden in _JOINERS and before >= _FIRST_SCRIPT and unicodedata.category(before)[0] in "LMS"


def _entities(document: Document, run: Run) -> Iterator[Finding]:
    """Where ``run`` holds an invisible character that is not typed but written as an entity, as in ``&shy;``."""
    is_found = False
    for entity in _ENTITY.finditer(document.source.text, run.span.start, run.span.end):
        if _HIDDEN.fullmatch(shown := html.unescape(entity[0])):
            is_found = True
            yield _finding(shown, document.source.span(*entity.span()))
    if not is_found and not _HIDDEN.search(document.source.cut(run.span)):
        yield _finding(_HIDDEN.search(run.text)[0], run.span)  # by an escape of YAML, in the abstract
