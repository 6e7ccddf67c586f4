"""FIG: figures, tables and links: where each finding stands, and what is accepted although it looks similar."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpora import corpus, markdown, png, spoiled, with_picture, write_project
from diptych.check import check
from diptych.model.corpus import Corpus
from diptych.parse.corpus import read_corpus
from diptych.settings import find_project
from diptych.thresholds import Thresholds

ALT = "Two curves over the length of the input; the second stays below the first."


def figure(file: str = "steps.svg", alt: str = ALT, caption: str = "Steps by length of input.", more: str = "") -> str:
    """A figure that the text refers to."""
    return f"{{numref}}`steps` counts them.\n\n```{{figure}} {file}\n:name: steps\n:alt: {alt}\n{more}\n{caption}\n```"


def drawing(root: str, inside: str = "") -> bytes:
    """An SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inside}</svg>'.encode()


def found(made: Corpus) -> list[tuple[str, int, int, str]]:
    """Code, line, column and text of each finding; the example begins in line 21."""
    return [
        (item.code, item.span.line, item.span.column, made.source(item.span.path).cut(item.span))
        for item in check(made)
        if item.code.startswith("FIG")
    ]


def found_in(text: str, picture: bytes = b"") -> list[tuple[str, int, int, str]]:
    """The findings of a text in the first section, whose figures all show ``picture``."""
    return found(with_picture(spoiled([("md", text)]), picture))


def test_a_good_figure_is_accepted() -> None:
    assert found_in(figure(), drawing('viewBox="0 0 528 200"', '<text font-size="10">a</text>')) == []


# -- alt text


def test_a_missing_alt_text_is_found_at_the_file() -> None:
    assert found_in(figure(alt="")) == [("FIG001", 23, 13, "steps.svg")]
    bare = "![](steps.svg)"
    assert ("FIG001", 21, 1, bare) in found_in(bare)


@pytest.mark.parametrize(
    "alt",
    ["steps.svg", "steps", "Steps by length of input", "Image", "Image of", "A figure", "Figure 2", "Plot of results",
     "Diagram of the method", "alt text", "Figure 1:"],
)  # fmt: skip
def test_an_alt_text_that_says_nothing_is_found(alt: str) -> None:
    assert found_in(figure(alt=alt)) == [("FIG002", 25, 7, alt)]


@pytest.mark.parametrize(
    "alt",
    [
        "Image of a staircase with one step for each letter.",
        "Steps by length of input, as two curves that never meet.",
        "Figure 2 of the first paper, with a box around each letter.",
        "A graph of the order in which letters are compared.",
    ],
)
def test_an_alt_text_that_says_more_is_accepted(alt: str) -> None:
    assert found_in(figure(alt=alt)) == []


@pytest.mark.parametrize(("length", "is_found"), [(24, True), (25, False), (600, False), (601, True)])
def test_the_length_of_an_alt_text_has_bounds(length: int, is_found: bool) -> None:
    alt = ("curve " * 101)[: length - 1] + "s"
    assert [item[0] for item in found_in(figure(alt=alt))] == ["FIG003"] * is_found


# -- files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an analysis on disk."""
    write_project(tmp_path)
    return tmp_path / "analyses" / "a"


def found_on_disk(folder: Path, text: str) -> list[tuple[str, int, int, str]]:
    """The findings of an analysis whose first section holds ``text``, read from disk."""
    made = spoiled([("md", text)])
    (folder / "index.md").write_text(made.documents[0].source.text, encoding="utf-8")
    return found(read_corpus(find_project(folder)))


def test_a_file_that_is_there_is_accepted(folder: Path) -> None:
    (folder / "figures").mkdir()
    (folder / "figures" / "my steps.svg").write_bytes(drawing('viewBox="0 0 9 9"'))
    assert found_on_disk(folder, figure("figures/my steps.svg")) == []


@pytest.mark.parametrize("name", ["steps.svg", "Figures/steps.svg", "figures/Steps.svg", "figures/stepz.svg"])
def test_a_file_that_is_not_there_is_found(folder: Path, name: str) -> None:
    (folder / "figures").mkdir()
    (folder / "figures" / "steps.svg").write_bytes(drawing('viewBox="0 0 9 9"'))
    assert found_on_disk(folder, figure(name)) == [("FIG004", 23, 13, name)]


