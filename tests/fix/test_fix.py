"""What can be mended without judgement, and the proof that nothing else changes."""

import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpora import BIBLIOGRAPHY, HEADER, corpus, markdown, write_project
from diptych.check import check
from diptych.errors import DiptychError
from diptych.fix import Edit, apply_fixes, plan_fixes, render_diff
from diptych.fix.edits import LAYOUT, apply_edits
from diptych.fix.layout import lay_out
from diptych.fix.proof import proved
from diptych.model.corpus import Corpus
from diptych.parse.bibliography import read_bibliography
from diptych.parse.corpus import read_corpus
from diptych.rules import RULES
from diptych.settings import find_project
from diptych.span import Source

BIB = "bib/letters.bib"


def mended(text: str, path: str = BIB, **corpora: str) -> str:
    """The text of a file after all its fixes."""
    read = corpus(bibliography=text, **corpora) if path == BIB else corpus(text)
    return apply_edits(text, [edit for edit in plan_fixes(read) if edit.span.path == path])


def field(text: str, kind: str = "misc") -> str:
    """What becomes of one field of an entry that is laid out already."""
    before = f"@{kind}{{k,\n  {text},\n}}\n"
    after = mended(before)
    assert after.startswith(f"@{kind}{{k,\n  ")
    return after.removeprefix(f"@{kind}{{k,\n  ").removesuffix(",\n}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("doi = {https://doi.org/10.1234/A_b}", "doi = {10.1234/A_b}"),
        ('doi = "doi:10.1234/x"', 'doi = "10.1234/x"'),
        ("doi = {https://doi.org/nonsense}", "doi = {https://doi.org/nonsense}"),
        ("pages = {10-19, 21 – 25, e3-4}", "pages = {10--19, 21--25, e3-4}"),
        ("pages = {19-10}", "pages = {19--10}"),
        ("eprint = {arXiv:2311.10709v2}", "eprint = {2311.10709v2},\n  archiveprefix = {arXiv}"),
        ("eprint = {2311.1}", "eprint = {2311.1}"),
        ("eprint = {2311.10709},\n  archiveprefix = {arXiv}", "eprint = {2311.10709},\n  archiveprefix = {arXiv}"),
        ("eprint = {1802.01234},\n  eprinttype = {arxiv}", "eprint = {1802.01234},\n  eprinttype = {arxiv}"),
        ("title = {GPT-4 and 3D: {BERT} in {A Box}}", "title = {{GPT-4} and {3D}: {BERT} in {A Box}}"),
        ("title = {Text-to-Video Diffusion Models}", "title = {Text-to-Video Diffusion Models}"),
        ("title = {ALL IN CAPITALS}", "title = {ALL IN CAPITALS}"),
        ("note = {pages 1-9 of GPT-4}", "note = {pages 1-9 of GPT-4}"),
    ],
)
def test_values(before: str, after: str) -> None:
    assert field(before) == after


def test_titles_of_books_keep_their_capitals_anyway() -> None:
    assert field("title = {On GPT-4}", kind="book") == "title = {On GPT-4}"


LAID_OUT = [
    pytest.param(
        '@MISC(k, Year=2020 , Title = "A {B}\n    c" , x-y = {1}, author=me#" and "#{D})',
        '@misc{k,\n  title = "A {B}\n    c",\n  author = me#" and "#{D},\n  year = 2020,\n  x-y = {1},\n}\n',
        id="order, case, one field a line",
    ),
    pytest.param("@misc{k}", "@misc{k,\n}\n", id="no field"),
    pytest.param(
        "\n\n% Head\n\n\n@misc{a,\n}@misc{b,\n}\n% of c\n@misc{c,\n}   \n\n\n\n% End   ",
        "% Head\n\n@misc{a,\n}\n\n@misc{b,\n}\n\n% of c\n@misc{c,\n}\n\n% End\n",
        id="blank lines and comments",
    ),
    pytest.param("@misc{a,\n} % remark\n", "@misc{a,\n} % remark\n", id="remark behind an entry"),
    pytest.param(
        "@string{x = {y}}\n@preamble{{z}}\n@misc{a,\n  note = x,\n}\n",
        "@string{x = {y}}\n@preamble{{z}}\n@misc{a,\n  note = x,\n}\n",
        id="other blocks",
    ),
    pytest.param("", "", id="nothing"),
    pytest.param("% only a comment", "% only a comment\n", id="comment alone"),
]


