"""PDFs for tests: a good paper, typeset by pdflatex, and ways to spoil it."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

FILLER = (
    "Letters are sorted by their shape, and where two of them look alike, by the order in which they came to the table "
    "of the printer, who had no time to lose, and who put each of them into the case where it had been before."
)
PAPER = r"""\documentclass{article}
\usepackage[STYLE]{neurips_diptych}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\renewcommand{\ttdefault}{lmtt}
\usepackage[hidelinks,pdftitle={Paper}]{hyperref}
PREAMBLE
\title{A paper about letters}
\author{Ada Example \\ University of Examples \\ \texttt{ada@example.org}}
\begin{document}
\maketitle
"""
PARTS = {
    "abstract": rf"\begin{{abstract}} {FILLER} \end{{abstract}}",
    "Chosen papers": rf"\section*{{Chosen papers}} {FILLER}",
    "Opening": rf"\section{{Opening}} {FILLER} {FILLER} See~\cite{{ada}}.",
    "Judgement": rf"\section{{Judgement}} {FILLER} {FILLER}",
}
REFERENCES = r"""
\begin{thebibliography}{1}
\bibitem[Ada(2020)]{ada} Anna Ada. Sorting letters. \emph{Journal of Letters}, 2020. \url{https://example.org/1}.
\end{thebibliography}
"""


@dataclass(frozen=True)
class Sheet:
    """One paper, as it differs from the good one."""

    body: str = ""
    """Stands at the end of the last section."""
    preamble: str = ""
    style: str = "preprint"
    """Options of the style file; ``anonymous`` for none."""
    without: str = ""
    """A part that is left out."""
    whole: str = ""
    """Instead of all that."""
    damage: str = ""
    """What happens to the finished file."""

    @property
    def text(self) -> str:
        """The LaTeX of it."""
        if self.whole:
            return self.whole
        preamble = (
            self.preamble if self.style == "anonymous" else "\\hypersetup{pdfauthor={Ada Example}}" + self.preamble
        )
        frame = PAPER.replace("STYLE", "" if self.style == "anonymous" else self.style).replace("PREAMBLE", preamble)
        parts = [text for name, text in PARTS.items() if name != self.without]
        references = "" if self.without == "references" else REFERENCES
        body = self.body.replace("FILLER", FILLER)
        return "\n\n".join([frame, *parts, body, references, "\\end{document}\n"])


@cache
def _folder() -> Path:
    """Where papers are set; it goes when the tests end."""
    made = Path(tempfile.mkdtemp(prefix="diptych-pdfs-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    shutil.copy(str(files("diptych.latex") / "assets" / "neurips_diptych.sty"), made)
    return made


def typeset_all(sheets: Iterable[Sheet]) -> None:
    """Set many papers, on all processors."""
    wanted = dict.fromkeys(sheets)
    for plain in {_plain(sheet) for sheet in wanted}:
        typeset(plain)  # which the others begin with
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(typeset, wanted))


def _plain(sheet: Sheet) -> Sheet:
    """The paper that differs from the good one in style alone."""
    return Sheet(style=sheet.style)


def _notes(file: Path) -> list[bytes]:
    """What LaTeX has written for its next run."""
    found = (file.with_suffix(end) for end in (".aux", ".out"))
    return [note.read_bytes() if note.is_file() else b"" for note in found]


@cache
def typeset(sheet: Sheet) -> Path:
    """The PDF of a paper. Equal papers are set once in a run of the tests."""
    if sheet.damage:
        whole = typeset(replace(sheet, damage=""))
        file = whole.with_name(f"{whole.stem}-{sheet.damage.replace(' ', '-')}.pdf")
        file.write_bytes(DAMAGE[sheet.damage](whole.read_bytes()))
        return file
    folder = _folder()
    name = hashlib.sha256(sheet.text.encode()).hexdigest()[:16]
    (folder / f"{name}.tex").write_text(sheet.text, encoding="utf-8")
    command = ["pdflatex", "-interaction=batchmode", "-no-shell-escape", f"{name}.tex"]
    environment = {**os.environ, "MKTEXPK": "1", "SOURCE_DATE_EPOCH": "0"}
    file = folder / f"{name}.pdf"
    if not sheet.whole and sheet != _plain(sheet):
        for end in (".aux", ".out"):
            shutil.copy(typeset(_plain(sheet)).with_suffix(end), file.with_suffix(end))
    # References need a second run, unless the first wrote the very notes that it had read.
    for _ in range(1 if "thebibliography" not in sheet.text else 2):
        before = _notes(file)
        subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, timeout=120)
        if _notes(file) == before:
            break
    assert file.is_file(), (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-2000:]
    return file


def encrypted(data: bytes) -> bytes:
    """``data`` with a trailer that says it is encrypted, as programs write it that forbid printing."""
    identity = "<00112233445566778899aabbccddeeff>"
    entry = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'00' * 32}>>>/ID[{identity}{identity}]"
    place = data.rindex(b"startxref")
    start = data[place:].split()[1]
    # An update of the file: a table that changes nothing, and a trailer that leads back to what was there.
    update = f"\nxref\n0 0\ntrailer\n<</Size 9999/Root {_root(data)}/Prev {start.decode()}{entry}>>\n"
    return data + update.encode() + f"startxref\n{len(data) + 1}\n%%EOF\n".encode()


def _root(data: bytes) -> str:
    place = data.rindex(b"/Root ")
    return b" ".join(data[place + 6 : place + 30].split()[:3]).decode()


DAMAGE = {
    "the first half": lambda data: data[: len(data) // 2],
    "encrypted": encrypted,
    "as it was made": lambda data: data,
}
