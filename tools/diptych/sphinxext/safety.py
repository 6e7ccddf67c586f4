"""What an analysis may point to: pictures in its own folder, addresses on the web, places on the site."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from diptych.sphinxext.domain import analyses
from diptych.sphinxext.renderer import WEB

logger = logging.getLogger(__name__)


class RefuseForeign(SphinxTransform):
    """Remove from an analysis what would read other files, fetch from other hosts or run code.

    It runs before Sphinx collects images and downloads, so nothing refused here is ever copied.
    """

    default_priority = 400

    def apply(self, **_: object) -> None:
        if analyses(self.env).slug(self.env.docname) is None:
            return
        folder = Path(self.env.doc2path(self.env.docname)).parent.resolve()
        for node in list(self.document.findall(nodes.image)):
            if not _lies_in(folder, node["uri"]):
                self._refuse(node, f"{node['uri']!r} is not a picture in the analysis's own folder")
        for node in list(self.document.findall(addnodes.download_reference)):
            self._refuse(node, f"{node['reftarget']!r} cannot be offered for download")
        for node in list(self.document.findall(nodes.reference)):
            target = node.get("refuri", "")
            if target and not target.startswith((*WEB, "#")):
                self._refuse(node, f"{target!r} is not an address on the web")

    def _refuse(self, node: nodes.Element, message: str) -> None:
        logger.warning(message, location=node, type="diptych", subtype="foreign")
        node.parent.remove(node)


def _lies_in(folder: Path, uri: str) -> bool:
    """Whether ``uri`` names a file within ``folder``, links followed."""
    if "://" in uri or uri.startswith(("/", "data:", "\\")):
        return False
    file = (folder / uri).resolve()
    return file.is_relative_to(folder) and file.is_file()
