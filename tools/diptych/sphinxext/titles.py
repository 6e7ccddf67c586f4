"""Titles as pages show them: formulas as MathML or in plain letters, and names that stay in one piece.

In BibTeX a formula stands between dollars. It is set aside before anything else reads the field, for which it would
be a stretch of odd words, and put back in the form that the place can show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docutils import nodes
from markupsafe import Markup, escape

from diptych.sphinxext.maths import in_letters, mathml

_SET_ASIDE = re.compile(
    r"\\(?P<sign>\$)|(?P<dollars>\${1,2})(?P<formula>(?:[^$\\]|\\.)+)(?P=dollars)"
    r"|\\\((?P<bracketed>(?:[^\\]|\\[^)])+)\\\)|\\ensuremath\{(?P<ensured>(?:[^{}]|\{[^{}]*\})*)\}",
    re.DOTALL,
)
_FIRST = 0x100000
"""The first of the characters that stand for what was set aside: Unicode gives them to nobody."""
_MARK = re.compile(f"([{chr(_FIRST)}-{chr(_FIRST + 0xFFFD)}])")
_WORD = re.compile(r"\S+")
_HYPHEN = re.compile(r"\S-\w")
LONGEST = 32
"""A longer word may be parted at its hyphens like any other."""

Aside = list[tuple[bool, str]]
"""What was set aside: whether it is a formula, and its text."""


def set_aside(value: str, aside: Aside) -> str:
    """``value`` with a mark in place of each formula and of each dollar that is meant, which are added to ``aside``."""

    def mark(found: re.Match[str]) -> str:
        source = found["sign"] or found["formula"] or found["bracketed"] or found["ensured"] or ""
        if len(aside) >= 0xFFFD or not _is_balanced(source):
            return found[0]
        aside.append((not found["sign"], source))
        return chr(_FIRST + len(aside) - 1)

    return _SET_ASIDE.sub(mark, value) if "$" in value or "\\" in value else value


def _is_balanced(text: str) -> bool:
    """Whether no brace is open at the end or closed too early: what is left of the field would not be balanced."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def plainly(text: str, aside: Aside) -> str:
    """``text`` with what was set aside in plain letters."""
    return "".join(in_letters(piece) if is_formula else piece for is_formula, piece in _pieces(text, aside))


def as_markup(text: str, aside: Aside) -> Markup:
    """``text`` with its formulas as MathML, and its names in one piece."""
    kept = whole(text)
    found = []
    for is_formula, piece in _pieces(kept, aside):
        found.append(_formula(piece) if is_formula else piece)
    return Markup("".join(found))


def put_back(tree: nodes.Element, aside: Aside) -> None:
    """Give the texts in ``tree`` back what was set aside of them, formulas as nodes of their own."""
    if not aside:
        return
    for text in list(tree.findall(nodes.Text)):
        if _MARK.search(text):
            text.parent.replace(text, list(title_nodes(text, aside)))


def whole(text: str) -> Markup:
    """``text`` as HTML in which no line ends within a name such as NExT-GPT, where a line has room for all of it.

    A word with hyphens counts as a name when it has a capital letter or a digit.
    """
    return Markup(whole_html(escape(text)))


def whole_html(text: str) -> str:
    """The same for text that is HTML already, without tags."""
    return _WORD.sub(_kept, text) if "-" in text else text


def _kept(word: re.Match[str]) -> str:
    text = word[0]
    if len(text) > LONGEST or not _HYPHEN.search(text) or not any(sign.isupper() or sign.isdigit() for sign in text):
        return text
    return f'<span class="whole">{text}</span>'


def _formula(source: str) -> str:
    try:
        return mathml(source)
    except ValueError:
        return escape(in_letters(source))


def title_nodes(text: str, aside: Aside) -> Iterator[nodes.Node]:
    """``text`` as nodes, with formulas of their own."""
    for is_formula, piece in _pieces(text, aside):
        if is_formula and _can_be_shown(piece):
            yield nodes.math(piece, piece)
        elif piece:
            yield nodes.Text(in_letters(piece) if is_formula else piece)


def _can_be_shown(source: str) -> bool:
    try:
        mathml(source)
    except ValueError:
        return False
    return True


def _pieces(text: str, aside: Sequence[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    for piece in _MARK.split(text):
        at = ord(piece) - _FIRST if len(piece) == 1 else -1
        yield aside[at] if 0 <= at < len(aside) else (False, piece)
