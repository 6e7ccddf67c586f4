"""Findings as SARIF 2.1.0.

The official JSON schema cannot be fetched by a test, and no package ships it, so what follows is written by hand
from the standard (OASIS, SARIF 2.1.0 with errata 01): every object that Diptych writes, with the properties that it
may write and no others, their types, and those that the standard requires.
"""

import json
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from diptych.report.findings import Report
from diptych.report.sarif import ROOT, render_sarif
from diptych.rules import RULES
from schemas import mismatches

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 1}


def closed(required: str = "", **properties: Any) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


def listed(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed("text", text=TEXT, markdown=TEXT)
RULE = closed(
    "id shortDescription fullDescription help defaultConfiguration",
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "pattern": "^https?://"},
    defaultConfiguration=closed("level", level=LEVEL),
    properties={"type": "object", "properties": {"tags": listed(TEXT)}},
)
REGION = closed(
    "startLine startColumn endLine endColumn", startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT
)
LOCATION = closed(
    "physicalLocation",
    physicalLocation=closed(
        "artifactLocation region",
        artifactLocation=closed("uri uriBaseId", uri={"type": "string", "pattern": r"^[!-~]+$"}, uriBaseId=TEXT),
        region=REGION,
    ),
)
RESULT = closed(
    "ruleId level message locations partialFingerprints",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=listed(LOCATION, minItems=1),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
)
RUN = closed(
    "tool results",
    tool=closed("driver", driver=closed("name rules", name=TEXT, semanticVersion=TEXT, rules=listed(RULE))),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    newlineSequences=listed(TEXT, minItems=1),
    originalUriBaseIds={"type": "object", "additionalProperties": closed("", uri=TEXT, description=MESSAGE)},
    invocations=listed(closed("executionSuccessful", executionSuccessful={"type": "boolean"})),
    results=listed(RESULT),
)
LOG = {
    **closed("version runs", version={"const": "2.1.0"}, runs=listed(RUN)),
    "properties": {"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": listed(RUN)},
}


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render_sarif(report))
    assert mismatches(log, LOG) == []
    return log["runs"][0]


def test_output_is_as_the_standard_says(two: Report, report) -> None:
    for made in (two, report(), report(("SEC001", "", "m", ""), site_url="https://example.org/")):
        run_of(made)


def test_the_structure_would_notice(two: Report) -> None:
    log = json.loads(render_sarif(two))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    log["runs"][0]["results"][1]["level"] = "fatal"
    assert len(mismatches(log, LOG)) == 2


def test_a_result_points_to_its_rule_and_place(two: Report) -> None:
    run = run_of(two)
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "SEC001"
    assert first["message"]["text"] == "HTML, here; use 100% Markdown"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "analyses/a%20b/index.md", "uriBaseId": ROOT}
    assert place["region"] == {"startLine": 5, "startColumn": 5, "endLine": 5, "endColumn": 8}
    assert ROOT in run["originalUriBaseIds"]


def test_columns_count_characters(report) -> None:
    run = run_of(report(("SEC001", "<b>", "m", ""), text="🙂🙂 <b>\n"))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 4


def test_fingerprints_are_unique(two: Report) -> None:
    prints = [result["partialFingerprints"] for result in run_of(two)["results"]]
    assert prints[0]["primaryLocationLineHash"] == prints[0]["diptych/v1"]
    assert prints[0] != prints[1]


def test_every_rule_is_described(report) -> None:
    rules = {rule["id"]: rule for rule in run_of(report(site_url="https://example.org/x/"))["tool"]["driver"]["rules"]}
    assert rules.keys() == RULES.keys()
    assert list(rules) == sorted(rules)
    for code, rule in rules.items():
        assert "## Why" in rule["help"]["markdown"]
        assert rule["helpUri"] == f"https://example.org/x/rules/{code}.html"
    assert rules["SEC001"]["name"] == "RawHtml"


@pytest.mark.parametrize("path", ["a#b?.md", "ü/ö.md", "a%20b.md", "c:d.md"])
def test_addresses_lead_back_to_the_path(report, path: str) -> None:
    result = run_of(report(("SEC001", "<b>", "m", ""), path=path))["results"][0]
    parts = urlsplit("file:///root/" + result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
    assert unquote(parts.path) == f"/root/{path}"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("see [this](that)", r"see \[this](that)"),
        ("an interval [0, 1] (closed)", "an interval [0, 1] (closed)"),
        ("the role {cite:p} and {0}", "the role {cite:p} and {{0}}"),
    ],
)
def test_nothing_in_a_message_is_a_link_or_a_place_to_fill_in(report, message: str, text: str) -> None:
    assert run_of(report(("SEC001", "<b>", message, "")))["results"][0]["message"]["text"] == text
