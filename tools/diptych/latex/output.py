"""What lies beside a ``.tex`` file: its bibliography, its style, and a record of where it came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.errors import ConfigError, ExtensionError

from diptych.latex.bibliography import write_bibliography
from diptych.latex.style import ASSETS, choose_style
from diptych.latex.template import CITATIONS, MODES, Paper
from diptych.parse.corpus import read_project_bibliography
from diptych.settings import find_project

RECORD = ".paper.json"
"""Ends the name of the record of a paper; ``diptych.pdf`` reads it and builds what has one."""


def check_settings(app: Sphinx, config: Config) -> None:
    """Look at the settings before anything is built, and let the builder copy style and latexmkrc."""
    if config.diptych_mode not in MODES:
        raise ConfigError(f'diptych_mode must be one of {", ".join(MODES)}, not "{config.diptych_mode}"')
    if config.diptych_citation_style not in ("", *CITATIONS):
        known = ", ".join(CITATIONS)
        raise ConfigError(f'diptych_citation_style must be one of {known}, not "{config.diptych_citation_style}"')
    style = choose_style(config, app.confdir)
    extra = [ASSETS / "latexmkrc", *([style.file] if style.file else [])]
    config.latex_additional_files = [*config.latex_additional_files, *map(str, extra)]


def prepare(app: Sphinx, builder: Builder) -> None:
    """Before writing begins: one LaTeX document for each analysis, named by its folder, and for nothing else."""
    if builder.name != "latex":
        return
    builder.papers = []  # type: ignore[attr-defined]  where the translators leave what they have written
    domain: Any = builder.env.get_domain("analysis")
    if not domain.documents:
        raise ExtensionError("no analysis found, so there is no paper to write")
    app.config.latex_documents = [
        (docname, f"{domain.slug(docname)}.tex", "", "", "howto", False) for docname in sorted(domain.documents)
    ]


def write_companions(app: Sphinx, exception: Exception | None) -> None:
    """Write bibliography and record of each paper, and remove papers of analyses that are gone."""
    if app.builder.name != "latex" or exception is not None:
        return
    papers: list[Paper] = app.builder.papers  # type: ignore[attr-defined]
    folder = Path(app.outdir)
    bibliography = read_project_bibliography(find_project(Path(app.srcdir)))
    style = choose_style(app.config, app.confdir)
    for paper in papers:
        files = [f"{paper.slug}.tex", *paper.graphics, "latexmkrc"]
        if style.file:
            files.append(style.file.name)
        if paper.keys:
            files.append(f"{paper.slug}.bib")
            _write(folder / f"{paper.slug}.bib", write_bibliography(paper.keys, bibliography))
        _write(folder / f"{paper.slug}{RECORD}", _record(paper, files, app.config.diptych_mode))
    current = {paper.slug for paper in papers}
    for record in folder.glob(f"*{RECORD}"):
        slug = record.name.removesuffix(RECORD)
        if slug not in current:
            for name in (f"{slug}.tex", f"{slug}.bib", record.name):
                (folder / name).unlink(missing_ok=True)


def _record(paper: Paper, files: list[str], mode: str) -> str:
    record = {
        "source": paper.source,
        "mode": mode,
        "date": paper.date.isoformat() if paper.date else None,
        "files": files,
        "lines": paper.lines,
    }
    return json.dumps(record, indent=1).replace("[\n   ", "[").replace(",\n   ", ", ").replace("\n  ]", "]") + "\n"


def _write(file: Path, text: str) -> None:
    """Leave a file that is as it should be untouched, so that nothing is built again for it."""
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
