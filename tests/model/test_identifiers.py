"""Identifiers and TeX text, as far as rules and fixes share them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.model.identifiers import (
    arxiv_id,
    arxiv_id_of_doi,
    bare_arxiv_id,
    bare_doi,
    is_doi,
    is_isbn,
    is_issn,
    is_orcid,
    is_reversed,
    orcid_check_digit,
    page_ranges,
)
from diptych.model.tex import fold, is_shouting, plain, protected, split_names, surname, unprotected


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("10.1234/x", "10.1234/x"),
        (" https://doi.org/10.1234/x ", "10.1234/x"),
        ("doi.org/10.1234/x", "10.1234/x"),
        ("doi: https://dx.doi.org/10.1234/x", "10.1234/x"),
        ("https://example.org/10.1234/x", "https://example.org/10.1234/x"),
    ],
)
def test_bare_doi(text: str, bare: str) -> None:
    assert bare_doi(text) == bare


@given(st.text())
def test_taking_a_prefix_away_is_final(text: str) -> None:
    if is_doi(bare_doi(text)):
        assert bare_doi(bare_doi(text)) == bare_doi(text)
    if arxiv_id(bare_arxiv_id(text)):
        assert bare_arxiv_id(bare_arxiv_id(text)) == bare_arxiv_id(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2311.10709", ("2311.10709", "")),
        ("1412.0767v12", ("1412.0767", "v12")),
        ("math.GT/0309136", ("math.GT/0309136", "")),
        ("cond-mat/9609089v1", ("cond-mat/9609089", "v1")),
        ("2300.10709", None),
        ("0612.0001", None),
        ("1501.0001", None),
        ("2311.10709\n", None),
        ("", None),
    ],
)
def test_arxiv_ids(text: str, parts: tuple[str, str] | None) -> None:
    known = arxiv_id(text)
    assert (known and (known.id, known.version)) == parts


def test_the_preprint_of_a_doi() -> None:
    assert arxiv_id_of_doi("https://doi.org/10.48550/arXiv.2311.10709v2") == "2311.10709"
    assert arxiv_id_of_doi("10.1109/ICCV.2015.510") == ""


@given(st.text("0123456789", min_size=15, max_size=15))
def test_one_check_digit_makes_an_orcid_valid(digits: str) -> None:
    check = orcid_check_digit(digits)
    whole = digits + check
    grouped = "-".join(whole[at : at + 4] for at in range(0, 16, 4))
    assert is_orcid(grouped)
    assert not any(is_orcid(grouped[:-1] + other) for other in "0123456789X" if other != check)


@pytest.mark.parametrize("text", ["978-3-16-148410-0", "0306406152", "080442957X", "978 0 306 40615 7"])
def test_isbn(text: str) -> None:
    assert is_isbn(text)
    assert not is_isbn(text[:-1] + ("1" if text[-1] != "1" else "2"))


@pytest.mark.parametrize(
    ("text", "is_right"), [("0378-5955", True), ("2434-561X", True), ("0378-5956", False), ("03785955", False)]
)
def test_issn(text: str, is_right: bool) -> None:
    assert is_issn(text) is is_right


@pytest.mark.parametrize(
    ("first", "last", "is_wrong"),
    [
        ("1", "9", False), ("19", "10", True), ("10", "5", True), ("1234", "41", False), ("1241", "34", True),
        ("96:1", "96:12", False), ("96:12", "96:1", True), ("S9", "S12", False), ("A5", "B1", False), ("7", "7", False),
        ("9" * 5000, "1", False),
    ],
)  # fmt: skip
def test_reversed_ranges(first: str, last: str, is_wrong: bool) -> None:
    assert is_reversed(first, last) is is_wrong


def test_page_ranges_have_places() -> None:
    text = "3, 10 – 19, e3-4"
    ((first, last, dash, start, end),) = page_ranges(text)
    assert (first, last, text[dash.start : dash.end], text[start:end]) == ("10", "19", " – ", "10 – 19")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Learning 3D with GPT-4", ["3D", "GPT"]),
        ("{GPT-4} in a Box: Another {Box}", []),
        ("SortNet: LaTeX at Work", ["SortNet", "LaTeX"]),
        ("A Study: A Case of X-rays", ["X"]),
        ("U-Net and v2", []),
        ("On $L_2$ and $x$", ["$L_2$"]),
        ("{Nested {Deep} GPT} GPT", ["GPT"]),
        ("} GPT", ["GPT"]),
        ("", []),
    ],
)
def test_words_that_lose_their_capitals(title: str, words: list[str]) -> None:
    assert [title[start:end] for start, end in unprotected(title)] == words


@given(st.text("aB3 -:{}$\\é.", max_size=30))
def test_protecting_is_final_and_adds_braces_alone(title: str) -> None:
    once = protected(title)
    assert once.replace("{", "").replace("}", "") == title.replace("{", "").replace("}", "")
    if title.count("{") == title.count("}") == 0:
        assert list(unprotected(once)) == []
        assert protected(once) == once


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{Fr{\\'e}chet} \\& Co", "Frechet & Co"),
        ("Stra\\ss e~{\\O}", "Straße Ø"),
        ("\\emph{The} {\\TeX}book", "The TeXbook"),
    ],
)
def test_plain_text(text: str, said: str) -> None:
    assert plain(text) == said


def test_folded_text_is_equal_for_equal_titles() -> None:
    assert fold("{Fr{\\'e}chet} Video-Distance!") == fold("Fréchet video distance") == "frechetvideodistance"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cy, C. and Dee, D.", ["Cy, C.", "Dee, D."]),
        ("{Barnes and Noble} and Anderson AND\nRand", ["{Barnes and Noble}", "Anderson", "Rand"]),
        ("A and and B and", ["A", "", "B", ""]),
        ("", [""]),
    ],
)
def test_names_are_divided(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in split_names(text)] == names


def test_family_names() -> None:
    assert [surname(name) for name in ("van Dyck, Ann", "Ann Dyck", "M{\\'a}rquez", "")] == [
        "vandyck", "dyck", "marquez", "",
    ]  # fmt: skip


def test_capitals_throughout() -> None:
    assert is_shouting("SORTING OTHER LETTERS", 8)
    assert not is_shouting("SORTING other LETTERS", 8)
    assert not is_shouting("{SORTING} OTHER", 8)
    assert not is_shouting("数理科学における文字", 8)
