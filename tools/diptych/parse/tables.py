"""The shape of a table, from the tokens of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it.token import Token


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
