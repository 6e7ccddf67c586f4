"""Analyses are written by strangers: what they must not do is refused with a place, and leaves nothing behind."""

from __future__ import annotations

import pytest

from corpora import BODY, HEADER, markdown

HOSTILE = {
    "a directive": "```{raw} html\n<b id='evil'>evil</b>\n```",
    "another file": "```{include} ../../secret.txt\n```",
    "reStructuredText": "```{eval-rst}\n.. include:: ../../secret.txt\n```",
    "another file's text": "```{literalinclude} ../../secret.txt\n```",
    "a table from a file": "```{csv-table} evil\n:file: ../../secret.txt\n```",
    "a role": "{raw-html}`<b id='evil'>`",
    "a download": "{download}`../../secret.txt`",
    "HTML": "<div id='evil'>evil</div>",
    "HTML in a line": "Text <b id='evil'>bold</b> text",
    "a script": "<script>evil()</script>",
    "a picture outside": "![A square.](../../secret.svg)",
    "an absolute picture": "![A square.](/docs/secret.svg)",
    "a picture elsewhere": "![A square.](https://example.org/x.svg)",
    "a picture through a link": "![A square.](linked.svg)",
    "an option": "```{figure} own.svg\n:target: javascript:evil()\n:alt: A square.\n```",
    "a citation": "{cite:p}`a{b{c}`",
    "an unknown key": "{cite:p}`nobody1999`",
    "another case of a key": "{cite:p}`ADA2020first`",
    "a formula": "$\\frac{1}{$ and no more",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


@pytest.fixture(scope="module")
def site(build, tmp_path_factory):
    """One page that tries everything, one attempt a line."""
    outside = tmp_path_factory.mktemp("outside") / "linked.svg"
    outside.write_text(SVG, encoding="utf-8")
    body = BODY + "".join(f"\n{text}\n" for text in HOSTILE.values())
    site = build(markdown(HEADER, BODY), files={"secret.txt": "SECRET", "secret.svg": SVG, "docs/secret.svg": SVG,
                                                "analyses/a/own.svg": SVG})  # fmt: skip
    (site.root / "analyses/a/linked.svg").symlink_to(outside)
    return build(root=site.root, files={"analyses/a/index.md": markdown(HEADER, body)})


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_its_place(site, name) -> None:
    text = HOSTILE[name]
    lines = (site.root / "analyses/a/index.md").read_text(encoding="utf-8")
    first = lines[: lines.index(f"\n{text}\n")].count("\n") + 2
    places = [f"analyses/a/index.md:{first + more}: WARNING" for more in range(text.count("\n") + 1)]
    assert any(place in warning for place in places for warning in site.warnings), site.warnings


def test_nothing_of_it_is_on_the_page(site) -> None:
    page = site.page("analyses/a/index.html")
    assert page.find(id="evil") is None
    assert not [script for script in page.find_all("script") if "evil" in script.get_text()]
    assert "SECRET" not in page.get_text()
    assert not [tag for tag in page.find_all(href=True) if "javascript:" in tag["href"]]


def test_nothing_of_it_is_on_pages_that_quote_it(site) -> None:
    made = [*site.folder.glob("papers/*.html"), *site.folder.glob("questions/*.html")]
    assert len(made) == 5
    for file in made:
        page = site.page(file.relative_to(site.folder).as_posix())
        assert page.find(id="evil") is None
        assert "SECRET" not in page.get_text()
        loaded = [tag.get("src") for tag in page.select("article img, article iframe, article script")]
        assert loaded == [], file
        assert not [tag for tag in page.find_all(href=True) if "javascript:" in tag["href"]]


def test_no_foreign_file_is_copied(site) -> None:
    names = {file.name for file in site.folder.rglob("*") if file.is_file()}
    assert not names & {"secret.txt", "secret.svg", "linked.svg"}


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:evil())", "[x](data:text/html,evil)", "[x](../../secret.txt)", "[x](path:../../secret.txt)",
     "<file:///etc/passwd>", "[x](inv:evil)"],
)  # fmt: skip
def test_links_lead_to_the_web_or_the_site(build, text) -> None:
    site = build(markdown(HEADER, f"{BODY}\n{text}\n"), files={"secret.txt": "SECRET"}, builder="dummy")
    targets = [str(node.get("refuri") or node.get("reftarget") or "") for node in site.doctree("a").findall()
               if hasattr(node, "get")]  # fmt: skip
    assert not [target for target in targets if target.startswith(("javascript", "data", "file", "inv", "..", "path"))]


def test_the_text_of_a_reference_cannot_look_into_objects(build) -> None:
    figure = ":::{figure} own.svg\n:name: fig\n:alt: A square.\n\nA square.\n:::\n"
    figure += "\n{numref}`No. {number.__class__} {number} <fig>`\n"
    site = build(markdown(HEADER, f"{BODY}\n{figure}"), files={"analyses/a/own.svg": SVG})
    text = site.page("analyses/a/index.html").get_text()
    assert "No.  1" in text or "No. 1" in text
    assert "<class" not in text


def test_a_broken_header_is_reported_and_the_page_still_written(build) -> None:
    header = HEADER.replace("option: letters\n", "optoin: letters\n").replace("topic: by-hand\n", "")
    site = build(markdown(header, BODY))
    assert any('unknown field "optoin"' in warning for warning in site.warnings)
    assert any('missing field "topic"' in warning for warning in site.warnings)
    page = site.page("analyses/a/index.html")
    assert page.h1.get_text().startswith("a")
    # nothing lists it, so nothing made from lists can be linked to
    assert page.select("a[href*='papers/']") == []
    assert site.page("compare.html").select("tr") == []


def test_what_the_author_excuses_is_still_left_out(build) -> None:
    excused = "% diptych: allow SEC001 -- shown to prove a point\n\n<b id='evil'>bold</b>\n"
    site = build(markdown(HEADER, f"{BODY}\n{excused}"))
    assert site.warnings == ()
    assert site.page("analyses/a/index.html").find(id="evil") is None
