"""Environments of maths are found as MyST finds them, however many are never closed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from diptych.parse.dialect import EXTENSIONS
from diptych.parse.markdown import create_parser

MYST = create_md_parser(MdParserConfig(enable_extensions=set(EXTENSIONS)), RendererHTML)
OURS = create_parser()


def blocks(parser: Any, text: str) -> list[tuple[str, list[int] | None, str]]:
    return [(token.type, token.map, token.content) for token in parser.parse(text, {})]


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{align}\nx\n\\end{align}\n",
        "text\n\\begin{align}\nx\n\\end{align}\ntext",
        "\\begin{align}\nx\n\n\\begin{align*}\ny\n\\end{align*}",
        "\\begin{align}\n\n- \\begin{align}\n  \\end{align}\n",
        "> \\begin{align}\n> \\end{align}\n\n\\begin{align}\n\\end{align}",
        "> quote\n\n| a |\n|---|\n| b |\n\\begin{align}x\\end{align}",
        "    \\begin{align}\n\n\\begin{align}\n\\end{align}",
        "| a |\n|---|\n    \\begin{align}\n\\begin{align}\n\\end{align}",
        "\\begin{nothing}\n\\end{nothing}",
    ],
)
def test_environments_are_those_of_myst(text: str) -> None:
    assert blocks(OURS, text) == blocks(MYST, text)


LINES = st.sampled_from(["\\begin{align}", "\\end{align}", "\\begin{align*}", "\\end{align*}", "x", "", "    x",
                         "\\begin{gather} y \\end{gather}", "- x", "  x", "# h", "| a |", "|---|"])  # fmt: skip


@given(st.lists(LINES, max_size=9))
def test_generated_environments_are_those_of_myst(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert blocks(OURS, text) == blocks(MYST, text)


@given(st.lists(LINES, max_size=5))
def test_an_environment_in_a_quote_ends_there_or_is_text(lines: list[str]) -> None:
    text = "\n".join(f"> {line}" for line in lines) + "\n\n\\end{align}\n"
    inside = [token for token in blocks(OURS, text) if token[0] == "amsmath"]
    alone = [token for token in blocks(MYST, "\n".join(lines)) if token[0] == "amsmath"]
    assert len(inside) == len(alone)
