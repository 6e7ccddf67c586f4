"""Directives that print facts where they are kept: the assignment from its TOML, front matter from its dataclasses."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Node
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from diptych.data.schema import is_required, name_of
from diptych.model.frontmatter import FrontMatter
from diptych.rubric import Rubric
from diptych.sphinxext.domain import analyses


class FactsDirective(SphinxDirective):
    """A directive that writes Markdown and has it read like the page around it."""

    def parse(self, lines: Iterator[str] | list[str]) -> list[Node]:
        """The nodes that ``lines`` of Markdown make."""
        box = nodes.container()
        self.state.nested_parse(StringList(list(lines), self.get_source_info()[0]), self.content_offset, box)
        return box.children


class AssignmentDirective(FactsDirective):
    """``{assignment} PART``: one part of the assignment. ``:id:`` names it where a project has several."""

    required_arguments = 1
    option_spec: ClassVar = {"id": directives.unchanged}

    def run(self) -> list[Node]:
        domain = analyses(self.env)
        id = self.options.get("id", next(iter(domain.rubrics)))
        part = self.arguments[0]
        if id not in domain.rubrics or part not in PARTS:
            wanted = ", ".join(domain.rubrics if id not in domain.rubrics else PARTS)
            raise self.error(
                f"there is no {'assignment' if id not in domain.rubrics else 'part'} of that name; known: {wanted}"
            )
        self.env.note_dependency(str(domain.project.assignments / f"{id}.toml"))
        return self.parse(PARTS[part](domain.rubrics[id]))


class FrontMatterDirective(FactsDirective):
    """``{front-matter}``: the table of all fields, from their declarations."""

    def run(self) -> list[Node]:
        return self.parse(field_table(FrontMatter))


def _about(rubric: Rubric) -> Iterator[str]:
    yield f"**{rubric.title}.** {rubric.about}"


def _options(rubric: Rubric) -> Iterator[str]:
    for option in rubric.options:
        yield from (f"**{option.title}** (`{option.id}`)", "", option.about, "")
        if option.requires:
            yield "Both papers must meet this:"
            yield ""
            yield from (f"- {need}" for need in option.requires)
            yield ""


def _questions(rubric: Rubric) -> Iterator[str]:
    for number, question in enumerate(rubric.questions, 1):
        yield f"{number}. **{question.short}** ({_marker(question.id)}). {question.text}"
        for option, text in question.by_option.items():
            yield f"   - *{rubric.option(option).title}:* {text}"
    yield ""


def _marker(id: str) -> str:
    """The answer marker as authors type it."""
    return f"`` {{q}}`{id}` ``"


def _sections(rubric: Rubric) -> Iterator[str]:
    yield from ("| Section | Weight | Pages | Questions |", "| --- | ---: | ---: | --- |")
    yield f"| {rubric.selected_papers.title} (made from the front matter) | | | |"
    for section in rubric.sections:
        yield f"| {section.title} | {section.weight} % | {_range(section.pages)} | {', '.join(section.questions)} |"


def _limits(rubric: Rubric) -> Iterator[str]:
    least, most = rubric.limits.words
    counting = rubric.counting
    only = [name for name in counting.all if name not in counting.body]
    yield f"At least **{least}** words of body text, at most **{most}** words in all."
    yield ""
    yield f"- Body text: {', '.join(counting.body)}."
    yield f"- In all: body text and {', '.join(only)}."


def _rules(rubric: Rubric) -> Iterator[str]:
    course = rubric.course
    yield f"- An analysis compares {course.papers} papers."
    yield "- One author; no groups." if course.most_authors == 1 else f"- At most {course.most_authors} authors."
    if course.other_option:
        yield "- Whoever chose one option for the other assignment takes the other option here."
    if course.approval_outside_topics:
        yield "- A paper outside the suggested topics needs the staff's approval, recorded in the front matter."
    if course.most_slides is not None:
        yield f"- A paper that was shown in class may be chosen if it took at most {course.most_slides} slides."
    yield from (f"- {need}" for need in course.requires)


def _topics(rubric: Rubric) -> Iterator[str]:
    for option in rubric.options:
        yield from (f"**{option.title}**", "")
        for topic in (topic for topic in rubric.topics if topic.option == option.id):
            note = f" {topic.note}" if topic.note else ""
            yield f"- {topic.title} (`{topic.id}`).{note}"
            yield from (f"  - {{paper}}`{key}`" for key in topic.papers)
        yield ""


PARTS: Mapping[str, Callable[[Rubric], Iterator[str]]] = {
    "about": _about,
    "options": _options,
    "questions": _questions,
    "sections": _sections,
    "limits": _limits,
    "rules": _rules,
    "topics": _topics,
}
"""What the directive can print."""


def field_table(cls: type, prefix: str = "") -> Iterator[str]:
    """A row for each field of ``cls`` and of the dataclasses within it."""
    if not prefix:
        yield from ("| Field | What it holds |", "| --- | --- |")
    hints = typing.get_type_hints(cls)
    for item in dataclasses.fields(cls):
        kind, inner = _kind(hints[item.name])
        name = f"{prefix}{name_of(item)}"
        need = " **Required.**" if is_required(item) else ""
        example = f" Example: `{item.metadata['example']}`." if "example" in item.metadata else ""
        yield f"| `{name}` | {_cell(item.metadata['help'])} *{kind}.*{need}{example} |"
        if inner is not None:
            mark = "[]" if kind.startswith("List") else ""
            yield from field_table(inner, f"{name}{mark}.")


def _kind(hint: Any) -> tuple[str, type | None]:
    """How people call a field's type, and the dataclass within it."""
    if isinstance(hint, types.UnionType):
        hint = next(member for member in typing.get_args(hint) if member is not types.NoneType)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        inner = arguments[0]
        return ("List", inner) if dataclasses.is_dataclass(inner) else (f"List of {_NAMES[inner]}", None)
    if origin is not None:
        return f"Mapping to {_NAMES[arguments[1]]}", None
    if dataclasses.is_dataclass(hint):
        return "Mapping", hint
    return _NAMES[hint].capitalize(), None


_NAMES = {str: "text", int: "whole number", float: "number", bool: "true or false", date: "date"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _range(pages: tuple[float, ...]) -> str:
    least, most = (f"{number:g}" for number in pages)
    return least if least == most else f"{least}–{most}"


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("assignment", AssignmentDirective)
    app.add_directive("front-matter", FrontMatterDirective)