def test_a_name_that_differs_in_case_is_suggested(folder: Path) -> None:
    (folder / "Steps.SVG").write_bytes(drawing('viewBox="0 0 9 9"'))
    (folder / "index.md").write_text(spoiled([("md", figure())]).documents[0].source.text, encoding="utf-8")
    finding, *_ = check(read_corpus(find_project(folder)))
    assert (finding.code, finding.hint) == ("FIG004", 'did you mean "Steps.SVG"?')


def test_a_folder_is_no_figure(folder: Path) -> None:
    (folder / "steps.svg").mkdir()
    assert found_on_disk(folder, figure()) == [("FIG004", 23, 13, "steps.svg")]


@pytest.mark.parametrize("name", ["steps.pdf", "steps.gif", "steps.webp", "steps", "steps.tiff"])
def test_a_type_that_cannot_be_shown_is_found(name: str) -> None:
    assert found_in(figure(name)) == [("FIG005", 23, 13, name)]


@pytest.mark.parametrize("name", ["steps.svg", "steps.png", "steps.jpg", "steps.JPEG"])
def test_a_type_that_can_be_shown_is_accepted(name: str) -> None:
    assert found_in(figure(name)) == []


def test_the_svg_beside_a_pdf_is_suggested(folder: Path) -> None:
    (folder / "steps.svg").write_bytes(drawing('viewBox="0 0 9 9"'))
    (folder / "steps.pdf").write_bytes(b"%PDF-1.7")
    (folder / "index.md").write_text(spoiled([("md", figure("steps.pdf"))]).documents[0].source.text, encoding="utf-8")
    finding, *_ = check(read_corpus(find_project(folder)))
    assert (finding.code, finding.hint) == ("FIG005", 'name "steps.svg", which lies beside it')


def test_a_file_that_holds_something_else_is_found() -> None:
    assert found_in(figure("steps.jpg"), png(900, 600)) == [("FIG005", 23, 13, "steps.jpg")]
    assert found_in(figure(), b"nothing of the kind") == [("FIG005", 23, 13, "steps.svg")]
    assert found_in(figure(), b"<html><body/></html>") == [("FIG005", 23, 13, "steps.svg")]


def test_a_broken_svg_is_found_within_it() -> None:
    made = with_picture(spoiled([("md", figure())]), drawing("", "\n<g>"))
    finding, *_ = check(made)
    assert (finding.code, str(finding.span)) == ("FIG005", "analyses/a/steps.svg:2:6")


# -- size


@pytest.mark.parametrize(
    ("more", "place"),
    [
        (":width: 101%\n", "101%"),
        (":width: 14.1cm\n", "14.1cm"),
        (":width: 529.9px\n", None),
        (":width: 600\n", "600"),
        (":width: 5.5in\n", None),
        (":width: 13.9 cm\n", None),
        (":height: 10in\n", "10in"),
        (":height: 8in\n:width: 2in\n", None),
    ],
)
def test_a_figure_fits_the_page(more: str, place: str | None) -> None:
    assert [item[3] for item in found_in(figure(more=more)) if item[0] == "FIG006"] == ([place] if place else [])


@pytest.mark.parametrize(
    ("root", "is_found"),
    [
        ('viewBox="0 0 5000 1000"', False),
        ('viewBox="0 0 528 864"', False),
        ('viewBox="0 0 528 880"', True),
        ('viewBox="0 0 100 860"', False),
        ('viewBox="0 0 100 900"', True),
    ],
)
def test_a_high_figure_is_found_once_its_width_is_that_of_the_page(root: str, is_found: bool) -> None:
    assert [item[0] for item in found_in(figure(), drawing(root))] == ["FIG006"] * is_found


