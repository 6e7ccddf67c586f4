"""Pictures of places in a PDF. pdfium draws them; it is loaded only when one is asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from diptych.pdf.printed import Box
from diptych.pdf.rules.registry import PdfFinding

DOTS = 150
"""Per inch."""
_AROUND = 54.0
"""How much of the page is shown around the place, in points."""
_LEAST = (260.0, 90.0)
"""How much is shown at least."""
_WHITE = 250
_RED = (214, 0, 0)
_pdfium = threading.Lock()
"""pdfium must not be called from two threads at a time."""


def draw_findings(file: Path, findings: list[PdfFinding], folder: Path, stem: str) -> dict[int, Path]:
    """Draw the place of each finding that has one, with a red box around it, to ``folder``.

    Returns the picture of each finding by its index; they are named ``stem-1-PDF012.png`` and so on. Pictures that
    an earlier look left under the same stem go. Raises ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{_literal(stem)}-[0-9]*-PDF[0-9][0-9][0-9].png"):
        old.unlink()
    placed = [(at, finding) for at, finding in enumerate(findings) if finding.mark.page]
    made: dict[int, Path] = {}
    if not placed:
        return made
    with _pdfium, _open(file) as document:
        for number, (at, finding) in enumerate(placed, 1):
            target = folder / f"{stem}-{number}-{finding.code}.png"
            _draw(document, finding.mark.page - 1, finding.mark.box).save(target)
            made[at] = target
    return made


def has_ink(file: Path, page: int | None, box: Box) -> bool:
    """Whether anything shows within ``box``: many pictures have a border of nothing."""
    if page is None:
        return False
    thin = max(0.0, 1.0 - (box.bottom - box.top) / 2)  # a rule has no height of its own
    box = box._replace(top=box.top - thin, bottom=box.bottom + thin)
    with _pdfium, _open(file) as document:
        image = _render(document[page - 1], box)
        return image.convert("L").getextrema()[0] < _WHITE


def _open(file: Path) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(file)


def _render(page: Any, box: Box) -> Any:
    width, height = page.get_size()
    left, right = min(max(0.0, box.x0), width - 1), min(max(0.0, width - box.x1), width - 1)
    top, bottom = min(max(0.0, box.top), height - 1), min(max(0.0, height - box.bottom), height - 1)
    return page.render(scale=DOTS / 72, crop=(left, bottom, right, top)).to_pil()


def _draw(document: Any, index: int, box: Box | None) -> Any:
    from PIL import ImageDraw

    page = document[index]
    width, height = page.get_size()
    if box is None:
        return _render(page, Box(0, 0, width, height))
    shown = _room(box, width, height)
    image = _render(page, shown).convert("RGB")
    scale = DOTS / 72
    corners = (box.x0 - shown.x0 - 2, box.top - shown.top - 2, box.x1 - shown.x0 + 2, box.bottom - shown.top + 2)
    limits = (image.width - 1, image.height - 1) * 2
    frame = [min(max(0.0, corner * scale), limit) for corner, limit in zip(corners, limits, strict=True)]
    ImageDraw.Draw(image).rectangle(frame, outline=_RED, width=3)
    return image


def _room(box: Box, width: float, height: float) -> Box:
    """``box`` with what stands around it, within the page."""
    wide = max(_AROUND, (_LEAST[0] - (box.x1 - box.x0)) / 2)
    high = max(_AROUND / 2, (_LEAST[1] - (box.bottom - box.top)) / 2)
    x0, top = max(0.0, box.x0 - wide), max(0.0, box.top - high)
    return Box(min(x0, width - 10), min(top, height - 10), min(width, box.x1 + wide), min(height, box.bottom + high))


def _literal(stem: str) -> str:
    """``stem`` as a pattern that fits nothing else."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in stem)
