"""BibTeX files as one bibliography. A broken entry never hides the others."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping

from bibtexparser import model as bibtex
from bibtexparser import parse_string

from diptych.diagnostics import Problem
from diptych.model.bibliography import Bibliography, Entry, Field
from diptych.span import Source, Span

_OPENING = re.compile(r"@\s*([^\s{(,=]+)\s*[{(]\s*([^\s,}]*)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PIECE = re.compile(r'\s*(?:#\s*)?(\{(?:[^{}]|\{.*\})*\}|"[^"]*"|[^\s#{}"]+)', re.DOTALL)


def read_bibliography(sources: Iterable[Source]) -> Bibliography:
    """Read BibTeX files in the given order; a key that occurs twice keeps its first entry."""
    read: dict[str, Source] = {}
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for source in sources:
        read[source.path] = source
        reader = _FileReader(source)
        for entry in reader.entries():
            if first := entries.get(entry.key):
                message = f'the citation key "{entry.key}" is taken: its first entry stands at {first.key_span}'
                hint = "give one of the two another key, or remove it"
                reader.problems.append(Problem("duplicate-key", message, entry.key_span, hint))
            else:
                entries[entry.key] = entry
        problems += reader.problems
    return Bibliography(read, entries, tuple(problems))


class _FileReader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._at = 0

    def entries(self) -> list[Entry]:
        """The entries of the file in its order, those with a repeated field or key among them."""
        blocks = _parse(self.source.text)
        strings = {name: name for name in _MONTHS}
        strings |= {block.key: _value(block.value, {}) for block in blocks if isinstance(block, bibtex.String)}
        entries = []
        for block in blocks:
            entry = self._entry_block(block)
            if entry is not None:
                entries.append(self._entry(entry, block, strings))
        return entries

    def _entry_block(self, block: bibtex.Block) -> bibtex.Entry | None:
        """The entry that ``block`` holds; what is wrong with it is noted."""
        if isinstance(block, bibtex.Entry):
            return block
        if not isinstance(block, bibtex.ParsingFailedBlock):
            return None
        if isinstance(block, bibtex.DuplicateFieldKeyBlock):
            names = ", ".join(sorted(block.duplicate_keys))
            message = f"the field {names} is set twice in one entry"
            self.problems.append(Problem("duplicate-field", message, self._place(block), "keep one of them"))
        if isinstance(block.ignore_error_block, bibtex.Entry):
            return block.ignore_error_block
        reason = getattr(block.error, "abort_reason", "") or str(block.error)
        message = f"this entry cannot be read: {' '.join(reason.split())}" if reason else "this entry cannot be read"
        self.problems.append(Problem("bibtex-syntax", message, self._place(block), "look for a missing brace or comma"))
        return None

    def _place(self, block: bibtex.Block) -> Span:
        begin = self.source.line_starts[block.start_line]
        start = max(self.source.text.find("@", begin), begin)
        opening = _OPENING.match(self.source.text, start)
        return self.source.span(start, opening.end() if opening else start + 1)

    def _entry(self, entry: bibtex.Entry, block: bibtex.Block, strings: Mapping[str, str]) -> Entry:
        text = self.source.text
        start = text.find(block.raw, max(self._at, self.source.line_starts[block.start_line]))
        start = start if start >= 0 else self.source.line_starts[block.start_line]
        end = self._at = start + len(block.raw)
        opening = _OPENING.match(text, start)
        at = opening.end() if opening else start
        fields: dict[str, Field] = {}
        for item in entry.fields:
            field = self._field(item, at, end, strings)
            at = field.value_span.end
            fields.setdefault(field.name, field)
        key_start, key_end = opening.span(2) if opening else (start, start)
        return Entry(entry.key, entry.entry_type.lower(), fields, self.source.span(key_start, key_end),
                     self.source.span(start, end))  # fmt: skip

    def _field(self, item: bibtex.Field, at: int, end: int, strings: Mapping[str, str]) -> Field:
        name = re.compile(rf"{re.escape(item.key)}\s*=\s*", re.IGNORECASE).search(self.source.text, at, end)
        start = name.end() if name else at
        raw = item.value if self.source.text.startswith(item.value, start) else ""
        return Field(
            item.key.lower(),
            _value(item.value, strings),
            self.source.span(name.start() if name else at, name.start() + len(item.key) if name else at),
            self.source.span(start, start + len(raw)),
        )


def _parse(text: str) -> list[bibtex.Block]:
    """The blocks of ``text`` as written. What the library would log, it also returns as failed blocks."""
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        return parse_string(text, parse_stack=[]).blocks
    finally:
        logger.setLevel(level)


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """A value without its delimiters; pieces joined by ``#`` and names of ``@string`` are resolved."""
    raw = raw.strip()
    if raw.startswith("{") and raw.endswith("}") and "#" not in raw:
        return " ".join(raw[1:-1].split())
    pieces = []
    for piece in _PIECE.findall(raw):
        bare = piece[0] not in '{"'
        pieces.append(strings.get(piece.lower(), strings.get(piece, piece)) if bare else piece[1:-1])
    return " ".join("".join(pieces).split())
