"""A check runs the rules over a corpus: every finding, in one order, and no finding hides another."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpora import BIBLIOGRAPHY, BODY, HEADER, corpus, markdown, write_project
from diptych.check import check
from diptych.rules import RULES

BROKEN = {
    "header": "---\ntitle: [\n---\n\n" + BODY,
    "no header": BODY,
    "empty": "",
    "only a header": markdown(body=""),
    "unclosed directive": markdown(body=BODY + "\n:::{note}\nx"),
}


def codes(*texts: str, bibliography: str = BIBLIOGRAPHY) -> list[str]:
    return [finding.code for finding in check(corpus(*texts, bibliography=bibliography))]


def test_a_clean_corpus_has_no_findings() -> None:
    assert codes() == []
    assert codes(markdown(), markdown(HEADER.replace("Dana", "Eve"))) == []


def test_findings_come_by_file_place_and_code() -> None:
    spoiled = markdown(body=BODY.replace("ada2020first", "nobody") + "\n{nope}`x` ")
    found = check(corpus(spoiled, spoiled.replace("Dana", "Eve")))
    assert len(found) > 4
    assert found == sorted(found, key=lambda finding: finding.sort_key)
    assert [finding.span.path for finding in found] == sorted(finding.span.path for finding in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BROKEN.items()])
def test_a_broken_document_hides_nothing_of_the_others(text: str) -> None:
    spoiled = markdown(
        HEADER.replace("Dana", "Eve"), BODY.replace("{cite:t}`ada2020first` and", "{cite:t}`nobody` and")
    )
    alone = [
        finding.code for finding in check(corpus(markdown(), spoiled)) if finding.span.path == "analyses/b/index.md"
    ]
    beside = [finding.code for finding in check(corpus(text, spoiled)) if finding.span.path == "analyses/b/index.md"]
    assert "CIT001" in alone
    assert beside == alone


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BROKEN.items()])
def test_a_broken_document_is_found(text: str) -> None:
    assert check(corpus(text))


def test_a_broken_entry_hides_nothing_of_the_others() -> None:
    assert "CIT001" not in codes(bibliography="@misc{broken, title = {x\n\n" + BIBLIOGRAPHY)
    assert "CIT001" not in codes(bibliography=BIBLIOGRAPHY + "\n@misc{broken, title = {x")
    assert codes(bibliography="@misc{broken, title = {x\n\n" + BIBLIOGRAPHY)


def test_some_rules_find_what_they_find_among_all() -> None:
    spoiled = corpus(markdown(body=BODY.replace("ada2020first", "nobody")))
    every = check(spoiled)
    assert every
    for code in {finding.code for finding in every}:
        assert check(spoiled, [RULES[code]]) == [finding for finding in every if finding.code == code]
    assert check(spoiled, []) == []


SCRIPT = """
from pathlib import Path
from diptych.check import check
from diptych.parse.corpus import read_corpus
from diptych.settings import find_project
for finding in check(read_corpus(find_project(Path.cwd()))):
    print(finding)
"""


def test_two_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    """Python gives the members of a set another order in each process."""
    write_project(tmp_path, markdown(body=BODY.replace("ada2020first", "nobody,nobody2") + "\n# T\n\n{nope}`x` <b>"))
    outputs = {
        subprocess.run([sys.executable, "-c", SCRIPT], cwd=tmp_path, env={"PYTHONHASHSEED": seed}, check=True,
                       capture_output=True, text=True, timeout=60).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1
    assert outputs.pop().count("\n") > 5
