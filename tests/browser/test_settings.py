"""What readers have set for all sites: stillness, colours of their own, no scripts, paper."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
FILES = sorted(ROOT.glob("analyses/*/index.md"))
ANALYSIS = next(f"analyses/{file.parent.name}/index.html" for file in FILES if "$" in file.read_text(encoding="utf-8"))
PAGES = ["index.html", ANALYSIS, "compare.html", "search.html"]

MOVING = """[...document.querySelectorAll("*")].filter(node => {
  const style = getComputedStyle(node);
  const times = `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
  return Math.max(...times) > 0 || style.scrollBehavior !== "auto";
}).map(node => node.outerHTML.slice(0, 100))"""

CONTRASTS = """selector => [...document.querySelectorAll(selector)].map(node => {
  const light = colour => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(part => (part / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const style = getComputedStyle(node, node.matches(".tool, .brand") ? "::before" : null);
  const mine = light(node instanceof SVGElement ? style.fill : style.backgroundColor);
  const page = light(getComputedStyle(document.documentElement).backgroundColor);
  return Math.max(mine, page) / Math.min(mine, page);
})"""
"""How far the colour of each element, which its background or fill gives, stands off from the page's."""


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_for_readers_who_asked_for_stillness(visit, path) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    assert visit.go(path).evaluate(MOVING) == []


def test_what_moves_would_be_noticed(visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.go("index.html")
    page.locator("h1").evaluate("node => node.style.setProperty('transition', 'all 1s', 'important')")
    assert len(page.evaluate(MOVING)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_drawn_follows_forced_colours(visit, scheme) -> None:
    visit.page.emulate_media(forced_colors="active", color_scheme=scheme)
    for path, selector in ((ANALYSIS, ".brand, .tool:not([hidden])"), ("compare.html", ".chart text")):
        contrasts = visit.go(path).evaluate(CONTRASTS, selector)
        assert len(contrasts) > 1
        assert min(contrasts) > 4.5, (path, contrasts)


@pytest.mark.parametrize("path", ["index.html", "compare.html", "questions/8.html"])
def test_nothing_is_pushed_away_while_a_page_loads(first_visit, path) -> None:
    first_visit.page.set_viewport_size({"width": 412, "height": 823})
    page = first_visit.go(path)
    page.wait_for_load_state("networkidle")
    shift = """() => new Promise(resolve => {
      let sum = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => resolve(sum), 200);
    })"""
    assert page.evaluate(shift) < 0.02


def test_without_scripts_the_text_its_formulas_and_its_lists_are_there(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ANALYSIS)
    for selector in (".panels", ".verdict", ".answers a", "article math", "article figure img", ".references-list li"):
        found = page.locator(selector)
        assert found.count() > 0, selector
        assert found.first.is_visible(), selector
    assert page.locator("button:visible").count() == 0
    assert page.locator("form.filters:visible").count() == 0
    page.goto(f"{address}index.html")
    assert page.locator(".card:visible").count() == len(FILES)
    assert page.locator("form.filters:visible").count() == 0
    context.close()


@pytest.mark.parametrize("path", [ANALYSIS, "papers/girdhar2024emuvideo.html", "compare.html"])
def test_a_page_prints_within_its_margins_and_without_buttons(visit, path) -> None:
    page = visit.go(path)
    title = page.locator("h1").inner_text()
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))) as pdf:
        text = " ".join(pdf.pages[0].extract_text().split())
        assert title in text
        for sheet in pdf.pages:
            words = sheet.extract_words()
            assert min(word["x0"] for word in words) > 40, sheet.page_number
            assert max(word["x1"] for word in words) < float(sheet.width) - 40, sheet.page_number
        whole = " ".join(sheet.extract_text() for sheet in pdf.pages)
    for word in ("Download PDF", "Show all", "On this page", "Skip to main content"):
        assert word not in whole
