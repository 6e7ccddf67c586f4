"""FIG: figures on the page: their files, sizes, captions and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from diptych.diagnostics import Severity
from diptych.model.document import Figure
from diptych.model.files import FileFacts
from diptych.rules.registry import Case, Finding, document_rule
from diptych.span import Span
from diptych.thresholds import Thresholds

TYPES = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
"""The kinds of picture that both the site and the paper can show, by the end of the file's name."""

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(px|pt|pc|in|cm|mm|em|ex|%)?")
_PER_INCH = {"px": 96.0, "pt": 72.0, "pc": 6.0, "in": 1.0, "cm": 2.54, "mm": 25.4, "em": 7.2, "ex": 16.0}
_LARGEST = 1e6
_POINTS_PER_INCH = 72.0
_PIXELS_PER_INCH = 96.0


@document_rule("FIG004", "missing-figure-file")
def missing_figure_file(case: Case) -> Iterator[Finding]:
    """The file that a figure names is not in the analysis's folder.

    ## Why
    The figure would be left out of the page and the paper. Names must match in case too: the site is built on a
    system that tells `Steps.svg` from `steps.svg`.

    ## Fails
    ````md
    ```{figure}
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    for figure, facts in _files(case):
        if not figure.file.strip():
            yield Finding(figure.span, "the figure names no file", "write the file's name behind {figure}")
        elif facts is None:
            continue
        elif facts.state == "missing":
            hint = f'did you mean "{facts.similar}"?' if facts.similar else "put it beside the analysis, in its folder"
            yield Finding(figure.span, f'there is no file "{figure.file}" in the folder of the analysis', hint)
        elif facts.state in ("no-file", "unreadable"):
            what = "is no file" if facts.state == "no-file" else "cannot be read"
            yield Finding(figure.span, f'"{figure.file}" {what}', "name a picture in the folder of the analysis")


@document_rule("FIG005", "wrong-figure-type")
def wrong_figure_type(case: Case) -> Iterator[Finding]:
    """A figure's file is of a type that the site or the paper cannot show, or does not hold what its name says.

    ## Why
    SVG stays sharp at every size and can be searched; PNG and JPEG suit photographs and samples. Browsers do not
    show PDF as a picture, and LaTeX does not take GIF or WebP.

    ## Fails
    ````md
    ```{figure} steps.gif
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.png
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    for figure, facts in _files(case):
        end = PurePosixPath(figure.file).suffix
        if not figure.file.strip() or is_remote(figure.file):
            continue
        kind = TYPES.get(end.lower())
        if kind is None:
            hint = "draw it as SVG; use PNG or JPEG for photographs and samples"
            if facts is not None and ".svg" in facts.beside:
                hint = f'name "{PurePosixPath(figure.file).with_suffix(".svg")}", which lies beside it'
            what = f'files of the type "{end}"' if end else "files without a type"
            yield Finding(figure.span, f"{what} cannot be shown on the site and in the paper", hint)
        elif facts is not None and facts.state == "present" and facts.kind != kind:
            for problem in facts.problems:
                if problem.kind == "svg-syntax":
                    yield Finding(problem.span, problem.message, problem.hint)
                    break
            else:
                holds = facts.kind.upper() if facts.kind else "something else"
                yield Finding(figure.span, f'"{figure.file}" should hold {kind.upper()}, it holds {holds}',
                              "export it again, or rename it")  # fmt: skip
        elif facts is not None:
            for problem in facts.problems:
                if problem.kind == "svg-syntax":
                    yield Finding(problem.span, problem.message, problem.hint)


@document_rule("FIG006", "figure-beyond-page")
def figure_beyond_page(case: Case) -> Iterator[Finding]:
    """A figure is wider or higher than the text on a page.

    ## Why
    It would stand in the margin, or drive its caption off the page. A picture that is wider than the text and has
    no `:width:` is made as wide as the text.

    ## Fails
    ````md
    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.
    :width: 20cm

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.
    :width: 100%

    Steps by length of input.
    ```
    ````
    """
    limits = case.corpus.thresholds
    most_wide, most_high = limits.page_width_inches, limits.page_height_inches
    for figure, facts in _files(case):
        width, height = printed_size(figure, facts, limits)
        if width is not None and width > most_wide * 1.005:
            message = f"the figure is {width:.1f} in wide, the text on a page {most_wide:g} in"
            yield Finding(
                option_place(figure, "width", "height"), message, "write :width: 100% for the width of the text"
            )
        elif height is not None and height > most_high * 1.005:
            message = f"the figure is {height:.1f} in high, the text on a page {most_high:g} in"
            yield Finding(option_place(figure, "height", "width"), message, "give it a smaller :width:, or split it")


@document_rule("FIG007", "small-figure-text", Severity.WARNING)
def small_figure_text(case: Case) -> Iterator[Finding]:
    """Text in a figure is too small to read once the figure has its size on the page.

    ## Why
    A drawing of 1000 pixels shrinks to little more than half on a page, and its text with it.

    ## Fails
    ````md
    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    ```svg
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1056 400">
      <text x="10" y="20" font-size="11">steps</text>
    </svg>
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
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 528 200">
      <text x="10" y="20" font-size="11">steps</text>
    </svg>
    ```
    """
    limits = case.corpus.thresholds
    for figure, facts in _files(case):
        if facts is None or not facts.smallest_text or not facts.width:
            continue
        width, _ = printed_size(figure, facts, limits)
        points = facts.smallest_text * (width or limits.page_width_inches) / facts.width * _POINTS_PER_INCH
        if points < limits.figure_text_points * 0.995:
            message = f'text in "{figure.file}" is {points:.1f} pt high on the page, less than'
            message += f" {limits.figure_text_points:g} pt"
            yield Finding(figure.span, message, "draw it narrower with the same font size, or enlarge its text")


@document_rule("FIG008", "coarse-figure", Severity.WARNING)
def coarse_figure(case: Case) -> Iterator[Finding]:
    """A PNG or JPEG has too few pixels for its size on the page.

    ## Why
    Lines and letters look ragged in print. SVG is sharp at every size.

    ## Fails
    ````md
    ```{figure} steps.png
    :alt: Two curves over the length of the input; the second stays below the first.
    :width: 100%

    Steps by length of input.
    ```
    ````
    ```png
    400 x 300
    ```

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.png
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.
    :width: 100%

    Steps by length of input.
    ```
    ````
    ```png
    1600 x 1200
    ```
    """
    limits = case.corpus.thresholds
    for figure, facts in _files(case):
        if facts is None or facts.kind not in ("png", "jpeg") or not facts.width:
            continue
        width, _ = printed_size(figure, facts, limits)
        if width and facts.width / width < limits.figure_pixels_per_inch * 0.995:
            message = f'"{figure.file}" has {facts.width / width:.0f} pixels per inch on the page, fewer than'
            message += f" {limits.figure_pixels_per_inch}"
            wanted = round(width * limits.figure_pixels_per_inch)
            yield Finding(figure.span, message, f"draw it as SVG, or export it at least {wanted} pixels wide")


@document_rule("FIG009", "missing-caption")
def missing_caption(case: Case) -> Iterator[Finding]:
    """A figure has no caption, or is a bare image, which can have none.

    ## Why
    Captions say what to look at, where the data come from, and under which number the text speaks of it.

    ## Fails
    ````md
    ```{figure} steps.svg
    :alt: Two curves over the length of the input; the second stays below the first.
    ```
    ````
    ```md
    ![Two curves over the length of the input; the second stays below the first.](steps.svg)
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
    """
    for figure in case.document.figures:
        if not figure.is_numbered:
            message = "a bare image has neither a caption nor a number"
            yield Finding(figure.span, message, "use the figure directive, with the caption as its text")
        elif not figure.has_caption:
            hint = "write the caption below the options, after an empty line"
            yield Finding(figure.span, f'the figure "{figure.file}" has no caption', hint)


@document_rule("FIG010", "unreferenced-figure", Severity.WARNING)
def unreferenced_figure(case: Case) -> Iterator[Finding]:
    """The text never refers to a figure.

    ## Why
    In the paper a figure moves to where there is room. Only its number ties it to the sentence that needs it.

    ## Fails
    ````md
    ```{figure} steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````

    ## Passes
    ````md
    {numref}`steps` counts them.

    ```{figure} steps.svg
    :name: steps
    :alt: Two curves over the length of the input; the second stays below the first.

    Steps by length of input.
    ```
    ````
    """
    wanted = referenced(case)
    for figure in case.document.figures:
        if not figure.is_numbered:
            continue
        if not figure.name:
            hint = "add :name: fig-topic, and {numref}`fig-topic` in the text"
            yield Finding(figure.span, f'the text cannot refer to the figure "{figure.file}": it has no name', hint)
        elif figure.name.casefold() not in wanted:
            hint = f"write {{numref}}`{figure.name}` where the text speaks of it"
            yield Finding(option_place(figure, "name"), f'the text never refers to the figure "{figure.name}"', hint)


def referenced(case: Case) -> set[str]:
    """The labels that the text points to, whatever their case: the site does not tell it apart."""
    found = {reference.label.casefold() for reference in case.document.references}
    return found | {link.target[1:].casefold() for link in case.document.links if link.target.startswith("#")}


def is_remote(name: str) -> bool:
    """Whether a figure's file is an address, not a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", name) is not None


def printed_size(figure: Figure, facts: FileFacts | None, limits: Thresholds) -> tuple[float | None, float | None]:
    """Width and height of a figure on the page in inches, ``None`` where they cannot be told."""
    page = limits.page_width_inches
    width, height = _inches(figure.width, page), _inches(figure.height, None)
    if facts is None or not facts.width or not facts.height:
        return width, height
    ratio = facts.height / facts.width
    if width is None and height is None:
        width = min(facts.width / _PIXELS_PER_INCH, page)
    if width is None:
        return height / ratio, height
    return width, width * ratio if height is None else height


def _inches(length: str, whole: float | None) -> float | None:
    match = _LENGTH.fullmatch(length.strip())
    if match is None:
        return None
    number, unit = min(float(match[1]), _LARGEST), match[2] or "px"
    if unit == "%":
        return None if whole is None else number / 100 * whole
    return number / _PER_INCH[unit]


def _files(case: Case) -> Iterator[tuple[Figure, FileFacts | None]]:
    for figure in case.document.figures:
        yield figure, case.document.files.get(figure.file)


def option_place(figure: Figure, *options: str) -> Span:
    """Where the value of the first of ``options`` that a figure has stands, else its file's name."""
    return next((figure.options[name] for name in options if name in figure.options), figure.span)
