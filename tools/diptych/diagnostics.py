"""What a check has to say: problems as readers of files note them, findings as rules name them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from diptych.span import Span

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
"""Line endings, control characters, and marks that turn the direction of all that follows."""
_LONGEST_NAME = 100
"""Longer words are no misspelt names, and the time of a comparison grows with the square of their length."""
_MANY_NAMES = 500
"""Among more names, only those that begin or end like the word are compared."""


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

    def __post_init__(self) -> None:
        _keep_on_one_line(self)


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

    def __post_init__(self) -> None:
        _keep_on_one_line(self)

    @property
    def sort_key(self) -> tuple[str, int, str, str, int, str]:
        """Findings are listed by file, place, code and text, so that equal input gives equal output."""
        return (self.span.path, self.span.start, self.code, self.message, self.span.end, self.hint)


def _keep_on_one_line(said: Problem | Diagnostic) -> None:
    """What a message quotes may hold line endings and control characters; what is shown may not."""
    for name in ("message", "hint"):
        text = getattr(said, name)
        if not text.isprintable():
            object.__setattr__(said, name, _UNPRINTABLE.sub(" ", text))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean "x"?`` for the nearest of ``known``, or an empty string."""
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that ``word`` is most like, whatever the case of its letters, or an empty string."""
    if len(word) > _LONGEST_NAME:
        return ""
    spellings: dict[str, str] = {}
    for name in known:
        spellings.setdefault(name.casefold(), name)
    wanted = word.casefold()
    if len(spellings) > _MANY_NAMES:
        spellings = {at: name for at, name in spellings.items() if at[:3] == wanted[:3] or at[-3:] == wanted[-3:]}
    near = difflib.get_close_matches(wanted, spellings, n=1, cutoff=0.6)
    return spellings[near[0]] if near else ""
