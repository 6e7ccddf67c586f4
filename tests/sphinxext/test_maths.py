"""Formulas become MathML and nothing else, whatever a stranger writes between the dollars."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from diptych.sphinxext.maths import ATTRIBUTES, ELEMENTS, mathml


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"x_1^2 \le \frac{a}{b}", "x12≤ab"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a=bc=d"),
        (r"\begin{align} a &= b \\ c &= d \end{align}", "a=bc=d"),
        (r"\mathcal{L} = \sum_{i=1}^{n} \lVert x_i \rVert", "ℒ=∑i=1n‖xi‖"),
        (r"\text{if } p < 0.05", "if p<0.05"),
        (r"8 \times 8 \,\&\, 3\%", "8×8&3%"),
    ],
)
def test_formulas_read_as_they_should(source, text) -> None:
    shown = BeautifulSoup(mathml(source), "html.parser").get_text().replace("\u2003", "").replace("\xa0", " ")
    assert shown.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "source",
    [
        r"\text{<script>evil()</script>}",
        r"\href{javascript:evil()}{x}",
        r"\style{background:url(https://example.org)}{x}",
        r"\class{evil}{x}",
        r"\text{&lt;script&gt;evil()&lt;/script&gt;}",
        r"\mathrm{<img src=x onerror=evil()>}",
    ],
)
def test_nothing_else_gets_through(source) -> None:
    assert_only_mathml(mathml(source))


@given(st.text(r"\{}<>&;\"'/=^_ abhrefstylctxpimgn&#", max_size=60))
def test_nothing_else_gets_through_whatever_is_written(source) -> None:
    try:
        written = mathml(source)
    except ValueError:
        return
    assert_only_mathml(written)


def assert_only_mathml(written: str) -> None:
    for tag in BeautifulSoup(written, "html.parser").find_all(True):
        assert tag.name in ELEMENTS
        assert set(tag.attrs) <= ATTRIBUTES | {"xmlns"}


@pytest.mark.parametrize("source", [r"\left( x", r"x^", r"\nosuchcommand{x}", r"x_{a}_{b}", r"\frac{1}{"])
def test_what_cannot_be_shown_is_an_error(source) -> None:
    with pytest.raises(ValueError, match=r".+"):
        mathml(source)
