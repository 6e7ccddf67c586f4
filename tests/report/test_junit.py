"""Findings as JUnit XML."""

from xml.etree import ElementTree

from diptych.report.findings import Report
from diptych.report.junit import render_junit


def test_a_file_is_a_suite_and_a_finding_a_failure(two: Report) -> None:
    suites = ElementTree.fromstring(render_junit(two).encode())
    assert suites.attrib == {"name": "diptych", "tests": "3", "failures": "2", "errors": "0"}
    analysis, bibliography = suites
    assert [analysis.get(name) for name in ("name", "tests", "failures")] == ["analyses/a b/index.md", "2", "2"]
    failure = analysis[0].find("failure")
    assert failure.get("message") == "HTML, here"
    assert failure.get("type") == "SEC001 error"
    assert failure.text == "analyses/a b/index.md:5:5: HTML, here\nhint: use 100% Markdown"
    assert [case.find("failure") for case in bibliography] == [None]


def test_what_xml_cannot_hold_is_replaced(report) -> None:
    made = report(("SEC001", "<b>", 'a "<b>" & \ud800\ufffe ü', "]]>"))
    (failure,) = ElementTree.fromstring(render_junit(made).encode()).iter("failure")
    assert failure.get("message") == 'a "<b>" & ' + "\ufffd" * 2 + " ü"
    assert failure.text.endswith("hint: ]]>")


def test_names_are_unique_within_a_suite(two: Report) -> None:
    names = [case.get("name") for case in ElementTree.fromstring(render_junit(two).encode()).iter("testcase")]
    assert len(names) == len(set(names))
