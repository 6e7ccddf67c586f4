"""BIB: titles and names as BibTeX will print them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from diptych.diagnostics import Severity
from diptych.model.bibliography import Field, Wording
from diptych.model.bibtex import ENTRY_TYPES
from diptych.model.tex import bare, is_shouting, protected, split_names, unprotected
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule

_OTHERS = re.compile(r"\bet\.?[\s~]+al\b\.?|(?<![\w.])(?:\.\.\.|…)", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*(?:jr|sr|[ivx]+|2nd|3rd|phd|md)\.?\s*", re.IGNORECASE)
_MAY_BE_SHORT = re.compile(r"\bothers\b|\bal\b|\.\.\.|…", re.IGNORECASE)
_MAY_BE_MALFORMED = re.compile(
    r"\d|^(?:and|,)|(?:,|\band)$|, ?and\b|\band(?= ?,| and\b)|\{ ?\}|(?:^| )\{* *\}* (?:and|$)|^\W*$", re.IGNORECASE
)
_MAY_SHOUT = re.compile(r"[^\W\d_a-z]{3}")
_INITIAL_FIRST = re.compile(r"(?:^|\band[\s{])\W*[^\W\d_]\.", re.IGNORECASE)
_GROUP = re.compile(r"\{[^{}]*\}")
_INITIAL = re.compile(r"[^\W\d_]\.")


@corpus_rule("BIB040", "unprotected-capitals", Severity.WARNING)
def unprotected_capitals(corpus: Survey) -> Iterator[Finding]:
    """A title holds capitals that BibTeX will turn into small letters.

    ## Why
    Most styles print titles in sentence case, so `3D` becomes `3d` and `BERT` becomes `bert`. What stands in braces is
    left alone. Ordinary Title Case is meant to be lowered and needs no braces.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other Letters in 3D}, author = {Cy, C.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {SortNet: Other Letters}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {{SortNet}: Other Letters of {GPT-4} in {3D}: A Study}, author = {Cy, C.},
      year = {2019}}
    @misc{cy2019same, title = {{All of It Stays AS IT IS}}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy2019same` sort numbers.
    ```
    """
    for entry, item in corpus.bibliography.filled("title"):
        known = ENTRY_TYPES.get(entry.type)
        wording = corpus.bibliography.wording(item)
        lost = list(unprotected(wording.text)) if known and known.is_lowered else []
        if lost and not is_shouting(item.value, corpus.thresholds.shouting_letters):
            for start, end in lost:
                word = wording.text[start:end]
                message = f'BibTeX will print "{word}" in this title as "{word.lower()}"'
                yield Finding(wording.span(start, end), message, f"write {protected_word(wording.text, start)}")


def protected_word(title: str, at: int) -> str:
    """The word at ``at`` as it stands in the mended title, such as ``{GPT-4}``."""
    mended = protected(title)
    opening = mended.find("{" + title[at : at + 1], at)
    return mended[opening : mended.find("}", opening) + 1] if opening >= 0 else "it in braces"


@corpus_rule("BIB041", "truncated-authors")
def truncated_authors(corpus: Survey) -> Iterator[Finding]:
    """A list of authors is cut short with "others" or "et al.".

    ## Why
    The full citation names everybody; the style shortens the list where it should be short.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C. and others}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {C. Cy et al.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C. and Others, Olga}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, wording, start, end in _names(corpus, _MAY_BE_SHORT.search):
        name = wording.text[start:end]
        short = _OTHERS.search(name)
        if name.lower().strip(".") == "others":
            yield Finding(wording.span(start, end), f'"{name}" stands for authors who are not named', "name them all")
        elif short:
            span = wording.span(start + short.start(), start + short.end())
            yield Finding(span, f'"{short[0]}" stands for authors who are not named', "name them all")


