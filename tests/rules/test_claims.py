"""CIT: numbers without a source or a place in it, and claims without a source."""

import dataclasses

import pytest

from corpora import spoiled
from diptych.check import check
from diptych.model.corpus import Corpus
from diptych.span import Span
from diptych.thresholds import Thresholds


def place_in(text: str, span: Span, subject: Corpus) -> str:
    """Line and column of ``span``, counted from the line in which ``text`` begins."""
    source = subject.source(span.path)
    first = source.span(source.text.index(text), 0).line
    return f"{span.line - first + 1}:{span.column}"


def found(code: str, text: str, **thresholds: float) -> list[tuple[str, str]]:
    """The place within ``text`` and the words there of each finding of ``code`` in it."""
    subject = dataclasses.replace(spoiled([("md", text)]), thresholds=Thresholds(**thresholds))
    return [
        (place_in(text, finding.span, subject), subject.source(finding.span.path).cut(finding.span))
        for finding in check(subject)
        if finding.code == code
    ]


def messages(code: str, text: str) -> list[str]:
    return [finding.message for finding in check(spoiled([("md", text)])) if finding.code == code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It needs 12.5% fewer steps {cite:p}`bo2021second`.", [("1:37", "bo2021second")]),
        ("{cite:t}`bo2021second` need 12.5% fewer steps.", [("1:10", "bo2021second")]),
        ("As {cite:author}`bo2021second` say, 12.5% win.", [("1:18", "bo2021second")]),
        ("{cite:t}`bo2021second` win 12.5%, unlike {cite:t}`ada2020first`.", [("1:10", "bo2021second")]),
        ("It sorts 400 letters\nand 12% of digits {cite:p}`bo2021second`.", [("2:28", "bo2021second")]),
        (
            "It needs 12% {cite:p}`ada2020first`, then 13% {cite:p}`bo2021second`.",
            [("1:23", "ada2020first"), ("1:56", "bo2021second")],
        ),
        ("- It needs 12% {cite:p}`ada2020first`.", [("1:25", "ada2020first")]),
        ("| a |\n|---|\n| 12% {cite:p}`ada2020first` |", [("3:16", "ada2020first")]),
    ],
)
def test_a_citation_beside_a_number_needs_a_locator(text: str, expected: list[tuple[str, str]]) -> None:
    assert found("CIT008", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It needs 12.5% fewer steps {cite:p}`bo2021second{Table 2}`.",
        "{cite:t}`bo2021second` need 12.5% fewer steps {cite:p}`bo2021second{Table 2}`.",
        "It needs 12.5% fewer steps {cite:p}`ada2020first,bo2021second{Table 2}`.",
        "After {cite:t}`ada2020first`, it needs 12% {cite:p}`bo2021second{Table 2}`, like {cite:t}`ada2020first`.",
        "It needs 12.5% fewer steps. {cite:t}`bo2021second` sort letters.",
        "{cite:t}`bo2021second` published in 2021, before version 2.1 of Section 3.2.",
        "{cite:t}`bo2021second` sort in $0.5$ and `0.5` steps, 2D and 3D.",
        "The 2 papers {cite:p}`ada2020first,bo2021second` answer question 12 with GPT-4.",
        "The test of {cite:t}`ada2020first` should be repeated with 200 letters.",
    ],
)
def test_a_locator_beside_the_number_or_no_stated_number_is_accepted(text: str) -> None:
    assert found("CIT008", text) == []


