"""The text of one directive: argument, options and body, each with its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.token import Token
from myst_parser.parsers.options import TokenizeError, options_to_tokens

from diptych.parse.dialect import DIRECTIVES, Directive

_INFO = re.compile(r"\{([^}\s]+)\}[ \t]*(.*)", re.DOTALL)
_LABELLED = {"caption": "figure", "cells": "table", "csv": "table", "code": "listing", "math": "equation"}
"""What has the label of a directive, by the kind of its body."""


@dataclass(frozen=True, slots=True)
class DirectiveText:
    """One directive as written."""

    name: str
    kind: Directive | None
    """How to read it; ``None`` for a directive that the dialect does not have."""
    argument: str
    options: dict[str, str]
    option_lines: dict[str, int]
    """The line of each option, counted from 0 at the opening line."""
    body: str
    body_line: int
    """The first line of the body, counted from 0 at the opening line."""
    fault: str
    """Why the options cannot be read, or empty."""

    @property
    def label_option(self) -> str:
        """The option that gives it a label, or empty."""
        return next((option for option in ("name", "label") if self.options.get(option)), "")

    @property
    def label_kind(self) -> str:
        """What its label is one of."""
        if self.kind is None or (self.kind.body == "code" and not self.options.get("caption")):
            return "other"
        return "figure" if self.name == "subfigures" else _LABELLED.get(self.kind.body, "other")


def read_directive(info: str, content: str) -> DirectiveText | None:
    """The directive that a fence with the info string ``info`` holds, or ``None`` for a plain code block.

    Options follow the opening line as ``:name: value``; MyST's own tokeniser reads them, so that both readers agree.
    """
    match = _INFO.fullmatch(info.strip())
    if match is None:
        return None
    name, first = match[1], match[2].strip()
    kind = DIRECTIVES.get(name)
    lines = content.split("\n")
    count = 0
    while count < len(lines) and lines[count].lstrip().startswith(":") and not lines[count].lstrip().startswith(":::"):
        count += 1
    options, places, fault = _options(lines[:count])
    body, body_line = lines[count:], count + 1
    if content.startswith("---"):
        fault = "options must be written as :name: value"
    if kind is not None and kind.argument == "none" and first:
        body, body_line, first = [first, *body], body_line - 1, ""
    elif body and not body[0].strip():
        body, body_line = body[1:], body_line + 1
    return DirectiveText(name, kind, first, options, places, "\n".join(body), body_line, fault)


def _options(lines: list[str]) -> tuple[dict[str, str], dict[str, int], str]:
    text = "\n".join(line.lstrip()[1:] for line in lines)
    options: dict[str, str] = {}
    places: dict[str, int] = {}
    try:
        for key, value in options_to_tokens(text)[0]:
            options[key.value] = value.value if value is not None else ""
            places[key.value] = 1 + key.start.line
    except TokenizeError as error:
        return options, places, error.problem
    return options, places, ""


def kind_after(tokens: list[Token], at: int) -> str:
    """The kind of the label that the target ``tokens[at]`` is: what follows has it."""
    for token in tokens[at + 1 :]:
        if token.type == "heading_open":
            return "section"
        if token.type in ("fence", "colon_fence"):
            directive = read_directive(token.info, token.content)
            kind = directive.label_kind if directive else "other"
            return kind if kind != "equation" else "other"  # whose number only its own label leads to
        if token.type not in ("myst_target", "myst_line_comment"):
            break
    return "other"
