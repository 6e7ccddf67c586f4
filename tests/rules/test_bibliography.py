"""The BIB rules about an entry as a whole, and what holds for all of them: any values, and linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibliographies import BIB_RULES, entry, findings
from corpora import corpus
from diptych.check import check
from diptych.rules import RULES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@misc{a, year = {20}}", [(1, 18, "20")]),
        ("@misc{a, year = {c. 2020}}", [(1, 18, "c. 2020")]),
        ("@misc{a, year = 1066}", [(1, 17, "1066")]),
        ("@misc{a, year = 2028}", [(1, 17, "2028")]),
        ("@misc{a, eprint = {2311.10709}, year = 2022}", [(1, 40, "2022")]),
        ("@misc{a, year = 2027}", []),
        ("@misc{a, year = {{\\noopsort{1973b}}1973}}", []),
        ("@misc{a, year = {1859}}", []),
        ("@misc{a, eprint = {2312.10709}, year = 2024}", []),
        ("@article{a, eprint = {2301.10709}, year = 2022}", []),
        ("@misc{a, eprint = {hep-th/9901001}, year = 1999}", []),
        ("@misc{a, eprint = {math.GT/0309136}, year = 2003}", []),
    ],
)
def test_years(text: str, found: list[tuple[int, int, str]]) -> None:
    # The clean analysis of the corpus is of 2026.
    assert findings("BIB033", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@artcle{a}", [(1, 2, "artcle")]),
        ("@Report{a}", [(1, 2, "Report")]),
        ("@INPROCEEDINGS{a} @PhdThesis{b} @online{c} @software{d}", []),
        ("@string{x = {y}} @preamble{{x}} @comment{z}", []),
    ],
)
def test_entry_types(text: str, found: list[tuple[int, int, str]]) -> None:
    assert findings("BIB010", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@article{a, booktitle = {B}}", [(1, 13, "booktitle")]),
        ("@article{a, journal = {J}, booktitle = {B}}", [(1, 28, "booktitle")]),
        ("@inproceedings{a, booktitle = {B}, journal = {J}}", [(1, 36, "journal")]),
        ("@misc{a, journal = {J}}", [(1, 10, "journal")]),
        ("@misc{a, school = {S}}", [(1, 10, "school")]),
        ("@inproceedings{a, booktitle = {B}, series = {S}, volume = {1}}", []),
        ("@incollection{a, booktitle = {B}} @article{b, journal = {J}} @phdthesis{c, school = {S}}", []),
    ],
)
def test_types_that_do_not_fit(text: str, found: list[tuple[int, int, str]]) -> None:
    assert findings("BIB011", text) == found


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("@article{a, title = {T}, author = {A}, journal = {J}, year = 1999}", []),
        ("@article{a, title = {T}, journal = {J}, year = 1999}", ['@article "a" has no author']),
        ("@book{a, title = {T}, publisher = {P}, year = 1999}", ['@book "a" has no author or editor']),
        ("@misc{a, title = {T}, organization = {O}, year = 1999}", []),
        ("@manual{a, title = {T}}", []),
        # what is in the field of another type is missed by another rule
        ("@article{a, title = {T}, author = {A}, booktitle = {B}, year = 1999}", []),
        # inherited
        ("@inproceedings{a, title = {T}, author = {A}, crossref = {P}} @proceedings{p, title = {P}, year = 1999}", []),
        ("@inproceedings{a, title = {T}, author = {A}, crossref = {P}} @proceedings{p, year = 1999}",
         ['@inproceedings "a" has no booktitle', '@proceedings "p" has no title']),
        # an entry that could not be read as a whole
        ("@article{a, title = {T} author = {A}, year = 1999", []),
    ],
)  # fmt: skip
def test_required_fields(text: str, messages: list[str]) -> None:
    found = check(corpus(bibliography=text), [RULES["BIB012"]])
    assert [finding.message for finding in found] == messages


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("journaltitle = {J}", 'write "journal"'),
        ("authr = {A}", 'did you mean "author"?'),
        ("xyzzy = {A}", 'put it into "note", or remove it'),
    ],
)
def test_unknown_fields_get_a_suggestion(field: str, hint: str) -> None:
    (finding,) = check(corpus(bibliography=entry(field)), [RULES["BIB013"]])
    assert finding.hint == hint


@pytest.mark.parametrize(
    ("key", "found"),
    [("a#b", [(1, 8, "#")]), ("a`b", [(1, 8, "`")]), ("a b", [(1, 7, "a b")]), ("a_b-c:d.e/f+2", []), ("größe", [])],
)
def test_keys(key: str, found: list[tuple[int, int, str]]) -> None:
    assert findings("BIB005", f"@misc{{{key}, year = 1}}") == found


@pytest.mark.parametrize("rule", BIB_RULES, ids=lambda rule: rule.code)
def test_an_empty_bibliography_has_no_finding(rule: object) -> None:
    assert check(corpus(bibliography=""), [rule]) == []


ALPHABET = "aB3 \\{}\"'#%&_^$~,.;:-–/()@=\n\té\u0301Ãâ€™\u200b<i>&amp;and"
FIELDS = sorted({"title", "author", "doi", "eprint", "pages", "year", "month", "url", "orcid", "isbn", "issn", "note"})


@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(), st.text(ALPHABET, max_size=40))))
def test_any_values_are_checked_and_every_span_lies_in_the_file(fields: dict[str, str]) -> None:
    text = "@misc{k,\n" + ",\n".join(f"{name} = {{{value}}}" for name, value in fields.items()) + "}\n"
    read = corpus(bibliography=text)
    for finding in check(read, BIB_RULES):
        source = read.source(finding.span.path)
        assert source is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
        assert finding.message
        assert not finding.message.endswith(".")


PIECES = [
    *[
        "{",
        "{a",
        "} {",
        "{}",
        "and ",
        " and",
        "A. b, ",
        "a,",
        ", ",
        "1-",
        "1 ",
        "9",
        "a-",
        "B",
        "B ",
        "A1",
        "$",
        "\\\\",
        "\\a",
    ],
    *[
        "&a",
        "&#1",
        "<i ",
        "<i>",
        "_",
        "Ã©",
        "e\u0301",
        "...",
        "et ",
        "10.1/",
        "doi:",
        "https://",
        "a.",
        "a:",
        "%",
        ".",
        "é",
    ],
]


@pytest.mark.parametrize("piece", PIECES)
def test_rules_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        value = piece * (size // len(piece))
        value += "}" * max(value.count("{") - value.count("}"), 0)
        names = (
            "title",
            "author",
            "doi",
            "eprint",
            "pages",
            "year",
            "month",
            "url",
            "isbn",
            "orcid",
            "note",
            "journal",
        )
        # A value that would end too early stands in one field only, and what follows is junk for the reader.
        read = corpus(bibliography="@misc{k,\n" + ",\n".join(f"{name} = {{{value}}}" for name in names) + "}\n")
        begin = time.process_time()
        check(read, BIB_RULES)
        return time.process_time() - begin

    # Eight times the text: quadratic time would take 64 times as long, at every try; a busy machine not at every one.
    assert any(seconds(4_000) < 24 * seconds(500) + 0.05 for _ in range(6))
