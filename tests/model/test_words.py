"""The published rule for counting words, by examples, and the ledger that adds them up."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import markdown, rubric
from diptych.model.document import Document
from diptych.model.words import ledger, word_spans
from diptych.parse.markdown import read_document
from diptych.span import Source


def document(body: str, header: str = "") -> Document:
    text = markdown(header or "title: x\n", body)
    return read_document(Source("analyses/a/index.md", text), "a")


def words(body: str) -> dict[str, int]:
    """How many words of each class stand in ``body``."""
    counts: Counter[str] = Counter()
    for tally in ledger(document(body)).tallies:
        counts[tally.word_class] += tally.words
    return dict(counts)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one two  three", 3),
        ("state-of-the-art", 1),
        ("don't", 1),
        ("don’t", 1),
        ("3.14", 1),
        ("10,000", 1),
        ("95%", 1),
        ("e.g. and/or R&D", 3),
        ("a--b", 2),
        ("a---b", 2),
        ("a -- b", 2),
        ("a—b", 2),
        ("a – b", 2),
        ("2019–2021", 1),  # an en dash joins what it ranges over
        ("https://example.org/a-b?c=d", 1),
        ("https://example.org/a--b", 2),
        ("- * … & !? ·", 0),
        ("a\N{NO-BREAK SPACE}b", 2),  # a space that does not break a line is still a space
        ("深度学习 模型", 2),
        ("Größe naïve Ωmega", 3),
        ("½ Ⅷ ²", 3),
        ("\N{GRINNING FACE} \N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-3}", 0),
        ("so\N{GRINNING FACE}", 1),
        ("one\N{ZERO WIDTH SPACE}two", 1),  # what a reader sees is one word
        ("one\N{SOFT HYPHEN}two \N{WORD JOINER} \N{ZERO WIDTH NO-BREAK SPACE}", 1),
        ("a-\N{ZERO WIDTH SPACE}-b", 2),  # two hyphens as far as can be seen
        ("one\N{HANGUL FILLER}two\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}", 2),
        ("", 0),
        (" \n\t", 0),
        ("--", 0),
        ("--a--", 1),
        ("_", 0),
    ],
)
def test_what_a_word_is(text: str, count: int) -> None:
    assert len(list(word_spans(text))) == count


def test_a_run_of_hyphens_is_one_break() -> None:
    text = "one---two --three"
    assert [text[start:end] for start, end in word_spans(text)] == ["one", "two", "three"]


@given(st.text("ab1 -\n.—'", max_size=30))
def test_words_are_the_stretches_with_a_letter_or_digit_between_breaks(text: str) -> None:
    found = [text[start:end] for start, end in word_spans(text)]
    shown = text.replace("—", " ").replace("---", " ").replace("--", " ")
    assert [word for word in found if "--" in word or word.split() != [word]] == []
    # a run of hyphens is a break as a whole, so a hyphen left over by the replacement clings to its neighbour
    assert [word.strip("-") for word in found] == [
        word.strip("-") for word in shown.split() if any(letter.isalnum() for letter in word)
    ]


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("Two words, *emphatic* **ones**.", {"paragraph": 4}),
        ("un*believ*able", {"paragraph": 1}),
        ("a `code span` and `x`", {"paragraph": 2, "code": 3}),
        ("`x`-axis", {"code": 1}),  # the word's first letter stands in code
        ("see [the two words](https://example.org) now", {"paragraph": 2, "link": 3}),
        ("<https://example.org>", {"link": 1}),
        ("“[quoted](https://example.org)”", {"link": 1}),
        ("$x$-axis", {"paragraph": 1}),
        ("the value $x + y$ is", {"paragraph": 3}),
        ("one {cite:p}`ada2020first` two{cite:p}`ada2020first{Table 2}`.", {"paragraph": 2}),
        ("{cite:t}`ada2020first` says", {"paragraph": 1}),
        ("non{cite:p}`ada2020first`sense", {"paragraph": 1}),
        ("{q}`1` Answer.", {"paragraph": 1}),
        ("as {numref}`fig-x` shows", {"paragraph": 2, "cross-reference": 2}),
        ("as {ref}`the last one <fig-x>` shows", {"paragraph": 2, "cross-reference": 3}),
        ("x{sub}`2` y", {"paragraph": 2}),
        ("AT&amp;T and a \\*star\\*", {"paragraph": 4}),
        ("first line\nsecond line  \nthird", {"paragraph": 5}),
        ("word ![the alt text](x.png) word", {"paragraph": 2}),
        ("text[^a] on\n\n[^a]: the note *itself*", {"paragraph": 2, "footnote": 3}),
        ("- one\n- two three\n\n1. four", {"list": 4}),
        ("> quoted words", {"quote": 2}),
        ("> - a list in a quote", {"quote": 5}),
        ("- item\n\n  > quoted\n\n  :::{tip}\n  boxed\n  :::", {"list": 3}),
        ("- item\n\n  | a b | c |\n  |---|---|\n  | d | - e |", {"list": 1, "table": 5}),
        ("> | a b | c |\n> |---|---|\n> | d | e |", {"table": 5}),
        (":::{note}\n| a b | c |\n|---|---|\n| d | e |\n:::", {"table": 5}),
        ("- item[^a]\n\n  [^a]: the note\n\n      - its list", {"list": 1, "footnote": 4}),
        ("> quote[^a]\n>\n> [^a]: the note", {"quote": 1, "footnote": 2}),
        ("text[^a]\n\n[^a]: the note\n\n    | a | b |\n    |---|---|\n    | c | d |", {"paragraph": 1, "footnote": 6}),
        ("- item\n\n  :::{figure} x.svg\n  The caption\n\n  - its list\n  :::", {"list": 1, "caption": 4}),
        ("> quote\n>\n> :::{list-table} A caption\n> * - a b\n>   - c\n> :::", {"quote": 1, "caption": 2, "table": 3}),
        ("- item\n\n  :::{csv-table} The caption\n  a b,c\n  :::", {"list": 1, "caption": 2, "table": 3}),
        ("::::{note}\n:::{epigraph}\nOld words\n:::\n::::", {"remark": 2}),
        ("Term\n: its definition", {"list": 3}),
        ("### A heading here\n\ntext", {"heading": 3, "paragraph": 1}),
        ("| a b | c |\n|---|---|\n| d | `e` [f](https://example.org) |", {"table": 6}),
        (":::{figure} x.svg\n:alt: not counted\n\nThe *caption* here.\n:::", {"caption": 3}),
        (":::{table} The caption\n\n| a | b |\n|---|---|\n| c | d |\n:::", {"caption": 2, "table": 4}),
        (":::{list-table} The caption\n:header-rows: 1\n\n* - a b\n  - c\n:::", {"caption": 2, "table": 3}),
        (":::{note}\nA `remark` in a box.\n:::", {"remark": 4, "code": 1}),
        (":::{admonition} Its title\nand text\n:::", {"remark": 4}),
        (":::{epigraph}\nOld words\n:::", {"quote": 2}),
        ("```python\nprint('not counted')\n```", {}),
        ("    indented = code", {}),
        (":::{code-block} python\nnot = counted\n:::", {}),
        ("$$\na + b\n$$", {}),
        (":::{math}\na + b\n:::", {}),
        ("\\begin{equation}\na\n\\end{equation}", {}),
        ("% a comment is not counted\n\ntext", {"paragraph": 1}),
        ("(a-label)=\n\ntext", {"paragraph": 1}),
        ("[ref]: https://example.org 'Title'\n\ntext", {"paragraph": 1}),
        ("::::{note}\n:::{tip}\nnested words\n:::\n::::", {"remark": 2}),
    ],
)
def test_what_each_word_counts_as(body: str, counts: dict[str, int]) -> None:
    assert words(body) == counts


HEADER = """\
title: Not counted
authors: [{name: Nobody Counted}]
date: 2026-01-31
abstract: |
  Four words of *abstract*.
