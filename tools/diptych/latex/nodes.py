"""Nodes that only a paper has: the transforms put them in place of what the site shows in another way."""

from __future__ import annotations

from docutils import nodes


class natbib_citation(nodes.Inline, nodes.Element):  # noqa: N801  docutils names nodes in lower case
    """One citation. ``command`` without backslash, ``keys``, ``before`` and ``after`` as lists of equal length."""


class acknowledgments(nodes.General, nodes.Element):  # noqa: N801
    """What stood in the section of that name. Children are blocks."""


class appendix(nodes.General, nodes.Element):  # noqa: N801
    """From here on sections are lettered. No children."""
