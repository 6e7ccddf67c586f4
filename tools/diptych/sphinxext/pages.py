"""Pieces of HTML from templates in which everything is escaped unless a template says otherwise."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
STATIC = FOLDER / "static"
_INDENTATION = re.compile(r"\n +(?=<)")


def fragment(template: str, **values: Any) -> nodes.raw:
    """``template`` filled in, as a node that HTML writers pass on unchanged and all others leave out.

    The indentation of its tags stays in the template.
    """
    return nodes.raw("", _INDENTATION.sub("\n", fill(template, **values)), format="html")


def fill(template: str, **values: Any) -> str:
    """``template`` filled in."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES / "fragments")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["mathml"] = _formula
    made.filters["whole"] = _whole
    return made


def _formula(source: str) -> Markup:
    """A formula; as it was typed where it cannot be shown."""
    from diptych.sphinxext.maths import mathml

    try:
        return Markup(mathml(source))
    except ValueError:
        return Markup("<code>{}</code>").format(source)


def _whole(text: str) -> Markup:
    from diptych.sphinxext.titles import whole

    return whole(text)