assignment: sorting
option: letters
topic: by-hand
papers: [ada2020first, bo2021second]
verdict: {stronger: neither, reason: Not counted either.}
"""
BODY = """\
Before any section.

## Opening

{q}`1` One two three. {q}`2` Four five.

More of it.[^n]

### Below

- Still `two` here.

## Judgement

No question yet. {q}`3` The last
answer.

[^n]: A note.
"""


def test_a_ledger_adds_up_by_class_section_and_question() -> None:
    read = document(BODY, HEADER)
    counts = ledger(read)
    assert [section.title for section in read.sections] == ["Opening", "Below", "Judgement"]
    assert counts.count(["abstract"]) == 4
    assert counts.count(["heading"]) == 3
    assert counts.count(["paragraph"], sections=[None]) == 3
    assert counts.count(["paragraph"], sections=[0]) == 8
    assert counts.count(["list", "code"], sections=[1]) == 3
    assert counts.count(["paragraph"], sections=[2]) == 6
    assert counts.count(["paragraph"], sections=[0, 2]) == 14
    assert counts.count(["paragraph", "list"], question="1") == 3
    assert counts.count(["paragraph", "list", "code"], question="2") == 8  # until the next section of the paper
    assert counts.count(["paragraph"], question="3") == 3
    assert counts.count(["footnote"]) == 2


def test_the_two_totals_are_those_of_the_assignment() -> None:
    counts, counting = ledger(document(BODY, HEADER)), rubric().counting
    body = sum(tally.words for tally in counts.tallies if tally.word_class in ("paragraph", "list", "code"))
    assert counts.body(counting) == body == 20
    assert counts.all(counting) == body + 4 + 3 + 2
    assert counts.all(counting) == sum(tally.words for tally in counts.tallies)


def test_the_abstract_answers_no_question() -> None:
    header = HEADER.replace("*abstract*.", "abstract. {q}`1` Five")
    assert ledger(document("text", header)).count(["paragraph"], question="1") == 0
