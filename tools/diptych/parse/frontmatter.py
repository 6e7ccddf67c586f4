"""The header of an analysis: YAML between two lines of ``---``."""

from __future__ import annotations

import re

from diptych.data.schema import read
from diptych.diagnostics import Problem
from diptych.model.frontmatter import FrontMatter, Header
from diptych.parse.yaml import read_yaml
from diptych.span import Source

_HEADER = re.compile(r"\A---[ \t]*\n(.*?)^(?: {0,3}-{3,}|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
"""What the Markdown parser takes for the header, so that both agree on where the text begins."""


def read_header(source: Source, problems: list[Problem]) -> Header:
    """The front matter of ``source``; everything wrong with it is appended to ``problems``."""
    match = _HEADER.match(source.text)
    if match is None:
        begun = source.text.startswith("---")
        message = "the front matter has no closing line of ---" if begun else "there is no front matter"
        hint = "begin the file with a line of ---, the fields, and another line of ---"
        problems.append(Problem("no-front-matter", message, source.whole(), hint))
        return Header(source.whole(), None, {})
    span = source.span(0, match.end())
    located = read_yaml(source, match.start(1), match.end(1), problems)
    if located is None:
        if not problems:
            problems.append(Problem("no-front-matter", "the front matter is empty", span))
        return Header(span, None, {})
    seen = {problem.span for problem in problems}  # a date that is none is not also a text where a date belongs
    mismatches: list[Problem] = []
    front = read(located, FrontMatter, mismatches)
    problems += [problem for problem in mismatches if problem.span not in seen]
    return Header(span, front, located.places())
