"""The frame of a paper: class, packages and title block around the body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from diptych.latex.characters import escape_plain, escape_text
from diptych.latex.letters import declare_letters
from diptych.model.frontmatter import Author, FrontMatter

MODES = ("preprint", "final", "submission")
"""What a paper can be made for: to be read, to be published, or to be reviewed without names."""
CITATIONS = ("numbers", "author-year")
"""How citations can read."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One finished ``.tex`` file and what else the build must know of it."""

    text: str
    slug: str
    source: str
    """The analysis, relative to the project's root."""
    date: date | None
    """Of its last revision."""
    lines: tuple[tuple[int, int], ...]
    """Lines of the text and the lines of the source that they came from, from 1, in order."""
    graphics: tuple[str, ...]
    """Names of the picture files, which lie beside the text."""
    keys: tuple[str, ...]
    """The citation keys of its list of references."""


def render(
    body: str, *, title: str, front: FrontMatter | None, mode: str, style: str, citations: str, cite_first: list[str],
    entries: str = "",
) -> str:  # fmt: skip
    """The whole ``.tex`` file. ``title`` and ``body`` are LaTeX already; ``style`` is a package's name.

    ``entries`` is the text of the entries it cites, whose letters the preamble must know as well.
    """
    authors = front.authors if front and mode != "submission" else ()
    return _template().render(
        body=body,
        title=title,
        title_text=escape_plain(front.title) if front else "",
        authors=[_author(author) for author in authors],
        author_names=", ".join(escape_plain(author.name) for author in authors),
        keywords=", ".join(escape_plain(keyword) for keyword in front.keywords) if front else "",
        letters=declare_letters(f"{title}{body}{entries}{authors}{front}"),
        options="" if mode == "submission" else mode,
        style=style,
        citations=citations,
        cite_first=cite_first,
    )


def _author(author: Author) -> list[str]:
    """The lines of one author's block."""
    lines = [escape_text(author.name)]
    if author.affiliation:
        lines += [escape_text(line.strip()) for line in author.affiliation.splitlines() if line.strip()]
    if author.email:
        lines.append(rf"\texttt{{{escape_text(author.email)}}}")
    return lines


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "assets"),
        variable_start_string="<<", variable_end_string=">>",
        block_start_string="<%", block_end_string="%>",
        comment_start_string="<#", comment_end_string="#>",
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined,
        autoescape=False,
    )  # fmt: skip
    return environment.get_template("paper.tex.jinja")
