"""What several commands share: exit codes, options and where output goes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from diptych.errors import DiptychError
from diptych.output import write_whole
from diptych.settings import Project, find_project

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""Exit codes: nothing found, something found, could not do the job."""


def add_paths(parser: argparse.ArgumentParser, what: str = "analyses; all of them if none is named") -> None:
    """Let a command take paths."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=what)


def add_output(parser: argparse.ArgumentParser, what: str = "a file") -> None:
    """Let a command write to a file."""
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help=f"write to {what} instead of the terminal")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Let a command build several things at a time."""
    parser.add_argument(
        "--jobs",
        "-j",
        type=_jobs,
        metavar="N",
        help="build N papers or pages at a time (default: the variable JOBS, else one for each processor)",
    )


def _jobs(word: str) -> int:
    from diptych.build import read_jobs

    jobs = read_jobs(word.strip())
    if jobs is None:
        raise argparse.ArgumentTypeError(f'"{word}" is no whole number from 1 up')
    return jobs


def project_of(paths: Sequence[Path]) -> Project:
    """The project that the first of ``paths`` lies in, or the one around the current folder."""
    here = paths[0] if paths and paths[0].exists() else Path.cwd()
    return find_project(here)


def write(text: str, output: Path | None = None, *, is_for_people: bool = True) -> None:
    """Print ``text``, or put it into the file ``output``, which at no time holds a part of it."""
    if output is not None:
        write_file(output, text)
        return
    if not is_for_people and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)
    sys.stdout.flush()


def write_file(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` at once: whoever reads it meets the old text or the new one, never a part.

    Raises ``DiptychError`` when that is impossible.
    """
    try:
        write_whole(file, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise DiptychError(f"{file}: cannot be written: {error.strerror}") from None
