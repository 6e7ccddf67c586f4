"""Titles on the site: formulas as MathML, in plain letters where there is no markup, and names in one piece."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pybtex.database import Entry
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError

from corpora import BIBLIOGRAPHY, BODY, HEADER, markdown
from diptych.sphinxext.catalogue import Paper
from diptych.sphinxext.maths import in_letters
from diptych.sphinxext.titles import whole

PLAIN = "π₀-Sort: Letters in O(n²) Steps for $5"
FORMULAS = BIBLIOGRAPHY.replace(
    "{First: Sorting Letters}", r"{{$\pi_0$-Sort}: Letters in $\mathcal{O}(n^2)$ Steps for \$5}"
)
PARTED = "NExT-GPT against a state-of-the-art text-to-video model"
TABLE = """
| Of LLaVA-UHD | `X-Y` |
|---|---|
| as NExT-GPT | ready-made |

### Where X-Sort fails
"""


@pytest.fixture(scope="module")
def site(build):
    header = HEADER.replace("title: One way against another", f"title: {PARTED}")
    body = BODY.replace("## Judgement", f"{TABLE}\n## Judgement") + "\nText of NExT-GPT.\n"
    return build(markdown(header, body), bibliography=FORMULAS, html_baseurl="https://example.org/")


def math(letter: str) -> str:
    """A letter as a formula."""
    return f'<math display="inline"><mrow><mi>{letter}</mi></mrow></math>'


def paper(title: str) -> Paper:
    return Paper("key", Entry("misc", {"title": title, "year": "2020"}))


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("papers/ada2020first.html", ["h1", ".full-entry"]),
        ("papers/bo2021second.html", [".placement a"]),
        ("papers.html", [".plain-list a"]),
        ("compare.html", [".timeline a"]),
        ("index.html", [".card-papers li"]),
        ("analyses/a/index.html", [".panel-title", ".references-list li", ".selected-papers li"]),
    ],
)
def test_a_page_shows_formulas_as_mathml(site, name, places) -> None:
    page = site.page(name)
    for place in places:
        found = [
            node for node in page.select(place) if "Steps for" in node.get_text() or "steps for" in node.get_text()
        ]
        assert found, place
        for node in found:
            assert [math.get_text() for math in node.select("math")] == ["π0", "𝒪(n2)"]
            assert "for $5" in node.get_text()


def test_no_page_and_no_file_shows_tex(site) -> None:
    assert site.warnings == ()
    for file in site.folder.rglob("*"):
        if file.suffix in {".html", ".json", ".xml"} and "_s" not in file.parts[-2]:
            text = file.read_text(encoding="utf-8")
            shown = re.sub(r'<pre id="bibtex".*?</pre>', "", text, flags=re.DOTALL)
            assert not re.search(r"\\pi|\$\w*_|\\\$", shown), file


def test_what_has_no_markup_says_it_in_plain_letters(site) -> None:
    page = site.page("papers/ada2020first.html")
    assert page.title.get_text().startswith(PLAIN)
    assert page.select_one("meta[property='og:title']")["content"] == PLAIN
    assert PLAIN in page.select_one("meta[name=description]")["content"]
    assert page.select_one("[data-pagefind-meta^=title]")["data-is"] == PLAIN
    listed = json.loads((site.folder / "api/papers.json").read_text(encoding="utf-8"))["papers"]
    assert PLAIN in [one["title"] for one in listed]
    linked = json.loads(site.page("analyses/a/index.html").select_one("script[type$=json]").string)
    assert PLAIN in [one["name"] for one in linked["about"]]
    assert PLAIN in [dot.get_text() for dot in site.page("compare.html").select("svg a title")]


def test_a_title_without_formulas_is_not_said_twice(site) -> None:
    assert site.page("papers/bo2021second.html").select("[data-pagefind-meta^=title]") == []


def test_bibtex_for_download_keeps_its_formulas(site) -> None:
    for text in (
        site.page("papers/ada2020first.html").select_one("pre#bibtex").get_text(),
        (site.folder / "references.bib").read_text(encoding="utf-8"),
    ):
        assert r"{$\pi_0$-Sort}: Letters in $\mathcal{O}(n^2)$ Steps for \$5" in text


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"\pi_0", "π₀"),
        (r"\pi_{0.5}", "π0.5"),
        (r"\mathcal{O}(n^{2})", "O(n²)"),
        (r"x_{max}", "xₘₐₓ"),
        (r"\lambda_\theta", "λ_θ"),
        (r"10^{-3}", "10⁻³"),
        (r"2^{k+l}", "2^(k+l)"),
        (r"\hat{x}", "x̂"),
        (r"\frac{a}{b+1}", "a/(b+1)"),
        (r"\sqrt{d}", "√d"),
        (r"\sqrt[3]{xy}", "³√xy"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿxᵢ"),
        (r"\epsilon'", "ϵ′"),
        (r"\beta\text{-VAE}", "β-VAE"),
        (r"\mathbf{x} < y", "x<y"),
        (r"\nosuch{a} b", "nosuch a b"),
        ("", ""),
    ],
)
def test_a_formula_in_plain_letters(formula, letters) -> None:
    assert in_letters(formula) == letters


@pytest.mark.parametrize(
    ("title", "plain", "shown"),
    [
        (r"\ensuremath{\pi}-X", "π-X", f'<span class="whole">{math("π")}-X</span>'),
        (r"\(x\) \& y", "x & y", f"{math('x')} &amp; y"),
        (r"$\nosuch$ <b>", "nosuch <b>", "nosuch &lt;b&gt;"),
        (r"Odd $x", "Odd $x", "Odd $x"),
        (r"{A $x} and $y", "A $x and $y", "A $x and $y"),
        ("\U00100007 stays", "\U00100007 stays", "\U00100007 stays"),
    ],
)  # fmt: skip
def test_titles_of_all_kinds(title, plain, shown) -> None:
    assert (paper(title).title, paper(title).shown_title) == (plain, shown)


def test_an_address_keeps_its_dollars() -> None:
    entry = Entry("misc", {"title": "$x$", "year": "2020", "url": "https://example.org/$a$/b"})
    assert "https://example.org/$a$/b" in Paper("key", entry).reference_html


@given(st.text("$\\{}()_^-<>&πab1A ", max_size=40))
def test_no_title_is_too_odd_and_none_brings_markup_of_its_own(title) -> None:
    try:
        Text.from_latex(title)
    except (PybtexSyntaxError, UnicodeDecodeError):  # a brace without a partner, a backslash at the end
        assume(False)
    one = paper(title)
    assert isinstance(one.title, str)
    assert re.findall(r"<(?!/?(?:span|m[a-z]+|none)\b)", str(one.shown_title)) == []
    assert one.reference_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NExT-GPT: any", '<span class="whole">NExT-GPT:</span> any'),
        ("(LLaVA-UHD)", '<span class="whole">(LLaVA-UHD)</span>'),
        ("CoDi-2’s", '<span class="whole">CoDi-2’s</span>'),
        ("text-to-video of state-of-the-art", "text-to-video of state-of-the-art"),
        ("a - B -5", "a - B -5"),
        ("<B-C>", '<span class="whole">&lt;B-C&gt;</span>'),
        ("A-word-that-is-too-long-to-be-kept-in-one", "A-word-that-is-too-long-to-be-kept-in-one"),
    ],
)
def test_a_name_stays_in_one_piece(text, shown) -> None:
    assert whole(text) == shown


@pytest.mark.parametrize(
    ("name", "place", "names"),
    [
        ("analyses/a/index.html", "h1", ["NExT-GPT"]),
        ("analyses/a/index.html", "h3", ["X-Sort"]),
        ("analyses/a/index.html", ".page-toc", ["X-Sort"]),
        ("analyses/a/index.html", "table.table", ["LLaVA-UHD", "NExT-GPT"]),
        ("index.html", ".card-title", ["NExT-GPT"]),
        ("compare.html", "tbody th", ["NExT-GPT"]),
        ("questions/1.html", "h2", ["NExT-GPT"]),
        ("papers/ada2020first.html", ".said h3", ["NExT-GPT"]),
    ],
)
def test_names_stay_in_one_piece_in_headings_cards_and_tables(site, name, place, names) -> None:
    assert [kept.get_text() for kept in site.page(name).select_one(place).select(".whole")] == names


def test_running_text_is_left_as_it_is(site) -> None:
    page = site.page("analyses/a/index.html")
    assert [kept for kept in page.select("section[id] > p .whole") if not kept.find_parent(["table", "h3"])] == []
    assert page.title.get_text().startswith(PARTED)
