"""YAML with places: plain data only, no tags, anchors or aliases, each key once."""

from __future__ import annotations

import re
from datetime import date, datetime

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from diptych.data.located import Located
from diptych.diagnostics import Problem
from diptych.span import Source, Span

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in _PLAIN}
_OPENING = (
    yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken, yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken
)  # fmt: skip
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What YAML takes for the end of a line; more than our own lines know."""
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow anywhere."""
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
        self.line_starts = [start, *(start + match.end() for match in _LINE_END.finditer(self.text))]

    def read(self) -> Located | None:
        if control := _CONTROL.search(self.text):
            span = self.source.span(self.start + control.start(), self.start + control.end())
            message = f"the front matter holds the control character U+{ord(control[0]):04X}"
            self.problems.append(Problem("yaml-syntax", message, span, "remove it"))
            return None
        try:
            if not self._is_plain():
                return None
            node = yaml.compose(self.text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax_problem(error))
            return None
        return None if node is None else self._located(node)

    def _is_plain(self) -> bool:
        """Whether there are neither anchors, aliases and tags nor too many levels; what there is, is noted.

        Tokens are looked at one by one, so that nothing deep or self-referring is ever built.
        """
        depth, is_plain = 0, True
        for token in yaml.scan(self.text, Loader=_Loader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                self._note("not-plain-data", "anchors, aliases and tags are not allowed here", token,
                           "write the value out where it is needed")  # fmt: skip
                is_plain = False
            depth += isinstance(token, _OPENING)
            depth -= isinstance(token, _CLOSING)
            if depth > _DEEPEST:
                self._note("not-plain-data", f"nested more than {_DEEPEST} levels deep", token, "")
                return False
        return is_plain

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
        if node.tag == _TEXT_TAG or node.tag not in _PLAIN_TAGS:
            return node.value
        try:
            value = _Loader("").construct_object(node)
        except ValueError:  # looks like a date or number and is none, such as 2026-02-30
            self._note("malformed-field", f'"{node.value}" is not a valid date or number', node, "")
            return node.value
        return value.isoformat() if isinstance(value, datetime) else value

    def _span(self, node: Node) -> Span:
        start, end = self._offset(node.start_mark), self._offset(_last(node).end_mark)
        text = self.source.text[start:end]
        return self.source.span(start, start + len(text.rstrip()))

    def _offset(self, mark: yaml.Mark) -> int:
        """By line and column: the index of a mark counts bytes in one loader and characters in the other."""
        line = min(mark.line, len(self.line_starts) - 1)
        return min(self.line_starts[line] + mark.column, self.start + len(self.text))

    def _note(self, kind: str, message: str, item: object, hint: str) -> None:
        start, end = self._offset(item.start_mark), self._offset(item.end_mark)
        self.problems.append(Problem(kind, message, self.source.span(start, end), hint))

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> Problem:
        """What PyYAML says, without its own place and excerpt."""
        mark = error.problem_mark or error.context_mark
        offset = self._offset(mark) if mark else self.start
        if self.source.text.startswith("\t", offset):
            message = "the front matter is not valid YAML: a tab stands where only spaces may"
            return Problem("yaml-syntax", message, self.source.span(offset, offset + 1), "indent with spaces")
        text = ": ".join(part for part in (error.problem, error.context) if part)
        hint = "quote a value that holds a colon, a hash or a bracket"
        message = f"the front matter is not valid YAML: {text}"
        return Problem("yaml-syntax", message, self.source.span(offset, offset), hint)


def _last(node: Node) -> Node:
    """The node that ``node`` ends with; a block's own end mark stands after the comments that follow it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    return node
