"""SCO: the rules of the course."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.rules.registry import Case, Finding, document_rule


@document_rule("SCO001", "unknown-assignment")
def unknown_assignment(case: Case) -> Iterator[Finding]:
    """The front matter names an assignment that does not exist.

    ## Why
    Sections, questions and limits come from the assignment.

    ## Fails
    ```yaml
    assignment: sorting-2
    ```

    ## Passes
    ```yaml
    assignment: sorting
    ```
    """
    if case.front and case.front.assignment not in case.corpus.rubrics:
        known = case.corpus.rubrics
        hint = did_you_mean(case.front.assignment, known) or f"one of: {', '.join(known)}"
        yield Finding(case.place("assignment"), f'there is no assignment "{case.front.assignment}"', hint)


@document_rule("SCO002", "unknown-option")
def unknown_option(case: Case) -> Iterator[Finding]:
    """The front matter names an option that the assignment does not have.

    ## Why
    Some questions read differently in each option.

    ## Fails
    ```yaml
    option: numbers
    ```

    ## Passes
    ```yaml
    option: letters
    ```
    """
    if case.front and case.rubric and case.rubric.option(case.front.option) is None:
        known = [option.id for option in case.rubric.options]
        hint = did_you_mean(case.front.option, known) or f"one of: {', '.join(known)}"
        yield Finding(case.place("option"), f'the assignment has no option "{case.front.option}"', hint)


@document_rule("SCO003", "wrong-number-of-papers")
def wrong_number_of_papers(case: Case) -> Iterator[Finding]:
    """The front matter names more or fewer papers than the assignment compares.

    ## Why
    Further papers may support an argument; they are cited, not compared.

    ## Fails
    ```yaml
    papers: [ada2020first]
    ```

    ## Passes
    ```yaml
    papers: [ada2020first, bo2021second]
    ```
    """
    if case.front and case.rubric and len(case.front.papers) != case.rubric.course.papers:
        message = f"{len(case.front.papers)} papers are selected, the assignment compares {case.rubric.course.papers}"
        yield Finding(case.place("papers"), message, "name each selected paper by its citation key")
