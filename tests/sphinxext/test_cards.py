"""The pictures that others show with a link: what they say, that it stays within them, and when they are drawn."""

from __future__ import annotations

import io
import subprocess
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image

from corpora import BIBLIOGRAPHY, HEADER, markdown
from diptych.sphinxext.cards import CONVERTER, HEIGHT, MARGIN, WIDTH, Card, draw
from diptych.sphinxext.lettering import shorten, width, wrap

pytestmark = pytest.mark.tex  # it brings the converter

SITE = "https://example.org/letters/"
PUBLISHED = {"diptych.toml": f'site_url = "{SITE}"\n'}
PAPER = (0xFF, 0xFE, 0xFB)


def drawn(card: Card) -> Image.Image:
    """The picture itself."""
    done = subprocess.run([CONVERTER, "--format=png"], input=draw(card).encode(), capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


LONG = "and a title that goes on and on "
HOSTILE = [
    Card(LONG * 9, LONG * 9, (LONG * 9, LONG * 9), "", LONG * 9),
    Card("W" * 300, "W" * 99, ("W" * 99, "m" * 99), "m" * 99, "W" * 99),
    Card("ÅÉÎÕÜÇ ŁŚŻ " * 30, "ÅÉÎÕÜ " * 30, ("Ä" * 99,), "", "ØÆŒ " * 40),
    Card("@%" * 150, "—" * 99, ("&" * 99,), "", "“”" * 99),
    Card("ffi" * 99, "i" * 400, ("l." * 200,), "", "1/" * 200),
    Card("Short", foot=LONG * 20),
    Card(""),
]


@pytest.mark.parametrize("card", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_it_says_stays_within_its_margins(card) -> None:
    picture = drawn(card)
    assert picture.size == (WIDTH, HEIGHT)
    gap = MARGIN - 12  # letters may lean out a little
    for box in ((0, 15, gap, HEIGHT), (WIDTH - gap, 15, WIDTH, HEIGHT), (0, HEIGHT - 24, WIDTH, HEIGHT)):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), PAPER)]


def test_lines_of_a_long_title_do_not_meet_the_papers() -> None:
    texts = ElementTree.fromstring(draw(HOSTILE[0])).iter("{http://www.w3.org/2000/svg}text")
    places = [(int(text.get("y")), int(text.get("font-size"))) for text in texts]
    for (above, _), (below, size) in pairwise(places):
        assert below - size > above - size * 0.3


def test_what_is_said_is_text_and_never_markup() -> None:
    root = ElementTree.fromstring(draw(Card('<b onload="x">&amp;\x01</b>', foot="]]>")))
    assert "".join(root.itertext()).strip().startswith('<b onload="x">&amp;</b>')


@pytest.mark.parametrize("text", ["", "word", LONG * 5, "W" * 200, "a " * 300, "ÄÖ — 中文 " * 20])
def test_lines_hold_all_words_and_fit(text) -> None:
    lines = wrap(text, 40, 500)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 40) <= 500 for line in lines)
    assert width(shorten(text, 40, 500), 40) <= 500


def test_a_line_that_fits_is_not_shortened() -> None:
    assert shorten("  two \n words ", 10, 500) == "two words"
    assert shorten(LONG * 5, 40, 500).endswith("…")


def build_two(build):
    """Two analyses on a site with an address."""
    title = "title: Ångström & <b>the others</b>"
    header = HEADER.replace("title: One way against another", title)
    return build(markdown(), markdown(header), bibliography=BIBLIOGRAPHY, files=PUBLISHED)


@pytest.fixture(scope="module")
def site(build):
    """Their site, to be read."""
    return build_two(build)


@pytest.fixture
def own_site(build):
    """The same, to be changed."""
    return build_two(build)


def test_every_page_names_a_picture_that_is_there(site) -> None:
    assert site.warnings == ()
    for file in [*site.folder.glob("*.html"), *site.folder.glob("[a-z]*/**/*.html")]:
        page = site.page(file.relative_to(site.folder).as_posix())
        address = page.select_one("meta[property='og:image']")["content"]
        with Image.open(site.folder / address.removeprefix(SITE)) as picture:
            assert (picture.size, picture.format) == ((WIDTH, HEIGHT), "PNG")
        assert page.select_one("meta[name='twitter:card']")["content"] == "summary_large_image"


def test_an_analysis_has_its_own_and_others_have_the_sites(site) -> None:
    page = site.page("analyses/b/index.html")
    assert page.select_one("meta[property='og:image']")["content"] == f"{SITE}analyses/b/card.png"
    assert page.select_one("meta[property='og:image:alt']")["content"] == (
        "Ångström & <b>the others</b>. Ada, 2020: First: Sorting Letters against "
        "Bo and Cy, 2021: Second: Sorting Letters Faster. Verdict: Bo and Cy (2021) is stronger"
    )
    for address in ("index.html", "papers/ada2020first.html", "task.html"):
        assert site.page(address).select_one("meta[property='og:image']")["content"] == f"{SITE}card.png"


def test_only_what_has_changed_is_drawn_again(build, own_site) -> None:
    def written() -> dict[str, int]:
        return {file.parent.name: file.stat().st_mtime_ns for file in own_site.folder.rglob("card.png")}

    before = written()
    build(root=own_site.root)
    assert written() == before
    text = (own_site.root / "analyses/a/index.md").read_text(encoding="utf-8")
    build(root=own_site.root, files={"analyses/a/index.md": text.replace("One way", "Another way")})
    assert {name for name, time in written().items() if time != before[name]} == {"a"}


def test_a_picture_goes_with_its_analysis(build, own_site) -> None:
    (own_site.root / "analyses/b/index.md").unlink()
    build(root=own_site.root)
    assert {file.parent.name for file in own_site.folder.rglob("card.png")} == {"html", "a"}


def test_without_an_address_there_is_none(build) -> None:
    site = build(markdown())
    assert list(site.folder.rglob("card.png")) == []
    assert site.page("analyses/a/index.html").select("meta[property^='og:image'], meta[name^=twitter]") == []


def test_without_the_converter_there_is_none_and_they_go(build, own_site, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    again = build(root=own_site.root)
    assert again.warnings == ()
    assert again.page("analyses/a/index.html").select("meta[property^='og:image']") == []
    assert list(again.folder.rglob("card.png")) == []


def test_a_picture_that_cannot_be_drawn_is_a_warning_and_tried_again(build, tmp_path, monkeypatch) -> None:
    broken = tmp_path / CONVERTER
    broken.write_text("#!/bin/sh\necho out of paint >&2\nexit 1\n")
    broken.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        site = build(markdown(), files=PUBLISHED)
        assert [line.rpartition(": ")[2] for line in site.warnings] == ["out of paint [diptych.card]"] * 2
    again = build(root=site.root)
    assert again.warnings == ()
    assert (again.folder / "analyses/a/card.png").is_file()
