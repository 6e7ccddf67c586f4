"""Offsets, lines and columns of a file, and how files become text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.span import Source, Span, display_path


@pytest.mark.parametrize(
    ("text", "word", "line", "column"),
    [
        ("one", "one", 1, 1),
        ("one two", "two", 1, 5),
        ("one\ntwo", "two", 2, 1),
        ("one\n  two\n", "two", 2, 3),
        ("\n\n\nx", "x", 4, 1),
        ("\N{GRINNING FACE} x", "x", 1, 3),  # a character outside the basic plane is one column
        ("naïve\u0301 x", "x", 1, 8),  # a combining mark is a character
        ("a\u2028b\x0bc\x0cd", "d", 1, 7),  # only a line feed ends a line
    ],
)
def test_a_span_knows_its_line_and_column(text: str, word: str, line: int, column: int) -> None:
    source = Source("a.md", text)
    span = source.span(text.index(word), text.index(word) + len(word))
    assert (span.line, span.column) == (line, column)
    assert source.cut(span) == word


def test_a_span_prints_as_editors_link_it() -> None:
    assert str(Source("bib/a.bib", "x\n yz").span(3, 4)) == "bib/a.bib:2:2"


@pytest.mark.parametrize("text", ["", "\n", "x", "x\n", "\n\n"])
def test_the_end_of_a_file_is_a_place(text: str) -> None:
    source = Source("a.md", text)
    assert source.cut(source.span(len(text), len(text))) == ""
    assert source.whole() == Span("a.md", 0, 0, 1, 1)


def test_lines_come_without_their_endings_and_spans_without_indentation() -> None:
    source = Source("a.md", "one\n  two  \n\nlast")
    assert [source.line_text(line) for line in range(1, 5)] == ["one", "  two  ", "", "last"]
    assert [source.cut(source.line_span(line)) for line in range(1, 5)] == ["one", "two", "", "last"]
    assert source.line_span(2).column == 3


def test_lines_begin_at_offsets_and_those_that_are_not_there_at_the_end() -> None:
    source = Source("a.md", "one\ntwo")
    assert [source.line_start(line) for line in (1, 2, 3, 9)] == [0, 4, 7, 7]
    assert source.line_text(3) == ""
    assert source.line_span(9) == source.span(7, 7)


def test_a_text_that_ends_its_last_line_has_an_empty_line_after_it() -> None:
    assert Source("a.md", "one\n").line_starts == (0, 4)
    assert Source("a.md", "one").line_starts == (0,)
    assert Source("a.md", "one\n").line_text(2) == ""


@given(st.text("ab \n\N{GRINNING FACE}", max_size=60), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    source = Source("a.md", text)
    span = source.span(offset, offset)
    assert source.line_starts[span.line - 1] + span.column - 1 == offset
    assert span.line == text.count("\n", 0, offset) + 1


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo", "one\ntwo"),
        (b"\xef\xbb\xbfone", "one"),  # the mark that some editors put before UTF-8
        ("größer \N{GRINNING FACE}".encode(), "größer \N{GRINNING FACE}"),
    ],
)
def test_files_are_read_as_utf_8_with_line_feeds(data: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert Source.read(tmp_path / "a.md", tmp_path) == Source("a.md", text)


def test_a_file_is_shown_relative_to_the_root_it_lies_in(tmp_path: Path) -> None:
    assert display_path(tmp_path / "analyses" / "a.md", tmp_path) == "analyses/a.md"
    assert display_path(tmp_path / "x" / ".." / "a.md", tmp_path) == "a.md"
    assert display_path(tmp_path / "a.md", tmp_path / "elsewhere") == (tmp_path / "a.md").as_posix()
