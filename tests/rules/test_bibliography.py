"""The BIB rules: what each finds, at which line and column, and near misses that it must accept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from diptych.check import check
from diptych.rules import RULES

BIB = [rule for code, rule in sorted(RULES.items()) if code.startswith("BIB")]


def findings(code: str, text: str) -> list[tuple[int, int, str]]:
    """Line, column and text of everything that the rule finds in a bibliography."""
    read = corpus(bibliography=text)
    return [
        (finding.span.line, finding.span.column, read.bibliography.sources[finding.span.path].cut(finding.span))
        for finding in check(read, [RULES[code]])
    ]


def entry(field: str, key: str = "k", kind: str = "misc") -> str:
    """An entry with the given field in its second line."""
    return f"@{kind}{{{key},\n  {field},\n  year = 2020}}\n"


def place(code: str, field: str, kind: str = "misc") -> list[tuple[int, str]]:
    """Column and text of findings in the second line of an entry."""
    found = findings(code, entry(field, kind=kind))
    assert all(line == 2 for line, _, _ in found)
    return [(column, text) for _, column, text in found]


REJECTED = [
    # identifiers
    ("BIB030", "doi = {https://doi.org/10.1/x}", [(10, "https://doi.org/10.1/x")]),
    ("BIB030", "doi = {https://doi.org/10.1234/x}", [(10, "https://doi.org/")]),
    ("BIB030", "doi = {http://dx.doi.org/10.1234/x}", [(10, "http://dx.doi.org/")]),
    ("BIB030", "doi = {DOI: 10.1234/x}", [(10, "DOI: ")]),
    ("BIB030", "doi = {https://dl.acm.org/doi/10.1234/x}", [(10, "https://dl.acm.org/doi/")]),
    ("BIB030", 'doi = " 10.1234"', [(11, "10.1234")]),
    ("BIB030", "doi = {10.1234/a b}", [(10, "10.1234/a b")]),
    ("BIB030", "doi = {10.1234/ab.}", [(10, "10.1234/ab.")]),
    ("BIB031", "eprint = {arXiv:2311.10709}, archiveprefix = {arXiv}", [(13, "arXiv:")]),
    ("BIB031", "eprint = {https://arxiv.org/pdf/2311.10709.pdf}, archiveprefix = {arXiv}",
     [(13, "https://arxiv.org/pdf/")]),
    ("BIB031", "eprint = {2311.1}, archiveprefix = {arXiv}", [(13, "2311.1")]),
    ("BIB031", "eprint = {2313.10709}, archiveprefix = {arXiv}", [(13, "2313.10709")]),
    ("BIB031", "eprint = {1412.12345}, archiveprefix = {arXiv}", [(13, "1412.12345")]),
    ("BIB031", "eprint = {2311.10709v0}, archiveprefix = {arXiv}", [(13, "2311.10709v0")]),
    ("BIB031", "eprint = {2311.10709}", [(13, "2311.10709")]),
    ("BIB032", "eprint = {2311.10709}, url = {https://arxiv.org/abs/2311.10708}",
     [(33, "https://arxiv.org/abs/2311.10708")]),
    ("BIB036", "url = {example.org/x}", [(10, "example.org/x")]),
    ("BIB036", "url = {//example.org}", [(10, "//example.org")]),
    ("BIB036", "project = {https://example.org/a  b}", [(35, "  ")]),
    ("BIB036", "url = {ftp://example.org/x}", [(10, "ftp")]),
    ("BIB036", "url = {javascript:alert(1)}", [(10, "javascript")]),
    ("BIB036", "url = {https:///x}", [(10, "https:///x")]),
    ("BIB036", "url = {https://example/x}", [(10, "https://example/x")]),
    ("BIB036", "url = {\\url{https://example.org}}", [(10, "\\url{https://example.org}")]),
    ("BIB037", "orcid = {0000-0002-1825-0098}", [(12, "0000-0002-1825-0098")]),
    ("BIB037", "orcid = {0000000218250097}", [(12, "0000000218250097")]),
    ("BIB038", "isbn = {978-3-16-148410-0, 0-306-40615-3}", [(30, "0-306-40615-3")]),
    ("BIB039", "issn = {03785955}", [(11, "03785955")]),
    # dates and pages
    ("BIB034", "month = {Foo}", [(12, "Foo")]),
    ("BIB034", "month = 13", [(11, "13")]),
    ("BIB034", "month = {0}", [(12, "0")]),
    ("BIB035", "pages = {1-9}", [(13, "-")]),
    ("BIB035", "pages = {1–9, 12 -- 15}", [(13, "–"), (19, " -- ")]),
    ("BIB035", "pages = {1---9}", [(13, "---")]),
    ("BIB035", "pages = {19--10}", [(12, "19--10")]),
    ("BIB035", "pages = {96:12--96:1}", [(12, "96:12--96:1")]),
    ("BIB035", "pages = {S12--S9}", [(12, "S12--S9")]),
    ("BIB035", "pages = {pp. 1--9}", [(12, "pp. 1--9")]),
    # titles and names
    ("BIB040", "title = {On 3D}", [(15, "3D")]),
    ("BIB040", "title = {On GPT-4 and {BERT}}", [(15, "GPT")]),
    ("BIB040", "title = {CogVideoX: A Model}", [(12, "CogVideoX")]),
    ("BIB040", "title = {An X-Ray}", [(15, "X")]),
    ("BIB040", 'title = "Of $L_2$"', [(15, "$L_2$")]),
    ("BIB040", "title = {On Qwen2 Models}", [(15, "Qwen2")]),
    ("BIB041", "author = {Cy, C. and others}", [(24, "others")]),
    ("BIB041", "author = {Cy, C. and Others.}", [(24, "Others.")]),
    ("BIB041", "author = {C. Cy et~al.}", [(19, "et~al.")]),
    ("BIB041", "author = {C. Cy et al.}", [(19, "et al.")]),
    ("BIB041", "author = {Cy, C. and ...}", [(24, "...")]),
    ("BIB042", "author = {Cy, C.; Dee, D.}", [(19, ";")]),
    ("BIB042", "author = {Carla Cy \\& Dora Dee}", [(22, "\\&")]),
    ("BIB042", "author = {Carla Cy, Dora Dee, Eve Eff}", [(13, "Carla Cy, Dora Dee, Eve Eff")]),
    ("BIB042", "author = {Cy, C. and C. Cy, D. Dee}", [(24, "C. Cy, D. Dee")]),
    ("BIB043", "author = {Cy, C. and and Dee, D.}", [(24, "and")]),
    ("BIB043", "author = {Cy, C. and}", [(20, "and")]),
    ("BIB043", "author = {and Cy, C.}", [(13, "and")]),
    ("BIB043", "author = {Cy, and Dee, D.}", [(15, ",")]),
    ("BIB043", "author = {{} and Dee, D.}", [(13, "{}")]),
    ("BIB043", "author = {Cy2, C.}", [(15, "2")]),
    ("BIB044", "title = {ALL IN CAPITALS}", [(12, "ALL IN CAPITALS")]),
    ("BIB044", "author = {Dee, D. and SMITHERS, JOHN}", [(25, "SMITHERS, JOHN")]),
    # text
    ("BIB050", "title = {naÃ¯ve}", [(14, "Ã¯")]),
    ("BIB050", "title = {it doesnâ€™t}", [(20, "â€™")]),
    ("BIB050", "title = {a\ufffdb}", [(13, "\ufffd")]),
    ("BIB050", "title = {a\u200bb}", [(13, "\u200b")]),
    ("BIB051", "title = {A &amp; B &#233; &lt;}", [(14, "&amp;"), (22, "&#233;"), (29, "&lt;")]),
    ("BIB051", "title = {A<sub>2</sub>}", [(13, "<sub>"), (19, "</sub>")]),
    ("BIB052", "title = {A & B}", [(14, "&")]),
    ("BIB052", "title = {A \\\\& B}", [(16, "&")]),
    ("BIB052", "note = {100% a_b #1 x^2}", [(14, "%"), (17, "_"), (20, "#"), (24, "^")]),
    ("BIB053", "title = {Laure\u0301n}", [(16, "e\u0301")]),
    ("BIB053", "title = {5 \u212b}", [(14, "\u212b")]),
    ("BIB054", "title = {Done twice.}", [(22, ".")]),
    ("BIB054", "title = { Done}", [(12, " ")]),
    ("BIB054", "journal = {Letters,}", [(21, ",")]),
    # fields
    ("BIB013", "titel = {x}", [(3, "titel")]),
    ("BIB014", "note = {}", [(10, "{}")]),
    ("BIB014", 'note = "{ }"', [(10, '"{ }"')]),
    ("BIB015", "crossref = {nobody}", [(15, "nobody")]),
    ("BIB016", "journal = {CoRR}", [(14, "CoRR")]),
    ("BIB016", "booktitle = {{arXiv} e-prints}", [(16, "{arXiv} e-prints")]),
    ("BIB006", "journal = letters", [(13, "letters")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "field", "found"), REJECTED)
def test_a_field_is_rejected_at_its_place(code: str, field: str, found: list[tuple[int, str]]) -> None:
    assert place(code, field) == found


ACCEPTED = {
    "BIB030": [
        "doi = {10.1007/978-3-031-73033-7_12}", "doi = {10.48550/arXiv.2210.02303}", "doi = {10.1234.56/x}",
        "doi = {10.1007/978-3-031-73033-7\\_12}",
        "doi = {10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O}",
    ],
    "BIB031": [
        "eprint = {2311.10709v2}, archiveprefix = {arXiv}", "eprint = {0704.0001}, archiveprefix = {arXiv}",
        "eprint = {math.GT/0309136}, archiveprefix = {arXiv}", "eprint = {hep-th/9901001v1}, eprinttype = {arxiv}",
        "eprint = {hal-01234567}, archiveprefix = {HAL}",
    ],
    "BIB032": [
        "eprint = {2311.10709v2}, doi = {10.48550/arXiv.2311.10709}", "eprint = {2311.10709}, doi = {10.1109/X}",
        "eprint = {2311.10709}, url = {https://arxiv.org/abs/2311.10709v1}", "url = {https://arxiv.org/abs/2311.10709}",
    ],
    "BIB034": [
        "month = jan", "month = {Sept.}", "month = {12}", 'month = 10 # "~" # jan', "month = {July/August}",
        "month = {June 3--5}", "month = {MAY}",
    ],
    "BIB035": [
        "pages = {96:1--96:12}", "pages = {1--9}", "pages = {3108}", "pages = {e2019-04}", "pages = {1, 3, 5--7}",
        "pages = {1234--41}", "pages = {xii--xv}", "pages = {S9--S12}", "pages = {2020-12-01}", "pages = {12+}",
        "pages = {A1--B2}", "pages = {104-A}", "pages = {7--7}",
    ],
    "BIB036": [
        "url = {https://example.org}", "url = {http://example.org/a\\_b?c=1&d=%20#e}", "url = {https://localhost:80/x}",
        "code = {https://user@git.example.org:8080/x}", "url = {https://münchen.example/ü}", "url = {HTTPS://EXAMPLE.ORG/}",
    ],
    "BIB037": ["orcid = {0000-0002-1694-233X}", "orcid = {https://orcid.org/0000-0002-1825-0097}"],
    "BIB038": ["isbn = {978 3 16 148410 0}", "isbn = {080442957X}", "isbn = {978-3-16-148410-0 (print)}"],
    "BIB039": ["issn = {2434-561X}", "issn = {0378-5955 (online), 2434-561x}"],
    "BIB040": [
        "title = {Text-to-Video Diffusion Models with An Expert Transformer}", "title = {Vision: A Study of A Thing}",
        "title = {{CogVideoX}: Towards {2D}\\&{3D}}", "title = {{GPT-4 and BERT}}", "title = {Ada: Bo and Cy}",
        "title = {Video Vision\\textsuperscript{TM}}", "title = {Break-A-Scene}", "title = {{\\'E}tude in Blue}",
        "title = {Étude of Ångström Units}", "title = {v2 of 4 models}",
        "title = {$l_2$ and $k$}", "title = {ALL THE LETTERS IN CAPITALS}",
    ],
    "BIB041": ["author = {Others, Olga}", "author = {{The Others}}", "author = {Al, Bo and Petal, Al}"],
    "BIB042": [
        "author = {Zambrano Chaves, Juan Manuel}", "author = {von Cy, Jr., Carla}",
        "author = {{Dee, Eff; and Co. \\& Sons}}",
        "author = {King, III, M. L. and J. R. R. Tolkien}", "author = {Kingma, Diederik P. and Fleet, David J.}",
    ],
    "BIB043": [
        "author = {Rowland, A. and Anderson, B.}", "author = {{Team 42}}", "author = {Lu{\\v{c}}i{\\'c}, Mario}",
        "author = {{Barnes and Noble}}", "author = {Cy, C. AND Dee, D.}",
    ],
    "BIB044": [
        "title = {BERT}", "title = {{BERT IN CAPITALS}}", "author = {LI, X.}", "author = {{THUDM GROUP}}",
        "journal = {IEEE}", "title = {PNAS}", "title = {数理科学における 文字の並べ替え}",
    ],
    "BIB050": ["title = {Éé Ãb «É» naïve}", "title = {“Strauß”}", "author = {Müller, Åsa}", "title = {A – B — C … €}"],
    "BIB051": ["title = {A \\& B}", "title = {$a < b$ and c > d}", "url = {https://example.org/?a&amp;b}"],
    "BIB052": [
        "title = {A \\& B \\% \\# \\_}", "title = {$a_1^2$}", "note = {\\url{https://example.org/a_b%20#c}}",
        "note = {\\href{https://example.org/a_b}{here}}", "url = {https://example.org/a_b#c}", "doi = {10.1/a_b}",
    ],
    "BIB053": ["title = {Laur\u00e9n}", "title = {{\\'e}}", "title = {\u0915\u094d\u0937}"],
    "BIB054": [
        "title = {What Next...}", "title = {Smith et al.}", "title = {Of Letters, Inc.}", "author = {Cy, C.}",
        "journal = {J. Lett.}", "title = {\n  Broken over Lines\n  }", "title = {Why?}", "note = {Version 2.}",
    ],
    "BIB013": ["bdsk-url-1 = {x}", "Date-Added = {x}", "primaryclass = {cs.CV}", "preprinttitle = {x}"],
    "BIB014": ["note = {0}", "note = {--}"],
    "BIB016": ["journal = {Archive of Letters}", "note = {arXiv preprint}", "booktitle = {Letters}"],
    "BIB006": ["journal = {letters}", "month = dec", "volume = 12"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "field"), [(code, field) for code, fields in ACCEPTED.items() for field in fields])
def test_a_near_miss_is_accepted(code: str, field: str) -> None:
    assert findings(code, entry(field)) == []


def test_a_title_that_styles_leave_alone_needs_no_braces() -> None:
    assert place("BIB040", "title = {On 3D}", kind="book") == []
    assert place("BIB040", "title = {On 3D}", kind="article") == [(15, "3D")]


def test_the_hint_for_capitals_shows_the_braces() -> None:
    (finding,) = check(corpus(bibliography=entry("title = {On GPT-4}")), [RULES["BIB040"]])
    assert finding.hint == "write {GPT-4}"


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


def pair(one: str, other: str) -> str:
    return f"@misc{{a, {one}}}\n@misc{{b, {other}}}\n"


TWINS = [
    ("BIB020", "doi = {10.1234/X}", "doi = {https://doi.org/10.1234/x}", [(2, 17, "https://doi.org/10.1234/x")]),
    ("BIB020", "doi = {10.1234/a_b}", "doi = {10.1234/a\\_b}", [(2, 17, "10.1234/a\\_b")]),
    ("BIB020", "doi = {10.1234/a}", "doi = {10.1234/ab}", []),
    ("BIB020", "doi = {}", "doi = {}", []),
    ("BIB021", "eprint = {2311.10709}", "eprint = {arXiv:2311.10709v2}", [(2, 20, "arXiv:2311.10709v2")]),
    ("BIB021", "eprint = {2311.10709}", "url = {https://arxiv.org/abs/2311.10709}",
     [(2, 17, "https://arxiv.org/abs/2311.10709")]),
    ("BIB021", "eprint = {2311.10709}", "eprint = {2311.10708}", []),
    # one pair, one finding
    ("BIB021", "eprint = {2311.10709}, doi = {10.1234/x}", "eprint = {2311.10709}, doi = {10.1234/x}", []),
    ("BIB021", "eprint = {2311.10709}", "eprint = {2311.10709}, journal = {J}", []),
    ("BIB022", "author = {Cy, C.}, title = {On {Fr{\\'e}chet} Distances}",
     "author = {Carla Cy}, title = {On Fréchet-distances}", [(2, 40, "On Fréchet-distances")]),
    ("BIB022", "author = {Cy, C.}, title = {{LRM}: Large Models for Single Image to {3D}}",
     "author = {Cy, C.}, title = {Large Models for Single Image to 3D}",
     [(2, 38, "Large Models for Single Image to 3D")]),
    ("BIB022", "author = {Cy, C.}, title = {Generative Modeling}", "author = {Cy, C.}, title = {Generative Modelling}",
     [(2, 38, "Generative Modelling")]),
    ("BIB022", "author = {Cy, C.}, title = {Video Diffusion Model}",
     "author = {Cy, C.}, title = {Video Diffusion Models}",
     [(2, 38, "Video Diffusion Models")]),
    ("BIB022", "author = {Cy, C.}, title = {New}, preprinttitle = {Old Title}",
     "author = {Cy, C.}, title = {Old Title}",
     [(2, 38, "Old Title")]),
    ("BIB022", "author = {Cy, C.}, title = {Editorial}", "author = {Dee, D.}, title = {Editorial}", []),
    ("BIB022", "author = {Cy, C.}, title = {Letters, Part I}", "author = {Cy, C.}, title = {Letters, Part II}", []),
    ("BIB022", "author = {Cy, C.}, title = {Sorting with CogVideo}",
     "author = {Cy, C.}, title = {Sorting with CogVideoX}", []),
    ("BIB022", "author = {Cy, C.}, title = {The GPT-3 Report}", "author = {Cy, C.}, title = {The GPT-4 Report}", []),
    ("BIB022", "author = {Cy, C.}, title = {Image Generation}", "author = {Cy, C.}, title = {Video Generation}", []),
    ("BIB022", "author = {Cy, C.}, title = {A: Results}", "author = {Cy, C.}, title = {B: Results}", []),
    ("BIB022", "author = {Cy, C.}, title = {The {\\TeX}book}", "author = {Cy, C.}, title = {The {\\MF}book}", []),
    ("BIB022", "title = {Untold}", "title = {Untold}", []),
    ("BIB023", "eprint = {2311.10709}", "eprint = {2311.10709}, journal = {J}", [(1, 7, "a")]),
    ("BIB023", "journal = {J}, doi = {10.1234/x}, eprint = {2311.10709}",
     "doi = {10.48550/arXiv.2311.10709}", [(2, 7, "b")]),
    ("BIB023", "author = {Cy, C.}, title = {T}, journal = {arXiv preprint}",
     "author = {Cy, C.}, title = {T}, journal = {J}",
     [(1, 7, "a")]),
    ("BIB023", "author = {Cy, C.}, title = {T}, journal = {I}", "author = {Cy, C.}, title = {T}, journal = {J}", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "one", "other", "found"), TWINS)
def test_twins(code: str, one: str, other: str, found: list[tuple[int, int, str]]) -> None:
    assert findings(code, pair(one, other)) == found


def test_three_of_a_kind_are_two_findings() -> None:
    text = "".join(f"@misc{{{key}, doi = {{10.1234/x}}}}\n" for key in "abc")
    assert findings("BIB020", text) == [(2, 17, "10.1234/x"), (3, 17, "10.1234/x")]


def test_text_put_together_is_reported_as_a_whole() -> None:
    text = '@string{a = "et al."}\n@misc{k, author = "Cy, C. " # a}'
    assert findings("BIB041", text) == [(2, 19, '"Cy, C. " # a')]


@pytest.mark.parametrize("rule", BIB, ids=lambda rule: rule.code)
def test_an_empty_bibliography_has_no_finding(rule: object) -> None:
    assert check(corpus(bibliography=""), [rule]) == []


ALPHABET = "aB3 \\{}\"'#%&_^$~,.;:-–/()@=\n\té\u0301Ãâ€™\u200b<i>&amp;and"
FIELDS = sorted({"title", "author", "doi", "eprint", "pages", "year", "month", "url", "orcid", "isbn", "issn", "note"})


@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(), st.text(ALPHABET, max_size=40))))
def test_any_values_are_checked_and_every_span_lies_in_the_file(fields: dict[str, str]) -> None:
    text = "@misc{k,\n" + ",\n".join(f"{name} = {{{value}}}" for name, value in fields.items()) + "}\n"
    read = corpus(bibliography=text)
    for finding in check(read, BIB):
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
        check(read, BIB)
        return time.process_time() - begin

    # Eight times the text: quadratic time would take 64 times as long, at every try; a busy machine not at every one.
    assert any(seconds(4_000) < 24 * seconds(500) + 0.05 for _ in range(6))
