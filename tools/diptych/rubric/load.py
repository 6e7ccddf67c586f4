"""From the assignment's TOML file to a rubric, with every mistake of the file reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from diptych.data.files import read_source
from diptych.data.located import Located
from diptych.data.schema import read
from diptych.data.toml import read_toml
from diptych.diagnostics import Problem, did_you_mean
from diptych.errors import DataError, DiptychError
from diptych.rubric.model import WORD_CLASSES, Rubric
from diptych.span import Source, Span, display_path


def load_rubrics(folder: Path, root: Path) -> dict[str, Rubric]:
    """Every assignment in ``folder``, by id.

    Raises ``DiptychError`` when there is none, ``DataError`` when one of them is wrong.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        place = display_path(folder, root)
        raise DiptychError(f"{place}: no assignment found\n    hint: describe one in {place}/<id>.toml")
    rubrics: dict[str, Rubric] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            source = read_source(file, root)
            rubric = load_rubric(source)
        except DataError as error:
            problems += error.problems
            continue
        if rubric.id != file.stem:
            message = f'the assignment "{rubric.id}" must be kept in a file named {rubric.id}.toml'
            problems.append(Problem("misnamed-file", message, source.whole()))
        rubrics[rubric.id] = rubric
    if problems:
        raise DataError(problems)
    return rubrics


def load_rubric(source: Source) -> Rubric:
    """The assignment that ``source`` describes.

    Raises ``DataError`` with every field that is wrong by itself, or, where none is, with every contradiction
    between fields.
    """
    located = read_toml(source)
    problems: list[Problem] = []
    rubric = read(located, Rubric, problems)
    if rubric is not None:
        problems += _contradictions(rubric, located)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.span.start))
    return rubric


def _contradictions(rubric: Rubric, located: Located) -> Iterator[Problem]:
    """What each field allows but the fields together do not."""
    places = located.places()
    yield from _repeated("options", [option.id for option in rubric.options], places)
    yield from _repeated("questions", [question.id for question in rubric.questions], places)
    yield from _repeated("topics", [topic.id for topic in rubric.topics], places)
    yield from _repeated("sections", [section.title for section in rubric.sections], places, "title")
    yield from _unknown_names(rubric, places)
    yield from _impossible_numbers(rubric, places)
    asked = [id for section in rubric.sections for id in section.questions]
    for index, question in enumerate(rubric.questions):
        if asked.count(question.id) != 1:
            how = "no section answers" if question.id not in asked else "more than one section answers"
            yield Problem("unplaced-question", f'{how} question "{question.id}"', places[f"questions[{index}].id"])


def _repeated(group: str, ids: list[str], places: dict[str, Span], name: str = "id") -> Iterator[Problem]:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            yield Problem("repeated-id", f'"{id}" is used twice in {group}', places[f"{group}[{index}].{name}"])


def _unknown_names(rubric: Rubric, places: dict[str, Span]) -> Iterator[Problem]:
    options = [option.id for option in rubric.options]
    questions = [question.id for question in rubric.questions]
    names = [
        *((f"topics[{at}].option", topic.option, options, "option") for at, topic in enumerate(rubric.topics)),
        *(
            (f"questions[{at}].by_option.{id}", id, options, "option")
            for at, question in enumerate(rubric.questions)
            for id in question.by_option
        ),
        *(
            (f"sections[{at}].questions[{number}]", id, questions, "question")
            for at, section in enumerate(rubric.sections)
            for number, id in enumerate(section.questions)
        ),
        *(
            (f"counting.{group}[{number}]", name, WORD_CLASSES, "word class")
            for group in ("body", "all")
            for number, name in enumerate(getattr(rubric.counting, group))
        ),
    ]
    for path, name, known, what in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"one of: {', '.join(known)}"
            yield Problem("unknown-name", f'there is no {what} "{name}"', places[path], hint)


def _impossible_numbers(rubric: Rubric, places: dict[str, Span]) -> Iterator[Problem]:
    total = sum(section.weight for section in rubric.sections)
    if total != 100:
        message = f"the weights of the sections add up to {total}, not to 100"
        yield Problem("wrong-sum", message, places["sections[0].weight"])
    ranges = [("limits.words", rubric.limits.words)]
    ranges += [(f"sections[{at}].pages", section.pages) for at, section in enumerate(rubric.sections)]
    for path, (least, most) in ranges:
        if not 0 <= least <= most:
            yield Problem("wrong-range", f'"{path}" must go from fewer to more, not {least} to {most}', places[path])
    counts = [("course.papers", rubric.course.papers, 1), ("course.most_authors", rubric.course.most_authors, 1)]
    counts += [(f"sections[{at}].weight", section.weight, 0) for at, section in enumerate(rubric.sections)]
    counts += [(f"questions[{at}].least_words", item.least_words, 0) for at, item in enumerate(rubric.questions)]
    for path, number, least in counts:
        if number < least:
            yield Problem("wrong-range", f'"{path}" must be at least {least}, not {number}', places[path])
    for name in sorted(set(rubric.counting.body) - set(rubric.counting.all)):
        message = f'"{name}" counts for the lower limit but not for the upper one'
        yield Problem("wrong-count", message, places["counting.all"])
