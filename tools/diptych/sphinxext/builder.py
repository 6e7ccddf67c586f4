"""Sphinx's HTML builder with addresses that readers can type: ``docs/`` shows in none of them."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase

from diptych.sphinxext.answers import store_answers
from diptych.sphinxext.bridge import Bridge
from diptych.sphinxext.cards import NAME, Card, card_of, write_cards
from diptych.sphinxext.compare import compare_page
from diptych.sphinxext.domain import AnalysisDomain, analyses
from diptych.sphinxext.entries import TEXTS
from diptych.sphinxext.evidence import evidence_pages
from diptych.sphinxext.exports import exports, redirects, sitemap
from diptych.sphinxext.generated import Made, write_made
from diptych.sphinxext.header import sources_name, summarize
from diptych.sphinxext.library import Library
from diptych.sphinxext.listing import card_pages, list_stamps, picture_name
from diptych.sphinxext.paper_pages import paper_pages
from diptych.sphinxext.question_pages import question_pages
from diptych.sphinxext.search_page import search_page
from diptych.sphinxext.workers import share

logger = logging.getLogger(__name__)
OWN = "docs/"
"""The folder of the site's own pages, which addresses leave out."""


def public_name(pagename: str) -> str:
    """The page's name in addresses: ``docs/author-guide`` is ``author-guide``."""
    return pagename.removeprefix(OWN)


SITE_WORDS = "Two papers side by side: what each one claims, what holds, and which to read."
"""What the picture of the site itself says."""
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
"""What docutils puts into every page's head, and the theme as well."""
UNUSED = ("doctools.js", "language_data.js", "searchtools.js", "sphinx_highlight.js")
"""What Sphinx's own search consists of."""
STAMPS = ".lists.json"
"""Where the builder remembers what each page showed of others."""


