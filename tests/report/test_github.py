"""Findings as workflow commands."""

from diptych.report.findings import Report
from diptych.report.github import render_github


def test_commands_are_escaped(two: Report) -> None:
    first, second, last = render_github(two).splitlines()
    place = "file=analyses/a b/index.md,line=5,endLine=5,col=5,endColumn=8,title=SEC001 raw-html"
    assert first == f"::error {place}::HTML, here%0Ause 100%25 Markdown"
    assert second.endswith("::HTML again")
    assert last.startswith("2 findings")


def test_properties_escape_what_would_end_them(report) -> None:
    made = report(("SEC001", "<b>", "m", ""), path="a,b:c%\n.md")
    assert "file=a%2Cb%3Ac%25%0A.md,line=" in render_github(made)


def test_columns_are_left_out_over_several_lines(report) -> None:
    (command, _) = render_github(report(("SEC001", "letters.\nAda", "m", ""))).splitlines()
    assert "line=5,endLine=6,title=" in command


def test_a_warning_is_a_warning(report) -> None:
    assert render_github(report(("LEN003", "title", "m", ""))).startswith("::warning ")


def test_nothing_found_is_no_command(report) -> None:
    assert "::" not in render_github(report())
