"""Lines that begin as prose does: they are not asked one by one whether they are a list, a table or a formula."""

from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt

_PARAGRAPH = "paragraph"
"""The parser's name for paragraphs, and for the rules that are asked at each further line whether one ends there."""
_BELOW = frozenset("|-:~=")
"""How a line can begin that makes what stands above it the head of a table, a heading, or a term to be defined."""


def pass_over_prose(parser: MarkdownIt) -> None:
    """Make ``parser`` tell prose by the first character of a line.

    All other blocks of the dialect begin with a sign or a digit, but for those that the line below tells. Else the
    parser asks twenty rules at the beginning of each paragraph, and twice a dozen at each further line, which is a
    third of all its work.
    """
    ruler = parser.block.ruler
    read_paragraph = next(rule.fn for rule in ruler.__rules__ if rule.name == _PARAGRAPH)
    asked = [rule for rule in ruler.__rules__ if rule.enabled and _PARAGRAPH in rule.alt]
    ends_paragraph = [rule.fn for rule in asked]
    for rule in asked:
        ruler.at(rule.name, rule.fn, {"alt": [chain for chain in rule.alt if chain != _PARAGRAPH]})

    def prose(state: Any, start: int, end: int, silent: bool) -> bool:
        if not _begins_as_prose(state, start) or state.is_code_block(start):
            return False
        line = start + 1
        while line < end and not state.isEmpty(line):
            if _first(state, line) in _BELOW:
                return False
            line += 1
        if line == start + 1 and line + 1 < end and _first(state, line + 1) in _BELOW:  # a term above an empty line
            return False
        state.parentType = _PARAGRAPH  # as the rule for headings leaves it, which would have been asked before
        return read_paragraph(state, start, end, silent)

    def interruption(state: Any, start: int, end: int, silent: bool) -> bool:
        below = start + 1
        if _begins_as_prose(state, start) and (below >= end or _first(state, below) not in _BELOW):
            return False
        return any(rule(state, start, end, silent) for rule in ends_paragraph)

    # Behind the rule for front matter, which looks at more than how the line begins.
    ruler.after("front_matter", "prose", prose)
    # Behind the rule for paragraphs, which takes whatever is left, it is never asked to read a block.
    ruler.push("interruption", interruption, {"alt": [_PARAGRAPH]})


def _begins_as_prose(state: Any, line: int) -> bool:
    first = _first(state, line)
    return first.isalpha() or first == "{"  # a role


def _first(state: Any, line: int) -> str:
    """The first character of a line, after white space and the marks of what it stands in."""
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at : at + 1]
