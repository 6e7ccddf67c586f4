"""Tables of plain text."""

from __future__ import annotations

from collections.abc import Sequence

from diptych.report.terminal import columns, harmless


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """``rows`` as lines, columns lined up; the columns numbered in ``right`` are set flush right."""
    cells = [[harmless(cell) for cell in row] for row in rows]
    widths = [max(columns(row[at]) for row in cells) for at in range(len(cells[0]))]
    return [
        "  " + "  ".join(_pad(cell, widths[at], at in right) for at, cell in enumerate(row)).rstrip() for row in cells
    ]


def _pad(cell: str, width: int, is_right: bool) -> str:
    space = " " * (width - columns(cell))
    return space + cell if is_right else cell + space
