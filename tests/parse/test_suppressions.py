"""Comments that allow something: what they name, and what they cover."""

import pytest

from corpora import BIBLIOGRAPHY, BODY, HEADER, markdown
from diptych.model.suppressions import Suppression
from diptych.parse.bibliography import read_bibliography
from diptych.parse.markdown import read_document
from diptych.span import Source


def in_text(text: str) -> tuple[Source, tuple[Suppression, ...]]:
    """The suppressions in the text of an analysis."""
    source = Source("analyses/a/index.md", markdown(body=text))
    return source, read_document(source, "a").suppressions


def in_header(text: str) -> tuple[Source, tuple[Suppression, ...]]:
    """The suppressions in a front matter that begins with ``text``."""
    source = Source("analyses/a/index.md", markdown(header=text + HEADER))
    return source, read_document(source, "a").suppressions


@pytest.mark.parametrize(
    ("block", "covered"),
    [
        ("Two lines\nof text.\n\nMore.", "Two lines\nof text."),
        ("\nAfter an empty line.\n\nMore.", "After an empty line."),
        ("## Heading\n\nMore.", "## Heading"),
        ("- one\n- two\n\nMore.", "- one\n- two"),
        ("> quoted\n> twice\n\nMore.", "> quoted\n> twice"),
        ("```{note}\nText.\n```\n\nMore.", "```{note}\nText.\n```"),
        ("| a |\n|---|\n| b |\n\nMore.", "| a |\n|---|\n| b |"),
        ("$$\na\n$$\n\nMore.", "$$\na\n$$"),
        ("(name)=\n## Heading\n\nMore.", "(name)=\n## Heading"),
        ("", ""),
    ],
)
def test_a_comment_covers_the_next_block(block: str, covered: str) -> None:
    source, found = in_text(f"Before.\n\n% diptych: allow CIT006 -- our own numbers\n{block}\n")
    assert [(item.code, item.reason, source.cut(item.span)) for item in found] == [
        ("CIT006", "our own numbers", "CIT006")
    ]
    assert source.cut(found[0].covers).strip() == covered


def test_a_comment_in_a_list_or_a_directive_covers_the_next_block_there() -> None:
    source, found = in_text("- one\n\n  % diptych: allow CIT006 -- a\n  two\n\n- three\n")
    assert source.cut(found[0].covers).strip() == "two"
    source, found = in_text("```{note}\nOne.\n\n% diptych: allow CIT006 -- a\nTwo.\n\nThree.\n```\n")
    assert source.cut(found[0].covers).strip() == "Two."
    assert source.cut(found[0].span) == "CIT006"


def test_several_codes_and_several_comments_cover_one_block() -> None:
    text = "% diptych: allow CIT006, CIT007 -- a\n% an ordinary comment\n% Diptych: allow FIG009 \u2014 b\n\nText.\n"
    source, found = in_text(text)
    assert [(item.code, item.reason, source.cut(item.covers).strip()) for item in found] == [
        ("CIT006", "a", "Text."), ("CIT007", "a", "Text."), ("FIG009", "b", "Text."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "code", "reason", "place"),
    [
        ("% diptych: allow CIT006", "CIT006", "", "CIT006"),
        ("% diptych: allow CIT006 --", "CIT006", "", "CIT006"),
        ("% diptych: allow -- why", "", "why", "% diptych: allow -- why"),
        ("% diptych: ignore CIT006", "", "", "% diptych: ignore CIT006"),
        ("% diptych:", "", "", "% diptych:"),
        ("%diptych:allow cit006 -- a -- b", "cit006", "a -- b", "cit006"),
    ],
)
def test_what_a_comment_leaves_out_is_empty(comment: str, code: str, reason: str, place: str) -> None:
    source, found = in_text(f"{comment}\n\nText.\n")
    assert [(item.code, item.reason, source.cut(item.span)) for item in found] == [(code, reason, place)]


@pytest.mark.parametrize(
    "text",
    ["% about diptych: nothing", "`% diptych: allow CIT006`", "```\n% diptych: allow CIT006\n```", "100 % diptych"],
)
def test_other_text_allows_nothing(text: str) -> None:
    assert in_text(f"{text}\n")[1] == ()


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("# diptych: allow FMT004 -- a\nlicence: X\n", "licence: X\n"),
        ("# diptych: allow FMT004 -- a\n# more\nother:\n  - x\n  - y\n", "other:\n  - x\n  - y\n"),
        ("# diptych: allow FMT004 -- a\nother:\n- x\n- y\n", "other:\n- x\n- y\n"),
        ("other:\n  # diptych: allow FMT004 -- a\n  one: x\n  two: y\n", "  one: x\n"),
    ],
)
def test_a_comment_in_the_front_matter_covers_the_next_field(text: str, covered: str) -> None:
    source, found = in_header(text)
    assert [source.cut(item.covers) for item in found] == [covered]
    assert source.cut(found[0].span) == "FMT004"


def test_a_hash_within_a_value_is_no_comment() -> None:
    assert in_header("keywords: [a] # diptych: allow FMT004 -- a\n")[1] == ()


def test_a_comment_in_a_bibliography_covers_the_next_entry() -> None:
    text = f"% diptych: allow BIB040 -- a name\n{BIBLIOGRAPHY}"
    source = Source("bib/letters.bib", text)
    found = read_bibliography([source]).suppressions
    covered = source.cut(found[0].covers)
    assert [(item.code, item.reason, source.cut(item.span)) for item in found] == [("BIB040", "a name", "BIB040")]
    assert covered.startswith("@inproceedings{ada2020first")
    assert covered.rstrip().endswith("}")
    assert "bo2021second" not in covered


def test_a_comment_at_the_end_covers_nothing() -> None:
    source = Source("bib/letters.bib", f"{BIBLIOGRAPHY}\n% diptych: allow BIB040 -- a\n")
    assert [source.cut(item.covers) for item in read_bibliography([source]).suppressions] == [""]
    source, found = in_text(BODY + "\n% diptych: allow CIT006 -- a\n")
    assert source.cut(found[0].covers) == ""
