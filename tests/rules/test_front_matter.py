"""FMT: each rule with the place of what it finds."""

from __future__ import annotations

import pytest

from corpora import BODY, HEADER, corpus, markdown, with_fields
from diptych.check import check

FOUND = {
    "misspelt field": ("kewords: [letters]", "FMT004", 15, 1, "kewords"),
    "field set twice": ("title: One\ntitle: Two", "FMT003", 15, 1, "title"),
    "number as title": ("title: 2026", "FMT006", 14, 8, "2026"),
    "one author, not a list": ("authors: Dana Example", "FMT006", 13, 10, "Dana Example"),
    "day that does not exist": ("date: 2026-02-30", "FMT007", 14, 7, "2026-02-30"),
    "ORCID cut short": ("authors:\n  - name: Dana\n    orcid: 0000-0002", "FMT007", 15, 12, "0000-0002"),
    "empty title": ('title: ""', "FMT008", 14, 8, '""'),
    "no papers": ("papers: []", "FMT008", 14, 9, "[]"),
    "paper twice": ("papers: [bo2021second, bo2021second]", "FMT009", 14, 24, "bo2021second"),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_finding_stands_where_the_fault_is(name: str) -> None:
    fields, code, line, column, text = FOUND[name]
    source = markdown(with_fields(HEADER, fields), BODY)
    made = corpus(source)
    found = [finding for finding in check(made) if finding.code.startswith("FMT")]
    assert [finding.code for finding in found] == [code]
    assert (found[0].span.line, found[0].span.column) == (line, column)
    assert made.documents[0].source.cut(found[0].span) == text


def test_a_missing_field_is_named_with_what_it_is_for() -> None:
    header = HEADER.replace("  reason: It takes fewer steps on the same letters.\n", "")
    found = [finding for finding in check(corpus(markdown(header))) if finding.code == "FMT005"]
    assert [finding.message for finding in found] == ['missing field "verdict.reason"']
    assert found[0].hint == "One sentence that says why."


def test_a_missing_front_matter_stands_at_the_top() -> None:
    found = [finding for finding in check(corpus(BODY)) if finding.code == "FMT001"]
    assert [(finding.span.line, finding.span.column) for finding in found] == [(1, 1)]


def test_a_verdict_on_another_paper_names_the_choices() -> None:
    header = HEADER.replace("stronger: bo2021second", "stronger: cy2019third")
    found = [finding for finding in check(corpus(markdown(header))) if finding.code == "FMT010"]
    assert [(finding.span.line, finding.span.column) for finding in found] == [(13, 13)]
    assert found[0].hint == "one of: ada2020first, bo2021second, neither"


@pytest.mark.parametrize(
    "fields",
    [
        'title: "Sorting: one against two"',
        "date: 2028-02-29",
        "keywords: [sorting]",
        "authors:\n  - name: Dana\n    orcid: 0000-0002-1825-0097",
        "verdict: {stronger: neither, reason: They measure different things.}",
    ],
)
def test_near_misses_are_accepted(fields: str) -> None:
    found = check(corpus(markdown(with_fields(HEADER, fields))))
    assert [finding for finding in found if finding.code.startswith("FMT")] == []
