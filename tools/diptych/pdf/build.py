"""Building all papers: each in a folder that is kept, in parallel, and nothing done twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from diptych.diagnostics import Problem
from diptych.errors import DiptychError
from diptych.pdf.formats import WORTH_IT, Formats
from diptych.pdf.log import read_bibtex_log, read_log
from diptych.pdf.passes import typeset
from diptych.pdf.record import Record, read_records
from diptych.pdf.run import PRINTED, TIME_LIMIT, Runs, find_programs, identify_tex
from diptych.pdf.workers import processors, share_out
from diptych.settings import find_project
from diptych.span import Span

WORK = "papers"
"""The folder within the LaTeX folder where each paper is built, and where its log stays."""
FORMATS = "formats"
"""The folder within the LaTeX folder for preambles that TeX has read already."""
_STAMP = "built.json"


@dataclass(frozen=True, slots=True)
class Progress:
    """Something has happened to one paper."""

    done: int
    """How many are finished, whatever came out."""
    of: int
    slug: str
    outcome: str
    """``started``, ``built``, ``unchanged`` or ``failed``."""
    running: tuple[str, ...] = ()
    """The papers that are being built now."""
    remarks: tuple[Problem, ...] = ()
    """What is a matter of degree in the paper that is finished, such as the length of a section."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one paper is built and goes to."""

    record: Record
    digest: str
    """Of everything that the PDF and what is said of it depend on."""
    folder: Path
    """Kept from build to build: sources, PDF, logs and notes."""
    target: Path
    """The PDF for the reader."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """How a paper came out."""

    pdf: str = ""
    """The digest of its PDF; empty where there is none."""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    is_certain: bool = True
    """Whether the same input would come out so again: not when time or memory was short."""


def build_papers(
    tex_dir: Path,
    out_dir: Path,
    jobs: int | None = None,
    report: Callable[[Progress], None] | None = None,
    time_limit: float = TIME_LIMIT,
) -> list[Problem]:
    """Make ``out_dir/<slug>.pdf`` of every paper in ``tex_dir``; return what is wrong, sorted by place.

    ``jobs`` papers are built at a time, by default one for each processor that may be used. A PDF reaches
    ``out_dir`` in one step, and only when nothing is wrong with it; a paper with problems has none there. What is a
    matter of degree keeps none away, and is told to ``report``. Logs stay in ``tex_dir/papers/<slug>``. What has not
    changed since it was built is not built again, and a build that was interrupted, at whatever moment, is gone on
    with by the next.

    Raises ``DiptychError`` when TeX is missing or ``tex_dir`` holds no paper.
    """
    records = read_records(tex_dir)
    if not records:
        raise DiptychError(f"{tex_dir}: no paper found\n    hint: sphinx-build -b latex writes them there")
    find_programs()
    tex, work = identify_tex(), tex_dir / WORK
    out_dir.mkdir(parents=True, exist_ok=True)
    _clear(work, out_dir, {record.slug for record in records})
    formats, around = Formats(tex_dir / FORMATS, tex), _look_around(tex_dir, tex)
    places = [_place(record, around, work, out_dir) for record in records]
    problems: list[Problem] = []
    waiting: list[_Place] = []
    done, running = 0, dict.fromkeys(())

    def tell(slug: str, outcome: str, remarks: tuple[Problem, ...] = ()) -> None:
        if report is not None:
            report(Progress(done, len(places), slug, outcome, tuple(running), remarks))

    for place in places:
        known = _known(place)
        if known is None:
            waiting.append(place)
            continue
        done += 1
        problems += known.problems
        tell(place.record.slug, "failed" if known.problems else "unchanged", known.remarks)
    with closing(_build_all(waiting, formats, jobs or processors(), time_limit)) as verdicts:
        for place, verdict in verdicts:
            slug = place.record.slug
            if verdict is None:
                running[slug] = None
                tell(slug, "started")
                continue
            running.pop(slug, None)
            done += 1
            problems += verdict.problems
            tell(slug, "failed" if verdict.problems else "built", verdict.remarks)
    if waiting:
        formats.remove_others(formats.key(record) for record in records)
    return sorted(problems, key=lambda problem: (problem.span.path, problem.span.line, problem.kind, problem.message))


def _build_all(
    places: Sequence[_Place], formats: Formats, jobs: int, time_limit: float
) -> Iterator[tuple[_Place, _Verdict | None]]:
    """Each place twice: without a verdict when it is begun, and with it."""
    if not places:
        return
    import diptych.pdf.verify  # noqa: F401  loaded once for all processes

    missing = _missing_formats(places, formats)

    def work(task: int, runs: Runs) -> _Verdict | None:
        if task < len(missing):
            formats.write(*missing[task], runs)
            return None
        return _build(places[task - len(missing)], formats, runs, time_limit)

    with closing(share_out(len(missing) + len(places), work, jobs)) as events:
        for event in events:
            if event.task < len(missing):
                continue
            place = places[event.task - len(missing)]
            if event.kind == "started":
                yield place, None
            elif event.kind == "lost":
                place.target.unlink(missing_ok=True)
                message = "the process that set this paper was ended from outside"
                yield place, _Verdict(problems=(place.record.problem("too-long", message),))
            else:
                yield place, event.result


def _missing_formats(places: Sequence[_Place], formats: Formats) -> list[tuple[str, Record]]:
    """The formats that are worth being written, each with a paper that needs it.

    Papers do not wait for them: whichever is begun before its format is there does without.
    """
    wanted: dict[str, list[Record]] = {}
    for place in places:
        key = formats.key(place.record)
        if key is not None and not formats.has(key):
            wanted.setdefault(key, []).append(place.record)
    return [(key, records[0]) for key, records in wanted.items() if len(records) >= WORTH_IT]


def _build(place: _Place, formats: Formats, runs: Runs, time_limit: float) -> _Verdict:
    """Build one paper in a folder of this attempt alone; what is there before and after is always whole."""
    record, folder = place.record, place.folder
    attempt = folder.with_name(f".{record.slug}.{os.getpid()}")
    shutil.rmtree(attempt, ignore_errors=True)
    attempt.mkdir(parents=True)
    for name in record.files:
        shutil.copyfile(record.folder / name, attempt / name)
    end, _ = typeset(record, attempt, folder, formats, runs, time_limit)
    verdict = _judge(record, attempt, folder, end, time_limit)
    pdf = attempt / f"{record.slug}.pdf"
    if verdict.problems:
        pdf.unlink(missing_ok=True)
    if verdict.is_certain:
        kept = {
            "digest": place.digest,
            "pdf": verdict.pdf,
            "problems": [asdict(each) for each in verdict.problems],
            "remarks": [asdict(each) for each in verdict.remarks],
        }
        (attempt / _STAMP).write_text(json.dumps(kept), encoding="utf-8")
    _put_in_place(attempt, folder)
    _publish(place, verdict)
    return verdict


def _judge(record: Record, attempt: Path, folder: Path, end: str, time_limit: float) -> _Verdict:
    """What is wrong with the paper that was set in ``attempt`` and will lie in ``folder``."""
    kept = f"the whole log is in {folder / f'{record.slug}.log'}"
    if end == "too long":
        problem = record.problem("too-long", "LaTeX did not come to an end in time", None, kept)
        return _Verdict(problems=(problem,), is_certain=False)
    problems = _read_logs(record, attempt)
    if problems:
        return _Verdict(problems=tuple(problems))
    if end == "unsettled":
        message = "LaTeX does not come to rest: each pass changes what the next one reads"
        return _Verdict(problems=(record.problem("tex-error", message, None, kept),))
    pdf = attempt / f"{record.slug}.pdf"
    if end or not pdf.is_file():
        last = _last_line(attempt / f"pdflatex{PRINTED}")
        message = f"LaTeX failed: {last}" if end and last else "LaTeX made no PDF"
        return _Verdict(problems=(record.problem("tex-error", message, None, kept),), is_certain=False)
    from diptych.pdf.verify import look_at

    try:
        with _alarm(time_limit):
            found = look_at(pdf, record)
    except TimeoutError:
        problem = record.problem("too-long", "looking at the PDF did not come to an end in time")
        return _Verdict(problems=(problem,), is_certain=False)
    # Pictures of what is wrong lie in this folder, which is about to get another name.
    problems = [replace(each, hint=each.hint.replace(str(attempt), str(folder))) for each in found.problems]
    return _Verdict("" if problems else _hash(pdf), tuple(problems), found.remarks)


def _read_logs(record: Record, folder: Path) -> list[Problem]:
    def text_of(name: str) -> str:
        file = folder / name
        return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""

    messages = read_log(text_of(f"{record.slug}.log"), record.tex) + read_bibtex_log(text_of(f"{record.slug}.blg"))
    return [record.problem(each.kind, each.text, each.line, each.hint) for each in messages]


def _last_line(file: Path) -> str:
    lines = file.read_bytes()[-4000:].decode("utf-8", "replace").splitlines() if file.is_file() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise ``TimeoutError`` when what is within takes longer."""

    def ring(signum: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# ---- What is known from earlier builds


def _place(record: Record, around: _Surroundings, work: Path, out_dir: Path) -> _Place:
    whole = hashlib.sha256(f"{around.digest}\n{record.mode} {record.date} {record.source} {record.lines}\n".encode())
    files = [(name, record.folder / name) for name in record.files]
    if around.root is not None:
        files.append(("", around.root / record.source))  # its sections and words are looked for
    for name, file in files:
        whole.update(f"{name} {_hash(file) if name or file.is_file() else None}\n".encode())
    return _Place(record, whole.hexdigest(), work / record.slug, out_dir / f"{record.slug}.pdf")


@cache
def _own_digest() -> str:
    """Of the code that builds papers and looks at them."""
    whole = hashlib.sha256()
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        whole.update(file.read_bytes())
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What every paper of a build depends on."""

    digest: str
    """Of the code, of TeX, and of the settings and assignments of the project that papers are compared with."""
    root: Path | None
    """Of that project, where there is one."""


def _look_around(tex_dir: Path, tex: str) -> _Surroundings:
    try:
        project = find_project(tex_dir)
    except DiptychError:
        return _Surroundings(f"{_own_digest()}\n{tex}", None)
    files = [_hash(file) for file in sorted(project.assignments.glob("*.toml"))]
    return _Surroundings(f"{_own_digest()}\n{tex}\n{project.settings} {files}", project.root)


def _known(place: _Place) -> _Verdict | None:
    """How the paper came out when it was built from the same input; its PDF is brought back where it is gone."""
    try:
        kept = json.loads((place.folder / _STAMP).read_text(encoding="utf-8"))
        if kept["digest"] != place.digest:
            return None
        problems, remarks = (
            tuple(Problem(**{**each, "span": Span(*each["span"])}) for each in kept[kind])
            for kind in ("problems", "remarks")
        )
        verdict = _Verdict(kept["pdf"], problems, remarks)
        if not problems and _hash(place.folder / f"{place.record.slug}.pdf") != verdict.pdf:
            return None
        if problems or not place.target.is_file() or _hash(place.target) != verdict.pdf:
            _publish(place, verdict)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return verdict


def _publish(place: _Place, verdict: _Verdict) -> None:
    """Give the reader the PDF in one step; where there is none, take away the older one: it would pass for this."""
    if not verdict.pdf:
        place.target.unlink(missing_ok=True)
        return
    made = place.folder / f"{place.record.slug}.pdf"
    copy = place.folder.with_name(f".{place.record.slug}.{os.getpid()}.pdf")
    shutil.copyfile(made, copy)
    try:
        copy.replace(place.target)
    except OSError:  # on another disk
        copy.unlink()
        copy = place.target.with_name(f".{place.target.name}.{os.getpid()}.part")
        shutil.copyfile(made, copy)
        copy.replace(place.target)


def _put_in_place(attempt: Path, folder: Path) -> None:
    """Exchange the kept folder for the new one. Another build may do the same meanwhile: the last one wins."""
    old = attempt.with_name(f"{attempt.name}.old")
    for _ in range(20):
        shutil.rmtree(old, ignore_errors=True)
        with suppress(FileNotFoundError):
            folder.rename(old)
        try:
            attempt.rename(folder)
            break
        except OSError:
            continue
    shutil.rmtree(old, ignore_errors=True)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _clear(work: Path, out_dir: Path, current: set[str]) -> None:
    """Remove the PDFs that we made of papers that are no more, and what interrupted builds have left."""
    for entry in work.iterdir() if work.is_dir() else ():
        if entry.name.startswith("."):
            if not _is_running(entry.name):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink(missing_ok=True)
        elif entry.is_dir() and entry.name not in current:
            (out_dir / f"{entry.name}.pdf").unlink(missing_ok=True)
            shutil.rmtree(entry)


def _is_running(name: str) -> bool:
    """Whether the process that an attempt is named after still runs."""
    number = next((part for part in name.split(".")[2:] if part.isdigit()), "")
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