@pytest.mark.parametrize(("before", "after"), LAID_OUT)
def test_layout(before: str, after: str) -> None:
    assert mended(before) == after
    assert mended(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, t = {x\n@misc{b,\n}\n",
        "@misc{a, title = {x}, title = {y}}\n\n@misc{b,\n}\n",
        "@misc{, title = {x}}\n\n@misc{b,\n}\n",
        "@misc{a, title = {x} year = 1}\n\n@misc{b,\n}\n",
        "@misc{a, % why\n title = {x}}\n\n@misc{b,\n}\n",
        "@string{s = {x}}@misc{\\},crossref = {b}, = {x}@misc{a,}\n t = {x",
    ],
)
def test_what_is_not_understood_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_an_entry_beside_a_broken_one_is_mended() -> None:
    broken = "@misc{a, title = {x} year = 1}\n"
    assert mended(broken + "@misc{b,\n  doi = {doi:10.1234/x},\n}\n") == broken + "@misc{b,\n  doi = {10.1234/x},\n}\n"


def test_the_case_of_cited_keys() -> None:
    text = markdown(HEADER.replace("ada2020first, bo", "'Ada2020first', bo")).replace(
        "{cite:t}`bo2021second` sort", "{cite:t}`BO2021Second{Table 2}` and {cite:p}`cy2019` sort"
    )
    after = mended(text, path="analyses/a/index.md")
    assert after == text.replace("BO2021Second", "bo2021second").replace("Ada2020first", "ada2020first")
    assert "cy2019" in after


def test_a_key_that_two_entries_could_mean_stays() -> None:
    bibliography = BIBLIOGRAPHY + "@misc{BO2021second,\n  title = {T},\n}\n"
    text = markdown().replace("`bo2021second` sort", "`Bo2021Second` sort")
    assert [edit.code for edit in plan_fixes(corpus(text, bibliography=bibliography)) if edit.code == "CIT001"] == []


def test_only_chosen_findings_are_mended() -> None:
    text = "@misc{k, pages = {1-9}, doi = {doi:10.1234/x}}\n"
    chosen = plan_fixes(corpus(bibliography=text), {"BIB035"})
    assert apply_edits(text, chosen) == "@misc{k, pages = {1--9}, doi = {doi:10.1234/x}}\n"
    assert [edit.code for edit in plan_fixes(corpus(bibliography=text), {LAYOUT})] == [LAYOUT]


def test_what_an_author_allows_stays() -> None:
    comment = "% diptych: allow BIB035 -- the journal prints it so\n"
    entries = "@misc{a,\n  pages = {1-9},\n  doi = {doi:10.1234/x},\n}\n\n@misc{b,\n  pages = {1-9},\n}\n"
    after = entries.replace("doi:", "").replace("b,\n  pages = {1-9}", "b,\n  pages = {1--9}")
    assert mended(comment + entries) == comment + after


def test_an_edit_of_layout_says_what_else_it_mends() -> None:
    (edit,) = plan_fixes(corpus(bibliography="@misc{k, pages = {1-9}, doi = {doi:10.1234/x}}\n"))
    assert (edit.code, edit.also) == (LAYOUT, ("BIB030", "BIB035"))


def test_what_was_mended_is_found_no_more() -> None:
    text = (
        "@misc{k, title={On GPT-4 in 3D}, author={A, B}, year=2023, pages={1-9}, doi={doi:10.1234/x}, "
        "eprint={arXiv:2301.10709}}"
    )
    codes = {"BIB030", "BIB031", "BIB035", "BIB040"}
    rules = [RULES[code] for code in sorted(codes)]
    assert {finding.code for finding in check(corpus(bibliography=text), rules)} == codes
    assert check(corpus(bibliography=mended(text)), rules) == []


