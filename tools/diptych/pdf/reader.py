"""Reading a PDF, each page once.

pdfminer.six runs the pages; what it draws is noted here as it comes, without the layout that pdfplumber would make
of it, which takes most of the time.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt, decode_text, mult_matrix

from diptych.pdf.printed import Box, Font, Glyph, Link, Page, Printed

_PART_OF_PAGE = 0.8
"""A form that covers more of the page than this is not a picture: some programs wrap whole pages so."""
_THIN = 4.5
_DEPTH = 12
"""Pictures within pictures are followed to this depth."""
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CREATOR = re.compile(rb"<dc:creator>(.*?)</dc:creator>", re.DOTALL)
_ITEM = re.compile(rb"<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


class DamagedError(Exception):
    """The file is no PDF, or only a part of one. The text says why."""


class LockedError(Exception):
    """The file is encrypted and cannot be read without a password."""


def read_pdf(file: Path) -> Printed:
    """Read ``file``. Raises ``DamagedError``, ``LockedError`` or ``OSError``."""
    data = file.read_bytes()
    if b"%PDF-" not in data[:1024]:
        raise DamagedError("it does not begin as a PDF does")
    if b"%%EOF" not in data[-1024:]:
        raise DamagedError("it ends in the middle")
    try:
        return _read(data)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise LockedError from None
    except (DamagedError, MemoryError, TimeoutError):
        raise
    except Exception as error:  # pdfminer fails in many ways on what is no sound PDF
        raise DamagedError(f"{type(error).__name__}: {error}".rstrip(": ")) from error


def _read(data: bytes) -> Printed:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    resources = _Resources()
    device = _Device(resources)
    interpreter = PDFPageInterpreter(resources, device)
    pages: list[Page] = []
    listed: dict[object, tuple[dict[str, Any], int]] = {}
    pictured: list[tuple[str, str]] = []
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        device.begin(number, page)
        interpreter.process_page(page)
        pages.append(device.page(tuple(_links(page, device))))
        for key, font in _fonts_of(page.resources, set(), pictured):
            listed.setdefault(key, (font, number))
    if not pages:
        raise DamagedError("it has no page")
    fonts = tuple(_font(spec, number, device.used.get(key)) for key, (spec, number) in listed.items())
    metadata = _metadata(document)
    authors = [("its properties", metadata["Author"])] if metadata.get("Author") else []
    authors += [("its XMP metadata", name) for name in _xmp_authors(document)]
    authors += pictured
    return Printed(tuple(pages), fonts, metadata, tuple(dict.fromkeys(authors)), document.encryption is not None)


class _Resources(PDFResourceManager):
    """Keeps which object of the file each font is."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[int, object] = {}
        self._alive: list[Any] = []

    def get_font(self, objid: object, spec: Mapping[str, object]) -> Any:
        font = super().get_font(objid, spec)
        self._alive.append(font)
        self.keys[id(font)] = objid or id(spec)
        return font


