"""What the reader makes of Markdown, by examples."""

import pytest

from corpora import BODY, HEADER, corpus, markdown
from diptych.check import check
from diptych.model.document import Block, Document
from diptych.parse.markdown import read_document
from diptych.span import Source


def read(body: str, header: str = HEADER) -> Document:
    return read_document(Source("analyses/a/index.md", markdown(header, body)), "a")


def runs(body: str) -> list[tuple[str, str, str]]:
    """The runs of all blocks: kind, text, and how the text is written."""
    document = read(body)
    return [(run.kind, run.text, document.source.cut(run.span)) for block in below(document) for run in block.runs]


def below(document: Document) -> list[Block]:
    """The blocks below the header, whose abstract is read first."""
    return [block for block in document.blocks if block.kind != "abstract"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("plain", [("text", "plain", "plain")]),
        ("a *b* **c**", [("text", "a ", "a "), ("text", "b", "b"), ("text", " ", " "), ("text", "c", "c")]),
        ("a\nb", [("text", "a", "a"), ("text", "\n", "\n"), ("text", "b", "b")]),
        ("a  \nb", [("text", "a", "a"), ("text", "\n", "  \n"), ("text", "b", "b")]),
        ("`a  b`", [("code", "a  b", "`a  b`")]),
        ("[b](c)", [("link", "b", "b")]),
        ("<https://x.org/%20b>", [("link", "https://x.org/ b", "https://x.org/%20b")]),
        ("$x$ y", [("math", "x", "$x$"), ("text", " y", " y")]),
        ("![b](c.svg)", [("image", "", "![b](c.svg)")]),
        ("a[^b]\n\n[^b]: c", [("text", "a", "a"), ("note", "", "[^b]"), ("text", "c", "c")]),
        ("{q}`1` a", [("marker", "", "{q}`1`"), ("text", " a", " a")]),
        ("{cite:t}`b` a", [("citation", "b", "{cite:t}`b`"), ("text", " a", " a")]),
        ("{ref}`see here  <b>` a", [("cross-reference", "see here", "{ref}`see here  <b>`"), ("text", " a", " a")]),
        ("{sub}`2`", [("text", "2", "{sub}`2`")]),
        ("&amp; \\* &nosuch; \\q", [("text", "& * &nosuch; \\q", "&amp; \\* &nosuch; \\q")]),
        ("\\&amp; *b*", [("text", "&amp; ", "\\&amp; "), ("text", "b", "b")]),
        ("## a *b* ##", [("text", "a ", "a "), ("text", "b", "b")]),
        ("> a\n> *b*", [("text", "a", "a"), ("text", "\n", "\n> "), ("text", "b", "b")]),
        ("1. a\n   - *b*\n     c",
         [("text", "a", "a"), ("text", "b", "b"), ("text", "\n", "\n     "), ("text", "c", "c")]),
        ("| a | b \\| *c* |\n|---|---|\n|  | `d\\|e` |",
         [("text", "a", "a"), ("text", "b | ", "b \\| "), ("text", "c", "c"), ("code", "d|e", "`d\\|e`")]),
        ("> - | a | *b* |\n>   |---|---|\n>   | c | d |",
         [("text", "a", "a"), ("text", "b", "b"), ("text", "c", "c"), ("text", "d", "d")]),
        ("a | b\n---|---\nc | d", [("text", "a", "a"), ("text", "b", "b"), ("text", "c", "c"), ("text", "d", "d")]),
        (":::{note}\n> *a*\n:::", [("text", "a", "a")]),
        ("- :::{note}\n  a *b*\n  :::", [("text", "a ", "a "), ("text", "b", "b")]),
    ],
)  # fmt: skip
def test_inline_content_becomes_runs(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert runs(body) == expected


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("a", ["paragraph"]),
        ("a\n\nb", ["paragraph", "paragraph"]),
        ("## a", ["heading"]),
        ("- a\n\n  b", ["list", "list"]),
        ("> a", ["quote"]),
        ("a[^x]\n\n[^x]: b\n\n    - c", ["paragraph", "footnote", "footnote"]),
        ("Term\n: b", ["list", "list"]),
        ("| a | b |\n|---|---|", ["table", "table"]),
        ("```\na\n```", ["code-block"]),
        ("    a", ["code-block"]),
        ("$$\na\n$$", ["math-block"]),
        ("\\begin{align}\na\n\\end{align}", ["math-block"]),
        (":::{note}\na\n:::", ["remark"]),
        (":::{note}\n- a\n:::", ["remark"]),
        (":::{admonition} a\nb\n:::", ["remark", "remark"]),
        (":::{figure} a.svg\nb\n:::", ["caption"]),
        (":::{table} a\n\n| b |\n|---|\n:::", ["caption", "table"]),
        (":::{list-table} a\n\n* - b\n  - c\n:::", ["caption", "table", "table"]),
        (":::{math}\na\n:::", ["math-block"]),
        (":::{code-block} python\na\n:::", ["code-block"]),
        (":::{epigraph}\na\n:::", ["quote"]),
        ("% a", []),
        ("(a)=", []),
    ],
)
def test_blocks_have_the_class_of_their_words(body: str, kinds: list[str]) -> None:
    assert [block.kind for block in below(read(body))] == kinds


