"""How entries and citations read, role by role and style by style."""

from __future__ import annotations

import pytest
from docutils import nodes
from pybtex.database import parse_string

from diptych.sphinxext.catalogue import Catalogue
from diptych.sphinxext.style import links_of
from diptych.sphinxext.wording import Page

ENTRIES = parse_string(
    r"""
@inproceedings{one, title = {{LaTeX} and B{\"o}hm}, author = {Lovelace, Ada}, booktitle = {Venue}, year = 1843}
@article{two, title = {Two}, author = {de Moor, Jan and Smith, Sue}, journal = {Letters}, year = {2001}}
@misc{three, title = {Three}, author = {A, B and C, D and E, F}, year = {2002}, eprint = {2002.00003},
      archiveprefix = {arXiv}, doi = {10.48550/arXiv.2002.00003}, url = {https://arxiv.org/abs/2002.00003},
      code = {javascript:evil()}, project = {https://example.org}}
@misc{none, title = {Nobody}}
@misc{long, title = {{GPT}: A New Title: Another One for {LaTeX}}, author = {Z, Zoe}, year = {2004}}
@article{broken, title = {No Journal}, author = {X, Y}, year = {2003}}
""",
    "bibtex",
).entries


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(ENTRIES)


@pytest.mark.parametrize(
    ("role", "target", "numbers", "author_year"),
    [
        ("p", "one", "[1]", "(Lovelace, 1843)"),
        ("p", "one,two", "[1, 2]", "(Lovelace, 1843; de Moor and Smith, 2001)"),
        ("p", "one{Table 2},two", "[1, Table 2; 2]", "(Lovelace, 1843, Table 2; de Moor and Smith, 2001)"),
        ("p", "{see}one", "[see 1]", "(see Lovelace, 1843)"),
        ("ps", "three", "[3]", "(A, C, and E, 2002)"),
        ("t", "three{p. 4}", "A et al. [3, p. 4]", "A et al. (2002, p. 4)"),
        ("t", "one,two", "Lovelace [1], de Moor and Smith [2]", "Lovelace (1843); de Moor and Smith (2001)"),
        ("ct", "two", "De Moor and Smith [2]", "De Moor and Smith (2001)"),
        ("ts", "three", "A, C, and E [3]", "A, C, and E (2002)"),
        ("alp", "one{Table 2},two", "1, Table 2; 2", "Lovelace, 1843, Table 2; de Moor and Smith, 2001"),
        ("author", "three", "A et al.", "A et al."),
        ("cauthors", "two", "De Moor and Smith", "De Moor and Smith"),
        ("year", "one", "1843", "1843"),
        ("yearpar", "one", "[1843]", "(1843)"),
    ],
)
def test_roles_read_as_natbib_has_them(catalogue, role, target, numbers, author_year) -> None:
    node = nodes.Element(reftype=role, reftarget=target)
    places = {"one": 1, "two": 2, "three": 3}
    assert Page(places, "numbers").cite(node, catalogue).astext() == numbers
    assert Page(places, "author-year").cite(node, catalogue).astext() == author_year


def test_keys_are_taken_exactly(catalogue) -> None:
    assert catalogue.get("one").key == "one"
    assert catalogue.get("ONE") is None
    assert catalogue.digest("ONE") == ""


def test_an_entry_is_worked_out_once(catalogue) -> None:
    assert catalogue.get("two").reference is catalogue.get("two").reference


def test_names_and_titles_lose_their_braces(catalogue) -> None:
    paper = catalogue.get("one")
    assert (paper.title, paper.venue, paper.year) == ("LaTeX and Böhm", "Venue", "1843")
    assert catalogue.get("none").short_authors == "none"


def test_lists_are_sorted_by_surname_year_and_title(catalogue) -> None:
    papers = sorted(map(catalogue.get, ("one", "two", "three")), key=lambda paper: paper.place)
    assert [paper.key for paper in papers] == ["three", "two", "one"]


def test_titles_are_in_sentence_case_as_bibtex_has_it(catalogue) -> None:
    assert catalogue.get("long").reference.astext() == "Zoe Z. GPT: A new title: Another one for LaTeX. 2004."


def test_links_do_not_repeat_and_lead_to_the_web() -> None:
    assert links_of(ENTRIES["three"]) == (
        ("arXiv:2002.00003", "https://arxiv.org/abs/2002.00003"),
        ("Project", "https://example.org"),
    )


def test_an_incomplete_entry_still_reads(catalogue) -> None:
    assert catalogue.get("broken").reference.astext() == "X. No Journal. 2003."
