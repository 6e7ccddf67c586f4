"""Characters as TeX writes them: what must be escaped, what T1 fonts lack, what BibTeX can sort."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from diptych.latex.letters import T1_LAST, is_letter, spell
from diptych.latex.symbols import SYMBOLS, symbol

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

# Neighbours that T1 fonts would join into one glyph that nobody typed.
_LIGATURES = re.compile(r"(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=[?!])(?=`)")
_CODE_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=')(?=')")

# An empty group of our own must outlive the escaping: it is written as a character of Unicode's private use area,
# which turns into TeX in the same sweep. Where a source holds that character, LaTeX will name and refuse it.
_HIDDEN_GROUP = "\ue00f"
_REFUSED = {ord(_HIDDEN_GROUP): "\ufffd"}

_SYMBOL_TABLE = {ord(char): f"${tex}$" for char, tex in SYMBOLS.items()}
_TEXT_TABLE: Mapping[int, str] = {
    **_SYMBOL_TABLE,
    **{ord(char): tex for char, tex in (_SPECIAL | _TYPOGRAPHY).items()},
    ord(_HIDDEN_GROUP): "{}",
}
# In verbatim code, $ and ^ are characters like others.
_CODE_TABLE: Mapping[int, str] = {
    **{char: tex for char, tex in _TEXT_TABLE.items() if not tex.startswith("$")},
    **{ord(char): rf"\ensuremath{{{tex}}}" for char, tex in SYMBOLS.items() if tex[0] not in "^_"},
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


_UNKNOWN = frozenset("\u00a8\u00af\u00b4ĦħĸĿŀŉŦŧſ")
_BEYOND = frozenset("ȘșȚțƒ†‡‰‹›⁄€™℃\n\t")


def missing_characters(text: str) -> list[str]:
    """The characters of ``text`` that the fonts of a paper lack, each once.

    LaTeX would name them one by one, or take a bitmap font for them.
    """
    if text.isascii():
        return []
    return [char for char in dict.fromkeys(unicodedata.normalize("NFC", text)) if not _is_known(char)]


def _is_known(char: str) -> bool:
    if char.isascii() or char in _BEYOND or ord(char) in _TEXT_TABLE:
        return True
    return char not in _UNKNOWN if 0xA0 < ord(char) <= T1_LAST else bool(is_letter(char) or symbol(char))


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
    if char not in SYMBOLS:
        return char if is_letter(char) else _TYPOGRAPHY_PLAIN.get(char, _plain_alphabet(char))
    name = unicodedata.name(char, "")
    if name.startswith("GREEK"):
        return name.rpartition(" ")[2].capitalize() if "CAPITAL" in name else name.rpartition(" ")[2].lower()
    ascii_form = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return _SYMBOL_PLAIN.get(char, ascii_form or "?")


def _plain_alphabet(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if symbol(char) and plain.isascii() else char


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
    return "".join(spell(char) if ord(char) > beyond else char for char in unicodedata.normalize("NFC", text))


def spell_for_bibtex(value: str) -> str:
    """The value of a BibTeX field, which may hold TeX mark-up already, in ASCII where LaTeX has a form for it."""
    table = _SYMBOL_TABLE | {ord(char): tex for char, tex in _TYPOGRAPHY.items()}
    return _join_scripts(spell_letters(value).translate(table))


def _escape(text: str, ligatures: re.Pattern[str], table: Mapping[int, str]) -> str:
    if text.isascii():
        return ligatures.sub(_HIDDEN_GROUP, text).translate(table)
    text = unicodedata.normalize("NFC", text.translate(_REFUSED))
    rare = {char for char in text if ord(char) > T1_LAST and ord(char) not in table and not is_letter(char)}
    form = r"\ensuremath{%s}" if table is _CODE_TABLE else "$%s$"
    more = {ord(char): form % tex for char in rare if (tex := symbol(char))}
    return _join_scripts(ligatures.sub(_HIDDEN_GROUP, text).translate({**table, **more} if more else table))


def _join_scripts(text: str) -> str:
    """``$^1$$^2$`` as ``$^{12}$``: neighbouring superscripts, or subscripts, belong together."""
    for script in "^_":
        text = re.sub(
            rf"(?:\$\{script}[0-9a-zT+-]\$){{2,}}",
            lambda run, script=script: f"${script}{{{''.join(re.findall(r'[0-9a-zT+-]', run[0]))}}}$",
            text,
        )
    return text
