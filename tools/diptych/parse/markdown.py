"""From a Markdown file to a document. MyST's own tokens are read, so the site renders what is checked here."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from diptych.diagnostics import Problem
from diptych.model.document import Document
from diptych.parse.dialect import EXTENSIONS
from diptych.parse.environments import search_once
from diptych.parse.frontmatter import read_header
from diptych.parse.inline import record_places
from diptych.parse.lines import pass_over_prose
from diptych.parse.reader import Reader
from diptych.parse.suppressions import read_header_suppressions
from diptych.span import Source


def create_parser(renderer: Any = RendererHTML, config: MdParserConfig | None = None) -> MarkdownIt:
    """MyST's Markdown parser for the dialect of analyses, noting places on its tokens."""
    parser = create_md_parser(config or MdParserConfig(enable_extensions=set(EXTENSIONS)), renderer)
    record_places(parser)
    search_once(parser)
    pass_over_prose(parser)
    parser.options["store_labels"] = True  # a link then knows the definition it uses
    return parser


def read_document(
    source: Source, slug: str, tokens: list[Token] | None = None, env: dict[str, Any] | None = None
) -> Document:
    """Read one analysis.

    ``tokens`` and ``env`` are those of the whole text where a caller has parsed it already. Never fails: what
    cannot be read becomes a problem of the document.
    """
    problems: list[Problem] = []
    header = read_header(source, problems)
    parser = _parser()
    knows_targets = tokens is None or env is not None
    if tokens is None:
        env = {}
        tokens = parser.parse(source.text, env)
    reader = Reader(source, parser, problems, {} if env is None else env)
    abstract = header.front.abstract if header.front else ""
    if abstract:
        reader.read_abstract(abstract, _abstract_line(source, header.place("abstract").start))
    reader.read_body(tokens)
    if not knows_targets:  # what a directive's text links to by name cannot be told
        problems[:] = [problem for problem in problems if problem.kind != "missing-definition"]
    suppressions = tuple(read_header_suppressions(source, header.span.start, header.span.end))
    return reader.document(slug, header, suppressions)


@cache
def _parser() -> MarkdownIt:
    # MyST's own count of words goes unused here: ours is another one.
    return create_parser().disable("wordcount")


def _abstract_line(source: Source, start: int) -> int:
    """The first line of the abstract's text: below the sign of a block scalar, else where the value begins."""
    span = source.span(start, start)
    return span.line + 1 if source.text[start : start + 1] in ("|", ">") else span.line
