"""The header of an analysis: where it begins and ends, and what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import HEADER, with_fields
from diptych.model.frontmatter import Header
from diptych.parse.frontmatter import read_header
from diptych.parse.markdown import create_parser, read_document
from diptych.span import Source


def read(text: str) -> tuple[Source, Header, list[str]]:
    """The header of a file, and what is wrong with it as ``line:column kind message``."""
    source, problems = Source("a.md", text), []
    header = read_header(source, problems)
    return source, header, [f"{problem.span.line}:{problem.span.column} {problem.kind} {problem.message}"
                            for problem in problems]  # fmt: skip


def test_every_field_is_read_and_placed() -> None:
    source, header, problems = read(f"---\n{HEADER}---\n\ntext")
    assert problems == []
    assert header.front.papers == ("ada2020first", "bo2021second")
    assert source.cut(header.span) == f"---\n{HEADER}---\n"
    assert {path: source.cut(header.place(path)) for path in ("title", "authors[0].name", "papers[1]", "date",
                                                               "verdict.stronger")} == {
        "title": "One way against another",
        "authors[0].name": "Dana Example",
        "papers[1]": "bo2021second",
        "date": "2026-01-31",
        "verdict.stronger": "bo2021second",
    }  # fmt: skip


def test_a_place_that_is_not_there_is_that_of_what_is_around_it() -> None:
    source, header, _ = read(f"---\n{HEADER}---\n")
    assert source.cut(header.place("papers[7]")) == "[ada2020first, bo2021second]"
    assert source.cut(header.place("authors[0].email")) == "name: Dana Example"
    assert source.cut(header.place("verdict.nothing.below[3].it")).startswith("stronger: bo2021second")
    assert source.cut(header.place("nothing")).startswith("title: One way")
    assert Header(source.whole(), None, {}).place("title") == source.whole()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1 no-front-matter there is no front matter"),
        ("text", "1:1 no-front-matter there is no front matter"),
        ("\n---\ntitle: x\n---\n", "1:1 no-front-matter there is no front matter"),
        ("---\ntitle: x\n", "1:1 no-front-matter the front matter has no closing line of ---"),
        ("---", "1:1 no-front-matter the front matter has no closing line of ---"),
        ("---\n---\n", "1:1 no-front-matter the front matter is empty"),
        ("---\n# a comment\n---\n", "1:1 no-front-matter the front matter is empty"),
        ("---\n- x\n---\n", "2:1 wrong-type this must be a mapping of fields"),
        ("---\njust text\n---\n", "2:1 wrong-type this must be a mapping of fields"),
    ],
)
def test_a_header_that_is_missing_or_empty(text: str, problem: str) -> None:
    _, header, problems = read(text)
    assert problems == [problem]
    assert header.front is None


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("titel: x", '2:1 unknown-field unknown field "titel"'),
        ("title: 3", '2:8 wrong-type "title" must be text'),
        ("title:", '2:7 wrong-type "title" must be text'),
        ("date: soon", '2:7 wrong-type "date" must be a date such as 2026-01-31'),
        ("date: 2026-01-31 10:00:00", '2:7 wrong-type "date" must be a date such as 2026-01-31'),
        ("option: Letters", '2:9 malformed-field "option" must be lower-case words joined by hyphens, not "Letters"'),
        ("authors: Dana", '2:10 wrong-type "authors" must be a list'),
        ("authors: [{name: D, orcid: 1}]", '2:28 wrong-type "authors[0].orcid" must be text'),
        ("papers: []", '2:9 wrong-length "papers" must hold at least 1, it holds 0'),
        ("slides: {ada2020first: many}", '2:24 wrong-type "slides.ada2020first" must be a whole number'),
        ("license: &a x", "2:10 not-plain-data anchors, aliases and tags are not allowed here"),
        ("license: x\nlicense: y", '3:1 repeated-field "license" is set twice, first in line 2'),
    ],
)
def test_a_wrong_field_is_named_with_its_place(fields: str, problem: str) -> None:
    name = fields.partition(":")[0]
    rest = with_fields(HEADER, f"{name}: x").removesuffix(f"{name}: x\n")
    _, _, problems = read(f"---\n{fields}\n{rest}---\n")
    assert problem in problems


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("---\ntitle: x\n---\n", "text"),
        ("---  \ntitle: x\n--- \t\n", "text"),
        ("---\ntitle: x\n...\n", "text"),
        ("---\ntitle: x\n-----\n", "text"),
        ("---\ntitle: |\n  a\n  ---\n", "text\n---\n"),  # three dashes in a block scalar close the header
        ("---\ntitle: x\n    ---\n---\n", "text"),
        ("---\n\n---\n", "text"),
    ],
)
def test_the_markdown_parser_and_we_agree_where_the_header_ends(header: str, body: str) -> None:
    source, read_back, _ = read(header + body)
    assert source.cut(read_back.span) == header
    assert header_lines(header + body) == header.count("\n")


def header_lines(text: str) -> int:
    """How many lines the Markdown parser takes for the header."""
    token = next(iter(create_parser().parse(text, {})), None)
    return token.map[1] if token is not None and token.type == "front_matter" else 0


LINES = st.sampled_from(["---", "--- ", "----", " ---", "   ---", "    ---", "\t---", "...", "... ", " ...", "....",
                         "--- x", "--", "", " ", "title: x", "text", "- item", "# h"])  # fmt: skip


@given(st.lists(LINES, max_size=7), st.sampled_from(["", "\n"]))
def test_no_line_of_a_generated_file_is_read_twice_or_not_at_all(lines: list[str], end: str) -> None:
    text = "\n".join(["---", *lines]) + end
    source, header, problems = read(text)
    if source.cut(header.span):
        assert len(source.cut(header.span).splitlines()) == header_lines(text)
    else:
        assert [problem for problem in problems if "no-front-matter" in problem]


def test_a_header_that_cannot_be_read_hides_nothing_below_it() -> None:
    document = read_document(Source("a/index.md", "---\na: [\n---\n\n## Opening\n\n{cite:p}`key` text"), "a")
    assert [problem.kind for problem in document.problems] == ["yaml-syntax"]
    assert [section.title for section in document.sections] == ["Opening"]
    assert document.citations[0].keys[0].key == "key"
