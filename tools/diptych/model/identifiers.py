"""The shapes of identifiers: DOI, arXiv id, ORCID iD, ISBN, ISSN, page range. Only looks at text, asks nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIX = re.compile(
    r"\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|https?://[^\s/]+/doi/|doi\s*:\s*)+", re.IGNORECASE
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(r"\s*(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\s*:\s*)+", re.IGNORECASE)
_ARXIV_NEW = re.compile(r"(\d\d)(\d\d)\.(\d{4,5})")
_ARXIV_OLD = re.compile(r"([a-z]+(?:-[a-z]+)*)(?:\.[A-Z]{2})?/(\d\d)(\d\d)(\d{3})")
_VERSION = re.compile(r"v[1-9]\d*\Z")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_DASHES = "-‐‑‒–—−"
_PAGE = r"[A-Za-z]{0,3}\d+(?::\d+)?"
_RANGE = re.compile(rf"(?<![\w:.-])({_PAGE})(\s*[{_DASHES}]+\s*)({_PAGE})(?![\w:.-])")
_LONGEST_PAGE = 24
"""Longer numbers are no page numbers, and Python refuses to read numbers of thousands of digits."""
_PAGES = re.compile(r"([A-Za-z]{0,3})(\d+)(?::(\d+))?")


def bare_doi(text: str) -> str:
    """``text`` without the prefix of a resolver and without TeX escapes: how a DOI belongs into a ``doi`` field."""
    return _DOI_PREFIX.sub("", text.strip(), count=1) if _DOI_PREFIX.match(text) else text.strip()


def is_doi(text: str) -> bool:
    """Whether ``text`` has the shape of a DOI: ``10.``, a registrant's number, a slash and a suffix."""
    doi = text.replace("\\", "")
    return _DOI.fullmatch(doi) is not None and not doi.endswith((".", ",", ";")) and not set("{}\"'") & set(doi)


def same_doi(text: str) -> str:
    """What two spellings of one DOI have in common."""
    return bare_doi(text).replace("\\", "").casefold()


@dataclass(frozen=True, slots=True)
class ArxivId:
    """An identifier of arXiv."""

    id: str
    """Without version, such as ``2311.10709`` or ``hep-th/9901001``."""
    version: str
    """Such as ``v2``, or empty."""


def bare_arxiv_id(text: str) -> str:
    """``text`` without ``arXiv:`` or the address of a page: how an id belongs into an ``eprint`` field."""
    bare = text.strip()
    if prefix := _ARXIV_PREFIX.match(bare):
        bare = bare[prefix.end() :]
    return bare.removesuffix(".pdf")


def arxiv_id(text: str) -> ArxivId | None:
    """The id that ``text`` is, in the form since 2007 or the one before, or ``None``."""
    version = _VERSION.search(text)
    bare = text[: version.start()] if version else text
    if new := _ARXIV_NEW.fullmatch(bare):
        is_id = 1 <= int(new[2]) <= 12 and len(new[3]) == (5 if int(new[1]) >= 15 else 4) and new[1] >= "07"
    elif old := _ARXIV_OLD.fullmatch(bare):
        is_id = 1 <= int(old[3]) <= 12
    else:
        is_id = False
    return ArxivId(bare, version[0] if version else "") if is_id else None


def arxiv_id_of_doi(doi: str) -> str:
    """The id without version that a DOI of arXiv stands for, or empty."""
    match = _ARXIV_DOI.fullmatch(bare_doi(doi))
    known = arxiv_id(match[1]) if match else None
    return known.id if known else ""


def is_orcid(text: str) -> bool:
    """Whether ``text`` is four groups of four digits whose check digit is right."""
    return _ORCID.fullmatch(text) is not None and orcid_check_digit(text.replace("-", "")[:15]) == text[-1]


def orcid_check_digit(digits: str) -> str:
    """The last character of the ORCID iD that begins with the 15 ``digits`` (ISO 7064, mod 11-2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def is_isbn(text: str) -> bool:
    """Whether ``text`` is an ISBN of 10 or 13 characters with the right check digit."""
    digits = text.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        values = ["0123456789X".index(digit) for digit in digits]
        return sum(value * weight for value, weight in zip(values, range(10, 0, -1), strict=True)) % 11 == 0
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0
    return False


def is_issn(text: str) -> bool:
    """Whether ``text`` is two groups of four with the right check digit."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9Xx]", text):
        return False
    values = ["0123456789X".index(digit) for digit in text.replace("-", "").upper()]
    return sum(value * weight for value, weight in zip(values, range(8, 0, -1), strict=True)) % 11 == 0


@dataclass(frozen=True, slots=True)
class Dash:
    """The dash of a page range, with the white space around it."""

    start: int
    end: int


def page_ranges(text: str) -> list[tuple[str, str, Dash, int, int]]:
    """Each range in a ``pages`` field: its first page, its last page, its dash, and where it begins and ends.

    A prefix that only the first number has, as in ``e2019-04``, makes an article number, not a range.
    """
    return [
        (match[1], match[3], Dash(match.start(2), match.end(2)), match.start(), match.end())
        for match in _RANGE.finditer(text)
        if match[3][0].isalpha() or not match[1][0].isalpha()
    ]


def is_reversed(first: str, last: str) -> bool:
    """Whether a range ends before it begins. ``10--5`` does; ``1234--41``, which is short for 1241, does not."""
    if max(len(first), len(last)) > _LONGEST_PAGE:
        return False
    begin, end = _PAGES.fullmatch(first), _PAGES.fullmatch(last)
    if not begin or not end or begin[1].lower() != (end[1] or begin[1]).lower():
        return False
    if begin[3] and end[3]:
        return (int(end[2]), int(end[3])) < (int(begin[2]), int(begin[3]))
    if begin[3] or end[3]:
        return False
    number, other = begin[2], end[2]
    if 3 <= len(number) > len(other) and not end[1]:
        other = number[: len(number) - len(other)] + other
    return int(other) < int(number)
