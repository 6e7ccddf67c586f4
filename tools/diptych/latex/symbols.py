"""Symbols of mathematics and Greek letters as TeX's commands."""

from __future__ import annotations

import re
import unicodedata

SYMBOLS = {
    "≈": r"\approx", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≡": r"\equiv", "≪": r"\ll", "≫": r"\gg",
    "∼": r"\sim", "≃": r"\simeq", "≅": r"\cong", "∝": r"\propto", "±": r"\pm", "∓": r"\mp", "×": r"\times",
    "÷": r"\div", "·": r"\cdot", "⋅": r"\cdot", "∗": r"\ast", "∘": r"\circ", "−": "-", "⊕": r"\oplus",
    "⊗": r"\otimes", "⊙": r"\odot", "∈": r"\in", "∉": r"\notin", "∋": r"\ni", "⊂": r"\subset", "⊆": r"\subseteq",
    "⊃": r"\supset", "⊇": r"\supseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset", "∀": r"\forall",
    "∃": r"\exists", "¬": r"\neg", "∧": r"\wedge", "∨": r"\vee", "∑": r"\sum", "∏": r"\prod", "∫": r"\int",
    "√": r"\surd", "∂": r"\partial", "∇": r"\nabla", "∞": r"\infty", "⊤": r"\top", "⊥": r"\perp", "∥": r"\parallel",
    "∠": r"\angle", "△": r"\triangle", "←": r"\leftarrow", "→": r"\rightarrow", "↑": r"\uparrow",
    "↓": r"\downarrow", "↔": r"\leftrightarrow", "⇐": r"\Leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow",
    "↦": r"\mapsto", "⟨": r"\langle", "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil",
    "⌉": r"\rceil", "ℓ": r"\ell", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℂ": r"\mathbb{C}",
    "𝔼": r"\mathbb{E}", "′": "'", "″": "''", "★": r"\bigstar", "☆": r"\star", "•": r"\bullet", "✓": r"\checkmark",
    "✗": r"\times", "²": "^2", "³": "^3", "¹": "^1", "⁻": "^-", "⁰": "^0", "⁴": "^4", "⁵": "^5", "⁶": "^6",
    "⁷": "^7", "⁸": "^8", "⁹": "^9", "₀": "_0", "₁": "_1", "₂": "_2", "₃": "_3",
    "₄": "_4", "₅": "_5", "₆": "_6", "₇": "_7", "₈": "_8", "₉": "_9",
    "ⁿ": "^n", "ⁱ": "^i", "⁺": "^+", "ᵀ": "^T", "₊": "_+", "₋": "_-", "ᵢ": "_i", "ⱼ": "_j", "ₖ": "_k", "ₙ": "_n",
    "ₘ": "_m", "ₓ": "_x", "ₜ": "_t",
    "≲": r"\lesssim", "≳": r"\gtrsim", "≺": r"\prec", "≻": r"\succ", "⪯": r"\preceq", "⪰": r"\succeq",
    "≐": r"\doteq", "≜": r"\triangleq", "≔": ":=", "≍": r"\asymp", "≮": r"\nless", "≯": r"\ngtr", "≰": r"\nleq",
    "≱": r"\ngeq", "≉": r"\not\approx", "≢": r"\not\equiv", "⊄": r"\not\subset", "⊈": r"\nsubseteq",
    "⊊": r"\subsetneq", "⊏": r"\sqsubset", "⊑": r"\sqsubseteq", "⊒": r"\sqsupseteq", "⊓": r"\sqcap", "⊔": r"\sqcup",
    "⊖": r"\ominus", "⊘": r"\oslash", "⊢": r"\vdash", "⊣": r"\dashv", "⊨": r"\models", "∖": r"\setminus",
    "∙": r"\bullet", "⋆": r"\star", "⋄": r"\diamond", "⋈": r"\bowtie", "∴": r"\therefore", "∵": r"\because",
    "∄": r"\nexists", "∣": r"\mid", "∤": r"\nmid", "∦": r"\nparallel", "∡": r"\measuredangle", "∐": r"\coprod",
    "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint", "∁": r"\complement", "⋀": r"\bigwedge", "⋁": r"\bigvee",
    "⋂": r"\bigcap", "⋃": r"\bigcup", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "⟂": r"\perp",
    "↕": r"\updownarrow", "↗": r"\nearrow", "↘": r"\searrow", "↙": r"\swarrow", "↖": r"\nwarrow", "⇑": r"\Uparrow",
    "⇓": r"\Downarrow", "⟵": r"\longleftarrow", "⟶": r"\longrightarrow", "⟷": r"\longleftrightarrow",
    "⟸": r"\Longleftarrow", "⟹": r"\Longrightarrow", "⟺": r"\Longleftrightarrow", "⟼": r"\longmapsto",
    "↩": r"\hookleftarrow", "↪": r"\hookrightarrow", "↠": r"\twoheadrightarrow", "⇀": r"\rightharpoonup",
    "⇌": r"\rightleftharpoons", "⇄": r"\rightleftarrows", "↛": r"\nrightarrow", "⇏": r"\nRightarrow",
    "□": r"\square", "■": r"\blacksquare", "◇": r"\diamond", "◆": r"\blacklozenge", "○": r"\circ", "●": r"\bullet",
    "▲": r"\blacktriangle", "▼": r"\blacktriangledown", "▽": r"\triangledown", "▷": r"\triangleright",
    "◁": r"\triangleleft", "♠": r"\spadesuit", "♣": r"\clubsuit", "♥": r"\heartsuit", "♦": r"\diamondsuit",
    "♯": r"\sharp", "♭": r"\flat", "♮": r"\natural", "✔": r"\checkmark", "✘": r"\times", "ℏ": r"\hbar",
    "ℵ": r"\aleph", "ℶ": r"\beth", "℘": r"\wp", "ℜ": r"\Re", "ℑ": r"\Im", "℧": r"\mho",
    "ϱ": r"\varrho", "ϖ": r"\varpi", "ϰ": r"\varkappa", "ϝ": r"\digamma", "ϴ": r"\Theta",
    "Α": r"\mathrm{A}", "Β": r"\mathrm{B}", "Ε": r"\mathrm{E}", "Ζ": r"\mathrm{Z}", "Η": r"\mathrm{H}",
    "Ι": r"\mathrm{I}", "Κ": r"\mathrm{K}", "Μ": r"\mathrm{M}", "Ν": r"\mathrm{N}", "Ο": r"\mathrm{O}",
    "Ρ": r"\mathrm{P}", "Τ": r"\mathrm{T}", "Χ": r"\mathrm{X}",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa",
    "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ο": "o", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi",
    "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda",
    "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}  # fmt: skip

_ALPHABETS = {
    "SCRIPT CAPITAL": "mathcal", "BOLD SCRIPT CAPITAL": "mathcal", "DOUBLE-STRUCK CAPITAL": "mathbb",
    "FRAKTUR CAPITAL": "mathfrak", "FRAKTUR SMALL": "mathfrak", "BLACK-LETTER CAPITAL": "mathfrak",
    "BOLD CAPITAL": "mathbf", "BOLD SMALL": "mathbf", "ITALIC CAPITAL": "mathit", "ITALIC SMALL": "mathit",
    "BOLD ITALIC CAPITAL": "boldsymbol", "BOLD ITALIC SMALL": "boldsymbol", "SANS-SERIF CAPITAL": "mathsf",
    "SANS-SERIF SMALL": "mathsf", "MONOSPACE CAPITAL": "mathtt", "MONOSPACE SMALL": "mathtt",
    "BOLD DIGIT": "mathbf", "SANS-SERIF DIGIT": "mathsf", "MONOSPACE DIGIT": "mathtt",
}  # fmt: skip
"""Unicode's alphabets for mathematics and the commands for them."""

_NAME = re.compile(r"(?:MATHEMATICAL )?(.+) (\S+)")
_ACCENTS = {"\u0301": r"\acute", "\u0300": r"\grave", "\u0308": r"\ddot", "\u0304": r"\bar", "\u0306": r"\breve"}


def symbol(char: str) -> str:
    """The command of mathematics for ``char``; empty for one that has none."""
    if known := SYMBOLS.get(char):
        return known
    base, *marks = unicodedata.normalize("NFD", char)
    if marks:
        inner = SYMBOLS.get(base, "")
        if len(marks) > 1 or not inner or marks[0] not in _ACCENTS:
            return ""
        return rf"{_ACCENTS[marks[0]]}{{{inner}}}"
    match = _NAME.fullmatch(unicodedata.name(char, ""))
    plain = unicodedata.normalize("NFKC", char)
    if match is None or len(plain) != 1 or plain == char:
        return ""
    command = _ALPHABETS.get(match[1])
    if command is None or not plain.isascii():
        greek = SYMBOLS.get(plain, "")
        return rf"\boldsymbol{{{greek}}}" if greek and match[1].startswith("BOLD") else greek
    return plain if command == "mathit" else rf"\{command}{{{plain}}}"


def spell_formula(text: str) -> str:
    """``text`` of a formula with the symbols and Greek letters in it as commands."""
    if text.isascii():
        return text

    def spell(match: re.Match[str]) -> str:
        tex = symbol(match[0]) or match[0]
        return f"{tex} " if re.search(r"\\[A-Za-z]+$", tex) else tex

    return re.sub(r"[^\x00-\x7f]", spell, unicodedata.normalize("NFC", text))
