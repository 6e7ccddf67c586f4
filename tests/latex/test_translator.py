"""From Markdown to LaTeX: each construct of the dialect, and exactly what is typed for it."""

# ruff: noqa: E501  what is typed and what is read is compared line by line
from __future__ import annotations

import pytest

CASES = {
    "Inline": (
        "*Emphasis*, **strong**, `code_word --x`, H{sub}`2`O, 10{sup}`3`, 50% & #1 in a_b {x} ~ ^ and a\\\\b.",
        r"\emph{Emphasis}, \textbf{strong}, \texttt{code\_\allowbreak{}word -{}-x}, H\textsubscript{2}O, "
        r"10\textsuperscript{3}, 50\% \& \#1 in a\_b \{x\} \textasciitilde{} \textasciicircum{} and a\textbackslash{}b.",
    ),
    "Sentences": (
        "One sentence.\nAnother one, \"quoted\", it's -- as said ---\n'here'...\n\nA new paragraph.",
        "One sentence.\nAnother one, ``quoted'', it's -- as said ---\n`here'\\ldots{}\n\nA new paragraph.",
    ),
    "Characters": (
        "Nguyễn, Łukasz, ß, x ≤ y ≈ α, 10⁻³, a → b, 4\u202fs, no\u00a0break",
        r"Nguyễn, Łukasz, ß, x $\leq$ y $\approx$ $\alpha$, 10$^{-3}$, a $\rightarrow$ b, 4\,s, no~break",
    ),
    "Markers": (
        "{q}`1` First words. Then {q}`2` others.\n\n{q}`1`\nOn a line of its own.",
        "First words. Then others.\n\nOn a line of its own.",
    ),
    "Citations": (
        "{cite:t}`nguyen2020` and {cite:p}`lukasz2021{Table 2}`, {cite:p}`{see}nguyen2020{p. 3 [sic]}`,\n"
        "{cite:p}`nguyen2020,lukasz2021{Section A}`, {cite:p}`nguyen2020{p. 1},lukasz2021`,\n"
        "{cite:author}`nguyen2020` {cite:yearpar}`nguyen2020` {cite:ct}`nguyen2020` {cite:alps}`nguyen2020`",
        r"\citet{nguyen2020} and \citep[Table~2]{lukasz2021}, \citep[see][{p.~3 [sic]}]{nguyen2020}," "\n"
        r"\citep[Section~A]{nguyen2020,lukasz2021}, \citetext{\citealp[p.~1]{nguyen2020}; \citealp{lukasz2021}}," "\n"
        r"\citeauthor{nguyen2020} \citeyearpar{nguyen2020} \Citet{nguyen2020} \citealp*{nguyen2020}",
    ),
    "Links": (
        "[A page](https://example.org/a_b?c=1%202#d) and <https://example.org/x_y%20z#end> and <mailto:a_b@example.org>.",
        r"\href{https://example.org/a_b?c=1\%202\#d}{A page} and \url{https://example.org/x_y\%20z\#end} and "
        r"\href{mailto:a_b@example.org}{\nolinkurl{a_b@example.org}}.",
    ),
    "Lists": (
        "Before.\n\n- one\n- two\n  more\n\n  second paragraph\n  - nested\n- [brackets]\n\n3. three\n4. four\n   1. inner\n\nAfter.",
        "Before.\n\n\\begin{itemize}\n\\item one\n\\item two\nmore\n\nsecond paragraph\n\\begin{itemize}\n\\item nested\n"
        "\\end{itemize}\n\\item {}[brackets]\n\\end{itemize}\n\n\\begin{enumerate}\n\\setcounter{enumi}{2}\n\\item three\n"
        "\\item four\n\\begin{enumerate}\n\\item inner\n\\end{enumerate}\n\\end{enumerate}\n\nAfter.",
    ),
    "Definitions": (
        "Keel\n: The lowest part.\n\nMast *tall*\n: It carries sails.",
        "\\begin{description}\n\\item[{Keel}] The lowest part.\n\\item[{Mast \\emph{tall}}] It carries sails.\n"
        "\\end{description}",
    ),
    "Quotes": (
        "> Quoted.\n\n:::{note}\nMind the *gap*.\n:::\n\n:::{admonition} By the way\nFirst.\n\nSecond.\n:::",
        "\\begin{quote}\nQuoted.\n\\end{quote}\n\n\\begin{quote}\n\\textbf{Note.} Mind the \\emph{gap}.\n\\end{quote}\n\n"
        "\\begin{quote}\n\\textbf{By the way.} First.\n\nSecond.\n\\end{quote}",
    ),
    "Code": (
        "```python\nx = {1: 'é'}  # 50%\n```\n\n```\nplain --text\n```",
        "\\begin{Verbatim}[commandchars=\\\\\\{\\}]\nx = \\{1: \\textquotesingle{}é\\textquotesingle{}\\}  \\# 50\\%\n"
        "\\end{Verbatim}\n\n\\begin{Verbatim}\nplain --text\n\\end{Verbatim}",
    ),
    "Listings": (
        ":::{code-block} text\n:caption: Some *code*.\n:name: lst-x\n\nx\n:::\n\nSee {numref}`lst-x`.",
        "\\begin{listing}\n\\begin{Verbatim}\nx\n\\end{Verbatim}\n\\caption{Some \\emph{code}.}\\label{lst-x}\n"
        "\\end{listing}\n\nSee Listing~\\ref{lst-x}.",
    ),
    "Mathematics": (
        "Here $a_1 ≤ b$ holds and\n\n$$\nE = mc^2\n$$ (energy)\n\nwhere $m$ is a mass; see {eq}`energy`.\n\n"
        "$$\na &= b \\\\\nc &= d\n$$\n\nNext.\n\n\\begin{align*}\nx &= y\n\\end{align*}",
        "Here $a_1 \\leq  b$ holds and\n\\begin{equation}\\label{energy}\nE = mc^2\n\\end{equation}\n"
        "where $m$ is a mass; see \\eqref{energy}.\n\\begin{equation*}\n\\begin{aligned}\na &= b \\\\\nc &= d\n"
        "\\end{aligned}\n\\end{equation*}\n\nNext.\n\\begin{align*}\nx &= y\n\\end{align*}",
    ),
    "Footnotes": (
        "A note.[^n] Again.[^n]\n\n[^n]: It says 100% of <https://example.org/%7E#x>.",
        "A note.\\footnote{It says 100\\% of \\url{https://example.org/\\%7E\\#x}.} Again.\\footnotemark[1]",
    ),
    "Figures": (
        ":::{figure} hull.svg\n:name: fig-hull\n:alt: A hull with 100% paint\n:width: 80%\n\nA hull.\nSeen from *above*.\n:::\n\n"
        "{numref}`fig-hull` and {numref}`figure %s here <fig-hull>`.",
        "\\begin{figure}\n\\centering\n\\includegraphics[width=0.8\\linewidth, alt={A hull with 100\\% paint}]{hull.pdf}\n"
        "\\caption{A hull.\nSeen from \\emph{above}.}\\label{fig-hull}\n\\end{figure}\n\n"
        "Figure~\\ref{fig-hull} and figure~\\ref{fig-hull} here.",
    ),
    "Tables": (
        "| Boat | Weight | Note |\n|:--|--:|:-:|\n| A | 12 | [x] |\n| [B] | 3 | 5% |",
        "\\begin{center}\n\\begin{tabular}{lrc}\n\\toprule\nBoat & Weight & Note \\\\\n\\midrule\nA & 12 & [x] \\\\\n"
        "{}[B] & 3 & 5\\% \\\\\n\\bottomrule\n\\end{tabular}\n\\end{center}",
    ),
    "Captioned": (
        ":::{table} Weights of {cite:t}`nguyen2020`.\n:name: tab-w\n\n| Boat |\n|--|\n| A[^t] |\n:::\n\n"
        "See {numref}`tab-w`.\n\n[^t]: Empty.",
        "\\begin{table}\n\\caption{Weights of \\citet{nguyen2020}.}\\label{tab-w}\n\\centering\n\\begin{tabular}{l}\n"
        "\\toprule\nBoat \\\\\n\\midrule\nA\\footnotemark[2] \\\\\n\\bottomrule\n\\end{tabular}\n\\end{table}\n"
        "\\footnotetext[2]{Empty.}\\setcounter{footnote}{2}%\n\nSee Table~\\ref{tab-w}.",
    ),
    "Widths": (
        ":::{list-table}\n:header-rows: 1\n:widths: 1 3\n\n* - A\n  - B\n* - c\n  - - one\n    - two\n:::",
        "\\begin{center}\n\\begin{tabular}{P{0.250}P{0.750}}\n\\toprule\nA & B \\\\\n\\midrule\n"
        "c & \\textbullet~one \\par \\textbullet~two \\\\\n\\bottomrule\n\\end{tabular}\n\\end{center}",
    ),
    "Sections": (
        "(sec:deep)=\n### Deep\n\n#### Deeper\n\nText in {ref}`sec:deep`, {numref}`sec:deep`, [here](#sec:deep).\n\n##### Deepest\n\nEnd.",
        "\\subsection{Deep}\\label{sec:deep}\n\n\\subsubsection{Deeper}\n\nText in \\hyperref[sec:deep]{Deep}, "
        "Section~\\ref{sec:deep}, \\hyperref[sec:deep]{here}.\n\n\\paragraph{Deepest}\n\nEnd.",
    ),
    "Headings": (
        "### With $x^2$ and {cite:p}`nguyen2020`\n\nText.",
        "\\subsection{\\texorpdfstring{With $x^2$ and \\citep{nguyen2020}}{With and}}\n\nText.",
    ),
    "Greek": (
        "### “β-VAE” – x ≤ 3\n\nText.",
        "\\subsection{\\texorpdfstring{``$\\beta$-VAE'' -- x $\\leq$ 3}{“beta-VAE” – x <= 3}}\n\nText.",
    ),
    "Breaks": ("One\\\ntwo.\n\n% a comment\n\nThree.", "One\\\\\ntwo.\n\nThree."),
}  # fmt: skip


