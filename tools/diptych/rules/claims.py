"""CIT: what is stated, and whether somebody can look it up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Severity
from diptych.model.document import Citation
from diptych.model.numbers import stated_numbers
from diptych.model.prose import ASIDE_ROLES, Passage, Sentence, paragraphs, passages
from diptych.rules.phrases import CLAIM, CLAIM_WORDS, OWN_NUMBER, POINTING
from diptych.rules.registry import Case, Finding, document_rule

_SPACE = re.compile(r"\s")
_LONGEST_LIST = 3
"""How many numbers a message names before it says how many more there are."""
_WHERE = {"table": "table", "caption": "caption", "list": "item", "quote": "quotation", "footnote": "footnote"}


@document_rule("CIT008", "number-without-locator", Severity.WARNING)
def number_without_locator(case: Case) -> Iterator[Finding]:
    """A sentence states a number, and the citation next to it does not say where in the paper it stands.

    A stated number is a percentage, a decimal, a quantity with a unit (`4 s`, `34M`, `512 × 512`), or a count from
    10 upwards (setting `stated_count`). Years, dates, ordinals, ratios such as 16:9, versions, numbers of sections,
    figures or questions, names such as GPT-4, 3D or "the 5B model", levels of confidence, numbers in words, formulas
    and code do not count. It is enough that the citation before or after the number has a locator, or that another
    citation of the same paper in the sentence has one. Numbers that are the author's own, as CIT009 says, need none.

    ## Why
    A number without a place costs every reader a search through the paper, and a marker checks numbers first.

    ## Fails
    ```md
    The second needs 12.5% fewer steps {cite:p}`bo2021second`.
    ```

    ## Passes
    ```md
    The second needs 12.5% fewer steps {cite:p}`bo2021second{Table 2}`.
    ```
    """
    least = int(case.corpus.thresholds.stated_count)
    for paragraph in paragraphs(case.document):
        if all(any(item.locator for item in citation.keys) for _, citation in paragraph.citations):
            continue
        for sentence in paragraph.sentences():
            cited = sentence.citations
            if cited and not OWN_NUMBER.search(sentence.text):
                yield from _unlocated(sentence, cited, least)


def _unlocated(sentence: Sentence, cited: list[tuple[int, Citation]], least: int) -> Iterator[Finding]:
    text = sentence.paragraph.text
    located = {item.key for _, citation in cited for item in citation.keys if item.locator}
    blamed: dict[int, tuple[Citation, list[str]]] = {}
    nearest = 0
    for start, end in stated_numbers(text, least, sentence.start, sentence.end):
        while nearest < len(cited) and cited[nearest][0] < start:
            nearest += 1
        beside = [citation for _, citation in cited[max(0, nearest - 1) : nearest + 1]]
        if any(item.key in located for citation in beside for item in citation.keys):
            continue
        # a citation in brackets is meant for what stands before it, one that is read as words for what follows
        citation = beside[-1] if beside[-1].role in ASIDE_ROLES else beside[0]
        if citation.keys:
            blamed.setdefault(citation.span.start, (citation, []))[1].append(text[start:end])
    for citation, numbers in blamed.values():
        item = citation.keys[0]
        message = f'"{item.key}" is cited for {_listed(numbers)} without a locator'
        hint = f"say where the number stands: {{cite:{citation.role}}}`{item.key}{{Table 2}}`"
        yield Finding(item.span, message, hint)


@document_rule("CIT009", "number-without-citation", Severity.WARNING)
def number_without_citation(case: Case) -> Iterator[Finding]:
    """A passage states a number and cites nothing.

    A passage is a paragraph, an item of a list with its further paragraphs, a quotation, a caption, a footnote, or a
    table with its caption. It also rests on the item around it and on a lead-in that ends in a colon. What a stated
    number is, CIT008 says. A passage that refers to a figure or a table of the analysis is covered by it; so is a
    sentence about the author's own numbers ("we estimate", "our count") or about what would, could or should be, and
    a table whose caption says so. The abstract is left out.

    ## Why
    Readers cannot tell whose number it is, and whether it was measured or guessed.

    ## Fails
    ```md
    Sorting by hand takes 12.5 minutes.
    ```

    ## Passes
    ```md
    Sorting by hand takes 12.5 minutes {cite:p}`ada2020first{Table 1}`.
    ```
    ```md
    By our own count, sorting by hand takes 12.5 minutes. In 2019 it took three.
    ```
    """
    least = int(case.corpus.thresholds.stated_count)
    for passage in passages(case.document):
        if not passage.names_source:
            yield from _unsourced(passage, least)


def _unsourced(passage: Passage, least: int) -> Iterator[Finding]:
    if any(paragraph.kind == "caption" and OWN_NUMBER.search(paragraph.text) for paragraph in passage.paragraphs):
        return
    numbers: list[str] = []
    place = None
    for paragraph in passage.paragraphs:
        for sentence in paragraph.sentences():
            found = list(stated_numbers(paragraph.text, least, sentence.start, sentence.end))
            if not found or OWN_NUMBER.search(sentence.text) or (sentence.has_note and paragraph.kind != "footnote"):
                continue
            place = place or paragraph.span(*found[0])
            numbers += [paragraph.text[start:end] for start, end in found]
    if place is not None:
        where = _WHERE.get(passage.paragraphs[0].kind, "paragraph")
        if any(paragraph.kind == "table" for paragraph in passage.paragraphs):
            where = "table"
        message = f"this {where} states {_listed(numbers)} and cites nothing"
        hint = "cite the source with its locator, as in {cite:p}`key{Table 2}`, or say that the number is your own"
        yield Finding(place, message, hint)


def _listed(numbers: list[str]) -> str:
    distinct = list(dict.fromkeys(" ".join(number.split()) for number in numbers))
    shown = distinct[:_LONGEST_LIST]
    if len(distinct) > _LONGEST_LIST:
        return f"{', '.join(shown)} and {len(distinct) - _LONGEST_LIST} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


@document_rule("CIT010", "claim-without-citation", Severity.WARNING)
def claim_without_citation(case: Case) -> Iterator[Finding]:
    """A sentence appeals to other work, or to common knowledge, and cites nothing.

    ## Why
    "Recent work shows" asks for trust where a reference would give reasons. A footnote in the sentence is taken for
    its source.

    ## Fails
    ```md
    Recent work shows that letters are hard.
    ```
    ```md
    It is well known that letters are hard.
    ```

    ## Passes
    ```md
    Recent work shows that letters are hard {cite:p}`ada2020first`.
    ```
    ```md
    The ablation studies show that letters are hard.
    ```
    """
    for paragraph in paragraphs(case.document):
        if not _may_claim(paragraph.text):
            continue
        for sentence in paragraph.sentences():
            text = _SPACE.sub(" ", sentence.text)
            if not _may_claim(text) or sentence.citations or sentence.has_note:
                continue
            for claim in re.finditer(CLAIM, text):  # compiled when first needed, for it takes a while
                before = text[max(0, claim.start() - 20) : claim.start()].split()
                if before and before[-1].casefold() in POINTING:
                    continue
                start = sentence.start + claim.start()
                words = claim[0].strip()
                message = f'"{words[:1].lower() + words[1:]}" names no source'
                yield Finding(
                    paragraph.span(start, start + len(claim[0])), message, "cite whom you mean, or say it plainly"
                )


def _may_claim(text: str) -> bool:
    """Whether ``text`` has a word that every claim has one of: looking for whole claims takes longer."""
    text = " " + _SPACE.sub(" ", text).casefold()
    return any(word in text for word in CLAIM_WORDS)
