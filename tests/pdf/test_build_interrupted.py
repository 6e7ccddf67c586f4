"""A build may be interrupted at any moment, in any way: nothing half done is seen, and the next one goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from diptych.pdf.build import build_papers

pytestmark = pytest.mark.tex

SLUGS = ("one", "two", "three", "four")
BUILD = """
import signal, sys
from pathlib import Path
from diptych.pdf.build import build_papers
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored where a shell runs tests in the background
build_papers(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2)
"""


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", BUILD, str(folder), str(out)]
    return subprocess.Popen(words, start_new_session=True, stderr=subprocess.DEVNULL)


def left_running(folder: Path) -> list[str]:
    """Processes that still work in ``folder``."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink().is_relative_to(folder):
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


def put_all(put_paper, note: str = "") -> Path:
    for slug in SLUGS:
        folder = put_paper(f"Hello from {slug}{note}. " * 200, slug=slug)
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in out.iterdir()}


@pytest.fixture(scope="module")
def right(lay_paper, tmp_path_factory) -> dict[str, bytes]:
    """The PDFs that an undisturbed build makes."""
    top = tmp_path_factory.mktemp("right")
    folder = put_all(partial(lay_paper, top / "tex"))
    assert build_papers(folder, top / "pdf") == []
    return contents(top / "pdf")


@pytest.mark.parametrize("whom", ["parent", "group"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_interrupted_at_any_moment(put_paper, right, tmp_path, how, whom):
    folder = put_all(put_paper, ", before")
    out = tmp_path / "pdf"
    assert build_papers(folder, out) == []
    before = contents(out)
    put_all(put_paper)
    chance = random.Random(f"{how} {whom}")
    for _ in range(4):
        process = start(folder, out)
        time.sleep(chance.uniform(0.2, 1.5))
        (os.killpg if whom == "group" else os.kill)(process.pid, how)
        process.wait(20)
        seen = contents(out)
        assert set(seen) == set(right)
        assert all(data in (before[name], right[name]) for name, data in seen.items())
    assert start(folder, out).wait(60) == 0
    assert contents(out) == right
    assert sorted(entry.name for entry in (folder / "papers").iterdir()) == sorted(SLUGS)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_goes_on_after_an_interruption(put_paper, tmp_path, how):
    folder = put_paper(r"\loop\iftrue\repeat")
    process = start(folder, tmp_path / "pdf")
    until = time.monotonic() + 20
    while not any("pdflatex" in words for words in left_running(folder)) and time.monotonic() < until:
        time.sleep(0.05)
    assert left_running(folder)
    process.send_signal(how)
    process.wait(20)
    until = time.monotonic() + 5
    while left_running(folder) and time.monotonic() < until:
        time.sleep(0.05)
    assert left_running(folder) == []


def test_an_exception_ends_the_build(put_paper, tmp_path):
    folder = put_paper("Fine.")
    put_paper(r"\loop\iftrue\repeat", slug="slow")

    def interrupt(progress):
        raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        build_papers(folder, tmp_path / "pdf", report=interrupt, jobs=2)
    assert time.monotonic() - begin < 20
    assert list((tmp_path / "pdf").iterdir()) == []


def test_two_builds_at_once_agree(put_paper, right, tmp_path):
    folder = put_all(put_paper)
    first, second = start(folder, tmp_path / "pdf"), start(folder, tmp_path / "pdf")
    assert (first.wait(60), second.wait(60)) == (0, 0)
    assert contents(tmp_path / "pdf") == right
