"""Edits as a unified diff, in time linear in the file: only the lines that an edit touches are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from diptych.fix.edits import Edit, apply_edits
from diptych.span import Source

_CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    """Index of the first old line."""
    end: int
    new: tuple[str, ...]
    """The lines in its place, endings included."""


def unified_diff(source: Source, edits: Sequence[Edit]) -> str:
    """What ``diff -u`` would say about the file before and after, with the prefixes of git."""
    lines = _lines(source.text)
    changes = [change for cluster in _clusters(source, edits) for change in _changes(source, lines, cluster)]
    if not changes:
        return ""
    pieces = [f"--- a/{source.path}\n", f"+++ b/{source.path}\n"]
    shift = 0
    for hunk in _hunks(changes):
        text, shift = _hunk(lines, hunk, shift)
        pieces.append(text)
    return "".join(pieces)


def _lines(text: str) -> list[str]:
    """The lines with their endings; only ``\\n`` ends one, as everywhere in Diptych."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _clusters(source: Source, edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Edits that touch the same lines, with the indices of the first line and of the one behind the last."""
    first = last = -1
    together: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        start, end = edit.span.line - 1, source.span(edit.span.end, edit.span.end).line
        if together and start >= last:
            yield first, last, together
            together = []
        if not together:
            first, last = start, end
        last = max(last, end)
        together.append(edit)
    if together:
        yield first, last, together


def _changes(source: Source, lines: list[str], cluster: tuple[int, int, list[Edit]]) -> Iterator[_Change]:
    first, last, edits = cluster
    old = lines[first:last]
    new = _lines(apply_edits("".join(old), edits, source.line_starts[first]))
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(first + start, first + end, tuple(new[new_start:new_end]))


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes whose context meets are shown together."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _hunk(lines: list[str], hunk: list[_Change], shift: int) -> tuple[str, int]:
    """The text of one hunk, and by how many lines the new file is ahead behind it."""
    start = max(hunk[0].start - _CONTEXT, 0)
    end = min(hunk[-1].end + _CONTEXT, len(lines))
    body, at, grown = [], start, 0
    for change in hunk:
        body += [_line(" ", line) for line in lines[at : change.start]]
        body += [_line("-", line) for line in lines[change.start : change.end]]
        body += [_line("+", line) for line in change.new]
        grown += len(change.new) - (change.end - change.start)
        at = change.end
    body += [_line(" ", line) for line in lines[at:end]]
    old, new = _range(start, end - start), _range(start + shift, end - start + grown)
    return f"@@ -{old} +{new} @@\n" + "".join(body), shift + grown


def _line(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n{_NO_NEWLINE}"


def _range(start: int, length: int) -> str:
    """Lines count from 1; an empty range names the line before it."""
    return f"{start + 1 if length else start},{length}"
