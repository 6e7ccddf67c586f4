"""SEC: what is refused, where it stands, and what looks similar but is harmless."""

from pathlib import Path

import pytest

from corpora import BODY, markdown, png, spoiled, with_picture, write_project
from diptych.check import check
from diptych.errors import DataError
from diptych.model.corpus import Corpus
from diptych.parse.corpus import read_corpus
from diptych.settings import find_project

ALT = "Two curves over the length of the input; the second stays below the first."


def found(made: Corpus) -> list[tuple[str, int, int, str]]:
    """Code, line, column and text of each finding about safety; an example begins in line 21."""
    return [
        (item.code, item.span.line, item.span.column, made.source(item.span.path).cut(item.span))
        for item in check(made)
        if item.code.startswith("SEC")
    ]


def found_in(text: str) -> list[tuple[str, int, int, str]]:
    """The findings of a text in the first section."""
    return found(spoiled([("md", text)]))


def figure(file: str) -> str:
    """A figure that the text refers to."""
    return f"See {{numref}}`s`.\n\n```{{figure}} {file}\n:name: s\n:alt: {ALT}\n\nSteps by length of input.\n```"


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "Text <br> text.", "<div>\nx\n</div>", "<script>x</script>", "<!-- a --> <b>"]
)
def test_html_is_refused(text: str) -> None:
    assert {item[0] for item in found_in(text)} == {"SEC001"}


@pytest.mark.parametrize("text", ["1 < 2 and 3 > 2", "`<b>`", "a <ada@example.org> b", "% <b>", "\\<b>"])
def test_a_less_than_sign_is_no_html(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    "name",
    ["include", "literalinclude", "raw", "eval-rst", "code-cell", "plot", "ipython", "jupyter-execute",
     "program-output", "ifconfig", "graphviz", "automodule", "=html", "=latex", "INCLUDE"],
)  # fmt: skip
def test_a_dangerous_directive_is_told_from_an_unknown_one(name: str) -> None:
    made = spoiled([("md", f"```{{{name}}} x\n```")])
    assert found(made) == [("SEC003", 21, 4, f"{{{name}}}")]
    assert "MKP001" not in {finding.code for finding in check(made)}


@pytest.mark.parametrize("option", ["file: a.csv", "url: https://example.org/a.csv"])
def test_a_directive_that_reads_a_file_by_an_option_is_dangerous(option: str) -> None:
    assert found_in(f"```{{csv-table}} Steps.\n:{option}\n```") == [("SEC003", 21, 4, "{csv-table}")]


@pytest.mark.parametrize("text", ["```{dropdown} x\n```", "```{csv_table} Steps.\na, b\n```"])
def test_an_unknown_directive_is_only_unknown(text: str) -> None:
    made = spoiled([("md", text)])
    assert {finding.code for finding in check(made)} == {"MKP001"}


def test_a_dangerous_directive_within_another_is_found() -> None:
    assert found_in("````{note}\nText.\n\n```{include} x\n```\n````") == [("SEC003", 24, 4, "{include}")]


def test_code_that_shows_a_directive_is_harmless() -> None:
    assert found_in("````\n```{include} x\n```\n````") == []


@pytest.mark.parametrize("name", ["download", "eval", "raw", "raw-html", "include"])
def test_a_dangerous_role_is_told_from_an_unknown_one(name: str) -> None:
    made = spoiled([("md", f"Text {{{name}}}`x` here.")])
    assert found(made) == [("SEC004", 21, 6, f"{{{name}}}")]
    assert "MKP002" not in {finding.code for finding in check(made)}


