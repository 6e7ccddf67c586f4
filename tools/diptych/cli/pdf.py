"""``diptych pdf`` and ``diptych submit``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from diptych.cli.shared import CLEAN, FINDINGS, add_jobs, add_output, write
from diptych.diagnostics import did_you_mean
from diptych.errors import DiptychError, describe
from diptych.settings import find_project
from diptych.span import display_path

if TYPE_CHECKING:
    from diptych.pdf.case import Expected
    from diptych.pdf.inspection import Inspected

MODES = ("preprint", "final", "submission")


def add(commands: argparse._SubParsersAction) -> None:
    """Declare both commands."""
    parser = commands.add_parser("pdf", help="check finished PDFs, whoever made them")
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    checking = actions.add_parser(
        "check",
        help="check PDFs against the NeurIPS format",
        description="Check PDFs against the NeurIPS format, and against an assignment where one is named. "
        "Exit codes: 0 nothing found, 1 something found, 2 could not check.",
    )
    checking.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PDFs, or folders of PDFs")
    checking.add_argument("--mode", choices=MODES, help="what the papers are for (default: what their first page says)")
    checking.add_argument("--assignment", metavar="ID", help="the assignment that the papers answer")
    checking.add_argument("--format", choices=("text", "json"), default="text", help="how to show findings")
    checking.add_argument("--pictures", type=Path, metavar="DIR", help="draw the place of each finding to this folder")
    add_output(checking)
    checking.set_defaults(run=_check)
    packing = commands.add_parser(
        "submit",
        help="pack papers with their sources, to hand them in",
        description="Build papers and write build/submission/<slug>.zip for each: the PDF, and sources that make it.",
    )
    packing.add_argument("slugs", nargs="*", metavar="SLUG", help="names of analyses; all of them if none is named")
    packing.add_argument("--mode", choices=MODES, default="preprint", help="how papers are set (default: preprint)")
    add_jobs(packing)
    packing.set_defaults(run=_submit)


def _check(options: argparse.Namespace) -> int:
    from diptych.pdf.inspection import inspect_pdf
    from diptych.pdf.report import PdfReport, render_pdf_json, render_pdf_text
    from diptych.report.terminal import Terminal

    files = _files(options.files)
    expected = _expected(options)
    inspected = [inspect_pdf(file, expected) for file in files]
    report = PdfReport(inspected, _draw(inspected, options.pictures) if options.pictures else {})
    if options.format == "json":
        write(render_pdf_json(report), options.output, is_for_people=False)
    else:
        terminal = Terminal.of(sys.stdout) if options.output is None else Terminal()
        write(render_pdf_text(report, terminal), options.output)
    return FINDINGS if report.findings else CLEAN


def _files(paths: list[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("*.pdf"))
            if not found:
                raise DiptychError(f"{path}: holds no PDF\n    hint: name a PDF, or a folder of PDFs")
            files += found
        elif path.is_file():
            files.append(path)
        else:
            raise DiptychError(f"{path}: does not exist\n    hint: name a PDF, or a folder of PDFs")
    return list(dict.fromkeys(files))


def _expected(options: argparse.Namespace) -> Expected:
    """What the command line asks of the papers; a project is needed for an assignment only."""
    from diptych.pdf.case import Expected

    if options.assignment is None:
        return Expected(mode=options.mode)
    from diptych.rubric import load_rubrics

    project = find_project(Path.cwd())
    rubrics = load_rubrics(project.assignments, project.root)
    rubric = rubrics.get(options.assignment)
    if rubric is None:
        hint = did_you_mean(options.assignment, rubrics) or f"one of: {', '.join(sorted(rubrics))}"
        raise DiptychError(f'there is no assignment "{options.assignment}"\n    hint: {hint}')
    titles = tuple(section.title for section in rubric.sections)
    return Expected(options.mode, rubric, titles, thresholds=project.settings.thresholds)


def _draw(inspected: list[Inspected], folder: Path) -> dict[tuple[int, int], Path]:
    """Pictures of all findings; files of one name in several folders are told apart by a number."""
    from diptych.pdf.pictures import draw_findings

    folder.mkdir(parents=True, exist_ok=True)
    made: dict[tuple[int, int], Path] = {}
    stems: set[str] = set()
    for number, each in enumerate(inspected):
        stem = each.file.stem if each.file.stem not in stems else f"{each.file.stem}.{number + 1}"
        stems.add(stem)
        if each.case.is_readable:
            drawn = draw_findings(each.file, list(each.findings), folder, stem)
            made |= {(number, at): picture for at, picture in drawn.items()}
    return made


def _submit(options: argparse.Namespace) -> int:
    from diptych.build import OUTPUT, build, papers_folder
    from diptych.parse.corpus import analysis_files
    from diptych.pdf.record import SUFFIX, read_record
    from diptych.pdf.submission import pack
    from diptych.pdf.verify import expect

    project = find_project(Path.cwd())
    known = [file.parent.name for file in analysis_files(project.analyses)]
    for slug in options.slugs:
        if slug not in known:
            hint = did_you_mean(slug, known) or f"one of: {', '.join(known)}"
            raise DiptychError(f'there is no analysis "{slug}"\n    hint: {hint}')
    if build(project, "pdf", options.mode, options.jobs):
        return FINDINGS
    output = project.root / OUTPUT
    code = CLEAN
    for slug in dict.fromkeys(options.slugs or known):
        record = read_record(output / "latex" / f"{slug}{SUFFIX}")
        target = output / "submission" / f"{slug}.zip"
        packed = pack(record, papers_folder(project) / f"{slug}.pdf", target, project.root, expect(record).names)
        for problem in packed.problems:
            print(describe(problem), file=sys.stderr)
            code = FINDINGS
        if packed.archive is None:
            target.unlink(missing_ok=True)  # an older one would be taken for this one
        else:
            state = "packed" if packed.is_new else "unchanged"
            write(f"{display_path(packed.archive, project.root)}: {state}, {options.mode}\n")
    return code
