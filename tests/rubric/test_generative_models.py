"""The assignment that this repository is about: its data say what it asks, and only its data do."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from diptych.data.files import read_source
from diptych.parse.bibliography import read_bibliography
from diptych.rubric import Rubric, load_rubric

ROOT = Path(__file__).parents[2]
CODE = ROOT / "tools/diptych"


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(read_source(ROOT / "docs/assignments/generative-models.toml", ROOT))


def test_there_are_two_options(rubric: Rubric) -> None:
    assert [option.title for option in rubric.options] == [
        "Extending generative models to more complex modality setups",
        "Diving into generative models in a biomedical application",
    ]


def test_four_sections_share_the_mark_the_pages_and_the_questions(rubric: Rubric) -> None:
    assert [(section.title, section.weight, section.pages, section.questions) for section in rubric.sections] == [
        ("Introduction", 10, (0.5, 0.5), ("1",)),
        ("Problem background", 20, (0.5, 1.0), ("2", "3")),
        ("Analysis", 50, (2.0, 3.0), ("4", "5", "6")),
        ("Conclusion and future work", 20, (0.5, 0.5), ("7", "8")),
    ]


def test_eight_questions_of_which_the_third_depends_on_the_option(rubric: Rubric) -> None:
    assert [question.id for question in rubric.questions] == list("12345678")
    assert [question.id for question in rubric.questions if question.by_option] == ["3"]
    assert set(rubric.question("3").by_option) == {option.id for option in rubric.options}


def test_limits_and_course_rules(rubric: Rubric) -> None:
    assert rubric.limits.words == (1500, 2000)
    course = rubric.course
    assert (course.papers, course.most_authors, course.most_slides) == (2, 1, 4)
    assert course.other_option
    assert course.approval_outside_topics
    assert rubric.style.name == "neurips"


def test_only_what_every_fair_counter_counts_helps_to_reach_the_lower_limit(rubric: Rubric) -> None:
    extra = set(rubric.counting.all) - set(rubric.counting.body)
    assert extra == {"cross-reference", "abstract", "heading", "footnote", "caption", "table"}


def test_fourteen_topics_suggest_31_papers_that_are_all_in_the_bibliography(rubric: Rubric) -> None:
    bibliography = read_bibliography(read_source(file, ROOT) for file in sorted((ROOT / "bib").glob("*.bib")))
    papers = [paper for topic in rubric.topics for paper in topic.papers]
    assert Counter(topic.option for topic in rubric.topics) == {"modality": 7, "biomedical": 7}
    assert (len(papers), len(set(papers))) == (31, 31)
    assert [paper for paper in papers if paper not in bibliography.entries] == []


# ---- Nothing of the assignment in code


def constants(file: Path) -> set[object]:
    """The literals of a module, without its docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings}


def shipped_files() -> list[Path]:
    return sorted(path for path in CODE.rglob("*") if path.is_file() and path.suffix in {".py", ".html", ".js", ".css"})


def texts_of(rubric: Rubric) -> set[str]:
    """What the assignment says in its own words."""
    return {
        text.strip()
        for part in (*rubric.options, *rubric.questions, *rubric.sections, *rubric.topics)
        for name in ("title", "text", "about", "short", "note")
        if (text := getattr(part, name, "")) and " " in text.strip()
    }


@pytest.mark.parametrize("file", [pytest.param(file, id=file.relative_to(CODE).as_posix()) for file in shipped_files()])
def test_code_holds_nothing_of_the_assignment(file: Path, rubric: Rubric) -> None:
    text = " ".join(file.read_text(encoding="utf-8").split())
    names = {rubric.id, *(paper for topic in rubric.topics for paper in topic.papers)}
    names |= {part.id for part in (*rubric.options, *rubric.topics) if "-" in part.id}
    assert [said for said in sorted(texts_of(rubric)) if said.casefold() in text.casefold()] == []
    assert [name for name in sorted(names) if re.search(rf"\b{re.escape(name)}\b", text)] == []
    if file.suffix == ".py":
        words = {section.title for section in rubric.sections} - {"Analysis"}  # also what we call a document
        words |= {option.id for option in rubric.options}
        assert constants(file) & words == set()
        # one of the two numbers alone may be a year or a size
        assert not set(rubric.limits.words) <= constants(file)
