"""CIT: citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from diptych.diagnostics import Severity, did_you_mean, nearest
from diptych.model.views import Survey
from diptych.rules.registry import Case, Finding, corpus_rule, document_rule

_MANY_SLIPS = 20
"""So many wrong keys are compared with all entries."""


@document_rule("CIT001", "unknown-citation-key")
def unknown_citation_key(case: Case) -> Iterator[Finding]:
    """A citation names a key that no entry of the bibliography has.

    ## Why
    The reader would find a question mark instead of a reference. Keys are compared letter by letter: `Ada2020`
    is not `ada2020`.

    ## Fails
    ```md
    Others {cite:p}`ada2020frist` sort numbers.
    ```

    ## Passes
    ```md
    Others {cite:p}`ada2020first` sort letters.
    ```
    """
    entries = case.corpus.bibliography.entries
    for citation in case.document.citations:
        for cited in citation.keys:
            if cited.key not in entries:
                yield Finding(cited.span, f'no entry has the key "{cited.key}"', near_key(cited.key, entries))


@document_rule("CIT002", "unknown-paper")
def unknown_paper(case: Case) -> Iterator[Finding]:
    """A selected paper has no entry in the bibliography.

    ## Why
    Its full citation, which the assignment asks for, is made from that entry.

    ## Fails
    ```yaml
    papers: [ada2020first, bo2021last]
    ```

    ## Passes
    ```yaml
    papers: [ada2020first, bo2021second]
    ```
    """
    entries = case.corpus.bibliography.entries
    for index, key in enumerate(case.front.papers if case.front else ()):
        if key not in entries:
            yield Finding(case.place(f"papers[{index}]"), f'no entry has the key "{key}"', near_key(key, entries))


@document_rule("CIT003", "uncited-paper")
def uncited_paper(case: Case) -> Iterator[Finding]:
    """A selected paper is never cited in the text.

    ## Why
    The two papers are what the analysis is about.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` sorts letters by size, and so do we here.

    ## Judgement

    {q}`2` The tasks of {cite:t}`ada2020first` are few. {q}`3` We prefer the second paper, which is faster.
    ```

    ## Passes
    ```md
    Both {cite:p}`ada2020first,bo2021second` sort letters.
    ```
    """
    cited = {item.key for citation in case.document.citations for item in citation.keys}
    for index, key in enumerate(case.front.papers if case.front else ()):
        if key not in cited and not is_misspelt(key, case.corpus.bibliography.entries):
            hint = "cite it with {cite:t}`" + key + "`"
            yield Finding(case.place(f"papers[{index}]"), f'the text never cites "{key}"', hint)


@document_rule("CIT004", "malformed-citation")
def malformed_citation(case: Case) -> Iterator[Finding]:
    """The text of a citation is not a list of keys.

    ## Why
    Keys are joined by commas; a locator stands in braces right after its key.

    ## Fails
    ```md
    Others {cite:p}`ada2020first bo2021second` sort letters.
    ```

    ## Passes
    ```md
    Others {cite:p}`ada2020first{Table 2},bo2021second` sort letters.
    ```
    """
    yield from case.problems("malformed-citation")


@corpus_rule("CIT005", "unused-entry")
def unused_entry(corpus: Survey) -> Iterator[Finding]:
    """An entry of the bibliography is cited by no analysis and suggested by no assignment.

    ## Why
    Entries that nobody cites are entries that nobody has checked. It is looked at only when all analyses are.

    ## Fails
    ```bib
    @misc{dee2018fourth, title = {Fourth}, author = {Dee, D.}, year = {2018}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    if not corpus.is_whole:
        return
    used = corpus.cited | {key for rubric in corpus.rubrics.values() for topic in rubric.topics for key in topic.papers}
    entries = corpus.bibliography.entries
    used |= {nearest(key, entries) for key in sorted(used - entries.keys())[:_MANY_SLIPS]}  # as CIT001 says of them
    for key, entry in entries.items():
        if key not in used:
            yield Finding(entry.key_span, f'nothing cites "{key}"', "cite it, or remove the entry")


@document_rule("CIT006", "repeated-key")
def repeated_key(case: Case) -> Iterator[Finding]:
    """One citation names the same key twice.

    ## Why
    The reader would find the same reference twice in one bracket. Two places in one paper make one locator.

    ## Fails
    ```md
    Both sort letters {cite:p}`ada2020first{Table 1},bo2021second,ada2020first{Table 2}`.
    ```

    ## Passes
    ```md
    Both sort letters {cite:p}`ada2020first{Tables 1 and 2},bo2021second`.
    ```
    """
    for citation in case.document.citations:
        seen = set()
        for cited in citation.keys:
            if cited.key in seen:
                hint = f"name it once, with one locator: {cited.key}{{Tables 1 and 2}}"
                yield Finding(cited.span, f'this citation names "{cited.key}" twice', hint)
            seen.add(cited.key)


@document_rule("CIT007", "outweighing-paper", Severity.WARNING)
def outweighing_paper(case: Case) -> Iterator[Finding]:
    """Another paper is cited more often than one of the selected papers.

    ## Why
    Further papers support the argument; the two selected ones are its subject. The finding stands at the first
    citation of the other paper.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers, and more numbers {cite:p}`cy2019other`, and yet more
    {cite:p}`cy2019other`.
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers, and more numbers {cite:p}`cy2019other`.
    ```
    """
    if case.front is None:
        return
    cited = [item for citation in case.document.citations for item in citation.keys]
    counts = Counter(item.key for item in cited)
    selected = [paper for paper in case.front.papers if counts[paper]]  # one that is never cited has its own finding
    if not selected:
        return
    least = min(selected, key=lambda paper: counts[paper])
    reported = set(case.front.papers)
    for item in cited:
        if item.key not in reported and counts[item.key] > counts[least]:
            reported.add(item.key)
            message = (
                f'"{item.key}" is cited {counts[item.key]} times, more often than the selected paper "{least}" '
                f"({counts[least]})"
            )
            yield Finding(item.span, message, "rest the argument on the selected papers")


def is_misspelt(key: str, entries: Collection[str]) -> bool:
    """Whether ``key`` is no entry's, but much like one: CIT001 and CIT002 speak of it, and that is enough."""
    return key not in entries and bool(nearest(key, entries))


def near_key(key: str, entries: Collection[str]) -> str:
    """What the author may have meant by ``key``."""
    wanted = key.casefold()
    for known in entries:
        if len(known) == len(key) and known.casefold() == wanted:
            return f'keys are case-sensitive: write "{known}"'
    return did_you_mean(key, entries) or "add the entry to a file in the bibliography's folder"
