"""What a check has to say: problems as readers of files note them, findings as rules name them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from diptych.span import Span


class Severity(Enum):
    """How much a finding weighs; both make a check fail, a warning is a matter of degree."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader noticed while reading. Readers know no rule codes: a rule names it."""

    kind: str
    """What sort of problem it is, as a short slug such as ``unknown-field``."""
    message: str
    """One sentence without a full stop: what is wrong."""
    span: Span
    """Where it stands."""
    hint: str = ""
    """How to mend it, or empty."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of one rule."""

    code: str
    """The rule's stable code, such as ``CIT001``."""
    slug: str
    """The rule's name, which states the offence."""
    severity: Severity
    message: str
    """One sentence without a full stop: what is wrong."""
    span: Span
    hint: str = ""
    """How to mend it, or empty."""

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Findings are listed by file, place, code and text, so that equal input gives equal output."""
        return (self.span.path, self.span.start, self.code, self.message)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean "x"?`` for the nearest of ``known``, or an empty string."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""
