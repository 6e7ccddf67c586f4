"""What the BIB rules find in a single field, at which column, and near misses that they must accept."""

import pytest

from bibliographies import entry, findings, place
from corpora import corpus
from diptych.check import check
from diptych.rules import RULES

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


def test_text_put_together_is_reported_as_a_whole() -> None:
    text = '@string{a = "et al."}\n@misc{k, author = "Cy, C. " # a}'
    assert findings("BIB041", text) == [(2, 19, '"Cy, C. " # a')]
