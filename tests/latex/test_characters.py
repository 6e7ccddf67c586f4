"""Characters as TeX writes them."""

from __future__ import annotations

import pytest

from diptych.latex.characters import (
    escape_address,
    escape_code,
    escape_plain,
    escape_text,
    spell_for_bibtex,
    spell_letters,
)


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("<< >> ,, !` ?`", "<{}< >{}> ,{}, !{}` ?{}`"),  # no ligatures that nobody typed
        ("ﬁ", "ﬁ"),  # left to LaTeX, which names and refuses it
        ("e\u0323\u0302", "{\\^{\\d e}}"),  # however it was composed
        ("x²³ CO₂", "x$^{23}$ CO$_2$"),
        ("\ue000input{x}", "\ufffdinput\\{x\\}"),  # characters that the module uses itself are no way in
        ("soft\u00adhyphen", "soft\\-hyphen"),
    ],
)
def test_text(text, tex):
    assert escape_text(text) == tex


def test_code_shows_every_character_as_it_is():
    assert escape_code("--x 'y'") == "-{}-x \\textquotesingle{}y\\textquotesingle{}"
    assert escape_code("`z`") == "\\textasciigrave{}z\\textasciigrave{}"
    assert escape_code("a → \\b{c}") == "a \\ensuremath{\\rightarrow} \\textbackslash{}b\\{c\\}"


@pytest.mark.parametrize(
    ("text", "tex"),
    [("ễ", "{\\~{\\^e}}"), ("Łukasz", "{\\L}ukasz"), ("í", "{\\'\\i }"), ("ç", "{\\c c}"), ("Ł{\\'e}", "{\\L}{\\'e}")],
)
def test_letters_for_bibtex(text, tex):
    assert spell_letters(text) == tex


def test_fields_for_bibtex_keep_their_mark_up():
    assert spell_for_bibtex("{\\'E}tude – “α” \\& x~y") == "{\\'E}tude -- ``$\\alpha$'' \\& x~y"


def test_addresses_survive_in_arguments():
    assert escape_address("https://x.org/a%20b#c_{d}\\ é") == (
        "https://x.org/a\\%20b\\#c_\\%7Bd\\%7D\\%5C\\%20\\%C3\\%A9"
    )


def test_plain_text_for_bookmarks():
    assert escape_plain("“β-VAE” ≤ Ω & ễ → x²") == "“beta-VAE” <= Omega \\& e -> x²"
