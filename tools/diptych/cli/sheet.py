"""``diptych sheet``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

from diptych.cli.shared import CLEAN, add_output, add_paths, project_of, write

FORMATS = ("text", "csv", "json", "html")


def add(commands: argparse._SubParsersAction) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "sheet",
        help="print the marking sheet: facts for a marker, no grade",
        description="Print what a marker needs to know of each analysis: where every question is answered, words "
        "against budgets, citations, findings, and what people must judge. It gives no grade.",
    )
    add_paths(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to show it (default: text)")
    add_output(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from diptych.check import check
    from diptych.parse.corpus import read_corpus
    from diptych.report.sheet.facts import sheets_of
    from diptych.rules import RULES
    from diptych.selection import read_selection

    project = project_of(options.paths)
    rules = read_selection(project, RULES).chosen(RULES)
    corpus = read_corpus(project, options.paths)
    sheets = sheets_of(corpus, check(corpus, rules))
    write(_renderer(options)(sheets), options.output, is_for_people=options.format == "text")
    return CLEAN


def _renderer(options: argparse.Namespace) -> Callable:
    render = getattr(import_module(f"diptych.report.sheet.{options.format}"), f"render_{options.format}")
    if options.format != "text":
        return render
    from diptych.report.terminal import Terminal

    terminal = Terminal.of(sys.stdout) if options.output is None else Terminal()
    return lambda sheets: render(sheets, terminal)
