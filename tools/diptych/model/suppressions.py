"""Suppressions: comments in which an author allows what a rule objects to."""

from __future__ import annotations

from dataclasses import dataclass

from diptych.span import Span


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code in a comment such as ``% diptych: allow CIT006 -- the number is our own``."""

    code: str
    """As written; empty where the comment names none."""
    reason: str
    """What stands after the dashes, or empty."""
    span: Span
    """The code, or the comment where it names none."""
    covers: Span
    """What it is about: the next block, entry or field."""
