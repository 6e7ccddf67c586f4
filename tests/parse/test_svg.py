"""What is learned of an SVG file, and what a picture must not hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.parse.svg import read_svg
from diptych.span import Source

ROOT = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">\n'


def drawn(inside: str) -> Source:
    """A picture that holds ``inside`` from its second line on."""
    return Source("analyses/a/steps.svg", f"{ROOT}{inside}\n</svg>\n")


def unsafe(source: Source) -> list[tuple[int, int, str]]:
    """Line, column and text of each unsafe thing."""
    problems = read_svg(source).problems
    return [(problem.span.line, problem.span.column, source.cut(problem.span)) for problem in problems]


@pytest.mark.parametrize(
    ("inside", "column", "text"),
    [
        ("<script>alert(1)</script>", 1, "<script"),
        ("<g><foreignObject/></g>", 4, "<foreignObject"),
        ('<div xmlns="http://www.w3.org/1999/xhtml"/>', 1, "<div"),
        ('<rect onclick="go()"/>', 7, 'onclick="go()"'),
        ('<rect id="a" ONLOAD = "go()"/>', 14, 'ONLOAD = "go()"'),
        ('<image href="https://example.org/a.png"/>', 8, 'href="https://example.org/a.png"'),
        ("<image xlink:href='/etc/passwd'/>", 8, "xlink:href='/etc/passwd'"),
        ('<use href="other.svg#a"/>', 6, 'href="other.svg#a"'),
        ('<a href="javascript:go()"><text>a</text></a>', 4, 'href="javascript:go()"'),
        ('<image href="data:image/svg+xml;base64,AA=="/>', 8, 'href="data:image/svg+xml;base64,AA=="'),
        ('<rect style="fill: url( https://example.org/a )"/>', 7, 'style="fill: url( https://example.org/a )"'),
        ('<rect fill="url(other.svg#a)"/>', 7, 'fill="url(other.svg#a)"'),
        ("<style>@import 'a.css';</style>", 8, "@import"),
        ("<style>rect { fill: url('a.svg#b') }</style>", 21, "url('a.svg#b')"),
        ('<animate attributeName="href" to="javascript:go()"/>', 10, 'attributeName="href"'),
        ('<g xml:base="https://example.org/"/>', 4, 'xml:base="https://example.org/"'),
        ('<?xml-stylesheet href="a.css"?>', 1, "<?xml-stylesheet"),
        ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="#a"/>', 1, "<xi:include"),
    ],
)
def test_what_runs_or_reaches_out_is_found_where_it_stands(inside: str, column: int, text: str) -> None:
    assert unsafe(drawn(inside)) == [(2, column, text)]


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="#a"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,AA=="/>',
        '<rect fill="url(#a)" style="mask: url( \'#b\' )"/>',
        "<style>rect { fill: url(#a); font-family: serif }</style>",
        "<text>onclick=go() javascript: url(https://example.org) &lt;script&gt;</text>",
        "<title>Steps</title><desc>https://example.org/a</desc><metadata><x/></metadata>",
        "<!-- <script>no</script> -->",
        '<animate attributeName="x" to="3"/>',
    ],
)
def test_what_stays_in_the_file_is_accepted(inside: str) -> None:
    assert unsafe(drawn(inside)) == []


def test_the_document_type_that_drawing_programs_write_is_accepted() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    assert unsafe(Source("a.svg", f'<?xml version="1.0"?>\n{doctype}{drawn("").text}')) == []


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg SYSTEM "https://example.org/evil.dtd">',
    ],
)
def test_a_document_type_with_declarations_ends_the_reading(doctype: str) -> None:
    assert unsafe(Source("a.svg", f"{doctype}\n{ROOT}<text>&b;</text><script/></svg>")) == [(1, 1, "<!DOCTYPE")]


def test_places_are_exact_behind_letters_of_several_bytes() -> None:
    assert unsafe(drawn("<text>größer → 7 日本</text><script/>")) == [(2, 27, "<script")]


def test_a_picture_that_is_not_well_formed_is_told_from_an_unsafe_one() -> None:
    drawing = read_svg(Source("a.svg", "<svg><g></svg>"))
    assert [(problem.kind, problem.span.column) for problem in drawing.problems] == [("svg-syntax", 11)]


def test_a_file_of_a_thousand_scripts_is_not_listed_to_the_end() -> None:
    assert len(unsafe(drawn("<script/>" * 1000))) == 20


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 200 100"', (200, 100)),
        ('width="400" viewBox="0 0 200 100"', (400, 200)),
        ('width="4in" height="2in"', (384, 192)),
        ('width="72pt" height="36pt" viewBox="0 0 10 5"', (96, 48)),
        ('width="100%" viewBox="0,0,200,100"', (200, 100)),
        ('width="100%"', (None, None)),
        ('width="1e9" height="nonsense"', (None, None)),
        ('viewBox="0 0 0 0"', (None, None)),
    ],
)
def test_a_picture_has_a_size(root: str, size: tuple[float | None, float | None]) -> None:
    drawing = read_svg(Source("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {root}/>'))
    assert (drawing.width, drawing.height) == size


@pytest.mark.parametrize(
    ("inside", "size"),
    [
        ('<text font-size="9">a</text>', 9),
        ("<text>a</text>", 16),
        ('<g font-size="8"><text>a</text><text font-size="12">b</text></g>', 8),
        ("<text style=\"font: italic 7px 'Sans'\">a</text>", 7),
        ('<text style="fill: red; font-size: 6pt">a</text>', 8),
        ('<g transform="translate(9, 9) scale(0.5)"><text font-size="10">a</text></g>', 5),
        ('<g transform="matrix(2 0 0 2 0 0)"><text font-size="10">a</text></g>', 20),
        ('<text font-size="2"> </text>', None),
        ('<defs><text font-size="2">a</text></defs>', None),
        ('<text font-size="50%">a</text>', None),
        ("<style>text { font-size: 3px }</style><text>a</text>", None),
        ("<path d='M0 0'/>", None),
    ],
)
def test_the_smallest_text_is_measured(inside: str, size: float | None) -> None:
    assert read_svg(drawn(inside)).smallest_text == (None if size is None else pytest.approx(size))


def test_text_is_measured_as_large_as_the_picture_draws_it() -> None:
    text = drawn('<text font-size="9">a</text>').text.replace("<svg ", '<svg width="50" ', 1)
    assert read_svg(Source("a.svg", text)).smallest_text == pytest.approx(4.5)


@given(st.text(alphabet="<>/=\"'& \nasvgonhrefscript:url(#)!ENTITY[]é日0.", max_size=200))
def test_no_text_makes_the_reader_fail(inside: str) -> None:
    for source in (Source("a.svg", inside), drawn(inside)):
        for problem in read_svg(source).problems:
            assert 0 <= problem.span.start <= problem.span.end <= len(source.text)
