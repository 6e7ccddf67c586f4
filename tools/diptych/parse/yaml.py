"""YAML with places: plain data only, no tags, anchors or aliases, each key once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from diptych.data.located import Located
from diptych.diagnostics import Problem
from diptych.span import Source, Span

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in _PLAIN}
_DEEPEST = 12
"""Levels of nesting; a header needs three. Stops input that is built to exhaust the stack."""


def read_yaml(source: Source, start: int, end: int, problems: list[Problem]) -> Located | None:
    """The text from offset ``start`` to ``end`` as plain data, or ``None`` where it is no YAML.

    Everything that is not plain data is noted in ``problems`` and read as the text it was written with.
    """
    return _Reader(source, start, end, problems).read()


class _Reader:
    def __init__(self, source: Source, start: int, end: int, problems: list[Problem]) -> None:
        self.source, self.start, self.problems = source, start, problems
        self.text = source.text[start:end]
        self.first_line = source.span(start, start).line

    def read(self) -> Located | None:
        try:
            if self._refuses_anchors() or self._is_too_deep():
                return None
            node = yaml.compose(self.text, Loader=_Loader)
        except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
            self.problems.append(self._syntax_problem(error))
            return None
        if node is None:
            return None
        return self._located(node)

    def _refuses_anchors(self) -> bool:
        found = False
        for token in yaml.scan(self.text, Loader=_Loader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                self._note("not-plain-data", "anchors, aliases and tags are not allowed here", token,
                           "write the value out where it is needed")  # fmt: skip
                found = True
        return found

    def _is_too_deep(self) -> bool:
        depth = 0
        for event in yaml.parse(self.text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                self._note("not-plain-data", f"nested more than {_DEEPEST} levels deep", event, "")
                return True
        return False

    def _located(self, node: Node) -> Located:
        span = self._span(node)
        if isinstance(node, MappingNode):
            return self._mapping(node, span)
        if isinstance(node, SequenceNode):
            return Located([self._located(item) for item in node.value], span)
        return Located(self._scalar(node), span)

    def _mapping(self, node: MappingNode, span: Span) -> Located:
        items: dict[str, Located] = {}
        keys: dict[str, Span] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._note("not-plain-data", "a key must be plain text", key, "")
                continue
            if key.value in items:
                first = keys[key.value].line
                self._note("repeated-field", f'"{key.value}" is set twice, first in line {first}', key, "keep one")
                continue
            items[key.value], keys[key.value] = self._located(value), self._span(key)
        return Located(items, span, keys)

    def _scalar(self, node: Node) -> str | int | float | bool | date | None:
        if node.tag not in _PLAIN_TAGS:
            return node.value
        try:
            value = _Loader("").construct_object(node)
        except ValueError:  # looks like a date or number and is none, such as 2026-02-30
            self._note("malformed-field", f'"{node.value}" is not a valid date or number', node, "")
            return node.value
        return value.isoformat() if isinstance(value, datetime) else value

    def _span(self, node: Node) -> Span:
        start, end = self._offset(node.start_mark), self._offset(node.end_mark)
        text = self.source.text[start:end]
        return self.source.span(start, start + len(text.rstrip()))

    def _offset(self, mark: yaml.Mark) -> int:
        """By line and column: the index of a mark counts bytes in one loader and characters in the other."""
        line = min(self.first_line + mark.line, len(self.source.line_starts))
        return min(self.source.line_starts[line - 1] + mark.column, self.start + len(self.text))

    def _note(self, kind: str, message: str, item: object, hint: str) -> None:
        start, end = self._offset(item.start_mark), self._offset(item.end_mark)
        self.problems.append(Problem(kind, message, self.source.span(start, end), hint))

    def _syntax_problem(self, error: Exception) -> Problem:
        mark = getattr(error, "problem_mark", None)
        offset = self._offset(mark) if mark else self.start
        text = ": ".join(part for part in _words(error) if part)
        hint = "quote a value that holds a colon, a hash or a bracket"
        message = f"the front matter is not valid YAML: {text}"
        return Problem("yaml-syntax", message, self.source.span(offset, offset), hint)


def _words(error: Exception) -> Iterator[str]:
    """What PyYAML says, without its own place and excerpt."""
    if isinstance(error, yaml.MarkedYAMLError):
        yield error.problem or ""
        yield error.context or ""
    else:
        yield f"the character {getattr(error, 'character', '?')!r} is not allowed"
