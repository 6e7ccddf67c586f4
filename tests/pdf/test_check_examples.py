"""Each rule's own examples: what stands under Fails is rejected by it, what stands under Passes by no rule."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace

import pytest

from corpora import RUBRIC
from diptych.cli import _parser
from diptych.pdf.case import Expected
from diptych.pdf.inspection import inspect_pdf
from diptych.pdf.rules import PDF_RULES
from diptych.rubric import load_rubric
from diptych.rules.registry import HEADINGS
from diptych.span import Source
from pdfs import Sheet, typeset, typeset_all

pytestmark = pytest.mark.tex

BLOCK = re.compile(r"^(`{3,})([a-z ]+)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
SHEET = {"tex": "body", "tex preamble": "preamble", "tex style": "style", "tex without": "without",
         "tex whole": "whole", "pdf": "damage"}  # fmt: skip
"""What each kind of block says of the paper; ``sh`` is the command, ``words`` what its source has."""
ASSIGNMENT = load_rubric(Source("sorting.toml", RUBRIC.replace("words = [30, 80]", "words = [150, 420]")))


def examples(heading: str) -> list:
    """Pairs of a rule and an example. Blocks of different kinds that follow each other make one example."""
    found = []
    for code, rule in sorted(PDF_RULES.items()):
        example: dict[str, str] = {}
        for _, kind, text in BLOCK.findall(rule.parts[heading]):
            if kind in example:
                found.append((code, example))
                example = {}
            example[kind] = text
        found.append((code, example))
    return [pytest.param(code, example, id=f"{code}-{number}") for number, (code, example) in enumerate(found)]


def sheet_of(example: dict[str, str]) -> Sheet:
    return Sheet(**{SHEET[kind]: text for kind, text in example.items() if kind in SHEET})


def codes(example: dict[str, str]) -> set[str]:
    file = typeset(sheet_of(example))
    expected = Expected()
    if "sh" in example:
        program, *arguments = shlex.split(example["sh"])
        assert program == "diptych"
        options = _parser().parse_args(arguments)
        rubric = ASSIGNMENT if options.assignment == ASSIGNMENT.id else None
        titles = tuple(section.title for section in rubric.sections) if rubric else ()
        expected = Expected(options.mode, rubric, titles)
    if "words" in example:
        given = example["words"]
        words = int(given) if given.isdigit() else inspect_pdf(file, expected).case.words
        expected = replace(expected, words=words, is_own=True)
    return {finding.code for finding in inspect_pdf(file, expected).findings}


@pytest.fixture(scope="module", autouse=True)
def papers():
    """Set all papers at once, on all processors."""
    every = [each.values[1] for heading in ("Fails", "Passes") for each in examples(heading)]
    typeset_all(replace(sheet_of(example), damage="") for example in every)


@pytest.mark.parametrize("code", sorted(PDF_RULES))
def test_a_rule_says_what_why_and_how(code: str) -> None:
    rule = PDF_RULES[code]
    assert re.fullmatch(r"PDF\d{3}", code)
    assert rule.summary.endswith(".")
    assert all(rule.parts[heading] for heading in HEADINGS)


@pytest.mark.parametrize(("code", "example"), examples("Fails"))
def test_what_fails_is_rejected(code: str, example: dict[str, str]) -> None:
    assert example
    assert code in codes(example)


@pytest.mark.parametrize(("code", "example"), examples("Passes"))
def test_what_passes_is_accepted(code: str, example: dict[str, str]) -> None:
    assert example
    assert codes(example) == set()
