"""What an analysis says about a paper: the citing sentences, with places that lead to them."""

from __future__ import annotations

import re

import pytest
from pybtex.database import parse_string

from corpora import BIBLIOGRAPHY, HEADER, corpus, markdown
from diptych.sphinxext.catalogue import Catalogue
from diptych.sphinxext.mentions import find_mentions

CATALOGUE = Catalogue(parse_string(BIBLIOGRAPHY, "bibtex").entries)


def said(body: str, key: str = "ada2020first") -> list[str]:
    """The sentences about one paper in a first section that says ``body``."""
    document = corpus(markdown(HEADER, f"## Opening\n\n{body}\n")).documents[0]
    return ["".join(text for _, text in mention.pieces) for mention in find_mentions(document, CATALOGUE).get(key, ())]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("One. Two {cite:p}`ada2020first{p. 3}`. Three.", ["Two (Ada, 2020, p. 3)."]),
        ("{cite:t}`ada2020first` sorts. Nobody else does.", ["Ada (2020) sorts."]),
        ("Sorted\nin *two* lines {cite:p}`{see}ada2020first`.", ["Sorted in two lines (see Ada, 2020)."]),
        ("{q}`1` All $n^2$ steps of `sort` {cite:p}`bo2021second,ada2020first`.",
         ["All n^2 steps of sort (Bo and Cy, 2021; Ada, 2020)."]),
        ("A list:\n\n- one item {cite:p}`ada2020first`\n- another", ["one item (Ada, 2020)"]),
        ("Nobody cites it.", []),
        ("Unknown {cite:p}`nobody,ada2020first`.", ["Unknown (Ada, 2020)."]),
    ],
)  # fmt: skip
def test_a_citing_sentence_stands_by_itself(body, sentences) -> None:
    assert said(body) == sentences


def test_a_sentence_that_cites_twice_is_one_mention() -> None:
    text = "Both tables say so {cite:p}`ada2020first{Table 1}` and again {cite:p}`ada2020first{Table 2}`."
    document = corpus(markdown(HEADER, f"## Opening\n\n{{q}}`1` {text}\n")).documents[0]
    (mention,) = find_mentions(document, CATALOGUE)["ada2020first"]
    assert (mention.anchor, mention.locator) == ("cite-ada2020first-1", "Table 1; Table 2")
    assert (mention.section, mention.question) == ("Opening", "1")


def test_a_figure_is_named_by_its_number() -> None:
    figure = ":::{figure} a.svg\n:name: fig-a\n:alt: A.\n\nIts caption.\n:::\n"
    assert said(f"{figure}\nSee {{numref}}`fig-a` {{cite:p}}`ada2020first`.") == ["See Figure 1 (Ada, 2020)."]


NOTES = """\
## Opening

{q}`1` A note comes first.[^one] Then the text {cite:p}`ada2020first{Table 2}` and again {cite:t}`ada2020first`.

[^one]: In the note {cite:p}`ada2020first{Table 1}`.

## Judgement

:::{list-table} A caption {cite:p}`ada2020first{Table 3}`
:header-rows: 1

* - Head
* - Cell {cite:p}`ada2020first{Table 4}`
:::
"""


def test_every_mention_leads_to_its_own_citation(build) -> None:
    site = build(markdown(HEADER, NOTES))
    page = site.page("analyses/a/index.html")
    links = site.page("papers/ada2020first.html").select(".mention-place a")
    assert len(links) == 4
    for link in links:
        path, _, anchor = link["href"].partition("#")
        assert path == "../analyses/a/index.html"
        cited = page.find(id=anchor).find_parent(class_="citation").get_text()
        locator = re.search(r"Table \d", link.find_parent("p").get_text())
        assert locator is None or locator[0] in cited
