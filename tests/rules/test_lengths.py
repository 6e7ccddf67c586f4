"""LEN: limits of the whole, weights and pages of sections, long paragraphs and titles."""

import dataclasses

import pytest

from corpora import BODY, HEADER, corpus, markdown, spoiled, with_fields
from diptych.check import check
from diptych.model.corpus import Corpus
from diptych.thresholds import Thresholds


def texts(code: str, subject: Corpus) -> list[str]:
    """The text that each finding of ``code`` talks about."""
    return [subject.source(finding.span.path).cut(finding.span) for finding in check(subject) if finding.code == code]


def messages(code: str, subject: Corpus) -> list[str]:
    return [finding.message for finding in check(subject) if finding.code == code]


def sections(first: int, second: int) -> Corpus:
    """An analysis with so many words in its two sections, which weigh 30 and 70 and have a page each."""
    return corpus(markdown(body=f"## Opening\n\n{'word ' * first}\n\n## Judgement\n\n{'word ' * second}\n"))


def with_thresholds(subject: Corpus, **numbers: float) -> Corpus:
    return dataclasses.replace(subject, thresholds=Thresholds(**numbers))


@pytest.mark.parametrize(("words", "count"), [(29, 1), (30, 0)])
def test_one_word_below_the_lower_limit_is_found(words: int, count: int) -> None:
    assert texts("LEN001", sections(words, 0)) == ["One way against another"] * count


def test_what_is_no_running_text_does_not_reach_the_lower_limit() -> None:
    subject = corpus(markdown(body=f"## Opening\n\n{'word ' * 29}\n\n| word |\n|---|\n| word |\n\n### Word\n"))
    assert messages("LEN001", subject) == ["the text has 29 words, 1 below the limit of 30"]


@pytest.mark.parametrize(("words", "over"), [(71, 0), (72, 1)])
def test_one_word_above_the_upper_limit_is_found(words: int, over: int) -> None:
    # the abstract has seven words and the two headings have one each
    expected = ["the paper has 81 words, 1 above the limit of 80"] * over
    assert messages("LEN002", sections(words, 0)) == expected


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (300, 700, []),
        (400, 600, []),
        (401, 599, ["Opening", "Judgement"]),
        (200, 800, []),
        (199, 801, ["Opening", "Judgement"]),
        (70, 30, []),  # far off, but only by 40 words
        (100, 25, ["Opening", "Judgement"]),
    ],
)
def test_a_section_far_from_its_weight_is_found_at_its_heading(first: int, second: int, found: list[str]) -> None:
    assert texts("LEN003", sections(first, second)) == found


def test_the_message_says_what_would_fit() -> None:
    (finding, _) = (finding for finding in check(sections(500, 500)) if finding.code == "LEN003")
    assert finding.message == '"Opening" has 500 of 1000 words, 50 %, but carries 30 % of the mark'
    assert finding.hint == "200 words fewer would fit its weight"


def test_how_far_from_its_weight_a_section_may_be_is_a_setting() -> None:
    assert texts("LEN003", with_thresholds(sections(500, 500), weight_tolerance=20.0)) == []
    assert texts("LEN003", with_thresholds(sections(70, 30), weight_words=10)) == ["Opening", "Judgement"]


@pytest.mark.parametrize(("words", "found"), [(725, []), (726, ["Opening"])])
def test_a_section_above_its_pages_is_found(words: int, found: list[str]) -> None:
    assert texts("LEN004", sections(words, 30)) == found


def test_a_section_below_its_pages_is_found() -> None:
    subject = with_thresholds(sections(10, 600), page_tolerance=0.1, page_words=600)
    assert messages("LEN004", subject) == ['"Opening" fills about 0.0 pages, its budget is 0.2 to 1']


@pytest.mark.parametrize(("displays", "found"), [(3, []), (4, ["Opening"])])
def test_figures_and_tables_take_part_of_a_page(displays: int, found: list[str]) -> None:
    images = "![Alt text](a.png)\n\n" * (displays - 1)
    opening = f"{'word ' * 112}\n\n### Inside\n\n{images}| a |\n|---|\n| b |\n"
    subject = corpus(markdown(body=f"## Opening\n\n{opening}\n## Judgement\n\n{'word ' * 112}\n"))
    assert texts("LEN004", with_thresholds(subject, display_pages=0.3, page_tolerance=0.19)) == found


@pytest.mark.parametrize("mark", ["", "- ", "> "])
def test_a_long_paragraph_is_found_as_a_whole(mark: str) -> None:
    text = ("word " * 221).strip()
    assert texts("LEN005", spoiled([("md", mark + text)])) == [text]


@pytest.mark.parametrize("text", ["word " * 220, "word " * 200 + "\n\n" + "word " * 200, "- word\n" * 300])
def test_paragraphs_of_bearable_length_are_accepted(text: str) -> None:
    assert texts("LEN005", spoiled([("md", text)])) == []


def test_citations_make_a_paragraph_no_longer() -> None:
    assert texts("LEN005", spoiled([("md", "word {cite:p}`ada2020first{Table 2 and more}` " * 220)])) == []


@pytest.mark.parametrize(("length", "count"), [(120, 0), (121, 1)])
def test_a_title_that_is_too_long_is_found(length: int, count: int) -> None:
    title = "x" * length
    assert texts("LEN006", corpus(markdown(with_fields(HEADER, f"title: {title}"), BODY))) == [title] * count