# -- formulas


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (r"A $\input{a}$.", (21, 4, r"\input")),
        (r"A $x \write18{ls}$.", (21, 6, r"\write")),
        (r"A {math}`\openin1=a`.", (21, 10, r"\openin")),
        (r"A $\csname input\endcsname$.", (21, 4, r"\csname")),
        (r"A $\catcode`\%=12$.", (21, 4, r"\catcode")),
        (r"A $^^5cinput{a}$.", (21, 4, "^^5")),
        (r"A $\begin{filecontents}{a}x\end{filecontents}$.", (21, 4, r"\begin{filecontents}")),
        (r"A $\end{document}$.", (21, 4, r"\end{document}")),
        (r"A $\input@path$.", (21, 4, r"\input")),
        (r"A $\includegraphics{a}$.", (21, 4, r"\includegraphics")),
        (r"A $\newcommand{\x}{y}$.", (21, 4, r"\newcommand")),
        (r"A $\pdffiledump{a}$.", (21, 4, r"\pdffiledump")),
        ("$$\na\n\\let\\b\\c\n$$", (23, 1, r"\let")),
        ("\\begin{align}\na &= \\read1 b\n\\end{align}", (22, 6, r"\read")),
        ("```{math}\n:label: e\n\n\\def\\a{b}\n```", (24, 1, r"\def")),
        ("- A list\n\n  $$\n  \\special{a}\n  $$", (24, 3, r"\special")),
    ],
)
def test_a_command_that_has_no_place_in_a_formula_is_found(text: str, place: tuple[int, int, str]) -> None:
    assert found_in(text)[0] == ("SEC005", *place)


@pytest.mark.parametrize(
    "formula",
    [
        r"\operatorname{input}(x) \le \text{write, read and let}",
        r"\left( \frac{a}{b} \right) \iff \infty, \lfloor x \rfloor",
        r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
        r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
        r"\theta \notin \Theta, \ell_{ij}, \mathbb{E}[x], \hat{x}^2, \dots",
        r"x \in \{a, b\}, \% \$ \& \_ \# \, \; \!",
    ],
)
def test_notation_is_accepted(formula: str) -> None:
    assert found_in(f"A ${formula}$ here.") == []


def test_code_that_shows_a_command_is_harmless() -> None:
    assert found_in(r"The code `\input{a}` is shown.") == []


# -- links


@pytest.mark.parametrize(
    ("text", "column", "place"),
    [
        ("See [all](javascript:go()) here.", 11, "javascript:go("),
        ("See [all](<JavaScript:go>) here.", 12, "JavaScript:go"),
        ("See [all](data:text/html,x).", 11, "data:text/html,x"),
        ("See [all](file:///etc/passwd).", 11, "file:///etc/passwd"),
        ("See [all](ftp://example.org/a).", 5, "[all](ftp://example.org/a)"),
        ("See [all](//example.org/a).", 5, "[all](//example.org/a)"),
        ("See <vbscript:go>.", 6, "vbscript:go"),
        ("See <tel:123456>.", 5, "<tel:123456>"),
        ("[all]: javascript:go", 8, "javascript:go"),
    ],
)
def test_a_link_with_another_scheme_is_found(text: str, column: int, place: str) -> None:
    assert found_in(text) == [("SEC006", 21, column, place)]


def test_the_definition_of_a_target_is_found_where_it_stands() -> None:
    text = "See [the steps][all] and [them again][all].\n\n[all]: ftp://example.org/a"
    assert found_in(text) == [("SEC006", 23, 1, "[all]: ftp://example.org/a")]


@pytest.mark.parametrize(
    "text",
    [
        "See [all of it](https://example.org/a), [more](HTTP://example.org) or [Ada](mailto:ada@example.org).",
        "See [the reply](../b/index.md) and [a place](#here).",
        "Note [a](b) javascript: is a scheme, `[x](javascript:go)` is code.",
    ],
)
def test_a_link_to_the_web_or_the_site_is_safe(text: str) -> None:
    assert found_in(text) == []


# -- figures


@pytest.mark.parametrize("file", ["https://example.org/a.svg", "//example.org/a.svg", "data:image/png;base64,AA=="])
def test_an_image_from_elsewhere_is_found(file: str) -> None:
    assert found_in(figure(file)) == [("SEC007", 23, 13, file)]
    assert found_in(f"![{ALT}]({file})") == [("SEC007", 21, 1, f"![{ALT}]({file})")]


