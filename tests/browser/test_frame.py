"""The frame of every page, its keys and its figures, as readers use them."""

from __future__ import annotations

import gzip
import io

import pdfplumber
import pytest

pytestmark = pytest.mark.browser

ANALYSIS = "analyses/text-to-video/index.html"
FOCUSED = "node => node === document.activeElement"


def test_the_skip_link_comes_first_and_leads_to_the_text(visit) -> None:
    page = visit.go(ANALYSIS)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    assert link.evaluate(FOCUSED)
    assert link.evaluate("node => node.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.locator("main").evaluate(FOCUSED)


@pytest.mark.parametrize("turn", ["one", "another"])
def test_what_one_test_sets_is_not_set_for_another(visit, turn) -> None:
    page = visit.go("index.html")
    assert page.evaluate("localStorage.length") == 0
    page.locator(".theme-switch").click()
    assert page.evaluate("localStorage.length") == 1


def test_the_reader_chooses_light_or_dark_and_the_choice_is_kept(visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = visit.go("index.html")
    shown, button = page.locator("html"), page.locator(".theme-switch")
    for name, theme in (("as the system", "dark"), ("light", "light"), ("dark", "dark")):
        assert button.get_attribute("aria-label") == f"Colours: {name}"
        assert shown.get_attribute("data-theme") == theme
        button.click()
    assert button.get_attribute("aria-label") == "Colours: as the system"
    button.click()
    page = visit.go(ANALYSIS)
    assert shown.get_attribute("data-theme") == "light"
    assert visit.errors == []


@pytest.mark.parametrize(("button", "link"), [("Site navigation", "Compare"), ("On this page", "References")])
def test_on_a_narrow_screen_a_column_opens_over_the_page(visit, button, link) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 800})
    page = visit.go(ANALYSIS)
    opener = page.get_by_role("button", name=button)
    for _ in range(2):
        assert page.get_by_role("dialog").count() == 0
        opener.click()
        assert page.get_by_role("dialog").get_by_role("link", name=link).is_visible()
        page.keyboard.press("Escape")
        assert opener.evaluate(FOCUSED)
    opener.click()
    page.get_by_role("dialog").get_by_role("link", name=link).click()
    page.wait_for_url("**/compare.html" if link == "Compare" else "**#references")
    assert page.get_by_role("dialog").count() == 0
    assert visit.errors == []


