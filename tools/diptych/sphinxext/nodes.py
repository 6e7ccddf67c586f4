"""The nodes that analyses bring with them. Every builder needs a rule for each: HTML's are here, LaTeX has its own."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator


class abstract(nodes.General, nodes.Element):  # noqa: N801  docutils names nodes in lower case
    """The abstract; first child of the top section after its title. Children are blocks."""


class answer_marker(nodes.Inline, nodes.Element):  # noqa: N801
    """Where the answer to the question ``question`` begins. No children."""


class references(nodes.General, nodes.Element):  # noqa: N801
    """The list of references; last child of the top section.

    ``keys`` are in the order of first citation. ``order`` is the order of the list, which gives the numbers, on the
    page and in the PDF alike; it leaves out what the bibliography does not have.
    """


class subfigure(nodes.General, nodes.Element):  # noqa: N801
    """One picture among several in a figure, and its words. ``width`` is its share of the line, or empty."""


class citation_link(nodes.reference):  # noqa: N801
    """The link from a citation to its entry. There are a hundred on a page, so it is written in few bytes."""


class analysis_list(nodes.General, nodes.Element):  # noqa: N801
    """Where the cards of all analyses go, once all have been read."""


def visit_abstract(self: SphinxTranslator, node: nodes.Element) -> None:
    """Open the abstract under a heading of its own, which the table of contents does not list."""
    self.body.append('<section class="abstract" aria-labelledby="abstract">\n<h2 id="abstract">Abstract</h2>\n')


def depart_abstract(self: SphinxTranslator, node: nodes.Element) -> None:
    """Close the abstract."""
    self.body.append("</section>\n")


def visit_subfigure(self: SphinxTranslator, node: nodes.Element) -> None:
    """Open a part of a figure; the style sheet puts the parts side by side."""
    width = f' style="flex-basis: {node["width"]}"' if node["width"] else ""
    self.body.append(f'<div class="subfigure"{width}>\n')


def depart_subfigure(self: SphinxTranslator, node: nodes.Element) -> None:
    """Close a part of a figure."""
    self.body.append("</div>\n")


def visit_citation_link(self: SphinxTranslator, node: nodes.Element) -> None:
    """Open the link."""
    target, id = escape(node["refid"]), escape(node["ids"][0])
    self.body.append(f'<a href="#{target}" id="{id}">')


def depart_citation_link(self: SphinxTranslator, node: nodes.Element) -> None:
    """Close the link."""
    self.body.append("</a>")


def pass_over(self: SphinxTranslator, node: nodes.Element) -> None:
    """Leave the node itself out; its children speak for it."""


def register(app: Sphinx) -> None:
    """Tell Sphinx of the nodes. By the time they are written, most have been replaced by plain ones."""
    silent = (pass_over, pass_over)
    app.add_node(abstract, html=(visit_abstract, depart_abstract), text=silent)
    app.add_node(subfigure, html=(visit_subfigure, depart_subfigure), text=silent)
    app.add_node(answer_marker, html=silent, text=silent)
    app.add_node(references, html=silent, text=silent)
    app.add_node(citation_link, html=(visit_citation_link, depart_citation_link))
    app.add_node(analysis_list, html=silent, text=silent)
