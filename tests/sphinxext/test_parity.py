"""The checker's reader and Sphinx see the same page: citations, headings and words, on a page that uses everything."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from docutils import nodes
from sphinx import addnodes
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from corpora import HEADER, markdown
from diptych.model.words import word_spans

TORTURE = """\
## Opening {q}`1` with `code` and *stress*

A paragraph -- with dashes — of two kinds, state-of-the-art, don't, 3.14, and/or
{cite:p}`ada2020first{Table 2},bo2021second`.
It goes on {cite:t}`bo2021second` after a break.\\
And `inline code` with {code}`role code`, $x^2$ and {math}`y`, H{sub}`2`O.[^note] Escapes:
\\*not stress\\*, &amp; entities.

% a comment {cite:p}`nobody` of no words

[A link](https://example.org) and <https://example.org/auto>, ![A picture of words](own.svg).

- A list {cite:author}`ada2020first`
  with a second paragraph

  here, and
  1. a nested
  2. list

> A quotation {cite:yearpar}`ada2020first`.

Term
: Its definition {cite:alp}`bo2021second`.

### A deeper heading

:::{note}
A remark with {cite:ct}`{see}ada2020first{p. 3}`.

- and a list in it
:::

:::{admonition} A remark's title
Its text.
:::

```{epigraph}
Words of another.
```

## Judgement

{q}`2` :::

:::{figure} own.svg
:name: fig-own
:alt: These words are for ears and uncounted.

A caption {cite:p}`ada2020first{Figure 1}` with [a link](https://example.org).
:::

| Head one | Head two |
| --- | ---: |
| cell `a` | cell {cite:p}`bo2021second` |

:::{list-table} A table's caption
:name: tab-own
:header-rows: 1

* - Head
  - Other
* - {q}`3` One {cite:p}`ada2020first`
  - Two

    paragraphs
:::

```{table} A captioned one
| a | b |
| - | - |
| c | d |
```

```python
code = "never counted {cite:p}`nobody`"
```

$$ z = 1 $$ (eq-own)

```{math}
:label: eq-two
a = b
```

As {numref}`fig-own`, {numref}`Tab. %s <tab-own>` and {eq}`eq-own` show; see {ref}`this place <place>`.

(place)=
### Last

[^note]: A footnote {cite:p}`bo2021second{Section 4}` of words.
"""
FRONT = HEADER.replace(
    "  Two ways of sorting letters are compared.",
    "  Two ways of *sorting* letters {cite:p}`ada2020first` are\n  compared.\n\n  In two paragraphs.",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


@pytest.fixture(scope="module")
def site(build):
    # typographer's quotes and dashes are the site's dress; without them both sides can be compared word for word
    return build(markdown(FRONT, TORTURE), files={"analyses/a/own.svg": SVG}, smartquotes=False)


@pytest.fixture(scope="module")
def document(site):
    return site.domain.documents["analyses/a/index"]


def test_nothing_is_complained_about(site, document) -> None:
    assert document.problems == ()
    assert site.warnings == ()


def test_citations_agree(site, document) -> None:
    seen = Counter(
        (node["reftype"], tuple(tuple(target) for target in parse_citation_targets(node["reftarget"])))
        for node in site.doctree("a").findall(addnodes.pending_xref)
        if node["refdomain"] == "cite"
    )
    read = Counter(
        (citation.role, tuple((cited.key, cited.before, cited.locator) for cited in citation.keys))
        for citation in document.citations
    )
    assert seen == read
    assert seen.total() == 11


def test_headings_agree(site, document) -> None:
    sections = [node for node in site.doctree("a").findall(nodes.section) if "selected-papers" not in node["classes"]]
    titles = [" ".join(re.sub(r"\s+", " ", node[0].astext()).split()) for node in sections[1:]]
    assert titles == [" ".join(section.title.split()) for section in document.sections]


def test_words_agree(site, document) -> None:
    assert Counter(words_of_tree(site)) == Counter(words_of_model(document))


def words_of_model(document) -> list[str]:
    kinds = {"text", "link", "code", "cross-reference"}
    words: list[str] = []
    for block in document.blocks:
        if block.kind not in ("code-block", "math-block", "title"):
            words += split("".join(run.text for run in block.runs if run.kind in kinds and not is_reference(run)))
    return words


def is_reference(run) -> bool:
    """Whether the site fills in the words; the model counts a stand-in for them."""
    return run.kind == "cross-reference"


def words_of_tree(site) -> list[str]:
    tree = site.doctree("a").deepcopy()
    for kind in (addnodes.pending_xref, nodes.math, nodes.math_block, nodes.literal_block, nodes.footnote_reference,
                 nodes.label, nodes.comment, nodes.image):  # fmt: skip
        for node in list(tree.findall(kind)):
            node.parent.remove(node)
    for br in list(tree.findall(nodes.raw)):
        br.parent.replace(br, nodes.Text("\n"))  # how MyST writes a forced line break
    for section in list(tree.findall(nodes.section)):
        if "selected-papers" in section["classes"]:
            section.parent.remove(section)
    title = next(tree.findall(nodes.title))
    title.parent.remove(title)
    words: list[str] = []
    for node in tree.findall(nodes.TextElement):
        if not isinstance(node, nodes.Inline) and not isinstance(node.parent, nodes.TextElement):
            words += split(node.astext())
    return words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text)]
