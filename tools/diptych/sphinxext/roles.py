"""The roles: answer markers and citations in analyses, full citations on the site's own pages."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CiteRole

from diptych.sphinxext.domain import analyses
from diptych.sphinxext.nodes import answer_marker

logger = logging.getLogger(__name__)


class MarkerRole(SphinxRole):
    """``{q}`4```: here begins the answer to question 4."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        node = answer_marker(question=self.text.strip())
        self.set_source_info(node)
        return [node], []


class PaperRole(SphinxRole):
    """``{paper}`key```: one paper in brief, for the site's own pages."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        domain = analyses(self.env)
        paper = domain.catalogue.get(self.text)
        # so that the page is read again when the entry changes
        domain.entries.setdefault(self.env.docname, {})[self.text] = domain.catalogue.digest(self.text)
        if paper is None:
            logger.warning("no entry %r in the bibliography", self.text, location=self.get_location(),
                           type="diptych", subtype="unknown-citation-key")  # fmt: skip
            return [nodes.literal("", self.text)], []
        year = "" if paper.year in paper.venue else f", {paper.year}"
        source = nodes.inline("", "", classes=["paper-source"])
        source += nodes.Text(f"{paper.short_authors}, {paper.venue}{year}.")
        found: list[Node] = [*paper.title_nodes(), nodes.Text(". "), source]
        for label, address in paper.links:
            found += [nodes.Text(" "), nodes.reference("", label, refuri=address)]
        return found, []


class CitationRole(CiteRole):
    """sphinxcontrib-bibtex's role; it neither fails on a malformed target nor adds to a site-wide list."""

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: nodes.Element, is_ref: bool
    ) -> tuple[list[Node], list[system_message]]:
        try:
            list(parse_citation_targets(self.target))
        except ValueError:
            logger.warning("%r is not a list of citation keys", self.target, location=node,
                           type="diptych", subtype="malformed-citation")  # fmt: skip
            return [nodes.literal("", self.target)], []
        return [node], []


class CitationDomain(BibtexDomain):
    """sphinxcontrib-bibtex's domain without its site-wide lists of citations.

    They would be searched from end to end for every page and every citation; ``diptych.sphinxext.citations``
    resolves each page by itself.
    """

    roles = {name: CitationRole() for name in BibtexDomain.roles}  # noqa: RUF012

    def clear_doc(self, docname: str) -> None:
        """Nothing is kept by document."""

    def merge_domaindata(self, docnames: object, otherdata: object) -> None:
        """Nothing is kept by document."""

    def env_updated(self) -> list[str]:
        """No page depends on another page's citations."""
        return []
