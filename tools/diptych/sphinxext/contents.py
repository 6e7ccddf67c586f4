"""The table of contents of one page, in few bytes: sections and subsections, as links within the page."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from markupsafe import Markup, escape
from sphinx import addnodes

from diptych.sphinxext.titles import whole

DEPTH = 2
"""How many levels below the page's title are shown."""


def contents(toc: nodes.Node | None) -> Markup:
    """The list in HTML; empty where the page has no sections. ``toc`` is what Sphinx has collected for the page."""
    title = next(toc.findall(nodes.list_item), None) if toc is not None else None
    below = next((child for child in title.children if isinstance(child, nodes.bullet_list)), None) if title else None
    return Markup("\n").join(_lines(below, DEPTH)) if below is not None else Markup("")


def _lines(items: nodes.bullet_list, depth: int) -> Iterator[Markup]:
    found = [item for item in items.children if isinstance(item, nodes.list_item)]
    if not found or not depth:
        return
    yield Markup("<ul>")
    for item in found:
        link = next(item.findall(nodes.reference))
        number = "".join(f"{part}." for part in link.get("secnumber") or ())
        words = f"{number} {link.astext()}" if number else link.astext()
        yield Markup(f'<li><a href="{escape(link["anchorname"])}">{whole(words)}</a>')
        for child in item.children:
            if isinstance(child, nodes.bullet_list) and not isinstance(child, addnodes.toctree):
                yield from _lines(child, depth - 1)
        yield Markup("</li>")
    yield Markup("</ul>")
