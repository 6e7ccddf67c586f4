"""How a full citation reads: pybtex's plain style, with short links to what can be opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from pybtex.database import Entry
from pybtex.richtext import HRef, Text
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import field, node, sentence

MARKED = re.compile(r"[^\w ,.:;()/?!+*=@-]|[?!]`|--|,,|  |[ _]\Z|\A |_")
"""What makes a value more than plain words; most values are plain."""

ADDRESSES = frozenset({"doi", "eprint", "url", "code", "project"})
"""Fields that lead somewhere, and are no text."""


@lru_cache(maxsize=100_000)
def read_latex(value: str, _read: Callable[[str], Text] = Text.from_latex) -> Text:
    """A BibTeX value as pybtex reads it. Its decoder is left alone where it would give back plain words."""
    return _read(value) if MARKED.search(value) else Text(value)


class EntryStyle(Style):
    """Names in full, sentence case for titles as in plainnat, links at the end."""

    @classmethod
    @cache
    def shared(cls) -> EntryStyle:
        """The one instance: making one searches all installed packages for plug-ins."""
        # pybtex has no place to put this in, and decoding plain words takes half of the time of every entry
        Text.from_latex = staticmethod(read_latex)
        return cls()

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Any:
        """The title in sentence case; as in BibTeX, a new sentence begins after a colon as well."""
        title = field(which_field, apply_func=_sentence_case)
        return sentence[title] if as_sentence else title

    def format_web_refs(self, e: Entry) -> Any:
        """The last sentence: DOI and arXiv, or else the address."""
        return _web_references


def _sentence_case(title: Text) -> Text:
    return Text(": ").join(part.capitalize() for part in title.split(": "))


@node
def _web_references(children: Any, context: dict[str, Any]) -> Text:
    links = links_of(context["entry"])
    places = [HRef(address, label) for label, address in links if label not in ("Code", "Project")]
    return Text(" ").join([Text(place, ".") for place in places]) if places else Text()


def links_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Label and address of everything that the entry points to. Only web addresses pass: entries are untrusted."""
    fields = {name.lower(): value.replace("\\", "").strip() for name, value in entry.fields.items()}
    doi, eprint, url = fields.get("doi", ""), fields.get("eprint", ""), fields.get("url", "")
    is_arxiv = eprint and fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower() == "arxiv"
    found = []
    if doi and "arxiv." not in doi.lower():
        found.append(("DOI", f"https://doi.org/{doi}"))
    if is_arxiv:
        found.append((f"arXiv:{eprint}", f"https://arxiv.org/abs/{eprint}"))
    elif doi and not found:
        found.append(("DOI", f"https://doi.org/{doi}"))
    if url and not any(url == address for _, address in found) and not _repeats(url, doi, eprint):
        found.append(("OpenReview" if "openreview.net" in url else "Page", url))
    found += [(label, fields[name]) for name, label in (("code", "Code"), ("project", "Project")) if name in fields]
    return tuple((label, address) for label, address in found if address.startswith(("https://", "http://")))


def _repeats(url: str, doi: str, eprint: str) -> bool:
    return bool(doi and doi.lower() in url.lower()) or bool(eprint and f"arxiv.org/abs/{eprint}" in url)
