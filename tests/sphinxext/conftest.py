"""Real Sphinx builds of small invented projects, with this repository's own settings."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from corpora import write_project
from diptych.sphinxext.domain import AnalysisDomain, analyses

SETTINGS = Path(__file__).parents[2] / "conf.py"

HOME = """\
# Letters

```{analyses}
```

```{toctree}
:hidden:

task
```
"""

TASK = """\
# The task

```{assignment} sections
```
"""


@dataclass(frozen=True)
class Site:
    """What Sphinx made of a project."""

    root: Path
    app: Sphinx
    warnings: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where the pages are."""
        return self.root / "build/html"

    @property
    def domain(self) -> AnalysisDomain:
        """What the build remembers of the analyses."""
        return analyses(self.app.env)

    def page(self, address: str) -> BeautifulSoup:
        """One page, by its address."""
        return BeautifulSoup((self.folder / address).read_text(encoding="utf-8"), "html.parser")

    def doctree(self, slug: str) -> nodes.document:
        """The tree of an analysis as it was read."""
        return self.app.env.get_doctree(f"analyses/{slug}/index")


Build = Callable[..., Site]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build a project of the given analyses (named a, b, ...), or the one in ``root`` again.

    ``files`` maps paths to text; ``settings`` go over those of this repository.
    """

    def run(
        *texts: str,
        root: Path | None = None,
        files: dict[str, str] | None = None,
        bibliography: str | None = None,
        builder: str = "html",
        parallel: int = 1,
        **settings: object,
    ) -> Site:
        if root is None:
            root = tmp_path_factory.mktemp("site")
            write_project(root, *texts, **({"bibliography": bibliography} if bibliography else {}))
            shutil.copy(SETTINGS, root / "conf.py")
            files = {"docs/index.md": HOME, "docs/task.md": TASK, **(files or {})}
        for name, text in (files or {}).items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        warnings = io.StringIO()
        with patch_docutils(root), docutils_namespace():
            app = Sphinx(
                root,
                root,
                root / "build" / builder,
                root / "build/doctrees",
                builder,
                confoverrides=settings,
                status=None,
                warning=warnings,
                parallel=parallel,
            )
            app.build()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())
        return Site(root, app, tuple(line for line in plain.splitlines() if line.strip()))

    return run
