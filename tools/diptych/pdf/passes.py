r"""From a ``.tex`` file to its PDF in as few passes as do.

LaTeX notes what it will need to know beforehand (labels, citations, bookmarks) in files that the next pass reads.
A PDF is right when the pass that made it read what it then wrote. What a pass will note is mostly known:

- Which entries are cited stands in the ``.tex`` file, so BibTeX runs before the first pass, not after it. The first
  pass shows whether that was right.
- What the first pass will note can mostly be told from the text (``diptych.pdf.foresight``), and else the notes of the
  last build are a good beginning: one pass is often enough. Both are used only for papers in which nothing on the
  page depends on how the pages fall (no ``\pageref``, no table of contents, no long tables): in those, whatever one
  begins from leads to the same bytes.
- Nobody looks at the PDF of a first pass from nothing, so none is written.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from diptych.pdf.foresight import foresee
from diptych.pdf.formats import Formats, without_preamble
from diptych.pdf.record import Record
from diptych.pdf.run import PRINTED, Runs, run

MOST = 6
"""Passes after which a paper is given up that still changes."""
_CITE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:no)?[cC]ite[a-zA-Z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{([^{}]*)\}")
_STYLE = re.compile(r"^[^%\n]*\\bibliographystyle\{([^{}]+)\}", re.MULTILINE)
_DATA = re.compile(r"^[^%\n]*\\bibliography\{([^{}]+)\}", re.MULTILINE)
_QUESTION = ("bibstyle", "bibdata", "citation")
_COMMENT = re.compile(r"(?<!\\)%.*")
_BY_PAGES = re.compile(
    r"\\(?:(?:auto|c|C|v|lab)?pageref|thepage|[nN]ameref|titleref|[vVz]ref|tableofcontents|listof[a-z]+|newwrite|write"
    r"|openout|newread|openin|read|input|include|label\s*\[)(?![a-zA-Z])|\{longtable\}|LastPage"
)
"""What makes words or places on a page depend on how the pages of the pass before fell."""
_NOTE = re.compile(
    r"\\(?:relax|citation\{|bibcite\{|bibdata\{|bibstyle\{|newlabel\{|@writefile\{|gdef \\@abspage@last"
    r"|providecommand|HyperFirstAtBeginDocument|global\\let\\(?:oldnewlabel|hyper@last)|gdef\\newlabelx*#"
    r"|AtEndDocument\{\\ifx\\hyper@anchor|let\\newlabel\\oldnewlabel|fi\}?$|gdef\\HyperFirst|NAT@)"
)
"""The lines of an ``.aux`` file that are known not to keep anything from one pass to the next but one."""
_LASTING = ("\\bibcite{", "\\NAT@")
"""Of these, labels aside, what the next pass shows on a page."""
_LARGE = 4_000_000
"""Notes of more bytes are not looked into."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """One paper being set."""

    record: Record
    folder: Path
    text: str
    runs: Runs
    until: float
    """When its time is over, by the monotonic clock."""
    format: tuple[Path, str] | None

    @property
    def slug(self) -> str:
        return self.record.slug

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it depends on how the pages fall."""
        return not _BY_PAGES.search(self.text)

    def read(self, suffix: str) -> bytes:
        file = self.folder / f"{self.slug}.{suffix}"
        return file.read_bytes() if file.is_file() else b""

    def run(self, *command: str) -> str:
        more = {"TEXFORMATS": f"{self.format[0]}"} if self.format and command[0] != "bibtex" else {}
        return run(command, self.folder, self.record.date, self.runs, self.until - time.monotonic(), more)


def typeset(
    record: Record, folder: Path, before: Path, formats: Formats, runs: Runs, time_limit: float
) -> tuple[str, int]:
    """Make the PDF of ``record`` in ``folder``, where its files lie, and nothing else.

    ``before`` is the folder where it was built the last time, which need not be there. Returns how it ended (an empty
    string, ``failed``, ``too long`` or ``unsettled``), and the number of pdfTeX's passes.
    """
    file, until = folder / record.tex, time.monotonic() + time_limit
    text, key = file.read_bytes().decode("utf-8", "replace"), formats.key(record)
    if formats.has(key):
        paper = _Paper(record, folder, text, runs, until, (formats.folder.resolve(), str(key)))
        file.write_text(without_preamble(text), encoding="utf-8")
        try:
            end, passes = _settle(paper, before)
        finally:
            shutil.copyfile(record.folder / record.tex, file)
        if end in ("", "too long"):
            return end, passes
        _remove_notes(paper)  # what TeX says of the whole text counts: the format may be at fault
    end, passes = _settle(_Paper(record, folder, text, runs, until, None), before)
    return end, passes


def _settle(paper: _Paper, before: Path) -> tuple[str, int]:
    given = _run_bibtex(paper, _expected(paper.text))
    is_warm = paper.is_plain and _begin_notes(paper, before)
    for passes in range(1, MOST + 1):
        noted, is_draft = _notes(paper), passes == 1 and not is_warm
        if end := _run_tex(paper, is_draft):
            return end, passes
        wanted = _asked(paper.read("aux"))
        if wanted != given:
            given = _run_bibtex(paper, wanted)
        elif not is_draft and _notes(paper) == noted:
            return "", passes
    return "unsettled", MOST


