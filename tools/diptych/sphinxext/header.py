"""The head of an analysis page: what its front matter says, and what its assignment asks for."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from diptych.model.assessment import assess
from diptych.model.frontmatter import NEITHER, FrontMatter
from diptych.rubric import Rubric
from diptych.sphinxext.catalogue import Catalogue, Paper
from diptych.sphinxext.domain import AnalysisDomain, analyses
from diptych.sphinxext.pages import fragment


@dataclass(frozen=True, slots=True)
class Summary:
    """What cards and page headers show of one analysis."""

    docname: str
    slug: str
    front: FrontMatter
    rubric: Rubric
    words: int
    """Words in all."""
    option: str
    topic: str
    papers: tuple[Paper | str, ...]
    """The compared papers; the bare key of one that the bibliography does not have."""
    stronger: Paper | None
    """The paper that the author holds to be stronger."""

    @property
    def verdict(self) -> str:
        """The verdict in a few words."""
        return (
            f"{self.stronger.short_authors} ({self.stronger.year}) is stronger"
            if self.stronger
            else "Neither is stronger"
        )

    @property
    def names(self) -> str:
        """The authors of the analysis."""
        return ", ".join(author.name for author in self.front.authors)

    @property
    def date(self) -> str:
        """The date in full, as in 22 November 2026."""
        return f"{self.front.date.day} {self.front.date:%B %Y}"


def summarize(domain: AnalysisDomain, docname: str) -> Summary | None:
    """The summary of the analysis at ``docname``, or ``None`` where its header or assignment cannot be read."""
    front, rubric = domain.fronts.get(docname), domain.rubric(docname)
    if front is None or rubric is None:
        return None
    catalogue = domain.catalogue
    option, topic = rubric.option(front.option), rubric.topic(front.topic)
    return Summary(
        docname,
        domain.slug(docname) or "",
        front,
        rubric,
        domain.words[docname],
        option.title if option else front.option,
        topic.title if topic else front.topic.replace("-", " ").capitalize(),
        tuple(catalogue.get(key) or key for key in front.papers),
        _stronger(front, catalogue),
    )


class AddHeader(SphinxPostTransform):
    """Put the head of the page under its title."""

    default_priority = 6
    formats = ("html",)

    def run(self, **_: object) -> None:
        domain = analyses(self.env)
        summary = summarize(domain, self.env.docname)
        top = self.document.next_node(nodes.section)
        if summary is None or top is None:
            return
        pdf = f"{summary.slug}.pdf" if self.config.diptych_pdf_dir else ""
        address = f"{self.config.html_baseurl}{domain.builder.get_target_uri(self.env.docname)}"
        facts = assess(domain.documents[self.env.docname], summary.rubric)
        top.insert(1, fragment("header.html", page=summary, facts=facts, pdf=pdf, bibtex=bibtex(summary, address)))


def bibtex(summary: Summary, address: str) -> str:
    """A BibTeX entry for the analysis itself."""
    front = summary.front
    fields = {
        "title": f"{{{_tex(front.title)}}}",
        "author": " and ".join(_tex(author.name) for author in front.authors),
        "year": str(front.date.year),
        "month": f"{front.date:%b}".lower(),
        "note": _tex(summary.rubric.title),
        "url": address if "://" in address else "",
    }
    lines = [f"  {name:<6} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{summary.slug}{front.date.year},", *lines, "}"])


def _tex(text: str) -> str:
    for character in "&%$#_":
        text = text.replace(character, f"\\{character}")
    return text


def _stronger(front: FrontMatter, catalogue: Catalogue) -> Paper | None:
    return None if front.verdict.stronger == NEITHER else catalogue.get(front.verdict.stronger)
