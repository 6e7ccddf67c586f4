"""Footnotes on a page: each stands with the block that refers to it, once, and nowhere else."""

from __future__ import annotations

import pytest

from corpora import BODY, HEADER, markdown
from diptych.sphinxext.notes import letters

NOTES = """
A first block.[^one] It goes on,[^two] and has a second mark.

A second block comes back to the first note.[^one]

- An item with a note.[^three]
- Another one.

### A heading[^four]

A third block, with a citation in its note.[^five]

[^one]: The first note.
[^two]: The second note, of *two* words.
[^three]: A note of an item.
[^four]: A note of a heading.
[^five]: As {cite:t}`ada2020first` says.
"""


@pytest.fixture(scope="module")
def site(build):
    return build(markdown(HEADER, BODY.replace("## Judgement", f"{NOTES}\n## Judgement")))


@pytest.fixture(scope="module")
def page(site):
    return site.page("analyses/a/index.html")


def test_each_note_stands_behind_the_block_that_first_refers_to_it(site, page) -> None:
    assert site.warnings == ()
    found = {}
    for box in page.select(".noted"):
        block, notes = box.find(True, recursive=False), box.select(".footnote-list > aside p")
        found[block.get_text(" ", strip=True)[:13]] = [note.get_text() for note in notes]
    assert found == {
        "A first block": ["The first note.", "The second note, of two words."],
        "An item with ": ["A note of an item."],
        "A third block": ["As Ada [1] says."],
    }


def test_a_note_of_a_heading_stays_before_the_references(page) -> None:
    note = page.find("aside", string=None, id=page.select_one("h3 .footnote-reference")["href"].lstrip("#"))
    assert note.find_parent(class_="noted") is None
    assert note.find_next("section")["id"] == "references"


def test_marks_and_notes_lead_to_each_other(page) -> None:
    marks = page.select("a.footnote-reference")
    assert len(marks) == 6
    for mark in marks:
        note = page.find(id=mark["href"].lstrip("#"))
        assert mark["id"] in {link["href"].lstrip("#") for link in note.select("[role=doc-backlink], .backrefs a")}


def test_a_mark_is_raised_has_no_brackets_and_says_aloud_that_it_is_a_note(page) -> None:
    mark = page.select_one("a.footnote-reference")
    assert [child.name for child in mark.children] == ["sup"]
    assert (mark.get_text(), mark["role"], mark["aria-label"]) == ("1", "doc-noteref", "Note 1")
    assert page.select_one(".citation").get_text() == "Ada [1]"


def test_the_number_before_a_note_has_no_brackets_either(page) -> None:
    first, second = page.select("aside.footnote")[:2]
    assert first.select_one(".label").get_text() == "1"
    assert [(link.get_text(), link["aria-label"]) for link in first.select(".backrefs a")] == [
        ("a", "Back to mark a"), ("b", "Back to mark b"),
    ]  # fmt: skip
    assert second.select_one(".label").get_text() == "2"
    assert second.select_one(".label a[role=doc-backlink]")["aria-label"] == "Back to mark 2"
    assert second.select_one(".backrefs") is None


def test_letters_go_on_after_z() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_no_note_stands_twice(page) -> None:
    assert page.get_text().count("The first note.") == 1


def test_answers_elsewhere_leave_notes_out(site) -> None:
    answer = site.page("questions/1.html").select_one(".answer-text")
    assert "A first block." in answer.get_text()
    assert "The first note." not in answer.get_text()
    assert answer.select(".noted, aside") == []


def test_notes_count_as_footnotes_wherever_they_stand(build, site) -> None:
    body = BODY.replace("## Judgement", f"{NOTES}\n## Judgement")
    shorter = build(markdown(HEADER, body.replace("The first note.", "It.")))
    words = [one.domain.words["analyses/a/index"] for one in (site, shorter)]
    assert words[0] - words[1] == 2
