"""Prose that is told by how its lines begin is read as MyST reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from diptych.parse.dialect import EXTENSIONS
from diptych.parse.lines import pass_over_prose

MYST = create_md_parser(MdParserConfig(enable_extensions=set(EXTENSIONS)), RendererHTML)
OURS = create_md_parser(MdParserConfig(enable_extensions=set(EXTENSIONS)), RendererHTML)
pass_over_prose(OURS)


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo\n\n{q}`1` three\n",
        "Title\n===\n\nTitle\n---\ntext",
        "one\ntwo\n===",
        "one\n- two\n1. three\n> four\nfive",
        "a\n|---|\n| b |",
        "one\na | b\n---|---\nc | d",
        "term\n: what it means",
        "term\n\n: what it means",
        "term\n~ what it means\nand more",
        "    code\n\ntext\n    no code",
        "- one\ntwo\n\n  three\nfour",
        "> one\ntwo\n# three",
        "one\n(label)=\ntwo\n% comment\nthree\n+++\nfour",
        "one\n\\begin{align}\nx\n\\end{align}\ntwo",
        "[^a]: one\ntwo\n\n[b]: three\nfour",
        "- b---",  # to MyST, this is the beginning of front matter
        "one\n:::{note}\ntwo\n:::\n",
    ],
)
def test_blocks_are_those_of_myst(text: str) -> None:
    assert OURS.parse(text, {}) == MYST.parse(text, {})


PIECES = st.sampled_from(
    [
        "a", "B c", "é", "{q}`1` ", "\n", "\n", "\n\n", "  ", "    ", "\t", "\u00a0", "- ", "* ", "1. ", "> ", "# ",
        "---", "===", "--", "=", "|", "|---|", "-|-", ": ", "~ ", "```", ":::{note}", "% ", "+++", "(x)=",
        "[^1]: ", "[a]: b", "<div>", "$$", "\\begin{align}", "\\end{align}", "2",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=500)
def test_generated_blocks_are_those_of_myst(text: str) -> None:
    assert OURS.parse(text, {}) == MYST.parse(text, {})
