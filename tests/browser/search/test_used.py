"""The search page as readers use it: facets, addresses, keyboard, small screens, and where something is missing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from searching import ANALYSES, search, titles

pytestmark = pytest.mark.browser


def test_facets_narrow_both_indexes(visit) -> None:
    page = search(visit, "q=schedule&cited=yes")
    years = page.locator("select[name=year]")
    text = years.locator("option").nth(1).inner_text()
    years.select_option(index=1)
    number = int(text.rpartition("(")[2].rstrip(")"))
    expect(page.locator("#search-count")).to_have_text(f"{number} page{'s' * (number > 1)} for “schedule”")


def test_facets_narrow_the_search_and_the_address_keeps_all(visit) -> None:
    page = search(visit, "q=schedule")
    kind, count = page.locator("select[name=kind]"), page.locator("#search-count")
    everything = count.inner_text()
    kind.select_option("analysis")
    expect(count).to_have_text(f"{ANALYSES} pages for “schedule”")
    assert page.url.endswith("search.html?q=schedule&kind=analysis")
    assert set(page.locator(".result-kind").all_inner_texts()) == {"Analysis · Text to video"}
    paper = page.locator("select[name=paper]")
    paper.focus()
    expect(paper.locator("option").nth(2)).to_be_attached()
    key = paper.locator("option").nth(1).get_attribute("value")
    paper.select_option(key)
    expect(count).to_have_text("1 page for “schedule”")
    shared, found = page.url, titles(page)
    assert shared.endswith(f"?q=schedule&kind=analysis&paper={key}")

    other = visit.page.context.new_page()
    other.goto(shared)
    expect(other.locator("#search-count")).to_have_text("1 page for “schedule”")
    assert (titles(other), other.get_by_label("Kind").input_value()) == (found, "analysis")
    other.close()

    page.go_back()
    expect(count).to_have_text(f"{ANALYSES} pages for “schedule”")
    page.go_back()
    expect(count).to_have_text(everything)
    assert kind.input_value() == ""
    page.go_forward()
    expect(kind).to_have_value("analysis")
    page.get_by_role("button", name="Show all").click()
    expect(count).to_have_text(everything)
    assert page.url.endswith("?q=schedule")
    assert visit.errors == []


def test_a_large_site_loads_its_facets_when_they_are_used(first_visit, sent) -> None:
    kinds = ["kind", "option", "topic", "venue", "year", "paper"]
    first_visit.page.add_init_script(
        "addEventListener('readystatechange', () => {"
        f"document.getElementById('search-page').dataset.late = '{' '.join(kinds)}' }}, {{capture: true, once: true}})"
    )
    sent.clear()
    page = search(first_visit, "q=schedule")
    assert not [path for path in sent if "/filter/" in path]
    page.locator("select[name=kind]").hover()
    expect(page.locator("select[name=kind] option[value=analysis]")).to_have_text(f"Analyses ({ANALYSES})")
    page.locator("select[name=kind]").select_option("analysis")
    expect(page.locator("#search-count")).to_have_text(f"{ANALYSES} pages for “schedule”")
    shared = search(first_visit, "q=schedule&kind=analysis")
    expect(shared.locator("#search-count")).to_have_text(f"{ANALYSES} pages for “schedule”")


def test_a_facet_that_does_not_exist_is_as_good_as_none(visit) -> None:
    page = search(visit, "q=quokka&kind=nonsense&topic=<b>&other=x")
    assert len(titles(page)) == 2
    assert page.locator("select[name=kind]").input_value() == ""


def test_typing_searches_and_one_step_back_undoes_it(visit) -> None:
    page = search(visit, "q=schedule")
    field = page.locator("#search-q")
    field.fill("")
    field.press_sequentially("quokka", delay=20)
    expect(page.locator("#search-count")).to_have_text("2 pages for “quokka”")
    page.go_back()
    expect(field).to_have_value("schedule")
    field.fill("")
    expect(page.locator("#search-tips")).to_be_visible()
    assert page.locator(".result").count() == 0


def test_it_works_by_keyboard(visit) -> None:
    page = visit.go("analyses/analysis-0001/index.html")
    page.keyboard.press("/")
    page.keyboard.type("quokka")
    page.keyboard.press("Enter")
    expect(page.locator("#search-count")).to_have_text("2 pages for “quokka”")
    page.locator("body").click(position={"x": 700, "y": 5})
    page.keyboard.press("/")
    focused = "document.activeElement.id || document.activeElement.closest('.result')?.textContent"
    assert page.evaluate(focused) == "search-q"
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.textContent")
    assert first == titles(page)[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.result-places') !== null")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "search-q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "search-q"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "search.html" not in url)
    assert visit.errors == []


def test_where_the_field_is_out_of_sight_the_key_leads_to_the_search(visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 800})
    page = visit.go("compare.html")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    assert page.evaluate("document.activeElement.id") == "search-q"
    visit.go("compare.html").get_by_role("link", name="Search", exact=True).first.click()
    page.wait_for_url("**/search.html")


def test_more_results_come_when_asked_for(first_visit, sent) -> None:
    page = search(first_visit, "q=schedule&kind=analysis")
    assert len(titles(page)) == 5
    before = sum("fragment" in path for path in sent)
    page.get_by_role("button", name="More results").click()
    expect(page.locator(".result")).to_have_count(10)
    assert page.locator(".result").nth(5).locator(".result-title a").evaluate("node => node === document.activeElement")
    assert sum("fragment" in path for path in sent) > before
    page.get_by_role("button", name="More results").click()
    expect(page.locator(".result")).to_have_count(ANALYSES)
    assert page.get_by_role("button", name="More results").count() == 0
    page.reload()
    expect(page.locator(".result")).to_have_count(ANALYSES)
    assert len(set(titles(page))) == ANALYSES


def test_where_nothing_is_found_it_says_what_may_help(visit) -> None:
    page = search(visit, "q=%22quokka+schedule%22&kind=guide")
    expect(page.locator("#search-count")).to_have_text('No pages for "quokka schedule"')
    page.get_by_role("link", name="without what you chose above").click()
    expect(page.locator("#search-count")).to_have_text('No pages for "quokka schedule"')
    assert page.url.endswith("?q=%22quokka+schedule%22")
    page.get_by_role("link", name="without quotes").click()
    expect(page.locator("#search-count")).to_contain_text("“quokka schedule”")
    assert titles(search(visit, "q=zzzyqx")) == []
    assert page.locator("#search-none").is_visible()
    assert visit.errors == []


def test_the_number_of_results_is_announced(visit) -> None:
    page = search(visit, "q=quokka")
    assert page.get_by_role("status").inner_text() == "2 pages for “quokka”"


@pytest.mark.parametrize("query", ["", "?q=quokka", "?q=nothingofthekind"])
def test_it_fits_every_screen(visit, query) -> None:
    page = visit.go(f"search.html{query}")
    page.locator("#search-tips:visible, .result, #search-none:visible").first.wait_for()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    assert page.locator("h1").count() == 1
    assert visit.errors == []


def test_an_index_that_is_missing_is_said(visit, folder) -> None:
    visit.page.route("**/pagefind/*", lambda route: route.abort())
    page = visit.go("search.html?q=quokka")
    expect(page.get_by_role("alert")).to_contain_text("The search could not be loaded.")
    visit.page.unroute_all()
    page.get_by_role("button", name="Search", exact=True).click()
    page.reload()
    expect(page.locator("#search-count")).to_have_text("2 pages for “quokka”")


def test_without_scripts_it_says_where_the_lists_are(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}papers.html")
    page.locator(".site-search input").fill("quokka")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=quokka")
    assert "Searching needs JavaScript." in page.locator("article").inner_text()
    assert page.locator("#search-use, #search-server, #search-broken").evaluate_all(
        "all => all.every(one => one.hidden)"
    )
    page.get_by_role("link", name="all papers").first.click()
    assert page.locator("h1").inner_text() == "Papers"
    context.close()


def test_a_page_opened_as_a_file_says_that_it_needs_a_server(browser, folder) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{(folder / 'search.html').as_uri()}?q=quokka")
    assert "Searching needs a web server" in page.locator("#search-server").inner_text()
    assert page.locator("#search-use").is_hidden()
    context.close()
