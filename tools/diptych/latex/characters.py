"""Characters as TeX writes them: what must be escaped, what T1 fonts lack, what BibTeX can sort."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

T1_LAST = 0x17F
"""Up to here (Latin-1, Latin Extended-A) ``inputenc`` and ``fontenc`` set Latin letters as they are."""

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip

_TYPOGRAPHY = {
    "“": "``", "”": "''", "‘": "`", "’": "'", "„": r"\quotedblbase{}", "‚": r"\quotesinglbase{}",
    "–": "--", "—": "---", "‐": "-", "‑": r"\mbox{-}", "…": r"\ldots{}",
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,", "\u200a": r"\,", "\u2002": r"\enspace{}", "\u2003": r"\quad{}",
    "\u200b": r"\hspace{0pt}", "\u2060": "", "\ufeff": "", "\u00ad": r"\-",
}  # fmt: skip

_SYMBOLS = {
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
    "𝔼": r"\mathbb{E}", "′": "'", "″": "''", "★": r"\star", "•": r"\bullet", "✓": r"\checkmark",
    "✗": r"\times", "²": "^2", "³": "^3", "¹": "^1", "⁻": "^-", "⁰": "^0", "⁴": "^4", "⁵": "^5", "⁶": "^6",
    "⁷": "^7", "⁸": "^8", "⁹": "^9", "₀": "_0", "₁": "_1", "₂": "_2", "₃": "_3",
    "₄": "_4", "₅": "_5", "₆": "_6", "₇": "_7", "₈": "_8", "₉": "_9",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa",
    "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ο": "o", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi",
    "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda",
    "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}  # fmt: skip

_MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u ", "\u0307": ".",
    "\u0308": '"', "\u030a": "r ", "\u030b": "H ", "\u030c": "v ", "\u0323": "d ", "\u0327": "c ", "\u0328": "k ",
    "\u0331": "b ",
}  # fmt: skip
"""Combining marks, and the accent commands of LaTeX that set them (T1 fonts stack them)."""

_LETTERS = {
    "ł": r"\l", "Ł": r"\L", "ø": r"\o", "Ø": r"\O", "ß": r"\ss", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE",
    "đ": r"\dj", "Đ": r"\DJ", "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH", "ı": r"\i", "ŋ": r"\ng",
    "Ŋ": r"\NG",
}  # fmt: skip

# Neighbours that T1 fonts would join into one glyph that nobody typed.
_LIGATURES = re.compile(r"(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=[?!])(?=`)")
_CODE_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=')(?=')")

# TeX of our own must outlive the escaping: it is written in characters of Unicode's private use area, which
# turn into TeX in the same sweep. Where a source holds such characters, LaTeX will name and refuse them.
_HIDE = {ord(char): chr(0xE000 + number) for number, char in enumerate("\\{}~^'`\"=.")}
_SHOW = {ord(hidden): chr(char) for char, hidden in _HIDE.items()} | {0xE00F: "{}"}
_HIDDEN_GROUP = chr(0xE00F)
_REFUSED = dict.fromkeys(range(0xE000, 0xE010), "\ufffd")

_SYMBOL_TABLE = {ord(char): f"${tex}$" for char, tex in _SYMBOLS.items()}
_TEXT_TABLE: Mapping[int, str] = {
    **_SYMBOL_TABLE,
    **{ord(char): tex for char, tex in (_SPECIAL | _TYPOGRAPHY).items()},
    **_SHOW,
}
# In verbatim code, $ and ^ are characters like others.
_CODE_TABLE: Mapping[int, str] = {
    **{char: tex for char, tex in _TEXT_TABLE.items() if not tex.startswith("$")},
    **{ord(char): rf"\ensuremath{{{tex}}}" for char, tex in _SYMBOLS.items() if tex[0] not in "^_"},
    **{ord(char): tex for char, tex in {
        "'": r"\textquotesingle{}", "`": r"\textasciigrave{}", '"': r"\textquotedbl{}",
        "“": r"\textquotedblleft{}", "”": r"\textquotedblright{}", "‘": r"\textquoteleft{}", "’": r"\textquoteright{}",
        "–": r"\textendash{}", "—": r"\textemdash{}",
    }.items()},
}  # fmt: skip


def escape_text(text: str) -> str:
    """``text`` as LaTeX for running text in T1 fonts, with quotes and dashes as an author types them."""
    return _escape(text, _LIGATURES, _TEXT_TABLE)


def escape_code(text: str) -> str:
    """``text`` as LaTeX for typewriter type: every character shows as itself, no ligatures."""
    return _escape(text, _CODE_LIGATURES, _CODE_TABLE)


def escape_plain(text: str) -> str:
    """``text`` as LaTeX for titles, bookmarks and the like within the PDF, which know no mathematics.

    Letters, quotes and dashes stay themselves; Greek letters are spelt out, other symbols left to their ASCII form.
    """
    spelt = "".join(_plain(char) for char in unicodedata.normalize("NFC", text.translate(_REFUSED)))
    special = {ord(char): tex for char, tex in _SPECIAL.items()}
    return " ".join(spelt.split()).translate(special)


def _plain(char: str) -> str:
    if ord(char) <= T1_LAST or char in "“”‘’–—…":
        return char
    if char not in _SYMBOLS:
        return _TYPOGRAPHY_PLAIN.get(char, char) if _spell(char) == char else unicodedata.normalize("NFD", char)[0]
    name = unicodedata.name(char, "")
    if name.startswith("GREEK"):
        return name.rpartition(" ")[2].capitalize() if "CAPITAL" in name else name.rpartition(" ")[2].lower()
    ascii_form = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return _SYMBOL_PLAIN.get(char, ascii_form or "?")


_TYPOGRAPHY_PLAIN = dict.fromkeys("\u202f\u2009\u200a\u2002\u2003", " ") | {"‐": "-", "‑": "-", "\u200b": ""}
_SYMBOL_PLAIN = {"≤": "<=", "≥": ">=", "≈": "~", "∼": "~", "−": "-", "→": "->", "←": "<-", "≠": "!=", "′": "'"}


def escape_address(address: str) -> str:
    r"""A web address for ``\url`` or ``\href`` anywhere, also in a caption or a footnote."""
    quoted = "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in address)
    for char, code in (("\\", "%5C"), ("{", "%7B"), ("}", "%7D"), (" ", "%20"), ("^", "%5E"), ('"', "%22")):
        quoted = quoted.replace(char, code)
    return quoted.replace("%", r"\%").replace("#", r"\#")


def spell_letters(text: str, beyond: int = 0x7F) -> str:
    r"""``text`` with its letters above ``beyond`` in the form BibTeX can sort and shorten: ``ễ`` as ``{\~{\^e}}``.

    BibTeX 0.99d reads bytes, so it would cut a UTF-8 letter in two when it takes an initial.
    """
    return "".join(_spell(char) if ord(char) > beyond else char for char in unicodedata.normalize("NFC", text))


def spell_for_bibtex(value: str) -> str:
    """The value of a BibTeX field, which may hold TeX mark-up already, in ASCII where LaTeX has a form for it."""
    table = _SYMBOL_TABLE | {ord(char): tex for char, tex in _TYPOGRAPHY.items()}
    return _join_scripts(spell_letters(value).translate(table))


def _escape(text: str, ligatures: re.Pattern[str], table: Mapping[int, str]) -> str:
    if text.isascii():
        return ligatures.sub(_HIDDEN_GROUP, text).translate(table)
    text = unicodedata.normalize("NFC", text.translate(_REFUSED))
    text = "".join(_hidden(char) if ord(char) > T1_LAST and ord(char) not in table else char for char in text)
    return _join_scripts(ligatures.sub(_HIDDEN_GROUP, text).translate(table))


def _hidden(char: str) -> str:
    tex = _spell(char)
    return tex if tex == char else tex.translate(_HIDE)


def _join_scripts(text: str) -> str:
    """``$^1$$^2$`` as ``$^{12}$``: neighbouring superscripts, or subscripts, belong together."""
    for script in "^_":
        text = re.sub(
            rf"(?:\$\{script}[0-9-]\$){{2,}}",
            lambda run, script=script: f"${script}{{{''.join(re.findall(r'[0-9-]', run[0]))}}}$",
            text,
        )
    return text


def _spell(char: str) -> str:
    if char in _LETTERS:
        return "{" + _LETTERS[char] + "}"
    base, *marks = unicodedata.normalize("NFD", char)
    if not marks or not base.isascii() or any(mark not in _MARKS for mark in marks):
        return char
    tex = {"i": r"\i ", "j": r"\j "}.get(base, base) if marks[0] not in "\u0323\u0327\u0328\u0331" else base
    for mark in marks:
        tex = "{\\" + _MARKS[mark] + tex + "}"
    return tex

MATHS: Mapping[int, str] = {
    ord(char): f"{tex} " if tex[-1:].isalpha() else tex for char, tex in _SYMBOLS.items() if tex != char
}
"""For ``str.translate``: symbols and Greek letters as commands of mathematics."""
