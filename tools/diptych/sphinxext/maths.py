"""Mathematics as MathML, made when the page is written: readable without scripts and without another host."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert_to_element
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

ELEMENTS = frozenset({
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover", "none",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linethickness", "lspace", "mathcolor", "mathsize", "mathvariant",
    "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel",
    "separator", "stretchy", "symmetric", "voffset", "width",
})  # fmt: skip
"""What formulas may become. The converter knows ``\\href``, ``\\style`` and ``\\class``; pages of strangers do not."""

ENVIRONMENTS = {
    **dict.fromkeys(("align", "align*", "aligned", "alignat*", "eqnarray*"), "split"),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*"), "matrix"),
}
"""What the converter should read instead: it does not know all of amsmath, and must not number lines itself."""
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]+\*?)\}")
_NEGATIVE_SPACE = {"negativethinmathspace": "-0.167em", "negativemediummathspace": "-0.222em"}


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    self.body.append(_written(self, node, "inline"))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on lines of its own, with its number where it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math-block"))
    self.body.append(_written(self, node, "block"))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def mathml(source: str, display: str = "inline") -> str:
    """``source`` in LaTeX as MathML. Raises ``ValueError`` for what cannot be shown."""
    known = _ENVIRONMENT.sub(lambda match: rf"\{match[1]}{{{ENVIRONMENTS.get(match[2], match[2])}}}", source)
    try:
        tree = convert_to_element(known, display=display)
    except Exception as error:  # the library raises errors of many kinds
        raise ValueError(str(error) or type(error).__name__) from error
    for element in tree.iter():
        _clean(element)
    return ElementTree.tostring(tree, encoding="unicode")


def _clean(element: ElementTree.Element) -> None:
    """Keep what formulas are made of. The converter leaves its text half escaped, so it is taken back first."""
    if element.tag not in ELEMENTS:
        raise ValueError(f"it would need <{element.tag}>")
    element.text = html.unescape(element.text) if element.text else None
    if element.text and element.text.startswith("\\") and len(element.text) > 1:
        raise ValueError(f"unknown command {element.text}")
    for name in set(element.attrib) - ATTRIBUTES:
        del element.attrib[name]
    if element.get("width") in _NEGATIVE_SPACE:
        element.set("width", _NEGATIVE_SPACE[element.get("width", "")])


def _written(self: HTML5Translator, node: nodes.Element, display: str) -> str:
    source = node.astext()
    try:
        return mathml(source, display)
    except ValueError as error:
        logger.warning(
            "this formula cannot be shown on the site: %s", error, location=node, type="diptych", subtype="maths"
        )
        return f"<code>{self.encode(source)}</code>"


def register(app: Sphinx) -> None:
    """Make it available as ``html_math_renderer = "mathml"``."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
