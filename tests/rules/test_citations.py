"""CIT: keys, entries and the weight of papers. What is stated and what is typed by hand: see the files beside."""

import pytest

from corpora import BIBLIOGRAPHY, corpus, markdown, spoiled
from diptych.check import check
from diptych.model.corpus import Corpus

OTHER = "@misc{cy2019other, title = {Other}, author = {Cy, Carla}, year = {2019}}"


def found(code: str, subject: Corpus) -> list[tuple[str, str]]:
    """The text that each finding of ``code`` talks about, and its hint."""
    return [
        (subject.source(finding.span.path).cut(finding.span), finding.hint)
        for finding in check(subject)
        if finding.code == code
    ]


def places(code: str, text: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where each finding of ``code`` stands in ``text``, counted from its first line, and the words there."""
    subject = spoiled([*more, ("md", text)])
    source = subject.documents[0].source
    first = source.span(source.text.index(text), 0).line
    spans = [finding.span for finding in check(subject) if finding.code == code]
    return [(f"{span.line - first + 1}:{span.column}", source.cut(span)) for span in spans]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("ada2020frist", 'did you mean "ada2020first"?'),
        ("Ada2020First", 'keys are case-sensitive: write "ada2020first"'),
        ("zoe1999", "add the entry to a file in the bibliography's folder"),
    ],
)
def test_an_unknown_key_is_found_with_what_was_meant(key: str, hint: str) -> None:
    text = f"Others {{cite:p}}`bo2021second,{key}{{Table 2}}` sort."
    assert places("CIT001", text) == [("1:30", key)]
    assert found("CIT001", spoiled([("md", text)])) == [(key, hint)]


def test_each_unknown_key_is_found_where_it_stands() -> None:
    text = "See {cite:p}`one` and\n{cite:p}`{see}two{p. 4}, three`."
    assert places("CIT001", text) == [("1:14", "one"), ("2:15", "two"), ("2:26", "three")]


def test_among_thousands_of_entries_the_near_miss_is_still_found() -> None:
    many = "\n".join(f"@misc{{zed{number}paper, title = {{T{number}}}, year = {{2000}}}}" for number in range(3000))
    text = markdown(body="## Opening\n\nOthers {cite:p}`ada2020frist` sort.\n")
    assert [hint for _, hint in found("CIT001", corpus(text, bibliography=BIBLIOGRAPHY + many))] == [
        'did you mean "ada2020first"?'
    ]


def test_a_selected_paper_without_entry_is_found_in_the_front_matter() -> None:
    subject = spoiled([("yaml", "papers: [ada2020first, bo2021last]")])
    assert found("CIT002", subject) == [("bo2021last", 'did you mean "bo2021second"?')]


def test_a_selected_paper_that_is_never_cited_is_found_in_the_front_matter() -> None:
    subject = spoiled([("md body", "## Opening\n\n{cite:t}`ada2020first` sort letters.\n")])
    assert found("CIT003", subject) == [("bo2021second", "cite it with {cite:t}`bo2021second`")]


@pytest.mark.parametrize("content", ["ada2020first bo2021second", "ada2020first,", "{Table 2}", "ada2020first{Table 2"])
def test_what_is_no_list_of_keys_is_found(content: str) -> None:
    citation = f"{{cite:p}}`{content}`"
    assert places("CIT004", f"Both {citation} sort.") == [("1:6", citation)]


def test_an_entry_that_nobody_cites_is_found_in_its_file() -> None:
    assert found("CIT005", spoiled([("bib", OTHER)])) == [("cy2019other", "cite it, or remove the entry")]


def test_entries_are_not_called_unused_where_only_some_analyses_are_checked() -> None:
    whole = spoiled([("bib", OTHER)])
    part = Corpus(whole.documents, whole.bibliography, whole.rubrics, is_whole=False)
    assert found("CIT005", part) == []


@pytest.mark.parametrize("citation", ["ada2020first, ada2020first", "ada2020first{Table 1},bo2021second,ada2020first"])
def test_the_second_of_two_equal_keys_is_found(citation: str) -> None:
    column = 15 + citation.rindex("ada2020first")
    assert places("CIT006", f"Both {{cite:p}}`{citation}` sort.") == [(f"1:{column}", "ada2020first")]


def test_one_key_in_two_citations_is_no_repetition() -> None:
    assert places("CIT006", "Letters {cite:p}`ada2020first`, and steps {cite:p}`ada2020first`.") == []


@pytest.mark.parametrize(
    ("times", "expected"), [(2, []), (3, [("1:14", "cy2019other")]), (5, [("1:14", "cy2019other")])]
)
def test_another_paper_may_not_be_cited_more_often_than_a_selected_one(times: int, expected: list) -> None:
    assert places("CIT007", "See {cite:p}`cy2019other`. " * times, ("bib", OTHER)) == expected


def test_the_message_compares_with_the_paper_that_is_cited_least() -> None:
    subject = spoiled([("bib", OTHER), ("md", "{cite:t}`ada2020first`, " + "see {cite:p}`cy2019other`, " * 3)])
    (message,) = (finding.message for finding in check(subject) if finding.code == "CIT007")
    assert message == '"cy2019other" is cited 3 times, more often than the selected paper "bo2021second" (2)'
