"""STR: sections and answers."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import did_you_mean
from diptych.model.assessment import citations_within, within
from diptych.rules.registry import Case, Finding, document_rule


@document_rule("STR001", "missing-section")
def missing_section(case: Case) -> Iterator[Finding]:
    """A section that the assignment grades is missing.

    ## Why
    Each section carries a share of the mark; markers look for it by its heading.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we here.
    ```

    ## Passes
    ```md
    A sentence more in a complete paper.
    ```
    """
    for facts in case.assessment.sections if case.assessment else ():
        if facts.index is None:
            end = len(case.document.source.text)
            message = f'the section "{facts.graded.title}" is missing'
            hint = f"add a line: ## {facts.graded.title}"
            yield Finding(case.document.source.span(end, end), message, hint)


@document_rule("STR002", "unknown-section")
def unknown_section(case: Case) -> Iterator[Finding]:
    """A section is not one that the assignment asks for.

    ## Why
    What stands there is graded nowhere. Subsections are free: write them with `###`.

    ## Fails
    ```md
    ## Related work

    Much has been written.
    ```

    ## Passes
    ```md
    ### Related work

    Much has been written.
    ```
    """
    if case.rubric is None:
        return
    titles = [graded.title for graded in case.rubric.sections]
    for section in case.document.sections:
        if section.parent is None and section.title.casefold() not in {title.casefold() for title in titles}:
            hint = did_you_mean(section.title, titles) or f"the sections are: {', '.join(titles)}; use ### below them"
            yield Finding(section.span, f'there is no section "{section.title}" in this assignment', hint)


@document_rule("STR003", "section-out-of-order")
def section_out_of_order(case: Case) -> Iterator[Finding]:
    """A section stands before one that it should follow, or stands twice.

    ## Why
    The argument of a paper runs in the order that the assignment sets.

    ## Fails
    ```md
    ## Opening

    The opening, once more.
    ```

    ## Passes
    ```md
    A sentence more in the right place.
    ```
    """
    if case.rubric is None:
        return
    order = {graded.title.casefold(): at for at, graded in enumerate(case.rubric.sections)}
    reached, seen = -1, set()
    for section in case.document.sections:
        name = section.title.casefold()
        if section.parent is not None or name not in order:
            continue
        if name in seen:
            yield Finding(section.span, f'the section "{section.title}" stands twice', "join the two")
        elif order[name] < reached:
            after = case.rubric.sections[reached].title
            yield Finding(section.span, f'"{section.title}" must stand before "{after}"', "move it up")
        seen.add(name)
        reached = max(reached, order[name])


@document_rule("STR004", "title-as-heading")
def title_as_heading(case: Case) -> Iterator[Finding]:
    """A heading of level 1 stands in the text.

    ## Why
    The title comes from the front matter; a second one would make the page and the paper disagree.

    ## Fails
    ```md
    # One against two
    ```

    ## Passes
    ```md
    ### One against two

    Sorting is older than both.
    ```
    """
    yield from case.problems("title-heading")


@document_rule("STR005", "unanswered-question")
def unanswered_question(case: Case) -> Iterator[Finding]:
    """A question of the assignment has no answer: no marker says where it begins.

    ## Why
    Reports are assessed by the list of questions. A marker tells the reader, and the marker, where to look.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we here.

    ## Judgement

    We compare {cite:t}`ada2020first` with {cite:t}`bo2021second` and find that the first is slower on every
    input that either of them reports, which {numref}`tab-none` would show.
    ```

    ## Passes
    ```md
    {q}`1` Answers may be taken up again.
    ```
    """
    for facts in case.assessment.answers if case.assessment else ():
        if not facts.markers:
            place = _home_of(case, facts.question.id)
            message = f"question {facts.question.id} ({facts.question.short}) is not answered"
            hint = f"write {{q}}`{facts.question.id}` where its answer begins"
            yield Finding(place, message, hint)


@document_rule("STR006", "unknown-question")
def unknown_question(case: Case) -> Iterator[Finding]:
    """A marker names a question that the assignment does not ask.

    ## Why
    The answer would be counted for no question.

    ## Fails
    ```md
    {q}`9` An answer to nothing.
    ```

    ## Passes
    ```md
    {q}`1` An answer to the first question.
    ```
    """
    if case.rubric is None:
        return
    known = [question.id for question in case.rubric.questions]
    for marker in case.document.markers:
        if marker.question not in known:
            yield Finding(marker.span, f'there is no question "{marker.question}"', f"one of: {', '.join(known)}")


@document_rule("STR007", "misplaced-answer")
def misplaced_answer(case: Case) -> Iterator[Finding]:
    """An answer begins in a section that does not answer its question.

    ## Why
    The assignment says which section answers which question, and grades them so.

    ## Fails
    ```md
    {q}`3` We prefer the second, for reasons given below.
    ```

    ## Passes
    ```md
    {q}`1` We choose them for their age.
    ```
    """
    if case.rubric is None:
        return
    for marker in case.document.markers:
        graded = case.rubric.section_of(marker.question)
        top = case.document.top_section(marker.section)
        here = case.document.sections[top].title if top is not None else "the abstract"
        if graded is not None and here.casefold() != graded.title.casefold():
            message = f'question {marker.question} is answered in "{graded.title}", not in "{here}"'
            yield Finding(marker.span, message, "move the answer, or the marker")


@document_rule("STR008", "thin-answer")
def thin_answer(case: Case) -> Iterator[Finding]:
    """An answer has fewer words than the assignment asks for.

    ## Why
    A marker without an answer behind it is a promise.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we here.

    ## Judgement

    {q}`2` Speed.

    {q}`3` We compare {cite:t}`ada2020first` with {cite:t}`bo2021second` and find that the first is slower.
    ```

    ## Passes
    ```md
    {q}`1` Letters have been sorted for longer than numbers have.
    ```
    """
    for facts in case.assessment.answers if case.assessment else ():
        if facts.markers and facts.words < facts.question.least_words:
            message = (
                f"the answer to question {facts.question.id} has {facts.words} words, "
                f"at least {facts.question.least_words} are asked for"
            )
            yield Finding(facts.markers[0].span, message, "an answer ends at the next marker or section")


@document_rule("STR009", "empty-section")
def empty_section(case: Case) -> Iterator[Finding]:
    """A heading has nothing under it.

    ## Why
    It announces what never comes.

    ## Fails
    ```md
    ### Data
    ```

    ## Passes
    ```md
    ### Data

    Both use letters.
    ```
    """
    filled = {block.section for block in case.document.blocks if block.kind != "heading"}
    parents = {section.parent for section in case.document.sections}
    for index, section in enumerate(case.document.sections):
        if index not in filled | parents:
            yield Finding(section.span, f'there is nothing under "{section.title}"', "write it, or drop the heading")


@document_rule("STR010", "heading-jump")
def heading_jump(case: Case) -> Iterator[Finding]:
    """A heading skips a level.

    ## Why
    Readers who move by headings, with a screen reader above all, look for the level in between.

    ## Fails
    ```md
    #### Data

    Both use letters.
    ```

    ## Passes
    ```md
    ### Data

    Both use letters.
    ```
    """
    for section in case.document.sections:
        above = case.document.sections[section.parent].level if section.parent is not None else 1
        if section.level > above + 1:
            message = f'"{section.title}" is a heading of level {section.level} below one of level {above}'
            yield Finding(section.span, message, f"begin it with {'#' * (above + 1)}")


@document_rule("STR011", "paper-not-discussed")
def paper_not_discussed(case: Case) -> Iterator[Finding]:
    """A section that compares cites only one of the papers.

    ## Why
    Every graded section weighs both papers; one that leaves a paper out is a summary of the other.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` sorts letters by size, and so do we here.

    ## Judgement

    {q}`2` {q}`3` We compare {cite:t}`ada2020first` with {cite:t}`bo2021second` and find that the first is slower.
    ```

    ## Passes
    ```md
    Both {cite:p}`ada2020first,bo2021second` sort letters.
    ```
    """
    if case.front is None or case.assessment is None:
        return
    for facts in case.assessment.sections:
        if facts.index is None or not facts.graded.compares:
            continue
        cited = {item.key for citation in citations_within(case.document, facts.index) for item in citation.keys}
        for paper in case.front.papers:
            if paper not in cited:
                message = f'"{facts.graded.title}" never cites {paper}'
                yield Finding(case.document.sections[facts.index].span, message, "compare the papers in every section")


def _home_of(case: Case, question: str) -> object:
    """Where an answer to ``question`` should stand: the heading of its section, or the end of the file."""
    graded = case.rubric.section_of(question)
    for facts in case.assessment.sections:
        if facts.graded == graded and facts.index is not None:
            return case.document.sections[min(within(case.document, facts.index))].span
    end = len(case.document.source.text)
    return case.document.source.span(end, end)
