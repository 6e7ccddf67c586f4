"""The shape of a table, from the tokens of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from diptych.span import Source

SHAPES = {
    "table": ("a table", ""),
    "list-table": (
        "a list of rows, each a list of the same number of cells",
        "begin each row with * -, and each further cell with - below it",
    ),
    "csv-table": (
        "rows of cells with commas between them, the same number in each",
        'put a cell that holds a comma into double quotes, and double the quotes within: "a ""b"", c"',
    ),
}
"""What the body of a table must hold, by its directive, and how to write it."""

_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table."""

    widths: tuple[int, ...] = ()
    """For each column, the length of its longest word."""
    is_even: bool = True
    """Whether every row has as many cells as the first one."""
    has_header: bool = False
    """Whether a cell of the row above the line of dashes holds something; always false for a list."""


def read_grid(tokens: list[Token], at: int = 0) -> Grid | None:
    """The first table from ``at`` on: of pipes, or a list of lists; ``None`` where neither stands there."""
    for number in range(at, len(tokens)):
        if tokens[number].type == "table_open":
            return _pipe_grid(tokens, number)
        if tokens[number].type in ("bullet_list_open", "ordered_list_open"):
            return _list_grid(tokens, number)
        if tokens[number].type == "inline":
            return None
    return None


@dataclass(frozen=True, slots=True)
class CsvCell:
    """One cell of a ``csv-table``."""

    text: str
    line: int
    """The line within the table where it begins, from 0."""
    rest: int
    """How many characters of that line are left where it begins."""

    def offset(self, source: Source, line: int) -> int:
        """Where it begins in ``source``; the table's first line is ``line``, and may be indented."""
        return source.line_start(line + self.line) + len(source.line_text(line + self.line)) - self.rest


def read_csv(text: str) -> list[list[CsvCell]] | None:
    """The rows of a table of comma-separated values, read as docutils reads them; ``None`` where they cannot be.

    Blanks after a comma do not count; a cell in double quotes may hold commas, line breaks and doubled quotes.
    """
    rows: list[list[CsvCell]] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        if not lines[number]:
            number += 1
            continue
        row: list[CsvCell] = []
        column: int | None = 0
        while column is not None:
            read = _read_cell(lines, number, column)
            if read is None:
                return None
            cell, number, column = read
            row.append(cell)
        rows.append(row)
        number += 1
    return rows


def _read_cell(lines: list[str], number: int, column: int) -> tuple[CsvCell, int, int | None] | None:
    """One cell, the line where it ends, and the column after its comma, if it has one."""
    line = lines[number]
    column += len(line[column:]) - len(line[column:].lstrip(" "))
    if line[column : column + 1] != '"':
        end = line.find(",", column)
        cell = CsvCell(line[column:] if end < 0 else line[column:end], number, len(line) - column)
        return cell, number, None if end < 0 else end + 1
    parts, first, begin = [], (number, len(line) - column - 1), column + 1
    while True:
        end = lines[number].find('"', begin)
        if end < 0:
            parts.append(f"{lines[number][begin:]}\n")
            number, begin = number + 1, 0
            if number == len(lines):
                return None
            continue
        parts.append(lines[number][begin:end])
        after = lines[number][end + 1 : end + 2]
        if after == '"':
            parts.append('"')
            begin = end + 2
        elif after in (",", ""):
            return CsvCell("".join(parts), *first), number, end + 2 if after else None
        else:
            return None


def csv_grid(rows: list[list[list[Token]]]) -> Grid:
    """The shape of a table whose cells hold these tokens."""
    longest = [
        [max((_longest_word(token) for token in cell if token.type == "inline"), default=0) for cell in row]
        for row in rows
    ]
    return Grid(_widest(longest), _is_even(longest))


def find_dropped(line: str, cells: Sequence[str]) -> list[tuple[int, int]]:
    """Where in ``line`` the cells stand that a row of pipes has beyond ``cells``; empty ones are left out.

    Markdown reads as many cells as the head of the table has, and passes over what follows.
    """
    begin = len(line) - len(line.lstrip(" \t>"))  # a table may stand in a quotation
    end = len(line.rstrip())
    if line.startswith("|", begin):
        begin += 1
    pipes = [pipe.start() for pipe in _PIPE.finditer(line, begin, end)]
    if len(pipes) < len(cells):
        return []
    found = []
    for number, (start, stop) in enumerate(pairwise([begin - 1, *pipes, end])):
        text = line[start + 1 : stop]
        if number >= len(cells):
            left = start + 1 + len(text) - len(text.lstrip())
            found += [(left, left + len(text.strip()))] if text.strip() else []
        elif text.replace("\\|", "|").strip() != cells[number]:
            return []  # these are not the lines that the cells were read from
    return found


def _pipe_grid(tokens: list[Token], at: int) -> Grid:
    rows: list[list[int]] = []
    has_header = in_head = False
    for number in range(at, len(tokens)):
        token = tokens[number]
        if token.type == "table_close":
            break
        if token.type in ("thead_open", "thead_close"):
            in_head = token.type == "thead_open"
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(_longest_word(token))
            has_header = has_header or (in_head and bool(token.content.strip()))
    return Grid(_widest(rows), _is_even(rows), has_header)


def _list_grid(tokens: list[Token], at: int) -> Grid:
    """A list whose items are lists: an item of the outer one is a row, an item of the inner one a cell."""
    rows: list[list[int]] = []
    level = tokens[at].level
    lists_in_row: list[int] = []
    for number in range(at + 1, len(tokens)):
        token = tokens[number]
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            rows.append([])
            lists_in_row.append(0)
        elif token.type.endswith("_list_open") and token.level == level + 2:
            lists_in_row[-1] += 1
        elif token.type == "list_item_open" and token.level == level + 3:
            rows[-1].append(0)
        elif token.type == "inline" and rows and rows[-1]:
            rows[-1][-1] = max(rows[-1][-1], _longest_word(token))
    return Grid(_widest(rows), _is_even(rows) and all(count == 1 for count in lists_in_row))


def _widest(rows: list[list[int]]) -> tuple[int, ...]:
    most = max(map(len, rows), default=0)
    return tuple(max(row[column] if column < len(row) else 0 for row in rows) for column in range(most))


def _is_even(rows: list[list[int]]) -> bool:
    return len({len(row) for row in rows}) <= 1


def _longest_word(token: Token) -> int:
    children = token.children or []
    texts = [child.content for child in children if child.type in ("text", "code_inline")]
    return max((len(word) for text in texts for word in text.split()), default=0)
