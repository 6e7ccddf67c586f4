"""What a paper cannot set stops the build, with the place of everything that is wrong."""

from __future__ import annotations

import pytest
from sphinx.errors import ConfigError, ExtensionError

from diptych.latex.images import convert_svg
from diptych.latex.mathematics import faults
from diptych.latex.writer import UnsupportedError

FOREIGN = """
from docutils import nodes

class gadget(nodes.paragraph):
    pass

def swap(app, doctree):
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if paragraph.astext() == "gadget":
            other = gadget("", "gadget")
            other.line, other.source = paragraph.line, paragraph.source
            paragraph.replace_self(other)

def setup(app):
    app.add_node(gadget)
    app.connect("doctree-read", swap)
"""


def test_unknown_node_is_refused_with_its_place(write_papers, tmp_path, monkeypatch):
    (tmp_path / "gadgets.py").write_text(FOREIGN)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UnsupportedError) as refused:
        write_papers(
            "## Report\n\nFine.\n\ngadget\n\n$\\input{x}$ {cite:p}`nguyen2020`",
            extensions="diptych.sphinxext,diptych.latex,gadgets",
        )
    # also a class that stands for a paragraph: no rule of a parent class is used for it
    assert str(refused.value) == (
        "analyses/boats/index.md:22: a paper has no way to set <gadget>\n"
        'analyses/boats/index.md:24: the command "\\input" is not allowed in mathematics'
    )


@pytest.mark.parametrize(
    ("maths", "reason"),
    [
        (r"\input{/etc/passwd}", r'the command "\input" is not allowed in mathematics'),
        (r"\immediate\write18{ls}", r'the command "\immediate" is not allowed in mathematics'),
        (r"\loop\iffalse\repeat", r'the command "\loop" is not allowed in mathematics'),
        (r"\catcode`\%=12", r'the command "\catcode" is not allowed in mathematics'),
        (r"\def\x{\x}\x", r'the command "\def" is not allowed in mathematics'),
        (r"\csname input\endcsname{x}", r'the command "\csname" is not allowed in mathematics'),
        ("^^5cinput{x}", "two carets in a row have a special meaning in TeX"),
        ("a $ b", "mathematics must not begin or end mathematics"),
        (r"a \) b", "mathematics must not begin or end mathematics"),
        ("a}{b", "the braces in mathematics do not match"),
        ("50%", "a bare % in mathematics hides the rest of the line"),
        (r"\end{document}", 'the environment "document" is not allowed in mathematics'),
        (r"\end{equation*} x \begin{equation*}", r"\end{equation*} has no \begin that matches"),
        (r"\begin{filecontents}{x}\end{filecontents}", 'the environment "filecontents" is not allowed in mathematics'),
    ],
)
def test_harmful_mathematics_is_refused(maths, reason):
    assert reason in [fault for fault, _ in faults(maths)]


@pytest.mark.parametrize(
    "maths",
    [
        r"x \iff y, \theta \leq \ell, \text{if } x > 50\%", r"\left( \frac{a}{b} \right) \{1, 2\}",
        r"\begin{pmatrix} a & b \\[2pt] c & d \end{pmatrix}", r"\operatorname*{arg\,max}_{\theta} \mathbb{E}",
        r"\boxed{\sqrt[3]{x}} \longrightarrow \infty \copyright", r"\sum_{i=1}^{n^{2}} \hat{x}_i \,\mathrm{d}x",
    ],
)  # fmt: skip
def test_ordinary_mathematics_passes(maths):
    assert faults(maths) == []


@pytest.mark.parametrize(
    "content",
    [
        '<image href="file:///etc/passwd"/>', '<image xlink:href="https://example.org/x.png"/>',
        '<style>@import "x.css";</style>', '<rect style="fill: url(http://example.org/#a)"/>',
        '<use href="other.svg#part"/>',
    ],
)  # fmt: skip
def test_figure_that_reaches_outside_is_refused(tmp_path, content):
    figure = tmp_path / "figure.svg"
    figure.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{content}</svg>')
    with pytest.raises(ExtensionError, match=r"figure\.svg:2: .* outside its file"):
        convert_svg(figure, tmp_path / "figure.pdf")


def test_missing_converter_is_explained(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExtensionError, match="rsvg-convert is needed"):
        convert_svg(tmp_path / "figure.svg", tmp_path / "figure.pdf")


@pytest.mark.tex
def test_converted_figure_is_always_the_same(tmp_path):
    figure = tmp_path / "figure.svg"
    figure.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>')
    convert_svg(figure, tmp_path / "a.pdf")
    convert_svg(figure, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_all_missing_characters_are_named_with_their_lines(write_papers):
    with pytest.raises(UnsupportedError) as refused:
        write_papers("## Report\n\nFirst line.\nHere: ⌘, then *☂*\nand `中`.\n\n$x Ж$ {cite:p}`nguyen2020{№ 1}`")
    places = [line.partition(": the fonts of a paper lack the character ") for line in str(refused.value).split("\n")]
    assert [(place, char) for place, found, char in places if found] == [
        ("analyses/boats/index.md:21", "⌘ (U+2318)"),
        ("analyses/boats/index.md:21", "☂ (U+2602)"),
        ("analyses/boats/index.md:22", "中 (U+4E2D)"),
        ("analyses/boats/index.md:24", "Ж (U+0416)"),
        ("analyses/boats/index.md:24", "№ (U+2116)"),
    ]


def test_table_width_is_a_share_of_the_line(write_papers):
    table = ":::{table} Caption.\n:width: 8cm\n\n| A |\n|--|\n| x |\n:::"
    with pytest.raises(UnsupportedError, match='a table cannot be "8cm" wide in a paper'):
        write_papers(f"## Report\n\n{table}")


def test_unknown_citation_style_is_explained(write_papers):
    with pytest.raises(ConfigError, match="diptych_citation_style must be one of numbers, author-year"):
        write_papers("## Report", diptych_citation_style="letters")


def test_unknown_mode_is_explained(write_papers):
    with pytest.raises(ConfigError, match="diptych_mode must be one of preprint, final, submission"):
        write_papers("## Report", diptych_mode="draft")


def test_broken_figure_names_itself(tmp_path):
    figure = tmp_path / "figure.svg"
    figure.write_text("<svg>")
    with pytest.raises(ExtensionError, match=r"figure\.svg: rsvg-convert cannot draw this figure"):
        convert_svg(figure, tmp_path / "figure.pdf")


def test_project_without_analyses_is_an_error(write_papers):
    with pytest.raises(ExtensionError, match="no analysis found"):
        write_papers()
