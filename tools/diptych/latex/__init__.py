"""Sphinx extension: sets each analysis as a NeurIPS paper, through Sphinx's own ``latex`` builder."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register settings, transforms and translator.

    Settings: ``diptych_mode`` (``preprint``, ``final`` or ``submission``), ``diptych_style`` (see
    ``diptych.latex.style``); ``diptych_citation_style`` is the site's as well, and registered there.
    """
    from diptych.latex import output
    from diptych.latex.citations import NatbibCitations
    from diptych.latex.images import SvgToPdf
    from diptych.latex.structure import OtherPages, OwnEquations, PaperStructure
    from diptych.latex.translator import PaperTranslator

    app.add_config_value("diptych_mode", "preprint", "", (str,))
    app.add_config_value("diptych_style", "", "", (str,))
    app.connect("config-inited", output.check_settings)
    app.connect("write-started", output.prepare)
    app.connect("build-finished", output.write_companions)
    app.set_translator("latex", PaperTranslator, override=True)
    for transform in (NatbibCitations, OtherPages, OwnEquations, PaperStructure, SvgToPdf):
        app.add_post_transform(transform)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
