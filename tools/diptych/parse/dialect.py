"""The part of MyST that an analysis may use, as data. What is not listed here does not run and does not hide.

The checker reads it to know which text a reader will see, the site to decide what may be rendered.
"""

from __future__ import annotations

from dataclasses import dataclass

EXTENSIONS = frozenset({"amsmath", "colon_fence", "deflist", "dollarmath"})
"""MyST's optional syntax that is switched on."""


@dataclass(frozen=True, slots=True)
class Directive:
    """How to read one directive."""

    body: str
    """What its body is: ``caption`` (of a figure), ``cells``, ``prose``, ``code``, ``math`` or ``nothing``."""
    argument: str = "none"
    """What its first line is: ``file``, ``caption``, ``title``, ``language`` or ``none`` (then it is body)."""
    block: str = "paragraph"
    """The word class of prose in its body."""
    options: frozenset[str] = frozenset()
    """The options that it takes."""


_COMMON = frozenset({"name", "class"})
_SIZE = frozenset({"alt", "width", "height", "align"})
_REMARK = Directive("prose", block="remark", options=_COMMON)

DIRECTIVES = {
    "figure": Directive("caption", "file", "caption", _COMMON | _SIZE),
    "image": Directive("nothing", "file", options=_COMMON | _SIZE),
    "table": Directive("cells", "caption", "table", _COMMON | {"align", "width", "widths"}),
    "list-table": Directive(
        "cells", "caption", "table", _COMMON | {"align", "width", "widths", "header-rows", "stub-columns"}
    ),
    "math": Directive("math", options=frozenset({"label", "name"})),
    "code-block": Directive("code", "language", options=_COMMON | {"caption"}),
    "code": Directive("code", "language", options=_COMMON),
    "epigraph": Directive("prose", block="quote", options=_COMMON),
    "admonition": Directive("prose", "title", "remark", _COMMON),
    **dict.fromkeys(("note", "tip", "hint", "important", "warning", "caution", "attention", "seealso"), _REMARK),
}
"""Every directive that an analysis may use, by name."""

CITATION_ROLES = frozenset(
    f"cite:{name}"
    for name in (
        "p", "ps", "t", "ts", "ct", "cts", "alp", "alps",
        "author", "authors", "cauthor", "cauthors", "year", "yearpar",
    )
)  # fmt: skip
"""The citation roles; sphinxcontrib-bibtex took their names from natbib."""

MARKER_ROLE = "q"
"""The role that marks where the answer to a question begins."""

REFERENCE_ROLES = {"numref": "Figure 1", "ref": "", "eq": "(1)"}
"""Roles that point to a label, and a stand-in for the words that a reader sees in their place."""

TEXT_ROLES = {"math": "math", "code": "code", "sub": "text", "sup": "text"}
"""Roles around inline content, and the kind of that content."""

ROLES = frozenset({*CITATION_ROLES, MARKER_ROLE, *REFERENCE_ROLES, *TEXT_ROLES})
"""Every role that an analysis may use."""
