"""What BibTeX and the site's styles know: entry types, what each needs, fields and their order. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_PERSON = ("author", "editor")
_WHO = ("author", "editor", "organization")


@dataclass(frozen=True, slots=True)
class EntryType:
    """One type of entry that the site and LaTeX can set."""

    needs: tuple[tuple[str, ...], ...]
    """Of each group at least one field must be there; the first name is the one to recommend."""
    foreign: Mapping[str, str]
    """Fields that no entry of this type has, with the type whose field it is."""
    is_lowered: bool = True
    """Whether the usual styles set its title in sentence case."""


def _type(*needs: str | tuple[str, ...], foreign: Mapping[str, str] | None = None, lowered: bool = True) -> EntryType:
    groups = tuple((need,) if isinstance(need, str) else need for need in ("title", *needs))
    return EntryType(groups, MappingProxyType(dict(foreign or {})), lowered)


_PLACES = {"journal": "article", "booktitle": "inproceedings", "school": "phdthesis"}


def _but(*own: str) -> dict[str, str]:
    return {name: other for name, other in _PLACES.items() if name not in own}


ENTRY_TYPES: Mapping[str, EntryType] = MappingProxyType(
    {
        "article": _type("author", "journal", "year", foreign=_but("journal")),
        "book": _type(_PERSON, "publisher", "year", foreign=_but("booktitle"), lowered=False),
        "booklet": _type(foreign=_but()),
        "dataset": _type(_WHO, "year", foreign=_but()),
        "inbook": _type(_PERSON, ("chapter", "pages"), "publisher", "year", foreign=_but("booktitle"), lowered=False),
        "incollection": _type("author", "booktitle", "publisher", "year", foreign=_but("booktitle")),
        "inproceedings": _type("author", "booktitle", "year", foreign=_but("booktitle")),
        "manual": _type(foreign=_but(), lowered=False),
        "mastersthesis": _type("author", ("school", "institution"), "year", foreign=_but("school")),
        "misc": _type(_WHO, "year", foreign=_but()),
        "online": _type(_WHO, "url", "year", foreign=_but()),
        "patent": _type(_WHO, "year", foreign=_but()),
        "phdthesis": _type("author", ("school", "institution"), "year", foreign=_but("school"), lowered=False),
        "proceedings": _type("year", foreign=_but("booktitle"), lowered=False),
        "software": _type(_WHO, "year", foreign=_but()),
        "techreport": _type("author", "institution", "year", foreign=_but()),
        "unpublished": _type("author", "note", foreign=_but()),
    }
)
"""By name. Types of biblatex alone, such as ``report``, are not here: the site's style cannot set them."""

REPLACED_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "conference": "inproceedings",
        "electronic": "online",
        "www": "online",
        "webpage": "online",
        "website": "online",
        "report": "techreport",
        "thesis": "phdthesis",
        "mvbook": "book",
        "collection": "book",
        "bookinbook": "inbook",
        "suppbook": "inbook",
        "mvproceedings": "proceedings",
        "preprint": "misc",
        "periodical": "misc",
    }
)
"""Types that other programs know, and what to write instead."""

FIELD_ORDER: tuple[str, ...] = (
    "crossref", "title", "preprinttitle", "subtitle", "author", "editor", "journal", "booktitle",
    "series", "edition", "volume", "number", "issue", "chapter", "pages", "eid", "publisher", "school",
    "institution", "organization", "howpublished", "address", "location", "type", "version", "month", "year",
    "doi", "eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "isbn", "issn",
    "orcid", "note", "addendum", "annote", "abstract", "keywords", "language", "langid", "url", "urldate",
    "code", "project", "file", "key", "shorttitle", "shortauthor", "numpages", "articleno", "issue_date",
    "pubstate", "eventtitle", "eventdate", "venue", "timestamp", "biburl", "bibsource",
)  # fmt: skip
"""All known fields, in the order in which an entry states them. ``preprinttitle``, ``code`` and ``project`` are ours:
the title of an earlier version, the address of the code, the address of the project's page."""

REPLACED_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "journaltitle": "journal",
        "date": "year",
        "authors": "author",
        "editors": "editor",
        "page": "pages",
        "arxiv": "eprint",
        "arxivid": "eprint",
        "link": "url",
        "github": "code",
        "website": "project",
        "homepage": "project",
    }
)
"""Fields that other programs know, and what to write instead."""

MONTHS: tuple[str, ...] = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

ADDRESSES: tuple[str, ...] = ("url", "code", "project")
"""Fields that hold an address of the web."""

PREPRINT_PLACES: tuple[str, ...] = ("arxiv", "corr", "biorxiv", "medrxiv", "openreview preprint", "ssrn")
"""How the names of places begin where preprints are put, in small letters."""
