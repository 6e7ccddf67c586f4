"""Findings for people."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.diagnostics import Diagnostic, Severity
from diptych.report.findings import Report
from diptych.report.json import render_json
from diptych.report.terminal import Terminal, columns, excerpt, harmless
from diptych.report.text import render_statistics, render_text
from diptych.span import Source


def test_plain_lines(two: Report) -> None:
    assert render_text(two) == (
        "analyses/a b/index.md:5:5: SEC001 HTML, here\n"
        "    hint: use 100% Markdown\n"
        "analyses/a b/index.md:6:5: SEC001 HTML again\n"
        "2 findings in 1 file (looked at 1 analysis, 3 entries); diptych explain CODE says more\n"
    )


def test_a_terminal_shows_the_line_and_carets(two: Report) -> None:
    assert render_text(two, Terminal(is_interactive=True)).splitlines()[:4] == [
        "analyses/a b/index.md:5:5: SEC001 HTML, here",
        "    5 | Ada <b>sorted</b> letters.",
        "      |     ^^^",
        "    hint: use 100% Markdown",
    ]


def test_statistics(two: Report) -> None:
    assert render_statistics(two).splitlines()[:2] == ["2  SEC001  raw-html", "2 errors, 0 warnings"]


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "carets"),
    [
        ("one two", 4, 7, "one two", "    ^^^"),
        ("one two", 4, 4, "one two", "    ^"),
        ("one two", 7, 9, "one two", "       ^"),
        ("\tone", 1, 4, " one", " ^^^"),
        ("日本 two", 3, 6, "日本 two", "     ^^^"),
        ("日本 two", 0, 2, "日本 two", "^^^^"),
        ("e\u0301a two", 4, 7, "e\u0301a two", "   ^^^"),
        ("\x1b[1m two", 5, 8, "\\u001b[1m two", "          ^^^"),
    ],
)
def test_carets_stand_below_what_is_meant(line: str, start: int, end: int, shown: str, carets: str) -> None:
    assert excerpt(line, start, end, 60) == (shown, carets)


@pytest.mark.parametrize("width", [20, 33, 60])
@pytest.mark.parametrize("start", [0, 5, 300, 990])
@pytest.mark.parametrize("length", [0, 1, 7, 400])
def test_a_long_line_is_cut_around_what_is_meant(width: int, start: int, length: int) -> None:
    line = "".join(chr(ord("a") + at % 26) for at in range(1000))
    shown, carets = excerpt(line, start, start + length, width)
    assert columns(shown) <= width
    assert columns(carets) <= width
    assert "^" in carets
    marked = shown[carets.index("^") : carets.rindex("^") + 1].removesuffix("…")
    assert line.startswith(marked, start)


@given(st.text("ab\t日é\u0301\x1b\u202e🙂"), st.integers(0, 40), st.integers(0, 40), st.integers(20, 50))
def test_carets_never_leave_what_is_shown(line: str, start: int, length: int, width: int) -> None:
    shown, carets = excerpt(line * 3, start, start + length, width)
    assert columns(shown) <= width
    assert columns(carets) <= max(1, columns(shown) + 1)
    assert set(carets.lstrip()) == {"^"}


def test_many_findings_in_one_long_line_take_linear_time() -> None:
    def seconds(findings: int) -> float:
        text = "word " * findings
        source = Source("a.md", text)
        spans = [source.span(at * 5, at * 5 + 4) for at in range(findings)]
        found = [Diagnostic("SEC001", "raw-html", Severity.ERROR, "m", span) for span in spans]
        made = Report(found, ["a.md"], source={"a.md": source}.get)
        begin = time.process_time()
        for render in (lambda made: render_text(made, Terminal(is_interactive=True)), render_json):
            render(made)
        return time.process_time() - begin

    seconds(100)
    assert any(seconds(8_000) < 24 * seconds(1_000) for _ in range(5))  # quadratic: 64 times, at every try


def test_what_moves_a_cursor_or_turns_text_is_shown() -> None:
    assert harmless("a\x1b[2Jb\u202ec\x07\ud800") == "a\\u001b[2Jb\\u202ec\\u0007\\ud800"
    assert harmless("Müller – 日本 🙂\ttab") == "Müller – 日本 🙂\ttab"
