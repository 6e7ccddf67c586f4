"""Rules for footnotes, which LaTeX loses in floats, tables and headings unless mark and text go apart."""

from __future__ import annotations

from docutils import nodes
from sphinx.builders.latex.nodes import footnotemark, footnotetext

from diptych.latex.page import trim
from diptych.latex.writer import Writer


class NoteRules(Writer):
    """Footnotes. Sphinx has already put each of them where it is first referred to."""

    holding_notes = 0
    """Greater than 0 where LaTeX would lose the text of a footnote."""

    def hold_notes(self) -> None:
        """From here on write marks only."""
        self.holding_notes += 1

    def release_notes(self) -> None:
        """Write the texts that were held back since ``hold_notes``, unless something around still holds them."""
        self.holding_notes -= 1
        if not self.holding_notes:
            for number, text in sorted(self.held_notes):
                self._write_text(number, text)
            self.held_notes = []

    def visit_footnote(self, node: nodes.footnote) -> None:
        self.after_marker = False
        if self.holding_notes:
            self.page.write(rf"\footnotemark[{_number(node)}]")
            self.capture()
        else:
            self.capture()

    def depart_footnote(self, node: nodes.footnote) -> None:
        text = trim(self.captured())
        if self.holding_notes:
            self.held_notes.append((_number(node), text))
        else:
            self.page.write(rf"\footnote{{{text}}}")

    def visit_label(self, node: nodes.label) -> None:
        """A footnote's number: LaTeX counts itself."""
        raise nodes.SkipNode

    def visit_footnotemark(self, node: footnotemark) -> None:
        """A further reference to a footnote, or one from a heading or a caption, whose text follows later."""
        around = node.parent
        while around is not None and not isinstance(around, (nodes.title, nodes.caption)):
            around = around.parent
        protect = r"\protect" if around is not None else ""  # headings and captions are written to other files too
        self.page.write(rf"{protect}\footnotemark[{node.astext()}]")
        raise nodes.SkipNode

    def visit_footnotetext(self, node: footnotetext) -> None:
        self.capture()

    def depart_footnotetext(self, node: footnotetext) -> None:
        note = (_number(node), trim(self.captured()))
        if self.holding_notes:
            self.held_notes.append(note)
        else:
            self._write_text(*note)

    def _write_text(self, number: int, text: str) -> None:
        self.page.end_line()
        # An explicit number does not count, so the next footnote must be told where to go on.
        self.page.write(f"\\footnotetext[{number}]{{{text}}}\\setcounter{{footnote}}{{{number}}}%\n")


def _number(node: nodes.Element) -> int:
    return int(node[0].astext())
