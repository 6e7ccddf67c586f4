"""From checked sources to the site and the papers: each step runs once, in the order that the next one needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from diptych.cache import Cache, open_cache
from diptych.collector import collector_paused
from diptych.errors import DiptychError, describe
from diptych.finished import look_up
from diptych.linkcheck import read_links, report_links
from diptych.report.findings import Report
from diptych.report.terminal import Terminal
from diptych.report.text import render_text
from diptych.search.index import make_index
from diptych.search.pagefind import identify_program
from diptych.settings import Project

OUTPUT = "build"
"""The folder, below the project's root, that everything built goes to."""


def build(project: Project, what: str, mode: str, jobs: int | None = None) -> int:
    """Build ``html``, ``pdf``, ``site`` (both, with the papers linked from the pages) or ``linkcheck``.

    ``mode`` is how papers are set: ``preprint``, ``final`` or ``submission``. ``jobs`` papers or pages are built at
    a time; where it is ``None`` the environment says how many, or else there is one for each processor. Nothing is
    built while the check has findings. Returns an exit code: 0, or 1 with the reasons printed.
    """
    jobs = jobs or wanted_jobs(os.environ)
    cache = open_cache(project, (), ("check", repr(None), repr(None)))
    if what in ("pdf", "site"):
        if not _build_papers(project, mode, cache, jobs):
            return 1
    elif not _is_clean(project, cache):
        return 1
    if what == "pdf":
        return 0
    if what == "linkcheck":
        return _check_links(project, jobs)
    settings, inputs = {}, []
    if what == "site":
        if not _pack_sources(project):
            return 1
        inputs = [papers_folder(project), sources_folder(project)]
        settings = {"diptych_pdf_dir": str(inputs[0]), "diptych_sources_dir": str(inputs[1])}
    site = project.root / OUTPUT / "html"
    finished = look_up(project, site, cache.digest if cache else None, inputs, (settings, _programs()))
    if finished.is_current():
        return 0
    finished.forget()
    if not _run_sphinx(project, "html", settings, jobs):
        return 1
    make_index(site, project.root / OUTPUT / "search")
    finished.note()
    return 0


def papers_folder(project: Project) -> Path:
    """Where finished PDFs are put."""
    return project.root / OUTPUT / "pdf"


def sources_folder(project: Project) -> Path:
    """Where the LaTeX sources of papers are packed for readers of the site."""
    return project.root / OUTPUT / "sources"


def _programs() -> tuple[object, ...]:
    """What else is asked to make something of the site: the one that indexes it, the one that draws its cards."""
    return identify_program(), shutil.which("rsvg-convert")


def wanted_jobs(environment: Mapping[str, str]) -> int | None:
    """How many papers or pages may be built at a time by ``JOBS=N`` or ``make -jN``; ``None`` where neither says."""
    flags = environment.get("MAKEFLAGS", "").split(" -- ")[0].split()
    words = [environment.get("JOBS", ""), *(flag[2:] for flag in flags if flag.startswith("-j"))]
    return next(filter(None, map(read_jobs, words)), None)


def read_jobs(word: str) -> int | None:
    """The number of jobs that ``word`` asks for; ``None`` where it is no whole number from 1 up."""
    # as many digits as no machine has processors: Python refuses to read numbers without end
    return int(word) or None if word.isascii() and word.isdigit() and len(word) < 10 else None


def _is_clean(project: Project, cache: Cache | None) -> bool:
    """Whether ``diptych check`` finds nothing; its result is shown, the kept one where nothing has changed."""
    report = cache.load() if cache else None
    if report is None:
        with collector_paused():
            report = _checked(project, cache)
    sys.stdout.write(render_text(report, Terminal.of(sys.stdout)))
    sys.stdout.flush()
    return not report.findings


def _checked(project: Project, cache: Cache | None) -> Report:
    """The result of a check that is made now, and kept."""
    from diptych.inspection import Request, inspect
    from diptych.memory import recall
    from diptych.rules import RULES
    from diptych.selection import read_selection

    memory = recall(cache) if cache else None
    report = inspect(project, Request(), read_selection(project, RULES, None, None).chosen(RULES), memory)
    if cache and memory:
        cache.store(report, *memory.packed())
    return report


