"""Mathematics as MathML, made when the page is written: readable without scripts and without another host."""

from __future__ import annotations

import html
import re
import unicodedata
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


_RAISED = dict(zip("0123456789+−-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True))
_LOWERED = dict(zip("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_FANCY = re.compile("[\U0001d400-\U0001d7ff]")
"""Letters in bold, script and the like, which Unicode has twice for formulas."""
_ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "‾": "\u0304", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7"}


def in_letters(source: str) -> str:
    """``source`` in LaTeX as plain text that can be read, such as π₀ or 10⁻³; without its marks if that fails."""
    try:
        tree = ElementTree.fromstring(mathml(source))
    except (ValueError, ElementTree.ParseError):
        return " ".join(re.sub(r"[\\{}$]", " ", source).split())
    text = _FANCY.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), _letters(tree))
    return unicodedata.normalize("NFC", text).strip()


def _letters(element: ElementTree.Element) -> str:
    inner = [_letters(child) for child in element]
    match element.tag, inner:
        case "msub" | "munder", [base, low]:
            return base + _low(base, low)
        case "msup", [base, high]:
            return base + (high if high.strip("′″‴") == "" else _script(high, _RAISED, "^"))
        case "mover", [base, high]:
            return base + (_ACCENTS[high] if high in _ACCENTS else _script(high, _RAISED, "^"))
        case "msubsup" | "munderover", [base, low, high]:
            return base + _low(base, low) + _script(high, _RAISED, "^")
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(inner))}"
        case "mroot", [base, degree]:
            return f"{_script(degree, _RAISED, '')}√{_grouped(base)}"
        case "mspace", _:
            return " "
        case "mphantom", _:
            return ""
    return (element.text or "") + "".join(inner)


def _low(base: str, low: str) -> str:
    """What stands below: small, or after the letter as people write it, as in π0.5."""
    is_number = base[-1:].isalpha() and low.replace(".", "").isdigit()
    return _script(low, _LOWERED, "" if is_number else "_")


def _script(text: str, signs: dict[str, str], otherwise: str) -> str:
    return "".join(map(signs.get, text)) if all(sign in signs for sign in text) else otherwise + _grouped(text)


def _grouped(text: str) -> str:
    """``text`` in parentheses where it is more than one word or number."""
    return text if text.replace(".", "").isalnum() else f"({text})"


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
