"""Proves that edits change what they mean to change and nothing else: the result is read again and compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from diptych.errors import DiptychError
from diptych.fix.edits import LAYOUT, Edit, apply_edits
from diptych.model.bibliography import Entry
from diptych.model.identifiers import bare_arxiv_id, bare_doi
from diptych.parse.bibliography import read_file
from diptych.span import Source, Span

_SAME: dict[str, Callable[[str], str]] = {
    "doi": bare_doi,
    "eprint": bare_arxiv_id,
    "pages": lambda text: re.sub(r"[\s‐‑‒–—−-]+", "-", text),
    "title": lambda text: text.replace("{", "").replace("}", ""),
}
"""What must be equal before and after, for the fields that edits may change; all others must not change at all."""
_ADDED = {"archiveprefix": "arXiv"}


def proved(source: Source, edits: Iterable[Edit]) -> str:
    """The text after the edits.

    Raises ``DiptychError`` when it would not hold the same data apart from what the edits are for.
    """
    edits = list(edits)
    text = apply_edits(source.text, edits)
    is_bibtex = all(edit.code.startswith("BIB") or edit.code == LAYOUT for edit in edits)
    lost = _lost_data(source, Source(source.path, text)) if is_bibtex else _other_than_case(source.text, text)
    if lost:
        raise DiptychError(f"{source.path}: not mended, since {lost}\n    hint: this is a fault of Diptych: report it")
    return text


def _other_than_case(before: str, after: str) -> str:
    return "" if before.lower() == after.lower() else "more than the case of letters would change"


def _lost_data(before: Source, after: Source) -> str:
    """What would be lost, or empty."""
    entries, problems = read_file(before)
    mended, remaining = read_file(after)
    if [(entry.type, entry.key) for entry in entries] != [(entry.type, entry.key) for entry in mended]:
        return "the entries would not be the same"
    for one, other in zip(entries, mended, strict=True):
        if not _is_same(one, other):
            return f'the entry "{one.key}" would change'
    if _between(before, entries) != _between(after, mended):
        return "a comment would change"
    if Counter(problem.kind for problem in remaining) - Counter(problem.kind for problem in problems):
        return "the file could not be read as before"
    return ""


def _is_same(one: Entry, other: Entry) -> bool:
    names = set(one.fields) | {name for name in _ADDED if name in other.fields and "eprint" in one.fields}
    if set(other.fields) != names:
        return False
    for name in names:
        before, after = one.get(name), other.get(name)
        if name not in one.fields:
            is_same = after == _ADDED[name]
        else:
            same = _SAME.get(name, str)
            is_same = before == after or same(before) == same(after)
        if not is_same:
            return False
    return True


def _between(source: Source, entries: Sequence[Entry]) -> list[str]:
    """What stands outside of the entries, without blank space at both ends."""
    spans: list[Span] = [entry.span for entry in entries]
    starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(source.text)]
    return [source.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
