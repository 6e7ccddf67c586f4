"""STR: sections, answers, the comparison, and references within the text."""

import dataclasses

import pytest

from corpora import BODY, HEADER, RUBRIC, corpus, markdown, rubric, spoiled, with_fields
from diptych.check import check
from diptych.model.corpus import Corpus
from diptych.thresholds import Thresholds


def found(code: str, subject: Corpus) -> list[tuple[str, str]]:
    """The place and the text there of each finding of ``code`` in the analyses, places counted below the header."""
    places = []
    for finding in check(subject):
        if finding.code == code:
            source = subject.source(finding.span.path)
            first = source.span(source.text.index("## Opening"), 0).line
            places.append((f"{finding.span.line - first + 1}:{finding.span.column}", source.cut(finding.span)))
    return places


def body(text: str) -> Corpus:
    """An analysis with ``text`` for all its sections; line 1 is its first line."""
    return corpus(markdown(body=text))


def opening(text: str) -> Corpus:
    """The clean analysis with ``text`` at the end of its first section, from line 5 on."""
    return spoiled([("md", text)])


def messages(code: str, subject: Corpus) -> list[str]:
    return [finding.message for finding in check(subject) if finding.code == code]


def hints(code: str, subject: Corpus) -> list[str]:
    return [finding.hint for finding in check(subject) if finding.code == code]


# ---- sections and headings


def test_a_missing_section_is_found_at_the_end() -> None:
    subject = body(BODY.partition("## Judgement")[0])
    assert messages("STR001", subject) == ['the section "Judgement" is missing']
    assert hints("STR001", subject) == ["add a line: ## Judgement"]


@pytest.mark.parametrize(("title", "meant"), [("Judgment", "Judgement"), ("Verdict", ""), ("Open", "Opening")])
def test_a_misspelt_section_is_one_finding(title: str, meant: str) -> None:
    old = "Opening" if meant == "Opening" else "Judgement"
    subject = body(BODY.replace(f"## {old}", f"## {title}"))
    codes = {finding.code for finding in check(subject)}
    assert codes == ({"STR002"} if meant else {"STR001", "STR002", "STR007"})


def test_a_section_cut_short_is_one_finding() -> None:
    text = RUBRIC.replace('title = "Judgement"\nweight', 'title = "Judgement and all that follows"\nweight')
    subject = dataclasses.replace(corpus(), rubrics={"sorting": rubric(text)})
    assert {finding.code for finding in check(subject)} == {"STR002"}
    assert hints("STR002", subject) == ['did you mean "Judgement and all that follows"?']


def test_the_case_of_a_heading_does_not_matter() -> None:
    assert found("STR001", body(BODY.replace("## Judgement", "## JUDGEMENT"))) == []


def test_an_unknown_section_is_found_at_its_heading_with_what_was_meant() -> None:
    subject = body(BODY.replace("## Judgement", "## Judgment"))
    assert found("STR002", subject) == [("5:4", "Judgment")]
    assert hints("STR002", subject) == ['did you mean "Judgement"?']


def test_subsections_are_free() -> None:
    assert found("STR002", opening("### Anything\n\nGoes.")) == []


def test_a_section_before_one_that_it_should_follow_is_found() -> None:
    subject = body("## Judgement\n\nFirst.\n\n## Opening\n\nSecond.\n")
    assert [text for _, text in found("STR003", subject)] == ["Opening"]


def test_a_section_that_stands_twice_is_found_at_the_second() -> None:
    subject = body(BODY + "\n## opening\n\nAgain.\n")
    assert found("STR003", subject) == [("11:4", "opening")]
    assert found("STR016", subject) == []


def test_a_title_in_the_text_is_found() -> None:
    assert found("STR004", body("## Opening\n\n# Title\n\nText.\n")) == [("3:1", "# Title")]


@pytest.mark.parametrize(
    "filling", ["Text.", "- item", "```python\nx = 1\n```", "$$a$$", "| a |\n|---|\n| b |", "![Alt](a.png)"]
)
def test_a_section_with_anything_in_it_is_not_empty(filling: str) -> None:
    assert found("STR009", opening(f"### Data\n\n{filling}")) == []


def test_a_heading_without_anything_is_found() -> None:
    assert found("STR009", opening("### Data\n\n### More\n\n#### Inside\n\nText.\n\n% A comment.")) == [("5:5", "Data")]


