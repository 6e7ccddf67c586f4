"""Which rules a check runs: the choice that the command line and the settings make by code or prefix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diptych.diagnostics import Problem, did_you_mean
from diptych.errors import DataError, DiptychError
from diptych.rules.registry import Rule
from diptych.settings import Project

FINISHED = "PDF"
"""What the codes of the rules for finished papers begin with: they are listed beside those that can be chosen."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Prefixes of codes. Of two that fit a rule the longer one decides; of equal ones the one that leaves it out."""

    select: tuple[str, ...] = ()
    """What to check; everything where empty."""
    ignore: tuple[str, ...] = ()
    """What to leave out."""

    def chosen(self, rules: Mapping[str, Rule]) -> list[Rule]:
        """The rules that this selection keeps, in their own order."""
        return [rule for code, rule in rules.items() if self._keeps(code)]

    def _keeps(self, code: str) -> bool:
        wanted = _longest(code, self.select or ("",))
        return wanted is not None and wanted > (-1 if (left := _longest(code, self.ignore)) is None else left)


def _longest(code: str, prefixes: Iterable[str]) -> int | None:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=None)


def read_selection(
    project: Project,
    rules: Mapping[str, Rule],
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
) -> Selection:
    """The selection of the command line, and for what it leaves open that of the project's settings.

    Raises ``DataError`` where the settings, and ``DiptychError`` where the command line, name no rule.
    """
    problems = [
        Problem("unknown-rule", _unknown(code), project.places.get(f"{name}[{at}]") or project.places[name], hint)
        for name in ("select", "ignore")
        for at, code in enumerate(getattr(project.settings, name))
        if (hint := _hint(code, rules)) is not None
    ]
    if problems:
        raise DataError(problems)
    return Selection(
        project.settings.select if select is None else _codes(select, "--select", rules),
        project.settings.ignore if ignore is None else _codes(ignore, "--ignore", rules),
    )


def _codes(given: Sequence[str], option: str, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The codes of one option, which may be repeated and may hold several codes joined by commas."""
    codes = [code.strip().upper() for text in given for code in text.split(",")]
    errors = []
    for code in codes:
        if (hint := _hint(code, rules)) is not None:
            errors.append(f"{option}: {_unknown(code)}\n    hint: {hint}")
    if errors:
        raise DiptychError("\n".join(errors))
    return tuple(codes)


def _unknown(code: str) -> str:
    if code.startswith(FINISHED):
        return f'"{code}" names rules for finished papers, which a check of sources does not run'
    return f'no rule has a code that begins with "{code}"' if code else "a code is missing"


def _hint(code: str, rules: Mapping[str, Rule]) -> str | None:
    """How to mend ``code``, or ``None`` where a rule's code begins with it."""
    if code and any(known.startswith(code) for known in rules):
        return None
    if code.startswith(FINISHED):
        return "diptych pdf check runs them, always all of them"
    families = sorted({known[:3] for known in rules})
    return did_you_mean(code, [*families, *rules]) or f"diptych rules lists them: {', '.join(families)}"
