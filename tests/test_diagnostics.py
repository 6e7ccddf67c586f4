"""Findings and their order, suggestions, and errors that end a command."""

import random
import time

import pytest

from diptych.diagnostics import Diagnostic, Problem, Severity, did_you_mean
from diptych.errors import DataError, DiptychError, describe
from diptych.span import Source


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("titel", ["title", "date"], 'did you mean "title"?'),
        ("title", ["date", "papers"], ""),
        ("TITLE", ["title"], 'did you mean "title"?'),
        ("ho2020ddpm", ["Ho2020DDPM", "song2021sde"], 'did you mean "Ho2020DDPM"?'),
        ("", ["title"], ""),
        ("title", [], ""),
        ("größe", ["GRÖSSE"], 'did you mean "GRÖSSE"?'),
    ],
)
def test_the_nearest_name_is_suggested(word: str, known: list[str], hint: str) -> None:
    assert did_you_mean(word, known) == hint


def test_the_nearest_of_many_names_is_suggested() -> None:
    names = [f"author{year}{letter}" for year in range(1900, 2025) for letter in "abcdefgh"]
    assert did_you_mean("auhtor2020c", names) == 'did you mean "author2020c"?'
    assert did_you_mean("zzz", names) == ""


def test_no_word_is_too_long_to_look_up() -> None:
    start = time.process_time()
    assert did_you_mean("ab" * 50_000, ["ba" * 50_000, "title"]) == ""
    assert time.process_time() - start < 0.5


def finding(code: str = "STR001", start: int = 0, *, end: int = 1, message: str = "m", hint: str = "") -> Diagnostic:
    span = Source("a.md", "x" * 20).span(start, end)
    return Diagnostic(code, "slug", Severity.ERROR, message, span, hint)


def test_findings_are_sorted_by_place_then_code_then_text() -> None:
    ordered = [
        finding("STR002", 1, end=2),
        finding("CIT001", 5, end=6),
        finding("STR001", 5, end=6, message="a"),
        finding("STR001", 5, end=6, message="b"),
        finding("STR001", 5, end=6, message="b", hint="first"),
        finding("STR001", 5, end=8, message="b"),
    ]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=lambda diagnostic: diagnostic.sort_key) == ordered


def test_findings_that_differ_in_anything_have_a_fixed_order() -> None:
    """Otherwise two runs could print them differently, since a set has no order."""
    variants = [finding(), finding(end=2), finding(hint="h"), finding(message="n"), finding("STR002"), finding(start=1)]
    assert len({diagnostic.sort_key for diagnostic in variants}) == len(variants)


def test_an_error_about_data_tells_every_problem_with_its_place_and_hint() -> None:
    source = Source("a.toml", "x = 1\ny = 2\n")
    problems = [
        Problem("unknown-field", 'unknown field "x"', source.span(0, 1), 'did you mean "y"?'),
        Problem("wrong-type", '"y" must be text', source.span(10, 11)),
    ]
    error = DataError(problems)
    assert isinstance(error, DiptychError)
    assert error.problems == tuple(problems)
    assert str(error) == ('a.toml:1:1: unknown field "x"\n    hint: did you mean "y"?\na.toml:2:5: "y" must be text')
    assert describe(problems[1]) == 'a.toml:2:5: "y" must be text'