@pytest.mark.parametrize(("headings", "expected"), [
    ("#### Deep\n\nText.", [("5:6", "Deep")]),
    ("### One\n\nText.\n\n##### Deep\n\nText.", [("9:7", "Deep")]),
    ("### One\n\nText.\n\n#### Two\n\nText.", []),
])  # fmt: skip
def test_a_heading_that_skips_a_level_is_found(headings: str, expected: list) -> None:
    assert found("STR010", opening(headings)) == expected


@pytest.mark.parametrize("second", ["### Data", "### data", "#### Data", "###   *Data*"])
def test_a_heading_that_stands_twice_is_found_at_the_second(second: str) -> None:
    (place,) = found("STR016", opening(f"### Data\n\nText.\n\n{second}\n\nText."))
    assert place[0].startswith("9:")


def test_headings_that_share_some_words_are_accepted() -> None:
    assert found("STR016", opening("### Data\n\nText.\n\n### Data of both\n\nText.")) == []


# ---- answers


def test_an_unanswered_question_is_found_at_the_heading_of_its_section() -> None:
    subject = body(BODY.replace("{q}`2` ", ""))
    assert found("STR005", subject) == [("5:4", "Judgement")]
    assert hints("STR005", subject) == ["write {q}`2` where its answer begins"]


def test_a_marker_without_question_is_found() -> None:
    assert found("STR006", opening("So {q}`9` it is.")) == [("5:4", "{q}`9`")]


def test_an_answer_in_a_section_of_another_question_is_found() -> None:
    subject = opening("{q}`3` We prefer the second.")
    assert found("STR007", subject) == [("5:1", "{q}`3`")]
    assert messages("STR007", subject) == ['question 3 is answered in "Judgement", not in "Opening"']


@pytest.mark.parametrize(("words", "count"), [("one two three four", 1), ("one two three four five", 0)])
def test_an_answer_needs_as_many_words_as_the_assignment_asks_for(words: str, count: int) -> None:
    text = BODY.replace(
        "Both papers sort the letters of one alphabet, the Latin one.", f"{words} {{cite:p}}`bo2021second`."
    )
    assert len(found("STR008", body(text))) == count


def judged(answer: str, stronger: str = "bo2021second") -> Corpus:
    """An analysis that gives its verdict in ``answer``."""
    header = with_fields(HEADER, f"verdict:\n  stronger: {stronger}\n  reason: It is so.")
    return corpus(markdown(header, BODY.partition("{q}`3`")[0] + f"{{q}}`3` {answer}\n"))


@pytest.mark.parametrize(
    "answer",
    [
        "{cite:t}`bo2021second` needs fewer steps than the other one.",
        "It needs fewer steps {cite:p}`ada2020first,bo2021second{Table 1}` than the other one.",
        "Second needs fewer steps than the other one does.",
        "**Bo's** paper needs fewer steps than the other one does.",
        "It depends.\n\n{cite:t}`bo2021second` needs fewer steps.",
    ],
)
def test_a_verdict_whose_answer_cites_or_names_the_paper_is_accepted(answer: str) -> None:
    assert found("STR013", judged(answer)) == []


def test_a_verdict_on_a_paper_that_its_answer_never_mentions_is_found_in_the_front_matter() -> None:
    subject = judged("{cite:t}`ada2020first` is slower, and seconds count.")
    assert [text for _, text in found("STR013", subject)] == ["bo2021second"]
    assert messages("STR013", subject) == [
        'the front matter names "bo2021second" as the stronger paper, but the answer to question 3 never mentions it'
    ]


@pytest.mark.parametrize(("answer", "missing"), [
    ("Both {cite:p}`ada2020first,bo2021second` are as fast.", []),
    ("The paper {cite:p}`ada2020first` is as fast.", ['"bo2021second"']),
    ("Neither of the two papers is any faster.", ['"ada2020first"', '"bo2021second"']),
])  # fmt: skip
def test_a_verdict_for_neither_needs_both_papers_in_its_answer(answer: str, missing: list[str]) -> None:
    assert [message.rpartition(" ")[2] for message in messages("STR013", judged(answer, "neither"))] == missing


