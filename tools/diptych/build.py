"""From checked sources to the site and the papers: each step runs once, in the order that the next one needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from diptych.check import check
from diptych.errors import DiptychError, describe
from diptych.linkcheck import read_links, report_links
from diptych.parse.corpus import read_corpus
from diptych.report.text import render_findings
from diptych.settings import Project

if TYPE_CHECKING:
    from diptych.pdf.build import Progress

OUTPUT = "build"
"""The folder, below the project's root, that everything built goes to."""


def build(project: Project, what: str, mode: str) -> int:
    """Build ``html``, ``pdf``, ``site`` (both, with the papers linked from the pages) or ``linkcheck``.

    ``mode`` is how papers are set: ``preprint``, ``final`` or ``submission``. Nothing is built while the check
    has findings. Returns an exit code: 0, or 1 with the reasons printed.
    """
    if not _is_clean(project):
        return 1
    if what in ("pdf", "site") and not _build_papers(project, mode):
        return 1
    if what == "pdf":
        return 0
    if what == "linkcheck":
        return _check_links(project)
    settings = {"diptych_pdf_dir": str(papers_folder(project))} if what == "site" else {}
    return 0 if _run_sphinx(project, "html", settings) else 1


def papers_folder(project: Project) -> Path:
    """Where finished PDFs are put."""
    return project.root / OUTPUT / "pdf"


def _is_clean(project: Project) -> bool:
    corpus = read_corpus(project)
    findings = check(corpus)
    sys.stdout.write(render_findings(findings, corpus))
    sys.stdout.flush()
    return not findings


def _build_papers(project: Project, mode: str) -> bool:
    from diptych.pdf.build import build_papers

    if not _run_sphinx(project, "latex", {"diptych_mode": mode}):
        return False
    problems = build_papers(project.root / OUTPUT / "latex", papers_folder(project), report=_show_progress)
    for problem in problems:
        print(describe(problem), file=sys.stderr)
    return not problems


def _show_progress(progress: Progress) -> None:
    print(f"paper {progress.done} of {progress.of}: {progress.slug} {progress.outcome}", flush=True)


def _check_links(project: Project) -> int:
    """Ask the web for every link. A link that cannot be reached is a warning to Sphinx, to us it is told apart."""
    output = project.root / OUTPUT / "linkcheck"
    result, warnings = output / "output.json", output / "warnings.txt"
    output.mkdir(parents=True, exist_ok=True)
    result.unlink(missing_ok=True)
    _run_sphinx(project, "linkcheck", {}, ["-Q", "-w", str(warnings)])
    if not result.is_file():
        raise DiptychError(f"the links could not be checked\n{warnings.read_text(encoding='utf-8')}")
    report, code = report_links(read_links(result))
    sys.stdout.write(report)
    return code


STRICT = ["-W", "-n", "--keep-going", "-q"]
"""Sphinx's warnings are failures, and all of them are shown."""


def _run_sphinx(project: Project, builder: str, settings: dict[str, str], flags: Sequence[str] = STRICT) -> bool:
    """Run one builder in a process of its own; true when it had nothing to complain about."""
    output = project.root / OUTPUT
    command = [sys.executable, "-m", "sphinx", "-b", builder, *flags, "-j", "auto"]
    command += ["-d", str(output / "doctrees")]
    command += [f"-D{name}={value}" for name, value in settings.items()]
    command += [str(project.root), str(output / builder)]
    if not (project.root / "conf.py").is_file():
        raise DiptychError(f"{project.root}: there is no conf.py\n    hint: Sphinx's settings stand there")
    return subprocess.run(command, check=False).returncode == 0
