"""CIT: addresses and citations that are typed by hand."""

import pytest

from corpora import spoiled
from diptych.check import check
from diptych.model.corpus import Corpus
from diptych.span import Span

PREPRINT = (
    "@misc{cy2019other, title = {O}, author = {Cy, C.}, year = {2019}, eprint = {1706.03762}, doi = {10.1000/182}}"
)


def found(code: str, text: str) -> list[tuple[str, str]]:
    """The place within ``text`` and the words there of each finding of ``code`` in it."""
    subject = spoiled([("md", text)])
    return [
        (place_in(text, finding.span, subject), subject.source(finding.span.path).cut(finding.span))
        for finding in check(subject)
        if finding.code == code
    ]


def place_in(text: str, span: Span, subject: Corpus) -> str:
    """Line and column of ``span``, counted from the line in which ``text`` begins."""
    source = subject.source(span.path)
    first = source.span(source.text.index(text), 0).line
    return f"{span.line - first + 1}:{span.column}"


@pytest.mark.parametrize(
    ("text", "place", "address"),
    [
        ("See https://example.org/a_(b), too.", "1:5", "https://example.org/a_(b)"),
        ("It is old (www.example.org/a).", "1:12", "www.example.org/a"),
        ("See <https://example.org/a>.", "1:5", "<https://example.org/a>"),
        ("See 10.1000/182.", "1:5", "10.1000/182"),
        ("See doi:10.1000/182, and more.", "1:5", "doi:10.1000/182"),
        ("See doi.org/10.1000/182.", "1:5", "doi.org/10.1000/182"),
        ("See arXiv:1706.03762v2.", "1:5", "arXiv:1706.03762v2"),
        ("See arxiv.org/abs/1706.03762.", "1:5", "arxiv.org/abs/1706.03762"),
        ("See [the paper](https://arxiv.org/abs/1706.03762).", "1:5", "[the paper](https://arxiv.org/abs/1706.03762)"),
        ("Old.[^a]\n\n[^a]: See arXiv:1706.03762.", "3:11", "arXiv:1706.03762"),
    ],
)
def test_an_address_where_a_citation_belongs_is_found(text: str, place: str, address: str) -> None:
    assert found("CIT011", text) == [(place, address)]


@pytest.mark.parametrize(
    "text",
    [
        "The [catalogue](https://example.org/a) shows some.",
        "Write to [us](mailto:us@example.org).",
        "The program reads `https://example.org/a` and `10.1000/182`.",
        "Old.[^a]\n\n[^a]: The code is at <https://example.org/a>, or https://example.org/b.",
        "Version 10.1000 is 10.5/12 of it.",
        "Preprints on arXiv come first.",
    ],
)
def test_links_with_words_code_and_numbers_are_no_bare_addresses(text: str) -> None:
    assert found("CIT011", text) == []


@pytest.mark.parametrize(
    "address", ["https://arxiv.org/pdf/1706.03762v5", "arXiv:1706.03762", "https://doi.org/10.1000/182"]
)
def test_the_entry_with_that_address_is_suggested(address: str) -> None:
    subject = spoiled([("bib", PREPRINT), ("md", f"See {address} first.")])
    assert [finding.hint for finding in check(subject) if finding.code == "CIT011"] == [
        "cite it: {cite:p}`cy2019other`"
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Others sort numbers [12].", "1:21", "[12]"),
        ("Others sort numbers [3, 4].", "1:21", "[3, 4]"),
        ("Others sort numbers [3–5, 12].", "1:21", "[3–5, 12]"),
        ("Others sort numbers [12, Table 3].", "1:21", "[12, Table 3]"),
        ("Others sort numbers[12].", "1:20", "[12]"),
        ("Others sort numbers \\[12\\].", "1:21", "\\[12\\]"),
        ("Others sort numbers (Ho et al., 2020).", "1:21", "(Ho et al., 2020)"),
        ("Others (see Ho and Cy, 2020; Bo, 2021) sort.", "1:8", "(see Ho and Cy, 2020; Bo, 2021)"),
        ("Others sort [Ho & Cy 2020].", "1:13", "[Ho & Cy 2020]"),
        ("Others sort (van den Berg et al., 2020a, Table 2).", "1:13", "(van den Berg et al., 2020a, Table 2)"),
        ("Others sort (Müller-Lüdenscheidt, 2020).", "1:13", "(Müller-Lüdenscheidt, 2020)"),
        ("Ho et al. (2020) sort.", "1:1", "Ho et al. (2020)"),
        ("Ho and Cy (2020) sort.", "1:1", "Ho and Cy (2020)"),
        ("Ada (2020) sorts.", "1:1", "Ada (2020)"),
        ("Others sort (Cy 2021).", "1:13", "(Cy 2021)"),
        ("Others sort \\cite{ada2020first}.", "1:13", "\\cite{ada2020first}"),
        ("Others sort \\citep[Table 2]{ada2020first}.", "1:13", "\\citep[Table 2]{ada2020first}"),
        ("Others sort [@ada2020first; @bo2021second].", "1:13", "[@ada2020first; @bo2021second]"),
        ("It is said,\nHo et al. (2020) sort.", "2:1", "Ho et al. (2020)"),
    ],
)
def test_a_citation_typed_by_hand_is_found(text: str, place: str, words: str) -> None:
    assert found("CIT012", text) == [(place, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Values lie in [0, 1], in [-1, 1], in the range [1, 10], and on a scale of [1, 5].",
        "The element x[3] of `y[12]` and $z[12]$ and GPU[1].",
        "The tokens [MASK] and [CLS] and the word [sic].",
        "It is old.[^12]\n\n[^12]: Very.",
        "It has [two parts](https://example.org/2020).",
        "It came out (May 2020), again (spring 2021), and at a conference (NeurIPS 2022; ICLR, 2023).",
        "Kling is a system. A later one (Kling, 2024) and Kling (2024) are better.",
        "The second version (from 2020) and the first (2019) differ.",
        "Panels (a) and (12) show it, Section 3 (Table 2) lists it.",
        "Ada 2020 is a release; Letters (2020) is none.",
        "See {cite:p}`ada2020first{Table 2}` and {cite:t}`bo2021second`.",
        "Write to [@home](https://example.org).",
    ],
)
def test_brackets_that_cite_nothing_are_accepted(text: str) -> None:
    assert found("CIT012", text) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Others sort (Ada, 2020).", "write {cite:p}`ada2020first`"),
        ("Bo et al. (2021) sort.", "write {cite:t}`bo2021second`"),
        ("Others sort \\citep[Table 2]{ada2020first}.", "write {cite:p}`ada2020first{Table 2}`"),
        ("\\citet{ada2020first} sort.", "write {cite:t}`ada2020first`"),
        ("Others sort [@ada2020first; @bo2021second].", "write {cite:p}`ada2020first,bo2021second`"),
        ("Others sort [12].", "write {cite:p}`key`, or {cite:t}`key` where it is part of the sentence"),
    ],
)
def test_the_entry_that_is_meant_is_suggested(text: str, hint: str) -> None:
    subject = spoiled([("md", text)])
    assert [finding.hint for finding in check(subject) if finding.code == "CIT012"] == [hint]
