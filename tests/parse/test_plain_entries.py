"""Entries that a pattern finds are those that the library would have found."""

from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.parse.bibliography import _blocks, _difficult_blocks, read_file
from diptych.span import Source

PIECES = st.sampled_from(
    [
        "@article{", "@Misc{", "@string{", "@comment{", "@preamble{", "@book(", "a,", "b2,", "{", "}", "}", "\n", "\n",
        "  ", "@", " title = {A {B} c},\n", "year = 2020,\n", ' author="x",\n', "title = {x}\n", "=", '"', "\\", "\\{",
        "\\}", "%", ")", "(", "#", "x", "@article{k1,\n title={T},\n}\n", '@article{k2, title={\\"o @ x}, }\n',
        "  @misc{k3,year=2000}\n", "@misc{k4,\n title = {{A} b},\n  author = {X, Y.},\n}\n\n", "a@b.c ",
        '@string{x = "y"}\n', "jan", "@article {k5 , t = {{{a}}} }\n", "@comment{k6, a={b}}\n",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=16).map("".join))
@settings(max_examples=500)
def test_blocks_that_hold_an_entry_are_those_of_the_library(text: str) -> None:
    entries, _ = read_file(Source("a.bib", text))
    alone = [block for block in _difficult_blocks(text, 0, len(text)) if not block.is_failed]
    assert [block for block in _blocks(text) if not block.is_failed] == alone
    assert len(entries) <= text.count("@")


def test_a_plain_entry_ends_what_was_left_open_before_it() -> None:
    text = "@misc{open, title = {Never closed,\n\n@misc{plain, title = {Closed}, year = 2020}\n"
    entries, problems = read_file(Source("a.bib", text))
    assert [(entry.key, entry.is_whole) for entry in entries] == [("open", False), ("plain", True)]
    assert len(problems) == 1
