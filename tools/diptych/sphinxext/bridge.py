"""The theme's templates, with the white space of a page's frame left out: a tenth of what readers download."""

from __future__ import annotations

import re
from typing import Any

from sphinx.jinja2glue import BuiltinTemplateLoader

_BODY = "@@diptych-body@@"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNUSED = (' class="reference internal"', ' class="reference external"')
"""Attributes that Sphinx gives to every link and that no style or script of ours asks for."""


class Bridge(BuiltinTemplateLoader):
    """Sphinx's way to its templates. What a page says passes through, less what nobody would miss."""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """``template`` filled in, on as few lines as it needs."""
        body = context.get("body")
        if body is None:
            return super().render(template, context)
        for attribute in _UNUSED:
            body = body.replace(attribute, "")
        page = super().render(template, {**context, "body": _BODY})
        lines = (line.strip() for line in _COMMENT.sub("", page).split("\n"))
        return "\n".join(line for line in lines if line).replace(_BODY, body)
