"""PDF: fonts and sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from diptych.diagnostics import Severity
from diptych.pdf.case import PdfCase
from diptych.pdf.printed import Font, Line, is_times
from diptych.pdf.rules.registry import Mark, pdf_rule

SIZES = (9.81, 10.15)
"""What 10 points may measure: 9.963 in TeX's points, 10 in those of PDF, and microtype stretches by 1.5 %."""
LEADINGS = (10.6, 11.3)
"""From line to line: 10.95 of TeX's points, published as 11."""
SMALL = 8.8
"""Captions, notes and references have 9 of TeX's points, which is 8.97; nothing that is read as text has less."""
_FEW_LINES = 6
_FEW_LETTERS = 300


@pdf_rule("PDF020", "wrong-body-font")
def wrong_body_font(case: PdfCase) -> Iterator[Mark]:
    r"""The text is not set in Times.

    Any Times will do: Nimbus Roman, TeX Gyre Termes, Times New Roman, STIX and their kin. Mathematics, code, addresses
    and the text in pictures may have other fonts.

    ## Why
    The format asks for Times; other fonts hold more, or fewer, words on a page.

    ## Fails
    ```tex preamble
    \renewcommand{\rmdefault}{lmr}
    ```

    ## Passes
    ```tex
    \texttt{Code} and \url{https://example.org/address} are set in typewriter, $E = mc^2$ in fonts for mathematics.
    ```
    """
    font, _ = case.printed.body
    if _is_much(case) and not is_times(font):
        line = _first(case, font)
        yield Mark(
            f"the text is set in {font}, not in Times",
            "leave the choice of fonts to the NeurIPS style file",
            line.page if line else 1, line.box if line else None,
        )  # fmt: skip


@pdf_rule("PDF021", "wrong-body-size")
def wrong_body_size(case: PdfCase) -> Iterator[Mark]:
    r"""The text is not set in 10 points.

    What counts is the size that most letters have; 1.5 percent more or less say nothing.

    ## Why
    Smaller type is more room than the others had.

    ## Fails
    ```tex preamble
    \AtBeginDocument{\fontsize{9}{10.95}\selectfont}
    ```

    ## Passes
    ```tex
    {\small Notes and captions may be smaller.}
    ```
    """
    font, size = case.printed.body
    if _is_much(case) and not SIZES[0] <= size <= SIZES[1]:
        line = _first(case, font, size)
        points = f"{size * 72.27 / 72:.1f}".removesuffix(".0")
        yield Mark(
            f"the text is set in {points} points, not in 10",
            "leave out class options such as 12pt, and commands that change the size of all text",
            line.page if line else 1, line.box if line else None,
        )  # fmt: skip