@pytest.fixture(scope="module")
def written(write_papers):
    return write_papers("\n\n".join(f"## {title}\n\n{markdown}" for title, (markdown, _) in CASES.items()))


@pytest.mark.parametrize("title", CASES)
def test_translates(written, title):
    assert written.sections()[title] == CASES[title][1]


def test_writes_without_warnings(written):
    assert written.warnings == ""


def test_uses_no_macro_of_sphinx(written):
    assert "sphinx" not in written.tex().lower()


def test_loads_packages_only_when_needed(write_papers):
    tex = write_papers("## Report\n\nNothing but text {cite:p}`nguyen2020`.").tex()
    assert not [name for name in ("booktabs", "tabularx", "graphicx", "fancyvrb", "longtable", "float") if name in tex]


def test_wide_table_breaks_its_lines(write_papers):
    long = "a rather long remark that goes on and on until it no longer fits on one line of a page at all"
    tex = write_papers(f"## Report\n\n| A | B |\n|--|--|\n| x | {long} |\n\n{{cite:p}}`nguyen2020`").body()
    assert "\\begin{tabularx}{\\linewidth}{lZ}" in tex


def test_long_table_goes_on_over_pages(write_papers):
    tex = write_papers(
        "## Report\n\n:::{table} All.\n:class: longtable\n\n| A |\n|--|\n| x |\n:::\n\n{cite:p}`nguyen2020`"
    ).body()
    assert "\\begin{longtable}{l}\n\\caption{All.}\\\\\n\\toprule\nA \\\\\n\\midrule\n\\endfirsthead\n" in tex


