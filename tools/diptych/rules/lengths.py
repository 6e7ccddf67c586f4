"""LEN: lengths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from diptych.diagnostics import Severity
from diptych.model.document import Document, Figure, Table
from diptych.model.words import count_words
from diptych.rules.registry import Case, Finding, document_rule


@document_rule("LEN001", "too-few-words")
def too_few_words(case: Case) -> Iterator[Finding]:
    """The paper has fewer words than the assignment asks for.

    ## Why
    The lower limit looks at running text alone, so that no fair counter finds the paper too short.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters.

    ## Judgement

    {q}`2` Both {cite:p}`ada2020first,bo2021second` count steps. {q}`3` The second is faster.
    ```

    ## Passes
    ```md
    A sentence more.
    ```
    """
    if case.assessment is None:
        return
    least, most = case.rubric.limits.words
    if case.assessment.body < least:
        short = least - case.assessment.body
        message = f"the text has {case.assessment.body} words, {short} below the limit of {least}"
        hint = f"aim at {least} to {most}; headings, captions, tables and notes do not count here (diptych words)"
        yield Finding(case.place("title"), message, hint)


@document_rule("LEN002", "too-many-words")
def too_many_words(case: Case) -> Iterator[Finding]:
    """The paper has more words than the assignment allows.

    ## Why
    The upper limit looks at everything that is read, so that no fair counter finds the paper too long.

    ## Fails
    ```md
    Letters letters letters letters letters letters letters letters letters letters letters letters letters letters
    letters letters letters letters letters letters letters letters letters letters letters letters letters letters
    letters letters letters letters letters letters letters letters letters letters letters letters letters letters.
    ```

    ## Passes
    ```md
    A sentence more.
    ```
    """
    if case.assessment is None:
        return
    _, most = case.rubric.limits.words
    if case.assessment.all > most:
        message = f"the paper has {case.assessment.all} words, {case.assessment.all - most} above the limit of {most}"
        hint = "abstract, headings, captions, tables and notes count here too (diptych words)"
        yield Finding(case.place("title"), message, hint)


@document_rule("LEN003", "unbalanced-section", Severity.WARNING)
def unbalanced_section(case: Case) -> Iterator[Finding]:
    """A section's share of the words is far from its weight.

    Shares are of the body words of all graded sections. A share may differ from the weight by 10 percentage points
    (setting `weight_tolerance`); a difference of fewer than 50 words (setting `weight_words`) says nothing.

    ## Why
    The weight is its share of the mark. A section that is half as long as its weight suggests is rarely as deep; one
    that is twice as long takes its words from the others.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort the letters of one alphabet by size: a b c d e f g h i
    j k l m n o p q r s t u v w x y z, and then from its end: z y x w v u t s r q p o n m l k j i h g f e d c b a, and
    then a b c d e f g h i j k l m n o p q r s t u v w x y z.

    ## Judgement

    {q}`2` Both sort the letters of one alphabet. {q}`3` {cite:t}`bo2021second` is faster than {cite:t}`ada2020first`.
    ```

    ## Passes
    ```md
    A sentence more in the opening changes little.
    ```
    """
    if case.assessment is None:
        return
    limits = case.corpus.thresholds
    total = sum(facts.words for facts in case.assessment.sections)
    for facts in case.assessment.sections:
        if facts.index is None or not facts.words:
            continue
        weight = facts.graded.weight
        off = 100 * facts.share - weight
        words = abs(facts.words - round(total * weight / 100))
        if abs(off) > limits.weight_tolerance and words >= limits.weight_words:
            message = (
                f'"{facts.graded.title}" has {facts.words} of {total} words, {100 * facts.share:.0f} %, '
                f"but carries {weight} % of the mark"
            )
            hint = (
                f"{words} words fewer would fit its weight" if off > 0 else f"{words} words more would fit its weight"
            )
            yield Finding(case.document.sections[facts.index].span, message, hint)


@document_rule("LEN004", "page-budget-missed", Severity.WARNING)
def page_budget_missed(case: Case) -> Iterator[Finding]:
    """A section is longer or shorter than its page budget.

    Its pages are estimated from the source: 580 words fill a page (setting `page_words`), a figure or table takes a
    third (setting `display_pages`), and a quarter of a page more or less says nothing (setting `page_tolerance`).
    Both numbers were measured on a paper in the NeurIPS format with numbered citations: 1687 words, two figures and a
    table filled 3.9 pages, headings and citations among them. The PDF itself is measured when it is built.

    ## Why
    The assignment says how many pages each section should take; the reader's time is shared out that way.

    ## Fails
    ```md body
    ## Opening

    {q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we here.

    | a | b |
    |---|---|
    | c | d |

    | e | f |
    |---|---|
    | g | h |

    | i | j |
    |---|---|
    | k | l |

    | m | n |
    |---|---|
    | o | p |

    | q | r |
    |---|---|
    | s | t |

    ## Judgement

    {q}`2` Both sort the letters of one alphabet. {q}`3` {cite:t}`bo2021second` is faster than {cite:t}`ada2020first`.
    ```

    ## Passes
    ````md
    {numref}`tab-letters` lists the letters.

    ```{table} The letters of each.
    :name: tab-letters

    | First | Second |
    |-------|--------|
    | a     | b      |
    ```
    ````
    """
    if case.assessment is None:
        return
    limits = case.corpus.thresholds
    displays = Counter(case.document.top_section(item.section) for item in _displays(case.document))
    for facts in case.assessment.sections:
        if facts.index is None or limits.page_words <= 0:
            continue
        pages = facts.words / limits.page_words + displays[facts.index] * limits.display_pages
        least, most = facts.graded.pages
        if least - limits.page_tolerance <= pages <= most + limits.page_tolerance:
            continue
        budget = f"{least:g}" if least == most else f"{least:g} to {most:g}"
        message = f'"{facts.graded.title}" fills about {pages:.1f} pages, its budget is {budget}'
        shown = displays[facts.index]
        beside = f", and figures and tables: {shown}" if shown else ""
        hint = f"words: {facts.words}{beside}; a page holds about {limits.page_words} words"
        yield Finding(case.document.sections[facts.index].span, message, hint)


def _displays(document: Document) -> Iterator[Figure | Table]:
    yield from document.figures
    yield from document.tables


@document_rule("LEN005", "wall-of-text", Severity.WARNING)
def wall_of_text(case: Case) -> Iterator[Finding]:
    """A paragraph is very long.

    More than 220 words (setting `paragraph_words`) without a break are a third of a page. The abstract is one
    paragraph by custom and is left out.

    ## Why
    A paragraph makes one point; a reader who loses the thread can take it up again at the next one only.

    ## Fails
    ```md
    a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z
    a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z
    a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z
    a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z
    a b c d e f g h i j k l m n o p q r s t u v w x y z
    ```

    ## Passes
    ```md
    a b c d e f g h i j k l m n o p q r s t u v w x y z
    ```
    """
    most = case.corpus.thresholds.paragraph_words
    for block in case.document.blocks:
        if block.kind in ("abstract", "heading") or block.span.end - block.span.start < 2 * most:
            continue  # a word takes two characters at least, the break behind it being one
        if _most_words(case.document.source.cut(block.span)) > most:
            words = sum(count_words(block).values())
            if words > most:
                message = f"this paragraph has {words} words, more than {most}"
                yield Finding(block.span, message, "begin a new paragraph where the next point begins")


def _most_words(text: str) -> int:
    """A number that the words of ``text`` cannot exceed; counting them exactly takes longer."""
    return len(text.split()) + text.count("--") + text.count("\u2014") + text.count("&")


@document_rule("LEN006", "long-title", Severity.WARNING)
def long_title(case: Case) -> Iterator[Finding]:
    """The title is too long.

    It may have 120 characters (setting `title_characters`).

    ## Why
    It must fit on the page, in lists, and in the tab of a browser.

    ## Fails
    ```yaml
    title: >-
      One way of sorting the letters of one alphabet, the Latin one, against another way of sorting the letters of the
      same alphabet, and which of them is faster
    ```

    ## Passes
    ```yaml
    title: One way of sorting letters against another
    ```
    """
    most = case.corpus.thresholds.title_characters
    if case.front and len(case.front.title) > most:
        message = f"the title has {len(case.front.title)} characters, more than {most}"
        yield Finding(case.place("title"), message, "keep what is compared, and move the rest to the abstract")
