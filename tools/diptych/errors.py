"""Errors that end a command: each carries what a user needs, so none shows a traceback."""

from __future__ import annotations

from collections.abc import Sequence

from diptych.diagnostics import Problem


class DiptychError(Exception):
    """The command could not do its job. The text says what, why and how to go on."""


class DataError(DiptychError):
    """A settings or assignment file is wrong. Holds every problem of the file, not the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(describe(problem) for problem in self.problems))


def describe(problem: Problem) -> str:
    """``path:line:column: message`` and the hint on a line of its own."""
    hint = f"\n    hint: {problem.hint}" if problem.hint else ""
    return f"{problem.span}: {problem.message}{hint}"
