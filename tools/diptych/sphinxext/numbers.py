"""Sections, figures, tables and equations are numbered from 1 on every page, as in its PDF.

Sphinx would number along the table of contents of the whole site, so that one new analysis would renumber and
rewrite all that follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from diptych.sphinxext.domain import Numbers, analyses


def number_page(app: Sphinx, doctree: nodes.document) -> None:
    """Number a page that has just been read. The numbers depend on nothing but the page."""
    env = app.env
    domain = analyses(env)
    if domain.slug(env.docname) is None:
        return
    top = doctree.next_node(nodes.section)
    sections = dict(_sections(top, ())) if top else {}
    domain.numbers[env.docname] = Numbers(sections, _figures(doctree, env))
    for entry in env.tocs[env.docname].findall(nodes.reference):
        if entry["anchorname"] in sections:
            entry["secnumber"] = sections[entry["anchorname"]]
    _list_references(env)


def restore_numbers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the numbers where Sphinx looks for them; it has just cleared that place. No page is rewritten for it."""
    for docname, numbers in analyses(env).numbers.items():
        env.toc_secnumbers[docname] = dict(numbers.sections)
        env.toc_fignumbers[docname] = {kind: dict(ids) for kind, ids in numbers.figures.items()}
    return []


def _sections(section: nodes.Element, prefix: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    number = 0
    for child in section.children:
        if isinstance(child, nodes.section) and "selected-papers" not in child["classes"]:
            number += 1
            yield f"#{child['ids'][0]}", (*prefix, number)
            yield from _sections(child, (*prefix, number))


def _figures(doctree: nodes.document, env: BuildEnvironment) -> dict[str, dict[str, tuple[int, ...]]]:
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    standard = env.domains.standard_domain
    for node in doctree.findall(nodes.Element):
        kind = "displaymath" if isinstance(node, nodes.math_block) else standard.get_enumerable_node_type(node)
        has_title = isinstance(node, nodes.math_block) or (kind and standard.get_numfig_title(node))
        if kind and has_title and node["ids"]:
            of_kind = found.setdefault(kind, {})
            of_kind[node["ids"][0]] = (len(of_kind) + 1,)
    found.pop("section", None)
    return found


def _list_references(env: BuildEnvironment) -> None:
    """Give the references a line in the page's table of contents; their section is made when it is written."""
    contents = env.tocs[env.docname]
    of_top_section = next((lines for lines in contents.findall(nodes.bullet_list) if lines is not contents), None)
    if of_top_section is not None:
        link = nodes.reference("", "References", internal=True, refuri=env.docname, anchorname="#references")
        of_top_section += nodes.list_item("", addnodes.compact_paragraph("", "", link))
