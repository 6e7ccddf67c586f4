"""The section that names the chosen option and both papers in full. It is made from the front matter."""

from __future__ import annotations

from docutils import nodes

from diptych.model.frontmatter import FrontMatter
from diptych.rubric import Rubric
from diptych.sphinxext.catalogue import Catalogue


def selected_papers(
    document: nodes.document, front: FrontMatter, rubric: Rubric, catalogue: Catalogue
) -> nodes.section:
    """The section, without a number and without citations of its own."""
    title = rubric.selected_papers.title
    section = nodes.section(classes=["selected-papers"], names=[nodes.fully_normalize_name(title)])
    section += nodes.title(title, title)
    option = rubric.option(front.option)
    section += nodes.paragraph(
        "", "", nodes.strong("", "Option:"), nodes.Text(f" {option.title if option else front.option}")
    )
    papers = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
    for key in front.papers:
        paper = catalogue.get(key)
        entry = paper.reference.deepcopy() if paper else nodes.paragraph("", key)
        papers += nodes.list_item("", entry)
    section += papers
    for node in section.findall(nodes.Element):
        node.source, node.line = document["source"], 1
    document.note_implicit_target(section, section)
    return section
