"""Results of earlier checks, to be shown again while nothing that they depend on has changed.

A result is kept under a digest of everything that a check can look at: the files of all analyses, the bibliography,
the assignments, the settings, what was asked for, the code of Diptych, the installed packages, the version of Python
and the day. It is sealed with a key that lies outside of the project, in the user's own cache: a result that was
altered, cut short, or put there by somebody else, such as a pull request, is not believed. Results are plain JSON.
Whatever goes wrong here, the check is made as if there were no cache. What ``diptych.memory`` keeps of each analysis,
for the case that some others have changed, lies beside the results and is sealed like them.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hmac import compare_digest
from itertools import chain
from pathlib import Path
from typing import Any

from diptych.diagnostics import Diagnostic, Severity
from diptych.output import write_whole
from diptych.report.findings import Report
from diptych.settings import Project
from diptych.span import Source, Span

FORMAT = 2
"""Raised when the form of what is kept changes."""
MOST = {".result": 32, ".memory": 4, ".works": 4}
"""How many files of each kind are kept; the oldest go first."""
_KEY_BYTES = 32
_SEAL_BYTES = 32


class UnsureError(Exception):
    """Not everything that a result would depend on can be told."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of everything that a check can look at."""

    base: str
    """Of what concerns every analysis alike: settings, assignments, what was asked for, code, packages, the day."""
    folders: Mapping[str, str]
    """Of everything in the folder of each analysis, by the folder's name."""
    bibliography: str
    whole: str
    """Of all that."""


@dataclass(frozen=True, slots=True)
class Cache:
    """The place of one result."""

    project: Project
    paths: tuple[Path, ...]
    """What is to be checked; everything where it is empty."""
    choice: tuple[str, ...]
    """Further words that the result depends on, such as the chosen rules."""
    key: bytes
    """The user's own, which seals results."""
    inputs: Inputs
    """What the result depends on."""

    @property
    def digest(self) -> str:
        """Of everything that the result depends on."""
        return self.inputs.whole

    def load(self) -> Report | None:
        """The result as it was kept, with the texts of the files as they are; ``None`` where there is none."""
        try:
            kept = self.read(f"{self.digest}.result")
            findings = [finding_of(*values) for values in kept["findings"]]
            documents, bibliography, entries = kept["documents"], kept["bibliography"], kept["entries"]
            source, site = source_reader(self.project.root), self.project.settings.site_url
            return Report(findings, documents, bibliography, entries, source=source, site_url=site)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def store(self, report: Report, *others: tuple[str, object]) -> None:
        """Keep ``report``, unless something has changed while it was made; likewise ``others``, each under its name."""
        kept = {
            "findings": [values_of(finding) for finding in report.findings],
            "documents": list(report.documents),
            "bibliography": list(report.bibliography),
            "entries": report.entries,
        }
        with suppress(OSError, UnsureError):
            if digest_of(self.project, self.paths, self.choice) == self.digest:
                write_whole(self.project.cache / ".gitignore", b"*\n")
                for name, what in ((f"{self.digest}.result", kept), *others):
                    payload = json.dumps(what, separators=(",", ":")).encode("ascii")
                    write_whole(self.project.cache / name, self._seal(name, payload) + payload)
                    self._drop_oldest(Path(name).suffix)

    def read(self, name: str) -> Any:
        """What was kept under ``name``. Raises ``OSError`` or ``ValueError`` where there is nothing to be believed."""
        sealed = (self.project.cache / name).read_bytes()
        seal, payload = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
        if not compare_digest(seal, self._seal(name, payload)):
            raise ValueError(name)
        return json.loads(payload)

    def _seal(self, name: str, payload: bytes) -> bytes:
        seal = hashlib.blake2b(name.encode(), key=self.key, digest_size=_SEAL_BYTES, person=b"diptych")
        seal.update(payload)
        return seal.digest()

    def _drop_oldest(self, ending: str) -> None:
        files = sorted(self.project.cache.glob(f"*{ending}"), key=lambda file: file.stat().st_mtime_ns)
        for file in files[: -MOST.get(ending, 1)]:
            file.unlink(missing_ok=True)


def open_cache(project: Project, paths: Sequence[Path], choice: Sequence[str]) -> Cache | None:
    """The place of the result of checking ``paths``, or ``None`` where no result can be trusted."""
    try:
        given = tuple(paths), tuple(choice)
        return Cache(project, *given, _users_key(), inputs_of(project, *given))
    except (OSError, UnsureError):
        return None


def digest_of(project: Project, paths: Sequence[Path], choice: Sequence[str]) -> str:
    """One digest of everything that a check can look at; raises what ``inputs_of`` does."""
    return inputs_of(project, paths, choice).whole


