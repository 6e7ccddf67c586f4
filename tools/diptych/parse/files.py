"""What is known of the files that an analysis shows. Only files within its own folder are ever opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from diptych.model.document import Document
from diptych.model.files import FileFacts
from diptych.parse.svg import read_svg
from diptych.span import Source, display_path

LARGEST = 4_000_000
"""Bytes; a larger file is not looked into."""
_HEAD = 65_536
"""Bytes of a PNG or JPEG within which its size must be stated."""
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".pdf")


def with_files(document: Document, folder: Path, root: Path) -> Document:
    """``document`` with what is known of the files that its figures name, all of them in ``folder``."""
    names = {figure.file for figure in document.figures if is_local(figure.file)}
    return replace(document, files=look_at(names, folder, root)) if names else document


def is_local(name: str) -> bool:
    """Whether ``name`` is a path that stays in the folder, as far as the text can tell."""
    return bool(name) and ":" not in name and "\\" not in name and name[0] != "/" and ".." not in name.split("/")


def look_at(names: Iterable[str], folder: Path, root: Path) -> dict[str, FileFacts]:
    """The facts of the files ``names`` in ``folder``, by name."""
    home, place, listings = folder.resolve(), display_path(folder, root), {}
    return {name: _look(name, folder, home, place, listings) for name in sorted(names)}


def _look(name: str, folder: Path, home: Path, place: str, listings: dict[Path, tuple[str, ...]]) -> FileFacts:
    """``home`` is ``folder`` without links, ``place`` how people see it."""
    relative = PurePosixPath(unquote(name))
    file = folder / relative
    path = f"{place}/{relative}"
    if "\0" in str(relative) or ".." in relative.parts or relative.is_absolute():
        return FileFacts(path, "outside")
    try:
        if not file.resolve().is_relative_to(home):
            return FileFacts(path, "outside")
        siblings = listings[file.parent] if file.parent in listings else _list(file.parent, listings)
        if file.name not in siblings or not _has_exact_case(relative, folder, listings):
            return FileFacts(path, "missing", similar=_similar(relative, siblings))
        status = file.stat()
        beside = tuple(end for end in _PICTURES if end != file.suffix and f"{file.stem}{end}" in siblings)
        if not stat.S_ISREG(status.st_mode):
            return FileFacts(path, "no-file", beside=beside)
        if status.st_size > LARGEST:
            return FileFacts(path, "too-large", size=status.st_size, beside=beside)
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
            data = head if kind_of(head) in ("png", "jpeg", "pdf") else head + stream.read(LARGEST)
    except (OSError, ValueError, RuntimeError):  # no right to read it, a name that cannot be one, a loop of links
        return FileFacts(path, "unreadable")
    return replace(facts_of(path, data), size=status.st_size, beside=beside)


def _list(folder: Path, listings: dict[Path, tuple[str, ...]]) -> tuple[str, ...]:
    try:
        names = tuple(sorted(os.listdir(folder)))  # noqa: PTH208  names are all that is needed
    except OSError:
        names = ()
    listings[folder] = names
    return names


def _has_exact_case(relative: PurePosixPath, folder: Path, listings: dict[Path, tuple[str, ...]]) -> bool:
    """Whether every part of the path is spelled as on the disk: the site is built on systems that tell case apart."""
    place = folder
    for part in relative.parts[:-1]:
        names = listings[place] if place in listings else _list(place, listings)
        if part not in names:
            return False
        place = place / part
    return True


def _similar(relative: PurePosixPath, siblings: tuple[str, ...]) -> str:
    by_case = {name.casefold(): name for name in siblings}
    same = by_case.get(relative.name.casefold())
    near = [same] if same else get_close_matches(relative.name, siblings, n=1, cutoff=0.6)
    return str(relative.with_name(near[0])) if near else ""


def kind_of(data: bytes) -> str:
    """The kind of picture that ``data`` begins: ``svg``, ``png``, ``jpeg``, ``pdf``, or empty."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "svg" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else ""


def facts_of(path: str, data: bytes) -> FileFacts:
    """The facts of a file that holds ``data``."""
    kind, width, height = kind_of(data), None, None
    if kind == "png" and data[12:16] == b"IHDR":
        width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    elif kind == "jpeg":
        width, height = _jpeg_size(data)
    elif kind == "svg":
        return _svg_facts(path, data)
    return FileFacts(path, "present", kind, len(data), width or None, height or None)


def _svg_facts(path: str, data: bytes) -> FileFacts:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return FileFacts(path, "present", "", len(data))
    source = Source(path, text)
    drawing = read_svg(source)
    return FileFacts(
        path, "present", "svg" if drawing.is_svg else "", len(data), drawing.width, drawing.height,
        drawing.smallest_text, problems=tuple(drawing.problems), source=source if drawing.problems else None,
    )  # fmt: skip


def _jpeg_size(data: bytes) -> tuple[int | None, int | None]:
    """Width and height, from the first frame header."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # padding
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        elif length < 2:
            break
        else:
            at += 2 + length
    return None, None
