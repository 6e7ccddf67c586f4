"""What is known of a file that a document shows."""

from __future__ import annotations

from dataclasses import dataclass

from diptych.diagnostics import Problem
from diptych.span import Source


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file in an analysis's folder, as somebody looked at it."""

    path: str
    """Relative to the project's root, with forward slashes."""
    state: str
    """``present``, ``missing``, ``no-file`` (such as a folder), ``outside`` (a symbolic link leads out of the
    folder), ``too-large`` to be looked into, or ``unreadable``."""
    kind: str = ""
    """What it holds: ``svg``, ``png``, ``jpeg``, ``pdf``, or empty for anything else."""
    size: int = 0
    """In bytes."""
    width: float | None = None
    """In pixels, where the file says so."""
    height: float | None = None
    smallest_text: float | None = None
    """The smallest font size of the text in an SVG, in its pixels; ``None`` where it has none that can be told."""
    similar: str = ""
    """For a missing file, the name of one that is there and differs little."""
    beside: tuple[str, ...] = ()
    """Other types of the same picture in the same folder, such as ``.svg``."""
    problems: tuple[Problem, ...] = ()
    """What an SVG holds that a picture must not."""
    source: Source | None = None
    """The text of an SVG with problems."""
