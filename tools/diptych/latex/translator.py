"""From one analysis, as docutils sees it, to the LaTeX that a careful author would have typed."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.builders.latex import LaTeXBuilder

from diptych.latex.blocks import BlockRules
from diptych.latex.floats import FigureRules
from diptych.latex.inline import InlineRules
from diptych.latex.mathematics import MathRules
from diptych.latex.notes import NoteRules
from diptych.latex.page import split_marks
from diptych.latex.style import choose_style
from diptych.latex.tables import Table, TableRules
from diptych.latex.template import Paper, render
from diptych.model.frontmatter import FrontMatter

BIBLIOGRAPHY_STYLE = "unsrtnat"
"""natbib's own style that leaves entries in the order of their citation: the list of the page gives that order, so
that numbers, and letters such as in 2022a, are the same on the page and in the paper."""


class PaperTranslator(InlineRules, MathRules, BlockRules, NoteRules, TableRules, FigureRules):
    """Sphinx makes one for each paper, walks the document with it, and asks it for the text."""

    def __init__(self, document: nodes.document, builder: LaTeXBuilder, theme: Any) -> None:
        super().__init__(document, builder)
        self.tables: list[Table] = []
        self.held_notes: list[tuple[int, str]] = []
        self.cited: list[str] = []
        self.wanted: list[str] = []
        self.graphics: list[str] = []
        domain: Any = builder.env.get_domain("analysis")
        self.slug: str = domain.slug(self.docname)
        self.front: FrontMatter | None = domain.fronts.get(self.docname)
        self.citation_style: str = domain.citation_style(self.docname)
        self.is_anonymous = self.config.diptych_mode == "submission"
        if self.is_anonymous:
            authors = self.front.authors if self.front else ()
            own = [self.config.html_baseurl, *(text for each in authors for text in (each.email, each.orcid) if text)]
            self.own_addresses = tuple(text.lower().rstrip("/") for text in own if text)
        if self.front:
            self.refuse_missing(document, f"{self.front.authors}{self.front.keywords}")

    def visit_references(self, node: nodes.Element) -> None:
        """The list of references: BibTeX makes it, natbib heads it."""
        self.wanted = list(node.get("order") or node["keys"])
        if self.wanted:
            self.page.skip_line()
            self.page.write(
                f"{{\\small\n\\bibliographystyle{{{BIBLIOGRAPHY_STYLE}}}\n\\bibliography{{{self.slug}}}\n}}\n"
            )
        raise nodes.SkipNode

    def _entries(self) -> str:
        """The text of what it cites."""
        catalogue = self.builder.env.get_domain("analysis").catalogue  # type: ignore[attr-defined]
        return "".join(str(paper.entry) for key in self.wanted if (paper := catalogue.get(key)))

    def astext(self) -> str:
        """The whole file; what else the build must know of it is left with the builder."""
        paper = self.write()
        self.builder.papers.append(paper)  # type: ignore[attr-defined]  (see output.prepare)
        return paper.text

    def write(self) -> Paper:
        """The whole file, and what else the build must know of it."""
        text = render(
            self.page.text().strip("\n"),
            title=self.title,
            front=self.front,
            mode=self.config.diptych_mode,
            style=choose_style(self.config, self.builder.confdir).name,
            citations=self.citation_style,
            # BibTeX lists entries as LaTeX meets them, the page in the order of names.
            entries=self._entries(),
            cite_first=self.wanted if self.cited != self.wanted else [],
        )
        text, lines = split_marks(re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE))
        return Paper(
            text,
            slug=self.slug,
            source=str(self.builder.env.doc2path(self.docname, base=False)),
            date=self.front.date if self.front else None,
            lines=tuple(lines),
            graphics=tuple(dict.fromkeys(self.graphics)),
            keys=tuple(self.wanted),
        )