def test_a_verdict_without_answer_is_an_unanswered_question_and_no_more() -> None:
    subject = body(BODY.replace("{q}`3` ", ""))
    assert len(found("STR005", subject)) == 1
    assert found("STR013", subject) == []


# ---- the comparison


def test_a_section_that_leaves_a_paper_out_is_found_at_its_heading() -> None:
    subject = body(BODY.replace(" and {cite:t}`bo2021second`", ""))
    assert found("STR011", subject) == [("1:4", "Opening")]


@pytest.mark.parametrize(
    ("first", "second", "starved"), [(3, 1, 0), (4, 1, 1), (1, 4, 1), (4, 2, 0), (6, 2, 0), (7, 2, 1)]
)
def test_a_paper_needs_a_quarter_of_the_citations_of_a_section(first: int, second: int, starved: int) -> None:
    cited = "See {cite:p}`ada2020first`. " * first + "See {cite:p}`bo2021second`. " * second
    subject = body(f"## Opening\n\n{cited}\n\n## Judgement\n\n" + "Both {cite:p}`ada2020first,bo2021second`. " * 9)
    assert found("STR012", subject) == [("1:4", "Opening")] * starved


def test_a_paper_needs_a_quarter_of_all_citations() -> None:
    cited = "See {cite:p}`ada2020first`. " * 7 + "See {cite:p}`bo2021second`. "
    subject = body(f"## Opening\n\n{cited}\n\n## Judgement\n\n{cited}")
    assert [text for _, text in found("STR012", subject)] == ["bo2021second", "Opening", "Judgement"]
    relaxed = dataclasses.replace(subject, thresholds=Thresholds(paper_share=10.0))
    assert found("STR012", relaxed) == []


def test_other_papers_do_not_starve_a_paper() -> None:
    others = "See {cite:p}`zed2000`. " * 20
    assert found("STR012", opening(others)) == []


# ---- labels and footnotes

TABLE = ":::{table} Steps.\n:name: tab-steps\n\n| a |\n|---|\n| b |\n:::"
EQUATION = "```{math}\n:label: eq-steps\n\na\n```"


@pytest.mark.parametrize("role", ["numref", "ref", "eq"])
def test_a_reference_to_nothing_is_found_at_the_label(role: str) -> None:
    text = f"See {{{role}}}`fig-steps`."
    assert found("STR014", opening(text)) == [(f"5:{text.index('fig') + 1}", "fig-steps")]


def test_a_reference_with_words_of_its_own_is_found_at_the_label() -> None:
    assert found("STR014", opening("See {numref}`steps <steps>`.")) == [("5:21", "steps")]


@pytest.mark.parametrize("text", [
    f"See {{numref}}`tab-steps` and {{numref}}`Tab-Steps`.\n\n{TABLE}",
    f"See {{eq}}`eq-steps`.\n\n{EQUATION}",
    "See {eq}`eq-more`.\n\n$$\na\n$$ (eq-more)",
    "See {ref}`there <place>`.\n\n(place)=\n### Place\n\nText.",
])  # fmt: skip
def test_a_reference_to_a_table_an_equation_or_a_place_is_accepted(text: str) -> None:
    assert found("STR014", opening(text)) == []


def test_a_near_miss_is_suggested() -> None:
    assert hints("STR014", opening(f"See {{numref}}`tab-stesp`.\n\n{TABLE}")) == ['did you mean "tab-steps"?']


def test_a_label_of_another_analysis_is_out_of_reach() -> None:
    here, there = (
        BODY.replace("letters by size", "letters {numref}`tab-steps`"),
        BODY.replace("## Judg", f"{TABLE}\n\n## Judg"),
    )
    subject = corpus(markdown(body=here), markdown(body=there))
    assert hints("STR014", subject) == ["analyses/b/index.md has it, but an analysis can refer to its own labels only"]


FIGURE = ":::{figure} a.svg\n:name: fig-steps\n\nSteps.\n:::"
LISTING = "```{code-block} python\n:name: code-sort\n:caption: Sorting.\n\nx\n```"


