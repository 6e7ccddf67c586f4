"""The sidebar: the site's main pages and an analysis's neighbours, never the whole site."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from diptych.sphinxext.domain import AnalysisDomain, analyses

MOST_NEIGHBOURS = 6


def add_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the page's template its navigation, and a description for search engines."""
    env, pathto = app.env, context["pathto"]
    domain = analyses(env)
    root = env.config.root_doc
    # The home page's table of contents names the main pages; each may have pages of its own, which it lists itself.
    names = [root, *env.toctree_includes.get(root, [])]
    context["main_pages"] = [
        (_title(app, name), pathto(name), name == pagename or _is_within(pagename, name, root)) for name in names
    ]
    context["neighbours"] = [(domain.fronts[name].title, pathto(name)) for name in neighbours(domain, pagename)]
    if front := domain.fronts.get(pagename):
        context["description"] = " ".join(front.abstract.split())


def neighbours(domain: AnalysisDomain, docname: str) -> list[str]:
    """Other analyses of the same topic, in the order of their names from this one on."""
    front = domain.fronts.get(docname)
    if front is None:
        return []
    same = domain.topics[front.topic]
    at = same.index(docname)
    return [*same[at + 1 :], *same[:at]][:MOST_NEIGHBOURS]


def _title(app: Sphinx, docname: str) -> str:
    if docname == app.config.root_doc:
        return "Analyses"
    return app.env.titles[docname].astext()


def _is_within(pagename: str, docname: str, root: str) -> bool:
    """Whether ``docname`` is the index of the folder that ``pagename`` lies in."""
    folder, slash, name = docname.rpartition("/")
    return docname != root and name == "index" and bool(slash) and pagename.startswith(f"{folder}/")