def project(folder: Path, bibliography: bytes, text: str = "") -> Corpus:
    write_project(folder, *([text] if text else []))
    (folder / BIB).write_bytes(bibliography)
    return read_corpus(find_project(folder))


CROOKED = BIBLIOGRAPHY.replace("1--9", "1-9").replace("Letters Faster", "Löwen in 3D")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_bytes_that_no_edit_touches_stay(tmp_path: Path, mark: bytes, ending: str) -> None:
    read = project(tmp_path, mark + CROOKED.replace("\n", ending).encode())
    assert apply_fixes(read, plan_fixes(read), tmp_path) == [BIB]
    wanted = CROOKED.replace("1-9", "1--9").replace("3D", "{3D}")
    assert (tmp_path / BIB).read_bytes() == mark + wanted.replace("\n", ending).encode()
    again = read_corpus(find_project(tmp_path))
    assert plan_fixes(again) == []
    assert apply_fixes(again, [], tmp_path) == []


def test_mixed_line_endings_stay_where_nothing_changes(tmp_path: Path) -> None:
    text = b"% a\r\n% b\n@misc{k,\r\n  doi = {doi:10.1234/x},\n  note = {y\r\n z},\n}\n"
    read = project(tmp_path, text)
    apply_fixes(read, plan_fixes(read, {"BIB030"}), tmp_path)
    assert (tmp_path / BIB).read_bytes() == text.replace(b"doi:", b"")


def test_new_lines_end_as_the_file_does(tmp_path: Path) -> None:
    read = project(tmp_path, b"@misc{k, note = {x}, title = {y}}\r\n\r\n\r\n\r\n@misc{l,\r\n}\r\n")
    apply_fixes(read, plan_fixes(read), tmp_path)
    wanted = b"@misc{k,\r\n  title = {y},\r\n  note = {x},\r\n}\r\n\r\n@misc{l,\r\n}\r\n"
    assert (tmp_path / BIB).read_bytes() == wanted


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    read = project(tmp_path, CROOKED.encode())
    real = tmp_path / "elsewhere.bib"
    (tmp_path / BIB).rename(real)
    (tmp_path / BIB).symlink_to(real)
    real.chmod(0o640)
    apply_fixes(read, plan_fixes(read), tmp_path)
    assert (tmp_path / BIB).is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "1--9" in real.read_text(encoding="utf-8")
    assert [file.name for file in (tmp_path / "bib").iterdir()] == ["letters.bib"]


def test_a_file_that_has_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    crooked = markdown().replace("`bo2021second` sort", "`BO2021second` sort")
    read = project(tmp_path, CROOKED.encode(), crooked)
    (tmp_path / BIB).write_text(CROOKED + "% new", encoding="utf-8")
    with pytest.raises(DiptychError, match="changed since it was read"):
        apply_fixes(read, plan_fixes(read), tmp_path)
    assert (tmp_path / BIB).read_text(encoding="utf-8") == CROOKED + "% new"
    assert (tmp_path / "analyses/a/index.md").read_text(encoding="utf-8") == crooked


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("@article{bo2021second", "@article{bo2021", "entries"),
        ("@article{", "@book{", "entries"),
        ("  volume = {3},\n", "", "bo2021second"),
        ("{3}", "{4}", "bo2021second"),
        ("10--19", "10--18", "bo2021second"),
        ("{Journal", "{journal", "bo2021second"),
        ("% Of letters", "% of letters", "comment"),
        ("}\n\n@article", "}\n\n@article{x,}\n@article", "entries"),
        ("{3},", "{3}", "bo2021second|as before"),
        ("volume = {3}", "volume = {3}, volume = {3}", "as before"),
    ],
)
def test_an_edit_that_would_lose_something_is_refused(old: str, new: str, why: str) -> None:
    text = BIBLIOGRAPHY + "% Of letters\n"
    source = Source(BIB, text)
    at = text.index(old)
    edit = Edit(source.span(at, at + len(old)), new, "BIB035")
    with pytest.raises(DiptychError, match=why):
        proved(source, [edit])


