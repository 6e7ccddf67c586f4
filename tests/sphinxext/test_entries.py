"""Entries that have not changed are not parsed again, and are what sphinxcontrib-bibtex would have read."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser
from sphinxcontrib.bibtex.bibfile import parse_bibdata

from corpora import BIBLIOGRAPHY
from diptych.sphinxext.catalogue import Catalogue
from diptych.sphinxext.entries import parse

ROOT = Path(__file__).parents[2]
PIECES = [
    "@misc{cy2019, title = {One}, author = {Cy, C. and others}, year = 2019}\n",
    "@Article{Dee2020,\n title = {{T}wo},\n  author = {Dee, D. and {The Group}},\n  month = jan,\n  year = {2020}\n}\n",
    '@misc(eve2018, title = "Th" # "ree", author = {Eve, E.}, year = {2018})\n',
    '@misc{fay2017, title = {F\\"our}, author = {Fay, F.}, crossref = {cy2019}}\n',
    "@misc{gus2016, title = {Five \\{or\\} so}, author = {Gus, G.}}\n",
    "A line of text between entries.\n",
    "% a comment\n",
]
DIFFICULT = [
    "@misc{gus2016, title = {Five \\} or so}, author = {Gus, G.}}\n",
    '@string{acm = "ACM"}\n',
    "@misc{hal2015, publisher = acm, title = {Six}}\n",
    "@comment{nothing}\n",
    '@preamble{"\\newcommand{\\x}{y}"}\n',
    "@misc{ida2014, title = {Seven\n",
    "write to ida@example.org\n",
    "@misc{jim2013, title = {Eight}, title = {Nine}}\n",
    "@misc{cy2019, title = {One again}}\n",
    "@misc{CY2019, title = {One in capitals}}\n",
    "@misc{, title = {No key}}\n",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "letters.bib"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Grows by each text that is parsed."""
    texts: list[str] = []
    read = Parser.parse_string

    def counted(parser: Parser, text: str):
        texts.append(text)
        return read(parser, text)

    monkeypatch.setattr(Parser, "parse_string", counted)
    return texts


def same(files: list[Path], known=None, texts=None):
    """What is read, which is what would be read from the beginning."""
    read = parse(files, "utf-8-sig", known or {}, texts or {})
    if read is not None:
        stock = parse_bibdata(files, "utf-8-sig")
        assert read[0] == stock
        assert list(map(repr, read[0].data.entries.values())) == list(map(repr, stock.data.entries.values()))
        catalogue = Catalogue(stock.data.entries)
        assert {key: stamp for key, (_, stamp) in read[1].items()} == {key: catalogue.digest(key) for key in read[1]}
    return read


def test_the_library_here_is_read_alike() -> None:
    read = same(sorted((ROOT / "bib").glob("*.bib")))
    assert read is not None
    assert len(read[1]) > 20


def test_only_what_changed_is_parsed(file: Path, parsed: list[str]) -> None:
    file.write_text(BIBLIOGRAPHY, encoding="utf-8")
    data, texts = parse([file], "utf-8-sig", {}, {})
    parsed.clear()
    file.write_text("\nMoved. " + BIBLIOGRAPHY.replace("Faster", "Faster Still"), encoding="utf-8")
    again, _ = parse([file], "utf-8-sig", data.data.entries, texts)
    assert [text.partition("{")[2].partition(",")[0] for text in parsed] == ["bo2021second"]
    assert again.data.entries["ada2020first"] is data.data.entries["ada2020first"]
    assert "Still" in again.data.entries["bo2021second"].fields["title"]


@given(st.lists(st.sampled_from(PIECES), unique=True, min_size=1), st.integers(0, 99), st.sampled_from(PIECES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sound_file_is_read_alike_anew_and_again(tmp_path: Path, pieces: list[str], seed: int, more: str) -> None:
    file, other = tmp_path / "a.bib", tmp_path / "b.bib"
    file.write_text("".join(pieces), encoding="utf-8")
    first = same([file])
    assert first is not None
    rest = [piece for piece in pieces if piece != more]
    random.Random(seed).shuffle(rest)
    file.write_text("".join(rest).replace("One", "Two", seed % 2), encoding="utf-8")
    other.write_text(more, encoding="utf-8")
    assert same([file, other], first[0].data.entries, first[1]) is not None


@pytest.mark.parametrize("piece", DIFFICULT)
def test_where_entries_may_mean_something_else_together_nothing_is_read(file: Path, piece: str) -> None:
    file.write_text(PIECES[0], encoding="utf-8")
    data, texts = parse([file], "utf-8-sig", {}, {})
    file.write_text(PIECES[0] + piece, encoding="utf-8")
    assert parse([file], "utf-8-sig", data.data.entries, texts) is None


def test_what_cannot_be_opened_is_left_to_the_other_reader(file: Path) -> None:
    assert parse([file], "utf-8-sig", {}, {}) is None
    file.write_bytes("@misc{x, title = {Größe}}".encode("latin-1"))
    assert parse([file], "utf-8-sig", {}, {}) is None


def test_the_site_parses_a_changed_entry_alone(build, parsed: list[str]) -> None:
    site = build()
    parsed.clear()
    changed = BIBLIOGRAPHY.replace("Faster", "Faster Still")
    again = build(root=site.root, files={"bib/letters.bib": changed})
    assert len(parsed) == 1
    assert "faster still" in again.page("analyses/a/index.html").get_text().lower()
    parsed.clear()
    with_string = '@string{j = "Journal of Letters"}\n' + changed.replace("{Journal of Letters}", "j")
    os.utime(again.root / "bib/letters.bib")
    third = build(root=site.root, files={"bib/letters.bib": with_string})
    assert len(parsed) == 1  # the whole file, by sphinxcontrib-bibtex
    assert "Journal of Letters" in third.page("analyses/a/index.html").get_text()
