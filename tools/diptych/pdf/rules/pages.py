"""PDF: where things stand on the pages."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.pdf.case import PdfCase
from diptych.pdf.printed import FOOT, PAGE, TEXT_BLOCK, Block, Box, Glyph, Line, Page, box_around, text_of
from diptych.pdf.rules.registry import Mark, pdf_rule

TOLERANCE = 4.0
"""How far letters may reach beyond the text block: microtype hangs hyphens and full stops out of it."""
BLEED = 10.0
"""How far a picture may: many programs leave a border of white, or a little too much."""
_BLOCK_TOLERANCE = 3.0
_SIZE_TOLERANCE = 1.0
_LAST_NOTICE = 760.0
"""The lowest line of the notice on the first page."""
_SHORT = 12
"""A page number, with a word before it, has no more letters."""


@pdf_rule("PDF010", "wrong-page-size")
def wrong_page_size(case: PdfCase) -> Iterator[Mark]:
    r"""A page is not US Letter, 8.5 by 11 inches.

    A point more or less says nothing.

    ## Why
    The format is set for US Letter; on A4 all margins are wrong, and printers shrink it.

    ## Fails
    ```tex
    \pdfpagewidth=210mm \pdfpageheight=297mm
    ```

    ## Passes
    ```tex
    \pdfpagewidth=215.9mm
    ```
    """
    wrong = [page for page in case.printed.pages if not _is_letter(page)]
    if wrong:
        page = wrong[0]
        a4 = " (A4)" if abs(page.width - 595.3) < 2 and abs(page.height - 841.9) < 2 else ""
        which = "every page" if len(wrong) == len(case.printed.pages) else f"page {page.number}"
        yield Mark(
            f"{which} measures {page.width:.0f} by {page.height:.0f} points{a4}, not 612 by 792 (US Letter)",
            "use the NeurIPS style file, and let no other package or print dialogue set the size of the paper",
            page.number, Box(0, 0, page.width, page.height),
        )  # fmt: skip


def _is_letter(page: Page) -> bool:
    return abs(page.width - PAGE[0]) <= _SIZE_TOLERANCE and abs(page.height - PAGE[1]) <= _SIZE_TOLERANCE


@pdf_rule("PDF011", "wrong-text-block")
def wrong_text_block(case: PdfCase) -> Iterator[Mark]:
    r"""The text as a whole is wider or narrower than 5.5 inches, or stands elsewhere.

    What counts is where most lines of running text begin and end; 3 points more or less say nothing.

    ## Why
    Narrower margins are more room than the others had.

    ## Fails
    ```tex preamble
    \geometry{margin=1in}
    ```

    ## Passes
    ```tex
    \begin{quote}
    A quotation is narrower than the text around it, and so are lists and the abstract; it does not matter how many
    lines it has as long as most lines of the paper are as long as they should be.
    \end{quote}
    ```
    """
    if not all(map(_is_letter, case.printed.pages)):
        return
    block = case.printed.block
    if _is_published(block):
        return
    first = next(line for line in case.printed.running if abs(line.x0 - block.left) < 2)
    yield Mark(
        f"the text runs from {block.left:.0f} to {block.right:.0f} points across the page, "
        f"not from {TEXT_BLOCK.left:.0f} to {TEXT_BLOCK.right:.0f}",
        "leave out packages and settings that change margins, such as geometry or fullpage", first.page, first.box,
    )  # fmt: skip


def _is_published(block: Block) -> bool:
    return (
        abs(block.left - TEXT_BLOCK.left) <= _BLOCK_TOLERANCE
        and abs(block.right - TEXT_BLOCK.right) <= _BLOCK_TOLERANCE
    )


def _block(case: PdfCase) -> Block:
    """What lines are held against: where the whole text is elsewhere, that has been said, and is not said again."""
    measured = case.printed.block
    return TEXT_BLOCK if _is_published(measured) else measured


@pdf_rule("PDF012", "overfull-line")
def overfull_line(case: PdfCase) -> Iterator[Mark]:
    r"""A line reaches beyond the right margin.

    On each page the line that reaches farthest is shown. Four points say nothing: microtype hangs hyphens and full
    stops out of the text.

    ## Why
    It looks careless, and in print the end of the line may be lost.

    ## Fails
    ```tex
    \noindent\rlap{This line is not broken anywhere, because it is in a box, and so it goes on beyond the margin to its
    right.}\mbox{}
    ```

    ## Passes
    ```tex
    This line is broken where it must be, because it is not in a box, and so it does not go on beyond the right margin.
    ```
    """
    right = _block(case).right
    for page in case.printed.pages:
        beyond = [
            glyph for glyph in page.glyphs
            if glyph.x1 > right + TOLERANCE and not glyph.is_drawn and glyph.base < FOOT
        ]  # fmt: skip
        if not beyond:
            continue
        if all(glyph.text.isdigit() and glyph.x0 > right + TOLERANCE for glyph in beyond):
            continue  # numbers of lines on the right
        last = max(beyond, key=lambda glyph: glyph.x1)
        row = [each for each in page.glyphs if abs(each.base - last.base) < 2 and not each.is_drawn]
        rows = len({round(glyph.base) for glyph in beyond})
        more = f", and so do {rows - 1} more lines of page {page.number}" if rows > 2 else ""
        yield Mark(
            f'"{_end(row)}" reaches {last.x1 - right:.1f} points beyond the right margin{more}',
            "reword it, allow a break, or give the table or formula less width",
            page.number, box_around([glyph for glyph in row if glyph.x1 > right - 60]),
        )  # fmt: skip


def _end(row: list[Glyph]) -> str:
    """The last words of a line."""
    text = text_of(row)
    return text if len(text) <= 40 else "…" + text[-40:].partition(" ")[2]


@pdf_rule("PDF013", "text-outside-block")
def text_outside_block(case: PdfCase) -> Iterator[Mark]:
    r"""Text stands left of, above or below the text block.

    Numbers of lines may stand left of it, the page number below it, and on the first page a notice of up to two lines.
    On each page the first such line is shown.

    ## Why
    The margins are for notes and for numbers of lines; headers and stamps of other conferences do not belong there.

    ## Fails
    ```tex
    \noindent\hspace*{-1in}This line begins in the margin.
    ```
    ```tex
    \vspace*{-2in}\noindent This line was drawn up.\newpage\vspace*{-1.2in}\noindent And so was this.
    ```
    ```tex
    \newpage\enlargethispage{1in}\null\vspace{9.2in}\noindent This line of text stands too far below.
    ```

    ## Passes
    ```tex
    \vspace*{\fill}\noindent This is the last line of the page.\newpage\noindent And this is the first of the next one.
    ```
    """
    block = _block(case)
    for page in case.printed.pages:
        lines = [line for line in case.printed.lines if line.page == page.number]
        numbers = case.numbers(page)
        outside = next((found for line in lines if (found := _outside(line, block, page, bool(numbers)))), None)
        if outside is not None:
            where, line = outside
            yield Mark(
                f'"{line.text[:40].rstrip()}" stands {where}', "take out what moves it there, such as negative space",
                page.number, line.box,
            )  # fmt: skip


def _outside(line: Line, block: Block, page: Page, has_numbers: bool) -> tuple[str, Line] | None:
    left = [glyph for glyph in line.glyphs if glyph.x0 < block.left - TOLERANCE]
    if left and not (has_numbers and all(glyph.text.isdigit() for glyph in left)):
        return f"{block.left - min(glyph.x0 for glyph in left):.1f} points left of the text", line
    if line.box.top < block.top - TOLERANCE:
        return f"{block.top - line.box.top:.1f} points above the text", line
    is_notice = page.number == 1 and FOOT < line.base < _LAST_NOTICE
    if line.base > block.bottom + TOLERANCE and len(line.glyphs) > _SHORT and not is_notice:
        return f"{line.base - block.bottom:.1f} points below the text", line
    return None


@pdf_rule("PDF014", "picture-outside-block")
def picture_outside_block(case: PdfCase) -> Iterator[Mark]:
    r"""A picture, or the rules of a table, reach beyond the text block.

    Pictures may do so by 10 points, rules of tables by 4; and where nothing but white does so, nothing is wrong.

    ## Why
    In print the edge may be lost, and a wide table is more room than the others had.

    ## Fails
    ```tex
    \noindent\hspace*{-0.5in}\rule{6.5in}{1pt}
    ```

    ## Passes
    ```tex
    \noindent\rule{5.5in}{1pt}
    ```
    """
    block = _block(case)
    for page in case.printed.pages:
        for what, boxes, room in (("a picture", page.pictures, BLEED), ("a rule", page.rules, TOLERANCE)):
            frame = Box(block.left - room, block.top - room, block.right + room, block.bottom + room)
            farthest = max(boxes, key=lambda box: _beyond(box, frame)[0], default=None)
            if farthest is None or _beyond(farthest, frame)[0] <= 0 or farthest.top > FOOT:
                continue
            by, where, strip = _beyond(farthest, frame)
            yield Mark(
                f"{what} reaches {by + room:.1f} points beyond the {where} of the text",
                r"give it at most \linewidth",
                page.number, farthest, strip,
            )  # fmt: skip


def _beyond(box: Box, frame: Box) -> tuple[float, str, Box]:
    """How far ``box`` reaches out of ``frame``, where, and which part of it does."""
    x0, top, x1, bottom = box
    return max(
        (frame.x0 - x0, "left edge", Box(x0, top, min(x1, frame.x0), bottom)),
        (x1 - frame.x1, "right edge", Box(max(x0, frame.x1), top, x1, bottom)),
        (frame.top - top, "top", Box(x0, top, x1, min(bottom, frame.top))),
        (bottom - frame.bottom, "end", Box(x0, max(top, frame.bottom), x1, bottom)),
    )
