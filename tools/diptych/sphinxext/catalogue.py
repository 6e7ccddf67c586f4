"""The bibliography as the site shows it: each entry is worked out once in a build, when it is first needed."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from docutils import nodes
from markupsafe import Markup
from pybtex.backends.plaintext import Backend as PlainBackend
from pybtex.database import Entry, Person
from pybtex.richtext import Text
from pybtex.style.template import FieldIsMissing
from pybtex_docutils import Backend
from sphinx.util import logging

from diptych.sphinxext.maths import mathml
from diptych.sphinxext.style import ADDRESSES, MARKED, EntryStyle, links_of
from diptych.sphinxext.titles import Aside, as_markup, plainly, put_back, set_aside, title_nodes

logger = logging.getLogger(__name__)
_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]")
_TAGS = {nodes.emphasis: "em", nodes.strong: "strong", nodes.superscript: "sup", nodes.subscript: "sub"}
_PLAIN = PlainBackend()
_DOCUTILS = Backend()
_BARE = str.maketrans(
    {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "ð": "d", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe"}
)
"""Letters that Unicode does not take apart."""


@lru_cache(maxsize=100_000)
def plain(value: str) -> str:
    """A BibTeX value as readers see it: without braces, with its accents."""
    if not MARKED.search(value):
        return value
    aside: Aside = []
    text = set_aside(value, aside)
    return plainly(Text.from_latex(text).render(_PLAIN), aside)


@dataclass(frozen=True)
class Paper:
    """One entry, ready to be shown."""

    key: str
    entry: Entry

    @cached_property
    def page(self) -> str:
        """The name of the paper's own page."""
        return f"papers/{safe_name(self.key)}"

    @cached_property
    def title(self) -> str:
        """The title as published."""
        return plain(self.entry.fields.get("title", self.key))

    @cached_property
    def shown_title(self) -> Markup:
        """The title as HTML: formulas as MathML, and names that no line parts."""
        return as_markup(*self._title)

    def title_nodes(self) -> Iterator[nodes.Node]:
        """The title as nodes, for pages that are written from them."""
        return title_nodes(*self._title)

    @cached_property
    def _title(self) -> tuple[str, Aside]:
        aside: Aside = []
        value = set_aside(self.entry.fields.get("title", self.key), aside)
        return Text.from_latex(value).render(_PLAIN), aside

    @cached_property
    def surnames(self) -> tuple[str, ...]:
        """The authors' surnames with their particles; the editors' where there are no authors."""
        people = self.entry.persons.get("author") or self.entry.persons.get("editor") or []
        return tuple(_surname(person) for person in people)

    @cached_property
    def short_authors(self) -> str:
        """``Ho``, ``Ho and Salimans``, or ``Ho et al.``"""
        names = self.surnames
        if not names:
            return self.key
        if names[-1] == "others":  # how BibTeX writes that there are more
            return f"{names[0]} et al."
        if len(names) == 2:
            return f"{names[0]} and {names[1]}"
        return names[0] if len(names) == 1 else f"{names[0]} et al."

    @cached_property
    def all_authors(self) -> str:
        """Every surname."""
        names = self.surnames
        if names and names[-1] == "others":
            return f"{', '.join(names[:-1])} et al."
        if len(names) < 3:
            return self.short_authors
        return f"{', '.join(names[:-1])}, and {names[-1]}"

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """The authors' names in full, given names first."""
        parts = (
            [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names,
             *person.lineage_names] for person in self.entry.persons.get("author", [])
        )  # fmt: skip
        return tuple(plain(" ".join(names)) for names in parts)

    @cached_property
    def year(self) -> str:
        """The year, or ``n.d.``"""
        return plain(self.entry.fields.get("year", "n.d."))

    @cached_property
    def venue(self) -> str:
        """Where it appeared, in one phrase."""
        fields = self.entry.fields
        for name in ("booktitle", "journal", "howpublished", "publisher", "school", "institution"):
            if name in fields:
                return plain(fields[name])
        return "arXiv preprint" if "eprint" in fields else ""

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """What leads to the paper and to what comes with it: label and address."""
        return links_of(self.entry)

    @cached_property
    def place(self) -> tuple[str, str, str]:
        """What lists are sorted by: the first author's surname, the year, the title."""
        first = self.surnames[0] if self.surnames else self.title
        return (_letters(first), self.year, _letters(self.title))

    @cached_property
    def reference(self) -> nodes.paragraph:
        """The full citation. Copy it before use."""
        aside: Aside = []
        try:
            entry = _DOCUTILS.paragraph(EntryStyle.shared().format_entry("", _without_formulas(self.entry, aside)))
            put_back(entry, aside)
            return entry
        except FieldIsMissing as missing:
            logger.warning("%s: %s", self.key, missing, type="diptych", subtype="entry")
            return nodes.paragraph("", f"{self.all_authors}. {self.title}. {self.year}.")

    @cached_property
    def reference_html(self) -> str:
        """The full citation as HTML."""
        return as_html(self.reference)

    @property
    def bibtex(self) -> str:
        """The entry as BibTeX, with ``@string`` names replaced."""
        entry = self.entry
        fields = {role: " and ".join(map(str, people)) for role, people in entry.persons.items()}
        fields |= entry.fields
        width = max((len(name) for name in fields), default=0)
        lines = [f"  {name:<{width}} = {{{' '.join(value.split())}}}," for name, value in fields.items()]
        return "\n".join([f"@{entry.type}{{{self.key},", *lines, "}"])


