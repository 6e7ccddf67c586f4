"""SCO: the rules of the course, about one analysis and about all of one author."""

from dataclasses import replace

import pytest

from corpora import HEADER, corpus, course, markdown, spoiled, with_fields
from diptych.check import check
from diptych.model.corpus import Corpus

CY = "\n@misc{cy2019other,\n  title = {Other Letters},\n  author = {Cy, Carla},\n  year = {2019},\n}\n"
VERDICT = "verdict: {stronger: ada2020first, reason: It takes fewer steps.}"


def found(made: Corpus) -> list[tuple[str, int, int, str]]:
    """Code, line, column and text of each finding about the course."""
    return [
        (item.code, item.span.line, item.span.column, made.source(item.span.path).cut(item.span))
        for item in check(made)
        if item.code.startswith("SCO")
    ]


def found_with(fields: str, bibliography: str = "") -> list[tuple[str, int, int, str]]:
    """The findings of the clean analysis with other fields; they stand at the end of the front matter."""
    return found(spoiled([("yaml", fields), ("bib", bibliography)]))


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ("assignment: sorting-2", "SCO001", "sorting-2"),
        ("option: numbers", "SCO002", "numbers"),
        ("topic: by-machine", "SCO004", "by-machine"),
        ("authors: [{name: Dana Example}, {name: Eve Example}]", "SCO008", "{name: Eve Example}"),
        ("approval: [{paper: cy2019other, by: Eve, date: 2026-01-10}]", "SCO007", "cy2019other"),
        ("slides: {bo2021second: 5}", "SCO012", "5"),
        ("slides: {bo2021second: -1}", "SCO012", "-1"),
        ("slides: {bo2021secnd: 3}", "SCO013", "bo2021secnd"),
    ],
)
def test_a_field_that_breaks_a_rule_is_found(fields: str, code: str, place: str) -> None:
    findings = found_with(fields)
    assert [(item[0], item[3]) for item in findings] == [(code, place)]
    assert findings[0][2] == fields.index(place) + 1


def test_a_topic_of_another_option_is_found_with_its_papers() -> None:
    findings = {(item[0], item[3]) for item in found_with("option: digits")}
    assert findings == {("SCO005", "by-hand"), ("SCO006", "ada2020first"), ("SCO006", "bo2021second")}


def test_a_paper_of_another_topic_of_the_same_option_is_accepted() -> None:
    made = spoiled([("yaml", f"papers: [ada2020first, cy2019other]\n{VERDICT}"), ("bib", CY)])
    rubric = made.rubrics["sorting"]
    more = replace(rubric.topics[0], id="by-eye", papers=("cy2019other",))
    for option, codes in (("letters", []), ("digits", ["SCO006"])):
        topics = (*rubric.topics, replace(more, option=option))
        changed = replace(made, rubrics={"sorting": replace(rubric, topics=topics)})
        assert [item[0] for item in found(changed)] == codes


def test_an_unapproved_paper_is_found_where_it_is_named() -> None:
    fields = f"{VERDICT}\npapers: [ada2020first, cy2019other]"
    assert [(item[0], item[2], item[3]) for item in found_with(fields, CY)] == [("SCO006", 24, "cy2019other")]


def test_approval_makes_papers_and_topics_of_ones_own_acceptable() -> None:
    approval = "approval: [{paper: cy2019other, by: Eve Example, date: 2026-01-10}]"
    assert found_with(f"papers: [ada2020first, cy2019other]\n{VERDICT}\n{approval}", CY) == []
    own = f"{approval}\ntopic: by-machine\npapers: [ada2020first, cy2019other]\n{VERDICT}"
    assert [item[0] for item in found_with(own, CY)] == ["SCO004"]
    both = own.replace("}]", "}, {paper: ada2020first, by: Eve Example, date: 2026-01-10}]")
    assert found_with(both, CY) == []


def test_a_course_without_approvals_asks_for_none() -> None:
    made = spoiled([("yaml", f"topic: by-machine\npapers: [ada2020first, cy2019other]\n{VERDICT}"), ("bib", CY)])
    rubric = made.rubrics["sorting"]
    course = replace(rubric.course, approval_outside_topics=False, most_slides=None)
    assert found(replace(made, rubrics={"sorting": replace(rubric, course=course)})) == []


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        ("doi = {10.1000/ABC}", "doi = {https://doi.org/10.1000/abc}", True),
        ("eprint = {1912.00001v2}, archiveprefix = {arXiv}", "doi = {10.48550/arXiv.1912.00001}", True),
        ("eprint = {1912.00001}, doi = {10.1000/abc}", "eprint = {arXiv:1912.00001}", True),
        ("doi = {10.1000/abc}", "doi = {10.1000/abd}", False),
        ("eprint = {1912.00001}", "eprint = {1912.00002}", False),
        ("eprint = {}", "eprint = {}", False),
    ],
)
def test_one_paper_under_two_keys_is_found(first: str, second: str, is_found: bool) -> None:
    entries = f"@misc{{cy2019other, title = {{A}}, {first}}}\n\n@misc{{di2020more, title = {{B}}, {second}}}"
    fields = "verdict: {stronger: di2020more, reason: It is.}\npapers: [cy2019other, di2020more]"
    places = [item[3] for item in found_with(fields, entries) if item[0] == "SCO011"]
    assert places == ["di2020more"] * is_found


# -- several analyses of one author

FIRST = "assignment: sorting-first\ndate: 2025-11-30"


def signed(author: str, fields: str = "") -> str:
    """An analysis by ``author``, a YAML mapping."""
    return markdown(with_fields(with_fields(HEADER, fields) if fields else HEADER, f"authors: [{{{author}}}]"))


@pytest.mark.parametrize(
    ("author", "other", "is_same"),
    [
        ("name: Dana Example", "name: dana  example", True),
        ("name: Dana Example", "name: Dan Example", False),
        ("name: D. Example, email: d@example.org", "name: Dana, email: D@example.org", True),
        ("name: Dana, email: d@example.org", "name: Dana, email: e@example.org", False),
        ("name: A, orcid: 0000-0002-1825-0097", "name: B, orcid: 0000-0002-1825-0097", True),
        ("name: A, orcid: 0000-0002-1825-0097", "name: A, orcid: 0000-0001-5109-3700", False),
        ("name: A, orcid: 0000-0002-1825-0097", "name: A", True),
    ],
)
def test_people_are_told_apart(author: str, other: str, is_same: bool) -> None:
    again = found(course(signed(author), signed(other, FIRST)))
    assert [(item[0], item[3]) for item in again] == [("SCO009", "letters")] * is_same
    twice = found(course(signed(author), signed(other, "date: 2026-02-01")))
    assert [item[0] for item in twice] == ["SCO010"] * is_same


def test_the_later_analysis_is_the_one_that_is_found() -> None:
    made = course(signed("name: Dana", FIRST), signed("name: Dana"))
    assert [(item.code, item.span.path) for item in check(made)] == [("SCO009", "analyses/b/index.md")]
    made = course(signed("name: Dana"), signed("name: Dana", FIRST))
    assert [(item.code, item.span.path) for item in check(made)] == [("SCO009", "analyses/a/index.md")]


def test_the_other_option_is_what_the_course_asks_for() -> None:
    other = spoiled([("yaml", f"{FIRST}\noption: digits")]).documents[0].source.text
    assert "SCO009" not in {item[0] for item in found(course(markdown(), other))}


def test_a_group_may_sign_all_analyses_where_the_course_lets_it() -> None:
    assert found(corpus(markdown(), markdown(), markdown())) == []
