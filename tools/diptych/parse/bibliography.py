"""BibTeX files as one bibliography. A broken entry never hides the others.

The library bibtexparser finds where blocks begin and end, and recovers after a broken one. Inside an entry the
reader of fields follows BibTeX's own rules, with the place of every key, name and value.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diptych.diagnostics import Problem
from diptych.model.bibliography import Bibliography, Entry
from diptych.parse.fields import FieldReader
from diptych.parse.suppressions import read_bib_suppressions
from diptych.span import Source

if TYPE_CHECKING:
    from bibtexparser import model as bibtex

_STRAY = re.compile(r"@[ \t]*[^\s@{}(),=]*")
_LOST_FIELD = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"\d]")
_MARK_AT_END = re.compile(r"@\w*[ \t]*")
_TEXT = r"(?:[^{}@\\]++|\\(?![{}]))*+"
_GROUP = rf"\{{{_TEXT}(?:\{{{_TEXT}\}}{_TEXT})*+\}}"
_PLAIN_ENTRY = (
    r"@(?!(?i:string|preamble|comment))[A-Za-z]\w*[ \t]*\{\s*[^\s{}()@\"\\=,]+\s*,"
    rf"(?:\s*[A-Za-z][\w-]*\s*=\s*(?:\{{{_TEXT}(?:{_GROUP}{_TEXT})*+\}}|\d+)\s*+(?:,|(?=\}})))*+\s*\}}"
)
_PLAIN = re.compile(_PLAIN_ENTRY)
_PLAIN_LINE = re.compile(rf"^[ \t]*({_PLAIN_ENTRY})", re.MULTILINE)
_AT_HINT = 'write @type{key, ...}; in a comment, write "at" for an @, which BibTeX takes for the beginning of an entry'


def read_bibliography(sources: Iterable[Source]) -> Bibliography:
    """Read BibTeX files in the given order; a key that occurs twice keeps its first entry."""
    read: dict[str, Source] = {}
    entries: dict[str, Entry] = {}
    folded: dict[str, Entry] = {}
    problems: list[Problem] = []
    for source in sources:
        read[source.path] = source
        found, noted = read_file(source)
        problems += noted
        for entry in found:
            if not entry.key:
                continue
            first = entries.get(entry.key)
            similar = folded.setdefault(entry.key.lower(), entry)
            if first is not None:
                problems.append(_duplicate(entry, first))
                continue
            entries[entry.key] = entry
            if similar is not entry:
                problems.append(_duplicate(entry, similar))
    suppressions = tuple(found for source in read.values() for found in read_bib_suppressions(source))
    return Bibliography(read, entries, tuple(problems), suppressions)


def read_file(source: Source) -> tuple[list[Entry], list[Problem]]:
    """The entries of one file in its order, those with a repeated key among them, and what is wrong with the file."""
    blocks = list(_blocks(source.text))
    reader = FieldReader(source)
    entries: list[Entry] = []
    at, is_after_failure = 0, False
    limits = [*(block.start for block in blocks[1:]), len(source.text)][: len(blocks)]
    for block, limit in zip(blocks, limits, strict=True):
        reader.problems += _gap_problems(source, at, block.start, is_after_failure)
        at, is_after_failure = block.end, block.is_failed
        if block.name in ("string", "preamble", "comment"):
            reader.problems += _block_problems(source, block)
            if block.name == "string" and not block.is_failed:
                reader.define_string(block.start, block.end)
            elif block.name == "preamble" and not block.is_failed:
                reader.check_preamble(block.start, block.end)
            continue
        entry = reader.read_entry(block.start, limit if block.is_failed else block.end)
        if _is_commented(source, block.start):
            message = f'the entry "{entry.key}" is read although a % stands before it'
            hint = "remove the entry: BibTeX knows no comment that begins with %"
            reader.problems.append(Problem("commented-entry", message, entry.type_span, hint))
        entries.append(entry)
        # Of a whole entry the reader of fields knows the end better: to the library, \} closes nothing.
        at = entry.span.end if entry.is_whole else max(at, entry.span.end)
        is_after_failure = not entry.is_whole
    reader.problems += _gap_problems(source, at, len(source.text), is_after_failure)
    return entries, sorted(reader.problems, key=lambda problem: problem.span.start)


def entry_texts(text: str) -> list[str] | None:
    """The text of each entry, where there is nothing beside entries that could have a say in what they mean.

    ``None`` where there is: an ``@string`` or another block that is no entry, a broken one, a stray mark.
    """
    found, at = [], 0
    for block in _blocks(text):
        if block.is_failed or block.name in ("", "string", "preamble", "comment") or "@" in text[at : block.start]:
            return None
        found.append(text[block.start : block.end])
        at = block.end
    return None if "@" in text[at:] else found


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of the file that begins with ``@``."""

    name: str
    """In lower case; empty for a bare ``@``."""
    start: int
    end: int
    is_failed: bool


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks of ``text`` in order.

    An entry whose fields are all numbers or balanced braces, which is nearly every one, ends where a pattern says; the
    library would say the same and take ten times as long. It reads what stands between such entries. To it, too, the
    beginning of a block at the beginning of a line ends whatever comes before.
    """
    at = 0
    while (at := text.find("@", at)) >= 0:
        if plain := _PLAIN.match(text, at):
            at = plain.end()
            yield _Block(_MARK_AT_END.match(plain[0])[0][1:].strip().lower(), plain.start(), at, False)
            continue
        after = _PLAIN_LINE.search(text, at + 1)
        end = after.start(1) if after else len(text)
        yield from _difficult_blocks(text, at, end)
        at = end


def _difficult_blocks(text: str, at: int, end: int) -> Iterator[_Block]:
    """The blocks of ``text[at:end]`` as the library finds them, with their places: it keeps texts, not offsets."""
    from bibtexparser import model as bibtex  # most bibliographies never need it

    for block in _parse(text[at:end]):
        failed = isinstance(block, bibtex.ParsingFailedBlock)
        if isinstance(block, bibtex.ImplicitComment):
            continue
        raw = block.raw or ""
        start = text.find(raw, at)
        if start < 0 or not raw:
            continue
        end = at = start + len(raw)
        # The library ends a failed block behind the mark with which it goes on.
        tail = raw.rfind("@")
        if failed and tail > 0 and _MARK_AT_END.fullmatch(raw, tail):
            at = start + tail
        is_broken = failed and getattr(block, "ignore_error_block", None) is None
        yield _Block(_MARK_AT_END.match(raw)[0][1:].strip().lower(), start, end, is_broken)


def _parse(text: str) -> list[bibtex.Block]:
    """The blocks of ``text`` as written. What the library would log, it also returns as failed blocks."""
    from bibtexparser import parse_string

    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        return parse_string(text, parse_stack=[]).blocks
    finally:
        logger.setLevel(level)


def _duplicate(entry: Entry, first: Entry) -> Problem:
    if entry.key == first.key:
        message = f'the citation key "{entry.key}" is taken: its first entry stands at {first.key_span}'
    else:
        message = f'the citation key "{entry.key}" differs from "{first.key}" at {first.key_span} only by case'
    return Problem("duplicate-key", message, entry.key_span, "give one of the two another key, or remove it")


def _gap_problems(source: Source, start: int, end: int, is_after_failure: bool) -> Iterator[Problem]:
    """What looks like a lost entry in the text between two blocks, which BibTeX skips."""
    for stray in _STRAY.finditer(source.text, start, max(start, end)):
        message, hint = f'"{stray[0]}" does not begin an entry: no opening brace follows', _AT_HINT
        if source.text[stray.end() : stray.end() + 1] in ("{", "("):
            message, hint = f'the entry "{stray[0]}" is not read', "look for braces out of balance before it"
        yield Problem("bibtex-syntax", message, source.span(*stray.span()), hint)
    if is_after_failure:  # the rest of the broken block is still here, and has been spoken about
        return
    at = start
    for line in source.text[start:end].splitlines(keepends=True):
        lost = None if line.lstrip().startswith("%") else _LOST_FIELD.search(line)
        if lost:
            message = f'the field "{lost[1]}" stands outside of all entries'
            hint = "look for a closing brace too many above it, or for an entry that lost its first line"
            yield Problem("bibtex-syntax", message, source.span(at + lost.start(1), at + lost.end(1)), hint)
            return
        at += len(line)


def _block_problems(source: Source, block: _Block) -> Iterator[Problem]:
    text = source.text
    opening = source.span(block.start, block.start + 1 + len(block.name))
    if block.is_failed:
        yield Problem("bibtex-syntax", f"this @{block.name} never ends", opening, "look for a missing brace or quote")
    elif block.name == "comment" and (at := text.find("@", block.start + 1, block.end)) >= 0:
        message = 'an "@" inside @comment is taken for the beginning of an entry'
        yield Problem("bibtex-syntax", message, source.span(at, at + 1), "remove the comment, or write it without @")


def _is_commented(source: Source, start: int) -> bool:
    line = source.text.rfind("\n", 0, start) + 1
    return source.text[line:start].lstrip().startswith("%")
