"""LEN: lengths."""

from __future__ import annotations

from collections.abc import Iterator

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
