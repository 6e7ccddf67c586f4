"""Files for programs: the API, the bibliography, the feed, the map of the site, citations for download."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from sphinx.util import logging

from diptych.sphinxext.citing import bibtex, csl_json, ris
from diptych.sphinxext.evidence import page_name
from diptych.sphinxext.generated import Made, Page
from diptych.sphinxext.header import Summary, has_sources, sources_name
from diptych.sphinxext.library import Holding, Library
from diptych.sphinxext.pages import fill

if TYPE_CHECKING:
    from diptych.sphinxext.builder import SiteBuilder

logger = logging.getLogger(__name__)
VERSION = 1
"""The version of the API: it rises when a field goes away or means something else."""
LATEST = 50
"""How many analyses the feed holds."""


def exports(builder: SiteBuilder, library: Library) -> Iterator[Made]:
    """Everything that is not meant for people's eyes, and the page that stands for what is not there."""
    site = builder.config.html_baseurl
    catalogue = builder.analyses.catalogue
    digests = [(key, catalogue.digest(key)) for key in catalogue.all_keys()]
    summaries = [summary.stamp for summary in library.summaries]
    packed = [_has_sources(builder, summary) for summary in library.summaries]
    pdfs = bool(builder.config.diptych_pdf_dir)
    yield _file("references.bib", digests, lambda: _references(builder))
    evidence = [(docname, one.claims, one.sources) for docname, one in sorted(builder.analyses.evidence.items())]
    yield _file("api/analyses.json", (summaries, evidence, site, pdfs, packed), lambda: _analyses(builder, library))
    cited = [(key, holding.cited) for key, holding in library.holdings.items()]
    yield _file("api/papers.json", (summaries, digests, cited, site), lambda: _papers(builder, library))
    for summary in library.summaries:
        yield from _citations(builder, summary)
    yield _file("robots.txt", site, lambda: _robots(site))
    yield Made("404", site, lambda: Page("Not found", fill("missing.html", root=site), "This page does not exist."))
    if site:
        newest = library.summaries[:LATEST]
        yield _file("feed.xml", ([one.stamp for one in newest], site), lambda: _feed(builder, newest))


def redirects(builder: SiteBuilder, made: Sequence[str]) -> Iterator[Made]:
    """A page at each address that has moved, which leads on without a script."""
    known = {*builder.env.found_docs, *made}
    for old, new in builder.config.diptych_redirects.items():
        if old in known or new not in known:
            what = f"{old!r} is still a page" if old in known else f"there is no page {new!r}"
            logger.warning("diptych_redirects: %s", what, type="diptych", subtype="redirect")
            continue
        target = builder.get_relative_uri(old, new)
        whole = builder.absolute(new) or target
        yield _file(
            f"{builder.get_target_uri(old)}",
            (target, whole),
            lambda target=target, whole=whole: fill("moved.html", target=target, whole=whole),
        )


def sitemap(builder: SiteBuilder, library: Library, made: Sequence[str]) -> Iterator[Made]:
    """Every page's address, for search engines; only where the site has an address."""
    site = builder.config.html_baseurl
    if not site:
        return
    dates = {summary.docname: summary.front.date.isoformat() for summary in library.summaries}
    pages = sorted((builder.get_target_uri(name), dates.get(name, "")) for name in {*builder.env.found_docs, *made})

    def make() -> str:
        lines = [
            f"<url><loc>{escape(site + address)}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</url>"
            for address, date in pages
        ]
        return "\n".join(
            [
                '<?xml version="1.0" encoding="utf-8"?>',
                '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
                *lines,
                "</urlset>\n",
            ]
        )

    yield _file("sitemap.xml", (site, pages), make)


def _file(name: str, stamp: object, make: Callable[[], str]) -> Made:
    return Made(name, stamp, make, is_page=False)


def _references(builder: SiteBuilder) -> str:
    catalogue = builder.analyses.catalogue
    papers = [paper for key in catalogue.all_keys() if (paper := catalogue.get(key))]
    return "\n\n".join(paper.bibtex for paper in papers) + "\n"


def _citations(builder: SiteBuilder, summary: Summary) -> Iterator[Made]:
    """The citation of an analysis in three formats, beside its page."""
    address = builder.absolute(summary.docname)
    folder = builder.get_target_uri(summary.docname).rpartition("/")[0]
    for ending, write in (("bib", bibtex), ("ris", ris), ("csl.json", csl_json)):
        yield _file(
            f"{folder}/{summary.slug}.{ending}",
            (summary.stamp, address),
            lambda write=write: write(summary, address).rstrip("\n") + "\n",
        )


