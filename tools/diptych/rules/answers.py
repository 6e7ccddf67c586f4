"""STR: the answers to the questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.model.frontmatter import NEITHER
from diptych.model.tex import plain, split_names
from diptych.rules.registry import Case, Finding, document_rule
from diptych.rules.structure import meant_section
from diptych.span import Span

_NO_WORD = re.compile(r"[\W_]+")


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
        if graded is not None and graded.title.casefold() != meant_section(here, case).casefold():
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


@document_rule("STR013", "verdict-without-argument")
def verdict_without_argument(case: Case) -> Iterator[Finding]:
    """The answer that gives the verdict does not speak of the paper that the front matter calls the stronger one.

    The assignment marks the question (`verdict = true`). The paper is spoken of where the answer cites it, or names it
    by the words before the colon of its title, or by its first author. Where the verdict is "neither", all selected
    papers must be spoken of. Whether the answer really argues for the verdict, people judge.

    ## Why
    The verdict is shown beside the title. It must be what the text concludes.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we here.

    ## Judgement

    {q}`2` Both {cite:p}`ada2020first,bo2021second` sort the letters of one alphabet.

    {q}`3` {cite:t}`ada2020first` needs fewer steps on every input, and needs less paper as well.
    ```

    ## Passes
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we here.

    ## Judgement

    {q}`2` Both {cite:p}`ada2020first,bo2021second` sort the letters of one alphabet.

    {q}`3` The work of Bo and Cy needs fewer steps on every input, and needs less paper as well.
    ```
    """
    if case.front is None or case.assessment is None:
        return
    stronger = case.front.verdict.stronger
    papers = case.front.papers if stronger == NEITHER else (stronger,)
    place = case.place("verdict.stronger")
    for facts in case.assessment.answers:
        if not facts.question.verdict or not facts.markers:  # STR005 says that there is no answer
            continue
        cited, text = _answer_to(case, facts.question.id)
        for paper in papers:
            if paper in case.front.papers and paper not in cited and not _is_named(paper, text, case):
                what = f'answers with "{NEITHER}"' if stronger == NEITHER else f'names "{paper}" as the stronger paper'
                message = f"the front matter {what}, but the answer to question {facts.question.id} never mentions "
                line = facts.markers[0].span.line
                hint = f"cite it in the answer, which begins in line {line}, or correct the verdict"
                yield Finding(place, message + (f'"{paper}"' if stronger == NEITHER else "it"), hint)


def _answer_to(case: Case, question: str) -> tuple[set[str], str]:
    """The keys cited in the answer to ``question``, and its text."""
    document = case.document
    cited = {item.key for citation in document.citations if citation.question == question for item in citation.keys}
    runs = [run for block in document.blocks for run in block.runs if run.question == question]
    return cited, " ".join(run.text for run in runs if run.kind in ("text", "link"))


def _is_named(paper: str, text: str, case: Case) -> bool:
    """Whether ``text`` holds a name that readers know the paper ``paper`` by."""
    entry = case.corpus.bibliography.entries.get(paper)
    if entry is None:
        return True  # CIT002 says so; nobody can know its names
    names = [plain(entry.get(field)).partition(":") for field in ("title", "preprinttitle", "shorttitle")]
    short = [name for name, colon, _ in names if colon] + [plain(entry.get("shorttitle"))]
    authors = entry.get("author")
    first = split_names(authors)[:1]
    short += [plain(authors[start:end]).partition(",")[0] for start, end in first if "," in authors[start:end]]
    folded = f" {_words(text)} "
    return any(f" {_words(name)} " in folded for name in short if name.strip())


def _words(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.casefold().replace("'s ", " ").replace("\u2019s ", " ")).split())


def _home_of(case: Case, question: str) -> Span:
    """Where an answer to ``question`` should stand: the heading of its section, or the end of the file."""
    graded = case.rubric.section_of(question)
    for facts in case.assessment.sections:
        if facts.graded == graded and facts.index is not None:
            return case.document.sections[facts.index].span
    end = len(case.document.source.text)
    return case.document.source.span(end, end)
