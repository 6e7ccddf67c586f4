"""Lists on several pages, as readers use them: with filters over all pages, and without scripts."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora import BODY, HEADER, markdown, write_project

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
MANY = 130
LISTS = ["index.html", "compare.html", "questions/3.html"]


def policy() -> str:
    """The policy that the documentation gives to people who run a server."""
    text = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
    return next(line.partition(": ")[2] for line in text.splitlines() if line.startswith("Content-Security-Policy: "))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A built site of many analyses, newest last by name; every tenth is on another topic."""
    root = tmp_path_factory.mktemp("paging")
    entries = "".join(
        f"@article{{{name}{number},\n  title = {{Paper {name} {number}}},\n  author = {{Author{number}, Ann}},\n"
        f"  journal = {{Letters}},\n  year = {{{2000 + number % 9}}},\n}}\n"
        for number in range(MANY)
        for name in ("first", "second")
    )
    write_project(root, bibliography=entries)
    for number in range(MANY):
        header = HEADER.replace("One way", f"Way {number}")
        header = header.replace("2026-01-31", f"2025-{number // 25 + 1:02}-{number % 25 + 1:02}")
        header = header.replace("topic: by-hand", "topic: elsewhere") if number % 10 == 0 else header
        text = markdown(header, BODY.replace("every input", "every one of the inputs " * 12 + "and on each"))
        file = root / f"analyses/{f'way-{number}' if number else 'a'}/index.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(
            text.replace("ada2020first", f"first{number}").replace("bo2021second", f"second{number}"), encoding="utf-8"
        )
    (root / "conf.py").write_text((ROOT / "conf.py").read_text(encoding="utf-8"), encoding="utf-8")
    (root / "docs/index.md").write_text("# Letters\n\n```{analyses}\n```\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "-j", "auto", str(root), str(root / "html")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return root / "html"


class _Strict(http.server.SimpleHTTPRequestHandler):
    """A server that sends the documented policy with everything."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", policy())
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Strict, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def shown(page) -> list[str]:
    """The titles of the items that can be seen."""
    items = page.locator("[data-filter]:visible :is(.card-title, th, h2) a")
    return [text.removesuffix(" against another") for text in items.all_inner_texts()]


@pytest.mark.parametrize("path", LISTS)
def test_a_filter_finds_what_stands_on_other_pages(visit, path) -> None:
    page = visit.go(path)
    before = shown(page)
    assert "Way 0" not in before
    page.get_by_label("Topic").select_option("elsewhere")
    page.get_by_text(f"13 of {MANY}").wait_for()
    page.wait_for_function("document.querySelectorAll('[data-filter]').length === 12")
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function("document.querySelectorAll('[data-filter]').length === 13")
    assert shown(page) == [f"Way {number}" for number in range(120, -1, -10)]
    assert page.get_by_role("button", name="Show more").is_hidden()
    assert page.locator("nav.pager").is_hidden()
    assert page.url.endswith("?topic=elsewhere")
    page.locator("[data-filter]:visible a", has_text="Way 0 ").click()
    page.wait_for_url("**/analyses/a/index.html*")
    page.go_back()
    page.get_by_text(f"13 of {MANY}").wait_for()
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == before
    assert page.locator("nav.pager").is_visible()
    assert visit.errors == []


def test_a_long_list_of_choices_comes_when_it_is_needed(first_visit) -> None:
    page = first_visit.go("index.html")
    field = page.get_by_label("Paper")
    assert field.locator("option").count() == 1
    field.focus()
    page.wait_for_function(f"document.querySelectorAll('select[name=paper] option').length === {2 * MANY + 1}")
    field.select_option("second7")
    page.get_by_text(f"1 of {MANY}").wait_for()
    page.wait_for_function("document.querySelectorAll('[data-filter]').length === 1")
    assert shown(page) == ["Way 7"]
    assert page.locator("[data-filter] a").first.get_attribute("href").endswith("/analyses/way-7/index.html")
    first_visit.page.goto(page.url)
    page.get_by_text(f"1 of {MANY}").wait_for()
    assert page.get_by_label("Paper").input_value() == "second7"
    assert first_visit.errors == []


def test_an_answer_is_found_at_the_address_that_it_had_when_it_was_new(visit) -> None:
    page = visit.go("questions/3.html#way-1")
    page.wait_for_url("**/questions/3-part-1.html#way-1")
    assert page.locator("#way-1").evaluate("node => node.getBoundingClientRect().top < innerHeight")
    assert visit.errors == []


def test_an_index_that_cannot_be_had_is_told(visit) -> None:
    visit.page.route("**/compare.json", lambda route: route.fulfill(status=503))
    page = visit.go("compare.html")
    page.get_by_label("Topic").select_option("elsewhere")
    page.get_by_text("could not be loaded").wait_for()
    assert len(shown(page)) > 12


@pytest.mark.parametrize("path", LISTS)
def test_without_scripts_the_pages_lead_to_one_another(browser, address, path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    found = shown(page)
    while page.get_by_role("link", name="Older").count():
        with page.expect_navigation():
            page.get_by_role("link", name="Older").first.click()
        found += shown(page)
    assert found == [f"Way {number}" for number in range(MANY - 1, -1, -1)]
    page.get_by_role("link", name="Newest").or_(page.get_by_role("link", name="Newer")).first.click()
    context.close()


@pytest.mark.parametrize(
    "path",
    ["index.html", "analyses/list-part-1.html", "compare.html", "compare/table-part-1.html", "questions/3-part-1.html",
     "papers.html", "papers-by/year-2003.html", "compare/map-by-hand.html"],
)  # fmt: skip
def test_a_page_fits_every_screen(visit, path, tmp_path) -> None:
    page = visit.go(path)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.locator(f"html[data-theme={theme}]").wait_for(state="attached")
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
            page.screenshot(path=tmp_path / f"{theme}-{width}.png")
    assert page.locator("h1").count() == 1
    assert visit.errors == []
