"""No input makes a traceback, and none costs more than time in proportion to its length."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import BIBLIOGRAPHY, BODY, HEADER, RUBRIC, corpus, markdown, with_evidence
from diptych.check import check
from diptych.data.toml import read_toml
from diptych.diagnostics import Diagnostic, Problem
from diptych.errors import DataError
from diptych.model.assessment import assess
from diptych.model.corpus import Corpus
from diptych.rubric import load_rubric
from diptych.span import Source

ROOT = Path(__file__).parent.parent


def check_all(read: Corpus) -> list[Diagnostic]:
    """Every finding, after making sure that each stands within a text of the corpus."""
    found = check(read)
    for finding in found:
        source, span = read.source(finding.span.path), finding.span
        assert source is not None
        assert 0 <= span.start <= span.end <= len(source.text)
        assert source.span(span.start, span.end) == span
        assert finding.message
        assert "\n" not in finding.message.strip("\n")
    for document in read.documents:
        if rubric := read.rubric_of(document):
            assess(document, rubric)
    return found


# ---- Anything at all

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=200)
PIECES = st.sampled_from([
    *"[]()`*_{}<>!&\\|:$%#>~^+-=\"'.,@/ \n\t0aZé\u2028\x00😀", "  ",
    "\n\n", "---\n", ":::", "```", "{q}`1`", "{cite:p}`",
    "[^a]", "[^a]: ", "](", "](<", ":::{figure} ", ":::{list-table}\n", ":name: ", "* - ", "| a |\n|---|\n", "$$", "%",
    "\\begin{align}", "\\end{align}", "(x)=\n", "+++", "<!--", "<b>", "&amp;", "&#x0;", "## ", "# ", "1. ", "> ", "- ",
    "{numref}`", "{eq}`", "http://x.y", "diptych: ", "% diptych: allow STR001 because ", "ada2020first", "~~~{note}\n",
    "[a]: x\n", "\n: ", "@article{", "title = {", "}\n", "}}", "{{", "\r", "\ufeff", "\u202e", "\u200b", "<https://x.y>",
])  # fmt: skip
ANY_MARKUP = st.lists(PIECES, max_size=40).map("".join)


@given(st.one_of(ANY_TEXT, ANY_MARKUP))
@settings(max_examples=250)
def test_any_text_is_a_body(text: str) -> None:
    check_all(corpus(markdown(body=BODY + text)))


@given(st.one_of(ANY_TEXT, ANY_MARKUP))
def test_any_text_is_a_file(text: str) -> None:
    check_all(corpus(text))


@given(st.one_of(ANY_TEXT, ANY_MARKUP))
def test_any_text_is_a_header(text: str) -> None:
    check_all(corpus(markdown(text + "\n")))
    check_all(corpus(markdown(HEADER + text + "\n")))


FIELDS = [line.partition(":")[0] for line in HEADER.splitlines() if line[0].isalpha()]
VALUES = [
    "", "~", "3", "-1.5e400", "true", "2026-02-30", "[]", "{}", "[[]]", "{a: {b: c}}", "' '", "|\n  x", "'\u200b'",
    "*a", "&a b", "!!set {a}", "[{}]", "[x, x]", "0x", ".nan", "12:30:45", "'a: b'",
    # more lines than the file has, of every kind that a reader looks at line by line
    r'"\n\n\n| a |\n|---|\n| b |\n\n# h\n\n{nope}`x`\n\n:::{note}\n:nope:\nx\n:::\n\n$$\nx\n$$\n\n<b>\n\n[a]: b"',
]  # fmt: skip


@given(st.sampled_from(FIELDS), st.sampled_from(VALUES), st.booleans())
@settings(max_examples=150)
def test_any_value_is_a_field(name: str, value: str, ends: bool) -> None:
    lines = HEADER.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{name}:"))
    end = next((number for number in range(at + 1, len(lines)) if lines[number][0].isalpha()), len(lines))
    header = "".join([*lines[:at], *lines[end:], f"{name}: {value}\n"])
    check_all(corpus(f"---\n{header}---" if ends else markdown(header)))


@given(st.one_of(ANY_TEXT, ANY_MARKUP))
def test_any_text_is_a_bibliography(text: str) -> None:
    check_all(corpus(bibliography=text))
    check_all(corpus(bibliography=BIBLIOGRAPHY + text))


TOML_PIECES = st.sampled_from([*"[]{}\"'=,.#\n1a", '"""', "'''", "a = ", "[["])


@given(st.one_of(ANY_TEXT, ANY_MARKUP, st.lists(TOML_PIECES, max_size=20).map("".join)))
def test_any_text_is_toml_or_an_error_with_a_place(text: str) -> None:
    for whole in (text, RUBRIC + text):
        source = Source("a.toml", whole)
        for problem in problems_of(source):
            assert 0 <= problem.span.start <= problem.span.end <= len(whole)


EVIDENCE = """\
[[evidence]]
claim = "It needs more steps"
numbers = ["40"]
key = "bo2021second"
locator = "Table 2"
source = "https://example.org/second.pdf"
seen = 2026-01-30
"""
SUPPORTED = markdown(body=f"{BODY}\nIt needs 40 steps {{cite:p}}`bo2021second{{Table 2}}`, or $n = 50$.\n")
EVIDENCE_PIECES = st.sampled_from([
    *"[]{}\"'=,.#\n 1a\x00é", '"""', "[[evidence]]\n", "claim = ", "numbers = ", '["40"]', '"40"', "40", '[""]', '""',
    "key = ", '"bo2021second"', "locator = ", '"Table 2"', "seen = ", "2026-01-30", "derivation = ", "[evidence]\n",
    "# diptych: allow EVI004 -- x\n", "evidence = ", "evidence.x = 1\n", "\n\n",
])  # fmt: skip


@given(st.one_of(ANY_TEXT, ANY_MARKUP, st.lists(EVIDENCE_PIECES, max_size=30).map("".join)))
@settings(max_examples=250)
def test_any_text_is_evidence(text: str) -> None:
    for whole in (text, EVIDENCE + text):
        check_all(with_evidence(corpus(SUPPORTED), whole))


@given(st.one_of(ANY_TEXT, ANY_MARKUP))
def test_any_text_can_have_evidence(text: str) -> None:
    check_all(with_evidence(corpus(SUPPORTED + text), EVIDENCE))


def problems_of(source: Source) -> tuple[Problem, ...]:
    try:
        read_toml(source)
        load_rubric(source)
    except DataError as error:
        return error.problems
    return ()


# ---- Something that was right, with parts of it changed

REAL = {
    "body": (ROOT / "analyses/text-to-video/index.md").read_text(encoding="utf-8"),
    "bibliography": (ROOT / "bib/suggested.bib").read_text(encoding="utf-8"),
    "clean body": markdown(),
    "clean bibliography": BIBLIOGRAPHY,
}
JUNK = ["", "\n", " ", "`", "*", "[", "]", "{", "}", "(", ")", "|", ":", ":::", "---", "$", "\\", "<", ">", "&", '"',
        "'", "#", "%", "@", ",", "=", "\t", "\x00", "é", "😀", "{cite:p}`", "```{note}\n", "> ", "- ",
        "    "]  # fmt: skip


def spoil(text: str, rng: random.Random) -> str:
    """``text`` with a few pieces of it cut, doubled, moved or replaced."""
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice([0, 1, 1, 2, 5, 40, 400]))
        piece = rng.choice([rng.choice(JUNK), rng.choice(JUNK) * rng.randint(1, 9), text[start:end] * 2,
                            text[end : end + 30] + text[start:end]])  # fmt: skip
        text = text[:start] + piece + text[end:]
    return text


@pytest.mark.parametrize(
    ("name", "runs"), [("clean body", 150), ("clean bibliography", 150), ("body", 20), ("bibliography", 20)]
)
def test_what_is_spoiled_is_still_checked(name: str, runs: int) -> None:
    rng = random.Random(f"spoil the {name}")
    for _ in range(runs):
        text = spoil(REAL[name], rng)
        check_all(corpus(text) if name.endswith("body") else corpus(bibliography=text))


# ---- Time

MOST_GROWTH = 10
"""How much longer an input of four times the length may take: 4 if time is linear, 16 if it is quadratic."""

BODIES: dict[str, tuple[int, Callable[[int], str]]] = {
    "words": (2000, lambda n: "word " * n),
    "lines": (500, lambda n: "word\n" * n),
    "open brackets": (2000, lambda n: "[" * n),
    "nested links": (1000, lambda n: "[" * n + "x" + "](y)" * n),
    "images": (500, lambda n: "![" * n),
    "backticks": (4000, lambda n: "x".join("`" * (number % 60) for number in range(n // 10))),
    "stars": (1000, lambda n: "*a_ " * n),
    "nested emphasis": (300, lambda n: "*a **b " * n + "c** d*" * n),
    "colons": (2000, lambda n: ":::\n" * n),
    "open directives": (1000, lambda n: ":::{note}\n" * n),
    "directives": (300, lambda n: ":::{note}\nx\n:::\n\n" * n),
    "options": (1000, lambda n: ":::{note}\n" + ":name: x\n" * n + "\nx\n:::\n"),
    "rows": (300, lambda n: "| a | b |\n|---|---|\n" + "| c | d |\n" * n),
    "columns": (300, lambda n: "| a " * n + "|\n" + "|---" * n + "|\n" + "| b " * n + "|\n"),
    "cells beyond the columns": (300, lambda n: "| a |\n|---|\n" + "| b " * n + "|\n"),
    "quotes": (1000, lambda n: "> x\n" * n),
    "deep quotes": (20000, lambda n: ">" * n + " x"),
    "lists": (300, lambda n: "- x\n" * n),
    "deep lists": (3000, lambda n: "- " * n + "x"),
    "footnotes": (200, lambda n: "".join(f"x[^{number}]\n\n[^{number}]: note\n\n" for number in range(n))),
    "open roles": (1000, lambda n: "{cite:p}`" * n),
    "braces": (5000, lambda n: "{" * n),
    "citations": (300, lambda n: "{cite:p}`ada2020first` x " * n),
    "unknown keys": (300, lambda n: "".join(f"{{cite:p}}`ad{number}2020frst` x " for number in range(n))),
    "spaces in a citation": (4000, lambda n: "{cite:p}`a" + " " * n + "b`"),
    "spaces in a reference": (4000, lambda n: "{ref}`a" + " " * n + "b`"),
    "headings": (200, lambda n: "### a\n\nx\n\n" * n),
    "sections": (200, lambda n: "## a\n\nx\n\n" * n),
    "labels": (300, lambda n: "".join(f"(l{number})=\n\nx {{ref}}`l{number}`\n\n" for number in range(n))),
    "comments": (4000, lambda n: "% x\n" * n),
    "entities": (2000, lambda n: "&amp;" * n),
    "environments": (500, lambda n: "\\begin{equation}\n" * n),
    "environments in a quote": (300, lambda n: "> \\begin{equation}\n" * n + "\n\\end{equation}"),
    "dollars": (1000, lambda n: "$a " * n),
    "comments in HTML": (4000, lambda n: "<!-- " * n),
    "parentheses": (8000, lambda n: "(" * n),
    "names and years": (300, lambda n: "(Ho et al., 2020 " * n),
    "digits": (8000, lambda n: "1," * n),
    "dashes": (8000, lambda n: "-" * n + "x"),
    "one long word": (30000, lambda n: "A" * n),
    "white space": (8000, lambda n: "x" + " " * n + "x"),
}
HEADERS: dict[str, tuple[int, Callable[[int], str]]] = {
    "open brackets": (4000, lambda n: "keywords: " + "[" * n),
    "nested lists": (4000, lambda n: "keywords: " + "[" * n + "]" * n),
    "items": (1000, lambda n: "keywords: [" + "x, " * n + "y]"),
    "fields": (500, lambda n: "\n".join(f"field{number}: x" for number in range(n))),
    "question marks": (4000, lambda n: "? " * n),
    "spaces": (20000, lambda n: "title: x" + " " * n),
    "abstract": (2000, lambda n: "abstract: |\n" + "  word *x*\n" * n),
    "quotes": (8000, lambda n: "title: " + "'" * n),
}
BIBLIOGRAPHIES: dict[str, tuple[int, Callable[[int], str]]] = {
    "entries": (200, lambda n: "\n".join(f"@misc{{a{at}, title = {{T {at}}}, year = 2020}}" for at in range(n))),
    "equal entries": (100, lambda n: BIBLIOGRAPHY * n),
    "open braces": (2000, lambda n: "@article{a, title = " + "{" * n),
    "nested braces": (2000, lambda n: "@article{a, title = " + "{" * n + "x" + "}" * n + "}"),
    "pairs of braces": (2000, lambda n: "@article{a, title = {" + "{x} " * n + "}}"),
    "joined strings": (1000, lambda n: "@article{a, title = " + '"x" # ' * n + '"y"}'),
    "signs": (2000, lambda n: "@" * n),
    "open entries": (500, lambda n: "@article{a,\n" * n),
    "fields": (500, lambda n: "@article{a, " + ", ".join(f"f{number} = {{x}}" for number in range(n)) + "}"),
    "equal fields": (500, lambda n: "@article{a, " + ", ".join("note = {x}" for _ in range(n)) + "}"),
    "authors": (500, lambda n: "@article{a, author = {" + " and ".join(["Ada, A."] * n) + "}}"),
    "quotes": (4000, lambda n: '@article{a, title = "' + '"' * n),
    "backslashes": (4000, lambda n: "@article{a, title = {" + "\\" * n + "}}"),
    "equal signs": (4000, lambda n: "@article{a, title " + "=" * n + "}"),
    "long title": (2000, lambda n: "@article{a, title = {" + "Word " * n + "}}"),
    "comments": (4000, lambda n: "% x\n" * n),
}  # fmt: skip


SUPPORTS: dict[str, tuple[int, Callable[[int], tuple[str, str]]]] = {
    "numbers that are held": (
        100,
        lambda n: (
            "\n".join(f"It needs {at + 10} steps {{cite:p}}`bo2021second{{Table 2}}`.\n" for at in range(n)),
            "".join(EVIDENCE.replace("40", str(at + 10)) for at in range(n)),
        ),
    ),
    "numbers that are not held": (
        100,
        lambda n: (
            "\n".join(f"It needs {at + 10} steps {{cite:p}}`bo2021second{{Table 2}}`.\n" for at in range(n)),
            "".join(EVIDENCE.replace("40", f"{at + 10} %") for at in range(n)),
        ),
    ),
    "places": (
        100,
        lambda n: (
            "\n".join(f"It needs 40 steps {{cite:p}}`bo2021second{{p. {at}}}`.\n" for at in range(n)),
            "".join(EVIDENCE.replace("Table 2", f"p. {at}") for at in range(n)),
        ),
    ),
    "places that are not cited": (
        100,
        lambda n: (
            "\n".join(f"It needs 40 steps {{cite:p}}`bo2021second{{p. {at}}}`.\n" for at in range(n)),
            "".join(EVIDENCE.replace("Table 2", f"section {at} {at}") for at in range(n)),
        ),
    ),
    "items under a lead-in": (
        100,
        lambda n: (
            "They " + "{cite:p}`bo2021second{Table 2}` " * n + "say:\n\n" + "- 40 steps\n" * n,
            EVIDENCE,
        ),
    ),
    "comments": (1000, lambda n: ("", "# diptych: allow EVI004 -- x\n" * n + EVIDENCE)),
    "one entry's numbers": (500, lambda n: ("", EVIDENCE.replace('"40"', ", ".join(f'"{at}"' for at in range(n))))),
}


def seconds(make: Callable[[], Corpus]) -> float:
    start = time.process_time()
    check(make())
    return time.process_time() - start


def growth(make: Callable[[int], Corpus], length: int) -> float:
    """How many times longer a corpus of four times ``length`` takes, least of five tries: a machine can be busy."""
    fixed = seconds(lambda: make(0))
    ratios = []
    for _ in range(5):
        short = max(seconds(lambda: make(length)) - fixed, 0.004)  # below that, the clock says nothing
        ratios.append((seconds(lambda: make(4 * length)) - fixed) / short)
        if ratios[-1] < MOST_GROWTH:
            break
    return min(ratios)


@pytest.mark.parametrize("name", BODIES)
def test_time_is_linear_in_the_text(name: str) -> None:
    length, make = BODIES[name]
    assert growth(lambda n: corpus(markdown(body=f"{BODY}\n{make(n)}")), length) < MOST_GROWTH


@pytest.mark.parametrize("name", HEADERS)
def test_time_is_linear_in_the_header(name: str) -> None:
    length, make = HEADERS[name]
    assert growth(lambda n: corpus(markdown(make(n) + "\n")), length) < MOST_GROWTH


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_time_is_linear_in_the_bibliography(name: str) -> None:
    length, make = BIBLIOGRAPHIES[name]
    assert growth(lambda n: corpus(bibliography=make(n)), length) < MOST_GROWTH


@pytest.mark.parametrize("name", SUPPORTS)
def test_time_is_linear_in_the_evidence(name: str) -> None:
    length, make = SUPPORTS[name]

    def supported(n: int) -> Corpus:
        text, entries = make(n)
        return with_evidence(corpus(markdown(body=f"{BODY}\n{text}")), entries)

    assert growth(supported, length) < MOST_GROWTH


@pytest.mark.parametrize(
    "text",
    ["x = [" + "1, " * 4000 + "]", "[[a]]\n" * 3000, 'x = "' + "\\\\" * 20000 + '"', "a = 1 #" + "#" * 50000],
    ids=["items", "tables", "escapes", "comment"],
)
def test_toml_is_read_in_no_time(text: str) -> None:
    start = time.process_time()
    read_toml(Source("a.toml", text))
    assert time.process_time() - start < 1
