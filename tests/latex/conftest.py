"""A small invented project, and Sphinx's LaTeX builder run on it."""

from __future__ import annotations

import io
import re
import warnings as warnings_module
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.deprecation import RemovedInSphinx11Warning
from sphinx.util.docutils import docutils_namespace, patch_docutils

ASSIGNMENT = """
id = "weighing"
title = "Weighing boats"
about = "Compare two boats."
options = [{ id = "sail", title = "Boats with sails", about = "Wind." }]
questions = [{ id = "1", short = "Start", text = "Why?" }, { id = "2", short = "End", text = "So what?" }]
sections = [{ title = "Report", weight = 100, pages = [1, 4], questions = ["1", "2"] }]
selected_papers = { title = "Chosen papers" }
limits = { words = [1, 9000] }
counting = { body = ["paragraph"], all = ["paragraph", "heading"] }
style = { name = "neurips" }
topics = [{ id = "boats", option = "sail", title = "Boats", papers = ["nguyen2020", "lukasz2021"] }]
"""

BIBLIOGRAPHY = """
@article{nguyen2020,
  title = {Boats of the {Mekong}},
  author = {Nguyễn, Văn An and Østby, Kari},
  journal = {Journal of Boats},
  year = {2020},
  url = {https://example.org/boats%20and_more#top},
}
@inproceedings{lukasz2021,
  title = {Sails, measured},
  author = {Žižka, Łukasz},
  booktitle = {Proceedings of Sailing},
  year = {2021},
  doi = {10.1000/182_3},
  url = {https://doi.org/10.1000/182_3},
  project = {https://example.org/sails},
}
@misc{uncited2019, title = {Nobody cites this}, author = {Nobody, Nora}, year = {2019}}
"""

SITE = Path(__file__).parents[2] / "conf.py"
CONFIGURATION = """
project = "Boats"
extensions = ["diptych.sphinxext", "diptych.latex"]
root_doc = "index"
include_patterns = ["index.md", "analyses/*/index.md"]
numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s", "code-block": "Listing %s", "section": "Section %s"}
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_footnote_transition = False
html_baseurl = "https://boats.example/"
"""

FRONT = """
title: "Two boats: a comparison"
authors:
  - {name: Zoë Example, affiliation: "University of Æ & Co", email: zoe_e@example.org}
  - {name: Łukasz Other}
date: 2026-01-31
keywords: [boats, 100% sails]
abstract: |
  We weigh two boats.
  One is *heavier*.
assignment: weighing
option: sail
topic: boats
papers: [nguyen2020, lukasz2021]
verdict: {stronger: neither, reason: They float.}
"""

FOLDERS = {"latex": "tex", "html": "html"}
"""Where the builders write to."""

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="200" height="80" fill="#aaf"/></svg>
"""


@dataclass(frozen=True)
class Written:
    """What Sphinx made of a project."""

    folder: Path
    warnings: str

    def tex(self, slug: str = "boats") -> str:
        """The text of one paper."""
        return (self.folder / f"{slug}.tex").read_text(encoding="utf-8")

    def body(self, slug: str = "boats") -> str:
        """What the author wrote of it: from the first numbered section to the references."""
        text = self.tex(slug)
        return text[text.index("\\section{") : text.index("\n\n{\\small\n")]

    def sections(self, slug: str = "boats") -> dict[str, str]:
        """The text under each section of it, by heading."""
        pieces = re.split(r"^\\section\{(.*?)\}(?:\\label\{[^}]*\})?\n", self.body(slug), flags=re.MULTILINE)
        return {title: text.strip("\n") for title, text in zip(pieces[1::2], pieces[2::2], strict=True)}


@pytest.fixture(scope="session")
def assignment() -> str:
    """The text of the invented assignment."""
    return ASSIGNMENT


@pytest.fixture(scope="session")
def write_papers(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Written]:
    """Make a project of one analysis (or several, by name) and write its papers.

    ``settings`` are added to Sphinx's; ``files`` (path to text) to the project; ``front`` stands for the header.
    """

    def write(
        *analyses: str, front: str = FRONT, files: dict[str, str] | None = None, folder: Path | None = None,
        others: dict[str, str] | None = None, builder: str = "latex", **settings: object,
    ) -> Written:  # fmt: skip
        root = folder or tmp_path_factory.mktemp("project")
        texts = {**({"boats": analyses[0]} if analyses else {}), **(others or {})}
        texts = {slug: f"\n{text.strip()}" for slug, text in texts.items()}
        contents = {
            # the page as this repository shows it; papers need no more than they say themselves
            "conf.py": (SITE.read_text(encoding="utf-8") if builder == "html" else "") + CONFIGURATION,
            "diptych.toml": 'assignments = "assignments"\n',
            "assignments/weighing.toml": ASSIGNMENT,
            "bib/boats.bib": BIBLIOGRAPHY,
            "index.md": "# Boats\n\n```{toctree}\n:glob:\nanalyses/*/index\n```\n",
            "analyses/boats/hull.svg": SVG,
            **{f"analyses/{slug}/index.md": f"---\n{front.strip()}\n---\n{text}\n" for slug, text in texts.items()},
            **(files or {}),
        }  # fmt: skip
        for name, text in contents.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.is_file() or file.read_text(encoding="utf-8") != text:
                file.write_text(text, encoding="utf-8")
        warnings = io.StringIO()
        with patch_docutils(), docutils_namespace(), warnings_module.catch_warnings():
            # Sphinx's own deprecations do not concern what is tested here.
            warnings_module.simplefilter("ignore", RemovedInSphinx11Warning)
            app = Sphinx(
                root, root, root / "build" / FOLDERS[builder], root / "build/doctrees", builder,
                confoverrides=settings, status=None, warning=warnings, parallel=1,
            )  # fmt: skip
            app.build()
        return Written(root / "build" / FOLDERS[builder], re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()))

    return write
