"""What a paper sets in its own way: acknowledgments, appendix, equations, links to pages that are not in it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex.nodes import math_reference
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from diptych.latex.nodes import acknowledgments, appendix
from diptych.sphinxext.nodes import references


class PaperStructure(SphinxPostTransform):
    """Sections that the style sets in a special way, by their titles."""

    default_priority = 300
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Replace such sections, and drop the line that MyST draws above collected footnotes."""
        for section in list(self.document.findall(nodes.section)):
            title = section[0] if len(section) and isinstance(section[0], nodes.title) else None
            name = title.astext().strip().lower() if title is not None else ""
            if name in ("acknowledgments", "acknowledgements"):
                section.replace_self(acknowledgments("", *section.children[1:]))
            elif name in ("appendix", "appendices"):
                section.replace_self([appendix(), *section.children[1:]])
        self._put_references_before_appendix()
        for transition in list(self.document.findall(nodes.transition)):
            if "footnotes" in transition["classes"]:
                transition.parent.remove(transition)

    def _put_references_before_appendix(self) -> None:
        begin = next(self.document.findall(appendix), None)
        place = next(self.document.findall(references), None)
        if begin is not None and place is not None:
            place.parent.remove(place)
            begin.parent.insert(begin.parent.index(begin), place)


class OtherPages(SphinxPostTransform):
    """A paper stands alone: links to other pages of the site become links to the published site.

    Left alone, Sphinx prints the bare label, without a warning. Where no ``html_baseurl`` is known, the text
    of the link remains.
    """

    default_priority = 4  # before Sphinx resolves references (10)
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Replace every reference whose target lies on another page of the site."""
        here = self.document["docname"]
        for xref in list(self.document.findall(addnodes.pending_xref)):
            page, anchor = self._target(xref, here)
            if page and page != here and page in self.env.titles:
                xref.replace_self(self._link(xref, page, anchor))

    def _target(self, xref: addnodes.pending_xref, here: str) -> tuple[str, str]:
        """Page and anchor that ``xref`` points to, or two empty strings where others know better."""
        target, kind = xref["reftarget"], xref["reftype"]
        if xref.get("refdomain") == "doc":  # a Markdown link to a source file, as MyST notes it
            return target, xref.get("reftargetid") or ""
        if kind == "doc":
            return docname_join(xref.get("refdoc", here), target), ""
        if kind in ("ref", "numref"):
            labels = self.env.domains.standard_domain.anonlabels
            own = f"{here}:{target.lower()}"  # the site keeps the labels of each analysis apart
            return ("", "") if own in labels else labels.get(target.lower(), ("", ""))[:2]
        return "", ""

    def _link(self, xref: addnodes.pending_xref, page: str, anchor: str) -> nodes.Node:
        if xref.get("refexplicit"):
            text = xref.astext()
        else:
            label = self.env.domains.standard_domain.labels.get(xref["reftarget"].lower())
            text = label[2] if label and label[2] else self.env.titles[page].astext()
        if not self.config.html_baseurl:
            return nodes.Text(text)
        base = self.config.html_baseurl.rstrip("/")
        # Addresses on the site leave out the folder of its own pages.
        uri = f"{base}/{page.removeprefix('docs/')}.html" + (f"#{anchor}" if anchor else "")
        return nodes.reference("", text, refuri=uri)


class OwnEquations(SphinxPostTransform):
    """References to the paper's own equations stay references, for LaTeX to number."""

    default_priority = 4  # before Sphinx resolves references (10)
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Replace each ``{eq}`` whose equation this paper has; Sphinx warns about the others."""
        labels = {node.get("label") for node in self.document.findall(nodes.math_block)}
        for xref in list(self.document.findall(addnodes.pending_xref)):
            if xref.get("refdomain") == "math" and xref["reftarget"] in labels:
                xref.replace_self(math_reference("", docname=self.document["docname"], target=xref["reftarget"]))
