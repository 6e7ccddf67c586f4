"""The commands that print what Diptych knows: explain, rules, schema, sheet, words."""

import json
from pathlib import Path

import pytest

from diptych.pdf.rules import PDF_RULES
from diptych.rules import RULES

CODES = [*sorted(RULES), *sorted(PDF_RULES)]


@pytest.mark.parametrize("name", ["SEC001", "sec001", "raw-html"])
def test_explain_takes_a_code_or_a_slug(run, name: str) -> None:
    done = run("explain", name)
    assert done.returncode == 0
    assert done.stdout.startswith("SEC001 raw-html (error)\n\nHTML stands in the text.\n\n## Why\n")


def test_explain_lists_what_begins_alike(run) -> None:
    lines = run("explain", "sec").stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(code for code in RULES if code.startswith("SEC"))


def test_explain_knows_the_rules_for_pdfs(run) -> None:
    assert run("explain", "PDF010").stdout.startswith("PDF010 wrong-page-size (error)\n")


def test_explain_suggests(run) -> None:
    done = run("explain", "raw-htm")
    assert done.returncode == 2
    assert done.stderr == 'there is no rule "raw-htm"\n    hint: did you mean "raw-html"?\n'


def test_rules_lists_every_rule_in_order(run) -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == CODES
    assert [rule["code"] for rule in json.loads(run("rules", "--format", "json").stdout)] == CODES


def test_rules_writes_pages(run, root: Path) -> None:
    assert run("rules", "--format", "markdown").returncode == 2
    assert run("rules", "--format", "markdown", "--output", "pages").returncode == 0
    assert {file.name for file in (root / "pages").iterdir()} == {"index.md", *(f"{code}.md" for code in CODES)}


def test_schema_goes_to_the_terminal_or_a_file(run, root: Path) -> None:
    printed = run("schema").stdout
    assert json.loads(printed)["title"] == "The front matter of an analysis"
    run("schema", "front-matter", "--output", "schema.json")
    assert (root / "schema.json").read_text(encoding="utf-8") == printed


def test_a_sheet_reports_and_does_not_judge(run, faulty: Path) -> None:
    done = run("sheet")
    assert done.returncode == 0
    assert done.stdout.startswith("2 analyses\n")
    assert "CIT001 unknown-citation-key (error)" in done.stdout
    assert run("sheet", "analyses/a").stdout.startswith("One way against another\n")


@pytest.mark.parametrize(
    ("form", "begin"), [("csv", "analysis,authors,"), ("json", "{\n"), ("html", "<!doctype html>")]
)
def test_a_sheet_in_each_form(run, root: Path, form: str, begin: str) -> None:
    assert run("sheet", "--format", form).stdout.startswith(begin)
    run("sheet", "--format", form, "--output", f"sheet.{form}")
    assert (root / f"sheet.{form}").read_text(encoding="utf-8").startswith(begin)


def test_a_sheet_of_nothing_gives_2(run, root: Path) -> None:
    (root / "analyses/a/index.md").unlink()
    assert run("sheet").returncode == 2


def test_words_shows_the_ledger(run) -> None:
    done = run("words")
    assert done.returncode == 0
    assert "33 words of text (at least 30), 42 in all (at most 80)" in done.stdout
