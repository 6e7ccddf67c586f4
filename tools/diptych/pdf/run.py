"""Running TeX's programs on one paper: alone in its folder, without other programs, network or other people's files.

A paper is written by a stranger, and TeX is a programming language. Each paper has a folder of its own; pdfTeX may
neither start programs nor open files above that folder or by an absolute name (``openin_any``/``openout_any`` set
to ``p``, see texmf.cnf), and time, memory and file size are limited.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
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
PRINTED = ".stdout"
"""Ends the name of the file for what a program prints."""
_DEFAULT_DATE = "2000-01-01"


@dataclass(slots=True)
class Runs:
    """The runs under way, so that they can all be ended when a build is interrupted."""

    lifeline: int | None = None
    """A file descriptor that can be read from when whoever wants the result is gone: then nothing goes on."""
    _processes: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)  # a signal may come while it is held
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

    def end(self) -> None:
        """Kill what runs and start nothing more."""
        with self._lock:
            self._ended = True
            running = list(self._processes)
        for process in running:
            kill(process)


def find_programs() -> None:
    """Look for TeX. Raises ``DiptychError`` with what to do when it is missing."""
    missing = [name for name in ("latexmk", "pdflatex", "bibtex") if shutil.which(name) is None]
    if missing:
        raise DiptychError(
            f"TeX is needed to make PDFs, and {', '.join(missing)} cannot be found\n"
            "    hint: sh tools/setup.sh tex installs it, or prints the command that does"
        )


def identify_tex() -> str:
    """Tells one installation of TeX from another, and from itself after an update."""
    found = [
        subprocess.run(["kpsewhich", *words], capture_output=True, text=True, check=False).stdout
        for words in (["-all", "ls-R"], ["-engine=pdftex", "pdflatex.fmt"])
    ]
    seen = []
    for name in filter(None, [shutil.which("pdflatex"), *"".join(found).splitlines()]):
        with suppress(OSError):
            status = Path(name).stat()
            seen.append(f"{os.path.realpath(name)} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(seen)


def run_latexmk(folder: Path, tex: str, date: str | None, runs: Runs, time_limit: float = TIME_LIMIT) -> str:
    """Run latexmk on ``folder/tex`` as whoever gets the folder would; see ``run``."""
    return run(["latexmk", "-norc", "-r", "latexmkrc", tex], folder, date, runs, time_limit)


def run(
    command: Sequence[str],
    folder: Path,
    date: str | None,
    runs: Runs,
    time_limit: float = TIME_LIMIT,
    more: Mapping[str, str] | None = None,
) -> str:
    """Run one of TeX's programs in ``folder``; what it prints goes to the file ``<program>.stdout`` there.

    ``date`` (``2026-01-31``) is the one that the PDF will bear, so that equal input gives equal bytes; ``more`` is
    added to the environment. Returns an empty string, ``failed`` or ``too long``.
    """
    limits = "".join(f"ulimit {flag} {limit} 2>/dev/null; " for flag, limit in _LIMITS.items())
    held, end = os.pipe()  # nobody writes to it: it ends when all that hold its other end have ended
    try:
        with (folder / f"{Path(command[0]).name}{PRINTED}").open("wb") as out:
            process = subprocess.Popen(
                ["/bin/sh", "-c", f'{limits}exec "$@"', "sh", *command], cwd=folder, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, env={**_environment(date), **(more or {})},
                start_new_session=True, pass_fds=(end,),
            )  # fmt: skip
    finally:
        os.close(end)
    runs.add(process)
    try:
        is_over = _wait(held, runs.lifeline, time_limit)
        status = process.wait(time_limit if is_over else 0)
    except subprocess.TimeoutExpired:
        return "too long"
    finally:
        os.close(held)
        kill(process)
        runs.remove(process)
    return "too long" if status == -signal.SIGXCPU else "failed" if status else ""


def _wait(held: int, lifeline: int | None, time_limit: float) -> bool:
    """Whether ``held`` comes to its end in time. Ends this process when ``lifeline`` does."""
    poll, until = select.poll(), time.monotonic() + max(time_limit, 0)
    poll.register(held, select.POLLIN)
    if lifeline is not None:
        poll.register(lifeline, select.POLLIN)
    while (left := until - time.monotonic()) > 0:
        ready = {descriptor for descriptor, _ in poll.poll(left * 1000)}
        if lifeline in ready:
            raise SystemExit(1)
        if held in ready:
            return True
    return False


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
