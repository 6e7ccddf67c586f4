"""MKP: notation of other systems, and slips in our own. A reader would see such text as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Severity, did_you_mean
from diptych.rules.registry import Case, Finding, document_rule

_KEY = re.compile(r"@[A-Za-z-]+(19|20)\d\d[a-z]\w*")


@document_rule("MKP005", "broken-role")
def broken_role(case: Case) -> Iterator[Finding]:
    """The name of a role or directive stands in braces, but what follows does not belong to it.

    ## Why
    A role is its name in braces and backticks directly behind it. With a space between, or without a backtick, the
    reader sees the braces, and nothing is cited.

    ## Fails
    ```md
    Others {cite:p} `ada2020first` sort letters.
    ```
    ```md
    Others {cite:p}ada2020first sort letters.
    ```

    ## Passes
    ```md
    Others {cite:p}`ada2020first` sort {x} letters.
    ```
    """
    yield from case.problems("broken-role", "broken-directive")


@document_rule("MKP006", "latex-in-text")
def latex_in_text(case: Case) -> Iterator[Finding]:
    r"""A command of LaTeX stands in the text.

    ## Why
    LaTeX is read in formulas only. Elsewhere the reader sees the command.

    ## Fails
    ```md
    Others, see \ref{start}, sort letters.
    ```
    ```md
    Letters are \textbf{not} numbers.
    ```

    ## Passes
    ```md
    Letters are **not** $\mathbf{x}$, and `\textbf{x}` is code.
    ```
    """
    yield from case.problems("latex")


@document_rule("MKP007", "foreign-citation")
def foreign_citation(case: Case) -> Iterator[Finding]:
    """A citation is written with an at sign, as in other dialects of Markdown.

    ## Why
    The reader sees the sign and the key, and nothing is cited. Only keys of the bibliography, and what is made of a
    name and a year, are taken for citations.

    ## Fails
    ```md
    As @ada2020first says, letters can be sorted.
    ```

    ## Passes
    ```md
    Others sort letters {cite:p}`ada2020first`; write to ada@example.org, or to @ada.
    ```
    """
    known = case.corpus.bibliography.entries
    for finding in case.problems("at-key"):
        text = case.document.source.cut(finding.span)
        if text[1:] in known or _KEY.fullmatch(text):
            yield finding


@document_rule("MKP008", "restructuredtext-in-text")
def restructuredtext_in_text(case: Case) -> Iterator[Finding]:
    """A role, link or directive is written as in reStructuredText.

    ## Why
    The reader sees the colons and underscores, and nothing is cited or linked.

    ## Fails
    ```md
    Others :cite:`ada2020first` sort letters.
    ```
    ```md
    See `all steps <https://example.org>`_ of both.
    ```

    ## Passes
    ```md
    Others {cite:p}`ada2020first` sort letters: `a` before `b`.
    ```
    """
    yield from case.problems("rst")


@document_rule("MKP010", "unclosed-maths")
def unclosed_maths(case: Case) -> Iterator[Finding]:
    """Two dollar signs begin a formula that does not end.

    ## Why
    The reader sees the signs and the formula as it was typed.

    ## Fails
    ```md
    Letters obey $$a < b in each alphabet.
    ```

    ## Passes
    ```md
    Letters obey

    $$
    a < b
    $$

    in each alphabet.
    ```
    """
    yield from case.problems("open-maths")


@document_rule("MKP011", "missing-link-target")
def missing_link_target(case: Case) -> Iterator[Finding]:
    r"""A link names a target that nothing defines.

    ## Why
    The reader sees the brackets, and the address is missing.

    ## Fails
    ```md
    Letters come first, says [the rule][order].
    ```

    ## Passes
    ```md
    Letters come first, says [the rule][order], as in a[i][j] and \[a][b].

    [order]: https://example.org/order
    ```
    """
    yield from case.problems("missing-definition")


@document_rule("MKP012", "unused-link-target", Severity.WARNING)
def unused_link_target(case: Case) -> Iterator[Finding]:
    """The target of a link is defined but not used.

    ## Why
    Such a line is never shown: its address is lost.

    ## Fails
    ```md
    Letters come first.

    [order]: https://example.org/order
    ```

    ## Passes
    ```md
    Letters come first, says [the rule][order].

    [order]: https://example.org/order
    ```
    """
    for definition in case.document.definitions:
        if not definition.is_used:
            hint = f"write [text][{definition.label.lower()}] where it belongs, or remove the line"
            yield Finding(definition.span, f'no link uses the target "{definition.label.lower()}"', hint)


@document_rule("MKP013", "html-comment")
def html_comment(case: Case) -> Iterator[Finding]:
    """A comment is written as in HTML.

    ## Why
    An analysis holds no HTML. A line that begins with a percent sign is a comment.

    ## Fails
    ```md
    Letters come first.

    <!-- say more -->
    ```

    ## Passes
    ```md
    Letters come first.

    % say more
    ```
    """
    yield from case.problems("html-comment")


@document_rule("MKP014", "attributes-in-text")
def attributes_in_text(case: Case) -> Iterator[Finding]:
    """Attributes or a variable stand in braces, as in other dialects of Markdown.

    ## Why
    The reader sees the braces. Directives have options; nothing is put in the place of variables.

    ## Fails
    ```md
    Letters {#letters} come first.
    ```
    ```md
    Letters come {{ place }}.
    ```

    ## Passes
    ```md
    Letters {a, b} come first.
    ```
    """
    yield from case.problems("attributes")


@document_rule("MKP015", "dead-link")
def dead_link(case: Case) -> Iterator[Finding]:
    """A link leads to a file, or to a name that nothing in the text has.

    ## Why
    Only its text is shown: files beside an analysis are not published, except for its figures.

    ## Fails
    ```md
    There are [all steps of both](steps.csv).
    ```
    ```md
    There are [all steps of both](#steps).
    ```

    ## Passes
    ```md
    There are [all steps of both](https://example.org/steps.csv) and [a reply](../b/index.md).
    ```
    """
    yield from case.problems("dead-link")
    known = {label.name.casefold(): label.name for label in case.document.labels}
    for link in case.document.links:
        name = link.target[1:]
        if link.target.startswith("#") and name.casefold() not in known:
            hint = did_you_mean(name, known.values()) or f"put ({name})= in a line above what it leads to"
            yield Finding(link.span, f'nothing is named "{name}"', hint)
