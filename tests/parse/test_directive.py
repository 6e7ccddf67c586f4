"""Directives are taken apart as MyST takes them apart, so that no text is seen by one reader and not by the other."""

import pytest
from docutils.parsers.rst import Directive as DocutilsDirective
from docutils.parsers.rst.directives import unchanged
from hypothesis import given
from hypothesis import strategies as st
from myst_parser.mocking import MockingError
from myst_parser.parsers.directives import MarkupError, parse_directive_text

from diptych.parse.dialect import DIRECTIVES
from diptych.parse.directive import DirectiveText, read_directive


def test_a_directive_has_an_argument_options_and_a_body() -> None:
    read = read_directive("{figure} a.svg", ":alt: A curve\n:name: fig-a\n\nThe *caption*.\n\nMore.\n")
    assert read == DirectiveText(
        "figure", DIRECTIVES["figure"], "a.svg", {"alt": "A curve", "name": "fig-a"}, {"alt": 1, "name": 2},
        "The *caption*.\n\nMore.\n", 4, "",
    )  # fmt: skip


@pytest.mark.parametrize("info", ["", "python", "{", "{}", "{ note}", "python {note}"])
def test_a_fence_without_a_directive_name_is_plain_code(info: str) -> None:
    assert read_directive(info, "x") is None


def test_a_directive_that_the_dialect_does_not_have_is_read_all_the_same() -> None:
    read = read_directive("{iframe} https://example.org", ":x: y\ntext")
    assert (read.name, read.kind, read.argument, read.options) == ("iframe", None, "https://example.org", {"x": "y"})


@pytest.mark.parametrize(
    ("info", "content", "body", "line"),
    [
        ("{note}", "text", "text", 1),
        ("{note}", "\ntext", "text", 2),
        ("{note}", "\n\ntext", "\ntext", 2),
        ("{note}", ":class: x\ntext", "text", 2),
        ("{note}", ":class: x\n\ntext", "text", 3),
        ("{note} begins here", "goes on", "begins here\ngoes on", 0),
        ("{note} begins here", ":class: x\ngoes on", "begins here\ngoes on", 1),
        ("{admonition} A title", "text", "text", 1),
        ("{note}", "::::{tip}\ninner\n::::", "::::{tip}\ninner\n::::", 1),
        ("{note}", "text\n:class: x", "text\n:class: x", 1),
    ],
)
def test_where_a_body_begins(info: str, content: str, body: str, line: int) -> None:
    read = read_directive(info, content)
    assert (read.body, read.body_line, read.fault) == (body, line, "")


@pytest.mark.parametrize("content", ["---\nclass: x\n---\ntext", ":class: 'unclosed\n\ntext", ":class\n\ntext"])
def test_options_that_cannot_be_read_are_a_fault(content: str) -> None:
    assert read_directive("{note}", content).fault


def test_the_line_of_an_option_counts_from_the_opening_line() -> None:
    read = read_directive("{note}", ":class: >\n  folded\n:name: x\n\ntext")
    assert read.option_lines["class"] == 1


# ---- Parity with MyST


def directive_class(name: str) -> type[DocutilsDirective]:
    """A directive as MyST would see it, by what the dialect says of it."""
    kind = DIRECTIVES[name]
    return type("Known", (DocutilsDirective,), {
        "required_arguments": 0,
        "optional_arguments": int(kind.argument != "none"),
        "final_argument_whitespace": True,
        "option_spec": dict.fromkeys(kind.options, unchanged),
        "has_content": True,
    })  # fmt: skip


LINES = st.sampled_from(["", " ", "text", "more *text*", ":name: a", ":class: b c", "  :alt: d", ":name:", ": x", ":::",
                         ":::{note}", "::::", ":unknown: e", "text :name: f", "#: g", "--- ", ":name: 'h'",
                         ":a"])  # fmt: skip


@given(
    st.sampled_from(sorted(DIRECTIVES)),
    st.sampled_from(["", "first", "first *line* here", "a.svg"]),
    st.lists(LINES, max_size=6),
    st.sampled_from(["", "\n"]),
)
def test_argument_options_and_body_are_those_of_myst(name: str, first: str, lines: list[str], end: str) -> None:
    content = "\n".join(lines) + end
    read = read_directive(f"{{{name}}} {first}", content)
    try:
        theirs = parse_directive_text(directive_class(name), first, content)
    except (MarkupError, MockingError):
        return  # MyST refuses it with an error of its own
    if content.startswith("---"):  # MyST's other form of options, which the dialect leaves out
        assert read.fault
        return
    assert read.argument == "".join(theirs.arguments)
    assert lines_of(read.body) == lines_of("\n".join(theirs.body))
    if read.body.strip():
        assert read.body_line - 1 == theirs.body_offset
    if not read.fault:
        known = {option: value for option, value in read.options.items() if option in DIRECTIVES[name].options}
        assert known == theirs.options
    else:
        assert theirs.warnings


def lines_of(body: str) -> list[str]:
    """The lines without those at the end that are empty: they make no difference to a page."""
    return body.rstrip().split("\n")
