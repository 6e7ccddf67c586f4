"""Citations and the list of references of one page. Links never leave the page, whatever others cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets

from diptych.sphinxext.catalogue import Catalogue, Paper
from diptych.sphinxext.domain import analyses
from diptych.sphinxext.nodes import references

logger = logging.getLogger(__name__)
TITLE = "References"


class ResolveCitations(SphinxPostTransform):
    """Turn citation roles into links to the page's own list, and fill that list.

    Runs before sphinxcontrib-bibtex (5) and Sphinx (10) would look at the citations. LaTeX keeps the roles and
    leaves both to natbib.
    """

    default_priority = 4

    def run(self, **_: object) -> None:
        if analyses(self.env).builder.format == "latex":
            return
        catalogue = analyses(self.env).catalogue
        place = next(self.document.findall(references), None)
        papers = [catalogue.get(key) for key in place["order"]] if place is not None else []
        page = Page(
            {paper.key: at for at, paper in enumerate(papers, 1)},
            analyses(self.env).citation_style(self.env.docname),
            year_letters(papers),
        )
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node.get("refdomain") == "cite":
                node.replace_self(page.cite(node, catalogue))
        if place is not None:
            # docutils collects notes at the very end; on a page they belong before the references
            notes = [node for node in self.document.children if isinstance(node, nodes.footnote)]
            for note in notes:
                self.document.remove(note)
            place.replace_self([*notes, page.listing(papers)])


@dataclass(frozen=True, slots=True)
class Wording:
    """How a role reads: its brackets, and which names it shows."""

    form: str
    """``parenthesis``, ``text``, ``bare``, ``author`` or ``year``."""
    full: bool = False
    """All authors instead of the first."""
    capital: bool = False
    """A capital letter at the beginning, as at the beginning of a sentence."""


ROLES = {
    "p": Wording("parenthesis"),
    "ps": Wording("parenthesis", full=True),
    "t": Wording("text"),
    "ts": Wording("text", full=True),
    "ct": Wording("text", capital=True),
    "cts": Wording("text", full=True, capital=True),
    "alp": Wording("bare"),
    "alps": Wording("bare", full=True),
    "author": Wording("author"),
    "authors": Wording("author", full=True),
    "cauthor": Wording("author", capital=True),
    "cauthors": Wording("author", full=True, capital=True),
    "year": Wording("year"),
    "yearpar": Wording("year-parenthesis"),
}
"""The roles as natbib means them."""


class Page:
    """The citations of one page: their numbers or letters, and where each entry is cited."""

    def __init__(self, numbers: Mapping[str, int], style: str, letters: Mapping[str, str] | None = None) -> None:
        self._numbers, self._style = numbers, style
        self._letters = letters or {} if style == "author-year" else {}
        self._cited: defaultdict[str, list[str]] = defaultdict(list)

    def cite(self, node: nodes.Element, catalogue: Catalogue) -> nodes.inline:
        """The words that stand for one citation role."""
        wording = ROLES.get(node["reftype"], ROLES["p"])
        result = nodes.inline("", "", classes=["citation"])
        known: list[tuple[CitationTarget, Paper]] = []
        for target in parse_citation_targets(node["reftarget"]):
            paper = catalogue.get(target.key) if target.key in self._numbers else None
            if paper is None:
                logger.warning("no entry %r in the bibliography", target.key, location=node,
                               type="diptych", subtype="unknown-citation-key")  # fmt: skip
                result += nodes.strong("", f"[{target.key}?]")
            else:
                known.append((target, paper))
        if wording.form == "text":
            result += self._textual(wording, known)
        else:
            result += self._grouped(wording, known)
        return result

    def _textual(self, wording: Wording, known: list[tuple[CitationTarget, Paper]]) -> Iterator[nodes.Node]:
        """``Ho et al. [3, Table 2], Yu et al. [7]``."""
        opening, closing = ("[", "]") if self._style == "numbers" else ("(", ")")
        for at, (target, paper) in enumerate(known):
            yield nodes.Text(f"{', ' if at else ''}{self._names(wording, paper)} {opening}")
            yield from self._with_notes(target, [self._link(target, paper, self._label(wording, paper, False))])
            yield nodes.Text(closing)

    def _grouped(self, wording: Wording, known: list[tuple[CitationTarget, Paper]]) -> Iterator[nodes.Node]:
        """``[3, Table 2; 7]``, and the forms that have other brackets or none."""
        brackets = {"year-parenthesis": "()", "parenthesis": "[]" if self._style == "numbers" else "()"}
        opening, closing = brackets.get(wording.form, ("", ""))
        has_notes = any(target.pre or target.post for target, _ in known)
        by_number = self._style == "numbers" and wording.form in ("parenthesis", "bare")
        between = ", " if by_number and not has_notes else "; "
        yield nodes.Text(opening)
        for at, (target, paper) in enumerate(known):
            if at:
                yield nodes.Text(between)
            yield from self._with_notes(target, [self._link(target, paper, self._label(wording, paper, True))])
        yield nodes.Text(closing)

    def _with_notes(self, target: CitationTarget, middle: list[nodes.Node]) -> Iterator[nodes.Node]:
        if target.pre:
            yield nodes.Text(f"{target.pre} ")
        yield from middle
        if target.post:
            yield nodes.Text(f", {target.post}")

    def _label(self, wording: Wording, paper: Paper, with_names: bool) -> str:
        if wording.form == "author":
            return self._names(wording, paper)
        year = f"{paper.year}{self._letters.get(paper.key, '')}"
        if wording.form.startswith("year"):
            return year
        if self._style == "numbers":
            return str(self._numbers[paper.key])
        return f"{self._names(wording, paper)}, {year}" if with_names else year

    def _names(self, wording: Wording, paper: Paper) -> str:
        names = paper.all_authors if wording.full else paper.short_authors
        return names[:1].upper() + names[1:] if wording.capital else names

    def _link(self, target: CitationTarget, paper: Paper, label: str) -> nodes.reference:
        places = self._cited[paper.key]
        places.append(f"cite-{paper.key}-{len(places) + 1}")
        title = f"{paper.short_authors}, {paper.year}"
        return nodes.reference(
            "", label, internal=True, refid=f"ref-{paper.key}", ids=[places[-1]], reftitle=title,
            classes=["citation-link"],
        )  # fmt: skip

    def listing(self, papers: list[Paper]) -> nodes.section:
        """The list of references."""
        section = nodes.section(ids=["references"], classes=["references"])
        section += nodes.title(TITLE, TITLE)
        if self._style == "numbers":
            entries = nodes.enumerated_list(enumtype="arabic", prefix="[", suffix="]", classes=["references-list"])
        else:
            entries = nodes.bullet_list(classes=["references-list", "author-year"])
        for paper in papers:
            entry = paper.reference.deepcopy()
            if letter := self._letters.get(paper.key):
                _add_letter(entry, paper.year, letter)
            entry += self._back_links(paper)
            entries += nodes.list_item("", entry, ids=[f"ref-{paper.key}"])
        section += entries
        return section

    def _back_links(self, paper: Paper) -> Iterator[nodes.Node]:
        """A small link for each place that cites the entry."""
        places = self._cited[paper.key]
        if not places:
            return
        links = nodes.inline("", " ↑", classes=["back-links"])
        for at, place in enumerate(places, 1):
            link = nodes.reference("", str(at), internal=True, refid=place, reftitle=f"Citation {at}")
            links += [nodes.Text(" "), link]
        yield links


def year_letters(papers: list[Paper]) -> dict[str, str]:
    """``a``, ``b``, ... for papers that the same names and year stand for, in the order of the list, as natbib does."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for paper in papers:
        groups[paper.short_authors, paper.year].append(paper.key)
    alike = [keys for keys in groups.values() if len(keys) > 1]
    return {key: chr(ord("a") + at) if at < 26 else str(at + 1) for keys in alike for at, key in enumerate(keys)}


def _add_letter(entry: nodes.Element, year: str, letter: str) -> None:
    """Put ``letter`` behind the last mention of ``year`` in the text of a full citation."""
    for text in reversed(list(entry.findall(nodes.Text))):
        before, found, after = str(text).rpartition(year)
        if found and not isinstance(text.parent, nodes.reference):
            text.parent.replace(text, nodes.Text(f"{before}{found}{letter}{after}"))
            return
