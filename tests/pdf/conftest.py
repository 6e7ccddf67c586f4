"""Papers written by hand, without Sphinx."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest

PAPER = r"""\documentclass{article}
\usepackage[preprint]{neurips_diptych}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\renewcommand{\ttdefault}{lmtt}
\usepackage[hidelinks,pdftitle={Paper},pdfauthor={Ada}]{hyperref}
\title{Paper}
\author{Ada}
\begin{document}
\maketitle
BODY
\end{document}
"""


@pytest.fixture(scope="session")
def lay_paper() -> Callable[..., Path]:
    """Lay one paper ready to be built into a folder, and return it."""

    def lay(
        folder: Path, body: str, slug: str = "paper", text: str = PAPER, mode: str = "preprint", **more: str
    ) -> Path:
        folder.mkdir(exist_ok=True)
        assets = files("diptych.latex") / "assets"
        for name in ("neurips_diptych.sty", "latexmkrc"):
            shutil.copyfile(str(assets / name), folder / name)
        for name, content in {f"{slug}.tex": text.replace("BODY", body), **more}.items():
            (folder / name).write_text(content, encoding="utf-8")
        # The body begins in line 11 of the text; say that it comes from line 21 of the source.
        record = {
            "source": f"analyses/{slug}/index.md", "mode": mode, "date": "2026-01-31",
            "files": [f"{slug}.tex", "latexmkrc", "neurips_diptych.sty", *more], "lines": [[11, 21]],
        }  # fmt: skip
        (folder / f"{slug}.paper.json").write_text(json.dumps(record))
        return folder

    return lay


@pytest.fixture
def put_paper(lay_paper: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Lay one paper ready to be built, and return the folder it lies in."""
    return partial(lay_paper, tmp_path / "tex")
