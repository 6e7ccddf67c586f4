"""Comments in which an author allows what a rule objects to.

In Markdown and BibTeX the comment begins with ``%``, in front matter with ``#``::

    % diptych: allow CIT006, CIT007 -- the rates are our own measurement
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from diptych.model.suppressions import Suppression
from diptych.span import Source, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_COMMENT = re.compile(r"[%#][ \t]*diptych[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_ALLOW = re.compile(r"allow\b[ \t]*", re.IGNORECASE)
_DASH = re.compile(r"(?:^|(?<=\s))(?:--|—|–)(?=\s|$)")
_CODE = re.compile(r"[^\s,]+")
_BIB_LINE = re.compile(r"^[ \t]*(%[ \t]*diptych[ \t]*:.*)$", re.MULTILINE | re.IGNORECASE)
_BIB_ENTRY = re.compile(r"^[ \t]*@", re.MULTILINE)
_YAML_LINE = re.compile(r"[ \t]*(#[ \t]*diptych[ \t]*:.*)", re.IGNORECASE)

_MOST_LABELS = 8
"""So many labels and comments may stand between a comment and the block that it is about."""


def read_comment(source: Source, start: int, end: int, covers: Span) -> Iterator[Suppression]:
    """The suppressions of the comment that stands from ``start`` to ``end``, none if it is an ordinary one."""
    text = source.text[start:end].rstrip()
    comment = _COMMENT.fullmatch(text)
    if comment is None:
        return
    allow = _ALLOW.match(text, comment.start(1))
    at = allow.end() if allow else len(text)
    dash = _DASH.search(text, at)
    reason = text[dash.end() :].strip() if dash else ""
    codes = list(_CODE.finditer(text, at, dash.start() if dash else len(text)))
    for code in codes:
        yield Suppression(code[0], reason, source.span(start + code.start(), start + code.end()), covers)
    if not codes:
        yield Suppression("", reason, source.span(start, start + len(text)), covers)


def read_block_comment(
    source: Source, tokens: list[Token], at: int, lines_span: Callable[[Token], Span]
) -> Iterator[Suppression]:
    """The suppressions of the comment ``tokens[at]``: each covers the block that follows, its label among it."""
    comment = lines_span(tokens[at])
    if "diptych" not in source.cut(comment).lower():
        return
    covers = source.span(comment.end, comment.end)
    for token in tokens[at + 1 : at + _MOST_LABELS]:
        if token.map is None or token.level != tokens[at].level:
            break
        block = lines_span(token)
        covers = source.span(covers.start, block.end)
        if token.type not in ("myst_target", "myst_line_comment"):
            break
    first, last = comment.line, source.span(comment.end, comment.end).line
    for number in range(first, last + 1):
        place = source.line_span(number)
        yield from read_comment(source, place.start, place.end, covers)


def read_bib_suppressions(source: Source) -> Iterator[Suppression]:
    """The suppressions of a BibTeX file: each covers the entry that begins next."""
    comments = list(_BIB_LINE.finditer(source.text)) if "diptych" in source.text.lower() else []
    if not comments:
        return
    entries = [match.start() for match in _BIB_ENTRY.finditer(source.text)]
    ends = [*entries[1:], len(source.text)]
    following = 0
    for comment in comments:
        while following < len(entries) and entries[following] < comment.end():
            following += 1
        end = comment.end()
        covers = source.span(end, end)
        if following < len(entries):
            covers = source.span(entries[following], ends[following])
        yield from read_comment(source, *comment.span(1), covers)


def read_header_suppressions(source: Source, start: int, end: int) -> Iterator[Suppression]:
    """The suppressions of the front matter from ``start`` to ``end``: each covers the field that begins next."""
    if "diptych" not in source.text[start:end].lower():
        return
    first, last = source.span(start, start).line, source.span(end, end).line
    lines = range(first, last)
    open_: list[tuple[int, int]] = []
    for line in lines:
        match = _YAML_LINE.fullmatch(source.line_text(line))
        if match:
            begin = source.line_starts[line - 1]
            open_.append((begin + match.start(1), begin + match.end(1)))
        elif open_ and source.line_text(line).strip() and not source.line_text(line).lstrip().startswith("#"):
            covers = source.span(source.line_starts[line - 1], _field_end(source, line, last))
            for place in open_:
                yield from read_comment(source, *place, covers)
            open_ = []
    for place in open_:
        yield from read_comment(source, *place, source.span(end, end))


def _field_end(source: Source, line: int, last: int) -> int:
    """The offset after the field that begins in ``line``: its line and all that is indented below it."""
    indent = _indent(source.line_text(line))
    is_item = source.line_text(line).lstrip().startswith("-")
    below = line + 1
    while below < last:
        text = source.line_text(below)
        dashed = not is_item and _indent(text) == indent and text.lstrip().startswith("- ")
        if text.strip() and _indent(text) <= indent and not dashed:
            break
        below += 1
    return source.line_starts[below - 1]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
