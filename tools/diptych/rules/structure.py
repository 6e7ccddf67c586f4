"""STR: sections and headings."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import Severity, nearest
from diptych.model.document import Section
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
    misspelt = {meant_section(section.title, case) for section in case.document.sections if section.parent is None}
    for facts in case.assessment.sections if case.assessment else ():
        if facts.index is None and facts.graded.title not in misspelt:  # of which STR002 speaks
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
    known = {title.casefold() for title in titles}
    for section in case.document.sections:
        # a heading of level 1 is no section: STR004 speaks of it
        if section.level > 1 and section.parent is None and section.title.casefold() not in known:
            meant = meant_section(section.title, case)
            hint = f"the sections are: {', '.join(titles)}; use ### below them"
            if meant:
                hint = f'did you mean "{meant}"?'
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
    document = case.document
    filled = {block.section for block in document.blocks if block.kind != "heading"}
    filled |= {part.section for part in (*document.figures, *document.tables)}
    parents = {section.parent for section in document.sections}
    for index, section in enumerate(document.sections):
        if section.level > 1 and index not in filled | parents:
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


@document_rule("STR016", "repeated-heading", Severity.WARNING)
def repeated_heading(case: Case) -> Iterator[Finding]:
    """Two headings have the same words.

    ## Why
    Lists of headings, links to them and readers with a screen reader cannot tell them apart.

    ## Fails
    ```md
    ### Data

    Both use letters.

    ### Data

    Neither uses numbers.
    ```

    ## Passes
    ```md
    ### Data of the first

    It uses letters.

    ### Data of the second

    So does it.
    ```
    """
    first: dict[str, Section] = {}
    for section in case.document.sections:
        name = " ".join(section.title.casefold().split())
        before = first.setdefault(name, section)
        # that one of the paper's sections stands twice, STR003 says
        if before is not section and name and not (before.parent is None and section.parent is None):
            message = f'the heading "{section.title}" stands in line {before.span.line} already'
            yield Finding(section.span, message, "say in the heading what is different here")


def meant_section(title: str, case: Case) -> str:
    """The section of the assignment whose heading was misspelt or cut short as ``title``, or an empty string."""
    titles = [graded.title for graded in case.rubric.sections] if case.rubric else []
    name = title.casefold()
    if name in map(str.casefold, titles):
        return title
    longer = [known for known in titles if name and known.casefold().startswith(f"{name} ")]
    return longer[0] if len(longer) == 1 else nearest(title, titles)
