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
from diptych.parse.frontmatter import read_header
from diptych.parse.inline import record_places
from diptych.parse.reader import Reader
from diptych.span import Source


def create_parser(renderer: Any = RendererHTML, config: MdParserConfig | None = None) -> MarkdownIt:
    """MyST's Markdown parser for the dialect of analyses, noting places on its tokens."""
    parser = create_md_parser(config or MdParserConfig(enable_extensions=set(EXTENSIONS)), renderer)
    record_places(parser)
    return parser


def read_document(source: Source, slug: str, tokens: list[Token] | None = None) -> Document:
    """Read one analysis. ``tokens`` are those of the whole text where a caller has parsed it already.

    Never fails: what cannot be read becomes a problem of the document.
    """
    problems: list[Problem] = []
    header = read_header(source, problems)
    parser = _parser()
    if tokens is None:
        tokens = parser.parse(source.text, {})
    reader = Reader(source, parser, problems)
    abstract = header.front.abstract if header.front else ""
    if abstract:
        reader.read_abstract(abstract, _abstract_line(source, header.place("abstract").start))
    reader.read_body(tokens)
    return reader.document(slug, header)


@cache
def _parser() -> MarkdownIt:
    return create_parser()


def _abstract_line(source: Source, start: int) -> int:
    """The first line of the abstract's text: below the sign of a block scalar, else where the value begins."""
    span = source.span(start, start)
    return span.line + 1 if source.text[start : start + 1] in ("|", ">") else span.line
