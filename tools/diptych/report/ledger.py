"""The ledger of one analysis as a table for the terminal."""

from __future__ import annotations

from diptych.model.assessment import Assessment, within
from diptych.report.table import table


def render_ledger(assessment: Assessment) -> str:
    """Words by section and class, by question, and both totals against their limits."""
    document, rubric, ledger = assessment.document, assessment.rubric, assessment.ledger
    classes = [name for name in rubric.counting.all if ledger.count([name])]
    rows = [["", *classes, "body", "all"]]
    for index, title in _places(assessment):
        places = [None] if index is None else within(document, index)
        counts = [ledger.count([name], sections=places) for name in classes]
        body = ledger.count(rubric.counting.body, sections=places)
        rows.append([title, *map(str, counts), str(body), str(sum(counts))])
    totals = [str(ledger.count([name])) for name in classes]
    rows.append(["total", *totals, str(assessment.body), str(assessment.all)])
    answers = [["question", "where", "words", "citations"]]
    for facts in assessment.answers:
        where = ", ".join(str(marker.span.line) for marker in facts.markers)
        name = f"{facts.question.id} {facts.question.short}"
        answers.append([name, f"line {where}" if where else "-", str(facts.words), str(facts.citations)])
    least, most = rubric.limits.words
    return "\n".join(
        [
            f"{document.source.path}: {assessment.body} words of text (at least {least}), "
            f"{assessment.all} in all (at most {most})",
            "",
            *table(rows, right=range(1, len(rows[0]))),
            "",
            *table(answers, right=range(1, 4)),
            "",
        ]
    )


def _places(assessment: Assessment) -> list[tuple[int | None, str]]:
    tops = [(at, section.title) for at, section in enumerate(assessment.document.sections) if section.parent is None]
    return [(None, "(before the first section)"), *tops]
