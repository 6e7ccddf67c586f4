"""A clean analysis that uses much of what there is, ways to spoil it, and what the check then finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpora import BIBLIOGRAPHY, RUBRIC, markdown, write_project
from diptych.check import check
from diptych.model.words import ledger
from diptych.parse.corpus import read_corpus
from diptych.parse.markdown import read_document
from diptych.rubric.model import WORD_CLASSES
from diptych.settings import find_project
from diptych.span import Source

HEADER = """\
title: One way against another
authors:
  - name: Dana Example
    email: dana@example.org
    orcid: 0000-0002-1825-0097
date: 2026-01-31
keywords: [sorting, letters]
license: CC-BY-4.0
abstract: |
  Two ways of sorting letters are compared, and the younger is found to need fewer steps.
assignment: sorting
option: letters
topic: by-hand
papers: [ada2020first, bo2021second]
tasks: [sorting]
verdict:
  stronger: bo2021second
  reason: It takes fewer steps on the same letters.
"""

BODY = """\
## Opening

{q}`1` Letters come in no order of their own, and whoever files them needs one.
{cite:t}`ada2020first` and {cite:t}`bo2021second` both sort letters by size, and both say how many steps they take.
We chose them because they sort the same letters, so that their counts can be laid side by side.[^same]
Others sort digits {cite:p}`cy2019digits`, which is another matter.

[^same]: Both use the Latin alphabet.

## Judgement

### What is sorted

{q}`2` Both papers take one alphabet and many letters, some of them twice.
The first keeps its letters in a row {cite:p}`ada2020first{Section 2}`, the second in a tree
{cite:p}`bo2021second{Section 3}`, and {numref}`fig-steps` shows what follows from that.
The number of steps for $n$ letters in a row is

$$
s = n^2
$$ (eq-steps)

and {eq}`eq-steps` holds whatever the letters are.

:::{figure} steps.svg
:name: fig-steps
:alt: Two curves over the number of letters; the tree stays well below the row throughout.
:width: 60%

Steps over letters, drawn from {cite:p}`bo2021second{Figure 1}`.
:::

### Which is faster

{q}`3` {cite:t}`bo2021second` needs fewer steps than {cite:t}`ada2020first` on every input that either reports:

- on short rows the two are close, and neither says how often it was run;
- on long rows the tree needs 4,000 steps where the row needs 90,000 {cite:p}`bo2021second{Table 2}`.

{numref}`tab-steps` gives the counts.

:::{list-table} Steps as reported.
:name: tab-steps
:header-rows: 1

* - Letters
  - Row {cite:p}`ada2020first{Table 1}`
  - Tree {cite:p}`bo2021second{Table 2}`
* - 300
  - 90,000
  - 4,000
:::

> A row is easy to check by eye, which counts for something where people do the sorting.

More on trees stands in [a primer on trees](https://example.org/trees).
"""

ENTRIES = (
    BIBLIOGRAPHY
    + """
@misc{cy2019digits,
  title = {Sorting Digits},
  author = {Cy, Carla},
  year = {2019},
  doi = {10.1000/digits},
}
"""
)

FIGURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200">
<title>Steps</title>
<path d="M 10 190 L 290 10"/>
<text x="20" y="40" font-size="14">row</text>
</svg>
"""

EVIDENCE = """\
[[evidence]]
claim = "Both papers keep their letters in a row, or in a tree"
numbers = []
key = "ada2020first"
locator = "Section 2"
source = "https://example.org/first.pdf"
seen = 2026-01-30

[[evidence]]
claim = "The letters are kept in a tree"
numbers = []
key = "bo2021second"
locator = "Section 3"
source = "https://example.org/second.pdf"
seen = 2026-01-30

[[evidence]]
claim = "The curve of the tree stays below that of the row"
numbers = []
key = "bo2021second"
locator = "Figure 1"
source = "https://example.org/second.pdf"
seen = 2026-01-30

[[evidence]]
claim = "Steps of both ways for long rows"
numbers = ["4,000", "90,000"]
key = "bo2021second"
locator = "Table 2"
source = "https://example.org/second.pdf"
seen = 2026-01-30

[[evidence]]
claim = "Steps of the row by its length"
numbers = ["300", "90,000"]
key = "ada2020first"
locator = "Table 1"
source = "https://example.org/first.pdf"
seen = 2026-01-30
"""

MANY_WORDS = "letters and more letters, " * 30

Fault = Callable[[dict[str, str]], None]


def swap(file: str, old: str, new: str) -> Fault:
    """Replace the first ``old`` in one file."""

    def apply(files: dict[str, str]) -> None:
        assert old in files[file], f"{old!r} is not in the clean {file}"
        files[file] = files[file].replace(old, new, 1)

    return apply


def md(old: str, new: str) -> Fault:
    return swap("index.md", old, new)


def bib(old: str, new: str) -> Fault:
    return swap("letters.bib", old, new)


def svg(old: str, new: str) -> Fault:
    return swap("steps.svg", old, new)


def evidence(old: str, new: str) -> Fault:
    """Replace the first ``old`` in the evidence, which the other faults are tried without."""

    def apply(files: dict[str, str]) -> None:
        assert old in EVIDENCE, f"{old!r} is not in the clean evidence"
        files["evidence.toml"] = EVIDENCE.replace(old, new, 1)

    return apply


def against_evidence(fault: Fault) -> Fault:
    """The same fault where the evidence is listed."""

    def apply(files: dict[str, str]) -> None:
        files["evidence.toml"] = EVIDENCE
        fault(files)

    return apply


def add(text: str) -> Fault:
    """Put a paragraph before the second section."""
    return md("## Judgement\n", f"{text}\n\n## Judgement\n")


def cut(begin: str, end: str) -> Fault:
    """Remove everything from ``begin`` up to ``end``."""

    def apply(files: dict[str, str]) -> None:
        text = files["index.md"]
        start = text.index(begin)
        files["index.md"] = text[:start] + text[text.index(end, start) :]

    return apply


def fill(words: int) -> Fault:
    """Add to the second section until the paper has so many words in all."""

    def apply(files: dict[str, str]) -> None:
        document = read_document(Source("index.md", files["index.md"]), "a")
        missing = words - ledger(document).count(WORD_CLASSES)
        assert missing > 0
        files["index.md"] += "\n" + "letters " * missing + "\n"

    return apply


def codes(root: Path, fault: Fault | None) -> set[str]:
    """The codes that the check finds in the clean project after ``fault``."""
    files = {"index.md": markdown(HEADER, BODY), "letters.bib": ENTRIES, "steps.svg": FIGURE}
    if fault is not None:
        fault(files)
    write_project(root, files["index.md"], bibliography=files["letters.bib"])
    longer = RUBRIC.replace("words = [30, 80]", "words = [150, 270]")
    (root / "docs/assignments/sorting.toml").write_text(longer, encoding="utf-8")
    for name in ("steps.svg", "evidence.toml"):
        if name in files:
            (root / "analyses/a" / name).write_text(files[name], encoding="utf-8")
    if "diptych.toml" in files:
        (root / "diptych.toml").write_text(files["diptych.toml"], encoding="utf-8")
    return {finding.code for finding in check(read_corpus(find_project(root)))}