def test_sections_nest_by_level() -> None:
    document = read("## A\n\n#### B\n\n### C *d*\n\n## E ##\n\nText\n\nF\n---\n")
    assert [(section.title, section.level, section.parent) for section in document.sections] == [
        ("A", 2, None), ("B", 4, 0), ("C d", 3, 0), ("E", 2, None), ("F", 2, None),
    ]  # fmt: skip
    assert [document.source.cut(section.span) for section in document.sections] == ["A", "B", "C *d*", "E", "F"]
    assert [document.top_section(at) for at in (0, 1, 2, 3, 4, None)] == [0, 0, 0, 3, 4, None]


def test_a_heading_that_is_closed_and_repeats_the_mark_before_it_keeps_its_column() -> None:
    (section,) = read("1. ## 1 ##").sections
    assert (section.title, section.span.column) == ("1", 7)


def test_a_title_in_the_wrong_place_holds_no_sections() -> None:
    """Otherwise each section below it would be called missing as well."""
    document = read("# Title\n\n## A\n\n### B\n\n# Again\n")
    assert [section.parent for section in document.sections] == [None, None, 1, None]
    assert [problem.kind for problem in document.problems] == ["title-heading", "title-heading"]
    assert "STR001" not in {finding.code for finding in check(corpus(markdown(body=f"# Title\n\n{BODY}")))}


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("{cite:p}`a`", [("a", "", "")]),
        ("{cite:p}`a,b`", [("a", "", ""), ("b", "", "")]),
        ("{cite:p}` a , b `", [("a", "", ""), ("b", "", "")]),
        ("{cite:p}`a{Table 2},b{p. 4, note 1}`", [("a", "", "Table 2"), ("b", "", "p. 4, note 1")]),
        ("{cite:p}`{see}a{Table 2}`", [("a", "see", "Table 2")]),
        ("{cite:p}`{see} a {Table 2} , b`", [("a", "see", "Table 2"), ("b", "", "")]),
        ("{cite:p}``a``", [("a", "", "")]),
        ("{cite:p}`a:b/c.d_e+f-g`", [("a:b/c.d_e+f-g", "", "")]),
    ],
)
def test_a_citation_has_keys_with_notes_and_locators(role: str, keys: list[tuple[str, str, str]]) -> None:
    document = read(f"Before {role} after")
    (citation,) = document.citations
    assert [(cited.key, cited.before, cited.locator) for cited in citation.keys] == keys
    assert [document.source.cut(cited.span) for cited in citation.keys] == [key for key, _, _ in keys]
    assert document.source.cut(citation.span) == role
    assert document.problems == ()


@pytest.mark.parametrize("content", [" ", ",", "a,", "a,,b", "a b", "{a}", "a{b", "a{}", "{a}{b}c", "a;b c"])
def test_what_is_no_list_of_keys_is_a_problem(content: str) -> None:
    document = read(f"{{cite:p}}`{content}` x")
    assert [problem.kind for problem in document.problems] == ["malformed-citation"]
    assert document.source.cut(document.problems[0].span) == f"{{cite:p}}`{content}`"


def test_a_citation_over_two_lines_of_a_list_keeps_its_places() -> None:
    document = read("- text {cite:p}`first,\n  second{Table\n  2}` text")
    assert [document.source.cut(cited.span) for cited in document.citations[0].keys] == ["first", "second"]


def test_citations_and_answers_know_where_they_stand() -> None:
    document = read("## A\n\n{q}`1` x {cite:p}`a` {q}`2` y {cite:t}`b`\n\n### B\n\n{cite:p}`c`\n\n## C\n\n{cite:p}`d`")
    assert [(citation.role, citation.section, citation.question) for citation in document.citations] == [
        ("p", 0, "1"), ("t", 0, "2"), ("p", 1, "2"), ("p", 2, None),
    ]  # fmt: skip
    assert [(marker.question, marker.section) for marker in document.markers] == [("1", 0), ("2", 0)]
    for citation in document.citations:
        assert citation.span in [run.span for run in document.blocks[citation.block].runs]


