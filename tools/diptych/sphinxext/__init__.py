"""The Sphinx extension: it reads analyses through Diptych's own model and makes their pages."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from diptych import __version__
from diptych.errors import DiptychError
from diptych.settings import find_project


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything. Each module says what it does; here stands when."""
    from diptych.sphinxext import (
        citations,
        domain,
        entries,
        facts,
        frame,
        header,
        labels,
        listing,
        markers,
        maths,
        navigation,
        nodes,
        numbers,
        parser,
        roles,
        safety,
        subfigures,
        tables,
        translator,
    )
    from diptych.sphinxext.builder import SiteBuilder
    from diptych.sphinxext.program import program_stamp

    for extension in ("myst_parser", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)
    app.add_config_value("diptych_citation_style", "", "env", str)
    app.add_config_value("diptych_pdf_dir", "", "html", str)
    app.add_config_value("diptych_sources_dir", "", "html", str)
    app.add_config_value("diptych_cards", False, "html", bool)
    app.add_config_value("diptych_repository", (), "html", tuple)
    app.add_config_value("diptych_redirects", {}, "html", dict)
    app.connect("config-inited", configure)

    app.add_builder(SiteBuilder, override=True)
    # The theme extends it; without a name of its own it would be left alone, once LaTeX's has been named.
    app.set_translator("html", translator.PageTranslator)
    app.add_domain(domain.AnalysisDomain)
    app.add_domain(roles.CitationDomain, override=True)
    app.add_domain(labels.SiteStandardDomain, override=True)
    app.add_domain(labels.SiteMathDomain, override=True)
    app.add_source_parser(parser.AnalysisParser, override=True)
    app.add_directive("subfigures", subfigures.SubfiguresDirective)
    app.add_role("q", roles.MarkerRole())
    app.add_role("paper", roles.PaperRole())
    nodes.register(app)
    facts.register(app)
    listing.register(app)
    maths.register(app)

    # when the build begins, before sphinxcontrib-bibtex reads the entries, ...
    app.connect("builder-inited", entries.read_entries, priority=400)
    # ... and after it has
    app.connect("builder-inited", domain.load_project, priority=600)
    app.connect("env-get-outdated", domain.find_outdated)
    # once the theme has been loaded
    app.connect("builder-inited", frame.quiet_theme, priority=900)
    # while a page is read
    app.add_transform(safety.RefuseForeign)
    app.add_transform(tables.ArrangeCells)
    # after Sphinx has collected the page's table of contents
    app.connect("doctree-read", numbers.number_page, priority=900)
    # after Sphinx has numbered the whole site
    app.connect("env-get-updated", numbers.restore_numbers, priority=900)
    # while a page is written
    app.add_post_transform(citations.ResolveCitations)
    app.add_post_transform(markers.LinkMarkers)
    app.add_post_transform(header.AddHeader)
    # after the theme has put in what it wants
    app.connect("html-page-context", navigation.add_navigation, priority=900)
    # stored documents and the classes that they are made of belong together
    stored = int(program_stamp()[:12], 16)
    return {"version": __version__, "env_version": stored, "parallel_read_safe": True, "parallel_write_safe": True}


def configure(app: Sphinx, config: Config) -> None:
    """What follows from the project's own settings and from where this package lies."""
    from sphinx.errors import ConfigError

    from diptych.sphinxext.cards import has_cards
    from diptych.sphinxext.pages import STATIC, TEMPLATES

    try:
        project = find_project(app.srcdir)
    except DiptychError as error:
        raise ConfigError(str(error)) from error
    config.bibtex_bibfiles = [str(file) for file in project.bibliography_files()]
    settings = project.settings
    # noted as a setting of Sphinx's, so that pages are written again when it changes
    config.diptych_repository = (
        settings.repository,
        settings.branch,
        settings.source_pattern,
        settings.history_pattern,
    )
    config.html_baseurl = config.html_baseurl or settings.site_url
    # likewise: pages name the pictures that there are
    config.diptych_cards = has_cards(config.html_baseurl)
    # new lists: the old ones may be Sphinx's defaults, which later builds in this process would share
    config.templates_path = list(dict.fromkeys([str(TEMPLATES), *config.templates_path]))
    config.html_static_path = [*config.html_static_path, str(STATIC)]
