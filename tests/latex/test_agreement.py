"""One document as a page and as a paper: numbers, citations and the list of references read the same."""

from __future__ import annotations

import re
import unicodedata

import pdfplumber
import pytest
from bs4 import BeautifulSoup

from diptych.errors import describe
from diptych.pdf.build import build_papers

pytestmark = pytest.mark.tex

BIBLIOGRAPHY = """
@article{one, title = {Zeta first}, author = {Ho, Ann and Li, Bo and Xu, Cy}, journal = {J}, year = {2022}}
@article{two, title = {Alpha second}, author = {Ho, Ann and Du, Ed and Xu, Cy}, journal = {J}, year = {2022}}
@article{three, title = {A third}, author = {Ho, Ann and Salimans, Tim}, journal = {J}, year = {2022}}
@article{four, title = {Older}, author = {Ho, Ann and Yu, Di and Xu, Cy}, journal = {J}, year = {2021}}
@article{polish, title = {On lifts}, author = {{\\.Z}ak, Ola and Łukasz, Jan}, journal = {J}, year = {2020}}
@article{vietnamese, title = {On boats}, author = {Nguyễn, Văn An}, journal = {J}, year = {2020}}
@article{swedish, title = {On ships}, author = {Åström, Karl}, journal = {J}, year = {2021}}
@article{serbian, title = {On rivers}, author = {Đorđević, Ana and Šimić, Iva}, journal = {J}, year = {2019}}
@article{dutch, title = {On canals}, author = {van der Berg, Jan}, journal = {J}, year = {2018}}
@article{french, title = {On locks}, author = {de la Tour, Luc and others}, journal = {J}, year = {2017}}
@article{uncited, title = {Nobody cites this}, author = {Nobody, Nora}, journal = {J}, year = {2016}}
"""
KEYS = ("one", "two", "three", "polish", "vietnamese", "swedish", "serbian", "dutch", "french")
ROLES = (
    "p",
    "ps",
    "t",
    "ts",
    "ct",
    "cts",
    "alp",
    "alps",
    "author",
    "authors",
    "cauthor",
    "cauthors",
    "year",
    "yearpar",
)
CITED = "\n".join(
    [
        *(f"Key{key} {{cite:p}}`{key}` and {{cite:t}}`{key}` end{key}." for key in KEYS),
        *(f"Role{role} {{cite:{role}}}`dutch` end{role}." for role in ROLES),
        "Rolemany {cite:p}`one,two` endmany.",
        "Rolenotes {cite:p}`{see}dutch{Table 2}` endnotes.",
        "Rolesome {cite:p}`dutch{p. 1},one` endsome.",
        "Rolealso {cite:p}`{see}one{p. 1},{also}dutch` endalso.",
        "Rolewords {cite:t}`dutch{p. 4}` endwords.",
        "Roleboth {cite:t}`dutch,one` endboth.",
        "Rolebare {cite:alp}`dutch,one` endbare.",
        "Rolealike {cite:t}`one,two,four` endalike.",
        "Roleyears {cite:p}`{see}two,four,dutch{p. 2}` endyears.",
        "Rolenear {cite:alp}`two,one` endnear.",
    ]
)
FILLER = (
    "Words that fill some lines of the text block from one margin to the other, for the look at the finished PDF. " * 3
)
TEXT = f"""
## First

{FILLER}

Refs {{numref}}`fig-a`, {{numref}}`fig-b`, {{numref}}`tab-a`, {{numref}}`tab-b`, {{numref}}`lst-a`, {{numref}}`sec-two`,
{{numref}}`sec-deep`, {{numref}}`sec-deeper`, {{eq}}`eq-a`, {{eq}}`eq-b`, {{numref}}`Fig. %s <fig-b>` endrefs.

$$
a
$$ (eq-a)

::::{{subfigures}}
:name: fig-a

:::{{figure}} hull.svg
:alt: One.
:width: 20%

One.
:::

:::{{figure}} hull.svg
:alt: Two.
:width: 20%

Two.
:::

Parts.
::::

:::{{csv-table}} Values.
:name: tab-a
:header-rows: 1

A, B
1, 2
:::

(sec-two)=
## Second

(sec-deep)=
### Deep

(sec-deeper)=
#### Deeper

$$
b
$$ (eq-b)

:::{{figure}} hull.svg
:name: fig-b
:alt: Alone.
:width: 20%

Alone.
:::

:::{{table}} Pipes.
:name: tab-b

| A |
|--|
| x |
:::

:::{{code-block}} text
:name: lst-a
:caption: Code.

x
:::

## Third

{FILLER}

{CITED}
"""


