"""Labels of figures, tables, sections and equations belong to their analysis.

Stock Sphinx has one name space for the whole site: two authors who both write ``:name: fig-results`` would get a
warning, and one of them the other's figure. Here an analysis's labels are kept under the name of its page and looked
up there first. Pages of the site's own keep theirs as they are.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from diptych.sphinxext.domain import analyses

_FIELD = re.compile(r"\{(?!(?:number|name)\})[^}]*\}|\{\Z")


def scoped(docname: str, label: str) -> str:
    """The name that the label of an analysis is kept under."""
    return f"{docname}:{label}"


class SiteStandardDomain(StandardDomain):
    """Sphinx's domain of labels, with the labels of each analysis for itself."""

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the labels of a page that has just been read."""
        if analyses(env).slug(docname) is None:
            super().process_doc(env, docname, document)
            return
        types, ids = document.nametypes, document.nameids
        explicit = [name for name, is_explicit in types.items() if is_explicit]
        document.nametypes = {scoped(docname, name): True for name in explicit}
        document.nameids = {scoped(docname, name): ids[name] for name in explicit}
        super().process_doc(env, docname, document)
        document.nametypes, document.nameids = types, ids

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: addnodes.pending_xref, contnode: nodes.Element,
    ) -> nodes.reference | None:  # fmt: skip
        """Resolve a reference on the page itself, else on the site."""
        own = scoped(fromdocname, target)
        if typ not in ("ref", "numref") or own not in self.anonlabels:
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        if typ == "numref":
            if node["refexplicit"]:
                # Sphinx hands this text to str.format, which would let it look into Python objects
                contnode = nodes.inline("", _FIELD.sub("", contnode.astext()))
            env = _OnePage(env, fromdocname, node.document)
        return super().resolve_xref(env, fromdocname, builder, typ, own, node, contnode)


class _OnePage:
    """The environment, but with the tree of the page at hand instead of a copy from disk for every reference."""

    def __init__(self, env: BuildEnvironment, docname: str, document: nodes.document | None) -> None:
        self._env, self._docname, self._document = env, docname, document

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> nodes.document:
        if docname == self._docname and self._document is not None:
            return self._document
        return self._env.get_doctree(docname)


class SiteMathDomain(MathDomain):
    """Sphinx's domain of equations, with the equations of each page for itself."""

    def note_equation(self, docname: str, labelid: str, location: Any = None) -> None:
        """Note an equation and give it the next number of its page."""
        super().note_equation(docname, scoped(docname, labelid), location)

    def get_equation_number_for(self, labelid: str) -> int | None:
        """The number of an equation of the page that is being read."""
        return super().get_equation_number_for(scoped(self.env.docname, labelid))

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: addnodes.pending_xref, contnode: nodes.Element,
    ) -> nodes.reference | None:  # fmt: skip
        """Link to an equation on the same page."""
        found = self.equations.get(scoped(fromdocname, target))
        if found is None:
            return None
        return nodes.reference(
            "", f"({found[1]})", internal=True, refid=nodes.make_id(f"equation-{target}"), classes=["equation-link"]
        )
