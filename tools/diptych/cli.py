"""The command ``diptych``: thin, it only joins what the other modules do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from diptych import __version__
from diptych.diagnostics import did_you_mean
from diptych.errors import DiptychError

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""Exit codes: nothing found, something found, could not do the job."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except DiptychError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        sys.stderr.close()
        return FAILED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="diptych", description="Check, show and typeset analyses of two papers.")
    parser.add_argument("--version", action="version", version=f"diptych {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    checking = commands.add_parser("check", help="check analyses against their assignment")
    checking.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="analyses; all of them if none is named")
    checking.set_defaults(run=_check)

    counting = commands.add_parser("words", help="count words by section, class and question")
    counting.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="analyses; all of them if none is named")
    counting.set_defaults(run=_words)

    explaining = commands.add_parser("explain", help="say what a rule is about")
    explaining.add_argument("code", help="a rule's code or slug, such as CIT001")
    explaining.set_defaults(run=_explain)

    listing = commands.add_parser("rules", help="list all rules")
    listing.set_defaults(run=_rules)

    building = commands.add_parser("build", help="build the site or the papers")
    building.add_argument("what", choices=("html", "pdf", "site", "linkcheck"), help="what to build")
    building.add_argument(
        "--mode", choices=("preprint", "final", "submission"), default="preprint", help="how papers are set"
    )
    building.set_defaults(run=_build)
    return parser


def _check(options: argparse.Namespace) -> int:
    from diptych.check import check
    from diptych.parse.corpus import read_corpus
    from diptych.report.text import render_findings
    from diptych.settings import find_project

    corpus = read_corpus(find_project(_start(options.paths)), options.paths)
    diagnostics = check(corpus)
    sys.stdout.write(render_findings(diagnostics, corpus))
    return FINDINGS if diagnostics else CLEAN


def _words(options: argparse.Namespace) -> int:
    from diptych.model.assessment import assess
    from diptych.parse.corpus import read_corpus
    from diptych.report.ledger import render_ledger
    from diptych.settings import find_project

    corpus = read_corpus(find_project(_start(options.paths)), options.paths)
    reports = []
    for document in corpus.documents:
        rubric = corpus.rubric_of(document)
        if rubric is None:
            raise DiptychError(f"{document.source.path}: names no known assignment\n    hint: run diptych check first")
        reports.append(render_ledger(assess(document, rubric)))
    sys.stdout.write("\n".join(reports))
    return CLEAN


def _explain(options: argparse.Namespace) -> int:
    from diptych.rules import RULES

    for rule in RULES.values():
        if options.code.upper() == rule.code or options.code == rule.slug:
            print(f"{rule.code} {rule.slug} ({rule.severity.value})\n\n{rule.text}")
            return CLEAN
    hint = did_you_mean(options.code, [*RULES, *(rule.slug for rule in RULES.values())]) or "diptych rules lists them"
    raise DiptychError(f'there is no rule "{options.code}"\n    hint: {hint}')


def _rules(options: argparse.Namespace) -> int:
    from diptych.rules import RULES

    for code, rule in sorted(RULES.items()):
        print(f"{code}  {rule.slug}: {rule.summary}")
    return CLEAN


def _build(options: argparse.Namespace) -> int:
    from diptych.build import build
    from diptych.settings import find_project

    return build(find_project(Path.cwd()), options.what, options.mode)


def _start(paths: Sequence[Path]) -> Path:
    """Where to look for the project: at the first path, or here."""
    return paths[0] if paths and paths[0].exists() else Path.cwd()
