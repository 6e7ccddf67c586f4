"""Runs the rules over a corpus."""

from __future__ import annotations

from diptych.diagnostics import Diagnostic
from diptych.model.corpus import Corpus
from diptych.rules import RULES
from diptych.rules.registry import Case


def check(corpus: Corpus) -> list[Diagnostic]:
    """Every finding of every rule, sorted by file and place; equal corpora give equal lists."""
    found: set[Diagnostic] = set()
    for rule in RULES.values():
        if not rule.is_for_documents:
            found.update(rule.run(corpus))
    for document in corpus.documents:
        case = Case(document, corpus)
        for rule in RULES.values():
            if rule.is_for_documents:
                found.update(rule.run(case))
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)
