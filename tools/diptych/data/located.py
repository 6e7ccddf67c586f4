"""Plain data that remembers where each value and each key stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from diptych.span import Span

Scalar = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a data file: a scalar, a list of ``Located``, or a mapping from keys to ``Located``."""

    value: Scalar | list[Located] | dict[str, Located]
    span: Span
    """The value's own text."""
    key_spans: dict[str, Span] = field(default_factory=dict)
    """For a mapping: where each key stands."""

    def plain(self) -> object:
        """The same data without places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def places(self, path: str = "") -> dict[str, Span]:
        """Every value's span by its path, such as ``authors[0].name``; the whole under an empty path."""
        found = {path: self.span}
        if isinstance(self.value, dict):
            for key, item in self.value.items():
                found |= item.places(f"{path}.{key}" if path else key)
        elif isinstance(self.value, list):
            for index, item in enumerate(self.value):
                found |= item.places(f"{path}[{index}]")
        return found
