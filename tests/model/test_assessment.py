"""A document held against its assignment: which section is which, and what each question got."""

import pytest

from corpora import BODY, HEADER, RUBRIC, corpus, markdown, rubric
from diptych.model.assessment import Assessment, assess, citations_within, find_section, within
from diptych.model.corpus import Corpus
from diptych.parse.markdown import read_document
from diptych.span import Source


def assessment(body: str = BODY) -> Assessment:
    return assess(read_document(Source("analyses/a/index.md", markdown(body=body)), "a"), rubric())


def test_every_graded_section_and_question_has_its_facts() -> None:
    facts = assessment()
    assert [(section.graded.title, section.index, section.citations) for section in facts.sections] == [
        ("Opening", 0, 2), ("Judgement", 1, 2),
    ]  # fmt: skip
    assert [(answer.question.id, len(answer.markers), answer.citations) for answer in facts.answers] == [
        ("1", 1, 2), ("2", 1, 0), ("3", 1, 2),
    ]  # fmt: skip
    assert [section.words for section in facts.sections] == [12, 21]
    assert [answer.words for answer in facts.answers] == [12, 11, 10]
    assert [round(section.share, 2) for section in facts.sections] == [0.36, 0.64]
    assert facts.citations == {"ada2020first": 2, "bo2021second": 2}
    assert facts.answered == 3
    assert facts.body == sum(section.words for section in facts.sections)
    assert facts.all == facts.body + 7 + 2  # the abstract and two headings


def test_what_is_missing_counts_nothing() -> None:
    facts = assessment("Some text.\n\n## Opening\n\n{q}`1` Here it is.\n")
    assert [(section.index, section.words, section.share, section.citations) for section in facts.sections] == [
        (0, 3, 1.0, 0), (None, 0, 0.0, 0),
    ]  # fmt: skip
    assert facts.body == 5  # what stands in no section counts for the whole
    assert facts.answered == 1


def test_an_empty_document_has_facts_too() -> None:
    facts = assess(read_document(Source("a/index.md", ""), "a"), rubric())
    assert (facts.body, facts.all, facts.answered, facts.minutes) == (0, 0, 0, 1)
    assert [section.share for section in facts.sections] == [0.0, 0.0]


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (220, 1), (340, 2), (2200, 10)])
def test_reading_time_is_at_least_a_minute(words: int, minutes: int) -> None:
    assert assess(read_document(Source("a/index.md", "word " * words), "a"), rubric()).minutes == minutes


def test_a_section_is_found_whatever_the_case_of_its_letters_and_only_at_the_top() -> None:
    graded = rubric().sections[1]
    document = assessment(
        "## Opening\n\n### Judgement\n\n## JUDGEMENT\n\n#### Deep\n\n{cite:p}`ada2020first`\n"
    ).document
    assert find_section(document, graded) == 2
    assert within(document, 2) == {2, 3}
    assert [citation.keys[0].key for citation in citations_within(document, 2)] == ["ada2020first"]
    assert citations_within(document, 0) == []


def test_an_answer_in_several_passages_is_counted_as_one() -> None:
    facts = assessment("## Opening\n\n{q}`1` one two {q}`2` three {q}`1` four\n\n## Judgement\n\nfive\n")
    assert [(answer.words, len(answer.markers)) for answer in facts.answers] == [(3, 2), (1, 1), (0, 0)]


# ---- A corpus


def test_a_corpus_knows_the_assignment_of_each_document_and_the_text_of_each_file() -> None:
    read = corpus(markdown(), markdown(HEADER.replace("assignment: sorting", "assignment: other")))
    assert read.rubric_of(read.documents[0]).id == "sorting"
    assert read.rubric_of(read.documents[1]) is None
    assert read.source("analyses/b/index.md") is read.documents[1].source
    assert read.source("bib/letters.bib").text.startswith("@inproceedings{ada2020first")
    assert read.source("nowhere.md") is None


def test_a_header_that_cannot_be_read_does_not_hide_what_is_below_it_where_there_is_one_assignment() -> None:
    read = corpus("---\ntitle: [\n---\n" + BODY)
    other = rubric(RUBRIC.replace('id = "sorting"', 'id = "other"'))
    two = Corpus(read.documents, read.bibliography, {"sorting": rubric(), "other": other})
    assert read.rubric_of(read.documents[0]).id == "sorting"
    assert two.rubric_of(two.documents[0]) is None
