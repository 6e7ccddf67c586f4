"""The bibliography: entries with the place of every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from diptych.diagnostics import Problem
from diptych.span import Source, Span


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry."""

    name: str
    """In lower case."""
    value: str
    """Without its outer braces or quotes, with ``@string`` names replaced; TeX mark-up as written."""
    name_span: Span
    value_span: Span
    """The value as written, braces or quotes included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a BibTeX file."""

    key: str
    type: str
    """In lower case, without the ``@``."""
    fields: Mapping[str, Field]
    """By name, in the order of the file."""
    key_span: Span
    span: Span

    def get(self, name: str) -> str:
        """The value of the field ``name``, or empty."""
        found = self.fields.get(name)
        return found.value if found else ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All BibTeX files of a project, read as one."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    """By path."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By key. Where a key occurs twice, the first entry stands here."""
    problems: tuple[Problem, ...] = ()
