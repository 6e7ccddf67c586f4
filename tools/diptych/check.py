"""Runs the rules over a corpus."""

from __future__ import annotations

from collections.abc import Iterable

from diptych.diagnostics import Diagnostic
from diptych.model.corpus import Corpus
from diptych.rules import RULES
from diptych.rules.registry import Case, Rule


def check(corpus: Corpus, rules: Iterable[Rule] | None = None) -> list[Diagnostic]:
    """Every finding of ``rules``, all of them if none are given, sorted by file and place.

    Equal corpora give equal lists.
    """
    chosen = list(RULES.values() if rules is None else rules)
    found: set[Diagnostic] = set()
    for rule in chosen:
        if not rule.is_for_documents:
            found.update(rule.run(corpus))
    for document in corpus.documents:
        case = Case(document, corpus)
        for rule in chosen:
            if rule.is_for_documents:
                found.update(rule.run(case))
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)