def _analyses(builder: SiteBuilder, library: Library) -> str:
    return _json("analyses", [_analysis(builder, summary) for summary in library.summaries])


def _analysis(builder: SiteBuilder, summary: Summary) -> dict[str, Any]:
    front = summary.front
    path = builder.get_target_uri(summary.docname)
    folder = path.rpartition("/")[0]
    pdf = f"{folder}/{summary.slug}.pdf" if builder.config.diptych_pdf_dir else None
    return {
        "slug": summary.slug,
        "path": path,
        "url": builder.absolute(summary.docname) or None,
        "pdf": pdf,
        "sources": f"{folder}/{sources_name(summary.slug)}" if _has_sources(builder, summary) else None,
        "title": front.title,
        "authors": [
            {"name": author.name, "affiliation": author.affiliation, "orcid": author.orcid} for author in front.authors
        ],
        "date": front.date.isoformat(),
        "abstract": " ".join(front.abstract.split()),
        "assignment": front.assignment,
        "option": {"id": front.option, "title": summary.option},
        "topic": {"id": front.topic, "title": summary.topic},
        "papers": list(front.papers),
        "verdict": {"stronger": summary.stronger.key if summary.stronger else None, "reason": front.verdict.reason},
        "tasks": list(front.tasks),
        "keywords": list(front.keywords),
        "license": front.license,
        "words": summary.words,
        "evidence": _evidence(builder, summary),
    }


def _has_sources(builder: SiteBuilder, summary: Summary) -> bool:
    return has_sources(builder.config.diptych_sources_dir, builder.srcdir, summary.slug)


def _evidence(builder: SiteBuilder, summary: Summary) -> dict[str, Any] | None:
    found = builder.analyses.evidence.get(summary.docname)
    if found is None or not found.claims:
        return None
    path = builder.get_target_uri(page_name(summary.docname))
    return {"path": path, "claims": found.claims, "sources": found.sources}


def _papers(builder: SiteBuilder, library: Library) -> str:
    return _json("papers", [_paper(builder, library, holding) for holding in library.holdings.values()])


def _paper(builder: SiteBuilder, library: Library, holding: Holding) -> dict[str, Any]:
    paper = holding.paper
    stronger = [one.slug for one in holding.compared if one.stronger and one.stronger.key == paper.key]
    return {
        "key": paper.key,
        "path": builder.get_target_uri(paper.page),
        "url": builder.absolute(paper.page) or None,
        "type": paper.entry.type,
        "title": paper.title,
        "authors": list(paper.full_names),
        "year": paper.year,
        "venue": paper.venue or None,
        "links": [{"label": label, "url": address} for label, address in paper.links],
        "compared_in": [one.slug for one in holding.compared],
        "cited_in": [library.by_docname[docname].slug for docname in holding.cited],
        "held_stronger_in": stronger,
    }


def _json(name: str, items: list[dict[str, Any]]) -> str:
    # a line for each item: indenting more would keep Python from its fast encoder
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{{"version": {VERSION}, "{name}": [\n{lines}\n]}}\n'


def _robots(site: str) -> str:
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {site}sitemap.xml\n" if site else "")


def _feed(builder: SiteBuilder, newest: list[Summary]) -> str:
    site, title = builder.config.html_baseurl, builder.config.html_title
    updated = max((one.front.date.isoformat() for one in newest), default="1970-01-01")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(site)}</id>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<link href={quoteattr(site)}/>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site + "feed.xml")}/>',
    ]
    for summary in newest:
        address = builder.absolute(summary.docname)
        lines += [
            "<entry>",
            f"<title>{escape(summary.front.title)}</title>",
            f"<id>{escape(address)}</id>",
            f"<link href={quoteattr(address)}/>",
            f"<updated>{summary.front.date.isoformat()}T00:00:00Z</updated>",
            *(f"<author><name>{escape(author.name)}</name></author>" for author in summary.front.authors),
            f"<category term={quoteattr(summary.front.topic)} label={quoteattr(summary.topic)}/>",
            f"<summary>{escape(' '.join(summary.front.abstract.split()))}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>\n"])
