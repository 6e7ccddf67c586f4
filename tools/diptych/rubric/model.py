"""An assignment as frozen objects. Each field's help says what a course writes there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
WORD_CLASSES = (
    "paragraph", "list", "quote", "remark", "link", "code", "cross-reference",
    "abstract", "heading", "footnote", "caption", "table",
)  # fmt: skip
"""Every class that a counted word can fall into; what is never counted has no class."""


def _field(help: str, **metadata: Any) -> Any:
    options = {key: metadata.pop(key) for key in ("default", "default_factory") if key in metadata}
    return field(metadata={"help": help, **metadata}, **options)


def _slug(help: str, **metadata: Any) -> Any:
    return _field(help, pattern=SLUG, meaning="lower-case words joined by hyphens", **metadata)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the categories that an author chooses between."""

    id: str = _slug("The name that front matter uses.")
    title: str = _field("The name that people read.")
    about: str = _field("What an analysis in this option looks into.")
    requires: tuple[str, ...] = _field(
        "What both papers must be, each as one sentence; people judge it, the marking sheet lists it.", default=()
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One question that every analysis answers."""

    id: str = _field("The name that the answer marker uses.", pattern=r"[0-9a-z]+", meaning="letters and digits")
    short: str = _field("Two or three words, for tables and markers.")
    text: str = _field("The question.")
    by_option: Mapping[str, str] = _field("What the question adds in each option, by option id.", default_factory=dict)
    least_words: int = _field("The fewest words an answer may have.", default=1)
    verdict: bool = _field("Whether its answer says which paper is stronger, as the front matter does.", default=False)


@dataclass(frozen=True, slots=True)
class GradedSection:
    """One section of the paper, in the order in which it must stand."""

    title: str = _field("The heading, as authors write it.")
    weight: int = _field("Its share of the mark, in percent.")
    pages: tuple[float, ...] = _field("Its page budget: fewest and most pages.", length=(2, 2))
    questions: tuple[str, ...] = _field("The questions it answers, by id.", length=(1, None))
    compares: bool = _field("Whether both papers must be discussed in it.", default=True)


@dataclass(frozen=True, slots=True)
class SelectedPapers:
    """The block that names the chosen option and both papers in full; made from front matter."""

    title: str = _field("Its heading.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an analysis may be."""

    words: tuple[int, ...] = _field("Fewest and most words.", length=(2, 2))


@dataclass(frozen=True, slots=True)
class Counting:
    """Which classes of words each limit looks at."""

    body: tuple[str, ...] = _field("Classes held against the lower limit.", length=(1, None))
    all: tuple[str, ...] = _field("Classes held against the upper limit.", length=(1, None))


@dataclass(frozen=True, slots=True)
class Style:
    """How the paper is set."""

    name: str = _field("The paper's format.", choices=("neurips",))
    citations: str = _field("How citations read.", choices=("numbers", "author-year"), default="numbers")


@dataclass(frozen=True, slots=True)
class CourseRules:
    """Rules of the course that a machine can check."""

    papers: int = _field("How many papers an analysis compares.", default=2)
    most_authors: int = _field("How many people may write one analysis together.", default=1)
    other_option: bool = _field("Whether an author's other assignment must use another option.", default=False)
    one_analysis_per_author: bool = _field(
        "Whether a person hands in one analysis only; leave it out where a group signs them all.", default=False
    )
    approval_outside_topics: bool = _field(
        "Whether a paper outside the suggested topics needs a recorded approval.", default=False
    )
    most_slides: int | None = _field("On how many slides in class a chosen paper may have been shown.", default=None)
    requires: tuple[str, ...] = _field("What every chosen paper must be, each as one sentence.", default=())


@dataclass(frozen=True, slots=True)
class Topic:
    """A suggested topic with its suggested papers."""

    id: str = _slug("The name that front matter uses.")
    option: str = _field("The option it belongs to, by id.")
    title: str = _field("The name that people read.")
    papers: tuple[str, ...] = _field("Citation keys of the suggested papers.", default=())
    note: str = _field("A remark for people who choose it.", default="")


@dataclass(frozen=True, slots=True)
class Rubric:
    """An assignment: everything that the checks, the site and the paper need to know of it."""

    id: str = _slug("The name that front matter uses.")
    title: str = _field("The name that people read.")
    about: str = _field("What it is for, in a sentence or two.")
    options: tuple[Option, ...] = _field("The options.", length=(1, None))
    questions: tuple[Question, ...] = _field("The questions, in order.", length=(1, None))
    sections: tuple[GradedSection, ...] = _field("The graded sections, in order.", length=(1, None))
    selected_papers: SelectedPapers = _field("The block that names option and papers.")
    limits: Limits = _field("How long an analysis may be.")
    counting: Counting = _field("What counts as a word.")
    style: Style = _field("How the paper is set.")
    course: CourseRules = _field("Rules of the course.", default_factory=CourseRules)
    topics: tuple[Topic, ...] = _field("The suggested topics.", default=())

    def option(self, id: str) -> Option | None:
        """The option named ``id``."""
        return next((option for option in self.options if option.id == id), None)

    def question(self, id: str) -> Question | None:
        """The question named ``id``."""
        return next((question for question in self.questions if question.id == id), None)

    def topic(self, id: str) -> Topic | None:
        """The topic named ``id``."""
        return next((topic for topic in self.topics if topic.id == id), None)

    def section_of(self, question: str) -> GradedSection | None:
        """The graded section that answers the question named ``question``."""
        return next((section for section in self.sections if question in section.questions), None)

    def question_text(self, id: str, option: str) -> str:
        """The question named ``id`` as it reads in ``option``."""
        question = self.question(id)
        extra = question.by_option.get(option, "")
        return f"{question.text} {extra}".strip()
