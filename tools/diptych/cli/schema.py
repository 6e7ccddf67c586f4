"""``diptych schema``."""

from __future__ import annotations

import argparse

from diptych.cli.shared import CLEAN, add_output, write


def add(commands: argparse._SubParsersAction) -> None:
    """Declare the command."""
    from diptych.report.schema import SCHEMAS

    parser = commands.add_parser("schema", help="print the JSON Schema of a file that people write")
    parser.add_argument(
        "what", nargs="?", choices=tuple(SCHEMAS), default="front-matter", help="of which (default: front-matter)"
    )
    add_output(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from diptych.report.schema import render_schema

    write(render_schema(options.what), options.output, is_for_people=False)
    return CLEAN
