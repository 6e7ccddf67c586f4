"""How a BibTeX file is laid out: a field a line in the canonical order, a blank line between entries.

The text of values is never touched, nor is anything that stands between entries, except for blank lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diptych.fix.edits import LAYOUT, Edit
from diptych.model.bibliography import Entry
from diptych.model.bibtex import FIELD_ORDER
from diptych.parse.bibliography import read_file
from diptych.span import Source, Span


def lay_out(text: str) -> str:
    """One entry as it is to stand in a file; an entry that would not read as the same one stays as it is."""
    before = _lone_entry(text)
    if before is None:
        return text
    rank = {name: number for number, name in enumerate(FIELD_ORDER)}
    fields = sorted(before.fields.values(), key=lambda field: rank.get(field.name, len(rank)))
    lines = [f"@{before.type}{{{before.key},"]
    lines += [f"  {field.name} = {text[field.value_span.start : field.value_span.end]}," for field in fields]
    result = "\n".join([*lines, "}"])
    after = _lone_entry(result)
    is_same = after is not None and (after.type, after.key) == (before.type, before.key)
    return result if is_same and _values(after) == _values(before) else text


def _lone_entry(text: str) -> Entry | None:
    """The entry that is all of ``text``, if all of it can be read."""
    entries, _ = read_file(Source("", text))
    is_alone = len(entries) == 1 and entries[0].is_whole and entries[0].span.end - entries[0].span.start == len(text)
    return entries[0] if is_alone else None


def _values(entry: Entry) -> dict[str, str]:
    return {name: field.value for name, field in entry.fields.items()}


def between_entries(source: Source, entries: Sequence[Span]) -> Iterator[Edit]:
    """Edits that leave one blank line between entries, none at the beginning and one line ending at the end."""
    starts = [0, *(span.end for span in entries)]
    ends = [*(span.start for span in entries), len(source.text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        gap = source.text[start:end]
        tidy = _tidy_gap(gap, is_first=number == 0, is_last=number == len(entries))
        if tidy != gap:
            yield Edit(source.span(start, end), tidy, LAYOUT)


def _tidy_gap(gap: str, *, is_first: bool, is_last: bool) -> str:
    body = gap.strip()
    if not body:
        return "" if is_first else "\n" if is_last else "\n\n"
    at = gap.find(body)
    head, tail = gap[:at], gap[at + len(body) :]
    if is_first:
        head = ""
    elif "\n" in head:
        head = "\n\n"
    if is_last:
        tail = "\n"
    elif "\n" in tail:
        tail = "\n\n" if tail.count("\n") > 1 else "\n"
    return head + body + tail
