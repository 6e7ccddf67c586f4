"""MKP: text that a reader would see as it was typed, and what only looks like it."""

import pytest

from corpora import spoiled
from diptych.check import check


def found_in(text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and text of each finding about markup; the text begins in line 21."""
    made = spoiled([("md", text)])
    return [
        (item.code, item.span.line, item.span.column, made.source(item.span.path).cut(item.span))
        for item in check(made)
        if item.code.startswith("MKP")
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("```{notte}\nText.\n```", ("MKP001", 21, 4, "{notte}")),
        ("Text {citep}`ada2020first`.", ("MKP002", 21, 6, "{citep}")),
        ("```{note}\n:colour: red\n\nText.\n```", ("MKP003", 22, 2, "colour")),
        ("```{list-table} A.\n:header-rows: one\n\n* - a\n```", ("MKP003", 22, 15, "one")),
        ("```{list-table} A.\n:widths: 1 x\n\n* - a\n```", ("MKP003", 22, 10, "1 x")),
        ("Text.\n\n---\n\nText.", ("MKP004", 23, 1, "---")),
        ("Text {cite:p} `ada2020first`.", ("MKP005", 21, 6, "{cite:p}")),
        ("Text {cite:p}ada2020first.", ("MKP005", 21, 6, "{cite:p}")),
        ("Text {cite:p}`ada2020first.", ("MKP005", 21, 6, "{cite:p}")),
        ("Text {numref} `a`.", ("MKP005", 21, 6, "{numref}")),
        ("Text {figure} a.svg", ("MKP005", 21, 6, "{figure}")),
        ("Text \\textbf{b}.", ("MKP006", 21, 6, "\\textbf")),
        ("Text \\ref{b}.", ("MKP006", 21, 6, "\\ref")),
        ("\\begin{itemize}", ("MKP006", 21, 1, "\\begin")),
        ("As @ada2020first says.", ("MKP007", 21, 4, "@ada2020first")),
        ("As @cy2019other says.", ("MKP007", 21, 4, "@cy2019other")),
        ("Text :cite:`ada2020first`.", ("MKP008", 21, 6, ":cite:")),
        ("See `the steps <https://example.org>`_.", ("MKP008", 21, 5, "`the steps <https://example.org>`")),
        (".. note:: Text.", ("MKP008", 21, 1, ".. note::")),
        ("- ```{note}\n  Text.\n\nText.", ("MKP009", 21, 3, "```")),
        ("> ```\n> Text.\n\nText.", ("MKP009", 21, 3, "```")),
        (":::::{note}\n::::{tip}\nText.\n:::::", ("MKP009", 22, 1, "::::")),
        ("Text $$a < b.", ("MKP010", 21, 6, "$$")),
        ("See [the rule][order].", ("MKP011", 21, 5, "[the rule][order]")),
        ("See [order][].", ("MKP011", 21, 5, "[order][]")),
        ("Text.\n\n[order]: https://example.org", ("MKP012", 23, 1, "[order]: https://example.org")),
        ("Text <!-- more --> text.", ("MKP013", 21, 6, "<!-- more -->")),
        ("Text {#a .b}.", ("MKP014", 21, 6, "{#a .b}")),
        ("Text {width=50%}.", ("MKP014", 21, 6, "{width=50%}")),
        ("Text {{ a }}.", ("MKP014", 21, 6, "{{ a }}")),
        ("See [the steps](steps.csv).", ("MKP015", 21, 5, "[the steps](steps.csv)")),
        ("See [the steps](#nowhere).", ("MKP015", 21, 5, "[the steps](#nowhere)")),
        ("```{list-table} A.\n:header-rows: 1\n\n* - a\n  - b\n* - c\n```", ("MKP016", 21, 1, "```{list-table} A.")),
        ("```{table} A.\nText.\n```", ("MKP016", 21, 1, "```{table} A.")),
        ("| a | b |\n|---|---|\n| c | d | e |", ("MKP018", 23, 11, "e")),
        ("| a | b |\n|---|---|\n| c | d | e f |  | g |", ("MKP018", 23, 11, "e f |  | g")),
        ("a | b\n--|--\nc | d | e", ("MKP018", 23, 9, "e")),
        ("| a |\n|---|\n| `b|c` |", ("MKP018", 23, 6, "c`")),
        ("| a |\n|---|\n| b\\|c | d |", ("MKP018", 23, 10, "d")),
        ("| a |\n|---|\n|  | é **d** |", ("MKP018", 23, 6, "é **d**")),
        ("> | a |\n> |---|\n> | b | c |", ("MKP018", 23, 9, "c")),
        ("- x\n\n  | a |\n  |---|\n  | b | c |", ("MKP018", 25, 9, "c")),
        ("```{table} A.\n| a |\n|---|\n| b | c |\n```", ("MKP018", 24, 7, "c")),
        ("```{note}\n:class: tip\n\n| a |\n|---|\n| b | c |\n```", ("MKP018", 26, 7, "c")),
        ("- Text\n\n  > And {q} `x`.", ("MKP005", 23, 9, "{q}")),
        ("| a |\n|---|\n| {cite:p} `b` |", ("MKP005", 23, 3, "{cite:p}")),
        ("[^a]: \\emph{b}\n\nText.[^a]", ("MKP006", 21, 7, "\\emph")),
    ],
)
def test_what_would_be_shown_as_typed_is_found(text: str, finding: tuple[str, int, int, str]) -> None:
    assert found_in(text) == [finding]


def test_a_slip_in_the_abstract_is_found() -> None:
    made = spoiled([("yaml", "abstract: |\n  Two ways of sorting \\emph{letters}.")])
    assert [(item.code, made.source(item.span.path).cut(item.span)) for item in check(made)] == [("MKP006", "\\emph")]


def test_a_tab_in_the_front_matter_is_named() -> None:
    made = spoiled([("yaml", "keywords:\n\t- letters")])
    finding = next(item for item in check(made) if item.code == "FMT002")
    assert made.source(finding.span.path).cut(finding.span) == "\t"
    assert finding.hint == "indent with spaces"


@pytest.mark.parametrize(
    "text",
    [
        "The set {a, b} and {x} and \\{cite:p} `a`.",
        "The code `{cite:p}` and ``{q} `x` `` is shown.",
        "A path C:\\temp and 50\\% of R\\&D, a\\_b.",
        "Code `\\textbf{b}` and $\\textbf{b}$.",
        "Write to ada@example.org or @ada; see https://example.org/@ada2020first.",
        "At 10:30: `a` and b: `c`, so `a_b`, at a ratio of a:b:`c`.",
        "`the steps`, not a link.",
        "It costs $5 and 10$ more.",
        "$$\na < b\n$$ (eq-a)\n\nSee {eq}`eq-a`.",
        "a[i][j], \\[a][b], [a] [b].",
        "See [the rule][Order].\n\n[order]: https://example.org",
        "```{note}\nSee [the rule][order].\n```\n\n[order]: https://example.org",
        "% <!-- no comment, no {cite:p} `a` -->",
        "```\n{cite:p} `a` \\textbf{b} [@c] ---\n```",
        "~~~\ncode\n~~~\n\n- ```\n  code\n  ```\n\n> ```\n> code\n> ```",
        "::::{note}\n:::{tip}\nText.\n:::\n::::",
        "(here)=\nSee [this place of the text](#here).",
        "See [another analysis of both](../b/index.md).",
        "A < b, {sub}`x` and {sup}`y`.",
        "| a | b |\n|---|---|\n| c | d |",
        "| a | b |\n|---|---|\n| c | d | |\n| e |\n||f|",
        "a | b\n--|--\nc | d",
        "| a | b |\n|---|---|\n| `c\\|d` | $p(e\\|f)$ |",
        "> | a | b |\n> |---|---|\n> | c | d |  ",
        "```{csv-table} A.\n:header-rows: 1\n\na, b\nc, d | e\n```",
        '```{csv-table} A.\n:header-rows: 1\n\na, b\nc, "| d |\n|---|\n| e |"\n```',
        "```\n| a |\n|---|\n| b | c |\n```",
    ],
)
def test_what_is_shown_as_meant_is_accepted(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "place", "shown", "name"),
    [
        ("One let\u200bter.", "1:8", "\u200b", "U+200B, zero width space"),
        ("One let\u00adter.", "1:8", "\u00ad", "U+00AD, soft hyphen"),
        ("Glue\u2060\ufeff here.", "1:5", "\u2060\ufeff", "U+2060, word joiner"),
        ("Turned \u202eround.", "1:8", "\u202e", "U+202E, right-to-left override"),
        ("A gap\u3164here.", "1:6", "\u3164", "U+3164, hangul filler"),
        ("A bell\x07here.", "1:7", "\x07", "U+0007, a control character"),
        ("In `co\u200bde`.", "1:7", "\u200b", "U+200B, zero width space"),
        ("One let&shy;ter.", "1:8", "&shy;", "U+00AD, soft hyphen"),
        ("One\nlet&#x200b;ter.", "2:4", "&#x200b;", "U+200B, zero width space"),
    ],
)
def test_an_invisible_character_is_named_with_its_place(text: str, place: str, shown: str, name: str) -> None:
    made = spoiled([("md", text)])
    (finding,) = [item for item in check(made) if item.code == "MKP017"]
    source = made.documents[0].source
    first = source.span(source.text.index(text), 0).line
    assert f"{finding.span.line - first + 1}:{finding.span.column}" == place
    assert source.cut(finding.span) == shown
    assert finding.message.endswith(name)


def test_an_invisible_character_that_yaml_writes_is_found() -> None:
    made = spoiled([("yaml", 'abstract: "Two ways\\u200b are compared."')])
    assert [item.code for item in check(made)] == ["MKP017"]


@pytest.mark.parametrize("text", [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 is Persian.",  # a joiner that Persian cannot do without
    "An emoji \U0001f469\u200d\U0001f4bb and a heart \u2764\ufe0f.",
    "A space\u00a0that does not break, `&shy;` and &eacute;.",
])  # fmt: skip
def test_characters_that_are_needed_are_accepted(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize("name", ["margin", "sidebar", "Aside"])
def test_whoever_looks_for_notes_in_the_margin_is_shown_footnotes(name) -> None:
    found = [item for item in check(spoiled([("md", f"```{{{name}}}\nA note.\n```")])) if item.code == "MKP001"]
    assert [item.hint for item in found] == ["write a footnote, [^name]: it stands in the margin where there is room"]
