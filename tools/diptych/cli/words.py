"""``diptych words``."""

from __future__ import annotations

import argparse

from diptych.cli.shared import CLEAN, add_paths, project_of, write
from diptych.errors import DiptychError


def add(commands: argparse._SubParsersAction) -> None:
    """Declare the command."""
    parser = commands.add_parser("words", help="count words by section, class and question")
    add_paths(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from diptych.model.assessment import assess
    from diptych.parse.corpus import read_corpus
    from diptych.report.ledger import render_ledger

    corpus = read_corpus(project_of(options.paths), options.paths)
    reports = []
    for document in corpus.documents:
        rubric = corpus.rubric_of(document)
        if rubric is None:
            raise DiptychError(f"{document.source.path}: names no known assignment\n    hint: run diptych check first")
        reports.append(render_ledger(assess(document, rubric)))
    write("\n".join(reports))
    return CLEAN
