"""The list of analyses on the home page, filled from the model whenever the page is written."""

from __future__ import annotations

import hashlib

from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from diptych.sphinxext.domain import AnalysisDomain, analyses
from diptych.sphinxext.header import Summary, summarize
from diptych.sphinxext.navigation import neighbours
from diptych.sphinxext.nodes import analysis_list
from diptych.sphinxext.pages import fragment


class AnalysisList(SphinxDirective):
    """``{analyses}``: a card for every analysis."""

    def run(self) -> list[Node]:
        self.env.metadata[self.env.docname]["lists_analyses"] = True
        return [analysis_list()]


class FillList(SphinxPostTransform):
    """Put the cards where the directive stood."""

    default_priority = 6

    def run(self, **_: object) -> None:
        for node in list(self.document.findall(analysis_list)):
            if analyses(self.env).builder.format != "html":
                node.parent.remove(node)
                continue
            builder, here = analyses(self.env).builder, self.env.docname
            cards = [(card, builder.get_relative_uri(here, card.docname)) for card in summaries(analyses(self.env))]
            node.replace_self(fragment("cards.html", cards=cards))


def summaries(domain: AnalysisDomain) -> list[Summary]:
    """Every analysis whose header can be read, newest first."""
    found = [summary for docname in sorted(domain.fronts) if (summary := summarize(domain, docname))]
    return sorted(found, key=lambda summary: summary.front.date, reverse=True)


def list_stamps(env: BuildEnvironment) -> dict[str, str]:
    """For each page that shows something of other analyses, a stamp that changes when that does."""
    domain = analyses(env)
    cards = repr([(docname, domain.fronts[docname], words) for docname, words in domain.words.items()])
    shown = {docname: cards for docname, metadata in env.metadata.items() if metadata.get("lists_analyses")}
    for docname in domain.fronts:
        near = neighbours(domain, docname)
        shown[docname] = repr([(name, domain.fronts[name].title) for name in near])
    return {name: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest() for name, text in shown.items()}


def register(app: Sphinx) -> None:
    """Register the directive and what fills it."""
    app.add_directive("analyses", AnalysisList)
    app.add_post_transform(FillList)
