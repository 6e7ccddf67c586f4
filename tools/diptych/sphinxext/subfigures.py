"""Figures of several pictures side by side, under one number."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.nodes import Node
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from diptych.sphinxext.nodes import subfigure

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class SubfiguresDirective(SphinxDirective):
    """``{subfigures}`` around several ``{figure}``: one figure with one number; the text below them is its caption.

    The parts are lettered in order; the width of each is a share of the line.
    """

    has_content = True
    option_spec: ClassVar = {"name": directives.unchanged, "class": directives.class_option}

    def run(self) -> list[Node]:
        box = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, box)
        figure = nodes.figure(classes=["subfigures", *self.options.get("class", [])])
        self.set_source_info(figure)
        parts = [child for child in box if isinstance(child, nodes.figure)]
        if len(parts) > len(LETTERS):
            raise self.error(f"a figure can have at most {len(LETTERS)} parts")
        figure += [_part(part, letter) for part, letter in zip(parts, LETTERS, strict=False)]
        texts = [child for child in box if not isinstance(child, nodes.figure)]
        if texts and isinstance(texts[0], nodes.paragraph):
            caption = nodes.caption("", "", *texts[0].children)
            caption.source, caption.line = texts[0].source, texts[0].line
            figure += caption
        if texts[1:]:
            figure += nodes.legend("", *texts[1:])
        self.add_name(figure)
        return [figure]


def _part(figure: nodes.figure, letter: str) -> subfigure:
    """One picture with its own words; the picture's width becomes that of the whole part."""
    part = subfigure(width="")
    part.source, part.line = figure.source, figure.line
    words = nodes.paragraph("", f"({letter})", classes=["subcaption"])
    words.source, words.line = figure.source, figure.line
    for child in figure:
        if isinstance(child, nodes.image):
            width = child.attributes.pop("width", "")
            part["width"] = width if width.endswith("%") else ""
            part += child
        elif isinstance(child, nodes.caption):
            words.source, words.line = child.source, child.line
            words += [nodes.Text(" "), *child.children]
    part += words
    return part
