"""What a reader's program finds in a finished PDF: fonts, outline, properties, text, drawings."""

# ruff: noqa: E501  names and sentences are compared as they stand
from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from diptych.errors import describe
from diptych.pdf.build import build_papers

pytestmark = pytest.mark.tex

FRONT = """
title: "On β-VAEs: Nguyễn and Trần “revisited”"
authors:
  - {name: Łukasz Nguyễn Thị Hương, affiliation: "Université d'Æther", email: l_n@example.org, orcid: 0000-0002-1825-0097}
date: 2026-01-31
keywords: [boats, Đorđević, 100% sails]
abstract: We weigh two boats.
assignment: weighing
option: sail
topic: boats
papers: [nguyen2020, lukasz2021]
verdict: {stronger: neither, reason: They float.}
"""
TEXT = """
## First of all

Efficient offices find fluffy waffles: ﬀ is not typed, but ligatures are set, with Łukasz Žižka, Nguyễn, Šimić, Åström and Trần Thị Hương.
The state-of-the-art “quotes”, it's – a dash — and x ≤ y for α ∈ ℝ, as {cite:t}`nguyen2020` and {cite:p}`lukasz2021` say, on [a site](https://boats.example/a.html).

### Below with $x^2$ and Nguyễn

{numref}`fig` is drawn.

:::{figure} hull.svg
:name: fig
:alt: A hull, seen from 100 % above.
:width: 50%

A hull.
:::

## Acknowledgments

Thanks to Grace.
""".replace("ﬀ", "ff")


@pytest.fixture(scope="module", params=["preprint", "submission"])
def made(request, write_papers):
    """The mode, the finished PDF and its text as poppler copies it."""
    written = write_papers(TEXT, front=FRONT, diptych_mode=request.param)
    out = written.folder.parent / "pdf"
    assert [describe(problem) for problem in build_papers(written.folder, out)] == []
    copied = subprocess.run(["pdftotext", str(out / "boats.pdf"), "-"], capture_output=True, text=True, check=True)
    with pdfplumber.open(out / "boats.pdf") as pdf:
        yield request.param, pdf, plain(copied.stdout)


def plain(text):
    """Running text: words that a hyphen parts at the end of a line are whole again, accents are on their letters."""
    return unicodedata.normalize("NFC", " ".join(text.replace("-\n", "").split()))


def fonts_of(resources):
    resources = resolve1(resources) or {}
    for font in (resolve1(resources.get("Font")) or {}).values():
        yield resolve1(font)
    for drawing in (resolve1(resources.get("XObject")) or {}).values():
        yield from fonts_of(getattr(resolve1(drawing), "attrs", {}).get("Resources"))


def test_fonts_are_embedded_outlines_that_know_their_characters(made):
    _, pdf, _ = made
    fonts = [font for page in pdf.pages for font in fonts_of(page.page_obj.resources)]
    assert fonts
    for font in fonts:
        assert font["Subtype"].name == "Type1"
        assert "FontFile" in resolve1(font["FontDescriptor"])
        assert "ToUnicode" in font


def test_text_can_be_searched_and_copied(made):
    _, _, text = made
    for words in (
        "Efficient offices find fluffy waffles", "ff is not typed", "Łukasz Žižka", "Nguyễn", "Šimić", "Åström",
        "Trần Thị Hương", "“quotes”, it’s – a dash — and", "x ≤ y for α ∈",
    ):  # fmt: skip
        assert words in text


def test_outline(made):
    _, pdf, _ = made
    outline = [(level, title) for level, title, *_ in pdf.doc.get_outlines()]
    assert outline == [(1, "First of all"), (2, "Below with and Nguyễn")]


def test_properties(made):
    mode, pdf, _ = made
    assert pdf.metadata["Title"] == "On beta-VAEs: Nguyễn and Trần “revisited”"
    assert pdf.metadata["Keywords"] == "boats, Đorđević, 100% sails"
    assert pdf.metadata.get("Author", "") == ("Łukasz Nguyễn Thị Hương" if mode == "preprint" else "")
    assert resolve1(pdf.doc.catalog["Lang"]) == b"en"


def test_nothing_in_an_anonymous_paper_names_its_author(made):
    mode, pdf, text = made
    pdf.stream.seek(0)
    raw = text + str(pdf.metadata) + str([page.hyperlinks for page in pdf.pages])
    for name in ("Hương Thị", "Thị Hương", "Æther", "l_n@example", "0000-0002", "Grace", "boats.example"):
        shown = name in raw.replace("Trần Thị Hương", "")
        if mode == "submission":
            assert not shown
        elif name not in ("Hương Thị", "0000-0002"):
            assert shown


def test_figures_stay_drawings(made):
    _, pdf, _ = made
    assert [image for page in pdf.pages for image in page.images] == []
    widths = [rect["width"] for page in pdf.pages for rect in page.rects]
    assert any(width == pytest.approx(198, abs=1) for width in widths)  # half of a line


def test_alternative_text_stands_in_the_source(write_papers):
    # pdfTeX can put it into a PDF only with the packages of a tagged one; see the guide to typesetting
    tex = write_papers(TEXT, front=FRONT).tex()
    assert "alt={A hull, seen from 100 \\% above.}" in tex


NAMES = """
@article{lukasz, title = {On lifts}, author = {Łukasz, Jan}, journal = {J}, year = {2020}}
@article{nguyen, title = {On boats}, author = {Nguyễn Thị Hương and Trần, Văn Đức}, journal = {J}, year = {2020}}
@article{astrom, title = {On {Å}ngström and {IJsselmeer}}, author = {Åström, Karl and Østby, Öyvind}, journal = {J}, year = {2021}}
@article{dordevic, title = {On rivers}, author = {Đorđević, Šime and Šimić, Živa}, journal = {J}, year = {2019}}
@article{berg, title = {On canals}, author = {van der Berg, Jan and de la Tour, Élise and von Neumann, Jr., John}, journal = {J}, year = {2018}}
@article{many, title = {On locks}, author = {Çelik, Ümit and others}, journal = {J}, year = {2017}}
@misc{web, title = {100\\% of α-waves \\& x_y}, author = {{Çelik Collective}}, year = {2016}, url = {https://example.org/a_b%20c#d}}
"""


def test_names_of_all_languages_in_the_list_of_references(write_papers):
    keys = re.findall(r"@\w+\{(\w+)", NAMES)
    text = "## Report\n\n" + " ".join(f"Words about {{cite:t}}`{key}` and more words." for key in keys * 3)
    written = write_papers(text, files={"bib/names.bib": NAMES})
    out = written.folder.parent / "pdf"
    assert [describe(problem) for problem in build_papers(written.folder, out)] == []
    assert shutil.which("pdftotext")
    copied = subprocess.run(["pdftotext", str(out / "boats.pdf"), "-"], capture_output=True, text=True, check=True)
    found = plain(copied.stdout)
    # poppler shows a letter that Times builds from a stroke or comma as its parts: đ as d with a bar
    listed = found[found.rindex("References") :].replace("d̄", "đ").replace("Ð", "Đ")
    for names in (
        "Jan Łukasz. On lifts", "Nguyễn Thị Hương and Văn Đức Trần. On boats", "Karl Åström and Öyvind Østby",
        "On Ångström and IJsselmeer", "Šime Đorđević and Živa Šimić", "Jan van der Berg, Élise de la Tour, and John von Neumann, Jr.",
        "Ümit Çelik et al. On locks", "Çelik Collective. 100% of α-waves & x_y",
    ):  # fmt: skip
        assert names in listed