def safe_name(text: str) -> str:
    """``text`` as the name of a page. Two texts must not share a page, and a text is no path."""
    name = _UNSAFE.sub("-", text)
    if name != text or name.startswith("."):
        name = f"{name.lstrip('.')}-{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]}"
    return name


def as_html(node: nodes.Node) -> str:
    """A formatted entry as HTML. It has no more than text, emphasis, formulas and links."""
    if isinstance(node, nodes.Text):
        return html.escape(node.astext(), quote=False)
    if isinstance(node, nodes.math):
        return mathml(node.astext())
    inner = "".join(map(as_html, node.children))
    if isinstance(node, nodes.reference) and "refuri" in node:
        return f'<a href="{html.escape(node["refuri"])}">{inner}</a>'
    tag = _TAGS.get(type(node))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _without_formulas(entry: Entry, aside: Aside) -> Entry:
    """``entry`` with marks in place of its formulas, which are added to ``aside``; itself where it has none."""
    if not any("$" in value or "\\" in value for value in entry.fields.values()):
        return entry
    fields = {
        name: value if name.lower() in ADDRESSES else set_aside(value, aside) for name, value in entry.fields.items()
    }
    if not aside:
        return entry
    copy = Entry(entry.type, fields, entry.persons)
    copy.key = entry.key
    return copy


class Catalogue:
    """Every entry of the bibliography, by its exact key."""

    def __init__(self, entries: Mapping[str, Entry], digests: Mapping[str, str] | None = None) -> None:
        """``digests`` are those of some entries that are known already."""
        self._entries = entries
        self._papers: dict[str, Paper | None] = {}
        self._digests: dict[str, str] = dict(digests or {})

    def get(self, key: str) -> Paper | None:
        """The entry named exactly ``key``; pybtex itself would not mind the case of its letters."""
        if key not in self._papers:
            entry = self._entries.get(key)
            self._papers[key] = Paper(key, entry) if entry is not None and entry.key == key else None
        return self._papers[key]

    def all_keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(entry.key for entry in self._entries.values())

    def formatted(self) -> dict[str, str]:
        """The full citations that have been worked out so far, as HTML by key."""
        papers = ((key, vars(paper).get("reference_html")) for key, paper in self._papers.items() if paper)
        return {key: text for key, text in papers if text is not None}

    def format(self, keys: Iterable[str]) -> dict[str, str]:
        """Work out some full citations, and those alone."""
        papers = {key: self.get(key) for key in keys}
        return {key: paper.reference_html for key, paper in papers.items() if paper}

    def take(self, formatted: Mapping[str, str]) -> None:
        """Spare this process the work that another has done."""
        for key, text in formatted.items():
            if paper := self.get(key):
                vars(paper).setdefault("reference_html", text)

    def digest(self, key: str) -> str:
        """A stamp that changes when the entry does; empty where there is none."""
        if key not in self._digests:
            entry = self._entries.get(key)
            self._digests[key] = "" if entry is None or entry.key != key else stamp_of(entry)
        return self._digests[key]


def stamp_of(entry: Entry) -> str:
    """A stamp of all that an entry says; how its text is laid out is no part of that."""
    return hashlib.sha1(repr(entry).encode(), usedforsecurity=False).hexdigest()


def _letters(text: str) -> str:
    """``text`` as lists sort it: Łukasz stands among L, Åström among A."""
    if text.isascii():
        return text.casefold()
    return "".join(
        c for c in unicodedata.normalize("NFD", text.translate(_BARE)) if not unicodedata.combining(c)
    ).casefold()


def _surname(person: Person) -> str:
    return plain(" ".join([*person.prelast_names, *person.last_names, *person.lineage_names]))
