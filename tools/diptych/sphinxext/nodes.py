"""The nodes that analyses bring with them. Every builder needs a rule for each: HTML's are here, LaTeX has its own."""

from __future__ import annotations

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


class analysis_list(nodes.General, nodes.Element):  # noqa: N801
    """Where the cards of all analyses go, once all have been read."""


def visit_abstract(self: SphinxTranslator, node: nodes.Element) -> None:
    """Open the abstract under a heading of its own, which the table of contents does not list."""
    self.body.append('<section class="abstract" aria-labelledby="abstract">\n<h2 id="abstract">Abstract</h2>\n')


def depart_abstract(self: SphinxTranslator, node: nodes.Element) -> None:
    """Close the abstract."""
    self.body.append("</section>\n")


def pass_over(self: SphinxTranslator, node: nodes.Element) -> None:
    """Leave the node itself out; its children speak for it."""


def register(app: Sphinx) -> None:
    """Tell Sphinx of the nodes. By the time they are written, most have been replaced by plain ones."""
    silent = (pass_over, pass_over)
    app.add_node(abstract, html=(visit_abstract, depart_abstract), text=silent)
    app.add_node(answer_marker, html=silent, text=silent)
    app.add_node(references, html=silent, text=silent)
    app.add_node(analysis_list, html=silent, text=silent)