class _Device(PDFDevice):
    """Notes glyphs, pictures and rules of one page after the other."""

    def __init__(self, resources: _Resources) -> None:
        super().__init__(resources)
        self._resources = resources
        self.used: dict[object, tuple[int, Box]] = {}
        """The page and place of the first characters in each font."""
        self._names: dict[int, str] = {}
        self._texts: dict[int, dict[int, str]] = {}

    def begin(self, number: int, page: PDFPage) -> None:
        """What comes next is on page ``number``."""
        self._number = number
        left, bottom, right, top = page.mediabox
        crop = page.cropbox
        crop = (max(left, crop[0]), max(bottom, crop[1]), min(right, crop[2]), min(top, crop[3]))
        if crop[2] <= crop[0] or crop[3] <= crop[1]:
            crop = (left, bottom, right, top)
        turned = page.rotate in (90, 270)
        width, height = crop[2] - crop[0], crop[3] - crop[1]
        self._width, self._height = (height, width) if turned else (width, height)
        # The interpreter measures from a corner of the media box, people from a corner of what they see.
        shifts = {
            0: (crop[0] - left, crop[1] - bottom), 90: (crop[1] - bottom, right - crop[2]),
            180: (right - crop[2], top - crop[3]), 270: (top - crop[3], crop[0] - left),
        }  # fmt: skip
        self._x, self._y = shifts.get(page.rotate, (0.0, 0.0))
        self._glyphs: list[Glyph] = []
        self._pictures: list[Box] = []
        self._rules: list[Box] = []
        self._figures: list[tuple[bool, Any]] = []

    def page(self, links: tuple[Link, ...]) -> Page:
        """The page as it was noted."""
        return Page(
            self._number, self._width, self._height,
            tuple(self._glyphs), tuple(self._pictures), tuple(self._rules), links,
        )  # fmt: skip

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle that is measured from the lower left corner of the media box, as people see it."""
        top = self._height + self._y
        return Box(min(x0, x1) - self._x, top - max(y0, y1), max(x0, x1) - self._x, top - min(y0, y1))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        x0, y0, x1, y1 = bbox
        whole = mult_matrix(matrix, self.ctm)
        corners = [apply_matrix_pt(whole, corner) for corner in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = self.box(min(xs), min(ys), max(xs), max(ys))
        area = (box.x1 - box.x0) * (box.bottom - box.top)
        is_picture = area < _PART_OF_PAGE * self._width * self._height
        if is_picture and not self._is_drawing:
            self._pictures.append(box)
        self._figures.append((is_picture, self.ctm))

    def end_figure(self, name: str) -> None:
        _, self.ctm = self._figures.pop()

    @property
    def _is_drawing(self) -> bool:
        return any(is_picture for is_picture, _ in self._figures)

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        # Rules are thin rectangles, and where they are very thin, pdfTeX draws lines instead.
        is_line = stroke and len(path) == 2 and path[0][0] == "m" and path[1][0] == "l"
        if self._is_drawing or not (is_line or (fill and 4 <= len(path) <= 6)):
            return
        points = [apply_matrix_pt(self.ctm, segment[-2:]) for segment in path if len(segment) == 3]
        if len(points) < (2 if is_line else 4):
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = self.box(min(xs), min(ys), max(xs), max(ys))
        if box.bottom - box.top < _THIN and box.x1 - box.x0 > 10 * _THIN:
            self._rules.append(box)

    def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
        font, size = textstate.font, textstate.fontsize
        if font is None:
            return
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        scaling = textstate.scaling * 0.01
        step = 0.001 * size * scaling
        charspace = textstate.charspace * scaling
        wordspace = 0 if font.is_multibyte() else textstate.wordspace * scaling
        height = abs(size) * (c * c + d * d) ** 0.5
        name = self._name(font)
        texts = self._texts.setdefault(id(font), {})
        is_shown, is_drawn = textstate.render != 3, self._is_drawing
        left, top = self._x, self._height + self._y
        x, y = textstate.linematrix
        rise = textstate.rise
        first = len(self._glyphs)
        follows = False
        for piece in seq:
            if isinstance(piece, (int, float)):
                x -= piece * step
                follows = True
                continue
            if not isinstance(piece, bytes):
                continue
            for cid in font.decode(piece):
                if follows:
                    x += charspace
                follows = True
                text = texts.get(cid)
                if text is None:
                    text = texts[cid] = _text(font, cid)
                width = font.char_width(cid) * size * scaling
                if text and is_shown:
                    begin, base = a * x + c * (y + rise) + e - left, b * x + d * (y + rise) + f
                    end = begin + a * width
                    if end < begin:
                        begin, end = end, begin
                    self._glyphs.append(Glyph(text, begin, end, top - base, height, name, is_drawn))
                x += width + (wordspace if cid == 32 else 0)
        textstate.linematrix = (x, y)
        key = self._resources.keys.get(id(font))
        if key not in self.used and len(self._glyphs) > first:
            some = self._glyphs[first:]
            box = Box(
                min(glyph.x0 for glyph in some), min(glyph.base for glyph in some) - 0.7 * height,
                max(glyph.x1 for glyph in some), max(glyph.base for glyph in some) + 0.22 * height,
            )  # fmt: skip
            self.used[key] = (self._number, box)

    def _name(self, font: Any) -> str:
        name = self._names.get(id(font))
        if name is None:
            name = self._names[id(font)] = _SUBSET.sub("", _string(getattr(font, "fontname", "")))
        return name


def _text(font: Any, cid: int) -> str:
    """What a character of a font stands for; empty for white space, a stand-in for what the file does not tell."""
    with suppress(PDFUnicodeNotDefined, KeyError, TypeError, ValueError):
        text = font.to_unichr(cid)
        return "" if text.isspace() else text
    return "\ufffd"


def _links(page: PDFPage, device: _Device) -> Iterator[Link]:
    for reference in _list(page.annots):
        annotation = _dictionary(reference)
        if _string(annotation.get("Subtype")) != "Link":
            continue
        corners = [resolve1(number) for number in _list(annotation.get("Rect"))]
        if len(corners) != 4 or not all(isinstance(number, (int, float)) for number in corners):
            continue
        left, bottom = page.mediabox[:2]
        box = device.box(corners[0] - left, corners[1] - bottom, corners[2] - left, corners[3] - bottom)
        action = _dictionary(annotation.get("A"))
        if "URI" in action:
            yield Link(box, _string(action["URI"]), False)
        else:
            target = resolve1(action.get("D", annotation.get("Dest")))
            yield Link(box, _string(target) if isinstance(target, (bytes, PSLiteral)) else "", True)


def _fonts_of(
    resources: Any, seen: set[object], authors: list[tuple[str, str]], depth: int = 0
) -> Iterator[tuple[object, dict[str, Any]]]:
    """All fonts of a page and of the pictures on it; authors that the pictures name are added to ``authors``."""
    if depth > _DEPTH:
        return
    resources = _dictionary(resources)
    for reference in _dictionary(resources.get("Font")).values():
        spec = _dictionary(reference)
        key = getattr(reference, "objid", None) or id(spec)
        if key not in seen:
            seen.add(key)
            yield key, spec
    for name, reference in _dictionary(resources.get("XObject")).items():
        form = resolve1(reference)
        key = getattr(reference, "objid", None) or id(form)
        if key in seen or not isinstance(form, PDFStream):
            continue
        seen.add(key)
        if author := _string(_dictionary(form.attrs.get("PTEX.InfoDict")).get("Author")).strip():
            authors.append((f"the picture {name}", author))
        yield from _fonts_of(form.attrs.get("Resources"), seen, authors, depth + 1)


def _font(spec: dict[str, Any], number: int, used: tuple[int, Box] | None) -> Font:
    kind = _string(spec.get("Subtype")) or "Type1"
    descendants = _list(spec.get("DescendantFonts"))
    inner = _dictionary(descendants[0]) if descendants else spec
    descriptor = _dictionary(inner.get("FontDescriptor"))
    is_embedded = kind == "Type3" or any(name in descriptor for name in ("FontFile", "FontFile2", "FontFile3"))
    name = _SUBSET.sub("", _string(spec.get("BaseFont")))
    return Font(name, kind, is_embedded, used[0] if used else number, used[1] if used else None)


def _metadata(document: PDFDocument) -> dict[str, str]:
    found: dict[str, str] = {}
    for info in document.info:
        for key, value in _dictionary(info).items():
            found[str(key)] = _string(value).strip()
    return found


def _xmp_authors(document: PDFDocument) -> list[str]:
    stream = resolve1(document.catalog.get("Metadata"))
    if not isinstance(stream, PDFStream):
        return []
    creators = b"".join(_CREATOR.findall(stream.get_data()[:1_000_000]))
    names = [unescape(item.decode("utf-8", "replace")).strip() for item in _ITEM.findall(creators)]
    return [name for name in names if name]


def _dictionary(value: Any) -> dict[Any, Any]:
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.attrs
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    value = resolve1(value)
    return value if isinstance(value, list) else []


def _string(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, bytes):
        return decode_text(value)
    if isinstance(value, PSLiteral):
        name = value.name
        return name if isinstance(name, str) else name.decode("latin-1")
    return "" if value is None else str(value)
