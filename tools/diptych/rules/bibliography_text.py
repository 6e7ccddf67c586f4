"""BIB: characters in entries that were damaged on the way, or that TeX takes for commands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from diptych.diagnostics import Severity
from diptych.model.bibliography import Field, Wording
from diptych.model.views import Survey
from diptych.model.words import BLANK, INVISIBLE
from diptych.rules.registry import Finding, corpus_rule

_PRINTED = (
    "title", "preprinttitle", "author", "editor", "journal", "booktitle", "series", "publisher", "school",
    "institution", "organization", "howpublished", "address", "edition", "note", "subtitle",
)  # fmt: skip
"""Fields whose text TeX sets."""
_TAIL = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ\xa0-¿"
"""What the later bytes of a UTF-8 character look like when they are read as Windows-1252 or Latin-1."""
_MOJIBAKE = re.compile(f"[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|ï¿½|ï»¿|\ufffd")
_INVISIBLE = re.compile(rf"[{INVISIBLE}{BLANK}\x0b\x0c\x1c-\x1f\u2028\u2029]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|span|p|br|tt|u|(?:jats|mml):[a-z]+)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_SPECIAL = re.compile(r"\\(?:url|href|path|nolinkurl)\s*\{[^{}]*\}|\\.|\$[^$]*\$|[&%#_^]", re.DOTALL)
_SPECIALS = re.compile(r"[&%#_^]")
_BLANK = " \t\n\r"
_UNTIDY = _BLANK + ",;."
_NAMED = {"amp": "\\&", "lt": "$<$", "gt": "$>$", "quot": "``...''", "apos": "'", "nbsp": "~"}


@corpus_rule("BIB050", "broken-encoding")
def broken_encoding(corpus: Survey) -> Iterator[Finding]:
    """Letters were damaged by a wrong encoding, or an invisible character hides in the text.

    ## Why
    `Ã©` was an `é` once. Characters that cannot be seen break searching, sorting and TeX.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {LaurÃ©ne, C.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Oth�r}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {{Ã} and Éé}, author = {Laur{\\'e}ne, C. and Müller, Åsa}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, wording in _suspect(corpus, _may_be_broken):
        for damaged in _MOJIBAKE.finditer(wording.text):
            meant = _repaired(damaged[0])
            if meant is not None:
                hint = f'it was probably "{meant}"' if meant else "look the text up: the character is lost"
                message = f'"{damaged[0]}" is what a wrong encoding left of a character'
                yield Finding(wording.span(*damaged.span()), message, hint)
        for hidden in _INVISIBLE.finditer(wording.text):
            message = f"an invisible character stands here, U+{ord(hidden[0]):04X}"
            yield Finding(wording.span(*hidden.span()), message, "remove it")


@corpus_rule("BIB051", "html-in-entry")
def html_in_entry(corpus: Survey) -> Iterator[Finding]:
    """An entry holds mark-up of HTML.

    ## Why
    BibTeX prints `&amp;` and `<i>` letter by letter. They come from web pages that export entries carelessly.

    ## Fails
    ```bib
    @article{cy2019other, title = {Other}, author = {Cy, C.}, journal = {Letters &amp; Digits}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {The <i>Other</i>}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other \\& $a<b$}, author = {Cy, C.}, year = {2019},
      url = {https://example.org/?a=1&b=2}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, wording in _suspect(corpus, lambda text: _ENTITY.search(text) or _TAG.search(text), *_PRINTED, "pages"):
        for entity in _ENTITY.finditer(wording.text):
            meant = _NAMED.get(entity[0][1:-1].lower())
            hint = f"write {meant}" if meant else "write the character itself"
            yield Finding(wording.span(*entity.span()), f'"{entity[0]}" is HTML', hint)
        for tag in _TAG.finditer(wording.text):
            yield Finding(wording.span(*tag.span()), f'"{tag[0]}" is HTML', "remove it, or use a command of TeX")


@corpus_rule("BIB052", "unescaped-character")
def unescaped_character(corpus: Survey) -> Iterator[Finding]:
    """A character that TeX takes for a command stands unescaped in text that is printed.

    ## Why
    `%` hides the rest of the line, and `&`, `#`, `_` and `^` stop TeX. A backslash before them prints them.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other & Same}, author = {Cy, C.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, note = {100% of sort_all}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other \\& Same $a_1^2$}, author = {Cy, C.},
      note = {See \\url{https://example.org/a_b#c}},
      url = {https://example.org/a_b?c=%20&d#e}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for item, wording in _suspect(corpus, _SPECIALS.search, *_PRINTED):
        entities = {entity.start() for entity in _ENTITY.finditer(wording.text)}
        for special in _SPECIAL.finditer(wording.text):
            character = special[0]
            if len(character) > 1 or special.start() in entities or _is_in_entity(wording.text, special.start()):
                continue
            message = f'"{character}" in the {item.name} is a command of TeX'
            hint = f"write \\{character}" if character != "^" else "write it within $...$"
            yield Finding(wording.span(*special.span()), message, hint)


@corpus_rule("BIB053", "decomposed-character", Severity.WARNING)
def decomposed_character(corpus: Survey) -> Iterator[Finding]:
    """An accented letter is written as two characters, the letter and its accent.

    ## Why
    It looks right, but is not found by searching, sorts wrongly, and TeX may set the accent beside the letter. Text
    copied from PDF files is often written so.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Laure\u0301ne, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Laur\u00e9ne, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, wording in _suspect(corpus, _is_unnormalised):
        text = wording.text
        start, end = _first_unnormalised(text)
        message = f'"{text[start:end]}" is written as {end - start} characters instead of one'
        if end - start == 1:
            message = f'"{text[start:end]}" is a double of another character'
        hint = f'write "{unicodedata.normalize("NFC", text[start:end])}", as one character'
        yield Finding(wording.span(start, end), message, hint)


@corpus_rule("BIB054", "untidy-end", Severity.WARNING)
def untidy_end(corpus: Survey) -> Iterator[Finding]:
    """A value begins or ends with what the style adds itself: a space, a comma, or the full stop of a title.

    ## Why
    It is printed twice.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other Letters.}, author = {Cy, C.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other Letters}, author = {Cy, C.}, publisher = {Letters,}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other Letters }, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {
        Other Letters \\ldots
      }, author = {Cy, C.}, publisher = {Letters Inc.}, year = {2019}}
    @misc{cy2019same, title = {What Next...}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for _, item in corpus.bibliography.filled():
        wording = corpus.bibliography.wording(item)
        text = wording.text
        if text[0] not in _BLANK and text[-1] not in _UNTIDY:
            continue
        start, end = wording.body
        for left, right in ((0, start), (end, len(text))):
            if left < right and "\n" not in text[left:right] and wording.start is not None:
                message = f'white space stands at the {"end" if left else "beginning"} of the field "{item.name}"'
                yield Finding(wording.span(left, right), message, "remove it")
        last = text[end - 1 : end]
        if last in (",", ";") and item.name not in ("author", "editor"):
            yield Finding(wording.span(end - 1, end), f'the field "{item.name}" ends in "{last}"', "remove it")
        elif item.name == "title" and last == "." and _is_full_stop(text[:end]):
            yield Finding(wording.span(end - 1, end), "the title ends in a full stop", "remove it: the style adds one")


def _suspect(corpus: Survey, find: Callable[[str], object], *names: str) -> Iterator[tuple[Field, Wording]]:
    """The fields in whose text ``find`` finds something; most files are done with in one look."""
    bibliography = corpus.bibliography
    suspect = {path for path, source in bibliography.sources.items() if find(source.text)}
    if suspect:
        for _, item in bibliography.filled(*names):
            if item.value_span.path in suspect and find((wording := bibliography.wording(item)).text):
                yield item, wording


def _may_be_broken(text: str) -> bool:
    return bool((not text.isascii() and _MOJIBAKE.search(text)) or _INVISIBLE.search(text))


def _is_unnormalised(text: str) -> bool:
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def _repaired(damaged: str) -> str | None:
    """What the text was before the damage; empty if that is lost, ``None`` if it may be no damage at all."""
    if damaged in ("\ufffd", "ï¿½"):
        return ""
    data = bytearray()
    for character in damaged:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            data.append(ord(character) & 0xFF)
    try:
        meant = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # Letters of European languages and the usual punctuation: else a pair such as É» may be meant.
    return meant if "\xa0" <= meant <= "\u024f" or "\u2010" <= meant <= "\u2122" or meant == "\ufeff" else None


def _is_in_entity(text: str, at: int) -> bool:
    """Whether the ``#`` at ``at`` belongs to an entity such as ``&#233;``, which has its own rule."""
    return text[at] == "#" and at > 0 and text[at - 1] == "&" and _ENTITY.match(text, at - 1) is not None


def _first_unnormalised(text: str) -> tuple[int, int]:
    """The first letter with its accents that has a shorter or another normal form."""
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and unicodedata.combining(text[at]):
            continue
        if not unicodedata.is_normalized("NFC", text[start:at]):
            return start, at
        start = at
    return 0, len(text)


def _is_full_stop(title: str) -> bool:
    """Whether the dot at the end closes a sentence: not one of three, nor that of an abbreviation."""
    word = re.split(r"[\s{}~-]", title[:-1])[-1]
    return len(word) >= 4 and word.isalpha() and word[1:].islower()
