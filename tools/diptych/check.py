"""Runs the rules over a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from diptych.diagnostics import Diagnostic
from diptych.model.corpus import Corpus
from diptych.model.suppressions import Suppression
from diptych.rules import RULES
from diptych.rules.registry import Case, Rule
from diptych.rules.suppressions import UNUSED, can_suppress, suppressions


def check(corpus: Corpus, rules: Iterable[Rule] | None = None) -> list[Diagnostic]:
    """Every finding of ``rules``, all of them if none are given, sorted by file and place.

    Findings that a comment allows are left out. Equal corpora give equal lists.
    """
    chosen = list(RULES.values() if rules is None else rules)
    found: set[Diagnostic] = set()
    for rule in chosen:
        if not rule.is_for_documents and rule.code != UNUSED:
            found.update(rule.run(corpus))
    for document in corpus.documents:
        case = Case(document, corpus)
        for rule in chosen:
            if rule.is_for_documents:
                found.update(rule.run(case))
    found, idle = _without_allowed(found, corpus)
    ran = {rule.code for rule in chosen}
    if UNUSED in ran:
        found.update(RULES[UNUSED].run(replace(corpus, idle=_surely_idle(idle, ran, corpus))))
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def _without_allowed(found: set[Diagnostic], corpus: Corpus) -> tuple[set[Diagnostic], list[Suppression]]:
    """The findings that no comment allows, and the comments that have allowed nothing."""
    groups: dict[tuple[str, str], tuple[list[Suppression], list[Diagnostic]]] = {}
    for suppression in suppressions(corpus):
        if can_suppress(suppression):
            groups.setdefault((suppression.span.path, suppression.code), ([], []))[0].append(suppression)
    if not groups:
        return found, []
    for finding in found:
        group = groups.get((finding.span.path, finding.code))
        if group is not None:
            group[1].append(finding)
    allowed: set[Diagnostic] = set()
    idle: list[Suppression] = []
    for comments, findings in groups.values():
        used = _cover(comments, findings, allowed)
        idle += [comment for comment in comments if comment not in used]
    return found - allowed, idle


def _cover(comments: list[Suppression], findings: list[Diagnostic], allowed: set[Diagnostic]) -> set[Suppression]:
    """Add those of ``findings`` that ``comments`` cover to ``allowed``; the comments that cover any.

    What two comments cover lies side by side or one within the other, so one pass over the text is enough.
    """
    ahead = sorted(comments, key=lambda comment: (-comment.covers.start, comment.covers.end))
    around: list[Suppression] = []
    used: set[Suppression] = set()
    for finding in sorted(findings, key=lambda finding: finding.span.start):
        at = finding.span.start
        while ahead and ahead[-1].covers.start <= at:
            around.append(ahead.pop())
        around = [comment for comment in around if at < comment.covers.end]
        if around:
            allowed.add(finding)
            used.update(around)
    return used


def _surely_idle(idle: Iterable[Suppression], ran: set[str], corpus: Corpus) -> tuple[Suppression, ...]:
    """Those of ``idle`` whose rule was run on all that it looks at: only then is nothing there to be allowed."""
    return tuple(item for item in idle if item.code in ran and (corpus.is_whole or RULES[item.code].is_for_documents))
