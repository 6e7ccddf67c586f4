"""Notation of other systems, and slips in our own: Markdown shows such text as it was typed.

Each finder looks at a stretch of plain text of the source and says what kind of slip stands where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diptych.parse.dialect import (
    DIRECTIVES,
    ROLES,
    SCHEMES,
    TEX_ENVIRONMENTS_REFUSED,
    TEX_REFUSED,
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One stretch of text that a reader would see as it was typed."""

    kind: str
    start: int
    end: int
    message: str
    hint: str


_SIGNS = re.compile(r"[{\\@:\]$_*`<]")
"""Every slip holds one of these: most text holds none, and is passed over at once."""
_ROLE = re.compile(r"\{([A-Za-z][\w.:-]*)\}([ \t]*)(`?)")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?[ \t]*[\[{]|\\(begin|end|item|LaTeX|TeX|ldots|dots|ref|label)\b")
_AT_KEY = re.compile(r"\[(?:see\s)?-?@[^\]\n]{0,200}\]|(?<![\w.@/\[-])@([A-Za-z][\w:-]*\d[\w:-]*)")
"""A key behind an at sign; such a key in brackets is told apart by the rules about citations."""
_RST_ROLE = re.compile(r"(?<![\w:]):([A-Za-z][\w.+:-]*):$")
_RST_DIRECTIVE = re.compile(r"^\.\. ([A-Za-z][\w:-]*)::")
_ATTRIBUTES = re.compile(r"\{(?:[#.][A-Za-z][\w:-]*|[a-z]+=[\w%.\"'-]+)(?:[ \t]+[#.]?[\w:=%.\"'-]+)*\}")
_SUBSTITUTION = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}")
_MATHS = re.compile(r"(?<!\\)\$\$")
_REFUSED_LINK = re.compile(
    r"(?:\]\([ \t]*(?:<[ \t]*)?|^\[[^\[\]\n]{1,200}\]:[ \t]*<?)(([A-Za-z][A-Za-z0-9+.-]*):[^)>\s]*)"
)
_REFUSED_AUTOLINK = re.compile(r"<((javascript|vbscript|file|data):[^>\s]*)>", re.IGNORECASE)
_MISSING_TARGET = re.compile(r"(?<![\]\w)])\[([^\[\]\n]{1,80})\]\[([^\[\]\n]{0,80})\]")


def slips_in(text: str) -> Iterator[Slip]:
    """The slips in a stretch of plain text, with offsets from its beginning."""
    if not _SIGNS.search(text):
        return
    if "{" in text:
        yield from _in_braces(text)
    if "\\" in text or "$$" in text:
        yield from _tex(text)
    if "@" in text:
        yield from _foreign_citations(text)
    if "]" in text or "<" in text:
        yield from _links(text)
    if match := _RST_DIRECTIVE.match(text):
        yield Slip("rst", *match.span(), f'"{match[0]}" is reStructuredText, it is shown as typed',
                   f"write ```{{{match[1]}}}, and close it with ```")  # fmt: skip


def slip_around_code(before: str, content: str, after: str) -> Slip | None:
    """A slip in the neighbourhood of a stretch of code: ``before`` and ``after`` are the text next to it.

    Offsets count from the end of ``before``; they are negative within it.
    """
    if match := _RST_ROLE.search(before):
        hint = f"write {{{match[1]}}}`{content}`"
        return Slip("rst", match.start() - len(before), 0, f'":{match[1]}:" is reStructuredText, it is shown as typed',
                    hint)  # fmt: skip
    if after.startswith("_") and "<" in content and content.rstrip().endswith(">"):
        text, _, target = content.rstrip()[:-1].rpartition("<")
        hint = f"write [{text.strip()}]({target})"
        return Slip("rst", 0, 0, "a link as in reStructuredText, it is shown as code", hint)
    return None


def _in_braces(text: str) -> Iterator[Slip]:
    for match in _ROLE.finditer(text):
        name = match[1]
        end = match.start() + len(name) + 2
        if _is_escaped(text, match.start()) or not (name in ROLES or name in DIRECTIVES or name.startswith("cite")):
            continue
        if name not in ROLES and name in DIRECTIVES:
            yield Slip("broken-directive", match.start(), end, f'"{{{name}}}" is shown as typed: it opens no directive',
                       f"begin a line with ```{{{name}}} or :::{{{name}}}")  # fmt: skip
            continue
        if match[2] and match.end() == len(text):
            message = f'"{{{name}}}" is shown as typed: a space separates it from its backtick'
        elif match[3]:
            message = f'"{{{name}}}" is shown as typed: the closing backtick is missing'
        else:
            message = f'"{{{name}}}" is shown as typed: no backtick follows it'
        yield Slip("broken-role", match.start(), end, message, f"write {{{name}}}`...`")
    for match in _ATTRIBUTES.finditer(text):
        if not _is_escaped(text, match.start()):
            yield Slip("attributes", *match.span(), f'"{match[0]}" is shown as typed: it sets no attributes',
                       "use the options of a directive, such as :name: and :width:")  # fmt: skip
    for match in _SUBSTITUTION.finditer(text):
        yield Slip("attributes", *match.span(), f'"{match[0]}" is shown as typed: nothing is put in its place',
                   "write the text itself")  # fmt: skip


def _tex(text: str) -> Iterator[Slip]:
    for match in _COMMAND.finditer(text):
        name = match[1] or match[2]
        if not _is_escaped(text, match.start()) and not name.lower().startswith("cite"):
            end = match.start() + 1 + len(name)
            yield Slip("latex", match.start(), end, f'"\\{name}" is shown as typed: LaTeX is not read in text',
                       _TEX_HINTS.get(name.rstrip("*"), "use Markdown; put formulas between dollar signs"))  # fmt: skip
    for match in _MATHS.finditer(text):
        yield Slip("open-maths", *match.span(), '"$$" is shown as typed: the formula does not end',
                   "close it with $$ in the same paragraph, and leave an empty line around it")  # fmt: skip


_TEX_HINTS = {
    **dict.fromkeys(("parencite", "autocite"), "write {cite:p}`key`"),
    "textcite": "write {cite:t}`key`",
    **dict.fromkeys(("ref", "autoref", "cref", "Cref"), "write {numref}`name`"),
    "eqref": "write {eq}`name`",
    **dict.fromkeys(("textbf", "bfseries"), "write **bold**"),
    **dict.fromkeys(("textit", "emph"), "write *emphasis*"),
    "texttt": "write `code`",
    "footnote": "write [^name], and [^name]: the note in a paragraph of its own",
    "section": "write ## Heading",
    "subsection": "write ### Heading",
    "url": "write <https://...>, or better cite an entry",
    "href": "write [text](https://...)",
    "label": "write (name)= in a line of its own above what it names",
    "includegraphics": "use the figure directive",
    "item": "begin the line with a dash",
}


def _foreign_citations(text: str) -> Iterator[Slip]:
    for match in _AT_KEY.finditer(text):
        if match[1]:
            yield Slip("at-key", *match.span(), f'"{match[0]}" is shown as typed: it cites nothing',
                       f"write {{cite:t}}`{match[1]}`")  # fmt: skip


def _links(text: str) -> Iterator[Slip]:
    for match in (*_REFUSED_LINK.finditer(text), *_REFUSED_AUTOLINK.finditer(text)):
        if match[2].lower() not in SCHEMES:
            yield Slip("foreign-link", *match.span(1), f'a link must not begin with "{match[2]}:"',
                       "link to an address that begins with https://")  # fmt: skip
    for match in _MISSING_TARGET.finditer(text):
        if not _is_escaped(text, match.start()):
            label = match[2] or match[1]
            hint = f"add [{label}]: https://... in a paragraph of its own, or write [text](https://...)"
            message = f'"{match[0]}" is shown as typed: nothing defines "{label}"'
            yield Slip("missing-definition", *match.span(), message, hint)


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before ``at``."""
    count = at
    while count > 0 and text[count - 1] == "\\":
        count -= 1
    return (at - count) % 2 == 1


# -- formulas

_TEX_COMMAND = re.compile(r"\\([A-Za-z]+|.)|\^\^[0-9a-f?-~]", re.DOTALL)
_TEX_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}")


def refused_in_maths(text: str) -> Iterator[Slip]:
    """What a formula must not hold, with offsets in ``text``."""
    if "\\" not in text and "^^" not in text:
        return
    hint = "a formula is notation only; leave out what reads files, runs code or defines commands"
    for match in _TEX_COMMAND.finditer(text):
        name = match[1]
        if name is None:
            yield Slip("unsafe-maths", *match.span(), f'"{match[0]}" spells a character by its code', hint)
        elif name in TEX_REFUSED or name.startswith(("pdf", "lua", "write")):
            yield Slip("unsafe-maths", *match.span(), f'"\\{name}" has no place in a formula', hint)
    for match in _TEX_ENVIRONMENT.finditer(text):
        if match[1] in TEX_ENVIRONMENTS_REFUSED:
            yield Slip("unsafe-maths", *match.span(), f'the environment "{match[1]}" has no place in a formula', hint)