@pytest.fixture(scope="module", params=["numbers", "author-year"])
def both(request, write_papers, tmp_path_factory):
    """The text of the page and of the paper, and the style of citation."""
    root = tmp_path_factory.mktemp("both")
    options = {"folder": root, "files": {"bib/more.bib": BIBLIOGRAPHY}, "diptych_citation_style": request.param}
    page = write_papers(TEXT, builder="html", **options)
    paper = write_papers(TEXT, **options)
    assert (page.warnings, paper.warnings) == ("", "")
    assert [describe(problem) for problem in build_papers(paper.folder, root / "pdf")] == []
    soup = BeautifulSoup((page.folder / "analyses/boats/index.html").read_text(encoding="utf-8"), "html.parser")
    with pdfplumber.open(root / "pdf/boats.pdf") as pdf:
        chars = "\n".join(each.extract_text(x_tolerance=1.5) for each in pdf.pages).replace("-\n", "")
    return soup, plain(chars), paper, request.param


def plain(text):
    """``text`` without spaces and accents: a PDF may set an accent as a sign of its own."""
    letters = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁđĐıÐ–", "lLdDiD-")))
    return "".join(c for c in letters if c.isalnum() or c in "[]().,;:-+")


def stretch(text, begin, end):
    return re.search(f"{begin}(.*?){end}", text, re.DOTALL)[1]


def on_page(soup):
    for noise in soup.select(".headerlink, .back-links"):
        noise.extract()
    return plain(soup.get_text())


def test_numbers_agree(both):
    soup, paper, _, _ = both
    expected = plain(
        "Figure 1, Figure 2, Table 1, Table 2, Listing 1, Section 2, Section 2.1, Section 2.1.1, (1), (2), Fig. 2"
    )
    assert stretch(on_page(soup), "Refs", "endrefs") == expected
    assert stretch(paper, "Refs", "endrefs") == expected
    for caption in ("Figure 1: Parts", "Figure 2: Alone", "Table 1: Values", "Table 2: Pipes", "Listing 1: Code"):
        assert plain(caption) in paper
        assert plain(caption).replace(":", "") in on_page(soup).replace(":", "")
    for heading in ("1 First", "2 Second", "2.1 Deep", "2.1.1 Deeper", "3 Third"):
        number, title = heading.split()
        assert f"{number}{title}" in paper
        assert re.search(rf"{re.escape(number)}\.?{title}", on_page(soup))


@pytest.mark.parametrize("name", [*(f"Key{key}" for key in KEYS), *(f"Role{role}" for role in (
    *ROLES, "many", "notes", "some", "also", "words", "both", "bare", "alike", "years", "near",
))])  # fmt: skip
def test_citations_agree(both, name):
    soup, paper, _, _ = both
    end = f"end{name[3:] if name.startswith('Key') else name[4:]}"
    assert stretch(paper, name, end) == stretch(on_page(soup), name, end)


def test_lists_agree(both):
    soup, paper, written, style = both
    titles = (
        "Zeta first", "Alpha second", "A third", "Older", "On lifts", "On boats", "On ships", "On rivers",
        "On canals", "On locks",
    )  # fmt: skip
    on_page(soup)
    page, pdf = plain(soup.select_one("section.references").get_text()), paper
    start = pdf.index("References")
    order = sorted(titles, key=lambda title: page.index(plain(title)))
    assert order == sorted(titles, key=lambda title: pdf.index(plain(title), start))
    assert "Nobody" not in page
    assert "Nobody" not in pdf
    assert "uncited" not in (written.folder / "boats.bib").read_text(encoding="utf-8")
    if style == "author-year":
        years = [pdf[pdf.index(plain(title), start) :][:60] for title in ("Alpha second", "Zeta first")]
        assert ["2022a" in years[0], "2022b" in years[1]] == [True, True]
        assert [page.index("2022a") < page.index("2022b"), page.count("2022")] == [True, 3]
