"""Long lists: on pages of bounded size, in a lasting order, with an index of all of them for filters."""

from __future__ import annotations

import json
import posixpath
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from corpora import BODY, HEADER, markdown
from diptych.sphinxext import paging, paper_pages
from diptych.sphinxext.listing import picture_name
from diptych.sphinxext.paging import FULL, PAGE_BYTES, divide

MANY = 300
LISTS = {
    "index.html": (".card h2 a", "analyses/list.json"),
    "compare.html": ("#compare-rows th a", "compare.json"),
    "questions/3.html": ("article.answer h2 a", "questions/3.json"),
}
"""Each list, what names its items, and its index."""


def entry(key: str, number: int) -> str:
    return f"""
@article{{{key},
  title = {{Paper {number}: Sorting Letters by Some Way That Takes a Line to Name}},
  author = {{Author{number}, Ann and Other, Otto}},
  journal = {{Journal of Letters {number % 7}}},
  year = {{{2000 + number % 20}}},
}}
"""


def analyses(count: int) -> dict[str, str]:
    """Analyses of two papers each, from the oldest to the newest, on two topics."""
    found = {}
    for number in range(count):
        date = f"{2000 + number // 300}-{number % 300 // 25 + 1:02}-{number % 25 + 1:02}"
        header = HEADER.replace("One way", f"Way {number}").replace("2026-01-31", date)
        header = header.replace("topic: by-hand", "topic: elsewhere") if number % 3 else header
        text = markdown(header, BODY.replace("every input", "every one of the inputs " * 12 + "and on each"))
        text = text.replace("ada2020first", f"first{number}").replace("bo2021second", f"second{number}")
        found[f"analyses/{f'way-{number}' if number else 'a'}/index.md"] = text
    return found


def entries(count: int) -> str:
    return "".join(entry(f"{name}{number}", number) for number in range(count) for name in ("first", "second"))


@pytest.fixture(scope="module")
def site(build):
    """A library that no single page could hold."""
    return build(files=analyses(MANY), bibliography=entries(MANY), parallel=2)


@pytest.fixture
def small(build, monkeypatch):
    """A few analyses on pages that hold almost nothing."""
    monkeypatch.setattr(paging, "FULL", 6000)
    return build(files=analyses(8), bibliography=entries(20))


def chain(site, first: str) -> list[str]:
    """The addresses of a list's pages, as the links between them lead, newest first."""
    found = [first]
    while older := site.page(found[-1]).select_one("nav.pager a[rel=next]"):
        folder = found[-1].rpartition("/")[0]
        found.append(posixpath.normpath(posixpath.join(folder, older["href"])))
    return found


def names(site, pages: list[str], selector: str) -> list[str]:
    return [link.get_text() for page in pages for link in site.page(page).select(selector)]


def test_no_page_exceeds_the_bound(site) -> None:
    assert site.warnings == ()
    sizes = {file.relative_to(site.folder).as_posix(): file.stat().st_size for file in site.folder.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > PAGE_BYTES} == {}


def test_ways_that_stand_twice_on_a_page_have_names_of_their_own(site) -> None:
    marks = {
        file: re.findall(r'<nav[^>]* aria-label="([^"]*)"', file.read_text("utf-8"))
        for file in site.folder.rglob("*.html")
    }
    assert any("Pages of this list, at its end" in names for names in marks.values())
    assert [file.name for file, names in marks.items() if len(set(names)) < len(names)] == []


@pytest.mark.parametrize("first", LISTS)
def test_pages_without_scripts_lead_to_every_item_once(site, first) -> None:
    pages = chain(site, first)
    assert len(pages) > 1
    assert names(site, pages, LISTS[first][0]) == [f"Way {number} against another" for number in reversed(range(MANY))]
    for newer, older in pairwise(pages):
        back = site.page(older).select_one("nav.pager a[rel=prev]")["href"]
        assert (site.folder / older).parent.joinpath(back).resolve() == (site.folder / newer).resolve()


