"""Findings for programs."""

import json
from pathlib import Path

import pytest

from diptych.report.findings import Report
from diptych.report.json import render_json
from schemas import mismatches

SCHEMA = json.loads((Path(__file__).parents[2] / "schema/findings.json").read_text(encoding="utf-8"))


def test_output_is_as_the_schema_says(two: Report, report) -> None:
    for made in (two, report(), report(("SEC001", "", "m", ""))):
        assert mismatches(json.loads(render_json(made)), SCHEMA) == []


def test_the_schema_lists_every_field(two: Report) -> None:
    (first, _) = json.loads(render_json(two))["findings"]
    declared = SCHEMA["$defs"]["finding"]
    assert list(first) == list(declared["properties"]) == declared["required"]


def test_the_schema_would_notice(two: Report) -> None:
    broken = json.loads(render_json(two))
    broken["findings"][0]["line"] = 0
    del broken["findings"][1]["hint"]
    broken["version"] = 2
    assert mismatches(broken, SCHEMA) == [
        "$.version: not 1", "$.findings[0].line: below 1", "$.findings[1]: lacks hint",
    ]  # fmt: skip


def test_a_finding_in_full(two: Report) -> None:
    (first, _) = json.loads(render_json(two))["findings"]
    assert first.pop("fingerprint").endswith(":1")
    assert first == {
        "code": "SEC001",
        "slug": "raw-html",
        "severity": "error",
        "message": "HTML, here",
        "hint": "use 100% Markdown",
        "path": "analyses/a b/index.md",
        "line": 5,
        "column": 5,
        "end_line": 5,
        "end_column": 8,
        "text": "<b>",
    }


@pytest.mark.parametrize("value", [True, "1", None])
def test_the_checker_of_schemas_knows_types(value: object) -> None:
    assert mismatches(value, {"type": "integer"})
