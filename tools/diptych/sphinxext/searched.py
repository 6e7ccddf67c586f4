"""What the search finds a page by: which pages it covers, and the facets and facts that it shows of each.

The attributes are Pagefind's. ``diptych.search`` makes the index of the pages that have them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinx.application import Sphinx

from diptych.sphinxext.domain import analyses
from diptych.sphinxext.filters import FILTERS, labelled
from diptych.sphinxext.header import Summary, summarize
from diptych.sphinxext.library import Holding
from diptych.sphinxext.pages import fill

KINDS = {"analysis": "Analyses", "paper": "Papers", "guide": "Guides"}
"""The kinds of pages that can be found: what people call them by name."""
PAPERS = "papers"
"""The index of the papers that are only cited: they are many, and what is said of them is found in the analyses."""
NAMED = ("kind", "option", "topic", "paper")
"""The facets whose values are a name for addresses, a space, and how that reads. Other values are their own name."""
Tags = list[tuple[str, str, str]]
"""What is noted of a page, in triples: ``filter`` or ``meta``, the name, the value."""


def as_found(app: Sphinx, docname: str, body: str) -> str:
    """The body of a page from a source file with the attributes that make it one to be found.

    Indexes help to find the way, and say nothing that the pages they name do not say better.
    """
    domain = analyses(app.env)
    if docname in domain.fronts:
        summary = summarize(domain, docname)
        kind, tags = "analysis", list(_of_analysis(summary)) if summary else []
    elif docname not in app.env.all_docs or docname.rpartition("/")[2] == "index":
        return body
    else:
        kind, tags = "guide", []
    start, section, rest = body.partition("<section")
    opening, end, rest = rest.partition(">")
    return f"{start}{section} {attributes(kind)}{opening}{end}{written(tags)}{rest}" if end else body


def attributes(kind: str, index: str = "") -> str:
    """The attributes of the element that holds what can be found of a page, in an index of its own if it has a name."""
    weight = ' data-pagefind-weight="0.5"' if kind == "guide" else ""
    apart = f' data-index="{index}"' if index else ""
    return f'data-pagefind-body{apart} data-pagefind-filter="kind:{kind} {KINDS[kind]}"{weight}'


def written(tags: Tags) -> str:
    """Notes on a page as HTML that nobody sees."""
    return fill("searched.html", tags=tags)


def of_paper(holding: Holding) -> Tags:
    """The notes on the page of a paper; its options and topics are those of the analyses that compare it."""
    paper = holding.paper
    found: dict[str, dict[str, str]] = {"venue": {paper.venue: paper.venue} if paper.venue else {}}
    found["year"] = {paper.year: paper.year}
    for summary in holding.compared:
        for name in ("option", "topic"):
            found.setdefault(name, {}).update(labelled(summary, name))
        found["paper"] = {key: text for key, text in labelled(summary, "paper").items() if key == paper.key}
    notes = (("authors", paper.short_authors), ("source", _source(paper)), ("key", paper.key))
    # a heading with a formula would be found under its letters in a row
    titled = (("title", paper.title),) if "<math" in paper.shown_title else ()
    return [*_filters(found), *(("meta", name, value) for name, value in (*titled, *notes))]


def _of_analysis(summary: Summary) -> Iterator[tuple[str, str, str]]:
    yield from _filters({name: labelled(summary, name) for name in FILTERS})
    yield "meta", "authors", summary.names
    yield "meta", "papers", " · ".join(paper if isinstance(paper, str) else paper.title for paper in summary.papers)
    yield "meta", "source", f"{summary.topic} · {summary.front.date:%Y}"


def _source(paper: object) -> str:
    return paper.venue if paper.year in paper.venue else ", ".join(filter(None, (paper.venue, paper.year)))


def _filters(found: dict[str, dict[str, str]]) -> Tags:
    return [
        ("filter", name, f"{value} {text}" if name in NAMED else value)
        for name, values in found.items()
        for value, text in values.items()
    ]
