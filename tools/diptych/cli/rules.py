"""``diptych explain`` and ``diptych rules``."""

from __future__ import annotations

import argparse
import sys

from diptych.cli.shared import CLEAN, add_output, write, write_file
from diptych.diagnostics import did_you_mean
from diptych.errors import DiptychError

FORMATS = ("text", "json", "markdown")


def add(commands: argparse._SubParsersAction) -> None:
    """Declare both commands."""
    explaining = commands.add_parser("explain", help="say what a rule is about")
    explaining.add_argument("code", help="a rule's code or slug, such as CIT001, or a beginning, such as CIT")
    explaining.set_defaults(run=_explain)
    listing = commands.add_parser("rules", help="list all rules")
    listing.add_argument("--format", choices=FORMATS, default="text", help="how to list them (default: text)")
    add_output(listing, "a file, or for markdown a folder,")
    listing.set_defaults(run=_rules)


def _explain(options: argparse.Namespace) -> int:
    from diptych.pdf.rules import PDF_RULES
    from diptych.report.rules import render_rule, render_rules
    from diptych.report.terminal import Terminal
    from diptych.rules import RULES

    terminal = Terminal.of(sys.stdout)
    wanted = options.code.strip()
    every = dict(sorted({**RULES, **PDF_RULES}.items()))
    for rule in every.values():
        if wanted.upper() == rule.code or wanted.lower() == rule.slug:
            write(render_rule(rule, terminal))
            return CLEAN
    family = [rule for rule in every.values() if wanted and rule.code.startswith(wanted.upper())]
    if family:
        write(render_rules(family, terminal))
        return CLEAN
    known = [*every, *(rule.slug for rule in every.values())]
    hint = did_you_mean(wanted, known) or did_you_mean(wanted.upper(), known) or "diptych rules lists them"
    raise DiptychError(f'there is no rule "{options.code}"\n    hint: {hint}')


def _rules(options: argparse.Namespace) -> int:
    from diptych.pdf.rules import PDF_RULES
    from diptych.report.rules import render_rules, render_rules_json, rule_pages
    from diptych.report.terminal import Terminal
    from diptych.rules import RULES

    rules, pdf_rules = ([known[code] for code in sorted(known)] for known in (RULES, PDF_RULES))
    if options.format == "markdown":
        if options.output is None:
            raise DiptychError("markdown is one page a rule\n    hint: name their folder, as in --output docs/rules")
        for name, text in rule_pages(rules, pdf_rules).items():
            write_file(options.output / name, text)
    elif options.format == "json":
        write(render_rules_json([*rules, *pdf_rules]), options.output, is_for_people=False)
    else:
        terminal = Terminal.of(sys.stdout) if options.output is None else Terminal()
        write(render_rules([*rules, *pdf_rules], terminal), options.output)
    return CLEAN
