"""Citations stay citations: each role becomes the natbib command that it was named after."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from diptych.latex.characters import escape_text
from diptych.latex.nodes import natbib_citation

logger = logging.getLogger(__name__)

NATBIB = {
    "p": "citep", "ps": "citep*", "t": "citet", "ts": "citet*", "ct": "Citet", "cts": "Citet*",
    "alp": "citealp", "alps": "citealp*", "label": "citealp", "labelpar": "citep", "empty": "nocite",
    "author": "citeauthor", "authors": "citeauthor*", "cauthor": "Citeauthor", "cauthors": "Citeauthor*",
    "year": "citeyear", "yearpar": "citeyearpar",
}  # fmt: skip
"""The natbib command of each role of sphinxcontrib-bibtex (its documentation, "Roles and Directives")."""

# "Table 2" must not break before its number.
_TIE = re.compile(
    r"\b(Tables?|Figures?|Figs?\.|Sections?|Secs?\.|Appendix|Appendices|Chapters?|Equations?|Eqs?\.|Algorithms?"
    r"|Theorems?|Lemmas?|Definitions?|Pages?|pages?|pp?\.) (?=[A-Z]?[0-9]|[A-Z]\b)"
)


class NatbibCitations(SphinxPostTransform):
    """Turn citation roles into natbib commands before sphinxcontrib-bibtex resolves them (at priority 5)."""

    default_priority = 3
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Replace every citation of the document; a key that no bibliography has is warned about."""
        known = self.env.get_domain("cite").bibdata.data.entries
        for xref in list(self.document.findall(addnodes.pending_xref)):
            if xref.get("refdomain") == "cite":
                xref.replace_self(self._citation(xref, known))

    def _citation(self, xref: addnodes.pending_xref, known: Any) -> nodes.Element:
        role = xref["reftype"]
        if role not in NATBIB:
            logger.warning("the role cite:%s has no counterpart in natbib", role, location=xref)
        targets = list(parse_citation_targets(xref["reftarget"]))
        for target in targets:
            if target.key not in known:
                message = 'could not find bibtex key "%s"'
                logger.warning(message, target.key, location=xref, type="bibtex", subtype="key_not_found")
        node = natbib_citation(
            command=NATBIB.get(role, "citep"),
            keys=[target.key for target in targets],
            before=[target.pre for target in targets],
            after=[target.post for target in targets],
        )
        node.source, node.line = xref.source, xref.line
        return node


def write_citation(node: natbib_citation) -> str:
    r"""The citation as LaTeX: ``\citep[see][Table~2]{key}``.

    natbib has one note before and one after a whole citation. Where an inner key has a note of its own, each
    key gets its own ``\citealp`` (or ``\citeyear``, ...) and ``\citetext`` sets the brackets around them.
    """
    command, keys, before, after = node["command"], node["keys"], node["before"], node["after"]
    if not any(before[1:]) and not any(after[:-1]):
        return rf"\{command}{_notes(before[0], after[-1])}{{{','.join(keys)}}}"
    star = "*" if command.endswith("*") else ""
    singles = zip(keys, before, after, strict=True)
    if command.rstrip("*") == "citep":
        inner = "; ".join(rf"\citealp{star}{_notes(pre, post)}{{{key}}}" for key, pre, post in singles)
        return rf"\citetext{{{inner}}}"
    return "; ".join(rf"\{command}{_notes(pre, post)}{{{key}}}" for key, pre, post in singles)


def _notes(before: str, after: str) -> str:
    pre, post = _note(before), _note(after)
    return f"[{pre}][{post}]" if pre else f"[{post}]" if post else ""


def _note(text: str) -> str:
    tex = escape_text(_TIE.sub("\\1\u00a0", text))
    return f"{{{tex}}}" if "]" in tex else tex