def test_front_matter_makes_the_title_block(written):
    tex = written.tex()
    assert "\\title{Two boats: a comparison}" in tex
    assert (
        "\\author{\n  Zoë Example \\\\\n  University of Æ \\& Co \\\\\n  \\texttt{zoe\\_e@example.org} \\\\\n"
        "  \\And\n  Łukasz Other \\\\\n}" in tex
    )
    assert "pdftitle={Two boats: a comparison}" in tex
    assert "pdfauthor={Zoë Example, Łukasz Other}" in tex
    assert "pdfkeywords={boats, 100\\% sails}" in tex
    assert "\\begin{abstract}\nWe weigh two boats.\nOne is \\emph{heavier}.\n\\end{abstract}\n" in tex


def test_selected_papers_come_unnumbered_after_the_abstract(written):
    tex = written.tex()
    assert tex.index("\\end{abstract}") < tex.index("\\section*{Chosen papers}") < tex.index("\\section{Inline}")


def test_appendix_and_acknowledgments(write_papers):
    text = "## Report\n\n{cite:p}`nguyen2020`\n\n## Acknowledgments\n\nThanks, Ann.\n\n## Appendix\n\n### More\n\nEnd."
    tex = write_papers(text).tex()
    assert "\\begin{ack}\nThanks, Ann.\n\\end{ack}\n\n{\\small\n" in tex
    assert "\\bibliography{boats}\n}\n\n\\appendix\n\n\\section{More}\n\nEnd.\n" in tex
    assert "Ann" not in write_papers(text, diptych_mode="submission").tex()


