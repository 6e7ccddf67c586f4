"""Runs the command as a user does: as a process of its own, within a project."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpora import BODY, markdown

FAULTY = markdown(body=BODY.replace("by size, and", "by size, like others {cite:p}`ada2020frist`, and"))
"""An analysis with one fault: a misspelt key, the finding CIT001 in line 19."""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs ``diptych`` with the given arguments in the project's folder, as a user who has never run it before."""
    home = str(tmp_path_factory.mktemp("home"))

    def run(*arguments: str, cwd: Path = root, text: str | bytes = "", **variables: str) -> subprocess.CompletedProcess:
        given = text if isinstance(text, bytes) else text.encode()
        inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        done = subprocess.run(
            [sys.executable, "-m", "diptych", *map(str, arguments)],
            cwd=cwd,
            input=given,
            env=inherited | {"XDG_CACHE_HOME": home} | variables,
            capture_output=True,
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture
def faulty(root: Path) -> Path:
    """The project with a second analysis, which has one fault."""
    folder = root / "analyses" / "b"
    folder.mkdir()
    (folder / "index.md").write_text(FAULTY, encoding="utf-8")
    return root
