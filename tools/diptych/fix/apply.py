"""Shows edits, or writes them: whole files at once, and none at all where one of them would lose something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from diptych.errors import DiptychError
from diptych.fix.diff import unified_diff
from diptych.fix.edits import Edit
from diptych.fix.proof import proved
from diptych.model.corpus import Corpus
from diptych.output import write_whole
from diptych.span import Source

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")


def render_diff(corpus: Corpus, edits: Iterable[Edit]) -> str:
    """The edits as a unified diff of all files; nothing is written.

    Raises ``DiptychError`` for edits that ``apply_fixes`` would refuse.
    """
    pieces = []
    for source, own in _by_file(corpus, edits):
        proved(source, own)
        pieces.append(unified_diff(source, own))
    return "".join(pieces)


def apply_fixes(corpus: Corpus, edits: Iterable[Edit], root: Path) -> list[str]:
    """Write the edits to the files below ``root``; returns the paths of the files that changed.

    Line endings, a byte order mark and the permissions of a file stay as they are. Raises ``DiptychError`` before
    anything is written when a result would not read back as the same data, or a file has changed since it was read.
    """
    results: list[tuple[str, Path, bytes]] = []
    for source, own in _by_file(corpus, edits):
        proved(source, own)
        file = (root / source.path).resolve()
        try:
            data = file.read_bytes()
        except OSError as error:
            raise DiptychError(f"{source.path}: cannot be read again: {error.strerror}") from None
        mended = _edited(data, source, own)
        if mended != data:
            results.append((source.path, file, mended))
    for path, file, data in results:
        try:
            write_whole(file, data)
        except OSError as error:
            raise DiptychError(f"{path}: cannot be written: {error.strerror}") from None
    return [path for path, _, _ in results]


def _by_file(corpus: Corpus, edits: Iterable[Edit]) -> list[tuple[Source, list[Edit]]]:
    files: dict[str, list[Edit]] = {}
    for edit in edits:
        files.setdefault(edit.span.path, []).append(edit)
    found = []
    for path in sorted(files):
        source = corpus.source(path)
        if source is None:
            raise DiptychError(f"{path}: no file of the corpus\n    hint: plan the edits for this corpus")
        found.append((source, files[path]))
    return found


def _edited(data: bytes, source: Source, edits: list[Edit]) -> bytes:
    """The bytes of the file after the edits; what no edit touches stays byte for byte."""
    mark = _BOM if data.startswith(_BOM) else b""
    try:
        raw = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        raw = None
    if raw is None or _LINE_END.sub("\n", raw) != source.text:
        message = f"{source.path}: has changed since it was read"
        raise DiptychError(f"{message}\n    hint: nothing was written; run the command again")
    offsets = _Offsets(raw)
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        start, end = offsets.raw(edit.span.start), offsets.raw(edit.span.end)
        pieces += [raw[at:start], _keep_endings(edit.replacement, raw[start:end], offsets.usual)]
        at = end
    return mark + "".join([*pieces, raw[at:]]).encode("utf-8")


def _keep_endings(replacement: str, replaced: str, usual: str) -> str:
    """``replacement`` with the line endings of what it replaces, or the usual ones of the file."""
    endings = set(_LINE_END.findall(replaced)) or {usual}
    return replacement.replace("\n", endings.pop() if len(endings) == 1 else usual)


class _Offsets:
    """From places in a text with ``\\n`` for every line ending to places in the text as the file has it."""

    def __init__(self, raw: str) -> None:
        endings = list(_LINE_END.finditer(raw))
        kinds = [match[0] for match in endings]
        self.usual = max(("\n", "\r\n", "\r"), key=kinds.count) if kinds else "\n"
        self._places: list[int] | None = None
        if "\r\n" in kinds:
            # Where each character of the normalised text stands: one more for every \r\n before it.
            places, at = [], 0
            for match in endings:
                places += range(at, match.start() + 1)
                at = match.end()
            places += range(at, len(raw) + 1)
            self._places = places

    def raw(self, offset: int) -> int:
        """The offset in the file's own text."""
        return offset if self._places is None else self._places[offset]
