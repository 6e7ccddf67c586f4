"""STR: the comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from diptych.diagnostics import Severity
from diptych.model.assessment import citations_within
from diptych.model.document import Citation
from diptych.rules.citations import is_misspelt
from diptych.rules.registry import Case, Finding, document_rule


@document_rule("STR011", "paper-not-discussed")
def paper_not_discussed(case: Case) -> Iterator[Finding]:
    """A section that compares cites only one of the papers.

    ## Why
    Every graded section weighs both papers; one that leaves a paper out is a summary of the other.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` sorts letters by size, and so do we here.

    ## Judgement

    {q}`2` {q}`3` We compare {cite:t}`ada2020first` with {cite:t}`bo2021second` and find that the first is slower.
    ```

    ## Passes
    ```md
    Both {cite:p}`ada2020first,bo2021second` sort letters.
    ```
    """
    if case.front is None or case.assessment is None:
        return
    for facts in case.assessment.sections:
        if facts.index is None or not facts.graded.compares:
            continue
        keys = {item.key for citation in citations_within(case.document, facts.index) for item in citation.keys}
        cited = {key.casefold() for key in keys}  # CIT001 speaks of a key in another case
        for paper in case.front.papers:
            if paper.casefold() not in cited and not is_misspelt(paper, case.corpus.bibliography.entries):
                message = f'"{facts.graded.title}" never cites "{paper}"'
                yield Finding(
                    case.document.sections[facts.index].span,
                    message,
                    "cite it with {cite:t}`" + paper + "`, and compare",
                )


@document_rule("STR012", "starved-paper", Severity.WARNING)
def starved_paper(case: Case) -> Iterator[Finding]:
    """A selected paper has too small a share of the citations, in a section that compares or in all.

    Of the citations of the selected papers, each paper must have at least a quarter (setting `paper_share`). A paper
    without any is another rule's matter.

    ## Why
    A comparison that rests on one of the papers is a review of that paper.

    ## Fails
    ```md
    {cite:t}`ada2020first` count steps. They sort by hand {cite:p}`ada2020first`, in the open {cite:p}`ada2020first`.
    ```

    ## Passes
    ```md
    {cite:t}`ada2020first` count steps. They sort by hand {cite:p}`ada2020first`, {cite:t}`bo2021second` by machine.
    ```
    """
    if case.front is None or case.assessment is None:
        return
    papers = case.front.papers
    least = case.corpus.thresholds.paper_share
    for facts in case.assessment.sections:
        if facts.index is not None and facts.graded.compares:
            place = case.document.sections[facts.index].span
            cited = citations_within(case.document, facts.index)
            for paper, share in _starved(papers, cited, least):
                message = f'"{paper}" has {share} of the citations of the selected papers in "{facts.graded.title}"'
                yield Finding(place, f"{message}, less than {least:g} %", "give it its part of the comparison")
    for paper, share in _starved(papers, case.document.citations, least):
        message = f'"{paper}" has {share} of the citations of the selected papers, less than {least:g} %'
        yield Finding(case.place(f"papers[{papers.index(paper)}]"), message, "give it its part of the comparison")


def _starved(papers: Sequence[str], citations: Iterable[Citation], least: float) -> Iterator[tuple[str, str]]:
    """Each of ``papers`` that is cited, but with a share below ``least`` percent; and the share in words."""
    counts = Counter(item.key for citation in citations for item in citation.keys if item.key in papers)
    total = sum(counts.values())
    for paper in dict.fromkeys(papers):
        if 0 < 100 * counts[paper] < least * total:
            yield paper, f"{counts[paper]} of {total}"
