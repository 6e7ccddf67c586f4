"""Pieces of HTML from templates in which everything is escaped unless a template says otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
STATIC = FOLDER / "static"


def fragment(template: str, **values: Any) -> nodes.raw:
    """``template`` filled in, as a node that HTML writers pass on unchanged and all others leave out."""
    return nodes.raw("", _environment().get_template(template).render(values), format="html")


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES / "fragments")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
