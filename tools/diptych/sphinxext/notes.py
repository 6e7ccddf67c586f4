"""Footnotes on a page: each stands with the block that refers to it, where a style sheet can set it into the margin.

Their marks are raised and have no brackets: numbers in brackets are citations.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

CLASS = "noted"
"""Of the box around a block and its notes."""


def set_notes(document: nodes.document, notes: list[nodes.footnote]) -> list[nodes.footnote]:
    """Put each note behind the block that first refers to it; return those that nothing refers to."""
    blocks = {
        id: block
        for mark in document.findall(nodes.footnote_reference)
        if (block := _block(mark)) is not None
        for id in mark["ids"]
    }
    left, boxes = [], {}
    for note in notes:
        block = next((blocks[id] for id in note["backrefs"] if id in blocks), None)
        if block is None:
            left.append(note)
            continue
        if block not in boxes:
            boxes[block] = nodes.container(classes=[CLASS])
            block.replace_self(boxes[block])
            boxes[block] += block
        boxes[block] += note
    return left


def without_notes(block: nodes.Node) -> nodes.Node:
    """``block`` itself where it stands in a box with its notes."""
    return block.children[0] if isinstance(block, nodes.container) and CLASS in block["classes"] else block


class NoteTranslator(HTML5Translator):
    """Sphinx's writer of pages, but for the marks of notes, which would read like citations."""

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        """Write the mark in the text. What is read aloud says that it is a note's."""
        target, id, number = escape(node["refid"]), escape(node["ids"][0]), self.encode(node.astext())
        self.body.append(
            f'<a class="footnote-reference" href="#{target}" id="{id}" role="doc-noteref" aria-label="Note {number}">'
            f"<sup>{number}</sup></a>"
        )
        raise nodes.SkipNode

    def visit_label(self, node: nodes.label) -> None:
        """Write the number before a note, which leads back to its mark; letters lead to each of several."""
        if not isinstance(node.parent, nodes.footnote):
            super().visit_label(node)
            return
        number, back = self.encode(node.astext()), node.parent.get("backrefs", [])
        if len(back) == 1:
            number = _back(back[0], number, f"Back to mark {number}")
        self.body.append(f'<span class="label"><sup>{number}</sup></span>\n')
        if len(back) > 1:
            marks = " ".join(_back(id, letters(at), f"Back to mark {letters(at)}") for at, id in enumerate(back))
            self.body.append(f'<span class="backrefs">{marks}</span>\n')
        raise nodes.SkipNode


def letters(at: int) -> str:
    """``a`` for 0, ``z`` for 25, ``aa`` for 26 and so on."""
    before, last = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("a") + last)


def _back(id: str, text: str, label: str) -> str:
    return f'<a role="doc-backlink" href="#{escape(id)}" aria-label="{label}">{text}</a>'


def _block(mark: nodes.Node) -> nodes.Element | None:
    """The block of a section that holds ``mark``; a heading is none, as its notes would part it from its text."""
    node = mark
    while node.parent is not None and not isinstance(node.parent, nodes.section):
        node = node.parent
    return None if node.parent is None or isinstance(node, nodes.title) else node