@pytest.mark.parametrize("first", LISTS)
def test_the_index_knows_where_each_item_is_and_what_it_is_found_by(site, first) -> None:
    pages, (selector, file) = chain(site, first), LISTS[first]
    index = json.loads((site.folder / file).read_text(encoding="utf-8"))
    folder = (site.folder / file).parent
    assert [folder.joinpath(path).resolve() for path, _ in index["pages"]] == [
        (site.folder / page).resolve() for page in pages
    ]
    assert [count for _, count in index["pages"]] == [len(site.page(page).select(selector)) for page in pages]
    topics = [index["facets"]["topic"][item[list(index["facets"]).index("topic")]][0] for item in index["items"]]
    assert topics == ["elsewhere" if number % 3 else "by-hand" for number in reversed(range(MANY))]
    form = site.page(first).select_one("form.filters")
    assert form["data-count"] == str(MANY)
    assert ((site.folder / first).parent / form["data-index"]).resolve() == (site.folder / file).resolve()
    assert (site.folder / file).stat().st_size < PAGE_BYTES


def test_a_filter_with_many_choices_gets_them_from_the_index(site) -> None:
    selects = {field["name"]: len(field.select("option")) for field in site.page("index.html").select("select")}
    assert selects == {"topic": 3, "venue": 8, "year": 21, "paper": 1}
    index = json.loads((site.folder / "analyses/list.json").read_text(encoding="utf-8"))
    assert len(index["facets"]["paper"]) == 2 * MANY


def test_answers_are_found_by_their_analysis_on_any_page(site) -> None:
    index = json.loads((site.folder / "questions/3.json").read_text(encoding="utf-8"))
    places = [path for path, count in index["pages"] for _ in range(count)]
    for slug in (index["anchors"][0], index["anchors"][-1]):
        path = places[index["anchors"].index(slug)]
        assert site.page(f"questions/{path}").select_one(f"article.answer#{slug}")
    assert len(set(index["anchors"])) == MANY


def test_every_paper_is_listed_by_topic_year_and_venue(site) -> None:
    front = site.page("papers.html")
    assert front.select_one("#year-2003 a")
    for kind in ("topic", "year", "venue"):
        found = []
        for link in front.select(f"a[href^='papers-by/{kind}-']"):
            page = site.page(link["href"])
            pages = [at["href"] for at in page.nav.find_next("article").select("nav.pager a")] or [link["href"][10:]]
            for other in dict.fromkeys(pages):
                found += [line["href"] for line in site.page(f"papers-by/{other}").select(".plain-list a")]
        assert len(found) == len(set(found)) == 2 * MANY, kind
        assert {(site.folder / "papers-by" / path).resolve().is_file() for path in found} == {True}


def test_each_topic_has_a_map_and_each_analysis_a_place_on_one(site) -> None:
    found = []
    for link in site.page("compare.html").select("a[href^='compare/map-']"):
        for page in chain(site, link["href"]):
            chart = site.page(page).select_one("svg.chart")
            found += [dot["href"] for dot in chart.select("a") if dot.rect]
    assert len(found) == len(set(found)) == MANY


def test_every_link_of_the_lists_has_its_target(site) -> None:
    lists = [file for file in site.folder.rglob("*.html") if file.parent.name in ("html", "compare", "questions")]
    lists += [*site.folder.glob("analyses/*.html"), *site.folder.glob("papers-by/*.html")]
    for file in lists:
        for link in BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("a[href]"):
            path = link["href"].partition("#")[0]
            if path and "://" not in path:
                assert (file.parent / path).resolve().is_file(), f"{file}: {link['href']}"


def test_a_new_analysis_leaves_the_pages_of_old_ones_alone(build, small) -> None:
    before = {file: file.read_bytes() for file in small.folder.rglob("*-part-*.html")}
    assert len(before) >= 6
    again = build(root=small.root, files=analyses(9))
    changed = {file.relative_to(small.folder).as_posix() for file, data in before.items() if file.read_bytes() != data}
    # a full page is changed once more at most: when the first page gives items away to a new one between the two
    newest = {chain(again, first)[at] for first in LISTS for at in (1, 2)}
    assert changed <= newest
    assert names(again, chain(again, "index.html"), ".card h2 a")[0] == "Way 8 against another"


