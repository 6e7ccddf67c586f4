"""SUP: comments that allow what a rule objects to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Severity, did_you_mean
from diptych.model.suppressions import Suppression
from diptych.model.views import Survey
from diptych.rules.registry import RULES, Finding, corpus_rule

FINAL = ("SEC", "SUP")
"""Families whose findings nobody can allow: they protect others than the author."""
UNUSED = "SUP003"
"""The rule that needs to know what all other rules have found."""

_CODE = re.compile(r"[A-Z]{3}\d{3}")


@corpus_rule("SUP001", "suppression-without-reason")
def suppression_without_reason(corpus: Survey) -> Iterator[Finding]:
    """A comment allows a finding without saying why.

    ## Why
    Who reads the analysis next should not have to guess whether the reason still holds.

    ## Fails
    ````md
    % diptych: allow FIG009

    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.
    :name: steps
    ```

    See {numref}`steps`.
    ````

    ## Passes
    ````md
    % diptych: allow FIG009 -- the title within the figure says it all

    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.
    :name: steps
    ```

    See {numref}`steps`.
    ````
    """
    for suppression in corpus.suppressions:
        if suppression.code and not suppression.reason:
            hint = f"write: diptych: allow {suppression.code} -- the reason"
            yield Finding(suppression.span, f"{suppression.code} is allowed without a reason", hint)


@corpus_rule("SUP002", "unknown-suppression")
def unknown_suppression(corpus: Survey) -> Iterator[Finding]:
    """A comment allows something that is no rule's code, or cannot be understood.

    ## Why
    It has no effect. `diptych rules` lists the codes.

    ## Fails
    ```md
    % diptych: allow FIG999 -- the title within the figure says it all

    Letters come first.
    ```
    ```md
    % diptych: ignore all of this

    Letters come first.
    ```

    ## Passes
    ```md
    % Letters come first, allow for that.

    Letters come first.
    ```
    """
    for suppression in corpus.suppressions:
        if not suppression.code:
            hint = "write: diptych: allow CODE -- the reason"
            yield Finding(suppression.span, "this comment to Diptych allows no rule by its code", hint)
        elif suppression.code not in RULES:
            hint = did_you_mean(suppression.code.upper(), RULES) if _CODE.fullmatch(suppression.code.upper()) else ""
            by_slug = next((rule.code for rule in RULES.values() if rule.slug == suppression.code), "")
            hint = f"write {by_slug}" if by_slug else hint or "diptych rules lists all codes"
            yield Finding(suppression.span, f'there is no rule "{suppression.code}"', hint)


@corpus_rule("SUP003", "unused-suppression", Severity.WARNING)
def unused_suppression(corpus: Survey) -> Iterator[Finding]:
    """A comment allows what no rule objects to.

    ## Why
    It is left over, or it does not stand directly before what it is about, and would hide the next real fault. In
    the text it covers the next paragraph, list, figure, table or heading; in the front matter the next field; in a
    bibliography the next entry.

    ## Fails
    ```md
    % diptych: allow FIG009 -- the title within the figure says it all

    Letters come first.
    ```

    ## Passes
    ```yaml
    # diptych: allow SCO012 -- two of the five slides show another paper
    slides: {bo2021second: 5}
    ```
    """
    for suppression in corpus.idle:
        hint = "remove it, or put it directly before what it is about"
        yield Finding(suppression.span, f"{suppression.code} has nothing to object to here", hint)


@corpus_rule("SUP004", "forbidden-suppression")
def forbidden_suppression(corpus: Survey) -> Iterator[Finding]:
    """A comment tries to allow what nobody can allow: a finding about safety or about suppressions.

    ## Why
    These rules protect readers and the machine that builds the site. The finding stays.

    ## Fails
    ```md
    % diptych: allow SEC001 -- it looks better

    Letters are <b>not</b> numbers.
    ```

    ## Passes
    ```md
    Letters are **not** numbers.
    ```
    """
    for suppression in corpus.suppressions:
        if suppression.code in RULES and not can_suppress(suppression):
            message = f"findings of {suppression.code} cannot be allowed"
            yield Finding(suppression.span, message, "mend what it objects to")


def can_suppress(suppression: Suppression) -> bool:
    """Whether the suppression has an effect: it names a rule whose findings may be allowed."""
    return suppression.code in RULES and not suppression.code.startswith(FINAL)
