"""The site's own pages print facts from where they are kept, for any assignment."""

from __future__ import annotations

import dataclasses

import pytest

from corpora import markdown, rubric
from diptych.model.frontmatter import FrontMatter
from diptych.sphinxext.facts import PARTS, field_table

PAGE = "# Facts\n\n" + "".join(f"## {part}\n\n```{{assignment}} {part}\n```\n\n" for part in PARTS)


@pytest.fixture(scope="module")
def page(build):
    site = build(markdown(), files={"docs/task.md": PAGE + "## fields\n\n```{front-matter}\n```\n"})
    assert site.warnings == ()
    return site.page("task.html").article.get_text(" ", strip=True)


def test_everything_of_the_assignment_is_printed(page) -> None:
    invented = rubric()
    facts = [invented.title, invented.about, *(option.about for option in invented.options)]
    facts += [question.text for question in invented.questions]
    facts += [section.title for section in invented.sections] + [invented.selected_papers.title]
    facts += ["And in which alphabet?", "30 %", "70 %", "0.2–1", "Sorting by hand", "First: Sorting Letters"]
    facts += ["at most 4 slides", "One author"]
    for fact in facts:
        assert fact in page, fact
    assert "At least 30 words of body text, at most 80 words in all." in page.replace("  ", " ")


def test_every_field_of_the_front_matter_is_printed(page) -> None:
    for item in dataclasses.fields(FrontMatter):
        assert item.metadata["help"].replace('"', "").split(",")[0][:20] in page.replace("“", "").replace("”", "")
    assert "authors[].name" in page
    assert "verdict.stronger" in page


def test_a_field_says_whether_it_is_required() -> None:
    rows = list(field_table(FrontMatter))
    assert any(row.startswith("| `title` |") and "Required" in row for row in rows)
    assert any(row.startswith("| `keywords` |") and "Required" not in row for row in rows)


def test_an_unknown_part_is_refused(build) -> None:
    site = build(markdown(), files={"docs/task.md": "# Task\n\n```{assignment} colour\n```\n"}, builder="dummy")
    assert any("known: about, options" in warning for warning in site.warnings)
