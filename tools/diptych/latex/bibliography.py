"""The ``.bib`` of one paper: what it cites and nothing else, in a form that BibTeX reads soundly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from diptych.latex.characters import spell_for_bibtex
from diptych.model.bibliography import Bibliography, Entry

_SITE_ONLY = frozenset({"code", "project", "preprinttitle", "abstract", "keywords", "file", "primaryclass"})
"""Fields that no style of BibTeX prints."""
_ADDRESSES = frozenset({"url", "doi", "eprint", "crossref"})
_MATHS = re.compile(r"((?<!\\)\$[^$]*(?<!\\)\$|\\(?:url|href)\{[^}]*\})")


def write_bibliography(keys: Iterable[str], bibliography: Bibliography) -> str:
    """The entries ``keys`` in that order, and after them the ones that they refer to by ``crossref``."""
    entries = [bibliography.entries[key] for key in keys if key in bibliography.entries]
    known = {entry.key for entry in entries}
    for entry in list(entries):  # BibTeX wants parents after their children
        parent = entry.get("crossref")
        if parent in bibliography.entries and parent not in known:
            known.add(parent)
            entries.append(bibliography.entries[parent])
    return "\n".join(_write_entry(entry) for entry in entries)


def _write_entry(entry: Entry) -> str:
    fields = {name: field.value for name, field in entry.fields.items() if name not in _SITE_ONLY}
    lines = [f"  {name} = {{{_write_value(name, value)}}},\n" for name, value in _one_address(fields).items()]
    return f"@{entry.type}{{{entry.key},\n{''.join(lines)}}}\n"


def _write_value(name: str, value: str) -> str:
    """An address as it is; of other fields, signs that TeX would take for its own are escaped outside mathematics."""
    if name in _ADDRESSES:
        return spell_for_bibtex(value)
    parts = _MATHS.split(value)
    parts[::2] = [re.sub(r"(?<!\\)([#&%_])", r"\\\1", part) for part in parts[::2]]
    return spell_for_bibtex("".join(parts))


def _one_address(fields: Mapping[str, str]) -> dict[str, str]:
    """``fields`` without addresses that say the same twice: natbib's styles print DOI and URL, but no eprint."""
    kept = dict(fields)
    doi, eprint, url = (kept.get(name, "").strip() for name in ("doi", "eprint", "url"))
    is_arxiv = bool(eprint) and kept.get("archiveprefix", kept.get("eprinttype", "arxiv")).lower() == "arxiv"
    if doi.lower().startswith("10.48550/arxiv.") and (url or is_arxiv):
        del kept["doi"]
        doi = ""
    if doi and doi.lower() in url.lower():
        del kept["url"]
    elif is_arxiv and not doi and not url:
        kept["url"] = f"https://arxiv.org/abs/{eprint}"
    return kept
