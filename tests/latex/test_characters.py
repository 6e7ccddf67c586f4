"""Characters as TeX writes them."""

from __future__ import annotations

import pytest

from diptych.latex.characters import (
    escape_address,
    escape_code,
    escape_plain,
    escape_text,
    missing_characters,
    spell_for_bibtex,
    spell_letters,
)
from diptych.latex.letters import declare_letters
from diptych.latex.symbols import spell_formula


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("<< >> ,, !` ?`", "<{}< >{}> ,{}, !{}` ?{}`"),  # no ligatures that nobody typed
        ("e\u0323\u0302", "\u1ec7"),  # a letter stays itself, however it was composed; the preamble declares it
        ("𝒩(μ, σ²) over ℝ", "$\\mathcal{N}$($\\mu$, $\\sigma$$^2$) over $\\mathbb{R}$"),
        ("𝐱 𝛼 ά Α", "$\\mathbf{x}$ $\\alpha$ $\\acute{\\alpha}$ $\\mathrm{A}$"),
        ("x²³ CO₂", "x$^{23}$ CO$_2$"),
        ("\ue00finput{x}", "\ufffdinput\\{x\\}"),  # a character that the module uses itself is no way in
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
    assert escape_plain("“β-VAE” ≤ Ω & ễ → x²") == "“beta-VAE” <= Omega \\& ễ -> x²"


def test_formulas():
    assert spell_formula("α ≤ ℝ, 𝒩₂") == "\\alpha  \\leq  \\mathbb{R}, \\mathcal{N}_2"


def test_letters_that_the_preamble_must_declare():
    assert declare_letters("Nguyễn, é, Ž") == [
        "\\DeclareUnicodeCharacter{1EC5}{\\texorpdfstring{{\\~{\\^e}}}{\\9036\\305}} % ễ"
    ]
    lines = declare_letters("Hương Thị")
    assert lines[0] == "\\DeclareFontFamily{U}{vietnamese}{}"
    assert lines[-1] == "\\DeclareUnicodeCharacter{1ECB}{\\texorpdfstring{{\\viet{224}}}{\\9036\\313}} % ị"
    assert declare_letters("Łukasz Đorđević, Åström, α, 中") == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Łukasz “é” α ∈ ℝ – Ș", ""),
        ("a\tb\nc\u00a0d\u200b", ""),
        ("中 and 中 ⌘", "中⌘"),
        ("ﬁ № Ħ", "ﬁ№Ħ"),
        ("Привет", "Привет"),
    ],
)
def test_characters_that_no_font_has(text, missing):
    assert "".join(missing_characters(text)) == missing