@pytest.mark.parametrize(
    "file", ["../b/a.svg", "figures/../../a.svg", "/etc/a.svg", "..\\a.svg", "C:\\a.svg", "figures\\a.svg", "~/a.svg"]
)
def test_a_path_that_leaves_the_folder_is_found(file: str) -> None:
    assert found_in(figure(file)) == [("SEC008", 23, 13, file)]


@pytest.mark.parametrize("file", ["a.svg", "figures/a..b.svg", "./a.svg"])
def test_a_path_within_the_folder_is_safe(file: str) -> None:
    assert found_in(figure(file)) == []


def test_a_link_of_the_file_system_must_stay_in_the_folder(tmp_path: Path) -> None:
    write_project(tmp_path, spoiled([("md", figure("a.svg"))]).documents[0].source.text)
    folder = tmp_path / "analyses" / "a"
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (folder / "a.svg").symlink_to(tmp_path / "secret.svg")
    assert found(read_corpus(find_project(tmp_path))) == [("SEC008", 23, 13, "a.svg")]
    (folder / "a.svg").unlink()
    (folder / "own.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (folder / "a.svg").symlink_to("own.svg")
    assert found(read_corpus(find_project(tmp_path))) == []


def test_a_loop_of_links_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    write_project(tmp_path, spoiled([("md", figure("a.svg"))]).documents[0].source.text)
    folder = tmp_path / "analyses" / "a"
    (folder / "a.svg").symlink_to("b.svg")
    (folder / "b.svg").symlink_to("a.svg")
    assert "FIG004" in {finding.code for finding in check(read_corpus(find_project(tmp_path)))}


def test_an_escaped_path_cannot_leave_the_folder_either(tmp_path: Path) -> None:
    write_project(tmp_path, spoiled([("md", f"![{ALT}](%2e%2e/b/a.svg)")]).documents[0].source.text)
    assert [item[0] for item in found(read_corpus(find_project(tmp_path)))] == ["SEC008"]


def test_an_unsafe_svg_is_found_within_the_file() -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n  <rect onclick="go()"/>\n</svg>'
    made = with_picture(spoiled([("md", figure("a.svg"))]), picture)
    assert found(made) == [("SEC009", 2, 9, 'onclick="go()"')]
    assert str(check(made)[0].span) == "analyses/a/a.svg:2:9"


def test_a_large_file_is_found() -> None:
    made = spoiled([("md", figure("a.png"))])
    assert found(with_picture(made, png(1600, 900, 2_000_001))) == [("SEC010", 23, 13, "a.png")]
    assert found(with_picture(made, png(1600, 900, 2_000_000))) == []


def test_a_file_that_is_too_large_to_look_into_is_found(tmp_path: Path) -> None:
    write_project(tmp_path, spoiled([("md", figure("a.svg"))]).documents[0].source.text)
    (tmp_path / "analyses" / "a" / "a.svg").write_bytes(b"<svg>" + b" " * 4_000_000)
    assert [item[0] for item in found(read_corpus(find_project(tmp_path)))] == ["SEC010"]


def test_a_very_long_analysis_is_found_and_hides_no_other(tmp_path: Path) -> None:
    # one letter, more than one analysis may have; braces cost markdown-it the square of their number
    text = markdown().ljust(250_000, "{")
    root = write_project(tmp_path, text + "{", markdown(body=BODY + "\n<b>\n"))
    made = read_corpus(find_project(root), passes_over=True)
    assert [(finding.code, str(finding.span)) for finding in check(made)] == [
        ("SEC010", "analyses/a/index.md:1:1"), ("SEC001", "analyses/b/index.md:27:1"),
    ]  # fmt: skip
    assert "251 kB, more than 250 kB" in check(made)[0].message
    with pytest.raises(DataError, match=r"analyses/a/index\.md:1:1: the file has 251 kB"):
        read_corpus(find_project(root))


def test_an_oversized_bibliography_is_an_error_and_not_read(tmp_path: Path) -> None:
    root = write_project(tmp_path, bibliography="{" * 1001)
    (root / "diptych.toml").write_text("[thresholds]\nbibliography_kilobytes = 1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bib/letters\.bib:1:1: the file has 2 kB, more than 1 kB"):
        read_corpus(find_project(root), passes_over=True)
