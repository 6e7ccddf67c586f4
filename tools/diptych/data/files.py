"""Text files from disk, each way to fail as an error that people can read."""

from __future__ import annotations

import stat
from pathlib import Path

from diptych.diagnostics import Problem
from diptych.errors import DataError, DiptychError
from diptych.span import Source, display_path


def read_source(file: Path, root: Path, kilobytes: int | None = None) -> Source:
    """The text of ``file``, named relative to ``root``; ``kilobytes`` are the most that it may have.

    Raises ``DataError`` with the place of the first byte that is not UTF-8, or for a file that is too large, of
    which nothing is read; ``DiptychError`` when the file cannot be opened.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a device or a pipe may never end
            raise DiptychError(f"{display_path(file, root)}: cannot be read: not a file")
        if (problem := oversized(display_path(file, root), status.st_size, kilobytes)) is not None:
            raise DataError([problem])
        return Source.read(file, root)
    except UnicodeDecodeError as error:
        # decoded again from the bytes: the place is that in the text, with line endings as Source has them
        text = file.read_bytes()[: error.start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        place = Source(display_path(file, root), text).span(len(text), len(text))
        problem = Problem("not-utf-8", "the file is not UTF-8 text from here on", place, "save it as UTF-8")
        raise DataError([problem]) from None
    except OSError as error:
        raise DiptychError(f"{display_path(file, root)}: cannot be read: {error.strerror}") from None


def oversized(path: str, size: int, kilobytes: int | None) -> Problem | None:
    """What is wrong with a text of ``size`` bytes where no more than ``kilobytes`` are read."""
    if kilobytes is None or size <= 1000 * kilobytes:
        return None
    message = f"the file has {-(-size // 1000)} kB, more than {kilobytes} kB, and was not read"
    return Problem("oversized", message, Source(path, "").whole(), "remove what does not belong here")