class SiteBuilder(StandaloneHTMLBuilder):
    """Writes each page where its address says, with the analysis's PDF beside it."""

    name = "html"
    search = False  # Sphinx's own, which a reader would load whole

    def init_js_files(self) -> None:
        """Leave out the scripts that serve Sphinx's own search, one of which takes the key ``/``."""
        super().init_js_files()
        self._js_files = [file for file in self._js_files if Path(str(file.filename)).name not in UNUSED]

    def copy_static_files(self) -> None:
        """Copy the styles and scripts, less those that no page loads."""
        super().copy_static_files()
        for name in UNUSED:
            (Path(self.outdir) / "_static" / name).unlink(missing_ok=True)

    def create_template_bridge(self) -> None:
        """Templates as Sphinx has them, with less white space in what they make."""
        self.templates = Bridge()

    @property
    def analyses(self) -> AnalysisDomain:
        """What the build knows of the analyses."""
        return analyses(self.env)

    def get_output_path(self, page_name: str, /) -> Path:
        """The file of a page."""
        return super().get_output_path(public_name(page_name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The address of a page, relative to the site's."""
        return super().get_target_uri(public_name(docname), typ)

    def get_outdated_docs(self) -> Iterator[str]:
        """Pages older than their sources, or than the trees that another builder may have read again for us."""
        yield from super().get_outdated_docs()
        for docname in self.env.all_docs:
            if _is_newer(self.doctreedir / f"{docname}.doctree", self.get_output_path(docname)):
                yield docname

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        """Share the pages to read out among processes; each sends back what it has found, once."""
        for docname in docnames:
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)
        share(docnames, nproc, self._read_pages, self.merge_read)

    def _read_pages(self, docnames: Iterable[str]) -> tuple[list[str], bytes]:
        """Read some pages, in a process of its own; returns their names, and what is known of them since."""
        read = []
        for docname in docnames:
            self.read_doc(docname, _cache=False)
            read.append(docname)
        # this process ends now: what the main process has itself need not be sent
        self.analyses.keep(frozenset(read))
        self.env.domaindata["cite"].update({"bibdata": None, TEXTS: None})
        return read, pickle.dumps(self.env, pickle.HIGHEST_PROTOCOL)

    def merge_read(self, result: tuple[list[str], bytes]) -> None:
        """Take over what a process has read."""
        read, packed = result
        self.env.merge_info_from(read, pickle.loads(packed), self._app)

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Iterable[str],
        method: Literal["all", "specific", "update"] = "update",
    ) -> None:
        """Write what is outdated, and the pages whose lists have changed."""
        file = self.outdir / STAMPS
        known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        stamps = list_stamps(self.env)
        stale = {docname for docname, stamp in stamps.items() if known.get(docname) != stamp}
        super().write(build_docnames, {*updated_docnames, *stale}, method)
        file.write_text(json.dumps(stamps, indent=0, sort_keys=True), encoding="utf-8")

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        """Share the pages out among processes, references and all.

        Sphinx resolves every page in the main process, which takes longer than the writing that it shares out, because
        its search index has to hear of every page there. Without that index nothing but the names of pictures has to
        come back. Entries are formatted before: each is cited by pages that different processes write.
        """
        if self.search:
            super()._write_parallel(docnames, nproc)
            return
        first, rest = docnames[0], docnames[1:]
        self._write_pages([first])  # what all pages share is made once, and inherited
        catalogue = self.analyses.catalogue
        cited = {key for docname in rest for key in self.analyses.entries.get(docname, ())}
        share(sorted(cited - catalogue.formatted().keys()), self._app.parallel, catalogue.format, catalogue.take)
        share(rest, self._app.parallel, self._write_pages, self.images.update)

    def _write_pages(self, docnames: Iterable[str]) -> dict[str, str]:
        """Write some pages; returns their pictures."""
        for docname in docnames:
            self.phase = BuildPhase.RESOLVING
            doctree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
            self.phase = BuildPhase.WRITING
            self.write_doc_serialized(docname, doctree)
            self.write_doc(docname, doctree)
        return self.images

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Collect the pictures of a page, under names that no other page has a say in.

        A picture in a figure becomes a link to its file, which scripts open large.
        """
        # not the HTML builder's own step, which links pictures that have a width, before they have their names
        super(StandaloneHTMLBuilder, self).post_process_images(doctree)
        shown = {id(image) for figure in doctree.findall(nodes.figure) for image in figure.findall(nodes.image)}
        for image in list(doctree.findall(nodes.image)):
            address = image["uri"]
            if address in self.images:
                self.images[address] = picture_name(address) or self.images[address]
                address = f"{self.imgpath}/{quote(self.images[address])}"
            if id(image) in shown and not isinstance(image.parent, nodes.reference):
                link = nodes.reference("", "", internal=True, refuri=address)
                image.replace_self(link)
                link += image

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page; keep an analysis's answers for the pages that set them side by side."""
        super().write_doc(docname, doctree)
        if docname in self.analyses.fronts:
            store_answers(self, docname, doctree)

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """Sphinx's context, with the copy of the source named like its page and without a second viewport."""
        context = super().get_doc_context(docname, body, metatags.replace(VIEWPORT, ""))
        context["sourcename"] = public_name(context["sourcename"])
        return context

    def gen_pages_from_extensions(self) -> None:
        """Make the pages that come from the model, once all others have been written."""
        super().gen_pages_from_extensions()
        library = Library(self.analyses)
        write_made(self, self._made(library))
        write_cards(self, self._cards(library) if self.config.diptych_cards else ())

    def absolute(self, pagename: str) -> str:
        """The whole address of a page; empty where the site has none."""
        return f"{self.config.html_baseurl}{self.get_target_uri(pagename)}" if self.config.html_baseurl else ""

    def card(self, pagename: str) -> tuple[str, Card]:
        """The whole address of a page's picture, and what it shows; pages without one show the site's."""
        site = self.config.html_title
        summary = summarize(self.analyses, pagename)
        if summary is None:
            return f"{self.config.html_baseurl}{NAME}", Card(site, foot=SITE_WORDS)
        folder = self.get_target_uri(pagename).rpartition("/")[0]
        return f"{self.config.html_baseurl}{folder}/{NAME}", card_of(summary, site)

    def _cards(self, library: Library) -> Iterator[tuple[str, object, Card]]:
        site = self.config.html_title
        for name in (self.config.root_doc, *library.by_docname):
            address, card = self.card(name)
            shown = library.by_docname[name].stamp if name in library.by_docname else card
            yield address.removeprefix(self.config.html_baseurl), (site, shown), card

    def _made(self, library: Library) -> Iterator[Made]:
        pages = []
        for make in (card_pages, paper_pages, question_pages, compare_page, evidence_pages):
            for page in make(self, library):
                if page.is_page:
                    pages.append(page.name)
                yield page
        yield search_page(self, library)
        yield from exports(self, library)
        yield from redirects(self, pages)
        yield from sitemap(self, library, pages)

    def copy_assets(self) -> None:
        """Copy the PDFs and their sources with everything else that pages refer to."""
        super().copy_assets()
        domain, root = self.analyses, Path(self.srcdir)
        pdfs, sources = self.config.diptych_pdf_dir, self.config.diptych_sources_dir
        for docname in domain.documents:
            slug, page = domain.slug(docname), self.get_output_path(docname)
            if pdfs and not _copied(root / pdfs / f"{slug}.pdf", page.with_name(f"{slug}.pdf")):
                logger.warning("%s is missing, build the PDFs first", root / pdfs / f"{slug}.pdf", location=docname,
                               type="diptych", subtype="missing-pdf")  # fmt: skip
            # an archive that is there no longer must not be found by its address either
            archive = page.with_name(sources_name(slug))
            if not sources or not _copied(root / sources / f"{slug}.zip", archive):
                archive.unlink(missing_ok=True)


def _copied(file: Path, target: Path) -> bool:
    """Whether ``target`` is now a copy of ``file``; false where there is no such file. Equal files are left alone."""
    if not file.is_file():
        return False
    if not target.is_file() or _is_newer(file, target) or file.stat().st_size != target.stat().st_size:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return True


def _is_newer(file: Path, than: Path) -> bool:
    try:
        return file.stat().st_mtime_ns > than.stat().st_mtime_ns
    except OSError:
        return False