def test_figures_tables_labels_and_references() -> None:
    document = read("""\
(a-place)=
:::{figure} figures/a.svg
:name: fig-a
:alt: A curve

A *caption*.
:::

![bare](b.png)

:::{list-table} Two things
:name: tab-a
:header-rows: 1

* - x
:::

| x |
|---|
| y |

See {numref}`fig-a` and {ref}`that place <a-place>`.
""")
    cut = document.source.cut
    assert [(figure.file, figure.alt, figure.name, figure.has_caption) for figure in document.figures] == [
        ("figures/a.svg", "A curve", "fig-a", True), ("b.png", "bare", "", False),
    ]  # fmt: skip
    assert cut(document.figures[0].span) == "figures/a.svg"
    assert [(table.name, table.has_header, table.has_caption) for table in document.tables] == [
        ("tab-a", True, True), ("", True, False),
    ]  # fmt: skip
    assert {label.name: label.kind for label in document.labels} == {
        "a-place": "figure", "fig-a": "figure", "tab-a": "table",
    }  # fmt: skip
    assert all(label.name == cut(label.span) for label in document.labels)
    assert [(reference.role, reference.label, cut(reference.span)) for reference in document.references] == [
        ("numref", "fig-a", "{numref}`fig-a`"), ("ref", "a-place", "{ref}`that place <a-place>`"),
    ]  # fmt: skip
    assert document.problems == ()


@pytest.mark.parametrize(
    ("body", "target", "text", "written"),
    [
        ("see [a *b*](https://x.org 'T') x", "https://x.org", "a b", "[a *b*](https://x.org 'T')"),
        ("<https://x.org>", "https://x.org", "https://x.org", "<https://x.org>"),
        ("<a@x.org>", "mailto:a@x.org", "a@x.org", "<a@x.org>"),
        ("[a][b] x\n\n[b]: https://x.org", "https://x.org", "a", "[a][b]"),
        ("[b] x\n\n[b]: https://x.org", "https://x.org", "b", "[b]"),
        ("- x\n  [a](#here)", "#here", "a", "[a](#here)"),
        ("[![i](i.svg)](#here)", "#here", "", "[![i](i.svg)](#here)"),
    ],
)
def test_links_are_read_with_their_text_and_place(body: str, target: str, text: str, written: str) -> None:
    document = read(body)
    (link,) = document.links
    assert (link.target, link.text, document.source.cut(link.span)) == (target, text, written)


@pytest.mark.parametrize(
    ("body", "kind", "written"),
    [
        ("# T", "title-heading", "# T"),
        ("a <b>c", "raw-html", "<b>"),
        ("<div>\n", "raw-html", "<div>"),
        ("***", "thematic-break", "***"),
        ("+++", "block-break", "+++"),
        ("{nope}`x` y", "unknown-role", "{nope}"),
        (":::{nope}\nx\n:::", "unknown-directive", "{nope}"),
        (":::{figure} a.svg\n:nope: 1\n:::", "unknown-option", "nope"),
    ],
)
def test_what_an_analysis_may_not_hold_is_a_problem_with_its_place(body: str, kind: str, written: str) -> None:
    document = read(body)
    problem = next(problem for problem in document.problems if problem.kind == kind)
    assert document.source.cut(problem.span) == written


def test_directives_nested_too_deeply_are_a_problem_not_a_traceback() -> None:
    body = "".join(f"{':' * (40 - depth)}{{note}}\n" for depth in range(30)) + "x\n"
    assert "too-deep" in {problem.kind for problem in read(body).problems}


# ---- The abstract, which YAML has read before


@pytest.mark.parametrize(
    "field",
    [
        "abstract: |\n  One {cite:p}`key` two.\n",
        "abstract: |-\n\n  Words,\n  then *one* {cite:p}`key` two.\n",
        "abstract: One {cite:p}`key` two.\n",
        'abstract: "It is one \\"thing\\" {cite:p}`key` two."\n',
        "abstract: 'It''s one {cite:p}`key` two.'\n",
        "abstract: >\n  One\n  or more {cite:p}`key` two.\n",
        "abstract: It goes\n  on here\n  {cite:p}`key` two.\n",
    ],
)
def test_the_abstract_keeps_its_places_however_it_is_written(field: str) -> None:
    header = HEADER.replace("abstract: |\n  Two ways of sorting letters are compared.\n", field)
    document = read("x", header)
    assert [document.source.cut(cited.span) for cited in document.citations[0].keys] == ["key"]
    assert document.source.cut(document.citations[0].span) == "{cite:p}`key`"


def test_the_abstract_comes_first_and_stands_in_no_section() -> None:
    document = read("## A\n\nx", HEADER)
    assert [(block.kind, block.section) for block in document.blocks] == [
        ("abstract", None), ("heading", 0), ("paragraph", 0),
    ]  # fmt: skip