def test_an_edit_of_an_analysis_may_change_the_case_of_letters_alone() -> None:
    source = Source("analyses/a/index.md", "Both papers")
    assert proved(source, [Edit(source.span(0, 4), "both", "CIT001")]) == "both papers"
    with pytest.raises(DiptychError, match="more than the case"):
        proved(source, [Edit(source.span(0, 4), "Bath", "CIT001")])


def test_overlapping_edits_are_refused() -> None:
    source = Source("a", "abc")
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [Edit(source.span(0, 2), "x", "C"), Edit(source.span(1, 3), "y", "C")])


def test_edits_of_a_file_outside_of_the_corpus_are_refused() -> None:
    edit = Edit(Source("other.bib", "x").whole(), "y", LAYOUT)
    with pytest.raises(DiptychError, match="no file of the corpus"):
        render_diff(corpus(), [edit])


def test_the_diff_of_nothing_is_empty() -> None:
    assert render_diff(corpus(), plan_fixes(corpus())) == ""


def test_a_diff_reads_as_usual() -> None:
    read = corpus(bibliography=CROOKED)
    assert render_diff(read, plan_fixes(read, {"BIB035"})) == (
        "--- a/bib/letters.bib\n"
        "+++ b/bib/letters.bib\n"
        "@@ -2,7 +2,7 @@\n"
        "   title = {First: Sorting Letters},\n"
        "   author = {Ada, Anna},\n"
        "   booktitle = {Conference on Letters},\n"
        "-  pages = {1-9},\n"
        "+  pages = {1--9},\n"
        "   year = {2020},\n"
        " }\n"
        " \n"
    )


SCRAPS = [
    *["@misc{a, note = {x}}", "@article{b,\n  pages = {1-9},\n}", "@misc(c, doi = {doi:10.1234/x}, Title = {On 3D})"],
    *["% comment", "\n", "\n\n", " ", "@string{s = {t}}", "@misc{d, year = 1,\n  note = s # {}}", "@misc{e, x}"],
    *["@misc{f,\n  eprint = {arXiv:2311.10709},\n}\n", "@comment{x}", "text", "é", "@misc{a, t = 1}", "@misc{g, t = {"],
]


@given(st.lists(st.sampled_from(SCRAPS), max_size=10).map("".join))
def test_fixes_of_any_bibliography_are_harmless_and_final(text: str) -> None:
    read = corpus(bibliography=text)
    edits = plan_fixes(read)
    after = proved(read.bibliography.sources[BIB], edits)
    again = corpus(bibliography=after)
    assert plan_fixes(again) == []
    assert list(again.bibliography.entries) == list(read.bibliography.entries)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=10).map("".join))
def test_patch_makes_of_a_diff_what_the_edits_make(tmp_path: Path, text: str) -> None:
    read = corpus(bibliography=text)
    edits = plan_fixes(read)
    diff = render_diff(read, edits)
    if not diff:
        assert edits == []
        return
    file = tmp_path / "letters.bib"
    file.write_text(text, encoding="utf-8")
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], input=diff.replace(BIB, "letters.bib"), cwd=tmp_path,
                   check=True, text=True, capture_output=True)  # fmt: skip
    assert file.read_text(encoding="utf-8") == proved(read.bibliography.sources[BIB], edits)


def test_an_entry_that_is_not_alone_is_not_laid_out() -> None:
    assert lay_out("@misc{a}@misc{b}") == "@misc{a}@misc{b}"
    assert lay_out("@misc{a, t") == "@misc{a, t"


def test_the_own_bibliography_needs_no_fix() -> None:
    folder = Path(__file__).parents[2] / "bib"
    sources = [Source.read(file, folder.parent) for file in sorted(folder.glob("*.bib"))]
    assert sources
    assert plan_fixes(replace(corpus(), documents=(), bibliography=read_bibliography(sources))) == []
