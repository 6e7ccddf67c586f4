"""The bibliography: entries with the place of every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from diptych.diagnostics import Problem
from diptych.model.suppressions import Suppression
from diptych.span import Source, Span


class Field(NamedTuple):
    """One field of an entry."""

    # a named tuple, as Span is and for the same reason: a bibliography has tens of thousands
    name: str
    """In lower case."""
    value: str
    """Without its outer braces or quotes, with ``@string`` names replaced; TeX mark-up as written."""
    name_span: Span
    value_span: Span
    """The value as written, braces or quotes included."""
    delimiter: str | None = None
    """``{`` or ``"``; empty for a bare number or a word that means itself; ``None`` where the value is put
    together from several pieces or is the name of an ``@string``, so that its text stands elsewhere."""

    @property
    def text_span(self) -> Span | None:
        """What stands between the delimiters; ``None`` where the text stands elsewhere."""
        span = self.value_span
        if not self.delimiter:
            return None if self.delimiter is None else span
        return Span(span.path, span.start + 1, span.end - 1, span.line, span.column + 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a BibTeX file."""

    key: str
    type: str
    """In lower case, without the ``@``."""
    fields: Mapping[str, Field]
    """By name, in the order of the file."""
    key_span: Span
    type_span: Span
    span: Span
    """From its ``@`` to its closing brace."""
    is_whole: bool = True
    """Whether all of it could be read. What a broken entry seems to lack may just not have been understood."""

    def get(self, name: str) -> str:
        """The value of the field ``name``, or empty."""
        found = self.fields.get(name)
        return found.value if found else ""


class Wording(NamedTuple):
    """The text of a value with the place of every character."""

    text: str
    """Between the delimiters, line breaks and all; the resolved value where it is not written out in one piece."""
    source: Source
    start: int | None
    """Offset of the text in the source, or ``None`` where it is not written out there."""
    whole: Span
    """The value as written."""

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands; the whole value where it is not written out."""
        return self.whole if self.start is None else self.source.span(self.start + start, self.start + end)

    @property
    def body(self) -> tuple[int, int]:
        """Where the text without the white space around it begins and ends, within the text."""
        stripped = self.text.strip()
        start = self.text.find(stripped)
        return start, start + len(stripped)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All BibTeX files of a project, read as one."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    """By path."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By key. Where a key occurs twice, the first entry stands here."""
    problems: tuple[Problem, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    """Comments that allow what a rule objects to."""

    def whole_entries(self) -> Iterator[Entry]:
        """The entries of which everything could be read."""
        return (entry for entry in self.entries.values() if entry.is_whole)

    def wording(self, item: Field) -> Wording:
        """The text of a field with its places."""
        span = item.value_span
        source = self.sources[span.path]
        if item.delimiter is None:
            return Wording(item.value, source, None, span)
        margin = len(item.delimiter)
        start, end = span.start + margin, span.end - margin
        return Wording(source.text[start:end], source, start, span)

    def filled(self, *names: str) -> Iterator[tuple[Entry, Field]]:
        """Every filled field with one of ``names``, all fields if none is given, of the whole entries."""
        for entry in self.whole_entries():
            fields = entry.fields
            for name in names or fields:
                if name in fields and (item := fields[name]).value:
                    yield entry, item

    def wordings(self, *names: str) -> Iterator[tuple[Entry, Field, Wording]]:
        """The same with the text of each field and its places."""
        for entry, item in self.filled(*names):
            yield entry, item, self.wording(item)
