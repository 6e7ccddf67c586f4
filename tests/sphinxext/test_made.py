"""Pages that are made from the model: papers, questions, the comparison, and files for programs."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from corpora import BIBLIOGRAPHY, BODY, HEADER, markdown
from diptych.sphinxext.catalogue import Catalogue, Paper

HOSTILE = 'Nasty </script> "title" & <b>more</b>'
ENTRIES = (
    BIBLIOGRAPHY.replace("  year = {2021},\n}", "  year = {2021},\n  doi = {10.1000/2},\n}")
    + """
@misc{DBLP:old/2019,
  title = {Zeroth: <b>Before</b> & After},
  author = {Aa, Abe},
  year = {2019},
}
"""
)
OTHER = (
    HEADER.replace("One way against another", HOSTILE)
    .replace("Dana Example", "Eve Other\n    orcid: 0000-0002-1825-0097\n    affiliation: Elsewhere")
    .replace("stronger: bo2021second", "stronger: neither")
    .replace("2026-01-31", "2026-02-01")
    + "keywords: [sorting, '<i>']\ntasks: [sorting letters]\nlicense: CC-BY-4.0\n"
)
SECOND = BODY.replace(
    "## Judgement\n\n{q}`2` Both",
    "Before them others {cite:p}`DBLP:old/2019{p. 2}`.[^n]\n\n[^n]: A note.\n\n## Judgement\n\n"
    "A picture and words before. {q}`2` Both",
)
DOCS = Path(__file__).parents[2] / "docs"
SITE = "https://example.org/letters/"


@pytest.fixture(scope="module")
def site(build):
    """Two analyses of the same papers, of which the second is full of traps, on a site without an address."""
    return build(markdown(), markdown(OTHER.replace("title: ", "title: '").replace("more</b>", "more</b>'"), SECOND),
                 bibliography=ENTRIES)  # fmt: skip


@pytest.fixture(scope="module")
def published(build):
    """The same with an address and PDFs."""
    files = {"pdf/a.pdf": "%PDF", "diptych.toml": f'site_url = "{SITE}"\n'}
    return build(markdown(), bibliography=ENTRIES, files=files, diptych_pdf_dir="pdf")


def test_nothing_is_complained_about(site, published) -> None:
    assert (site.warnings, published.warnings) == ((), ())


def test_a_paper_has_a_page_with_its_entry_and_its_analyses(site) -> None:
    page = site.page("papers/bo2021second.html")
    assert page.h1.get_text() == "Second: Sorting Letters Faster"
    assert "Ben Bo and Carla Cy. Second: Sorting letters faster." in page.select_one(".full-entry").get_text()
    assert [link["href"] for link in page.select(".paper-links a")] == ["https://doi.org/10.1000/2"]
    assert [link["href"] for link in page.select(".said h3 a")] == [
        "../analyses/b/index.html",
        "../analyses/a/index.html",
    ]
    verdicts = [line.get_text(" ", strip=True) for line in page.select(".verdict-line")]
    assert verdicts == ["Verdict Neither is stronger", "Verdict Bo and Cy (2021) is stronger"]
    assert page.select_one("#bibtex").get_text().startswith("@article{bo2021second,\n")


def test_a_paper_that_is_only_cited_says_so_and_its_key_is_no_path(site) -> None:
    (file,) = (site.folder / "papers").glob("DBLP-old-2019-*.html")
    page = site.page(f"papers/{file.name}")
    assert page.select_one("h2").get_text() == "Cited in one analysis"
    assert "Before them others (Aa, 2019, p. 2)." in page.get_text()
    assert page.h1.get_text() == "Zeroth: <b>Before</b> & After"
    assert page.select("article b") == []


def test_references_and_header_lead_to_the_papers_pages(site) -> None:
    page = site.page("analyses/b/index.html")
    links = [*page.select(".references-list a[href^='../../papers/']"), *page.select(".panel-title a")]
    assert len(links) == 5
    assert {(site.folder / "analyses/b" / link["href"]).resolve().is_file() for link in links} == {True}


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", ".hidden", "a b", "x%2e", "ä"])
def test_no_key_leaves_the_folder_of_papers(key) -> None:
    name = Paper(key, Catalogue({}).get(key)).page
    assert name.startswith("papers/")
    assert "/" not in name.removeprefix("papers/")
    assert not name.removeprefix("papers/").startswith(".")


def test_answers_to_a_question_stand_side_by_side(site) -> None:
    page = site.page("questions/2.html")
    answers = page.select("article.answer")
    assert [answer.h2.a["href"] for answer in answers] == ["../analyses/b/index.html#q2", "../analyses/a/index.html#q2"]
    for answer in answers:
        text = answer.select_one(".answer-text").get_text(strip=True)
        assert text == "Both papers sort the letters of one alphabet, the Latin one."
    assert page.select(".answer-text [id]") == []


def test_citations_in_answers_lead_to_papers_and_notes_to_their_page(site) -> None:
    page = site.page("questions/1.html")
    cited = page.select(".answer-text .citation")[0]
    assert cited.get_text() == "Ada [2020]"
    assert cited.a["href"] == "../papers/ada2020first.html"
    note = page.select_one(".answer-text sup a")
    path, _, anchor = note["href"].partition("#")
    assert path == "../analyses/b/index.html"
    assert site.page("analyses/b/index.html").find(id=anchor)


def test_every_link_between_pages_has_its_target(site) -> None:
    for file in site.folder.rglob("*.html"):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for link in page.select("a[href]"):
            path, _, anchor = link["href"].partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            target = (file.parent / path).resolve() if path else file
            assert target.is_file(), f"{file}: {link['href']}"
            if anchor and target.suffix == ".html":
                assert f'id="{anchor}"' in target.read_text(encoding="utf-8"), f"{file}: {link['href']}"


def test_no_id_stands_twice_on_a_page(site) -> None:
    for file in site.folder.rglob("*.html"):
        ids = [tag["id"] for tag in site.page(file.relative_to(site.folder).as_posix()).select("[id]")]
        assert len(ids) == len(set(ids)), file


def test_no_page_holds_script_or_style(site, published) -> None:
    for folder in (site.folder, published.folder):
        for file in folder.rglob("*.html"):
            page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
            scripts = [tag for tag in page.select("script:not([src])") if tag.get("type") != "application/ld+json"]
            assert (scripts, page.select("style")) == ([], []), file
            handlers = [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
            assert handlers == [], file


def test_the_comparison_shows_every_analysis_and_paper(site) -> None:
    page = site.page("compare.html")
    rows = page.select("#compare-rows tr")
    assert [row.th.a.get_text() for row in rows] == [HOSTILE, "One way against another"]
    assert "sorting letters" in rows[0].get_text()
    addresses = {link["href"] for link in page.select("svg a")}
    assert {"analyses/a/index.html", "papers/ada2020first.html", "papers/bo2021second.html"} <= addresses
    assert len(page.select("svg path.is-stronger")) == 1
    assert [year.get_text() for year in page.select(".timeline h3")] == ["2019", "2020", "2021"]


def test_papers_are_listed_by_topic_year_and_venue(site) -> None:
    headings = [heading.get_text() for heading in site.page("papers.html").select("h3")]
    assert headings[0] == "Sorting by hand"
    assert headings[1:4] == ["2021", "2020", "2019"]
    assert "Journal of Letters" in headings


def test_cards_can_be_filtered_by_what_differs(site) -> None:
    page = site.page("index.html")
    names = [field["name"] for field in page.select("form.filters select")]
    assert names == ["venue", "year", "paper"]  # there is one option and one topic
    card = page.select_one("[data-filter]")
    assert card["data-topic"] == "by-hand"
    assert card["data-paper"].split("\n") == ["ada2020first", "bo2021second"]
    assert page.select_one("form.filters").has_attr("hidden")


def test_linked_data_cannot_end_its_element(site) -> None:
    page = site.page("analyses/b/index.html")
    data = json.loads(page.select_one("script[type='application/ld+json']").get_text())
    assert (data["@type"], data["headline"]) == ("ScholarlyArticle", HOSTILE)
    assert [about["name"] for about in data["about"]] == ["First: Sorting Letters", "Second: Sorting Letters Faster"]
    assert data["author"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert "url" not in data
    assert page.select_one("meta[name=citation_title]")["content"] == HOSTILE


def test_what_needs_an_address_is_left_out_without_one(site) -> None:
    page = site.page("analyses/a/index.html")
    assert page.select("link[rel=canonical], meta[property='og:url'], meta[name=citation_pdf_url]") == []
    assert page.select("link[type='application/atom+xml']") == []
    assert not (site.folder / "feed.xml").exists()
    assert not (site.folder / "sitemap.xml").exists()
    assert (site.folder / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


def test_a_site_with_an_address_names_it(published) -> None:
    page = published.page("analyses/a/index.html")
    assert page.select_one("link[rel=canonical]")["href"] == f"{SITE}analyses/a/index.html"
    assert page.select_one("meta[name=citation_pdf_url]")["content"] == f"{SITE}analyses/a/a.pdf"
    paper = published.page("papers/ada2020first.html")
    assert paper.select_one("link[rel=canonical]")["href"] == f"{SITE}papers/ada2020first.html"
    assert published.page("404.html").select_one("base")["href"] == SITE


def test_feed_and_map_of_the_site_are_whole(published) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(published.folder / "feed.xml").getroot()
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["One way against another"]
    places = ElementTree.parse(published.folder / "sitemap.xml").getroot()
    location = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    found = {place.text.removeprefix(SITE) for place in places.iter(location)}
    pages = {file.relative_to(published.folder).as_posix() for file in published.folder.rglob("*.html")}
    pages = {page for page in pages if not page.startswith("_static/")}
    assert found == pages - {"404.html", "search.html"}


def test_the_api_is_as_documented(site) -> None:
    analyses = json.loads((site.folder / "api/analyses.json").read_text(encoding="utf-8"))
    papers = json.loads((site.folder / "api/papers.json").read_text(encoding="utf-8"))
    assert (analyses["version"], papers["version"]) == (1, 1)
    documented = (DOCS / "api.md").read_text(encoding="utf-8")
    for item in (*analyses["analyses"], *papers["papers"]):
        for name in item:
            assert f"`{name}`" in documented, name
    first = analyses["analyses"][0]
    assert (first["slug"], first["verdict"]["stronger"], first["url"]) == ("b", None, None)
    by_key = {paper["key"]: paper for paper in papers["papers"]}
    assert by_key["bo2021second"]["held_stronger_in"] == ["a"]
    assert by_key["DBLP:old/2019"]["cited_in"] == ["b"]
    assert by_key["bo2021second"]["authors"] == ["Ben Bo", "Carla Cy"]


def test_the_bibliography_can_be_read_back(site) -> None:
    from pybtex.database import parse_file

    entries = parse_file(str(site.folder / "references.bib"), "bibtex").entries
    assert set(entries) == {"ada2020first", "bo2021second", "DBLP:old/2019"}
    assert entries["ada2020first"].fields["title"] == "First: Sorting Letters"


def test_an_analysis_can_be_cited_in_three_formats(published) -> None:
    folder = published.folder / "analyses/a"
    assert "url    = {https://example.org/letters/analyses/a/index.html}" in (folder / "a.bib").read_text()
    ris = (folder / "a.ris").read_text(encoding="utf-8")
    assert ris.startswith("TY  - GEN\nTI  - One way against another\nAU  - Dana Example\n")
    (item,) = json.loads((folder / "a.csl.json").read_text(encoding="utf-8"))
    assert item["author"] == [{"literal": "Dana Example"}]
    assert item["issued"] == {"date-parts": [[2026, 1, 31]]}
    links = published.page("analyses/a/index.html").select(".cite-files a")
    assert {(folder / link["href"]).is_file() for link in links} == {True}


def test_an_address_that_has_moved_leads_on(build) -> None:
    moved = {"analyses/old/index": "analyses/a/index", "analyses/a/index": "index", "x": "nowhere"}
    site = build(markdown(), diptych_redirects=moved)
    page = site.page("analyses/old/index.html")
    assert page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=../a/index.html"
    assert page.a["href"] == "../a/index.html"
    assert [warning.partition(": ")[2] for warning in site.warnings] == [
        "diptych_redirects: 'analyses/a/index' is still a page [diptych.redirect]",
        "diptych_redirects: there is no page 'nowhere' [diptych.redirect]",
    ]
