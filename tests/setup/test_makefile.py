"""The front door: what `make` prints, and what each target would run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = ["help", "site", "html", "latexpdf", "submission", "check", "words", "linkcheck", "test", "audit", "pages",
           "bench", "lint", "lock", "clean"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what the Makefile needs, with a .venv that looks installed."""
    copy = tmp_path / "project"
    (copy / ".venv" / "bin").mkdir(parents=True)
    for name in ["Makefile", "pyproject.toml", "requirements.lock"]:
        shutil.copy(ROOT / name, copy)
    (copy / ".venv" / "bin" / "python").touch()
    (copy / ".venv" / ".installed").write_text(f"{copy.resolve()}\n")
    return copy


def make(folder: Path, *arguments: str) -> str:
    """What make prints; the make that runs these tests must not speak through the environment."""
    ours = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEFILES", "MODE", "SLUG", "JOBS", "PYTEST_ARGS", "PYTHON"}
    env = {name: value for name, value in os.environ.items() if name not in ours}
    command = ["make", *arguments]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("arguments", [[], ["help"]])
def test_plain_make_prints_each_target_with_one_line(folder: Path, arguments: list[str]) -> None:
    targets, _, variables = make(folder, *arguments).partition("Variables:\n")
    assert [line.split()[0] for line in targets.splitlines()[1:]] == TARGETS
    assert all(len(line.split()) > 2 for line in targets.splitlines()[1:])
    assert [line.split()[0] for line in variables.splitlines()] == ["MODE", "SLUG", "JOBS", "PYTHON", "PYTEST_ARGS"]


def test_every_target_that_is_not_explained_is_an_inner_one() -> None:
    declared = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert " ".join(declared).split() == [*TARGETS, "ready-tex", "ready-test", "ready-audit", "FORCE"]


@pytest.mark.parametrize("target", ["html", "check", "words", "linkcheck", "lint"])
def test_these_need_no_tex(folder: Path, target: str) -> None:
    assert "setup.sh" not in make(folder, "-n", target)


@pytest.mark.parametrize("target", ["site", "latexpdf"])
def test_these_see_to_tex_first(folder: Path, target: str) -> None:
    assert make(folder, "-n", target).startswith("sh tools/setup.sh python tex\n.venv/bin/diptych build ")


def test_the_tests_see_to_tex_and_the_browser_first(folder: Path) -> None:
    ready, test = make(folder, "-n", "test", "PYTEST_ARGS=-x").splitlines()
    assert ready == "sh tools/setup.sh python tex texcount browser"
    assert test == (".venv/bin/python -m pytest -n auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder -x")


def test_the_audit_sees_to_its_programs_first_and_runs_what_the_tests_leave_out(folder: Path) -> None:
    ready, audit = make(folder, "-n", "audit", "PYTEST_ARGS=-x").splitlines()
    assert ready == "sh tools/setup.sh python browser audit"
    assert audit == '.venv/bin/python -m pytest tests/browser -o "python_files=audit_*.py" -x'


@pytest.mark.parametrize(("given", "passed"), [([], "preprint"), (["MODE=submission"], "submission")])
def test_the_mode_reaches_the_pdfs(folder: Path, given: list[str], passed: str) -> None:
    assert f".venv/bin/diptych build pdf --mode {passed}\n" in make(folder, "-n", "latexpdf", *given)
    assert f".venv/bin/diptych build site --mode {passed}\n" in make(folder, "-n", "site", *given)


def test_the_site_ends_with_where_to_look(folder: Path) -> None:
    for name in ["tools/setup.sh", "build/html/index.html", "build/pdf/a.pdf", "build/pdf/b.pdf"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    diptych = folder / ".venv" / "bin" / "diptych"
    diptych.write_text("#!/bin/sh\n")
    diptych.chmod(0o755)
    places = ["build/html/index.html", "build/pdf/a.pdf", "build/pdf/b.pdf"]
    printed = make(folder, "site").splitlines()[-3:]
    assert printed == [f"Look at {folder.resolve()}/{place}" for place in places]


def test_the_set_up_runs_for_a_new_lock_and_for_a_venv_that_does_not_belong(folder: Path) -> None:
    assert "setup.sh" not in make(folder, "-n", "check")

    stamp = folder / ".venv" / ".installed"
    os.utime(stamp, (0, 0))
    assert "sh tools/setup.sh python\n" in make(folder, "-n", "check")

    stamp.write_text("/another/folder\n")
    assert "sh tools/setup.sh python\n" in make(folder, "-n", "check")

    stamp.write_text(f"{folder.resolve()}\n")
    (folder / ".venv" / "bin" / "python").unlink()
    assert "sh tools/setup.sh python\n" in make(folder, "-n", "check")


def test_clean_takes_what_was_made_and_leaves_the_venv(folder: Path) -> None:
    for name in ["build/html", ".pytest_cache", "tools/diptych/__pycache__", "analyses"]:
        (folder / name).mkdir(parents=True)
    make(folder, "clean")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [".venv", "Makefile", "analyses", "pyproject.toml", "requirements.lock", "tools"]
    )
    assert not (folder / "tools" / "diptych" / "__pycache__").exists()
