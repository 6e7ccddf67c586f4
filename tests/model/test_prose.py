"""Sentences, paragraphs and passages: where they begin and end, and that each span cuts out what it says."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import markdown
from diptych.model.document import Document
from diptych.model.numbers import stated_numbers
from diptych.model.prose import ASIDE, NOUN, Paragraph, paragraphs, passages
from diptych.parse.markdown import read_document
from diptych.span import Source


def read(body: str) -> Document:
    return read_document(Source("analyses/a/index.md", markdown(body=f"## Opening\n\n{body}\n")), "a")


def only(body: str) -> Paragraph:
    (paragraph,) = paragraphs(read(body))
    return paragraph


def sentences(body: str) -> list[str]:
    return [sentence.text for sentence in only(body).sentences()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One here. Another one! A third? And the rest", ["One here.", "Another one!", "A third?", "And the rest"]),
        (
            "They ask. “Because,” they say. (So be it.) Yes.",
            ["They ask.", "“Because,” they say.", "(So be it.)", "Yes."],
        ),
        ("Both count steps.\nThe first counts more.", ["Both count steps.", "The first counts more."]),
        ("It takes 3.5 s. 70.5% agree.", ["It takes 3.5 s.", "70.5% agree."]),
    ],
)
def test_a_full_stop_before_a_capital_or_a_digit_ends_a_sentence(body: str, expected: list[str]) -> None:
    assert sentences(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "See Fig. 3 and Sec. 4 of Ada et al. The rest",
        "It is slow, e.g. On long inputs",
        "J. Ho and A. B. Cy agree",
        "It takes 3.5 s, i.e. Half",
        "What now? they ask",
        "Version 1.5 is out",
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(body: str) -> None:
    assert sentences(body) == [body]


def test_a_capital_that_numbers_something_ends_a_sentence() -> None:
    assert sentences("It stands in Appendix E. Both agree.") == ["It stands in Appendix E.", "Both agree."]


def test_a_citation_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    assert sentences("It is fast. {cite:p}`a` It is small.[^1] Good.") == [
        f"It is fast. {ASIDE}",
        f"It is small.{ASIDE}",
        "Good.",
    ]


def test_a_citation_that_is_read_as_words_begins_a_sentence() -> None:
    assert sentences("It is fast. {cite:t}`a` agree. $x$ is small.") == [
        "It is fast.",
        f"{NOUN} agree.",
        f"{NOUN} is small.",
    ]


def test_each_sentence_is_cut_from_the_source_as_written() -> None:
    body = (
        "Tom \\& Co. are &lt;fast&gt;. **A bold** step {cite:p}`a{Table 1}`.\n  Then [a link](https://x.org) ends it."
    )
    cut = [sentence.paragraph.source.cut(sentence.span) for sentence in only(body).sentences()]
    assert cut == [
        "Tom \\& Co. are &lt;fast&gt;.",
        "A bold** step {cite:p}`a{Table 1}`.",
        "Then [a link](https://x.org) ends it.",
    ]


def test_a_sentence_knows_its_citations_and_notes() -> None:
    first, second = only("One {cite:p}`a,b`.[^1] Two {cite:t}`c`.").sentences()
    assert [[cited.key for cited in citation.keys] for _, citation in first.citations] == [["a", "b"]]
    assert first.has_note
    assert [[cited.key for cited in citation.keys] for _, citation in second.citations] == [["c"]]
    assert not second.has_note


def test_the_abstract_and_headings_are_no_passages() -> None:
    assert [passage.paragraphs[0].text for passage in passages(paragraphs(read("### Data\n\nText.")))] == ["Text."]


def texts(body: str) -> list[list[str]]:
    return [[paragraph.text for paragraph in passage.paragraphs] for passage in passages(paragraphs(read(body)))]


def test_an_item_holds_its_further_paragraphs() -> None:
    assert texts("- One.\n\n  More.\n- Two.\n\n1. Three.") == [["One.", "More."], ["Two."], ["Three."]]


def test_a_table_holds_its_caption_and_all_cells() -> None:
    body = ":::{table} Caption.\n| a | b |\n|---|---|\n| c | d |\n:::\n\nAfter."
    assert texts(body) == [["Caption.", "a", "b", "c", "d"], ["After."]]


def test_paragraphs_of_a_quotation_belong_together() -> None:
    assert texts("> One.\n>\n> Two.\n\nThree.") == [["One.", "Two."], ["Three."]]


def test_a_paragraph_that_goes_on_after_a_formula_is_one_with_it() -> None:
    assert texts("The loss is\n\n$$a$$\n\nwhere a is small.\n\nNext.") == [
        ["The loss is", "where a is small."],
        ["Next."],
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Alone.", [False]),
        ("Cited {cite:p}`a`.", [True]),
        ("See {numref}`tab-x`.", [True]),
        ("Led in {cite:p}`a`:\n\n- one,\n- two.", [True, True, True]),
        ("Not led in {cite:p}`a`.\n\n- one,\n- two.", [True, False, False]),
        ("- Around {cite:p}`a`\n  - inside\n- beside", [True, True, False]),
        ("Led in {cite:p}`a`:\n\n- one\n\nAfter.", [True, True, False]),
    ],
)
def test_a_passage_names_its_source_or_leans_on_one_that_does(body: str, expected: list[bool]) -> None:
    assert [passage.names_source for passage in passages(paragraphs(read(body)))] == expected


ALPHABET = st.sampled_from(
    ["a", "B", " ", ".", "1", "%", "\n", "*", "`", "\\", "&amp;", "{cite:p}`k`", "$x$", "[^1]", "é", "- "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_whatever_is_written_spans_stay_in_order_and_in_the_text(body: str) -> None:
    document = read(body)
    for paragraph in paragraphs(document):
        at = paragraph.block.span.start
        for sentence in paragraph.sentences():
            span = sentence.span
            assert at <= span.start <= span.end <= len(document.source.text)
            at = span.end
        for start, end in stated_numbers(paragraph.text, 10):
            assert document.source.cut(paragraph.span(start, end)) == paragraph.text[start:end]


@pytest.mark.parametrize("piece", ["1, ", "a. ", "A. {cite:p}`k` ", "\\& 5% ", "et al. ", ". . ", "and 3 "])
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def cost(count: int) -> float:
        paragraph = only("Text " + piece * count)
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            for sentence in paragraph.sentences():
                list(stated_numbers(paragraph.text, 10, sentence.start, sentence.end))
            best = min(best, time.process_time() - begun)
        return best

    # a busy machine may spoil a try, quadratic time would spoil each
    assert any(cost(16_000) < 8 * cost(4_000) + 0.01 for _ in range(4))