def test_all_numbers_of_one_citation_make_one_finding() -> None:
    text = "It wins 70.5%, 63.3%, 55% and 20 s {cite:p}`bo2021second`."
    assert messages("CIT008", text) == ['"bo2021second" is cited for 70.5%, 63.3%, 55% and 1 more without a locator']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sorting takes 12.5 minutes.", [("1:15", "12.5 minutes")]),
        ("First {cite:p}`ada2020first{p. 1}`.\n\nThen 40 %.", [("3:6", "40 %")]),
        ("Some need more:\n\n- 40 steps\n- 50 steps {cite:p}`ada2020first{p. 1}`", [("3:3", "40")]),
        ("| a |\n|---|\n| 40 |\n| 50 |", [("3:3", "40")]),
        ("> It took 40 minutes.", [("1:11", "40 minutes")]),
        ("Sorting is slow.[^a]\n\n[^a]: It took 40 minutes.", [("3:15", "40 minutes")]),
        ("In 2019 it took\n\\~40 minutes &amp; 50 steps.", [("2:3", "40 minutes")]),
    ],
)
def test_a_passage_with_a_number_needs_a_citation(text: str, expected: list[tuple[str, str]]) -> None:
    assert found("CIT009", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sorting takes 12.5 minutes, says {cite:t}`ada2020first`. It takes 40 steps.",
        "They report {cite:p}`ada2020first{Table 1}`:\n\n- 40 steps\n- 50 steps",
        "- Steps {cite:p}`ada2020first{Table 1}`:\n\n  40 and 50.\n  - 60 by hand",
        "| a | {cite:t}`ada2020first` |\n|---|---|\n| b | 40 |",
        ":::{table} Steps {cite:p}`ada2020first{Table 1}`.\n| a |\n|---|\n| 40 |\n:::",
        ":::{table} Our count of steps.\n| a |\n|---|\n| 40 |\n:::",
        "{numref}`tab-steps` shows 40 steps.",
        "By our own arithmetic this makes 40 steps.",
        "We counted 40 steps.",
        "A study with 40 raters would settle it.",
        "Sorting takes 40 minutes.[^a]\n\n[^a]: {cite:t}`ada2020first{p. 1}`.",
        "In 2019, two papers out of 9 asked question 12 of Section 3.2 with GPT-4 in 3D.",
        "The loss {cite:p}`ada2020first{p. 1}` is\n\n$$a$$\n\nwhere 0.5 is the weight.",
    ],
)
def test_a_passage_with_a_source_or_without_a_stated_number_is_accepted(text: str) -> None:
    assert found("CIT009", text) == []


def test_a_table_makes_one_finding_however_many_cells_it_has() -> None:
    assert messages("CIT009", "| a | b |\n|---|---|\n| 40 | 50 |") == ["this table states 40 and 50 and cites nothing"]


def test_where_counts_begin_is_a_setting() -> None:
    assert found("CIT009", "It takes 40 steps.", stated_count=100) == []
    assert found("CIT009", "It takes 4 steps.", stated_count=3) == [("1:10", "4")]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Recent work shows that letters are hard.", "1:1", "Recent work shows"),
        ("As we said, several recent studies have found\nthis.", "1:13", "several recent studies have found"),
        ("Many deep learning papers report this.", "1:1", "Many deep learning papers report"),
        ("It is well known that letters are hard.", "1:1", "It is well known"),
        ("Letters have been shown to be hard.", "1:9", "have been shown to"),
        ("Letters are widely believed to be hard.", "1:9", "are widely believed to"),
        ("Studies have found\nthis, and research suggests more.", "1:1", "Studies have found"),
        ("There is broad agreement that letters are hard.", "1:1", "There is broad agreement that"),
        ("According to many papers, letters are hard.", "1:1", "According to many papers"),
        ("It was often assumed that letters are hard.", "1:1", "It was often assumed"),
        ("As is well known, letters are hard.", "1:1", "As is well known"),
        ("- Letters are hard, as most researchers agree.", "1:24", "most researchers agree"),
    ],
)
def test_a_claim_on_nameless_sources_is_found(text: str, place: str, words: str) -> None:
    assert found("CIT010", text)[0] == (place, words)


@pytest.mark.parametrize(
    "text",
    [
        "Recent work shows that letters are hard {cite:p}`ada2020first`.",
        "Recent work shows that letters are hard.[^a]\n\n[^a]: {cite:t}`ada2020first`.",
        "Both papers show that letters are hard.",
        "The other paper shows that letters are hard.",
        "Their earlier papers show that letters are hard.",
        "The ablation studies show that letters are hard; user studies find the same.",
        "No existing study has shown this, and no recent work shows it.",
        "Future work should show whether letters are hard, and further studies may find more.",
        "Its authors argue that letters are hard. The raters agree.",
        "Many letters show this. Some results suggest it. Most raters found it.",
        "The letters are known to the model.",
        "Whether many studies find this is open.",
    ],
)
def test_a_claim_with_a_source_or_on_what_is_at_hand_is_accepted(text: str) -> None:
    assert found("CIT010", text) == []


@pytest.mark.parametrize("text", [
    "It sorts 12.5% more (Bo et al., 2021).",
    "It sorts 12.5% more, see https://doi.org/10.1000/182.",
    "It sorts 12.5% more {citep}`bo2021second`.",
    "Recent work shows that letters are hard [@bo2021second].",
])  # fmt: skip
def test_a_source_that_is_named_in_a_wrong_way_is_one_finding(text: str) -> None:
    (finding,) = check(spoiled([("md", text)]))
    assert finding.code in ("CIT011", "CIT012", "MKP002")


def test_a_source_that_is_named_elsewhere_in_a_wrong_way_does_not_help() -> None:
    text = "Digits are hard (Bo et al., 2021). Recent work shows that letters are.\n\nIt sorts 12.5% more."
    assert {finding.code for finding in check(spoiled([("md", text)]))} == {"CIT009", "CIT010", "CIT012"}
