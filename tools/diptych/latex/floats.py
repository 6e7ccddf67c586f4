"""Rules for figures and pictures."""

from __future__ import annotations

import re

from docutils import nodes

from diptych.latex.characters import escape_text
from diptych.latex.page import clean, flatten, trim
from diptych.latex.writer import Writer
from diptych.sphinxext.nodes import subfigure

_LENGTH = re.compile(r"([0-9]*\.?[0-9]+)\s*(%|px|pt|in|cm|mm|pc|em|ex|)")
_UNITS = {"px": (0.75, "bp"), "": (0.75, "bp"), "pt": (1.0, "bp")}
"""CSS lengths that TeX calls otherwise: a pixel is 1/96 inch, a CSS point is TeX's bp."""


_SIDES = {"left": "", "right": "\\hspace*{\\fill}%\n"}
"""What stands before a figure that is not centred."""


class FigureRules(Writer):
    """Figures float, with their captions below; a picture without a figure stands where it is."""

    def visit_figure(self, node: nodes.figure) -> None:
        self.page.skip_line()
        self.page.mark(node.line)
        self.page.write("\\begin{figure}\n")
        self.page.write(_SIDES.get(node.get("align", ""), "\\centering\n"))
        self.hold_notes()

    def depart_figure(self, node: nodes.figure) -> None:
        self.page.end_line()
        self.page.write("\\end{figure}\n")
        self.release_notes()

    def visit_subfigure(self, node: subfigure) -> None:
        """One picture of several, with its words below it; the next one stands beside it where there is room."""
        self.page.end_line()
        width = self._share(node)
        self.page.write(f"\\begin{{minipage}}[t]{{{width}}}\n\\centering\n")

    def depart_subfigure(self, node: subfigure) -> None:
        siblings = [child for child in node.parent if isinstance(child, subfigure)]
        self.page.end_line()
        self.page.write("\\end{minipage}\n" if node is siblings[-1] else "\\end{minipage}\\hfill\n")

    def _share(self, node: subfigure) -> str:
        count = sum(isinstance(child, subfigure) for child in node.parent)
        amount = float(node["width"].removesuffix("%")) if node["width"] else int(98 / count)
        return rf"{amount / 100:g}\linewidth"

    def visit_caption(self, node: nodes.caption) -> None:
        self.capture()
        self.page.mark(node.line)

    def depart_caption(self, node: nodes.caption) -> None:
        """The caption, and after it what else the figure says, as one."""
        text = trim(self.captured())
        legend = next((child for child in node.parent if isinstance(child, nodes.legend)), None)
        if legend is not None:
            self.capture()
            for child in legend:
                child.walkabout(self)
            text = f"{text}\n{flatten(self.captured())}"
        self.page_caption(text, node.parent)

    def visit_legend(self, node: nodes.legend) -> None:
        """Written with the caption."""
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        uri = node["uri"]
        name = self.builder.images.get(uri)
        if name is None:
            self.refuse(node, f'the picture "{uri}" cannot be put into a paper', "use SVG, PDF, PNG or JPEG")
            raise nodes.SkipNode
        self.graphics.append(name)
        options = [f"{key}={self._length(node, key)}" for key in ("width", "height") if key in node]
        if not options:
            options = [r"width=\linewidth" if isinstance(node.parent, subfigure) else r"width=\atmostline"]
        if alt := " ".join(node.get("alt", "").split()):
            options.append(f"alt={{{escape_text(clean(alt))}}}")
        command = rf"\includegraphics[{', '.join(options)}]{{{name}}}"
        if isinstance(node.parent, (nodes.figure, subfigure)):
            self.page.end_line()
            self.page.write(f"{command}\n")
        elif isinstance(node.parent, nodes.section):
            self.page.skip_line()
            name = {"left": "flushleft", "right": "flushright"}.get(node.get("align", ""), "center")
            self.page.write(f"\\begin{{{name}}}\n{command}\n\\end{{{name}}}\n")
        else:
            self.page.write(command)
        raise nodes.SkipNode

    def _length(self, node: nodes.image, key: str) -> str:
        match = _LENGTH.fullmatch(node[key].strip())
        if match is None:
            hint = "write a percentage, or a number with px, pt, cm, mm or in"
            self.refuse(node, f'"{node[key]}" is not a length', hint)
            return "0pt"
        amount, unit = float(match[1]) * node.get("scale", 100) / 100, match[2]
        if unit == "%":
            return r"\linewidth" if amount == 100 else rf"{amount / 100:g}\linewidth"
        factor, name = _UNITS.get(unit, (1.0, unit))
        return f"{amount * factor:g}{name}"