def _build_papers(project: Project, mode: str, cache: Cache | None, jobs: int | None) -> bool:
    from diptych.pdf.build import build_papers
    from diptych.pdf.progress import Display
    from diptych.pdf.written import look_up as look_up_papers

    folder = project.root / OUTPUT / "latex"
    written = look_up_papers(project, folder, mode)
    if written.is_current():
        if not _is_clean(project, cache):
            return False
    else:
        written.forget()
        with _sphinx(project, "latex", {"diptych_mode": mode}, jobs) as sphinx:  # it loads while we check
            if not _is_clean(project, cache) or not _finish(sphinx):
                return False
        written.note()
    display = Display(sys.stdout)
    try:
        problems = build_papers(folder, papers_folder(project), jobs, display.show)
    finally:
        display.close()
    shown = sorted((*problems, *display.remarks), key=lambda problem: (problem.span.path, problem.span.line))
    for problem in shown:
        print(describe(problem), file=sys.stderr)
    return not problems


def _pack_sources(project: Project) -> bool:
    """Pack the sources of every paper that has been built; archives of papers that are gone go too."""
    from diptych.pdf.build import WORK
    from diptych.pdf.record import read_records
    from diptych.pdf.submission import pack_sources
    from diptych.pdf.verify import expect

    latex, folder = project.root / OUTPUT / "latex", sources_folder(project)
    kept, problems = set(), []
    for record in read_records(latex):
        references = latex / WORK / record.slug / f"{record.slug}.bbl"
        target = folder / f"{record.slug}.zip"
        packed = pack_sources(record, references, target, project.root, expect(record).names)
        problems += packed.problems
        if packed.archive:
            kept.add(target)
    for file in folder.glob("*.zip"):
        if file not in kept:
            file.unlink()
    for problem in problems:
        print(describe(problem), file=sys.stderr)
    return not problems


def _check_links(project: Project, jobs: int | None) -> int:
    """Ask the web for every link. A link that cannot be reached is a warning to Sphinx, to us it is told apart."""
    output = project.root / OUTPUT / "linkcheck"
    result, warnings = output / "output.json", output / "warnings.txt"
    output.mkdir(parents=True, exist_ok=True)
    result.unlink(missing_ok=True)
    _run_sphinx(project, "linkcheck", {}, jobs, ["-Q", "-w", str(warnings)])
    if not result.is_file():
        raise DiptychError(f"the links could not be checked\n{warnings.read_text(encoding='utf-8')}")
    report, code = report_links(read_links(result))
    sys.stdout.write(report)
    return code


STRICT = ["-W", "-n", "--keep-going", "-q"]
"""Sphinx's warnings are failures, and all of them are shown."""

_WAITING_SPHINX = """
import gc, os, sys
import sphinx.cmd.build, sphinx.builders.latex, sphinxcontrib.bibtex, myst_parser.sphinx_ext.main
import diptych.sphinxext, diptych.sphinxext.parser, diptych.latex.output, diptych.latex.translator
gc.freeze()
gc.set_threshold(100_000, 20, 20)
if sys.stdin.readline():
    code = sphinx.cmd.build.main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
"""
"""Loads what Sphinx needs, and begins only when it is told to: what has not been checked is not read.

It makes many small objects and keeps most of them, so looking for garbage often is time lost, and so is taking
everything apart at the end: that was a tenth of a large build."""


def _run_sphinx(
    project: Project, builder: str, settings: dict[str, str], jobs: int | None, flags: Sequence[str] = STRICT
) -> bool:
    """Run one builder in a process of its own; true when it had nothing to complain about."""
    with _sphinx(project, builder, settings, jobs, flags) as sphinx:
        return _finish(sphinx)


@contextmanager
def _sphinx(
    project: Project, builder: str, settings: dict[str, str], jobs: int | None, flags: Sequence[str] = STRICT
) -> Iterator[subprocess.Popen[bytes]]:
    """One builder in a process of its own, which waits to be told to begin. It does not outlive the block."""
    if not (project.root / "conf.py").is_file():
        raise DiptychError(f"{project.root}: there is no conf.py\n    hint: Sphinx's settings stand there")
    output = project.root / OUTPUT
    command = [sys.executable, "-c", _WAITING_SPHINX, "-b", builder, *flags, "-j", str(jobs or "auto")]
    command += ["-d", str(output / "doctrees")]
    command += [f"-D{name}={value}" for name, value in settings.items()]
    command += [str(project.root), str(output / builder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    try:
        yield process
    finally:
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        if process.poll() is None:
            process.kill()
            process.wait()


def _finish(sphinx: subprocess.Popen[bytes]) -> bool:
    """Let a waiting Sphinx begin, and say whether it had nothing to complain about."""
    with suppress(OSError):
        sphinx.stdin.write(b"\n")  # type: ignore[union-attr]
        sphinx.stdin.flush()  # type: ignore[union-attr]
    return sphinx.wait() == 0
