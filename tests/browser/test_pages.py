"""Every page in a real browser: it loads without a fault, from this site alone, and fits the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ANALYSES = sorted(f"analyses/{folder.parent.name}/index.html" for folder in ROOT.glob("analyses/*/index.md"))
PAGES = [
    "index.html",
    *ANALYSES,
    *(path.replace("index.html", "evidence.html") for path in ANALYSES),
    "assignment.html",
    "author-guide.html",
    "architecture.html",
    "rules/index.html",
    "compare.html",
    "questions.html",
    "questions/1.html",
    "papers.html",
    "search.html",
]
LONGEST = [
    "index.html",
    ANALYSES[0],
    ANALYSES[0].replace("index.html", "evidence.html"),
    "assignment.html",
    "author-guide.html",
    "compare.html",
    "questions/5.html",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_without_a_fault_and_alone(visit, path) -> None:
    page = visit.go(path)
    assert visit.errors == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", LONGEST)
def test_a_page_fits_every_screen(visit, path, tmp_path) -> None:
    for theme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=theme)
        for width in (360, 768, 1440):
            visit.page.set_viewport_size({"width": width, "height": 900})
            page = visit.go(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
            assert page.evaluate("document.documentElement.dataset.theme") == theme
            # for people who want to look; a picture of nothing would be smaller
            picture = tmp_path / f"{theme}-{width}.png"
            page.screenshot(path=picture)
            assert picture.stat().st_size > 5000


@pytest.mark.parametrize("path", ANALYSES)
def test_citations_lead_to_the_list_on_the_same_page_and_back(visit, path) -> None:
    page = visit.go(path)
    link = page.locator("article .citation a").first
    target, place = link.get_attribute("href"), link.get_attribute("id")
    link.click()
    assert page.url == f"{visit.address}{path}{target}"
    entry = page.locator(f"[id='{target.lstrip('#')}']")
    assert entry.is_visible()
    assert entry.evaluate("node => node.getBoundingClientRect().top < innerHeight")
    entry.locator(f".back-links a[href='#{place}']").click()
    assert page.url.endswith(f"#{place}")
    assert visit.errors == []


@pytest.mark.parametrize("path", ANALYSES)
def test_every_link_on_the_page_has_its_target(visit, path) -> None:
    page = visit.go(path)
    missing = page.evaluate(
        "[...document.querySelectorAll('article a[href^=\"#\"]')].map(link => link.getAttribute('href'))"
        ".filter(href => href != '#' && !document.getElementById(decodeURIComponent(href.slice(1))))"
    )
    assert missing == []


def test_a_citation_shows_its_entry(visit) -> None:
    page = visit.go(ANALYSES[0])
    link = page.locator("article .citation a").first
    card = page.locator("#citation-card")
    assert card.is_hidden()
    link.focus()
    assert card.is_visible()
    entry = page.locator(f"[id='{link.get_attribute('href').lstrip('#')}'] p")
    assert card.inner_text()[:40] == entry.inner_text()[:40]
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_the_entry_of_the_analysis_can_be_copied(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.go(ANALYSES[0])
    page.get_by_text("Cite", exact=True).click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-bibtex").inner_text()


EVIDENCE = ANALYSES[0].replace("index.html", "evidence.html")


def test_a_citation_says_what_was_confirmed_there(visit) -> None:
    page = visit.go(EVIDENCE)
    row = page.locator(".evidence-list > li:has(time):has(.evidence-places a)").first
    claim, place = row.locator(".evidence-claim").inner_text(), row.locator(".evidence-places a").first
    target = place.get_attribute("href").partition("#")[2]
    place.click()
    assert page.url == f"{visit.address}{ANALYSES[0]}#{target}"
    page.locator(f"[id='{target}']").focus()
    card = page.locator("#citation-card:has(.confirmed)")
    card.wait_for()
    assert claim in card.inner_text()
    assert "Confirmed " in card.inner_text()
    assert page.locator(f"[id='{target}']").get_attribute("aria-describedby") == "citation-card"
    assert visit.errors == []


def test_the_list_is_fetched_once_and_only_when_wanted(first_visit) -> None:
    asked: list[str] = []
    first_visit.page.on(
        "request", lambda request: asked.append(request.url) if "evidence.html" in request.url else None
    )
    page = first_visit.go(ANALYSES[0])
    assert asked == []
    for number in (0, 1, 2):
        page.locator("article .citation:has-text(', ') a").nth(number).focus()
        page.locator("#citation-card .confirmed").wait_for()
    page.locator(".evidence-toggle").click()
    page.locator(".shows-evidence").wait_for()
    assert asked == [f"{first_visit.address}{EVIDENCE}"]


def test_the_text_can_be_marked_by_keyboard(visit) -> None:
    page = visit.go(ANALYSES[0])
    toggle, marks = page.locator(".evidence-toggle"), page.locator("article mark.evidence-number")
    assert toggle.get_attribute("aria-pressed") == "false"
    page.locator("#evidence").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".shows-evidence").wait_for()
    assert toggle.get_attribute("aria-pressed") == "true"
    text = page.locator("article").inner_text()
    assert marks.count() > 10
    assert page.locator(".citation a.has-evidence").count() > 10
    for number in marks.all_inner_texts():
        assert number in text
    own = page.locator("article mark[tabindex='0']").first
    own.focus()
    assert "Our own: " in page.locator("#citation-card").inner_text()
    # a marked citation tells what it knows instead of leading away
    before = page.url
    page.locator(".citation a.has-evidence").first.click()
    assert page.url == before
    assert page.locator("#citation-card .confirmed").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#citation-card").is_hidden()
    toggle.focus()
    page.keyboard.press("Space")
    assert toggle.get_attribute("aria-pressed") == "false"
    assert page.locator("article mark[tabindex]").count() == 0
    assert page.locator("article.shows-evidence, .shows-evidence").count() == 0
    assert visit.errors == []


def test_where_the_list_cannot_be_fetched_the_button_leads_to_it(visit) -> None:
    page = visit.go(ANALYSES[0])
    page.route("**/evidence.html", lambda route: route.abort() if route.request.resource_type == "fetch"
               else route.continue_())  # fmt: skip
    page.locator(".evidence-toggle").click()
    page.wait_for_url("**/evidence.html")
    assert page.locator("h1").inner_text() == "Evidence"


def test_answers_can_be_walked_through(visit) -> None:
    page = visit.go(ANALYSES[0])
    page.locator(".answers a").first.click()
    page.locator("#q1").click()
    assert page.url.endswith("#q2")
    assert page.locator("#q2").evaluate("node => node.getBoundingClientRect().top < innerHeight")


def test_search_finds_the_analysis(visit) -> None:
    page = visit.go("index.html")
    page.locator(".site-search input").fill("video")
    page.keyboard.press("Enter")
    page.get_by_label("Kind").select_option("analysis")
    found = page.locator(".result-title a", has_text="Emu Video against CogVideoX").first
    found.click()
    page.wait_for_url("**/analyses/**")
    assert "/analyses/text-to-video/index.html" in page.url
    assert visit.errors == []


def test_the_site_can_be_read_without_scripts(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ANALYSES[0])
    assert page.locator("article .analysis-head").is_visible()
    assert page.locator("button.copy").first.is_hidden()
    assert page.locator(".evidence-toggle").count() == 0
    assert page.locator("#evidence").get_attribute("href") == "evidence.html"
    page.locator("article .citation a").first.click()
    assert "#ref-" in page.url
    context.close()


def test_on_paper_only_the_text_remains(visit) -> None:
    page = visit.go(ANALYSES[0])
    page.emulate_media(media="print")
    for selector in (".bd-sidebar-primary", ".bd-header-article", ".answers", ".actions", "a.answer-marker >> nth=0"):
        assert page.locator(selector).is_hidden(), selector
    assert page.locator(".panels").is_visible()
