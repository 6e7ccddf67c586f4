"""An assignment is read from its file, and whatever contradicts itself there is told with its place, all at once."""

from pathlib import Path

import pytest

from corpora import RUBRIC, rubric
from diptych.errors import DataError, DiptychError
from diptych.rubric import load_rubric, load_rubrics
from diptych.rubric.model import WORD_CLASSES
from diptych.span import Source


def mistakes(*changes: tuple[str, str]) -> list[str]:
    """What is wrong with the invented assignment after ``changes``: ``line kind message`` for each mistake.

    Lines are given by the text that stands in them.
    """
    text = RUBRIC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    source = Source("sorting.toml", text)
    with pytest.raises(DataError) as caught:
        load_rubric(source)
    return [
        f"{source.line_text(problem.span.line).strip()} <- {problem.kind}: {problem.message}"
        for problem in caught.value.problems
    ]


def test_the_invented_assignment_is_read() -> None:
    read = rubric()
    assert (read.id, read.title, read.limits.words) == ("sorting", "Sorting things", (30, 80))
    assert [option.id for option in read.options] == ["letters", "digits"]
    assert [section.questions for section in read.sections] == [("1",), ("2", "3")]
    assert read.style.citations == "numbers"
    assert read.course.papers == 2


def test_an_assignment_finds_its_parts_by_name() -> None:
    read = rubric()
    assert read.option("digits").title == "Sorting digits"
    assert read.question("3").short == "Judgement"
    assert read.topic("by-hand").papers == ("ada2020first", "bo2021second")
    assert read.section_of("2").title == "Judgement"
    assert [read.option("x"), read.question("x"), read.topic("x"), read.section_of("x")] == [None] * 4


def test_a_question_reads_differently_in_an_option_that_adds_to_it() -> None:
    assert rubric().question_text("2", "letters") == "What do they sort? And in which alphabet?"
    assert rubric().question_text("2", "digits") == "What do they sort?"


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('id = "digits"', 'id = "letters"', 'id = "letters" <- repeated-id: "letters" is used twice in options'),
        ('id = "3"', 'id = "x3"', 'questions = ["2", "3"] <- unknown-name: there is no question "3"'),
        ('title = "Judgement"\nweight', 'title = "Opening"\nweight',
         'title = "Opening" <- repeated-id: "Opening" is used twice in sections'),
        ('letters = "And', 'leters = "And',
         'leters = "And in which alphabet?" <- unknown-name: there is no option "leters"'),
        ('option = "letters"', 'option = "words"', 'option = "words" <- unknown-name: there is no option "words"'),
        ('all = ["paragraph"', 'all = ["paragraf", "paragraph"',
         'all = ["paragraf", "paragraph", "list", "quote", "remark", "link", "code", "cross-reference", '
         '<- unknown-name: there is no word class "paragraf"'),
        ("weight = 30", "weight = 20",
         "weight = 20 <- wrong-sum: the weights of the sections add up to 90, not to 100"),
        ("words = [30, 80]", "words = [80, 30]",
         'words = [80, 30] <- wrong-range: "limits.words" must go from fewer to more, not 80 to 30'),
        ("pages = [0.2, 1]", "pages = [-1, 1]",
         'pages = [-1, 1] <- wrong-range: "sections[0].pages" must go from fewer to more, not -1.0 to 1.0'),
        ("pages = [0.2, 1]", "pages = [nan, 1]",
         'pages = [nan, 1] <- wrong-range: "sections[0].pages" must go from fewer to more, not nan to 1.0'),
        ('"code"]\nall', '"code", "heading", "abstract"]\nall', None),
        ('questions = ["2", "3"]', 'questions = ["2"]',
         'id = "3" <- unplaced-question: no section answers question "3"'),
        ('questions = ["1"]', 'questions = ["1", "2"]',
         'id = "2" <- unplaced-question: more than one section answers question "2"'),
        ("most_authors = 1", "most_authors = 0",
         'most_authors = 0 <- wrong-range: "course.most_authors" must be at least 1, not 0'),
        ("least_words = 5", "least_words = -5",
         'least_words = -5 <- wrong-range: "questions[0].least_words" must be at least 0, not -5'),
    ],
)  # fmt: skip
def test_each_contradiction_is_named_with_its_place(old: str, new: str, mistake: str | None) -> None:
    if mistake is None:  # all of these classes count for the upper limit too, so this is no contradiction
        assert load_rubric(Source("sorting.toml", RUBRIC.replace(old, new, 1)))
    else:
        assert mistake in mistakes((old, new))


def test_what_counts_for_the_lower_limit_must_count_for_the_upper_one() -> None:
    assert mistakes(('"abstract", "heading"', '"abstract"'), ("body = [", 'body = ["heading", ')) == [
        'all = ["paragraph", "list", "quote", "remark", "link", "code", "cross-reference", '
        '<- wrong-count: "heading" counts for the lower limit but not for the upper one'
    ]


def test_all_contradictions_are_told_at_once_in_the_order_of_the_file() -> None:
    found = mistakes(
        ('id = "digits"', 'id = "letters"'), ("weight = 30", "weight = 31"), ("[30, 80]", "[8, 3]"),
        ('option = "letters"', 'option = "words"'),
    )  # fmt: skip
    assert [mistake.split(" <- ")[1].split(":")[0] for mistake in found] == [
        "repeated-id", "wrong-sum", "wrong-range", "unknown-name",
    ]  # fmt: skip


def test_all_wrong_fields_are_told_at_once_before_contradictions() -> None:
    found = mistakes(('title = "Sorting things"', "title = 3"), ("weight = 30", 'weight = "30"'), ("[30, 80]", "[30]"))
    assert [mistake.split(" <- ")[1].split(":")[0] for mistake in found] == ["wrong-type", "wrong-type", "wrong-length"]


def test_each_class_of_words_is_known_once() -> None:
    assert len(set(WORD_CLASSES)) == len(WORD_CLASSES)
    assert set(rubric().counting.all) == set(WORD_CLASSES)


# ---- A folder of assignments


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_holds_assignments_by_id(tmp_path: Path) -> None:
    write(tmp_path, sorting=RUBRIC, other=RUBRIC.replace('id = "sorting"', 'id = "other"'))
    assert list(load_rubrics(tmp_path, tmp_path)) == ["other", "sorting"]


def test_a_folder_without_assignments_is_an_error_that_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(DiptychError, match=r"^none: no assignment found\n    hint: describe one in none/<id>\.toml$"):
        load_rubrics(tmp_path / "none", tmp_path)


def test_the_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, a="x = 3", b="x =", sorting=RUBRIC.replace("weight = 30", "weight = 29"), wrong=RUBRIC)
    (tmp_path / "latin.toml").write_bytes(b'id = "\xe4"')
    with pytest.raises(DataError) as caught:
        load_rubrics(tmp_path, tmp_path)
    kinds = {problem.span.path: problem.kind for problem in caught.value.problems}
    assert kinds == {
        "a.toml": "missing-field",
        "b.toml": "toml-syntax",
        "latin.toml": "not-utf-8",
        "sorting.toml": "wrong-sum",
        "wrong.toml": "misnamed-file",
    }
    assert 'a.toml:1:1: unknown field "x"' in str(caught.value)