def inputs_of(project: Project, paths: Sequence[Path], choice: Sequence[str]) -> Inputs:
    """The digests of everything that a check can look at.

    Raises ``UnsureError`` where that cannot be told, and ``OSError`` where something cannot be read.
    """
    home = project.analyses.resolve()
    for path in paths:
        if not path.resolve().is_relative_to(home) and path.resolve().parent != project.bibliography.resolve():
            raise UnsureError(path)
    folders: dict[str, str] = {}
    loose = []
    for entry in _entries(project.analyses):
        if entry.is_dir():
            folders[entry.name] = _digest(_tree_of(entry))
        else:
            loose.append(entry)
    base = _digest(chain(_parts(project, paths, choice), _files(loose)))
    bibliography = _digest(_files(entry for entry in _entries(project.bibliography) if entry.name.endswith(".bib")))
    whole = _digest(part.encode("utf-8", "surrogateescape") for part in (base, bibliography, *chain(*folders.items())))
    return Inputs(base, folders, bibliography, whole)


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.blake2b(digest_size=24)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _parts(project: Project, paths: Sequence[Path], choice: Sequence[str]) -> Iterator[bytes]:
    yield repr((FORMAT, sys.version, date.today().isoformat(), _installed())).encode()
    yield repr((os.fspath(project.root), project.settings, [os.fspath(path.resolve()) for path in paths])).encode(
        "utf-8", "surrogateescape"
    )
    yield repr(tuple(choice)).encode("utf-8", "surrogateescape")
    yield from _tree(Path(__file__).parent, skipped=("__pycache__",))
    yield from _files(entry for entry in _entries(project.assignments) if entry.name.endswith(".toml"))


def _installed() -> list[str]:
    """Every installed package with its version, as its folder is named."""
    names = []
    for place in sys.path:
        with suppress(OSError):
            names += [name for name in os.listdir(place or ".") if name.endswith(".dist-info")]  # noqa: PTH208
    return sorted(names)


def _tree(folder: Path | str, skipped: Sequence[str] = ()) -> Iterator[bytes]:
    """Every name below ``folder``, and the content of every file."""
    entries = [entry for entry in _entries(folder) if entry.name not in skipped]
    folders = [entry for entry in entries if entry.is_dir()]
    yield from _files(entry for entry in entries if not entry.is_dir())
    for entry in folders:
        yield from _tree_of(entry, skipped)


def _tree_of(folder: os.DirEntry[str], skipped: Sequence[str] = ()) -> Iterator[bytes]:
    if folder.is_symlink():  # it can lead anywhere, and round in circles
        raise UnsureError(folder.path)
    yield os.fsencode(folder.path) + b"/"
    yield from _tree(folder.path, skipped)


def _entries(folder: Path | str) -> list[os.DirEntry]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _files(entries: Iterable[os.DirEntry]) -> Iterator[bytes]:
    for entry in entries:
        yield os.fsencode(entry.path)
        if entry.is_symlink():  # where it leads to decides as well
            yield os.fsencode(os.path.realpath(entry.path))
        descriptor = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as stream:  # noqa: PTH123  (a pipe must not make the opening wait)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnsureError(entry.path)
            yield stream.read()


def _users_key() -> bytes:
    """The key that seals results, which is made when it is first asked for and which nobody else may read."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
    file = Path(base) / "diptych" / "key"
    if not file.is_absolute():
        raise UnsureError(file)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another process was first
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "wb") as stream:  # noqa: PTH123
                stream.write(os.urandom(_KEY_BYTES))
    status, key = file.stat(), file.read_bytes()
    is_own = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o077)
    if len(key) != _KEY_BYTES or not is_own:
        raise UnsureError(file)
    return key


def source_reader(root: Path, known: Mapping[str, Source | None] | None = None) -> Callable[[str], Source | None]:
    """Finds the text of a file: one that is ``known``, else on the disk, which is what it was when it was checked."""
    given = known or {}
    return lru_cache(None)(lambda path: given[path] if path in given else read_quietly(root / path, root))


def read_quietly(file: Path, root: Path) -> Source | None:
    """The text of ``file``, or ``None`` where it has none that can be read."""
    try:
        return Source.read(file, root)
    except (OSError, ValueError):
        return None


def values_of(finding: Diagnostic) -> list[str | int]:
    """A finding as plain data."""
    return [finding.code, finding.slug, finding.severity.value, finding.message, finding.hint, *finding.span]


def finding_of(code: str, slug: str, severity: str, message: str, hint: str, *place: str | int) -> Diagnostic:
    """The finding again."""
    return Diagnostic(code, slug, Severity(severity), message, Span(*place), hint)
