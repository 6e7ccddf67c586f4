"""Text of BibTeX fields: what it says without TeX, which capitals BibTeX takes away, which names it lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\s*|(.))", re.DOTALL)
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "H": "", "aa": "å", "AA": "Å", "i": "i", "j": "j",
}  # fmt: skip
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\$[^$]*\$|[{}]|[^\W_]+|.", re.DOTALL)
_SEPARATOR = re.compile(r"[{}]|(?<=[\s}])and(?=[\s{])|^and(?=[\s{])|(?<=[\s}])and$", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_GROUP = re.compile(r"\{[^{}]*\}")
_LOWER = re.compile(r"[a-z]")
_MAY_BE_SPOILED = re.compile(r"\w[^\W\d_a-z]|[^\W\d_a-z]\w*\d|\b[^\W\d_a-zA]\b|\$")
_NUMBER_SUFFIX = re.compile(r"-\d[\d.]*(?<!\.)(?!\w)")


def plain(text: str) -> str:
    """``text`` without braces and commands; accents are dropped, not composed: good for comparing."""
    if "\\" in text:
        text = _COMMAND.sub(_spelled, text)
    return text.replace("{", "").replace("}", "").replace("~", " ").replace("$", "")


def _spelled(command: re.Match) -> str:
    """What a command stands for: a letter, a sign, nothing for an accent, its own name for a logo such as \\TeX."""
    name, sign = command[1], command[2]
    if name:
        return _LETTERS.get(name, "" if name.islower() else name)
    return sign if sign in "&%#_$ " else ""


def fold(text: str) -> str:
    """The letters and digits of ``text`` alone, without case and accents: equal for equal titles."""
    text = plain(text).casefold()
    if not text.isascii():
        # Accents become characters of their own, which are no letters.
        text = unicodedata.normalize("NFKD", text)
    return _NO_LETTERS.sub("", text)


def unprotected(title: str) -> Iterator[tuple[int, int]]:
    """Where the words of a title stand whose capitals BibTeX turns into small letters without being told.

    Outside of braces, BibTeX keeps the first letter of the title and of what follows a colon. Title Case is
    meant to be lowered; lost are capitals further inside a word, those of acronyms, beside digits, in
    formulas, and single letters other than the article.
    """
    if not _MAY_BE_SPOILED.search(_GROUP.sub(" ", title) if "{" in title else title):
        return
    depth = 0
    is_first = True
    pending = False
    for token in _TOKEN.finditer(title):
        text = token[0]
        if text == "{":
            depth += 1
            is_first = pending = False
        elif text == "}":
            depth = max(depth - 1, 0)
        elif depth or text[0] == "\\":
            is_first = False
        elif text[0] == "$" and len(text) > 1:
            if _has_capital(text):
                yield token.span()
            is_first = False
        elif text[0].isalnum():
            if _is_spoiled(text, is_first):
                yield token.span()
            is_first = pending = False
        elif text.isspace():
            is_first = is_first or pending
            pending = False
        else:
            pending = text == ":"


def _has_capital(text: str) -> bool:
    return any(character.isupper() for character in text)


def _is_spoiled(word: str, is_first: bool) -> bool:
    """Whether small letters would spoil ``word``, of which the first letter is kept if ``is_first``."""
    if _has_capital(word[1:]):
        return True
    if is_first or not word[0].isupper():
        return False
    return word != "A" if len(word) == 1 else any(character.isdigit() for character in word)


def protected(title: str) -> str:
    """``title`` with braces around every word that BibTeX would spoil, with the parts joined to it by hyphens."""
    pieces, at = [], 0
    for start, end in to_protect(title):
        pieces += [title[at:start], "{", title[start:end], "}"]
        at = end
    return "".join([*pieces, title[at:]])


def to_protect(title: str) -> Iterator[tuple[int, int]]:
    """The spans of ``unprotected`` with what a hyphen joins to them, so that ``GPT-4`` gets one pair of braces."""
    waiting: tuple[int, int] | None = None
    for start, end in unprotected(title):
        if number := _NUMBER_SUFFIX.match(title, end):
            end = number.end()
        if waiting and start - waiting[1] == 1 and title[waiting[1]] == "-":
            waiting = (waiting[0], end)
            continue
        if waiting:
            yield waiting
        waiting = (start, end)
    if waiting:
        yield waiting


def is_shouting(text: str, least: int) -> bool:
    """Whether ``text`` is written in capitals throughout and has at least ``least`` letters outside of braces."""
    outside = _GROUP.sub("", text) if "{" in text else text
    if "{" not in outside and _LOWER.search(outside):
        return False
    letters, depth = [], 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth <= 0 and (character.isupper() or character.islower()):  # some scripts have no case
            letters.append(character)
    return len(letters) >= least and all(not letter.islower() for letter in letters)


def split_names(text: str) -> list[tuple[int, int]]:
    """Where each name of a list stands that ``and`` divides outside of braces; empty ones are there too."""
    names, depth, start = [], 0, 0
    for mark in _SEPARATOR.finditer(text):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            names.append(_trim(text, start, mark.start()))
            start = mark.end()
    names.append(_trim(text, start, len(text)))
    return names


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    return start + left, max(start + left, start + len(body.rstrip()))


def bare(text: str) -> list[tuple[int, str]]:
    """The characters outside of braces with their offsets."""
    found, depth = [], 0
    for at, character in enumerate(text):
        depth += character == "{"
        if depth <= 0:
            found.append((at, character))
        depth -= character == "}"
    return found


def surname(name: str) -> str:
    """The family name of one author, folded: what stands before the comma, or the last word."""
    family = name.partition(",")[0] if "," in name else (name.split() or [""])[-1]
    return fold(family)
