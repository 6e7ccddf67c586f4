"""The pages made from the model, as readers use them: filters, addresses, keyboard, no scripts, a strict policy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora import BODY, HEADER, markdown, write_project
from diptych.search.index import make_index
from served import serve

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
OTHER = """
@misc{third2022,
  title = {A Third One},
  author = {Third, Tom},
  howpublished = {Third House},
  year = {2022},
}
"""
EVIDENCE = """
[[evidence]]
claim = "Letters are sorted by size"
numbers = []
key = "bo2021second"
source = "https://example.org/second"
seen = 2026-01-30
"""
MADE = ["index.html", "compare.html", "questions.html", "questions/2.html", "papers.html", "papers/third2022.html",
        "analyses/b/index.html", "analyses/a/evidence.html", "404.html", "search.html"]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A built site of two analyses that differ in option, topic and one paper."""
    from corpora import BIBLIOGRAPHY

    root = tmp_path_factory.mktemp("library")
    second = HEADER.replace("option: letters", "option: digits").replace("topic: by-hand", "topic: elsewhere")
    second = second.replace("title: One way", "title: A third way").replace("ada2020first, bo", "third2022, bo")
    write_project(root, markdown(), markdown(second, BODY.replace("ada2020first", "third2022")),
                  bibliography=BIBLIOGRAPHY + OTHER)  # fmt: skip
    (root / "analyses/a/evidence.toml").write_text(EVIDENCE, encoding="utf-8")
    (root / "conf.py").write_text((ROOT / "conf.py").read_text(encoding="utf-8"), encoding="utf-8")
    (root / "docs/index.md").write_text("# Letters\n\n```{analyses}\n```\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", str(root), str(root / "build/html")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    make_index(root / "build/html", root / "build/search")
    return root / "build/html"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    with serve(folder) as address:
        yield address


@pytest.mark.parametrize("path", MADE)
def test_a_page_loads_under_the_policy_and_fits_every_screen(visit, path) -> None:
    page = visit.go(path)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.locator(f"html[data-theme={theme}]").wait_for(state="attached")
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    assert page.locator("h1").count() == 1
    assert visit.errors == []


def test_the_policy_would_be_noticed(visit) -> None:
    page = visit.go("index.html")
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))")
    page.wait_for_timeout(50)
    assert any("Content Security Policy" in error for error in visit.errors)


@pytest.mark.parametrize("path", ["index.html", "compare.html", "questions/2.html"])
def test_a_filter_narrows_the_list_and_the_address_keeps_it(visit, path) -> None:
    page = visit.go(path)
    items, count = page.locator("[data-filter]:visible"), page.locator(".filter-count")
    assert items.count() == 2
    page.get_by_label("Topic").select_option("elsewhere")
    assert items.count() == 1
    assert "A third way" in items.first.inner_text()
    assert count.inner_text().startswith("1 of 2")
    assert page.url.endswith("?topic=elsewhere")
    page.get_by_label("Option").select_option("letters")
    assert items.count() == 0
    shared = page.url
    visit.go("papers.html")
    page.goto(shared)
    assert page.get_by_label("Option").input_value() == "letters"
    assert items.count() == 0
    page.get_by_role("button", name="Show all").click()
    assert items.count() == 2
    assert "?" not in page.url
    assert visit.errors == []


@pytest.mark.parametrize(("label", "choice", "query"), [
    ("Option", "digits", "option=digits"),
    ("Venue", "Third House", "venue=Third+House"),
    ("Year", "2022", "year=2022"),
    ("Paper", "third2022", "paper=third2022"),
])  # fmt: skip
def test_answers_can_be_filtered_as_analyses_can(visit, label, choice, query) -> None:
    for path in ("index.html", "questions/2.html"):
        page = visit.go(path)
        page.get_by_label(label).select_option(choice)
        assert page.locator("[data-filter]:visible").count() == 1
        assert page.url.endswith(f"?{query}")
        page.reload()
        assert page.locator("[data-filter]:visible").count() == 1


def test_keys_walk_from_answer_to_answer_and_pass_over_those_that_are_filtered_out(visit) -> None:
    page = visit.go("questions/2.html")
    at = "document.activeElement.closest('article').id"
    page.keyboard.press("j")
    first = page.evaluate(at)
    page.keyboard.press("j")
    assert {first, page.evaluate(at)} == {"a", "b"}
    page.keyboard.press("k")
    assert page.evaluate(at) == first
    visit.go("questions/2.html?topic=elsewhere")
    page.locator("article.answer:visible").wait_for()
    for _ in range(3):
        page.keyboard.press("j")
    assert page.evaluate(at) == "b"


def test_filters_work_by_keyboard(visit) -> None:
    page = visit.go("index.html")
    page.get_by_label("Paper").focus()
    page.keyboard.type("Third")
    assert page.locator("[data-filter]:visible").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[data-filter]:visible").count() == 2


def test_an_address_with_nonsense_shows_everything(visit) -> None:
    page = visit.go("index.html?topic=nowhere&year=<b>")
    assert page.locator("[data-filter]:visible").count() == 2


def test_without_scripts_everything_is_there(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}index.html?topic=elsewhere")
    assert page.locator("[data-filter]:visible").count() == 2
    assert page.locator("form.filters:visible, button[data-copy]:visible").count() == 0
    page.get_by_role("link", name="the papers").click()
    page.get_by_role("link", name="A Third One").first.click()
    assert page.locator("h1").inner_text() == "A Third One"
    context.close()


def test_a_mention_leads_to_its_citation(visit) -> None:
    page = visit.go("papers/third2022.html")
    page.locator(".mention-place a").first.click()
    target = page.url.partition("#")[2]
    assert page.locator(f"[id='{target}']").evaluate("node => node.getBoundingClientRect().top < innerHeight")
    assert visit.errors == []


def test_bibtex_of_a_paper_can_be_copied(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.go("papers/third2022.html")
    page.get_by_text("BibTeX", exact=True).click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{third2022,")


def test_the_map_can_be_walked_by_keyboard(visit) -> None:
    page = visit.go("compare.html")
    link = page.locator("svg.chart a").first
    link.focus()
    assert link.evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*.html")


def test_evidence_is_fetched_under_the_policy(first_visit) -> None:
    page = first_visit.go("analyses/a/index.html")
    page.locator(".evidence-toggle").click()
    page.locator(".shows-evidence").wait_for()
    page.locator(".citation a.has-evidence").first.focus()
    assert "Letters are sorted by size" in page.locator("#citation-card").inner_text()
    assert first_visit.errors == []
