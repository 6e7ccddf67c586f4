"""Every page of this repository's own site, as a program reads it: tags, ids, headings, links, pictures."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from built_pages import Site
from diptych.pdf.rules import PDF_RULES
from diptych.report.findings import Report
from diptych.rules import RULES
from diptych.sphinxext.pages import STATIC


@pytest.fixture(scope="module")
def site(site_folder: Path) -> Site:
    """The built site, read once."""
    return Site(site_folder)


def test_every_tag_is_closed_where_it_belongs(site) -> None:
    assert {name: outline.slips for name, outline in site.pages.items() if outline.slips} == {}


def test_no_id_stands_twice_on_a_page(site) -> None:
    assert [name for name, outline in site.pages.items() if len(set(outline.ids)) < len(outline.ids)] == []


def test_headings_start_with_the_only_first_one_and_skip_no_level(site) -> None:
    for name, outline in site.pages.items():
        assert outline.headings[0] == 1, name
        assert outline.headings.count(1) == 1, name
        assert [pair for pair in pairwise(outline.headings) if pair[1] > pair[0] + 1] == [], name


def test_every_column_of_a_table_has_a_heading(site_folder) -> None:
    empty = re.compile(r"<th[^>]*>\s*(?:<p>\s*</p>)?\s*</th>")
    assert [file.name for file in site_folder.rglob("*.html") if empty.search(file.read_text("utf-8"))] == []


def test_every_link_and_picture_is_there(site) -> None:
    assert site.broken_links() == []


@pytest.mark.parametrize("code", [*RULES, *PDF_RULES])
def test_the_address_that_a_finding_gives_of_its_rule_is_a_page(site_folder, code) -> None:
    address = Report([], site_url="https://example.org/").page(code)
    assert (site_folder / address.removeprefix("https://example.org/")).is_file()


def test_no_style_stands_within_another_by_mistake() -> None:
    for file in STATIC.glob("*.css"):
        depth = 0
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line[:1].strip() and not line.startswith("}"):
                assert depth == 0, f"{file.name}:{number}: {line}"
            depth += line.count("{") - line.count("}")
        assert depth == 0, file.name
