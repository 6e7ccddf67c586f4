"""What authors cannot say in every kind of table: cells over several columns, and numbers flush right."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

from diptych.sphinxext.domain import analyses

LEFT, UP = "<", "^"
"""A cell in the head of a table that holds nothing else belongs to its neighbour on the left, or above."""


_NUMBER = re.compile(r"[<>≈~±+−–-]?\s?\d[\d.,\s]*(?:[%×]|±\s?\d[\d.,]*)?|[–—-]?")


class ArrangeCells(SphinxTransform):
    """Merge the cells in heads of tables that say so, and set columns of numbers flush right.

    Neither pipes nor lists nor comma-separated values have a way to write a cell over two columns; signs in the
    cells that it covers work in all three, keep every row at its full length, and are no words.
    """

    default_priority = 400

    def apply(self, **_: object) -> None:
        if analyses(self.env).slug(self.env.docname) is None:
            return
        for table in self.document.findall(nodes.table):
            for head in table.findall(nodes.thead):
                merge([list(row) for row in head])
            # Pipes say themselves how each column is aligned; lists and comma-separated values have no way to.
            if "colwidths-auto" not in table["classes"]:
                align_numbers(table)


def merge(rows: list[list[nodes.entry]]) -> None:
    """Take out the cells that belong to a neighbour and widen or heighten that one; a sign without one stays."""
    owners: list[list[nodes.entry]] = []
    for at, row in enumerate(rows):
        owners.append([])
        for column, cell in enumerate(row):
            sign, owner = cell.astext().strip(), cell
            if sign == LEFT and column and not owners[at][-1].get("morerows"):
                owner = owners[at][-1]
                owner["morecols"] = owner.get("morecols", 0) + 1
            elif sign == UP and at and column < len(owners[at - 1]) and not owners[at - 1][column].get("morecols"):
                owner = owners[at - 1][column]
                owner["morerows"] = owner.get("morerows", 0) + 1
            if owner is not cell:
                cell.parent.remove(cell)
            owners[at].append(owner)


def align_numbers(table: nodes.table) -> None:
    """Give the cells of every column that holds nothing but numbers in its body the class ``text-right``."""
    bodies = [list(row) for body in table.findall(nodes.tbody) for row in body]
    heads = [list(row) for head in table.findall(nodes.thead) for row in head]
    for column in range(min(map(len, bodies), default=0)):
        cells = [row[column] for row in bodies]
        texts = [cell.astext().strip() for cell in cells]
        if any(map(str.strip, texts)) and all(map(_NUMBER.fullmatch, texts)):
            for cell in [*cells, *(row[column] for row in heads if len(row) == len(bodies[0]))]:
                cell["classes"].append("text-right")
