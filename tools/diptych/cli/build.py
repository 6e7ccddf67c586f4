"""``diptych build``."""

from __future__ import annotations

import argparse
from pathlib import Path

from diptych.cli.shared import add_jobs
from diptych.settings import find_project


def add(commands: argparse._SubParsersAction) -> None:
    """Declare the command."""
    parser = commands.add_parser("build", help="build the site or the papers")
    parser.add_argument("what", choices=("html", "pdf", "site", "linkcheck"), help="what to build")
    parser.add_argument(
        "--mode", choices=("preprint", "final", "submission"), default="preprint", help="how papers are set"
    )
    add_jobs(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from diptych.build import build

    return build(find_project(Path.cwd()), options.what, options.mode, options.jobs)
