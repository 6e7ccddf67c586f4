"""Edits as data, and what they make of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diptych.span import Span

LAYOUT = "LAYOUT"
"""The code of edits that no rule asks for: order and layout of the fields in a BibTeX file."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in one file."""

    span: Span
    """What is replaced; a bare position to insert."""
    replacement: str
    """With ``\\n`` for every line ending; the file's own endings are kept when it is written."""
    code: str
    """The rule whose finding it mends, or ``LAYOUT``."""
    also: tuple[str, ...] = ()
    """Codes of further findings that it mends."""


def apply_edits(text: str, edits: Iterable[Edit], offset: int = 0) -> str:
    """``text`` with all edits made; it begins at ``offset`` of its file.

    Raises ``ValueError`` when two edits overlap.
    """
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        start, end = edit.span.start - offset, edit.span.end - offset
        if start < at:
            raise ValueError(f"two edits overlap at {edit.span}")
        pieces += [text[at:start], edit.replacement]
        at = end
    return "".join([*pieces, text[at:]])
