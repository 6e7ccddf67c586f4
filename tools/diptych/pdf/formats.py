"""Preambles that TeX has read once and for all.

Most of the time that TeX needs for a paper goes into its packages, which are the same for all papers. TeX can write
its memory to a file after the preamble (a *format*, by ``\\dump``) and begin from there; the PDF has the same bytes.
A format is kept under a digest of the preamble, of the styles that lie beside the paper, and of TeX itself.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from diptych.pdf.record import Record
from diptych.pdf.run import Runs, run

WORTH_IT = 3
"""For fewer papers with the same preamble, writing the format takes longer than it saves."""
_OWN_PART = re.compile(r"^(?:\\hypersetup|\\title|\\author|\\begin\{document\})", re.MULTILINE)
"""Here begins what differs from paper to paper."""
_STYLES = (".sty", ".cls", ".clo", ".cfg", ".def", ".fd")
_OF_ONE_RUN = re.compile(r"\\(?:today|year|month|day|time|jobname|pdffilemoddate|pdfelapsedtime|openout|write)\b")
"""What a preamble that is read once must not look at, or do."""
# Names of one run that LaTeX has noted when the format was written.
_PROLOGUE = r"\expandafter\xdef\csname c_sys_jobname_str\endcsname{\jobname}%"


@dataclass(frozen=True, slots=True)
class Formats:
    """The folder where formats are kept."""

    folder: Path
    tex: str
    """See ``diptych.pdf.run.identify_tex``."""

    def key(self, record: Record) -> str | None:
        """Names the format that would do for ``record``, or ``None`` where none can."""
        parts = _split((record.folder / record.tex).read_bytes().decode("utf-8", "replace"))
        if parts is None or os.pathsep in str(self.folder):
            return None
        whole = hashlib.sha256(f"{self.tex}\n{parts[0]}".encode())
        for name in _styles(record):
            data = (record.folder / name).read_bytes()
            if _OF_ONE_RUN.search(data.decode("utf-8", "replace")):
                return None
            whole.update(f"\n{name} {hashlib.sha256(data).hexdigest()}".encode())
        return whole.hexdigest()[:32]

    def has(self, key: str | None) -> bool:
        """Whether the format is there."""
        return key is not None and (self.folder / f"{key}.fmt").is_file()

    def write(self, key: str, record: Record, runs: Runs) -> None:
        """Try to make the format ``key`` of the preamble of ``record``. Where that fails, papers do without."""
        parts = _split((record.folder / record.tex).read_text(encoding="utf-8", errors="replace"))
        if parts is None:
            return
        place = self.folder / f".{key}.{os.getpid()}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        try:
            for name in _styles(record):
                shutil.copyfile(record.folder / name, place / name)
            (place / "preamble.tex").write_text(f"{parts[0]}\\dump\n", encoding="utf-8")
            command = ["pdflatex", "-ini", "-interaction=batchmode", "-halt-on-error", "-no-shell-escape"]
            if not run([*command, f"-jobname={key}", "&pdflatex", "preamble.tex"], place, None, runs):
                _unpack(place / f"{key}.fmt")
                (place / f"{key}.fmt").replace(self.folder / f"{key}.fmt")
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def remove_others(self, keys: Iterable[str | None]) -> None:
        """Remove the formats that no paper needs any more: each takes some 20 MB."""
        needed = set(keys)
        for file in self.folder.glob("*.fmt"):
            if file.stem not in needed:
                file.unlink(missing_ok=True)


def without_preamble(text: str) -> str:
    """``text`` for a run that begins from a format; every line keeps its number."""
    parts = _split(text)
    if parts is None:
        return text
    return f"{_PROLOGUE}\n" + "%\n" * (parts[0].count("\n") - 1) + parts[1]


def _split(text: str) -> tuple[str, str] | None:
    """The lines that a format can stand for, and the rest."""
    begin = _OWN_PART.search(text)
    if begin is None or not text.startswith("\\documentclass") or _OF_ONE_RUN.search(text, 0, begin.start()):
        return None
    return text[: begin.start()], text[begin.start() :]


def _styles(record: Record) -> list[str]:
    return sorted(name for name in record.files if name.endswith(_STYLES))


def _unpack(file: Path) -> None:
    """TeX packs formats; one that is not packed is read twice as fast, and TeX takes both."""
    with suppress(OSError, EOFError, zlib.error):
        file.write_bytes(gzip.decompress(file.read_bytes()))
