"""What all formats share: ends, cut-out texts, fingerprints and counts."""

from diptych.diagnostics import Diagnostic, Severity
from diptych.report.findings import Report, summary
from diptych.span import Source, Span

from .conftest import PATH, TEXT


def fingerprints(report: Report) -> list[str]:
    return [placed.fingerprint for placed in report.placed()]


def test_a_finding_knows_where_it_ends_and_what_it_is_about(two: Report) -> None:
    first, second = two.placed()
    assert (first.span.line, first.span.column, first.end_line, first.end_column) == (5, 5, 5, 8)
    assert (first.text, first.line) == ("<b>", "Ada <b>sorted</b> letters.")
    assert (second.span.line, second.end_line) == (6, 6)


def test_a_finding_over_several_lines_ends_in_the_last(report) -> None:
    (placed,) = report(("SEC001", "letters.\nAda", "m", "")).placed()
    assert (placed.span.line, placed.end_line, placed.end_column) == (5, 6, 4)


def test_equal_lines_have_different_fingerprints(two: Report) -> None:
    first, second = fingerprints(two)
    assert first[:-2] == second[:-2]
    assert (first[-2:], second[-2:]) == (":1", ":2")


def test_fingerprints_survive_edits_elsewhere(report) -> None:
    fault = ("SEC001", "<b>", "HTML", "")
    before = fingerprints(report(fault))
    assert fingerprints(report(fault, text="---\ntitle: y\nmore: z\n---\n\nNew.\n\n" + TEXT[18:])) == before
    assert fingerprints(report(("SEC001", "<b>", "HTML, said in 5 other words", "other"))) == before
    assert fingerprints(report(fault, text=TEXT.replace("Ada <b>", "   Ada   <b>"))) == before


def test_fingerprints_tell_rules_lines_and_files_apart(report) -> None:
    known = fingerprints(report(("SEC001", "<b>", "HTML", "")))
    assert fingerprints(report(("MKP001", "<b>", "HTML", ""))) != known
    assert fingerprints(report(("SEC001", "<b>", "HTML", ""), text=TEXT.replace("Ada", "Bo"))) != known
    assert fingerprints(report(("SEC001", "<b>", "HTML", ""), path="other.md")) != known


def test_a_text_that_is_gone_leaves_the_place(report) -> None:
    span = Span(PATH, 900, 910, 80, 3)
    gone = Diagnostic("SEC001", "raw-html", Severity.ERROR, "m", span)
    for source in (lambda path: None, lambda path: Source(path, "short")):
        (placed,) = Report([gone], source=source).placed()
        assert (placed.end_line, placed.end_column, placed.text, placed.line) == (80, 3, "", "")


def test_counts_come_with_the_most_frequent_first(report) -> None:
    made = report(("MKP001", "---", "m", ""), ("SEC001", "<b>", "m", ""), ("SEC001", "<b>", "m", ""))
    assert [(code, number) for code, _, number in made.counts()] == [("SEC001", 2), ("MKP001", 1)]


def test_the_summary_counts_in_words(two: Report) -> None:
    assert summary(two).startswith("2 findings in 1 file (looked at 1 analysis, 3 entries)")
    assert summary(Report([], ["a", "b"], entries=1)) == "no findings in 2 analyses, 1 entry"