def test_few_compared_papers_keep_their_timeline_however_many_are_cited(build) -> None:
    cited = " ".join(f"{{cite:p}}`second{number}`" for number in range(210))
    files = {name: text + f"\n{cited}\n" for name, text in analyses(1).items()}
    site = build(files=files, bibliography=entries(210))
    assert site.page("papers.html").select("a[href^='papers-by/year-']")  # too many for one page
    assert len(site.page("compare.html").select(".timeline .is-main")) == 2


def test_what_fits_on_one_page_stays_on_one(build) -> None:
    site = build(files=analyses(3), bibliography=entries(3))
    assert site.page("index.html").select("nav.pager") == []
    assert not list(site.folder.rglob("*-part-*"))
    assert not (site.folder / "compare.json").exists()


@pytest.mark.parametrize("count", [0, 1, 2, 7, 50, 333])
def test_division_keeps_all_in_order_and_no_page_too_heavy(count) -> None:
    weights = [1 + (number * 7919) % (FULL // 3) for number in range(count)]
    parts = divide(range(count), weights.__getitem__, "list")
    assert [item for part in parts for item in part.items] == list(range(count))
    assert all(sum(weights[item] for item in part.items) <= FULL * 1.5 for part in parts)
    assert [part.number for part in parts] == [0, *range(len(parts) - 1, 0, -1)]


def test_divided_pages_stay_as_they_are_when_the_list_grows() -> None:
    known = {}
    for count in range(1, 400):
        items = list(range(count, 0, -1))  # the newest has the highest number
        for part in divide(items, lambda _: FULL // 10, "list")[1:]:
            assert known.setdefault(part.name, part.items) == part.items


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("analyses/a/figures/one.svg", "analyses__a__figures__one.svg"),
        ("analyses/a__b/one.svg", "analyses__a__b__one-b1dc4a.svg"),
        ("/elsewhere/one.svg", ""),
        ("../one.svg", ""),
    ],
)
def test_two_pictures_never_share_a_name(path, name) -> None:
    assert picture_name(path) == name


def test_of_a_list_on_many_pages_only_those_are_made_again_that_show_something_new(build, monkeypatch) -> None:
    monkeypatch.setattr(paper_pages, "MOST", 5)
    monkeypatch.setattr(paper_pages, "ON_A_PAGE", 3)
    made: list[list[str]] = []
    fill = paper_pages.fill

    def noted(template: str, **about):
        if template == "papers-part.html":
            made.append([holding.paper.key for holding in about["holdings"]])
        return fill(template, **about)

    monkeypatch.setattr(paper_pages, "fill", noted)
    one_venue = re.sub(r"Letters \d+", "Letters", entries(8))
    site = build(files=analyses(8), bibliography=one_venue)
    assert len([keys for keys in made if "first3" in keys]) == 3  # by topic, year and venue
    for old, new in (("Paper 3: Sorting", "Paper 3: Arranging"), ("{Author3, Ann and Other", "{Aarons, Ann and Other")):
        made.clear()
        one_venue = one_venue.replace(old, new)
        again = build(root=site.root, files={"bib/letters.bib": one_venue})
        assert {"first3", "second3"} & {key for keys in made for key in keys}
        fresh = build(files=analyses(8), bibliography=one_venue)
        for page in fresh.folder.glob("papers-by/*.html"):
            assert (again.folder / "papers-by" / page.name).read_bytes() == page.read_bytes()
    made.clear()
    build(root=site.root, files={"bib/letters.bib": one_venue.replace("Paper 7: Sorting", "Paper 7: Arranging")})
    assert {key for keys in made for key in keys}.isdisjoint({"first0", "first3"})
