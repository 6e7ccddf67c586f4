"""Tables of comma-separated values: their cells, where they stand, and what is wrong with them."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.model.words import ledger
from diptych.parse.markdown import read_document
from diptych.parse.tables import read_csv
from diptych.span import Source

TABLE = '''
:::{csv-table} Boats of {cite:t}`ada`.
:name: tab
:header-rows: 1

Boat, "Weight, in ""tons""", Source
A, 12, {cite:p}`bob{p. 2}`
"B, and
C", 3, x
:::
'''


def read(text):
    return read_document(Source("analyses/a/index.md", f"---\ntitle: A\n---\n{text}"), "a")


def problems(document):
    """What is wrong below the header."""
    return [problem for problem in document.problems if problem.span.line > 3]


@given(st.text(alphabet='ab, "\n', max_size=30))
def test_cells_are_those_that_docutils_reads(text):
    class Dialect(csv.Dialect):
        delimiter, quotechar, doublequote, skipinitialspace = ",", '"', True, True
        strict, lineterminator, quoting = True, "\n", csv.QUOTE_MINIMAL

    try:
        expected = [row for row in csv.reader((f"{line}\n" for line in text.split("\n")), dialect=Dialect) if row]
    except csv.Error:
        expected = None
    read = read_csv(text)
    assert (read and [[cell.text for cell in row] for row in read]) == expected or (not read and not expected)


def test_cells_are_read_with_their_places():
    document = read(TABLE)
    assert problems(document) == []
    (table,) = document.tables
    assert (table.name, table.has_header, table.has_caption) == ("tab", True, True)
    cited = [key for citation in document.citations for key in citation.keys]
    assert [(key.key, document.source.cut(key.span), str(key.span)) for key in cited] == [
        ("ada", "ada", "analyses/a/index.md:5:34"),
        ("bob", "bob", "analyses/a/index.md:10:17"),
    ]
    cells = [document.source.cut(block.span) for block in document.blocks if block.kind == "table"]
    assert [*cells[:1], *cells[2:6], *cells[7:]] == ["Boat", "Source", "A", "12", "{cite:p}`bob{p. 2}`", "3", "x"]
    pipes = "| Boat | Weight, in tons | Source |\n|--|--|--|\n| A | 12 | {cite:p}`bob` |\n| B, and C | 3 | x |"
    assert ledger(document).count({"table"}) == ledger(read(f"\n{pipes}\n")).count({"table"})


@pytest.mark.parametrize("body", ["a, b\nc", 'a, "b\nc, d', 'a, "b" c\nd, e'])
def test_uneven_or_open_cells_are_a_problem(body):
    document = read(f":::{{csv-table}} Caption.\n:name: tab\n:header-rows: 1\n\n{body}\n:::")
    (problem,) = problems(document)
    assert problem.kind == "malformed-table"
    assert problem.message.startswith('"csv-table" must hold rows of cells with commas between them')


@pytest.mark.parametrize(
    ("option", "kind"),
    [
        ("file: /etc/passwd", "dangerous-directive"),
        ("url: https://example.org/x.csv", "dangerous-directive"),
        ("header: a, b", "unknown-option"),
    ],
)
def test_only_what_stands_in_the_analysis_is_read(option, kind):
    document = read(f":::{{csv-table}} Caption.\n:{option}\n\na, b\n:::")
    assert [problem.kind for problem in problems(document)] == [kind]


def test_parts_of_a_figure_share_its_name_and_caption():
    document = read(
        "::::{subfigures}\n:name: fig\n\n:::{figure} a.svg\n:alt: A.\n\nThe *first* one.\n:::\n\n"
        ":::{figure} b.svg\n:alt: B.\n:::\n\nBoth of them.\n::::\n"
    )
    assert problems(document) == []
    assert [(figure.file, figure.name, figure.has_caption) for figure in document.figures] == [
        ("a.svg", "fig", True), ("b.svg", "fig", True),
    ]  # fmt: skip
    assert [label.name for label in document.labels] == ["fig"]
    assert ledger(document).count({"caption"}) == len(["The", "first", "one", "Both", "of", "them"])
