"""Each rule's own examples: what stands under Fails is rejected by it, what stands under Passes by no rule."""

import re

import pytest

from corpora import corpus, spoiled
from diptych.check import check
from diptych.rules import RULES
from diptych.rules.registry import HEADINGS

BLOCK = re.compile(r"^(`{3,})([a-z ]+)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)


def examples(heading: str) -> list:
    """Pairs of a rule and an example. Blocks of different kinds that follow each other make one example."""
    found = []
    for code, rule in sorted(RULES.items()):
        example: list[tuple[str, str]] = []
        for _, kind, text in BLOCK.findall(rule.parts[heading]):
            if kind in {known for known, _ in example}:
                found.append((code, example))
                example = []
            example.append((kind, text))
        found.append((code, example))
    return [pytest.param(code, example, id=f"{code}-{number}") for number, (code, example) in enumerate(found)]


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_says_what_why_and_how(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch(r"[A-Z]{3}\d{3}", code)
    assert rule.summary.endswith(".")
    assert all(rule.parts[heading] for heading in HEADINGS)


@pytest.mark.parametrize(("code", "example"), examples("Fails"))
def test_what_fails_is_rejected(code: str, example: list[tuple[str, str]]) -> None:
    assert example
    assert code in {finding.code for finding in check(spoiled(example))}


@pytest.mark.parametrize(("code", "example"), examples("Passes"))
def test_what_passes_is_accepted(code: str, example: list[tuple[str, str]]) -> None:
    assert example
    assert check(spoiled(example)) == []


def test_the_clean_corpus_has_no_finding() -> None:
    assert check(corpus()) == []
