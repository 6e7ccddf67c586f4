"""Running latexmk on one paper: alone in its folder, without programs, network or other people's files.

A paper is written by a stranger, and TeX is a programming language. Each run has a folder of its own; pdfTeX may
neither start programs nor open files above that folder or by an absolute name (``openin_any``/``openout_any`` set
to ``p``, see texmf.cnf), and time, memory and file size are limited.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from diptych.errors import DiptychError

TIME_LIMIT = 120.0
"""Seconds of wall time that one paper may take."""
_LIMITS = {"-t": 100, "-v": 2_000_000, "-f": 200_000, "-c": 0}
"""``ulimit``: seconds of processor time, KiB of memory, blocks of 512 or 1024 bytes per file, no core dumps."""
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG", "TEXINPUTS")
_DEFAULT_DATE = "2000-01-01"


@dataclass(slots=True)
class Runs:
    """The runs under way, so that they can all be ended when a build is interrupted."""

    _processes: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: bool = False

    def add(self, process: subprocess.Popen[bytes]) -> None:
        """Count ``process`` among them; after ``end`` it is killed at once."""
        with self._lock:
            self._processes.add(process)
            ended = self._ended
        if ended:
            kill(process)

    def remove(self, process: subprocess.Popen[bytes]) -> None:
        """``process`` has ended by itself."""
        with self._lock:
            self._processes.discard(process)

    @property
    def ended(self) -> bool:
        """Whether nothing more should start."""
        return self._ended

    def end(self) -> None:
        """Kill what runs and start nothing more."""
        with self._lock:
            self._ended = True
            running = list(self._processes)
        for process in running:
            kill(process)


def find_latexmk() -> str:
    """The program. Raises ``DiptychError`` with what to do when TeX is missing."""
    missing = [name for name in ("latexmk", "pdflatex", "bibtex") if shutil.which(name) is None]
    if missing:
        raise DiptychError(
            f"TeX is needed to make PDFs, and {', '.join(missing)} cannot be found\n"
            "    hint: sh tools/setup.sh tex installs it, or prints the command that does"
        )
    return str(shutil.which("latexmk"))


def run_latexmk(folder: Path, tex: str, date: str | None, runs: Runs, time_limit: float = TIME_LIMIT) -> str:
    """Run latexmk on ``folder/tex`` until it is stable; what it prints goes to ``latexmk.out``.

    ``date`` (``2026-01-31``) is the one that the PDF will bear, so that equal input gives equal bytes. Returns an
    empty string, ``failed`` or ``too long``.
    """
    limits = "".join(f"ulimit {flag} {limit} 2>/dev/null; " for flag, limit in _LIMITS.items())
    command = [
        "/bin/sh", "-c", f'{limits}exec "$@"', "sh",
        find_latexmk(), "-norc", "-r", "latexmkrc", tex,
    ]  # fmt: skip
    with (folder / "latexmk.out").open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            env=_environment(date), start_new_session=True,
        )  # fmt: skip
        runs.add(process)
        try:
            status = process.wait(time_limit)
        except subprocess.TimeoutExpired:
            return "too long"
        finally:
            kill(process)
            runs.remove(process)
    return "too long" if status == -signal.SIGXCPU else "failed" if status else ""


def kill(process: subprocess.Popen[bytes]) -> None:
    """End ``process`` and all that it has started; each run leads a session, hence a process group, of its own."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(date: str | None) -> dict[str, str]:
    day = datetime.strptime(date or _DEFAULT_DATE, "%Y-%m-%d").replace(tzinfo=UTC)
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "LC_ALL": "C.UTF-8",
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        **dict.fromkeys(("MKTEXPK", "MKTEXTFM", "MKTEXMF"), "0"),  # no fonts drawn on the way, as bitmaps
        "max_print_line": "100000",  # messages stay on one line
        "SOURCE_DATE_EPOCH": str(int(day.timestamp())),
        "FORCE_SOURCE_DATE": "1",
    }
