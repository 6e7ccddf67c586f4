"""What has changed since a git revision, in the working tree, the files that git does not know among it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from diptych.errors import DiptychError
from diptych.model.corpus import Corpus
from diptych.parse.bibliography import read_bibliography
from diptych.settings import OWN_FILE, SHARED_FILE, Project
from diptych.span import Source, display_path


def changed_files(root: Path, revision: str) -> set[str]:
    """The files below ``root`` that differ from ``revision``, as paths relative to it; deleted ones among them.

    Raises ``DiptychError`` outside git, and where there is no such revision.
    """
    commit = _commit(root, revision)
    listed = _git(root, ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--"])
    listed += _git(root, ["ls-files", "-z", "--others", "--exclude-standard"])
    return {os.fsdecode(name) for name in listed.split(b"\0") if name}


def affected_files(corpus: Corpus, project: Project, revision: str) -> set[str]:
    """The paths of the analyses and BibTeX files of ``corpus`` whose findings a change may have caused.

    An analysis is affected by its own text, by every file of its folder and by the entries that it cites; all
    of them are by an assignment and by the settings.
    """
    changed = changed_files(project.root, revision)
    every = {document.source.path for document in corpus.documents} | set(corpus.bibliography.sources)
    every |= {problem.span.path for problem in corpus.unread}
    assignments = display_path(project.assignments, project.root)
    if changed & {OWN_FILE, SHARED_FILE} or any(_lies_in(path, assignments) for path in changed):
        return every
    keys = _changed_keys(corpus, project, revision, changed)
    affected = changed & every
    folders = {path.rpartition("/")[0] for path in changed}
    for document in corpus.documents:
        home = document.source.path.rpartition("/")[0]
        if any(_lies_in(folder, home) for folder in folders) or any(
            cited.key in keys for citation in document.citations for cited in citation.keys
        ):
            affected.add(document.source.path)
    return affected


def _changed_keys(corpus: Corpus, project: Project, revision: str, changed: set[str]) -> set[str]:
    """The citation keys whose entries were added, altered or removed."""
    folder = display_path(project.bibliography, project.root)
    paths = sorted(path for path in changed if path.endswith(".bib") and path.rpartition("/")[0] == folder)
    if not paths:
        return set()
    commit = _commit(project.root, revision)
    before = _entries(Source(path, _text_at(project.root, commit, path)) for path in paths)
    now = _entries(corpus.bibliography.sources[path] for path in paths if path in corpus.bibliography.sources)
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def _entries(sources: Sequence[Source]) -> dict[str, str]:
    bibliography = read_bibliography(sources)
    return {key: bibliography.sources[entry.span.path].cut(entry.span) for key, entry in bibliography.entries.items()}


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _text_at(root: Path, commit: str, path: str) -> str:
    """The text of a file as it was, empty where it did not exist."""
    shown = _run(root, ["show", f"{commit}:./{path}"])
    text = shown.stdout.decode("utf-8-sig", "replace") if shown.returncode == 0 else ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _commit(root: Path, revision: str) -> str:
    """The commit that ``revision`` names."""
    inside = _run(root, ["rev-parse", "--is-inside-work-tree"])
    if inside.returncode != 0 or inside.stdout.strip() != b"true":
        reason = inside.stderr.decode(errors="replace").strip().removeprefix("fatal: ") or "not in a working tree"
        raise DiptychError(f"--since: {root} is not under git's control ({reason})\n    hint: leave --since out")
    found = _run(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"])
    if found.returncode != 0:
        hint = "name a branch, a tag or a commit; a shallow clone may lack it (git fetch --unshallow)"
        raise DiptychError(f'--since: git knows no revision "{revision}"\n    hint: {hint}')
    return found.stdout.decode().strip()


def _git(root: Path, arguments: Sequence[str]) -> bytes:
    done = _run(root, arguments)
    if done.returncode != 0:
        raise DiptychError(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _run(root: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise DiptychError("--since: git is not installed\n    hint: install it, or leave --since out") from None