@pytest.mark.parametrize(
    ("size", "more", "is_found"),
    [
        ("31", ":width: 50%\n", True),  # 1056 pixels become 2.75 inches, 32 pixels 6 points
        ("32", ":width: 50%\n", False),
        ("15", ":width: 100%\n", True),
        ("16", ":width: 100%\n", False),
        ("15", "", True),
        ("16", "", False),
    ],
)
def test_text_in_a_figure_keeps_a_size_on_the_page(size: str, more: str, is_found: bool) -> None:
    picture = drawing('viewBox="0 0 1056 400"', f'<text font-size="{size}">a</text>')
    assert [item[0] for item in found_in(figure(more=more), picture)] == ["FIG007"] * is_found


@pytest.mark.parametrize(
    ("pixels", "more", "is_found"),
    [(655, ":width: 100%\n", True), (660, ":width: 100%\n", False), (330, ":width: 50%\n", False), (400, "", True)],
)
def test_a_raster_picture_has_enough_pixels(pixels: int, more: str, is_found: bool) -> None:
    picture = png(pixels, 100)
    assert [item[0] for item in found_in(figure("steps.png", more=more), picture)] == ["FIG008"] * is_found


# -- captions, names, references


def test_a_missing_caption_is_found() -> None:
    assert found_in(figure(caption="")) == [("FIG009", 23, 13, "steps.svg")]
    bare = f"```{{image}} steps.svg\n:alt: {ALT}\n```"
    assert found_in(bare) == [("FIG009", 21, 12, "steps.svg")]


def test_a_figure_without_a_name_or_a_reference_is_found() -> None:
    text = figure()
    assert found_in(text.partition("\n\n")[2]) == [("FIG010", 22, 8, "steps")]
    assert found_in(text.replace(":name: steps\n", "")) == [("FIG010", 23, 13, "steps.svg")]


@pytest.mark.parametrize("reference", ["{numref}`Steps`", "{ref}`the steps <steps>`", "[the steps](#steps)"])
def test_every_way_to_refer_to_a_figure_counts(reference: str) -> None:
    assert found_in(figure().replace("{numref}`steps`", reference)) == []


# -- tables

TABLE = """\
See {numref}`tab-steps`.

```{table} Steps.
:name: tab-steps

| Way | Steps |
|---|---|
| b | few |
```"""


def test_a_good_table_is_accepted() -> None:
    assert found_in(TABLE) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("| Way | Steps |", "|  |  |", "FIG011"),
        ("```{table} Steps.", "```{table}", "FIG012"),
        ("See {numref}`tab-steps`.", "See below.", "FIG013"),
        (":name: tab-steps\n", "", "FIG013"),
        ("| b | few |", f"| {'b' * 46} | {'c' * 46} |", "FIG014"),
    ],
)
def test_a_fault_of_a_table_is_found_at_its_beginning(old: str, new: str, code: str) -> None:
    assert [item[:3] for item in found_in(TABLE.replace(old, new))] == [(code, 23, 1)]


def test_a_list_table_has_headers_where_it_says_so() -> None:
    table = "{numref}`t` lists.\n\n:::{list-table} Steps.\n:name: t\n:header-rows: 1\n\n* - Way\n  - Steps\n:::"
    assert found_in(table) == []
    assert [item[0] for item in found_in(table.replace("rows: 1", "rows: 0"))] == ["FIG011"]


def test_long_cells_that_can_be_broken_are_accepted() -> None:
    assert found_in(TABLE.replace("few", "few " * 20)) == []


def test_the_limits_of_tables_are_settings() -> None:
    made = replace(spoiled([("md", TABLE)]), thresholds=Thresholds(table_columns=1))
    assert [item[0] for item in found(made)] == ["FIG014"]


# -- links


@pytest.mark.parametrize("text", ["here", "Click here", "this link", "paper.", "*here*", " "])
def test_a_link_text_that_says_nothing_is_found(text: str) -> None:
    link = f"[{text}](https://example.org/a)"
    assert found_in(f"See {link}, too.") == [("FIG015", 21, 5, link)]


@pytest.mark.parametrize("text", ["here and there", "the paper's code", "`here.py`", "Steps"])
def test_a_link_text_that_says_something_is_accepted(text: str) -> None:
    assert found_in(f"See [{text}](https://example.org/a).") == []


def test_a_clean_corpus_has_no_finding() -> None:
    assert found(corpus(markdown())) == []
