"""``diptych check``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from diptych.cache import open_cache
from diptych.cli.shared import CLEAN, FINDINGS, add_output, add_paths, project_of, write
from diptych.collector import collector_paused
from diptych.errors import DiptychError
from diptych.settings import Project

if TYPE_CHECKING:
    from diptych.report.findings import Report
    from diptych.rules.registry import Rule
    from diptych.selection import Selection

FORMATS = ("text", "json", "sarif", "github", "junit")
STDIN = Path("-")


def add(commands: argparse._SubParsersAction) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        help="check analyses against their assignment",
        description="Check analyses and the bibliography. Exit codes: 0 nothing found, 1 something found, "
        "2 could not check.",
    )
    add_paths(parser, "analyses and BibTeX files, or - for standard input; everything if none is named")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to show findings (default: text)")
    parser.add_argument("--select", action="append", metavar="CODES", help="check only these, as in CIT,BIB001")
    parser.add_argument("--ignore", action="append", metavar="CODES", help="leave these out, as in LEN or LEN001")
    parser.add_argument("--since", metavar="REV", help="show only what changed since this git revision")
    parser.add_argument("--statistics", action="store_true", help="show how many findings each rule has")
    mending = parser.add_mutually_exclusive_group()
    mending.add_argument("--fix", action="store_true", help="mend what needs no judgement, then check")
    mending.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    add_output(parser)
    parser.add_argument("--no-cache", action="store_true", help="check anew, and keep no result")
    parser.add_argument("--stdin-path", type=Path, metavar="PATH", help="the analysis that standard input stands for")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with collector_paused():
        return _check(options)


def _check(options: argparse.Namespace) -> int:
    _refuse_contradictions(options)
    unsaved = _standard_input(options)
    project = project_of([unsaved[0] if unsaved[0].exists() else unsaved[0].parent] if unsaved else options.paths)
    if options.diff:
        return _diff(project, options)
    if options.fix:
        _mend(project, options)
    report = _report(project, options, unsaved)
    write(_renderer(options)(report), options.output, is_for_people=options.format == "text")
    if options.output is not None:
        from diptych.report.findings import summary

        print(f"{options.output}: {summary(report)}", file=sys.stderr)
    return FINDINGS if report.findings else CLEAN


def _report(project: Project, options: argparse.Namespace, unsaved: tuple[Path, str] | None) -> Report:
    """The result of the check: the one that was kept where there is one, which spares reading rules and readers."""
    is_kept = not (options.no_cache or unsaved or options.since is not None)
    choice = ("check", repr(options.select), repr(options.ignore))
    cache = open_cache(project, options.paths, choice) if is_kept else None
    report = cache.load() if cache else None
    if report is None:
        from diptych.inspection import Request, inspect
        from diptych.memory import recall

        request = Request(() if unsaved else tuple(options.paths), options.since, unsaved)
        memory = recall(cache) if cache and not options.paths else None
        report = inspect(project, request, _selection(project, options)[1], memory)
        if cache:
            cache.store(report, *(memory.packed() if memory else ()))
    elif options.format == "sarif":
        report = replace(report, rules=_selection(project, options)[1])
    return report


def _selection(project: Project, options: argparse.Namespace) -> tuple[Selection, list[Rule]]:
    """What was chosen, and the rules that are left by it."""
    from diptych.rules import RULES
    from diptych.selection import read_selection

    selection = read_selection(project, RULES, options.select, options.ignore)
    rules = selection.chosen(RULES)
    if not rules:
        raise DiptychError("every rule is left out, so nothing would be checked\n    hint: see --select and --ignore")
    return selection, rules


def _codes(project: Project, options: argparse.Namespace) -> set[str]:
    """What may be mended. The layout of BibTeX files belongs to no rule: it goes along unless rules are named."""
    selection, rules = _selection(project, options)
    return {rule.code for rule in rules} | (set() if selection.select else {"LAYOUT"})


def _mend(project: Project, options: argparse.Namespace) -> None:
    from diptych.inspection import Request, mend

    for path in mend(project, Request(tuple(options.paths), options.since), _codes(project, options)):
        print(f"{path}: mended", file=sys.stderr)


def _diff(project: Project, options: argparse.Namespace) -> int:
    from diptych.inspection import Request, diff
    from diptych.report.terminal import Terminal, render_diff

    text = diff(project, Request(tuple(options.paths), options.since), _codes(project, options))
    terminal = Terminal.of(sys.stdout) if options.output is None else Terminal()
    write(render_diff(text, terminal), options.output, is_for_people=terminal.is_interactive)
    return FINDINGS if text else CLEAN


def _refuse_contradictions(options: argparse.Namespace) -> None:
    if options.statistics and options.format not in ("text", "json"):
        raise DiptychError(f"--statistics says nothing in the format {options.format}\n    hint: use text or json")
    if options.diff and (options.statistics or options.format != "text"):
        raise DiptychError("--diff shows a diff and no findings\n    hint: leave out --format and --statistics")
    if STDIN in options.paths and (options.fix or options.diff):
        raise DiptychError("standard input cannot be mended\n    hint: mend the file")


def _renderer(options: argparse.Namespace) -> Callable:
    if options.format != "text":
        return getattr(import_module(f"diptych.report.{options.format}"), f"render_{options.format}")
    from diptych.report.terminal import Terminal
    from diptych.report.text import render_statistics, render_text

    terminal = Terminal.of(sys.stdout) if options.output is None else Terminal()
    render = render_statistics if options.statistics else render_text
    return lambda report: render(report, terminal)


def _standard_input(options: argparse.Namespace) -> tuple[Path, str] | None:
    """The analysis that comes in by standard input, with the path that it stands for."""
    if STDIN not in options.paths:
        if options.stdin_path is not None:
            raise DiptychError("--stdin-path needs - as the path\n    hint: diptych check - --stdin-path PATH")
        return None
    if len(options.paths) > 1 or options.since is not None:
        raise DiptychError("- is standard input, which is checked alone\n    hint: leave out other paths and --since")
    if options.stdin_path is None:
        raise DiptychError("which analysis is on standard input?\n    hint: say so by --stdin-path analyses/x/index.md")
    data = sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DiptychError(f"{options.stdin_path}:{line}: not UTF-8 text\n    hint: save it as UTF-8") from None
    return options.stdin_path, text.replace("\r\n", "\n").replace("\r", "\n")
