"""Building all papers: each in a folder that is kept, in parallel, and nothing done twice."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from diptych.diagnostics import Problem
from diptych.errors import DiptychError
from diptych.pdf.log import read_bibtex_log, read_log
from diptych.pdf.record import Record, read_records
from diptych.pdf.run import TIME_LIMIT, Runs, find_latexmk, run_latexmk
from diptych.pdf.verify import verify_pdf

WORK = "papers"
"""The folder within the LaTeX folder where each paper is built, and where its log stays."""
_STAMP = "built.sha256"
_VERSION = b"1"
"""Part of every stamp: raise it when the way of building changes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One paper is finished."""

    done: int
    of: int
    slug: str
    outcome: str
    """``built``, ``unchanged`` or ``failed``."""


def build_papers(
    tex_dir: Path,
    out_dir: Path,
    jobs: int | None = None,
    report: Callable[[Progress], None] | None = None,
    time_limit: float = TIME_LIMIT,
) -> list[Problem]:
    """Make ``out_dir/<slug>.pdf`` of every paper in ``tex_dir``; return what is wrong, sorted by place.

    ``jobs`` papers are built at a time, by default one for each processor that may be used. A PDF reaches
    ``out_dir`` in one step, and only when nothing is wrong with it; a paper with problems has none there. Its log
    stays in ``tex_dir/papers/<slug>``. What has not changed since it was built is not built again.

    Raises ``DiptychError`` when TeX is missing or ``tex_dir`` holds no paper.
    """
    records = read_records(tex_dir)
    if not records:
        raise DiptychError(f"{tex_dir}: no paper found\n    hint: sphinx-build -b latex writes them there")
    find_latexmk()
    work = tex_dir / WORK
    out_dir.mkdir(parents=True, exist_ok=True)
    _remove_gone(work, out_dir, {record.slug for record in records})
    runs, problems = Runs(), []
    with ThreadPoolExecutor(max_workers=jobs or _processors()) as pool:
        try:
            tasks = {
                pool.submit(_build, record, work / record.slug, out_dir, runs, time_limit): record for record in records
            }
            for done, task in enumerate(as_completed(tasks), 1):
                outcome, found = task.result()
                problems += found
                if report is not None:
                    report(Progress(done, len(tasks), tasks[task].slug, outcome))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            runs.end()
            raise
    return sorted(problems, key=lambda problem: (problem.span.path, problem.span.line, problem.kind, problem.message))


def _processors() -> int:
    """How many processors this process may use; macOS only knows how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _build(record: Record, folder: Path, out_dir: Path, runs: Runs, time_limit: float) -> tuple[str, list[Problem]]:
    target = out_dir / f"{record.slug}.pdf"
    stamp, digest = folder / _STAMP, _digest(record)
    if stamp.is_file() and target.is_file() and stamp.read_text() == f"{digest} {_hash(target)}":
        return "unchanged", []
    stamp.unlink(missing_ok=True)
    _bring_files(record, folder)
    end = run_latexmk(folder, record.tex, record.date, runs, time_limit)
    made = folder / f"{record.slug}.pdf"
    problems = _read_logs(record, folder, end)
    if not problems:
        problems = verify_pdf(made, record)
    if problems:
        target.unlink(missing_ok=True)  # an older one would be taken for this one
        _forget(record, folder)
        return "failed", problems
    unfinished = out_dir / f".{record.slug}.pdf.part"
    shutil.copyfile(made, unfinished)
    unfinished.replace(target)
    stamp.write_text(f"{digest} {_hash(target)}")
    return "built", []


def _read_logs(record: Record, folder: Path, end: str) -> list[Problem]:
    def text_of(name: str) -> str:
        file = folder / name
        return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""

    kept = f"the whole log is in {folder / f'{record.slug}.log'}"
    if end == "too long":
        return [record.problem("too-long", "LaTeX did not come to an end in time", None, kept)]
    messages = read_log(text_of(f"{record.slug}.log"), record.tex) + read_bibtex_log(text_of(f"{record.slug}.blg"))
    problems = [record.problem(each.kind, each.text, each.line, each.hint) for each in messages]
    if end and not problems:
        last = [line for line in text_of("latexmk.out").splitlines() if line.strip()][-1:]
        problems.append(record.problem("tex-error", f"LaTeX failed: {' '.join(last).strip()}", None, kept))
    if not problems and not (folder / f"{record.slug}.pdf").is_file():
        problems.append(record.problem("tex-error", "LaTeX made no PDF", None, kept))
    return problems


def _digest(record: Record) -> str:
    """Of everything that the PDF depends on, except TeX itself."""
    whole = hashlib.sha256(_VERSION + f"{record.mode} {record.date}".encode())
    for name in record.files:
        whole.update(f"{name} {_hash(record.folder / name)}".encode())
    return whole.hexdigest()


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _bring_files(record: Record, folder: Path) -> None:
    """Put the paper's files into its folder, and take out what an earlier version had and this one has not."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.name not in record.files and not file.name.startswith(f"{record.slug}."):
            file.unlink()
    for name in record.files:
        source, copy = record.folder / name, folder / name
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            shutil.copyfile(source, copy)


def _forget(record: Record, folder: Path) -> None:
    """Remove what a failed run leaves half done: latexmk would go on from it. The logs stay."""
    for suffix in ("aux", "bbl", "out", "fdb_latexmk", "fls", "pdf"):
        (folder / f"{record.slug}.{suffix}").unlink(missing_ok=True)


def _remove_gone(work: Path, out_dir: Path, current: set[str]) -> None:
    """Remove the PDFs that we made of papers that are no more."""
    for folder in work.iterdir() if work.is_dir() else ():
        if folder.is_dir() and folder.name not in current:
            (out_dir / f"{folder.name}.pdf").unlink(missing_ok=True)
            shutil.rmtree(folder)
