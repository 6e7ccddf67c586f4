"""The header of an analysis. Each field is declared once, here: readers, guide and schema derive from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diptych.span import Span

NEITHER = "neither"
"""The verdict of an author who holds that neither paper is stronger."""

_SLUG = {"pattern": r"[a-z0-9]+(-[a-z0-9]+)*", "meaning": "lower-case words joined by hyphens"}
_KEY = {"pattern": r"[^\s,{}\"#%~\\]+", "meaning": "a citation key"}


def _field(help: str, **metadata: Any) -> Any:
    options = {key: metadata.pop(key) for key in ("default", "default_factory") if key in metadata}
    return field(metadata={"help": help, **metadata}, **options)


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or a group that signs as one."""

    name: str = _field("The full name, given name first.", example="Ada Example")
    affiliation: str | None = _field("University or group.", default=None)
    email: str | None = _field(
        "An address to write to.", pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+", meaning="an e-mail address", default=None
    )
    orcid: str | None = _field(
        "The ORCID iD, digits only.",
        pattern=r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]",
        meaning="an ORCID iD such as 0000-0002-1825-0097",
        default=None,
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which of the two papers is stronger, and why."""

    stronger: str = _field(f'The citation key of the stronger paper, or "{NEITHER}".', **_KEY)
    reason: str = _field("One sentence that says why.")


@dataclass(frozen=True, slots=True)
class Approval:
    """A recorded approval of a paper outside the suggested topics."""

    paper: str = _field("The paper's citation key.", **_KEY)
    by: str = _field("Who approved it.")
    date: date = _field("When.")
    note: str | None = _field("Where the approval can be found, or what it says.", default=None)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The header of an analysis, as its author wrote it."""

    title: str = _field("What is compared, in one line.")
    authors: tuple[Author, ...] = _field("Who wrote it.", length=(1, None))
    date: date = _field("When it was last revised.", example="2026-01-31")
    abstract: str = _field("One paragraph that says what is compared and what comes of it.")
    assignment: str = _field("The assignment it answers, by id.", **_SLUG)
    option: str = _field("The chosen option, by id.", **_SLUG)
    topic: str = _field("The topic, by id; a topic of your own where the papers are approved.", **_SLUG)
    papers: tuple[str, ...] = _field("The citation keys of the papers that it compares.", length=(1, None), **_KEY)
    verdict: Verdict = _field("Which paper is stronger.")
    keywords: tuple[str, ...] = _field("Words to find it by.", default=())
    license: str | None = _field("The licence, as an SPDX identifier.", default=None, example="CC-BY-4.0")
    tasks: tuple[str, ...] = _field("The tasks that the papers take on.", default=())
    approval: tuple[Approval, ...] = _field("Approvals of papers outside the suggested topics.", default=())
    slides: Mapping[str, int] = _field(
        "On how many slides in class each paper was shown, by citation key; leave out what was not shown.",
        default_factory=dict,
    )


@dataclass(frozen=True, slots=True)
class Header:
    """The front matter of one document, with the place of each value."""

    span: Span
    """The whole header, fences included; a bare position at the top where there is none."""
    front: FrontMatter | None
    """The typed header, or ``None`` where a required field is missing or wrong."""
    places: Mapping[str, Span]
    """Where each value stands, by path such as ``verdict.stronger`` or ``papers[1]``."""

    def place(self, path: str) -> Span:
        """Where the value at ``path`` stands, or the nearest thing around it."""
        while path not in self.places and path:
            path = path.rpartition("[" if path.endswith("]") else ".")[0]
        return self.places.get(path, self.span)
