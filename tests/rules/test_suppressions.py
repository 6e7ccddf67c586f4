"""SUP: comments that allow a finding, and what is wrong with such comments."""

from dataclasses import replace

import pytest

from corpora import BIBLIOGRAPHY, HEADER, corpus, markdown, spoiled
from diptych.check import check
from diptych.model.corpus import Corpus
from diptych.rules import RULES

BAD = "Letters are \\textbf{not} numbers."
"""MKP006 objects to it."""


def found(made: Corpus) -> list[tuple[str, int, int, str]]:
    """Code, line, column and text of each finding; an example begins in line 21."""
    return [
        (item.code, item.span.line, item.span.column, made.source(item.span.path).cut(item.span))
        for item in check(made)
    ]


def found_in(text: str) -> list[tuple[str, int, int, str]]:
    """The findings of a text in the first section."""
    return found(spoiled([("md", text)]))


def test_a_finding_that_is_allowed_is_left_out() -> None:
    assert [item[0] for item in found_in(BAD)] == ["MKP006"]
    assert found_in(f"% diptych: allow MKP006 -- shows what TeX looks like\n\n{BAD}") == []


def test_only_the_next_block_and_only_the_code_is_allowed() -> None:
    text = f"% diptych: allow MKP006 -- a\n\n{BAD}\n\n{BAD}"
    assert [item[:2] for item in found_in(text)] == [("MKP006", 25)]
    text = f"% diptych: allow MKP006 -- a\n\n{BAD} And {{q}} `x`."
    assert [item[0] for item in found_in(text)] == ["MKP005"]


def test_all_findings_in_the_block_are_allowed() -> None:
    assert found_in(f"% diptych: allow MKP006 -- a\n\n- {BAD}\n- {BAD}\n\n  {BAD}") == []


def test_a_comment_within_what_another_covers_is_used_too() -> None:
    text = f"% diptych: allow MKP006 -- a\n\n- One\n\n  % diptych: allow MKP006 -- b\n\n  {BAD}"
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("comment", "finding"),
    [
        ("% diptych: allow MKP006", ("SUP001", 21, 18, "MKP006")),
        ("% diptych: allow MKP066 -- a", ("SUP002", 21, 18, "MKP066")),
        ("% diptych: allow latex-in-text -- a", ("SUP002", 21, 18, "latex-in-text")),
        ("% diptych: suffer MKP006 -- a", ("SUP002", 21, 1, "% diptych: suffer MKP006 -- a")),
        ("% diptych: allow MKP005 -- a", ("SUP003", 21, 18, "MKP005")),
        ("% diptych: allow SEC001 -- a", ("SUP004", 21, 18, "SEC001")),
        ("% diptych: allow SUP003 -- a", ("SUP004", 21, 18, "SUP003")),
    ],
)
def test_a_comment_that_has_no_good_effect_is_found(comment: str, finding: tuple[str, int, int, str]) -> None:
    assert finding in found_in(f"{comment}\n\n{BAD}")


def test_safety_cannot_be_allowed_away() -> None:
    findings = [item[0] for item in found_in("% diptych: allow SEC001 -- a\n\nA <br> b.")]
    assert findings == ["SUP004", "SEC001"]


def test_a_slug_is_answered_with_its_code() -> None:
    made = spoiled([("md", f"% diptych: allow latex-in-text -- a\n\n{BAD}")])
    assert check(made)[0].hint == "write MKP006"


def test_front_matter_can_allow_the_next_field() -> None:
    fields = "# diptych: allow SCO012 -- two of them show another paper\nslides: {bo2021second: 5}\n"
    assert found(corpus(markdown(HEADER + fields))) == []
    unused = "# diptych: allow SCO012 -- a\nkeywords: [a]\nslides: {bo2021second: 5}\n"
    assert [item[0] for item in found(corpus(markdown(HEADER + unused)))] == ["SUP003", "SCO012"]


def test_a_bibliography_can_allow_the_next_entry() -> None:
    entry = "@misc{cy2019other,\n  title = {Letters},\n  author = {Cy, Carla},\n  year = {2019},\n}\n"
    made = corpus(bibliography=f"{BIBLIOGRAPHY}\n% diptych: allow CIT005 -- read it first\n{entry}")
    assert found(made) == []
    assert [item[0] for item in found(corpus(bibliography=f"{BIBLIOGRAPHY}\n{entry}"))] == ["CIT005"]


def test_a_comment_is_unused_only_where_its_rule_has_looked() -> None:
    made = spoiled([("md", "% diptych: allow MKP006 -- a\n\nLetters."), ("bib", "% diptych: allow CIT005 -- a")])
    rules = [rule for code, rule in RULES.items() if code.startswith("SUP")]
    assert check(made, rules) == []
    assert [item.code for item in check(made)] == ["SUP003", "SUP003"]
    assert [item.span.path for item in check(replace(made, is_whole=False))] == ["analyses/a/index.md"]