def test_anonymous_paper_names_nobody(write_papers):
    tex = write_papers("## Report\n\n{cite:p}`nguyen2020`", diptych_mode="submission").tex()
    assert "\\usepackage{neurips_diptych}" in tex
    assert "Zoë" not in tex
    assert "pdfauthor" not in tex
    assert "University" not in tex


def test_links_to_other_analyses_lead_to_the_site(write_papers):
    text = "## Report\n\n{cite:p}`nguyen2020`"
    written = write_papers("## Report\n\n[That](../ships/index.md) and {cite:p}`nguyen2020`.", others={"ships": text})
    assert written.warnings == ""
    assert r"\href{https://boats.example/analyses/ships/index.html}{That}" in written.body()


def test_references_in_the_order_of_the_page(write_papers):
    # the list says nguyen first or lukasz first; where LaTeX would meet them otherwise, it is told
    tex = write_papers("## Report\n\n{cite:p}`lukasz2021` and {cite:p}`nguyen2020`").tex()
    assert "\\bibliographystyle{unsrtnat}\n\\bibliography{boats}" in tex
    assert "\\PassOptionsToPackage{numbers}{natbib}" in tex
    assert "\\nocite{nguyen2020,lukasz2021}" in tex


def test_author_year_is_one_setting(write_papers):
    tex = write_papers("## Report\n\n{cite:p}`nguyen2020`", diptych_citation_style="author-year").tex()
    assert "numbers" not in tex


def test_letters_are_typed_and_declared(written):
    assert "\\DeclareUnicodeCharacter{1EC5}" in written.tex()


