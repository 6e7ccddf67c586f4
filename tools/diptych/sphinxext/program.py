"""A stamp of the program itself: what another version of it has stored or made is made again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_PARTS = ("span.py", "diagnostics.py", "data", "model", "parse", "rubric", "sphinxext")
"""What decides how documents are read and how their pages look."""


@cache
def program_stamp() -> str:
    """The stamp, the same as long as no file of those parts changes."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in _PARTS:
        path = _PACKAGE / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".py", ".html"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