@pytest.mark.parametrize(("reference", "target", "column", "hint"), [
    ("{eq}`fig-steps`", FIGURE, 10, "write {numref}`fig-steps`"),
    ("{eq}`a place <tab-steps>`", TABLE, 19, "write {numref}`tab-steps`"),
    ("{numref}`eq-steps`", EQUATION, 14, "write {eq}`eq-steps`"),
    ("{ref}`this <eq-steps>`", EQUATION, 17, "write {eq}`eq-steps`"),
    ("{numref}`eq-more`", "$$\na\n$$ (eq-more)", 14, "write {eq}`eq-more`"),
    ("{eq}`place`", "(place)=\n### Place\n\nText.", 10, "write {numref}`place`"),
    ("{numref}`place`", "(place)=\nText.", 14, "write words for it: {ref}`the remark <place>`"),
    ("{ref}`place`", "(place)=\n\n% why\n\nText.", 11, "write words for it: {ref}`the remark <place>`"),
    ("{numref}`tip`", ":::{tip}\n:name: tip\n\nText.\n:::", 14, "write words for it: {ref}`the remark <tip>`"),
    ("{eq}`place`", f"(place)=\n{EQUATION}", 10, "write words for it: {ref}`the remark <place>`"),
    ("{numref}`code`", "```{code-block} python\n:name: code\n\nx\n```", 14,
     "write words for it: {ref}`the remark <code>`"),
])  # fmt: skip
def test_a_reference_of_another_kind_is_found_at_the_label(reference: str, target: str, column: int, hint: str) -> None:
    subject = opening(f"See {reference}.\n\n{target}")
    ((place, _),) = found("STR019", subject)
    assert place == f"5:{column}"
    assert hints("STR019", subject) == [hint]


@pytest.mark.parametrize(("reference", "target"), [
    ("{numref}`fig-steps`", FIGURE),
    ("{numref}`Figure %s <fig-steps>`", FIGURE),
    ("{ref}`fig-steps`", FIGURE),
    ("{numref}`place`", f"(place)=\n{FIGURE}"),
    ("{numref}`whole`", f"::::{{subfigures}}\n:name: whole\n\n{FIGURE}\n\nBoth.\n::::"),
    ("{numref}`tab-steps` and {ref}`tab-steps`", TABLE),
    ("{numref}`code-sort`", LISTING),
    ("{numref}`place` and {ref}`place`", "(place)=\n### Place\n\nText."),
    ("{numref}`place`", "(place)=\n(other)=\n### Place\n\nText."),
    ("{ref}`there <place>`", "(place)=\nText."),
    ("{eq}`eq-steps`", EQUATION),
    ("{eq}`eq-more`", "$$\na\n$$ (eq-more)"),
    ("{numref}`nowhere`", FIGURE),  # which is another fault
])  # fmt: skip
def test_a_reference_of_the_right_kind_is_accepted(reference: str, target: str) -> None:
    assert found("STR019", opening(f"See {reference}.\n\n{target}")) == []


@pytest.mark.parametrize(("second", "place"), [
    (TABLE, ("14:8", "tab-steps")),
    ("$$\na\n$$ (tab-steps)", ("15:5", "tab-steps")),
    ("(tab-steps)=\n### Place\n\nText.", ("13:2", "tab-steps")),
])  # fmt: skip
def test_a_label_that_is_taken_is_found_at_the_second(second: str, place: tuple[str, str]) -> None:
    assert found("STR015", opening(f"{TABLE}\n\n{second}")) == [place]


def test_two_analyses_may_use_the_same_label() -> None:
    text = markdown(body=BODY.replace("## Judg", f"{TABLE}\n\n## Judg"))
    assert found("STR015", corpus(text, text)) == []


def test_a_footnote_mark_without_footnote_is_found() -> None:
    subject = opening("One.[^stpes] Two.[^steps]\n\n[^steps]: Note.")
    assert found("STR017", subject) == [("5:5", "[^stpes]")]
    assert hints("STR017", subject) == ['did you mean "steps"?']


def test_a_footnote_without_mark_is_found() -> None:
    assert found("STR018", opening("One.[^a]\n\n[^a]: Note.\n[^b]: Other note.")) == [("8:1", "[^b]")]


def test_footnotes_with_marks_are_accepted() -> None:
    subject = opening("One.[^a] Two.[^b] Again.[^a]\n\n[^a]: Note.\n\n    More.\n[^b]:\n    - a list")
    assert found("STR017", subject) == found("STR018", subject) == []