MORE = {
    "Values": (
        ":::{csv-table}\n:header-rows: 1\n\nBoat, \"Name, \"\"quoted\"\"\"\nA, {cite:p}`nguyen2020{p. 1}`\n\"two\nlines\",\n:::",
        "\\begin{center}\n\\begin{tabular}{ll}\n\\toprule\nBoat & Name, ``quoted'' \\\\\n\\midrule\n"
        "A & \\citep[p.~1]{nguyen2020} \\\\\ntwo lines &  \\\\\n\\bottomrule\n\\end{tabular}\n\\end{center}",
    ),
    "Numerals": (
        ":::{csv-table}\n:header-rows: 1\n\nBoat, kg, share, ±\nA, 12, 3.5 %, 1 ± 2\nB, \"3,500\", –, x\n:::",
        "\\begin{center}\n\\begin{tabular}{lrrl}\n\\toprule\nBoat & kg & share & $\\pm$ \\\\\n\\midrule\n"
        "A & 12 & 3.5 \\% & 1 $\\pm$ 2 \\\\\nB & 3,500 & -- & x \\\\\n\\bottomrule\n\\end{tabular}\n\\end{center}",
    ),
    "Merged": (
        ":::{list-table}\n:header-rows: 2\n\n* - Boat\n  - Look\n  - <\n* - ^\n  - a\n  - b\n* - A\n  - <\n  - x\n:::",
        "\\begin{center}\n\\begin{tabular}{lll}\n\\toprule\n & \\multicolumn{2}{c}{Look} \\\\\n\\cmidrule(lr){2-3}\n"
        "Boat & a & b \\\\\n\\midrule\nA & < & x \\\\\n\\bottomrule\n\\end{tabular}\n\\end{center}",
    ),
    "Piped": (
        "| Boat | Look | < |\n|--|--:|--:|\n| A | 1 | 2 |",
        "\\begin{center}\n\\begin{tabular}{lrr}\n\\toprule\nBoat & \\multicolumn{2}{c}{Look} \\\\\n\\midrule\n"
        "A & 1 & 2 \\\\\n\\bottomrule\n\\end{tabular}\n\\end{center}",
    ),
    "Placed": (
        ":::{table} Right.\n:align: right\n:width: 50%\n:widths: 1 3\n\n| A | B |\n|--|--|\n| x | y |\n:::",
        "\\begin{table}\n\\caption{Right.}\n\\hspace*{\\fill}%\n\\begin{tabular}{P{0.125}P{0.375}}\n\\toprule\nA & B \\\\\n"
        "\\midrule\nx & y \\\\\n\\bottomrule\n\\end{tabular}\n\\end{table}",
    ),
    "Parts": (
        "::::{subfigures}\n:name: fig-two\n\n:::{figure} hull.svg\n:alt: Left.\n:width: 60%\n\nThe *left*.[^p]\n:::\n\n"
        ":::{figure} hull.svg\n:alt: Right.\n:width: 30%\n:::\n\nBoth.\n::::\n\n{numref}`fig-two`.\n\n[^p]: Note.",
        "\\begin{figure}\n\\centering\n\\begin{minipage}[t]{0.6\\linewidth}\n\\centering\n"
        "\\includegraphics[width=\\linewidth, alt={Left.}]{hull.pdf}\n\n(a) The \\emph{left}.\\footnotemark[1]\n"
        "\\end{minipage}\\hfill\n\\begin{minipage}[t]{0.3\\linewidth}\n\\centering\n"
        "\\includegraphics[width=\\linewidth, alt={Right.}]{hull.pdf}\n\n(b)\n\\end{minipage}\n\\caption{Both.}\\label{fig-two}\n"
        "\\end{figure}\n\\footnotetext[1]{Note.}\\setcounter{footnote}{1}%\n\nFigure~\\ref{fig-two}.",
    ),
    "Noted": (
        ":::{code-block} text\n:caption: Code.[^c]\n\nx\n:::\n\nTerm[^t]\n: Meaning.\n\n[^c]: In a caption.\n[^t]: In a term.",
        "\\begin{listing}\n\\begin{Verbatim}\nx\n\\end{Verbatim}\n\\caption{Code.\\protect\\footnotemark[2]}\n\\end{listing}\n"
        "\\footnotetext[2]{In a caption.}\\setcounter{footnote}{2}%\n\n\\begin{description}\n\\item[{Term\\footnotemark[3]}]\n"
        "\\footnotetext[3]{In a term.}\\setcounter{footnote}{3}%\nMeaning.\n\\end{description}",
    ),
    "Bookmarked": (
        "### Of $k$ and $x^2$ in Nguyễn\n\nText.",
        "\\subsection{\\texorpdfstring{Of $k$ and $x^2$ in Nguyễn}{Of k and in Nguyễn}}\n\nText.",
    ),
}  # fmt: skip
"""More constructs, in a paper of their own: footnotes are counted through a paper."""


@pytest.fixture(scope="module")
def more(write_papers):
    text = "\n\n".join(f"## {title}\n\n{markdown}" for title, (markdown, _) in MORE.items())
    return write_papers(text)


@pytest.mark.parametrize("title", MORE)
def test_translates_more(more, title):
    assert more.sections()[title] == MORE[title][1]


def test_writes_more_without_warnings(more):
    assert more.warnings == ""


@pytest.mark.parametrize(("style", "is_numbered"), [("numbers", True), ("author-year", False)])
def test_citations_read_as_the_assignment_says(write_papers, assignment, style, is_numbered):
    assignment = assignment.replace('name = "neurips"', f'name = "neurips", citations = "{style}"')
    files = {"assignments/weighing.toml": assignment}
    tex = write_papers("## Report\n\n{cite:p}`nguyen2020`", files=files).tex()
    assert ("\\PassOptionsToPackage{numbers}{natbib}" in tex) == is_numbered


def test_anonymous_paper_does_not_link_to_itself(write_papers):
    text = (
        "## Report\n\n[The site](https://boats.example/x.html), <https://boats.example/>, [me](mailto:zoe_e@example.org), "
        "[that](../ships/index.md), [elsewhere](https://example.org/a) and {cite:p}`nguyen2020`."
    )
    others = {"ships": "## Report\n\n{cite:p}`nguyen2020`"}
    body = write_papers(text, others=others, diptych_mode="submission").body()
    assert body.endswith(
        "The site, [withheld], me, that, \\href{https://example.org/a}{elsewhere} and \\citep{nguyen2020}."
    )
    assert "boats.example/x.html" in write_papers(text, others=others).body()
