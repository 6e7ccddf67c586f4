"""SEC: what a document must not do to the machine that builds it, or to its readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.model.views import Survey
from diptych.rules.figures import is_remote
from diptych.rules.registry import Case, Finding, corpus_rule, document_rule, findings_from

_ROOTED = re.compile(r"[A-Za-z]:|[/\\~]")


@document_rule("SEC001", "raw-html")
def raw_html(case: Case) -> Iterator[Finding]:
    """HTML stands in the text.

    ## Why
    It can run scripts in a reader's browser, and it is lost in the paper.

    ## Fails
    ```md
    Letters are <b>not</b> numbers.
    ```

    ## Passes
    ```md
    Letters are **not** numbers, and 1 < 2.
    ```
    """
    yield from case.problems("raw-html")


@document_rule("SEC002", "not-plain-data")
def not_plain_data(case: Case) -> Iterator[Finding]:
    """The front matter holds more than plain data: tags, anchors, aliases, or nesting without end.

    ## Why
    Tags can name code to run, and aliases can blow a few lines up to gigabytes.

    ## Fails
    ```yaml
    keywords: [&word letters, *word]
    ```
    ```yaml
    title: !!python/name:os.system
    ```

    ## Passes
    ```yaml
    keywords: [letters, sorting]
    ```
    """
    yield from case.problems("not-plain-data")


@document_rule("SEC003", "dangerous-directive")
def dangerous_directive(case: Case) -> Iterator[Finding]:
    """A directive would read files, run code, or put raw HTML or LaTeX into the output.

    ## Why
    An analysis is written by a stranger to the machine that builds it. Such directives never run here.

    ## Fails
    ````md
    ```{include} ../../secrets.txt
    ```
    ````
    ````md
    ```{csv-table} Steps.
    :file: /etc/passwd
    ```
    ````

    ## Passes
    ````md
    ```{note}
    Letters are not numbers.
    ```
    ````
    """
    yield from case.problems("dangerous-directive")


@document_rule("SEC004", "dangerous-role")
def dangerous_role(case: Case) -> Iterator[Finding]:
    """A role would offer a file, run code, or put raw HTML or LaTeX into the output.

    ## Why
    An analysis is written by a stranger to the machine that builds it. Such roles never run here.

    ## Fails
    ```md
    All steps are in {download}`../../secrets.txt` for everybody.
    ```

    ## Passes
    ```md
    The input is `secrets.txt` for everybody.
    ```
    """
    yield from case.problems("dangerous-role")


@document_rule("SEC005", "dangerous-maths")
def dangerous_maths(case: Case) -> Iterator[Finding]:
    r"""A formula holds commands of TeX that read or write files, run code, or redefine the language.

    ## Why
    LaTeX gets formulas as they are written. Notation needs none of these commands.

    ## Fails
    ```md
    The input is $\input{/etc/passwd}$ as given.
    ```
    ````md
    ```{math}
    \def\x{letters} \x
    ```
    ````

    ## Passes
    ```md
    The input is $\operatorname{sort}(x) \le \text{input}$ as given.
    ```
    """
    yield from case.problems("unsafe-maths")


@document_rule("SEC006", "foreign-link")
def foreign_link(case: Case) -> Iterator[Finding]:
    """A link does not begin with http, https or mailto.

    ## Why
    Other schemes run scripts, open files or start programs on a reader's machine.

    ## Fails
    ```md
    See [all steps of both](javascript:alert(1)).
    ```
    ```md
    See [all steps of both][steps].

    [steps]: ftp://example.org/steps
    ```

    ## Passes
    ```md
    See [all steps of both](https://example.org/steps).
    ```
    """
    yield from case.problems("foreign-link")


@document_rule("SEC007", "remote-image")
def remote_image(case: Case) -> Iterator[Finding]:
    """A figure is fetched from another host, or written into the text as data.

    ## Why
    The other host learns who reads the page, and can change or withdraw the figure. A paper cannot fetch it.

    ## Fails
    ````md
    ```{figure} https://example.org/steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} figures/steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    for figure in case.document.figures:
        if is_remote(figure.file):
            hint = "put the file into the folder of the analysis, if its licence allows that"
            yield Finding(figure.span, f'"{_short(figure.file)}" is not a file of the analysis', hint)


@document_rule("SEC008", "path-outside-folder")
def path_outside_folder(case: Case) -> Iterator[Finding]:
    """The path of a figure leads out of the analysis's folder.

    ## Why
    It could show any file of the machine that builds the site, and it breaks when the folder moves.

    ## Fails
    ````md
    ```{figure} ../other/steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} figures/steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    hint = "put the file into the folder of the analysis, and name it relative to that, with forward slashes"
    for figure in case.document.figures:
        name, facts = figure.file, case.document.files.get(figure.file)
        if is_remote(name):
            continue
        if _ROOTED.match(name):
            yield Finding(figure.span, f'the path "{_short(name)}" does not begin in the folder of the analysis', hint)
        elif ".." in re.split(r"[/\\]", name):
            yield Finding(figure.span, f'the path "{_short(name)}" leads out of the folder of the analysis', hint)
        elif "\\" in name:
            yield Finding(figure.span, f'the path "{_short(name)}" holds a backslash', hint)
        elif facts is not None and facts.state == "outside":
            message = f'"{name}" is a link to a place outside the folder of the analysis'
            yield Finding(figure.span, message, "put the file itself into the folder")


@document_rule("SEC009", "unsafe-svg")
def unsafe_svg(case: Case) -> Iterator[Finding]:
    """An SVG file holds code, HTML, entities, or references to anything outside itself.

    ## Why
    Opened in a browser it would run, and what it refers to would be fetched from elsewhere. A picture needs none
    of that. Pictures within it can be embedded as data.

    ## Fails
    ````md
    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    ```svg
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><script>alert(1)</script></svg>
    ```

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    ```svg
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><path id="a" d="M0 0h9"/><use href="#a"/></svg>
    ```
    """
    for facts in case.document.files.values():
        for problem in facts.problems:
            if problem.kind == "unsafe-svg":
                yield Finding(problem.span, problem.message, problem.hint)


@corpus_rule("SEC010", "oversized-file")
def oversized_file(corpus: Survey) -> Iterator[Finding]:
    """A figure's file, or the analysis itself, is far larger than a paper needs. Such an analysis is not read.

    ## Why
    Every reader fetches it, every copy of the project carries it for ever, and it slows each check.

    ## Fails
    ````md
    ```{figure} steps.png
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    ```png
    1600 x 1200 x 3000000
    ```

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.png
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    ```png
    1600 x 1200
    ```
    """
    yield from findings_from(corpus.unread, ("oversized",))
    most = corpus.thresholds.figure_kilobytes
    for extract in corpus.extracts:
        for picture in extract.pictures:
            if picture.state == "too-large" or picture.size > 1000 * most:
                message = f'"{picture.file}" has {picture.size // 1000} kB, more than {most} kB'
                yield Finding(picture.figure, message, "draw it with less detail, or export it with fewer pixels")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