@corpus_rule("BIB042", "undivided-authors")
def undivided_authors(corpus: Survey) -> Iterator[Finding]:
    """Authors are divided by commas, semicolons or `&` instead of "and".

    ## Why
    BibTeX divides names at "and" alone; it takes what else stands between two of them for one person.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Carla Cy, Dora Dee, Eve Eff}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {C. Cy, D. Dee}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, Carla; Dee, Dora}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {von der Cy, Jr., Carla and {Dee, Eff \\& Co.}}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for item, wording, start, end in _names(corpus, _may_be_undivided):
        name = wording.text[start:end]
        outside = bare(name)
        sign = next((at for at, character in outside if character in ";&"), None)
        commas = [at for at, character in outside if character == ","]
        if sign is not None:
            is_escaped = name[:sign].endswith("\\")
            span = wording.span(start + sign - is_escaped, start + sign + 1)
            yield Finding(span, f'"{name[sign]}" divides names here', f'write "and" between the {item.name}s')
        elif _holds_several(name, commas):
            message = f'commas divide the names in "{_shortened(name)}"'
            hint = f'write "and" between the {item.name}s, and one of them as Last, First'
            yield Finding(wording.span(start, end), message, hint)


@corpus_rule("BIB043", "malformed-name")
def malformed_name(corpus: Survey) -> Iterator[Finding]:
    """A name in a list is empty, or holds what no name holds.

    ## Why
    An "and" too many makes a person without a name; a digit or a loose comma was copied along with the name.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C. and and Dee, D.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C. and Dee,}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy1, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C. and {Team 42} and Rowland and d'Eff, Eve-Anne}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for item, wording, start, end in _names(corpus, _MAY_BE_MALFORMED.search):
        name = wording.text[start:end]
        digit = next((at for at, character in bare(name) if character.isdecimal()), None)
        if not name.strip("{} "):
            if start == end:  # nothing stands there: point at the "and" behind it, or else at the one before it
                start = start if wording.text[start : start + 3].lower() == "and" else max(start - 3, 0)
                end = min(start + 3, len(wording.text))
            message = f'a name is missing in the list of {item.name}s: "and" stands too often'
            yield Finding(wording.span(start, end), message, "remove it")
        elif name[0] == "," or name[-1] == ",":
            at = start if name[0] == "," else end - 1
            yield Finding(wording.span(at, at + 1), f'a comma too many stands in "{name}"', "remove it")
        elif digit is not None:
            span = wording.span(start + digit, start + digit + 1)
            hint = "remove it, or put braces around the name of a group"
            yield Finding(span, f'a digit stands in the name "{_shortened(name)}"', hint)


@corpus_rule("BIB044", "shouting", Severity.WARNING)
def shouting(corpus: Survey) -> Iterator[Finding]:
    """A title or a name is written in capitals throughout.

    ## Why
    Some publishers export it so. Nothing can tell afterwards which capitals belong to the words.

    ## Fails
    ```bib
    @misc{cy2019other, title = {SORTING OTHER LETTERS}, author = {Cy, C.}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {SMITHERS, JOHN}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {{BERT}}, author = {Cy, CC and LI, X. and {THUDM GROUP}}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    least = corpus.thresholds.shouting_letters
    for _, item in corpus.bibliography.filled("title", "booktitle", "journal"):
        if " " in item.value and is_shouting(item.value, least):
            wording = corpus.bibliography.wording(item)
            yield Finding(wording.span(*wording.body), f"the {item.name} is written in capitals", "write it as printed")
    for _, wording, start, end in _names(corpus, _MAY_SHOUT.search):
        name = wording.text[start:end]
        if _MAY_SHOUT.search(name) and is_shouting(name, least):
            yield Finding(
                wording.span(start, end), f'the name "{name}" is written in capitals', "write it in Title Case"
            )


def _names(corpus: Survey, is_suspect: Callable[[str], object]) -> Iterator[tuple[Field, Wording, int, int]]:
    """Every name of the suspect lists of persons, with its place in the wording.

    Lists of hundreds of names are common, so they are divided only where a first look found something.
    """
    for _, item in corpus.bibliography.filled("author", "editor"):
        if is_suspect(item.value):
            wording = corpus.bibliography.wording(item)
            for start, end in split_names(wording.text):
                yield item, wording, start, end


def _may_be_undivided(names: str) -> bool:
    """Whether a person has several commas, a sign divides, or an initial comes first where there are commas."""
    if ";" in names or "&" in names:
        return True
    if "," not in names:
        return False
    if any(name.count(",") > 1 for name in names.split(" and ")) or _INITIAL_FIRST.search(names):
        return True
    outside = _GROUP.sub("", names) if "{" in names else names
    return "{" in outside or outside.count(" and ") != names.count(" and ")


def _holds_several(name: str, commas: list[int]) -> bool:
    """Whether the commas in ``name`` divide persons, not the parts of one."""
    if not commas:
        return False
    if len(commas) == 1:
        # "C. Cy, D. Dee": no family name begins with an initial and has another word behind it.
        first, second = name[: commas[0]], name[commas[0] + 1 :].strip()
        return bool(_INITIAL.match(first) and " " in first and _INITIAL.match(second) and " " in second)
    return len(commas) > 2 or not _SUFFIX.fullmatch(name[commas[0] + 1 : commas[1]])


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."