@pdf_rule("PDF022", "wrong-leading")
def wrong_leading(case: PdfCase) -> Iterator[Mark]:
    r"""The lines of the text stand closer together, or farther apart, than 11 points.

    What counts is the distance that is most frequent; 10.6 to 11.3 points are accepted.

    ## Why
    Tighter lines are more room than the others had.

    ## Fails
    ```tex preamble
    \linespread{0.9}
    ```

    ## Passes
    ```tex
    \[ \int_0^1 x \, dx = \frac{1}{2} \]
    ```
    """
    lines = case.printed.running
    full = case.printed.block.right - 6  # a line that ends earlier may end its paragraph: what follows stands lower
    steps = Counter(
        round(after.base - before.base, 1)
        for before, after in pairwise(lines)
        if after.page == before.page
        and 0 < after.base - before.base < 30
        and before.x1 > full
        and SIZES[0] <= median(glyph.size for glyph in before.glyphs) * 72.27 / 72 <= SIZES[1]
    )
    if sum(steps.values()) < _FEW_LINES or not SIZES[0] <= case.printed.body[1] <= SIZES[1]:
        return  # the size has been said; lines follow it
    most = steps.most_common(1)[0][0]
    if not LEADINGS[0] <= most <= LEADINGS[1]:
        line = lines[len(lines) // 2]
        yield Mark(
            f"lines of the text stand {most:.1f} points apart, not 11",
            "leave out \\linespread, \\baselinestretch and setspace", line.page, line.box,
        )  # fmt: skip


@pdf_rule("PDF023", "small-text", Severity.WARNING)
def small_text(case: PdfCase) -> Iterator[Mark]:
    r"""A passage of running text is set smaller than 9 points.

    A passage has three lines or more. Captions, notes, code and references may have 9 points, pictures and tables less.

    ## Why
    Small type is hard to read, and more room than the others had.

    ## Fails
    ```tex
    {\scriptsize FILLER FILLER FILLER FILLER \par}
    ```

    ## Passes
    ```tex
    {\small FILLER FILLER FILLER FILLER \par}
    ```
    """
    for page in case.printed.pages:
        run: list[Line] = []
        for line in [line for line in case.printed.lines if line.page == page.number]:
            run = [*run, line] if _is_small_text(line) else []
            if len(run) == 3:
                size = median(glyph.size for glyph in run[0].glyphs) * 72.27 / 72
                message = f'the passage from "{run[0].text[:30].rstrip()}" is set in {size:.0f} points'
                yield Mark(message, "let text have the size that the style file gives it", page.number, run[0].box)
                break


def _is_small_text(line: Line) -> bool:
    """Whether it is small and long, and no row of a table."""
    if len(line.glyphs) <= 60 or median(glyph.size for glyph in line.glyphs) >= SMALL:
        return False
    return not any(after.x0 - before.x1 > 1.5 * before.size for before, after in pairwise(line.glyphs))


@pdf_rule("PDF024", "type3-font")
def type3_font(case: PdfCase) -> Iterator[Mark]:
    r"""A font is of Type 3: drawn as a bitmap, or as a program.

    ## Why
    Such letters blur on screens and in print, and cannot always be searched. NeurIPS does not accept them.

    ## Fails
    ```tex
    \immediate\pdfobj{<</Type/Font /Subtype/Type3 /FontBBox[0 0 9 9] /FontMatrix[.1 0 0 .1 0 0] /CharProcs<<>>
      /Encoding<</Differences[65/A]>> /FirstChar 65 /LastChar 65 /Widths[9]>>}
    \setbox0=\hbox to 20pt{\pdfliteral{BT /F 10 Tf (A) Tj ET}\hfil}
    \immediate\pdfxform resources{/Font<</F \the\pdflastobj\space 0 R>>}0
    \pdfrefxform\pdflastxform
    ```

    ## Passes
    ```tex
    \textbf{Bold} and \texttt{typewriter}.
    ```
    """
    for font in case.printed.fonts:
        if font.kind == "Type3":
            yield Mark(
                f"page {font.page} uses a Type 3 font{_called(font)}",
                "in pictures made with matplotlib set pdf.fonttype to 42; in LaTeX load a scalable font "
                "(for typewriter \\renewcommand{\\ttdefault}{lmtt}), or install cm-super",
                font.page, font.box,
            )  # fmt: skip


@pdf_rule("PDF025", "font-not-embedded")
def font_not_embedded(case: PdfCase) -> Iterator[Mark]:
    r"""A font is not in the file.

    ## Why
    Every reader then shows another font in its place. NeurIPS does not accept such files.

    ## Fails
    ```tex preamble
    \pdfmapline{=ptmr8r Times-Roman " TeXBase1Encoding ReEncodeFont " <8r.enc}
    ```

    ## Passes
    ```tex
    \textit{Letters}.
    ```
    """
    for font in case.printed.fonts:
        if not font.is_embedded:
            yield Mark(
                f"page {font.page} uses a font that is not in the file{_called(font)}",
                "embed all fonts; for a picture, in the program that made it", font.page, font.box,
            )  # fmt: skip


def _is_much(case: PdfCase) -> bool:
    """Whether there is enough text for most of it to be the body, and not title and headings."""
    return case.printed.letters.total() >= _FEW_LETTERS


def _called(font: Font) -> str:
    return f", {font.name}" if font.name else ""


def _first(case: PdfCase, font: str, size: float | None = None) -> Line | None:
    """The first long line in that font, and in that size where one is given."""
    for line in case.printed.lines:
        glyph = line.glyphs[len(line.glyphs) // 2]
        if len(line.glyphs) > 20 and glyph.font == font and (size is None or abs(glyph.size - size) < 0.02):
            return line
    return None
