"""Runs the rules over a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diptych.diagnostics import Diagnostic
from diptych.model.corpus import Corpus
from diptych.model.document import Document
from diptych.model.suppressions import Suppression
from diptych.model.views import Surroundings, Survey, Whole
from diptych.rules import RULES
from diptych.rules.registry import Case, Rule
from diptych.rules.suppressions import UNUSED, can_suppress


class Outcome(NamedTuple):
    """What some rules have found, whether a comment allows it or not."""

    findings: Sequence[Diagnostic]
    asked: Mapping[str, str]
    """All that they have asked about other parts of the corpus, each question with a stamp of its answer: while all
    answers stay the same, the findings do. Empty where nobody will keep them."""


def check(corpus: Corpus, rules: Iterable[Rule] | None = None) -> list[Diagnostic]:
    """Every finding of ``rules``, all of them if none are given, sorted by file and place.

    Findings that a comment allows are left out. Equal corpora give equal lists.
    """
    chosen, whole = list(RULES.values() if rules is None else rules), Whole.of(corpus)
    outcomes = [check_document(document, whole, chosen, is_kept=False) for document in corpus.documents]
    outcomes += [check_survey(rule, whole, is_kept=False) for rule in survey_rules(chosen)]
    return conclude((finding for outcome in outcomes for finding in outcome.findings), whole, chosen)


def check_document(document: Document, whole: Whole, rules: Sequence[Rule], *, is_kept: bool) -> Outcome:
    """What those of ``rules`` that look at one document at a time find in ``document``."""
    view = Surroundings(whole)
    case = Case(document, view)
    findings = [finding for rule in rules if rule.is_for_documents for finding in rule.run(case)]
    return Outcome(findings, whole.stamps(view.asked) if is_kept else {})


def survey_rules(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Those of ``rules`` that look at the whole corpus, but for the one that waits for what all others find."""
    return (rule for rule in rules if not rule.is_for_documents and rule.code != UNUSED)


def check_survey(rule: Rule, whole: Whole, *, is_kept: bool) -> Outcome:
    """What one of the rules that look at the whole corpus finds there."""
    view = Survey(whole)
    findings = list(rule.run(view))
    return Outcome(findings, whole.stamps(view.asked) if is_kept else {})


def conclude(findings: Iterable[Diagnostic], whole: Whole, rules: Iterable[Rule]) -> list[Diagnostic]:
    """Of all ``findings`` of ``rules`` those that no comment allows, in order, and the comments that allow none."""
    found, idle = _without_allowed(set(findings), whole)
    ran = {rule.code for rule in rules}
    if UNUSED in ran:
        found.update(RULES[UNUSED].run(Survey(whole, _surely_idle(idle, ran, whole))))
    return sorted(found, key=lambda diagnostic: diagnostic.sort_key)


def _without_allowed(found: set[Diagnostic], whole: Whole) -> tuple[set[Diagnostic], list[Suppression]]:
    """The findings that no comment allows, and the comments that have allowed nothing."""
    groups: dict[tuple[str, str], tuple[list[Suppression], list[Diagnostic]]] = {}
    for suppression in whole.suppressions:
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


def _surely_idle(idle: Iterable[Suppression], ran: set[str], whole: Whole) -> tuple[Suppression, ...]:
    """Those of ``idle`` whose rule was run on all that it looks at: only then is nothing there to be allowed."""
    return tuple(item for item in idle if item.code in ran and (whole.is_whole or RULES[item.code].is_for_documents))
