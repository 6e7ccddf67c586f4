"""The page of an analysis's evidence, and what other pages and programs learn of it."""

from __future__ import annotations

import json

import pytest

from corpora import BODY, HEADER, markdown

NOTE = "It needs 12.5% fewer steps {cite:p}`bo2021second{Table 2}`, by our count 50.\n"
TEXT = markdown(
    HEADER.replace("Two ways of sorting letters", "Two ways of sorting 400 letters"),
    f"{BODY}\n{NOTE}\nDigits are left out {{cite:p}}`bo2021second{{Section 4}}`, and again"
    " {cite:p}`bo2021second{Section 4}`.\n",
)
EVIDENCE = """\
[[evidence]]
claim = "No <digits> & signs"
numbers = []
key = "bo2021second"
locator = "Section 4"
source = "https://www.example.org/second/a/very/long/path/to/the/paper/that/was/read.pdf?a=1&b=2"
seen = 2026-01-29

[[evidence]]
claim = "The second way takes an eighth fewer steps"
numbers = ["12.5%"]
key = "bo2021second"
locator = "Table 2"
source = "https://example.org/second"
seen = 2026-01-30

[[evidence]]
claim = "Fewer steps"
numbers = ["50"]
derivation = "an eighth of 400 < 500"

[[evidence]]
claim = "Letters in both papers"
numbers = ["400"]
derivation = "the longer row"
"""


def build_two(build):
    """Two analyses, of which the first lists its evidence."""
    return build(TEXT, markdown(HEADER.replace("topic: by-hand", "topic: elsewhere")), files={
        "analyses/a/evidence.toml": EVIDENCE,
    })  # fmt: skip


@pytest.fixture(scope="module")
def site(build):
    """Their site, to be read."""
    return build_two(build)


@pytest.fixture
def own_site(build):
    """The same, to be changed."""
    return build_two(build)


def rows(site) -> list[str]:
    return [item.select_one(".evidence-claim").get_text() for item in site.page(PAGE).select(".evidence-list > li")]


PAGE = "analyses/a/evidence.html"


def test_the_page_lists_every_claim_in_the_order_of_the_text(site) -> None:
    assert site.warnings == ()
    page = site.page(PAGE)
    assert page.h1.get_text() == "Evidence"
    assert page.title.get_text().startswith("Evidence: One way against another")
    assert page.select_one(".evidence-page .byline").get_text() == (
        "4 claims · 1 source · 2 of our own arithmetic · last confirmed 30 January 2026"
    )
    assert [heading.get_text() for heading in page.select(".evidence-page h2")] == ["Abstract", "Judgement"]
    assert rows(site) == [
        "Letters in both papers", "The second way takes an eighth fewer steps", "Fewer steps", "No <digits> & signs",
    ]  # fmt: skip


def test_a_row_says_what_where_and_when(site) -> None:
    _, confirmed, own, plain = site.page(PAGE).select(".evidence-list > li")
    assert [number.get_text() for number in confirmed.select(".evidence-numbers b")] == ["12.5%"]
    assert confirmed.select_one(".evidence-source").get_text() == "Bo and Cy (2021), Table 2"
    note = confirmed.select_one(".evidence-note")
    assert note.get_text() == "Confirmed 30 January 2026 at example.org/second"
    assert [link["href"] for link in confirmed.select(".evidence-source a, .evidence-note time ~ a")] == [
        "../../papers/bo2021second.html", "https://example.org/second",
    ]  # fmt: skip
    assert own.select_one(".evidence-source").get_text() == "Our own arithmetic"
    assert own.select_one(".evidence-derivation").get_text() == "an eighth of 400 < 500"
    assert own["class"] == ["is-own"]
    assert plain.select_one(".evidence-note time ~ a").get_text().endswith("…")


def test_a_row_without_numbers_has_no_place_for_them_and_begins_like_the_others(site) -> None:
    items = site.page(PAGE).select(".evidence-list > li")
    assert [bool(item.select(".evidence-numbers")) for item in items] == [True, True, True, False]
    for item in items:
        first = item.find(True)
        assert first["class"] == ["evidence-source"]
        assert first.get_text(strip=True)


