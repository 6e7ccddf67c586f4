"""Text files from disk, each way to fail as an error that people can read."""

from __future__ import annotations

from pathlib import Path

from diptych.diagnostics import Problem
from diptych.errors import DataError, DiptychError
from diptych.span import Source, display_path


def read_source(file: Path, root: Path) -> Source:
    """The text of ``file``, named relative to ``root``.

    Raises ``DataError`` with the place of the first byte that is not UTF-8, ``DiptychError`` when the file
    cannot be opened.
    """
    try:
        return Source.read(file, root)
    except UnicodeDecodeError as error:
        # decoded again from the bytes: the place is that in the text, with line endings as Source has them
        text = file.read_bytes()[: error.start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        place = Source(display_path(file, root), text).span(len(text), len(text))
        problem = Problem("not-utf-8", "the file is not UTF-8 text from here on", place, "save it as UTF-8")
        raise DataError([problem]) from None
    except OSError as error:
        raise DiptychError(f"{display_path(file, root)}: cannot be read: {error.strerror}") from None
