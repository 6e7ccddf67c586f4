"""Latin letters beyond the T1 fonts: built from accents, or taken from a font for Vietnamese."""

from __future__ import annotations

import unicodedata

T1_LAST = 0x17F
"""Up to here (Latin-1, Latin Extended-A) ``inputenc`` and ``fontenc`` set Latin letters as they are."""

MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u ", "\u0307": ".",
    "\u0308": '"', "\u030a": "r ", "\u030b": "H ", "\u030c": "v ", "\u0323": "d ", "\u0327": "c ", "\u0328": "k ",
    "\u0331": "b ",
}  # fmt: skip
"""Combining marks, and the accent commands of LaTeX that set them (T1 fonts stack them)."""

LETTERS = {
    "ł": r"\l", "Ł": r"\L", "ø": r"\o", "Ø": r"\O", "ß": r"\ss", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE",
    "đ": r"\dj", "Đ": r"\DJ", "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH", "ı": r"\i", "ŋ": r"\ng",
    "Ŋ": r"\NG",
}  # fmt: skip

# Letters that accents cannot build (hooks, horns), or not so that readers of the PDF can copy them (dots below, two
# accents on a breve): slots of T5, the encoding of fonts for Vietnamese, in Latin Modern (lm-t5.enc). LaTeX's own
# support for it is in a package that few installations have; the font is everywhere.
_T5 = {
    char: slot
    for first, chars in {
        26: "ỶỷỴỵ", 131: "ẢẠ", 137: "ẨẬ", 140: "ẰẮẴẲẶ", 148: "ẺẸ", 154: "ỂỆ", 159: "Ỉ", 163: "ảạ", 169: "ẩậ",
        172: "ằắẵẳặ", 180: "ẻẹ", 186: "ểệ", 191: "ỉỊ", 196: "ỎỌ", 202: "ỔỘƠỜỚỠỞỢ", 213: "ỦỤƯỪỨỮỬỰ", 224: "ị",
        228: "ỏọ", 234: "ổộơờớỡởợ", 245: "ủụưừứữửự",
    }.items()
    for slot, char in enumerate(chars, first)
}  # fmt: skip
_LATIN_MODERN = {"Ŋ": r"\NG", "ŋ": r"\ng", "ĵ": r"\^{\j}", "ǰ": r"\v{\j}"}
"""Letters for which Times in T1 has only a black box."""
VIETNAMESE = [
    r"\DeclareFontFamily{U}{vietnamese}{}",
    *(
        rf"\DeclareFontShape{{U}}{{vietnamese}}{{{shape}}}{{<-> {font}}}{{}}"
        for shape, font in {
            "m}{n": "t5-lmr10",
            "m}{it": "t5-lmri10",
            "b}{n": "t5-lmbx10",
            "b}{it": "t5-lmbxi10",
            "bx}{n": "t5-lmbx10",
            "bx}{it": "t5-lmbxi10",
        }.items()
    ),
    r"\newcommand{\viet}[1]{{\fontencoding{U}\fontfamily{vietnamese}\selectfont\symbol{#1}}}",
]
"""What the preamble needs for the letters of that font."""


def declare_letters(text: str) -> list[str]:
    """Lines for the preamble that tell LaTeX how to set the letters of ``text`` that it does not know by itself."""
    found = sorted(
        {char for char in unicodedata.normalize("NFC", text) if ord(char) > T1_LAST or char in _LATIN_MODERN}
    )
    lines = [line for char in found if (line := _declaration(char))]
    return [*VIETNAMESE, *lines] if any(char in _T5 for char in found) else lines


def is_letter(char: str) -> bool:
    """Whether ``declare_letters`` knows ``char``."""
    return char in _LATIN_MODERN or spell(char) != char


def _declaration(char: str) -> str:
    if char in _LATIN_MODERN:
        tex = rf"{{\fontfamily{{lmr}}\selectfont{_LATIN_MODERN[char]}}}"
    elif (spelt := spell(char)) != char:
        tex = spelt
    else:
        return ""
    # For bookmarks and metadata, hyperref's own spelling of the character.
    high, low = divmod(ord(char), 256)
    octal = rf"\8{high:o}\{low:03o}" if high < 8 else rf"\9{high:03o}\{low:03o}"
    return rf"\DeclareUnicodeCharacter{{{ord(char):04X}}}{{\texorpdfstring{{{tex}}}{{{octal}}}}} % {char}"


def spell(char: str) -> str:
    """``char`` as accent commands around an ASCII letter, or as it is."""
    if char in _T5:
        return rf"{{\viet{{{_T5[char]}}}}}"
    if char in LETTERS:
        return "{" + LETTERS[char] + "}"
    base, *marks = unicodedata.normalize("NFD", char)
    if not marks or not base.isascii() or any(mark not in MARKS for mark in marks):
        return char
    tex = {"i": r"\i ", "j": r"\j "}.get(base, base) if marks[0] not in "\u0323\u0327\u0328\u0331" else base
    for mark in marks:
        tex = "{\\" + MARKS[mark] + tex + "}"
    return tex