def test_without_scripts_the_navigation_stands_above_the_page(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(address + ANALYSIS)
    assert page.locator("button.tool:visible").count() == 0
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_url("**/compare.html")
    context.close()


def test_the_section_that_is_read_is_marked(visit) -> None:
    page = visit.go(f"{ANALYSIS}#raters-and-rivals")
    page.locator(".page-toc a[aria-current]").wait_for()
    assert page.locator(".page-toc a[aria-current]").inner_text() == "3.3. Raters and rivals"


def test_references_lead_back_to_every_place_that_cites_them(visit) -> None:
    page = visit.go(ANALYSIS)
    hashes = page.locator("article .citation a").evaluate_all("links => links.map(link => [link.hash, '#' + link.id])")
    back = page.locator(".references-list > li").evaluate_all(
        "items => items.flatMap(item => [...item.querySelectorAll('.back-links a[href^=\"#\"]')]"
        ".map(link => ['#' + item.id, link.hash]))"
    )
    assert sorted(back) == sorted(hashes)


def test_slash_leads_to_the_search_wherever_it_is(visit) -> None:
    page = visit.go(ANALYSIS)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    assert field.evaluate(FOCUSED)
    page.keyboard.type("a/j")
    assert field.input_value() == "a/j"
    page.set_viewport_size({"width": 360, "height": 800})
    visit.go(ANALYSIS)
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")


def test_j_and_k_walk_from_answer_to_answer(visit) -> None:
    page = visit.go(ANALYSIS)
    for key, id in (("j", "q1"), ("j", "q2"), ("j", "q3"), ("k", "q2"), ("k", "q1"), ("k", "q1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == id
        assert 0 <= page.locator(f"#{id}").evaluate("node => node.getBoundingClientRect().top") < 900
    page.keyboard.press("Control+j")
    assert page.evaluate("document.activeElement.id") == "q1"


def test_j_goes_on_from_where_the_page_has_been_scrolled_to(visit) -> None:
    page = visit.go(ANALYSIS)
    page.locator("#what-the-ablations-isolate").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.evaluate("scrollBy(0, 400)")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "q6"


def test_single_keys_can_be_switched_off(visit) -> None:
    page = visit.go("about.html")
    switch = page.locator("#keys-switch")
    assert switch.inner_text() == "Switch single keys off"
    switch.click()
    assert switch.inner_text() == "Switch single keys on"
    visit.go(ANALYSIS)
    page.keyboard.press("/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert visit.errors == []


def test_a_figure_opens_large_by_keyboard_and_focus_returns(visit) -> None:
    page = visit.go(ANALYSIS)
    link = page.locator("#fig-evidence a").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    assert dialog.locator("img").evaluate("picture => picture.alt") == link.locator("img").get_attribute("alt")
    page.wait_for_function("document.querySelector('.large img').naturalWidth > 0")
    small = link.locator("img").bounding_box()["width"]
    assert dialog.locator("img").bounding_box()["width"] > 1.3 * small
    assert "Human evidence" in dialog.inner_text()
    assert dialog.locator("[id]").count() == 1  # that of the caption: copies have none
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert link.evaluate(FOCUSED)
    assert visit.errors == []


def test_a_large_figure_closes_by_a_click_beside_it(visit) -> None:
    page = visit.go(ANALYSIS)
    page.locator("#fig-pipelines img").click()
    assert page.get_by_role("dialog").is_visible()
    page.mouse.click(2, 2)
    assert page.get_by_role("dialog").count() == 0
    page.locator("#fig-pipelines img").click()
    page.get_by_role("button", name="Close").click()
    assert page.get_by_role("dialog").count() == 0


def test_on_a_narrow_screen_a_large_figure_is_larger_than_the_screen(visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 800})
    page = visit.go(ANALYSIS)
    page.locator("#fig-pipelines img").click()
    assert page.get_by_role("dialog").locator("img").bounding_box()["width"] > 700
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_a_figure_leads_to_its_file(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ANALYSIS)
    page.locator("#fig-pipelines a").first.click()
    page.wait_for_url("**/_images/analyses__text-to-video__figures__pipelines.svg")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_page_is_the_text_and_nothing_else(visit, scheme) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.go(ANALYSIS)
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        pages = [sheet.extract_text() for sheet in printed.pages]
    text = " ".join(pages)
    for gone in ("On this page", "Author guide", "Cited at", "Paper page", "Download", "Copy", "Related"):
        assert gone not in text, gone
    for kept in (
        "Held to be stronger",
        "Body words",
        "Figure 2",
        "Hritik Bansal",
        "arXiv:2406.03520",
        "<https://doi.org/",
    ):
        assert kept in text, kept
    assert "<https://arxiv.org/abs/" not in text  # its number says as much
    assert len(pages) <= 10
    assert all(words.strip() for words in pages)


def test_a_printed_page_is_dark_on_white(visit) -> None:
    visit.page.emulate_media(color_scheme="dark", media="print")
    page = visit.go(ANALYSIS)
    colours = page.locator("body").evaluate(
        "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("width", [360, 1280, 1440, 1920])
def test_a_note_stands_in_the_margin_where_there_is_room_and_below_elsewhere(visit, width) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.go(ANALYSIS)
    block = page.locator(".noted > :first-child").first.bounding_box()
    note = page.locator(".noted > .footnote-list").first.bounding_box()
    if width >= 1400:
        assert note["x"] >= block["x"] + block["width"]
        assert abs(note["y"] - block["y"]) < 20
        contents = page.locator(".bd-sidebar-secondary").bounding_box()
        assert note["x"] + note["width"] <= contents["x"]
    else:
        assert note["y"] >= block["y"] + block["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_each_way_to_a_paper_has_a_line_and_is_written_out_once(visit) -> None:
    visit.page.emulate_media(media="print")
    links = visit.go(ANALYSIS).locator(".panel").first.locator(".panel-links a")
    tops, shown = links.evaluate_all(
        """all => [all.map(one => one.offsetTop), all.map(one => getComputedStyle(one, "::after").content)]"""
    )
    assert len(set(tops)) == len(tops) > 1
    for link, content in zip(links.all(), shown, strict=True):
        says_all = link.inner_text().startswith("arXiv:")
        assert content == ("none" if says_all else f'" <{link.get_attribute("href")}>"')


def test_on_paper_a_note_stands_below_its_block(visit) -> None:
    visit.page.emulate_media(media="print")
    page = visit.go(ANALYSIS)
    block = page.locator(".noted > :first-child").first.bounding_box()
    assert page.locator(".noted > .footnote-list").first.bounding_box()["y"] >= block["y"] + block["height"]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_mark_of_a_note_is_raised_and_leaves_its_line_as_high_as_the_others(visit, media) -> None:
    visit.page.emulate_media(media=media)
    page = visit.go(ANALYSIS)
    mark = page.locator(".footnote-reference").first
    raised, own, high, plain = mark.evaluate(
        """mark => {
          const block = mark.closest("p");
          const words = document.createRange();
          words.selectNode(mark.previousSibling);
          const before = [...words.getClientRects()].pop();
          const sup = mark.querySelector("sup").getBoundingClientRect();
          const height = () => block.getBoundingClientRect().height;
          const [own, high] = [getComputedStyle(block).lineHeight, height()];
          mark.querySelector("sup").style.verticalAlign = "baseline";
          return [before.bottom - sup.bottom, parseFloat(own), high, height()];
        }"""
    )
    assert raised > own / 8
    assert high == plain
    assert "[" not in mark.inner_text()


@pytest.mark.parametrize("width", [768, 1024])
@pytest.mark.parametrize("name", ["index.html", "compare.html", "questions/1.html", "search.html?q=model"])
def test_filters_stand_in_columns_of_one_width(visit, name, width) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.go(name)
    page.locator(".filters label").first.wait_for()
    widths = page.locator(".filters label:visible").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert len(widths) > 2
    assert max(widths) - min(widths) <= 1


@pytest.mark.parametrize("width", [360, 768, 1024, 1440])
def test_the_table_of_analyses_is_never_squeezed(visit, width) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.go("compare.html")
    narrowest = page.locator("table.compare tbody :is(th, td)").evaluate_all(
        "all => Math.min(...all.map(one => one.clientWidth))"
    )
    assert narrowest >= 128
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_caption_among_answers_is_as_large_as_in_its_analysis(visit) -> None:
    size = "node => getComputedStyle(node).fontSize"
    there = visit.go(ANALYSIS).locator("figcaption p").first.evaluate(size)
    assert visit.go("questions/5.html").locator(".answer-text figcaption p").first.evaluate(size) == there


@pytest.mark.parametrize("width", [360, 768])
@pytest.mark.parametrize("folder", ["", "analyses/any-to-any/", "analyses/high-resolution/"])
def test_no_heading_and_no_card_parts_a_name_at_its_hyphen(visit, folder, width) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.go(f"{folder}index.html")
    names = page.locator(":is(h1, h2, h3, .panel-title, .card-papers) .whole")
    heights = "all => all.map(one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight))"
    assert names.count() > 0
    assert max(names.evaluate_all(heights)) < 1.5
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("place", ["h1", "td", ".card-title"])
def test_a_name_that_is_wider_than_its_place_makes_nothing_wider(visit, place) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 900})
    page = visit.go("index.html" if place == ".card-title" else "analyses/any-to-any/index.html")
    node = page.locator(f".bd-article {place}").first
    before = node.evaluate("node => node.offsetWidth")
    node.evaluate("""node => { node.innerHTML = '<span class="whole">ABCDEFGHIJ-KLMNOPQRST-UVWXYZABCD</span>'; }""")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if place != "td":
        assert node.evaluate("node => node.offsetWidth") == before


def test_a_page_is_no_more_than_readers_should_wait_for(site_folder) -> None:
    for file in site_folder.glob("analyses/*/index.html"):
        text = file.read_bytes()
        assert len(text) <= 60_000, file
        assert len(gzip.compress(text)) <= 20_000, file


def test_no_page_loads_the_scripts_of_the_theme(first_visit) -> None:
    asked = []
    first_visit.page.on("request", lambda request: asked.append(request.url))
    first_visit.go(ANALYSIS)
    assert asked
    assert [address for address in asked if "/_static/scripts/" in address] == []
