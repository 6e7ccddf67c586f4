"""How fast papers are built, as ratios against the bare passes that the same papers need. ``make bench`` calls it.

``diptych build pdf`` does everything: it checks, asks Sphinx, sets and looks at the pages. The bare passes do not: they
are pdflatex, bibtex, pdflatex, pdflatex on LaTeX that lies ready, in one shell per processor.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import ROOT, write_corpus

INDEX = "# Home\n\n```{toctree}\n:glob:\n/analyses/*/index\n```\n"
BARE = """
cd "$1" && name=${1##*/}
pdflatex -interaction=batchmode "$name" && bibtex "$name" &&
pdflatex -interaction=batchmode "$name" && pdflatex -interaction=batchmode "$name"
"""
WORDS = ("that stand", "which stand")
"""One is put in the place of the other, in one analysis."""


@dataclass(slots=True)
class Times:
    """Several runs of the same thing."""

    cpu: list[float] = field(default_factory=list)
    """User and system seconds, children included."""
    wall: list[float] = field(default_factory=list)

    def take(self, run: Callable[[], object]) -> None:
        """Run it once more."""
        before, begin = os.times(), time.monotonic()
        run()
        after = os.times()
        self.wall.append(time.monotonic() - begin)
        self.cpu.append(after.children_user + after.children_system - before.children_user - before.children_system)


def main() -> None:
    """Build 1 and 14 papers, and 100 when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="100 papers as well")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default: 3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as code:
        # Whoever edits Diptych meanwhile would have every paper built again.
        shutil.copytree(ROOT / "tools/diptych", Path(code) / "diptych")
        os.environ["PYTHONPATH"] = code
        for papers in (1, 14, 100) if options.large else (1, 14):
            with tempfile.TemporaryDirectory() as folder:
                time_papers(Path(folder), papers, options.rounds if papers < 100 else 1)


def time_papers(folder: Path, papers: int, rounds: int) -> None:
    """Measure bare passes and builds in turn, so that a drifting machine disturbs both alike."""
    project = write_corpus(folder / "project", papers, 20 * papers)
    shutil.copy(ROOT / "conf.py", project)
    (project / "docs/index.md").write_text(INDEX, encoding="utf-8")
    times = {name: Times() for name in ("bare passes", "cold", "after one edit", "nothing to do")}
    build(project, f"{papers} built")  # once without looking: programs and fonts are read from the disk
    for turn in range(rounds):
        bare = lay_out(project / "build/latex", folder / f"bare-{turn}")
        times["bare passes"].take(lambda bare=bare: run_bare(bare))
        shutil.rmtree(bare)
        shutil.rmtree(project / "build")
        times["cold"].take(lambda: build(project, f"{papers} built"))
        edit(project, turn)
        rest = f", {papers - 1} unchanged" if papers > 1 else ""
        times["after one edit"].take(lambda rest=rest: build(project, f"1 built{rest}"))
        times["nothing to do"].take(lambda: build(project, f"{papers} unchanged"))
    report(papers, times)


def build(project: Path, expected: str) -> None:
    """``diptych build pdf`` on all processors; raises unless it ends as ``expected``."""
    environment = {name: value for name, value in os.environ.items() if name not in ("JOBS", "MAKEFLAGS")}
    words = [sys.executable, "-m", "diptych", "build", "pdf"]
    ended = subprocess.run(words, cwd=project, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode or not ended.stdout.endswith(f": {expected}\n"):
        raise SystemExit(f"expected {expected}\n{ended.stdout}{ended.stderr}")


def lay_out(written: Path, bare: Path) -> Path:
    """Each paper as an author has it: alone in a folder, with nothing made yet."""
    for record in written.glob("*.paper.json"):
        name = record.name.removesuffix(".paper.json")
        (bare / name).mkdir(parents=True)
        for file in json.loads(record.read_text(encoding="utf-8"))["files"]:
            shutil.copy(written / file, bare / name)
    return bare


def run_bare(bare: Path) -> None:
    """The bare passes of each paper, as many papers at a time as there are processors."""
    folders = "\n".join(str(folder) for folder in sorted(bare.iterdir()))
    jobs = str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())
    words = ["xargs", "-P", jobs, "-I{}", "sh", "-c", BARE, "sh", "{}"]
    subprocess.run(words, input=folders, text=True, stdout=subprocess.DEVNULL, check=True)


def edit(project: Path, turn: int) -> None:
    """Change two words in the first analysis."""
    file = next(iter(sorted(project.glob("analyses/*/index.md"))))
    old, new = WORDS if turn % 2 == 0 else reversed(WORDS)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def report(papers: int, times: dict[str, Times]) -> None:
    """Medians with their spread, and how many times the bare passes that is."""
    print(f"\n{papers} paper{'' if papers == 1 else 's'}, {len(times['cold'].cpu)} rounds: median (least to most)")
    print(f"  {'':<18}{'s CPU':>24}{'x bare':>9}{'s wall':>24}{'x bare':>9}")
    for name, taken in times.items():
        row = f"  {name:<18}"
        for seconds, bare in ((taken.cpu, times["bare passes"].cpu), (taken.wall, times["bare passes"].wall)):
            spread = f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"
            row += f"{spread:>24}{statistics.median(seconds) / statistics.median(bare):>9.2f}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
