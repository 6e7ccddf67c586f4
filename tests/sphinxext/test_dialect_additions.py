"""What the dialect adds to MyST, on the page: tables of comma-separated values, merged heads, parts of figures."""

from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from corpora import BODY, markdown
from diptych.sphinxext.tables import align_numbers, merge


def head(*rows):
    """Rows of cells that hold these words."""
    return [[nodes.entry("", nodes.paragraph("", word)) for word in row.split()] for row in map(str, rows)]


def placed(rows):
    parents = [nodes.row("", *row) for row in rows]
    merge(rows)
    return [
        [(cell.astext(), cell.get("morecols", 0), cell.get("morerows", 0)) for cell in parent] for parent in parents
    ]


def test_signs_widen_and_heighten_their_neighbours():
    assert placed(head("A B < < C", "^ x y z w")) == [
        [("A", 0, 1), ("B", 2, 0), ("C", 0, 0)],
        [("x", 0, 0), ("y", 0, 0), ("z", 0, 0), ("w", 0, 0)],
    ]


def test_signs_without_a_neighbour_stay():
    assert placed(head("< A", "^ <")) == [[("<", 0, 1), ("A", 0, 0)], [("<", 0, 0)]]
    assert placed(head("^ A")) == [[("^", 0, 0), ("A", 0, 0)]]


def table(*rows):
    text = "\n".join(f"   * - {row[0]}\n" + "".join(f"     - {cell}\n" for cell in row[1:]) for row in rows)
    return next(publish_doctree(f".. list-table::\n   :header-rows: 1\n\n{text}").findall(nodes.table))


def test_columns_of_numbers_stand_flush_right():
    made = table(("Name", "kg", "mixed", "empty"), ("A", "1.5", "2", ""), ("B", "\\–", "two", ""))
    align_numbers(made)
    rows = [["text-right" in cell["classes"] for cell in row] for row in made.findall(nodes.row)]
    assert rows == [[False, True, False, False]] * 3


ADDED = """
:::{csv-table} Values.
:name: tab-values
:header-rows: 1

Model, Score, <
A, 1, 2
:::

::::{subfigures}
:name: fig-parts

:::{figure} parts.svg
:alt: Left.
:width: 40%

The *left*.
:::

:::{figure} parts.svg
:alt: Right.
:::

Both parts.
::::

{numref}`tab-values` and {numref}`fig-parts`.
"""


def test_the_page_shows_them(build):
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>'
    site = build(markdown(body=BODY + ADDED), files={"analyses/a/parts.svg": picture})
    assert site.warnings == ()
    page = site.page("analyses/a/index.html")
    wide = page.select_one("table th[colspan]")
    assert (wide["colspan"], wide.get_text(strip=True)) == ("2", "Score")
    parts = page.select("figure.subfigures .subfigure")
    assert [part.get_text(strip=True) for part in parts] == ["(a) Theleft.", "(b)"]
    assert parts[0]["style"] == "flex-basis: 40%"
    assert page.select_one("figure.subfigures figcaption .caption-number").get_text(strip=True).startswith("Figure")
    assert len(page.select("figure.subfigures")) == 1
