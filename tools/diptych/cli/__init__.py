"""The command ``diptych``: thin, it only joins what the other modules do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from diptych import __version__
from diptych.cli import build, check, pdf, rules, schema, sheet, words
from diptych.cli.shared import FAILED
from diptych.errors import DiptychError

COMMANDS = (check, sheet, words, rules, schema, build, pdf)
"""The modules of the commands, in the order in which help lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Nothing that a user does wrong shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _parser().parse_args(arguments)
        code = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        _leave_stdout()
        return FAILED
    except DiptychError as error:
        return _fail(str(error))
    except OSError as error:
        _leave_stdout()
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        return _fail("interrupted")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="diptych",
        description="Check, show and typeset analyses of two papers.",
        epilog="Exit codes: 0 nothing found, 1 something found, 2 could not do the job.",
    )
    parser.add_argument("--version", action="version", version=f"diptych {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser


def _fail(text: str) -> int:
    with suppress(OSError):  # nobody listens
        print(text, file=sys.stderr)
    return FAILED


def _leave_stdout() -> None:
    """Let what is still buffered go nowhere, so that the interpreter can close the stream at its end."""
    with suppress(OSError, ValueError):  # not a real file, as under a test
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
