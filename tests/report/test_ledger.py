"""The ledger of words for the terminal."""

import re

from corpora import corpus
from diptych.model.assessment import assess
from diptych.report.ledger import render_ledger


def test_the_ledger_adds_up() -> None:
    made = corpus()
    lines = render_ledger(assess(made.documents[0], made.rubrics["sorting"])).splitlines()
    assert lines[0] == "analyses/a/index.md: 33 words of text (at least 30), 42 in all (at most 80)"
    head = lines[2].split()
    assert head[-2:] == ["body", "all"]
    numbers = [[int(cell) for cell in re.findall(r" (\d+)(?= |$)", line)] for line in lines[3:7]]
    *places, total = numbers
    assert [sum(column) for column in zip(*places, strict=True)] == total
    assert total[-2:] == [33, 42]


def test_the_ledger_lists_every_question() -> None:
    made = corpus()
    text = render_ledger(assess(made.documents[0], made.rubrics["sorting"]))
    assert re.search(r"^  1 Choice +line 19 +12 +2$", text, re.MULTILINE)
    assert re.search(r"^  3 Judgement +line 25 +10 +2$", text, re.MULTILINE)
