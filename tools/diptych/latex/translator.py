"""From one analysis, as docutils sees it, to the LaTeX that a careful author would have typed."""

from __future__ import annotations

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

BIBLIOGRAPHY_STYLES = {"numbers": "unsrtnat", "author-year": "plainnat"}
"""natbib's own styles. Numbers go by first citation, as on the site; names go by the alphabet."""


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
        self.is_anonymous = self.config.diptych_mode == "submission"

    def visit_references(self, node: nodes.Element) -> None:
        """The list of references: BibTeX makes it, natbib heads it."""
        self.wanted = list(node.get("order") or node["keys"])
        if self.wanted:
            style = BIBLIOGRAPHY_STYLES[self.config.diptych_citation_style]
            self.page.skip_line()
            self.page.write(f"{{\\small\n\\bibliographystyle{{{style}}}\n\\bibliography{{{self.slug}}}\n}}\n")
        raise nodes.SkipNode

    def astext(self) -> str:
        """The whole file; what else the build must know of it is left with the builder."""
        paper = self.write()
        self.builder.papers.append(paper)  # type: ignore[attr-defined]  (see output.prepare)
        return paper.text

    def write(self) -> Paper:
        """The whole file, and what else the build must know of it."""
        by_number = self.config.diptych_citation_style == "numbers"
        text = render(
            self.page.text().strip("\n"),
            title=self.title,
            front=self.front,
            mode=self.config.diptych_mode,
            style=choose_style(self.config, self.builder.confdir).name,
            citations=self.config.diptych_citation_style,
            # BibTeX numbers by first citation as LaTeX meets them; footnotes and floats can differ from the page.
            cite_first=self.wanted if by_number and self.cited != self.wanted else [],
        )
        text, lines = split_marks(text)
        return Paper(
            text,
            slug=self.slug,
            source=str(self.builder.env.doc2path(self.docname, base=False)),
            date=self.front.date if self.front else None,
            lines=tuple(lines),
            graphics=tuple(dict.fromkeys(self.graphics)),
            keys=tuple(self.wanted),
        )
