"""How pages are written that have a source file: as Sphinx does, but for the marks of notes and for names."""

from __future__ import annotations

from docutils import nodes

from diptych.sphinxext.notes import NoteTranslator
from diptych.sphinxext.titles import whole_html


class PageTranslator(NoteTranslator):
    """Keeps names in one piece where lines are short: in headings and in the cells of tables."""

    _depth = 0
    """How many headings and cells are open."""

    def visit_title(self, node: nodes.title) -> None:
        """Open a heading."""
        self._depth += 1
        super().visit_title(node)

    def depart_title(self, node: nodes.title) -> None:
        """Close a heading."""
        super().depart_title(node)
        self._depth -= 1

    def visit_entry(self, node: nodes.entry) -> None:
        """Open a cell."""
        self._depth += 1
        super().visit_entry(node)

    def depart_entry(self, node: nodes.entry) -> None:
        """Close a cell."""
        super().depart_entry(node)
        self._depth -= 1

    def visit_Text(self, node: nodes.Text) -> None:
        """Write a text."""
        before = len(self.body)
        super().visit_Text(node)
        if self._depth and not self.protect_literal_text:
            self.body[before:] = map(whole_html, self.body[before:])
