"""Invented data for tests: a small assignment, a clean analysis for it, and ways to spoil both."""

from __future__ import annotations

import re
from pathlib import Path

from diptych.model.corpus import Corpus
from diptych.parse.bibliography import read_bibliography
from diptych.parse.markdown import read_document
from diptych.rubric import Rubric, load_rubric
from diptych.span import Source

RUBRIC = """\
id = "sorting"
title = "Sorting things"
about = "An assignment that nobody was ever given."

[[options]]
id = "letters"
title = "Sorting letters"
about = "Letters, not numbers."

[[options]]
id = "digits"
title = "Sorting digits"
about = "Digits, one at a time."

[[questions]]
id = "1"
short = "Choice"
text = "Why these two?"
least_words = 5

[[questions]]
id = "2"
short = "Tasks"
text = "What do they sort?"
least_words = 5
[questions.by_option]
letters = "And in which alphabet?"

[[questions]]
id = "3"
short = "Judgement"
text = "Which is faster?"
least_words = 5

[[sections]]
title = "Opening"
weight = 30
pages = [0.2, 1]
questions = ["1"]

[[sections]]
title = "Judgement"
weight = 70
pages = [0.2, 1]
questions = ["2", "3"]

[selected_papers]
title = "Chosen papers"

[limits]
words = [30, 80]

[counting]
body = ["paragraph", "list", "quote", "remark", "link", "code"]
all = ["paragraph", "list", "quote", "remark", "link", "code", "cross-reference",
       "abstract", "heading", "footnote", "caption", "table"]

[style]
name = "neurips"

[course]
most_authors = 1
other_option = true
approval_outside_topics = true
most_slides = 4

[[topics]]
id = "by-hand"
option = "letters"
title = "Sorting by hand"
papers = ["ada2020first", "bo2021second"]
"""

BIBLIOGRAPHY = """\
@inproceedings{ada2020first,
  title = {First: Sorting Letters},
  author = {Ada, Anna},
  booktitle = {Conference on Letters},
  pages = {1--9},
  year = {2020},
}

@article{bo2021second,
  title = {Second: Sorting Letters Faster},
  author = {Bo, Ben and Cy, Carla},
  journal = {Journal of Letters},
  volume = {3},
  pages = {10--19},
  year = {2021},
}
"""

HEADER = """\
title: One way against another
authors:
  - name: Dana Example
date: 2026-01-31
abstract: |
  Two ways of sorting letters are compared.
assignment: sorting
option: letters
topic: by-hand
papers: [ada2020first, bo2021second]
verdict:
  stronger: bo2021second
  reason: It takes fewer steps on the same letters.
"""

BODY = """\
## Opening

{q}`1` {cite:t}`ada2020first` and {cite:t}`bo2021second` sort letters by size, and so do we in this report.

## Judgement

{q}`2` Both papers sort the letters of one alphabet, the Latin one.

{q}`3` {cite:t}`bo2021second` needs fewer steps than {cite:t}`ada2020first` on every input that either reports.
"""


def rubric(text: str = RUBRIC) -> Rubric:
    """The invented assignment."""
    return load_rubric(Source("docs/assignments/sorting.toml", text))


def markdown(header: str = HEADER, body: str = BODY) -> str:
    """The text of an analysis."""
    return f"---\n{header}---\n\n{body}"


def corpus(*texts: str, bibliography: str = BIBLIOGRAPHY) -> Corpus:
    """A corpus of analyses named a, b, c, ...; a clean one where no text is given."""
    documents = tuple(
        read_document(Source(f"analyses/{name}/index.md", text), name)
        for name, text in zip("abcdefghij", texts or [markdown()], strict=False)
    )
    entries = read_bibliography([Source("bib/letters.bib", bibliography)])
    return Corpus(documents, entries, {"sorting": rubric()})


def spoiled(blocks: list[tuple[str, str]]) -> Corpus:
    """The clean corpus with the blocks of a rule's example put in: pairs of a kind and a text.

    ``yaml`` sets fields of the front matter, ``md`` adds to the end of the first section, ``md body`` replaces
    all sections, ``md whole`` the whole file, ``bib`` adds to the bibliography.
    """
    header, body, bibliography, whole = HEADER, BODY, BIBLIOGRAPHY, ""
    for kind, text in blocks:
        if kind == "yaml":
            header = with_fields(header, text)
        elif kind == "md":
            body = body.replace("## Judgement\n", f"{text}\n\n## Judgement\n", 1)
        elif kind == "md body":
            body = text + "\n"
        elif kind == "md whole":
            whole = text + "\n"
        elif kind == "bib":
            bibliography += f"\n{text}\n"
        else:
            raise ValueError(f"examples know no block of kind {kind!r}")
    return corpus(whole or markdown(header, body), bibliography=bibliography)


def with_fields(header: str, text: str) -> str:
    """``header`` with the top-level fields of ``text`` in the place of its own."""
    for name in re.findall(r"^([a-z]+):", text, re.MULTILINE):
        header = re.sub(rf"^{name}:.*\n(?:[ -].*\n)*", "", header, flags=re.MULTILINE)
    return f"{header}{text}\n"


def write_project(root: Path, *texts: str, bibliography: str = BIBLIOGRAPHY) -> Path:
    """A project on disk with the invented assignment and one analysis for each text."""
    (root / "diptych.toml").write_text("", encoding="utf-8")
    for folder in ("docs/assignments", "bib"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "docs/assignments/sorting.toml").write_text(RUBRIC, encoding="utf-8")
    (root / "bib/letters.bib").write_text(bibliography, encoding="utf-8")
    for name, text in zip("abcdefghij", texts or [markdown()], strict=False):
        folder = root / "analyses" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(text, encoding="utf-8")
    return root
