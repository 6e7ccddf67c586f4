"""What a search finds, in which order, and what it loads for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from searching import ANALYSES, HOSTILE, search, titles

pytestmark = pytest.mark.browser

MOST_BYTES = 150_000


def test_a_search_from_any_page_finds_analyses_papers_and_guides(visit) -> None:
    page = visit.go("papers.html")
    page.locator(".site-search input").fill("quokka")
    page.keyboard.press("Enter")
    expect(page.locator("#search-count")).to_have_text("2 pages for “quokka”")
    assert set(titles(page)) == {HOSTILE, "Keeping quokkas"}
    assert page.title().startswith("quokka – Search")
    assert visit.errors == []


@pytest.mark.parametrize("query", ["schedule", "noise schedule", "noise schedule video", '"attention drops"'])
def test_a_first_search_loads_little_and_before_it_nothing(first_visit, sent, query) -> None:
    sent.clear()
    page = first_visit.go("search.html")
    expect(page.locator("#search-tips")).to_be_visible()
    assert not [path for path in sent if "pagefind" in path]
    page.locator("#search-q").fill(query)
    page.keyboard.press("Enter")
    page.locator(".result").first.wait_for()
    page.wait_for_load_state("networkidle")
    loaded = {path: size for path, size in sent.items() if "pagefind" in path or "/search." in path}
    assert any("wasm" in path for path in loaded)
    assert not any("/papers/" in path for path in loaded)
    assert sum(loaded.values()) - sent["/some/where/search.html"] <= MOST_BYTES, loaded
    assert first_visit.errors == []


def paper_page(folder: Path, is_cited_only: bool) -> tuple[str, str]:
    """The title and the address of a paper, which is only cited, or compared."""
    for file in sorted((folder / "papers").glob("*.html")):
        text = file.read_text(encoding="utf-8")
        if ('data-index="papers"' in text) == is_cited_only:
            return text.partition("<h1>")[2].partition("<a class")[0].partition("</h1>")[0], file.name
    raise AssertionError


@pytest.mark.parametrize("is_cited_only", [True, False])
@pytest.mark.parametrize("quote", ["", "%22"])
def test_the_title_of_a_paper_finds_its_page(visit, folder, is_cited_only, quote) -> None:
    title, name = paper_page(folder, is_cited_only)
    page = search(visit, f"q={quote}{title.replace(' ', '+')}{quote}")
    assert titles(page)[0] == title
    assert page.locator(".result-title a").first.get_attribute("href").endswith(f"/papers/{name}")
    assert visit.errors == []


def test_a_key_and_a_rare_word_find_papers_that_are_only_cited(visit, folder) -> None:
    title, name = paper_page(folder, is_cited_only=True)
    assert titles(search(visit, f"q={name.removesuffix('.html')}"))[0] == title
    assert titles(search(visit, f"q={title.split()[-2]}"))[0] == title


def test_papers_that_are_only_cited_are_searched_when_asked_for(first_visit, sent) -> None:
    sent.clear()
    page = search(first_visit, "q=schedule")
    count, button = page.locator("#search-count"), page.get_by_role("button", name="only cited")
    few = int(count.inner_text().split()[0])
    expect(button).to_be_visible()
    kinds = page.locator("select[name=kind]")
    assert not any("/papers/" in path for path in sent)
    expect(kinds.locator("option[value=paper]")).to_have_text("Papers")
    button.click()
    expect(button).to_be_hidden()
    expect(page.locator(".result a:focus")).to_have_count(1)
    many = int(count.inner_text().split()[0])
    assert many > few
    assert page.url.endswith("?q=schedule&cited=yes")
    papers = kinds.locator("option[value=paper]").inner_text()
    assert papers == f"Papers ({many - ANALYSES})"

    other = first_visit.page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#search-count")).to_have_text(f"{many} pages for “schedule”")
    other.close()

    # what is said of the first index stays true once the other is there
    page.go_back()
    expect(count).to_have_text(f"{few} pages for “schedule”")
    expect(button).to_be_visible()
    kinds.select_option("analysis")
    expect(count).to_have_text(f"{ANALYSES} pages for “schedule”")
    expect(button).to_be_hidden()
    kinds.select_option("paper")
    expect(count).to_have_text(f"{many - ANALYSES} pages for “schedule”")
    assert set(page.locator(".result-kind").all_inner_texts()) <= {"Paper", "Paper · Text to video"}
    assert page.url.endswith("?q=schedule&kind=paper")
    assert first_visit.errors == []


def test_what_matches_less_does_not_come_before_what_matches(visit) -> None:
    """Where an index has not all words, Pagefind takes the others; analyses have all of these, papers have not."""
    page = search(visit, "q=invented+author+quokka+7&cited=yes")
    assert titles(page) == [] or titles(page)[0] == HOSTILE
    assert titles(search(visit, "q=%22Invented+Author+7%22+author&cited=yes"))[0] == "Invented analysis 7"


def test_without_the_index_of_papers_the_rest_is_found(visit) -> None:
    visit.page.route("**/pagefind/papers/**", lambda route: route.abort())
    page = search(visit, "q=quokka")
    assert len(titles(page)) == 2
    expect(page.get_by_role("button", name="only cited")).to_be_visible()
    visit.page.unroute_all()
    page.get_by_role("button", name="only cited").click()
    expect(page.get_by_role("button", name="only cited")).to_be_hidden()
    assert len(titles(page)) == 2


def test_words_in_quotes_are_found_in_their_order_only(visit) -> None:
    assert titles(search(visit, "q=method+quokka")) == [HOSTILE]
    page = search(visit, "q=%22method+quokka%22")
    assert titles(page) == []
    assert page.locator("#search-none").is_visible()
    assert titles(search(visit, "q=%22quokka+method%22")) == [HOSTILE]
    assert titles(search(visit, "q=“quokka+method”")) == [HOSTILE]


def test_titles_and_excerpts_are_text(visit) -> None:
    page = search(visit, "q=quokka+method")
    assert titles(page) == [HOSTILE]
    assert page.locator(".result mark").all_inner_texts() == ["quokka", "method"]
    text = page.locator(".result-excerpt").inner_text()
    assert "The quokka method writes <mark> and <b onclick=x> where others <i> write nothing." in text
    assert page.locator(".result img, .result script, .result b, .result i, .result [onclick]").count() == 0
    assert page.evaluate("document.body.dataset.broken") is None
    search(visit, "q=%3Cimg+src%3Dx+onerror%3D%22document.body.dataset.broken%3D3%22%3E")
    assert page.evaluate("document.body.dataset.broken") is None
    assert visit.errors == []


def test_results_lead_to_sections_and_answers(visit) -> None:
    page = search(visit, "q=quokka+method")
    place = page.locator(".result-places a").first
    assert place.inner_text() == "Question 3: Data"
    place.click()
    page.wait_for_url("**/analyses/analysis-0003/index.html#q3")
    assert page.locator("#q3").evaluate("node => node.getBoundingClientRect().top < innerHeight")
    search(visit, "q=quokka+green").locator(".result-places a").click()
    page.wait_for_url("**/keeping.html#food")
    assert visit.errors == []


def test_an_exact_title_comes_first(visit) -> None:
    assert titles(search(visit, "q=invented+analysis+1"))[0] == "Invented analysis 1"
    assert titles(search(visit, "q=Invented+analysis+12"))[0] == "Invented analysis 12"


def test_authors_find_their_analyses(visit) -> None:
    assert "Invented analysis 7" in titles(search(visit, "q=%22Invented+Author+7%22+author"))
