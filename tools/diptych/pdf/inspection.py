"""Looking at one PDF with all rules."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from diptych.pdf.case import Expected, PdfCase
from diptych.pdf.printed import Printed
from diptych.pdf.reader import DamagedError, LockedError, read_pdf
from diptych.pdf.rules import PDF_RULES, PdfFinding

TIME_LIMIT = 60
"""Seconds that reading one PDF may take; one of a hundred pages takes three."""
MEMORY_LIMIT = 3_000_000_000
"""Bytes that this process may take while it reads one; a small file can unfold to any size."""
_NOTHING = Printed(())


@dataclass(frozen=True, slots=True)
class Inspected:
    """One PDF and what is wrong with it."""

    file: Path
    case: PdfCase
    findings: tuple[PdfFinding, ...]
    """By page and place; what concerns the whole file comes first."""


def inspect_pdf(file: Path, expected: Expected) -> Inspected:
    """Read ``file`` once and run all rules on it. Raises ``OSError`` when it cannot be opened."""
    case = _case(file, expected)
    found = [finding for code in sorted(PDF_RULES) for finding in PDF_RULES[code].look(case)]
    if any(finding.mark.ink for finding in found):
        from diptych.pdf.pictures import has_ink

        found = [each for each in found if not each.mark.ink or has_ink(file, each.mark.page, each.mark.ink)]
    return Inspected(file, case, tuple(sorted(found, key=_place)))


def _case(file: Path, expected: Expected) -> PdfCase:
    try:
        with _memory_limit(MEMORY_LIMIT), _time_limit(TIME_LIMIT):
            printed = read_pdf(file)
    except DamagedError as error:
        return PdfCase(_NOTHING, expected, damage=str(error))
    except LockedError:
        return PdfCase(_NOTHING, expected, is_locked=True)
    except (MemoryError, _TooLongError):
        return PdfCase(_NOTHING, expected, damage="reading it takes too much time or memory")
    return PdfCase(printed, expected)


def _place(finding: PdfFinding) -> tuple[int, float, str]:
    mark = finding.mark
    return (mark.page or 0, mark.box.top if mark.box else 0.0, finding.code)


class _TooLongError(BaseException):
    """Our own alarm rang, not that of whoever asked. Readers of PDF pass over every ``Exception`` in some places."""


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raise ``_TooLongError`` after so long. Only the main thread can be stopped so; elsewhere it does nothing.

    A file from a stranger can keep its reader busy for ever. An alarm that is set already is left as it is.
    """
    is_main = threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGALRM")
    if not is_main or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory_limit(limit: int) -> Iterator[None]:
    """Raise ``MemoryError`` when the whole process takes more; where the system knows no such limit, do nothing."""
    before = None
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if soft == resource.RLIM_INFINITY or soft > limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
            before = (soft, hard)
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_AS, before)
