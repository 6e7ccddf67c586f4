"""What the build remembers of every analysis: its document, its numbers and the entries it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from diptych.errors import DiptychError
from diptych.model.assessment import assess
from diptych.model.document import Document
from diptych.model.evidence import FILE
from diptych.model.frontmatter import FrontMatter
from diptych.rubric import Rubric, load_rubrics
from diptych.settings import Project, find_project
from diptych.sphinxext.catalogue import Catalogue
from diptych.sphinxext.entries import stamps as stamps_of_entries
from diptych.sphinxext.evidence import Outline, outline
from diptych.sphinxext.mentions import Mention, find_mentions, stamps
from diptych.sphinxext.related import Related, find_related
from diptych.sphinxext.repository import Repository, find_repository
from diptych.sphinxext.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one page, which begin at 1 as in its PDF."""

    sections: Mapping[str, tuple[int, ...]]
    """By anchor, such as ``#introduction``."""
    figures: Mapping[str, Mapping[str, tuple[int, ...]]]
    """By kind (``figure``, ``table``, ...) and id."""


class AnalysisDomain(Domain):
    """All analyses of the project, by the name of their page."""

    name = "analysis"
    label = "Analysis"
    data_version = 6
    initial_data = {  # noqa: RUF012
        "documents": Shelf(), "fronts": {}, "numbers": {}, "entries": {}, "words": {}, "mentions": {},
        "pictures": {}, "evidence": {}, "said": Shelf(),
    }  # fmt: skip
    # Set when the build begins and never stored: cheap to read, and always as the files say.
    builder: Builder
    project: Project
    rubrics: Mapping[str, Rubric]
    catalogue: Catalogue
    repository: Repository

    @property
    def documents(self) -> Shelf[Document]:
        """The analyses as they were read."""
        return self.data["documents"]

    @property
    def fronts(self) -> dict[str, FrontMatter]:
        """The headers of those analyses whose header can be read: lists need nothing else."""
        return self.data["fronts"]

    @property
    def numbers(self) -> dict[str, Numbers]:
        """The numbers of each analysis."""
        return self.data["numbers"]

    @property
    def words(self) -> dict[str, int]:
        """The words in all of each analysis whose assignment could be found."""
        return self.data["words"]

    @property
    def entries(self) -> dict[str, dict[str, str]]:
        """For each page, the keys it cites and the digests that their entries had when it was read."""
        return self.data["entries"]

    @property
    def mentions(self) -> dict[str, dict[str, str]]:
        """For each analysis, a stamp of what it says about each paper that it cites, by key."""
        return self.data["mentions"]

    @property
    def said(self) -> Shelf[Mapping[str, tuple[Mention, ...]]]:
        """For each analysis, what it says about each paper."""
        return self.data["said"]

    @property
    def pictures(self) -> dict[str, str]:
        """The first picture of each analysis that has one, by its path below the source folder."""
        return self.data["pictures"]

    @property
    def evidence(self) -> dict[str, Outline]:
        """An outline of the evidence of each analysis that has a file of it."""
        return self.data["evidence"]

    @property
    def stated_count(self) -> int:
        """Where counts begin to be numbers for which evidence is due."""
        return int(self.project.settings.thresholds.stated_count)

    @cached_property
    def related(self) -> Mapping[str, list[Related]]:
        """For each analysis those most related to it. Ask only when all pages have been read."""
        return find_related(self.fronts)

    def note(self, docname: str, document: Document) -> None:
        """Remember an analysis that has just been read."""
        self.documents[docname] = document
        self.said[docname] = find_mentions(document, self.catalogue)
        self.mentions[docname] = stamps(self.said[docname])
        if (found := outline(document, self.catalogue, self.stated_count)) is not None:
            self.evidence[docname] = found
        if document.figures:
            folder = self.env.doc2path(docname, base=False).parent
            self.pictures[docname] = (folder / document.figures[0].file).as_posix()
        if document.header.front:
            self.fronts[docname] = document.header.front
            if rubric := self.rubric(docname):
                self.words[docname] = assess(document, rubric).all

    def rubric(self, docname: str) -> Rubric | None:
        """The assignment that the analysis at ``docname`` answers, where its header names a known one."""
        front = self.fronts.get(docname)
        return self.rubrics.get(front.assignment) if front else None

    def citation_style(self, docname: str) -> str:
        """``numbers`` or ``author-year``, on page and in paper alike: the project's choice, else the assignment's."""
        rubric = self.rubric(docname)
        return self.env.config.diptych_citation_style or (rubric.style.citations if rubric else "numbers")

    @cached_property
    def _rubrics_stamp(self) -> str:
        return hashlib.sha1(repr(self.rubrics).encode(), usedforsecurity=False).hexdigest()

    def summary_stamp(self, docname: str) -> str:
        """A stamp of what lists show of an analysis: its header, its entries, its words."""
        front = self.fronts[docname]
        papers = [self.catalogue.digest(key) for key in front.papers]
        shown = (docname, front, self.words.get(docname), self.pictures.get(docname), papers, self._rubrics_stamp)
        return hashlib.sha1(repr(shown).encode(), usedforsecurity=False).hexdigest()

    def slug(self, docname: str) -> str | None:
        """The name of the analysis at ``docname``, or ``None`` for a page of the site's own."""
        folder, _, rest = docname.removeprefix(f"{self.project.settings.analyses}/").partition("/")
        is_analysis = docname.startswith(f"{self.project.settings.analyses}/") and rest == "index"
        return folder if is_analysis else None

    def docname(self, slug: str) -> str:
        """The page of the analysis ``slug``."""
        return f"{self.project.settings.analyses}/{slug}/index"

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is about to be read again."""
        for name in self.initial_data:
            self.data[name].pop(docname, None)

    def keep(self, docnames: Container[str]) -> None:
        """Forget all pages but some."""
        for docname in {docname for name in self.initial_data for docname in self.data[name]}:
            if docname not in docnames:
                self.clear_doc(docname)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader has found."""
        for docname in docnames:
            for shelf in ("documents", "said"):
                if docname in otherdata[shelf]:
                    self.data[shelf].take(docname, otherdata[shelf])
            for name in ("fronts", "numbers", "entries", "words", "mentions", "pictures", "evidence"):
                if docname in otherdata[name]:
                    self.data[name][docname] = otherdata[name][docname]

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        """There is nothing here that a bare reference could mean."""
        return []


def analyses(env: BuildEnvironment) -> AnalysisDomain:
    """The domain of the analyses in ``env``."""
    return env.get_domain("analysis")  # type: ignore[return-value]


def load_project(app: Sphinx) -> None:
    """Read project, assignments and bibliography once, before anything else; parallel readers inherit them."""
    domain = analyses(app.env)
    domain.builder = app.builder
    try:
        domain.project = find_project(app.srcdir)
        domain.rubrics = load_rubrics(domain.project.assignments, domain.project.root)
        domain.repository = find_repository(domain.project.settings)
    except DiptychError as error:
        raise ExtensionError(str(error)) from error
    domain.catalogue = Catalogue(app.env.get_domain("cite").data["bibdata"].data.entries, stamps_of_entries(app))


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    """Analyses that cite an entry which has changed since they were read, or that have evidence for the first time.

    Others need not be read again.
    """
    domain = analyses(env)
    return [
        docname
        for docname, known in domain.entries.items()
        if any(domain.catalogue.digest(key) != digest for key, digest in known.items())
        or (docname not in domain.evidence and env.doc2path(docname).with_name(FILE).is_file())
    ]
