"""From the tokens of an analysis to docutils nodes, running only what the dialect of analyses lists.

Analyses are written by strangers. What is refused here leaves nothing on the page; the reader of the model
has noted it with its place, and the parser reports that.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from diptych.parse.dialect import ROLES
from diptych.parse.directive import read_directive
from diptych.sphinxext.nodes import abstract

WEB = ("https://", "http://", "mailto:")
"""How the address of a link may begin."""


class AnalysisRenderer(SphinxRenderer):
    """MyST's renderer, less what an analysis may not use."""

    def render_directive(self, token: SyntaxTreeNode, name: str, arguments: str, **more: Any) -> None:
        """Run a directive of the dialect with options of the dialect; leave out any other."""
        directive = read_directive(token.info, token.content)
        if directive is None or directive.kind is None or directive.fault:
            return
        if all(option in directive.kind.options for option in directive.options):
            super().render_directive(token, name, arguments, **more)

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        """Leave out reStructuredText: it has ways around all of this."""

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """Run a role of the dialect; show the text of any other."""
        if token.meta["name"] in ROLES:
            super().render_myst_role(token)
        else:
            self.current_node.append(nodes.Text(token.content))

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Leave HTML out, inline and in blocks."""

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Link to the web, to a place on the site, or to another analysis; show the text of any other link."""
        target = str(token.attrGet("href") or "")
        if target.startswith(WEB):
            self.render_link_url(token)
        elif target.startswith("#"):
            self.render_link_anchor(token, target)
        elif target.partition("#")[0].endswith("/index.md"):
            self.render_link_project(token)
        else:
            self.render_children(token)

    def render_analysis_abstract(self, token: SyntaxTreeNode) -> None:
        """The abstract, which is Markdown in the front matter."""
        node = abstract()
        node.source, node.line = self.document["source"], token.meta["line"]
        with self.current_node_context(node, append=True):
            self.nested_render_text(token.content, token.meta["line"] - 1)


def title_tokens(title: str, line: int) -> list[Token]:
    """The tokens of a heading of level 1 that holds ``title`` as plain text; ``line`` counts from 1."""
    where = [line - 1, line]
    text = Token("text", "", 0, content=title)
    return [
        Token("heading_open", "h1", 1, map=where, markup="#"),
        Token("inline", "", 0, map=where, content=title, children=[text]),
        Token("heading_close", "h1", -1, markup="#"),
    ]


def abstract_token(text: str, line: int) -> Token:
    """A token of our own that stands for the abstract; ``line`` is where its text begins, from 1."""
    return Token("analysis_abstract", "", 0, content=text, meta={"line": line})
