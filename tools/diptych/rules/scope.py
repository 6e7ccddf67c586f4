"""SCO: the rules of the course about one analysis."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.model.identifiers import arxiv_id, arxiv_id_of_doi, bare_arxiv_id, same_doi
from diptych.rules.citations import is_misspelt
from diptych.rules.registry import Case, Finding, document_rule
from diptych.span import Span


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


@document_rule("SCO004", "unknown-topic")
def unknown_topic(case: Case) -> Iterator[Finding]:
    """The topic is not one of those suggested, and not all papers have been approved.

    ## Why
    A topic of one's own is welcome, once somebody has agreed that its papers suit the assignment.

    ## Fails
    ```yaml
    topic: by-machine
    ```

    ## Passes
    ```yaml
    topic: by-machine
    approval:
      - paper: ada2020first
        by: Eve Example
        date: 2026-01-10
      - paper: bo2021second
        by: Eve Example
        date: 2026-01-10
    ```
    """
    front, rubric = case.front, case.rubric
    if not (front and rubric and rubric.course.approval_outside_topics) or rubric.topic(front.topic):
        return
    approved = {approval.paper for approval in front.approval}
    missing = [key for key in front.papers if key not in approved]
    if missing:
        hint = did_you_mean(front.topic, [topic.id for topic in rubric.topics])
        hint = hint or f"choose a suggested topic, or record an approval of {' and '.join(missing)}"
        yield Finding(case.place("topic"), f'the topic "{front.topic}" is not one of those suggested', hint)


@document_rule("SCO005", "topic-of-another-option")
def topic_of_another_option(case: Case) -> Iterator[Finding]:
    """The topic belongs to another option than the chosen one.

    ## Why
    The option decides what both papers must be, and how some questions read.

    ## Fails
    ```yaml
    option: digits
    ```

    ## Passes
    ```yaml
    option: letters
    ```
    """
    front, rubric = case.front, case.rubric
    topic = rubric.topic(front.topic) if front and rubric else None
    if topic and rubric.option(front.option) and topic.option != front.option:
        message = f'the topic "{topic.id}" belongs to the option "{topic.option}", not to "{front.option}"'
        yield Finding(case.place("topic"), message, f"choose a topic of {front.option}, or option: {topic.option}")


@document_rule("SCO006", "unapproved-paper")
def unapproved_paper(case: Case) -> Iterator[Finding]:
    """A selected paper is neither suggested for the chosen option nor approved.

    ## Why
    The suggested papers have been read and found to suit. Any other paper needs somebody's agreement, with a date.
    A paper that is suggested under another topic of the same option is fine.

    ## Fails
    ```yaml
    papers: [ada2020first, cy2019other]
    verdict:
      stronger: ada2020first
      reason: It takes fewer steps on the same letters.
    ```

    ## Passes
    ```yaml
    papers: [ada2020first, bo2021second]
    ```
    """
    front, rubric = case.front, case.rubric
    if not (front and rubric and rubric.course.approval_outside_topics):
        return
    suggested: dict[str, set[str]] = {}
    for topic in rubric.topics:
        for key in topic.papers:
            suggested.setdefault(key, set()).add(topic.option)
    approved = {approval.paper for approval in front.approval}
    for index, key in enumerate(front.papers):
        options = suggested.get(key, set())
        if key in approved or front.option in options or rubric.option(front.option) is None:
            continue
        if is_misspelt(key, case.corpus.bibliography.entries):
            continue
        message = f'"{key}" is not among the suggested papers and has no approval'
        if options:
            message = f'"{key}" is suggested for the option "{min(options)}", not for "{front.option}"'
        hint = "choose a suggested paper, or record who approved it and when under approval:"
        yield Finding(case.place(f"papers[{index}]"), message, hint)


@document_rule("SCO007", "idle-approval")
def idle_approval(case: Case) -> Iterator[Finding]:
    """An approval is for a paper that was not selected, or a paper is approved twice.

    ## Why
    Either the key is misspelled, and the paper it was meant for has no approval, or it is left over.

    ## Fails
    ```yaml
    approval:
      - paper: bo2021secnd
        by: Eve Example
        date: 2026-01-10
    ```

    ## Passes
    ```yaml
    approval:
      - paper: bo2021second
        by: Eve Example
        date: 2026-01-10
    ```
    """
    if not case.front:
        return
    seen: set[str] = set()
    for index, approval in enumerate(case.front.approval):
        place = case.place(f"approval[{index}].paper")
        if approval.paper not in case.front.papers:
            hint = did_you_mean(approval.paper, case.front.papers) or "remove it, or select the paper"
            yield Finding(place, f'"{approval.paper}" is approved but not selected', hint)
        elif approval.paper in seen:
            yield Finding(place, f'"{approval.paper}" is approved twice', "keep one of the two")
        seen.add(approval.paper)


@document_rule("SCO008", "too-many-authors")
def too_many_authors(case: Case) -> Iterator[Finding]:
    """More people sign the analysis than the course allows.

    ## Why
    The mark is for one person's judgement, or for as many as the assignment says.

    ## Fails
    ```yaml
    authors:
      - name: Dana Example
      - name: Eve Example
    ```

    ## Passes
    ```yaml
    authors:
      - name: Dana Example
    ```
    """
    if case.front and case.rubric and len(case.front.authors) > case.rubric.course.most_authors:
        most = case.rubric.course.most_authors
        message = f"{len(case.front.authors)} authors sign, the course allows {most}"
        yield Finding(case.place(f"authors[{most}]"), message, "name only who hands it in")


@document_rule("SCO011", "same-paper-twice")
def same_paper_twice(case: Case) -> Iterator[Finding]:
    """Two of the selected papers are one and the same, under two citation keys.

    ## Why
    A preprint and its published version are one paper; an analysis compares two.

    ## Fails
    ```yaml
    papers: [cy2019other, cy2020other]
    verdict:
      stronger: cy2020other
      reason: It takes fewer steps on the same letters.
    ```
    ```bib
    @misc{cy2019other,
      title = {Sorting Letters Once More},
      author = {Cy, Carla},
      eprint = {1912.00001},
      archiveprefix = {arXiv},
      year = {2019},
    }

    @misc{cy2020other,
      title = {Sorting Letters Once More},
      author = {Cy, Carla},
      doi = {10.48550/arXiv.1912.00001},
      year = {2020},
    }
    ```

    ## Passes
    ```yaml
    papers: [ada2020first, bo2021second]
    ```
    """
    if not case.front:
        return
    seen: dict[str, str] = {}
    for index, key in enumerate(case.front.papers):
        for identifier in _identifiers(case, key):
            first = seen.setdefault(identifier, key)
            if first != key:
                message = f'"{key}" is the same paper as "{first}": both are {identifier}'
                yield Finding(case.place(f"papers[{index}]"), message, "select another paper")
                break


def _identifiers(case: Case, key: str) -> Iterator[str]:
    entry = case.corpus.bibliography.entries.get(key)
    if entry is None:
        return
    doi, eprint = entry.get("doi"), arxiv_id(bare_arxiv_id(entry.get("eprint")))
    if doi:
        preprint = arxiv_id_of_doi(doi)
        yield f"arXiv:{preprint}" if preprint else f"doi:{same_doi(doi)}"
    if eprint:
        yield f"arXiv:{eprint.id}"


@document_rule("SCO012", "too-many-slides")
def too_many_slides(case: Case) -> Iterator[Finding]:
    """A selected paper was shown in class on more slides than the course allows.

    ## Why
    The analysis should not retell a lecture.

    ## Fails
    ```yaml
    slides: {bo2021second: 5}
    ```

    ## Passes
    ```yaml
    slides: {bo2021second: 4}
    ```
    """
    most = case.rubric.course.most_slides if case.rubric else None
    for key, count in case.front.slides.items() if case.front else ():
        if count < 0:
            yield Finding(case.place(f"slides.{key}"), f"{count} is no number of slides", "count the slides in class")
        elif most is not None and count > most and key in case.front.papers:
            message = f'"{key}" was shown on {count} slides, a selected paper may have been shown on {most}'
            yield Finding(case.place(f"slides.{key}"), message, "select another paper")


@document_rule("SCO013", "slides-of-another-paper")
def slides_of_another_paper(case: Case) -> Iterator[Finding]:
    """The front matter counts slides of a paper that was not selected.

    ## Why
    Only selected papers are held against the limit; a misspelled key would hide one from it.

    ## Fails
    ```yaml
    slides: {bo2021secnd: 3}
    ```

    ## Passes
    ```yaml
    slides: {bo2021second: 3}
    ```
    """
    for key in case.front.slides if case.front else ():
        if key not in case.front.papers:
            hint = did_you_mean(key, case.front.papers) or "leave out what was not selected"
            yield Finding(_key_place(case, f"slides.{key}", key), f'"{key}" is not a selected paper', hint)


def _key_place(case: Case, path: str, key: str) -> Span:
    """Where ``key`` stands before its value at ``path``."""
    value, source = case.place(path), case.document.source
    start = source.text.rfind(key, source.line_starts[value.line - 1], value.start)
    return source.span(start, start + len(key)) if start >= 0 else value