def _run_tex(paper: _Paper, is_draft: bool) -> str:
    command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "-file-line-error", "-no-shell-escape"]
    if paper.format:
        command.append(f"-fmt={paper.format[1]}")
    if is_draft:
        command.append("-draftmode")
    return paper.run(*command, paper.record.tex)


# ---- BibTeX


def _expected(text: str) -> tuple[str, ...]:
    """What the paper will ask of BibTeX: style, files and keys; empty for nothing."""
    text = _COMMENT.sub("", text)
    return _question(_STYLE.findall(text), _DATA.findall(text), _CITE.findall(text))


def _asked(aux: bytes) -> tuple[str, ...]:
    """What the paper has asked of BibTeX, in the same form."""
    text = aux.decode("utf-8", "replace")
    found = {name: re.findall(rf"^\\{name}\{{([^{{}}]*)\}}", text, re.MULTILINE) for name in _QUESTION}
    return _question(found["bibstyle"], found["bibdata"], found["citation"])


def _question(styles: Sequence[str], data: Sequence[str], groups: Iterable[str]) -> tuple[str, ...]:
    if not styles or not data:
        return ()
    keys = dict.fromkeys(key.strip() for group in groups for key in group.split(","))
    return (f"\\bibstyle{{{styles[0]}}}", f"\\bibdata{{{data[0]}}}", *(f"\\citation{{{key}}}" for key in keys))


def _run_bibtex(paper: _Paper, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Make the list of references that is ``asked`` for, and return what was."""
    if asked:
        aux, file = paper.read("aux"), paper.folder / f"{paper.slug}.aux"
        file.write_text("\\relax\n" + "\n".join(asked) + "\n", encoding="utf-8")
        paper.run("bibtex", paper.slug)  # what it finds wrong stands in its log
        file.unlink(missing_ok=True)
        if aux:
            file.write_bytes(aux)
    return asked


# ---- Notes from pass to pass


def _begin_notes(paper: _Paper, before: Path) -> bool:
    """Begin from the notes that the first pass is likely to write; whether there are any.

    They are foreseen, unless that was wrong for this paper the last time: then those of that time are the better guess.
    """
    foreseen, kept = foresee(paper.text, paper.read("bbl").decode("utf-8", "replace")), _kept_notes(paper, before)
    notes = foreseen if kept is None or (foreseen and _were_foreseen(paper, before, kept)) else kept
    if notes is None:
        return False
    for suffix, text in zip(("aux", "out"), notes, strict=True):
        if text:
            (paper.folder / f"{paper.slug}.{suffix}").write_text(text, encoding="utf-8")
    return True


def _kept_notes(paper: _Paper, before: Path) -> tuple[str, str] | None:
    """The notes of the last build, where they can be trusted to lead to the same PDF."""
    aux, out = _text(before / f"{paper.slug}.aux"), _text(before / f"{paper.slug}.out")
    return (aux, out) if aux and _essence(aux.encode()) is not None else None


def _were_foreseen(paper: _Paper, before: Path, kept: tuple[str, str]) -> bool:
    """Whether foresight would have been right the last time."""
    then = foresee(_text(before / paper.record.tex), _text(before / f"{paper.slug}.bbl"))
    return then is not None and _essence(then[0].encode()) == _essence(kept[0].encode()) and then[1] == kept[1]


def _text(file: Path) -> str:
    """What stands in ``file``; nothing where there is none, or too much."""
    try:
        return file.read_bytes().decode("utf-8", "replace") if file.stat().st_size <= _LARGE else ""
    except OSError:
        return ""


def _notes(paper: _Paper) -> tuple[object, ...]:
    """All that the next pass will read and this one may have written."""
    own = set(paper.record.files)
    unread = {f"{paper.slug}.{suffix}" for suffix in ("log", "blg", "pdf", "aux")}
    files = [file for file in sorted(paper.folder.iterdir()) if file.name not in own | unread and file.is_file()]
    others = tuple((file.name, _digest(file)) for file in files if file.suffix != PRINTED)
    aux = paper.read("aux")
    essence = _essence(aux) if paper.is_plain and len(aux) <= _LARGE else None
    return (hashlib.sha256(aux).digest() if essence is None else essence, *others)


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _essence(aux: bytes) -> tuple[str, ...] | None:
    """What an ``.aux`` file says without the numbers of pages; ``None`` if it says more than is known here."""
    kept, labels = [], []
    for line in aux.decode("utf-8", "replace").splitlines():
        if not line:
            continue
        if not _NOTE.match(line):
            return None
        if line.startswith("\\newlabel{"):
            labels.append(_label(line))
        elif line.startswith(_LASTING):
            kept.append(line)
    return (*kept, *sorted(labels))  # those of figures and tables are noted in the order of the pages


def _label(line: str) -> str:
    """Name, number and anchor of a label."""
    name, _, rest = line.removeprefix("\\newlabel{").partition("}")
    groups = _groups(rest[1:-1])
    return f"{name} {groups[0]} {groups[3]}" if len(groups) == 5 else line


def _groups(text: str) -> Sequence[str]:
    """The groups in braces that ``text`` consists of; empty if there is something else."""
    groups, depth, begin = [], 0, 0
    for match in re.finditer(r"\\.|[{}]", text):
        if match[0] == "{":
            if depth == 0:
                begin = match.end()
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                groups.append(text[begin : match.start()])
    return groups


def _remove_notes(paper: _Paper) -> None:
    for file in paper.folder.iterdir():
        if file.name not in paper.record.files and file.is_file():
            file.unlink()