def test_every_place_is_an_anchor_of_the_analysis(site) -> None:
    analysis = site.page("analyses/a/index.html")
    links = site.page(PAGE).select(".evidence-places a")
    assert {link["href"].partition("#")[0] for link in links} == {"index.html"}
    for link in links:
        assert analysis.find(id=link["href"].partition("#")[2]) is not None
    abstract, confirmed, own, plain = site.page(PAGE).select(".evidence-list > li")
    places = [[link["href"][len("index.html#") :] for link in row.select(".evidence-places a")] for row in
              (abstract, confirmed, own, plain)]  # fmt: skip
    assert places == [
        ["abstract"], ["cite-bo2021second-3"], ["cite-bo2021second-3"], ["cite-bo2021second-4", "cite-bo2021second-5"],
    ]  # fmt: skip


def test_the_analysis_leads_to_it_in_few_bytes(site) -> None:
    link = site.page("analyses/a/index.html").select_one(".measures a#evidence")
    assert (link["href"], link.get_text()) == ("evidence.html", "4 claims, 1 source")
    assert site.page("analyses/b/index.html").select_one("#evidence") is None
    assert not (site.folder / "analyses/b/evidence.html").exists()
    text = (site.folder / "analyses/a/index.html").read_text(encoding="utf-8")
    assert "an eighth fewer steps" not in text


def test_programs_learn_of_it(site) -> None:
    listed = json.loads((site.folder / "api/analyses.json").read_text(encoding="utf-8"))["analyses"]
    assert {one["slug"]: one["evidence"] for one in listed} == {
        "a": {"path": PAGE, "claims": 4, "sources": 1}, "b": None,
    }  # fmt: skip


def written(site, build, **files: str | None) -> set[str]:
    """The pages and files that a further build writes after a change."""
    folder = site.folder

    def times() -> dict[str, int]:
        found = [file for file in folder.rglob("*.*") if file.suffix in (".html", ".json") and file.name[0] != "."]
        return {file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in found}

    before = times()
    for name, text in files.items():
        file = site.root / name
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")
    build(root=site.root)
    return {name for name, time in times().items() if before.get(name) != time} - {"search.html"}


FILE = "analyses/a/evidence.toml"
OWN = {"analyses/a/index.html", PAGE}


def test_a_change_concerns_the_analysis_and_its_list_alone(build, own_site) -> None:
    assert written(own_site, build) == set()
    assert written(own_site, build, **{FILE: EVIDENCE.replace("Fewer steps", "Steps")}) == OWN
    assert "Steps" in rows(own_site)
    assert written(own_site, build, **{FILE: EVIDENCE.partition("[[evidence]]\nclaim = \"Letters")[0]}) == (
        OWN | {"api/analyses.json"}
    )  # fmt: skip


def test_a_list_comes_and_goes(build, own_site) -> None:
    other = "analyses/b/evidence.toml"
    assert written(own_site, build, **{other: EVIDENCE}) == {
        "analyses/b/index.html", "analyses/b/evidence.html", "api/analyses.json",
    }  # fmt: skip
    assert written(own_site, build) == set()
    assert written(own_site, build, **{FILE: None}) == {"analyses/a/index.html", "api/analyses.json"}
    assert not (own_site.folder / PAGE).exists()


def test_a_list_that_cannot_be_read_is_complained_about_with_its_place(build) -> None:
    site = build(markdown(), files={"analyses/a/evidence.toml": '[[evidence]]\nclaim = "x"\nnumbers = 3\n'})
    (warning,) = site.warnings
    assert 'analyses/a/evidence.toml:3: WARNING: "evidence[0].numbers" must be a list' in warning
    empty = build(markdown(), files={"analyses/a/evidence.toml": "= broken"})
    assert len(empty.warnings) == 1
    assert not (empty.folder / PAGE).exists()
    assert empty.page("analyses/a/index.html").select_one("#evidence") is None


def test_frames_of_lists_name_their_own_address(build) -> None:
    site = build(TEXT, TEXT, files={
        "analyses/a/evidence.toml": EVIDENCE, "analyses/b/evidence.toml": EVIDENCE,
        "diptych.toml": 'site_url = "https://example.org/letters/"\n',
    })  # fmt: skip
    for slug in "ab":
        text = (site.folder / f"analyses/{slug}/evidence.html").read_text(encoding="utf-8")
        assert f'href="https://example.org/letters/analyses/{slug}/evidence.html"' in text
        assert "DIPTYCH" not in text
    addresses = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "analyses/b/evidence.html" in addresses
