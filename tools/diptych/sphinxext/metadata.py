"""What search engines, reference managers and other programs read in the head of an analysis page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from diptych.sphinxext.catalogue import Paper
from diptych.sphinxext.header import Summary

LONGEST = 300
"""The characters of a description that others show."""


def description(text: str) -> str:
    """The beginning of ``text`` in whole sentences, or words where the first sentence is long."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    start = words[:LONGEST]
    sentence = start.rfind(". ")
    return start[: sentence + 1] if sentence > LONGEST // 3 else f"{start.rpartition(' ')[0]} …"


def highwire(summary: Summary, address: str, pdf: str) -> Iterator[tuple[str, str]]:
    """Google Scholar's tags. ``address`` and ``pdf`` are absolute or empty: others cannot be followed."""
    front = summary.front
    yield "citation_title", front.title
    for author in front.authors:
        yield "citation_author", author.name
        if author.affiliation:
            yield "citation_author_institution", author.affiliation
        if author.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{author.orcid}"
    yield "citation_publication_date", f"{front.date:%Y/%m/%d}"
    yield "citation_language", "en"
    if front.keywords:
        yield "citation_keywords", "; ".join(front.keywords)
    if address:
        yield "citation_fulltext_html_url", address
    if pdf:
        yield "citation_pdf_url", pdf


def json_ld(summary: Summary, address: str, pdf: str) -> Markup:
    """The same as schema.org's linked data, with the compared papers as what the analysis is about."""
    front = summary.front
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": front.title,
        "author": [
            {
                "@type": "Person",
                "name": author.name,
                "affiliation": author.affiliation,
                "sameAs": f"https://orcid.org/{author.orcid}" if author.orcid else None,
            }
            for author in front.authors
        ],
        "datePublished": front.date.isoformat(),
        "inLanguage": "en",
        "keywords": list(front.keywords),
        "wordCount": summary.words,
        "license": f"https://spdx.org/licenses/{front.license}.html" if front.license else None,
        "url": address,
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf} if pdf else None,
        "about": [_about(paper) for paper in summary.papers if not isinstance(paper, str)],
    }
    return script_data(_filled(data))


def script_data(data: object) -> Markup:
    """``data`` as JSON that can stand in a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _about(paper: Paper) -> dict[str, Any]:
    return {
        "@type": "ScholarlyArticle",
        "name": paper.title,
        "author": paper.short_authors,
        "datePublished": paper.year if paper.year.isdigit() else None,
        "isPartOf": {"@type": "CreativeWork", "name": paper.venue} if paper.venue else None,
        "sameAs": [address for label, address in paper.links if label not in ("Code", "Project")],
    }


def _filled(value: Any) -> Any:
    """``value`` without what is empty."""
    if isinstance(value, dict):
        return {name: _filled(inner) for name, inner in value.items() if inner not in (None, "", [])}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value
