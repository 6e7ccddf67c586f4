"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import re
from urllib.parse import quote

from diptych import __version__
from diptych.report.findings import Placed, Report
from diptych.report.json import dump
from diptych.rules.registry import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""The usual name for the folder of the sources, here the project's; where it lies differs between machines."""
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def render_sarif(report: Report) -> str:
    """One run with the rules that took part and every finding.

    Columns count characters (``unicodeCodePoints``). Offsets are left out: they would count the file as it was
    read, without a byte order mark and with every line ending as one character.
    """
    rules = sorted(report.rules, key=lambda rule: rule.code)
    index = {rule.code: at for at, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "diptych",
                "semanticVersion": __version__,
                "rules": [_rule(rule, report.page(rule.code)) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that holds the project's settings."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(placed, index) for placed in report.placed()],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, page: str) -> dict[str, object]:
    described: dict[str, object] = {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {' '.join(rule.parts['Why'].split())}"},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.code[:3], rule.slug]},
    }
    if page:
        described["helpUri"] = page
    return described


def _result(placed: Placed, index: dict[str, int]) -> dict[str, object]:
    finding = placed.finding
    text = f"{finding.message}; {finding.hint}" if finding.hint else finding.message
    result: dict[str, object] = {"ruleId": finding.code}
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    return result | {
        "level": finding.severity.value,
        "message": {"text": _literal(text)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.span.path, errors="replace"), "uriBaseId": ROOT},
                    "region": {
                        "startLine": finding.span.line,
                        "startColumn": finding.span.column,
                        "endLine": placed.end_line,
                        "endColumn": placed.end_column,
                    },
                }
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": placed.fingerprint,
            "diptych/v1": placed.fingerprint,
        },
    }


def _literal(text: str) -> str:
    """``text`` so that no viewer takes a part of it for a link or for a place to fill in."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", text))
