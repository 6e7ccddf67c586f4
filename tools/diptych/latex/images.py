"""Figures drawn as SVG become PDF, so that they stay vectors in the paper."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms.images import ImageConverter

CONVERTER = "rsvg-convert"
TIME_LIMIT = 60.0
"""Seconds that one figure may take."""

# A figure is drawn by its own file alone: whatever would make the converter fetch something is refused,
# even though it neither knows a network nor leaves the folder of its input by itself.
_OUTSIDE = re.compile(
    rb"<!ENTITY|<xi:include|(?:href|src)\s*=\s*[\"'](?!#|data:image/(?:png|jpeg);)|url\(\s*[\"']?(?![\"'#)]|data:)|@import",
    re.IGNORECASE,
)


class SvgToPdf(ImageConverter):
    """Run ``rsvg-convert`` (librsvg) on figures that exist only as SVG."""

    conversion_rules = [("image/svg+xml", "application/pdf")]  # noqa: RUF012  as Sphinx declares it

    def is_available(self) -> bool:
        """Always: where the converter is missing, ``convert`` says so, which beats a figure without a file."""
        return True

    def convert(self, _from: str | os.PathLike[str], _to: str | os.PathLike[str]) -> bool:
        """Write the PDF of an SVG file, unless one made from the same bytes is there.

        Raises ``ExtensionError`` with what to do when that cannot be done.
        """
        source, target = Path(_from), Path(_to)
        made_from, digest = target.with_suffix(".sha256"), hashlib.sha256(source.read_bytes()).hexdigest()
        if not (target.exists() and made_from.exists() and made_from.read_text() == digest):
            convert_svg(source, target)
            made_from.write_text(digest)
        return True


def convert_svg(source: Path, target: Path) -> None:
    """Draw the SVG file ``source`` as the one-page PDF ``target``; the same input gives the same bytes.

    Raises ``ExtensionError`` when the converter is missing or fails, when it takes too long, and when the
    figure refers to anything outside its own file.
    """
    command = shutil.which(CONVERTER)
    if command is None:
        raise ExtensionError(
            f"{source}: {CONVERTER} is needed to put this figure into the paper\n"
            "    hint: run sh tools/setup.sh tex (Debian: librsvg2-bin, Fedora: librsvg2-tools, macOS: librsvg)"
        )
    data = source.read_bytes()
    if outside := _OUTSIDE.search(data):
        line = data.count(b"\n", 0, outside.start()) + 1
        raise ExtensionError(
            f"{source}:{line}: a figure must not refer to anything outside its file\n"
            "    hint: embed pictures as data: PNG or JPEG"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        # In a folder of its own, from standard input: there is nothing beside the figure to be read.
        finished = Path(folder, "figure.pdf")
        try:
            run = subprocess.run(
                [command, "--format=pdf", "--output=figure.pdf"],
                input=data, capture_output=True, cwd=folder, timeout=TIME_LIMIT, check=False,
                env={**os.environ, "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise ExtensionError(f"{source}: {CONVERTER} did not finish within {TIME_LIMIT:g} seconds") from None
        if run.returncode or not finished.exists():
            reason = run.stderr.decode("utf-8", "replace").strip() or f"it ended with status {run.returncode}"
            raise ExtensionError(f"{source}: {CONVERTER} cannot draw this figure: {reason}")
        finished.replace(target)
