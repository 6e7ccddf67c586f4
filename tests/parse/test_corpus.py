"""From folders to a corpus: which analyses are read, and what is said when there are none."""

from pathlib import Path

import pytest

from corpora import BIBLIOGRAPHY, markdown, write_project
from diptych.errors import DataError, DiptychError
from diptych.parse.corpus import analysis_files, read_corpus
from diptych.settings import find_project


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return write_project(tmp_path, markdown(), markdown())


def slugs(root: Path, *paths: Path) -> list[str]:
    return [document.slug for document in read_corpus(find_project(root), paths).documents]


def test_a_project_is_read_as_one_corpus(two: Path) -> None:
    corpus = read_corpus(find_project(two))
    assert [document.source.path for document in corpus.documents] == ["analyses/a/index.md", "analyses/b/index.md"]
    assert [document.slug for document in corpus.documents] == ["a", "b"]
    assert list(corpus.bibliography.entries) == ["ada2020first", "bo2021second"]
    assert list(corpus.rubrics) == ["sorting"]
    assert corpus.is_whole


def test_an_analysis_is_named_by_its_folder_its_file_or_a_folder_around_it(two: Path) -> None:
    assert slugs(two, two / "analyses/b") == ["b"]
    assert slugs(two, two / "analyses/b/index.md") == ["b"]
    assert slugs(two, two / "analyses") == ["a", "b"]
    assert slugs(two, two) == ["a", "b"]


def test_an_analysis_named_in_two_ways_is_read_once(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two / "analyses/a")
    assert slugs(two, Path(), Path("index.md"), Path("../a"), two / "analyses/a") == ["a"]
    assert slugs(two, Path("..")) == ["a", "b"]


def test_only_all_analyses_make_a_whole_corpus(two: Path) -> None:
    project = find_project(two)
    assert not read_corpus(project, [two / "analyses/a"]).is_whole
    assert read_corpus(project, [two / "analyses/a", two / "analyses/b"]).is_whole


def test_what_is_no_analysis_is_named(two: Path) -> None:
    (two / "analyses/empty").mkdir()
    with pytest.raises(DiptychError, match=r"holds no analysis\n    hint: name an analysis's folder or its index\.md"):
        slugs(two, two / "analyses/empty")
    with pytest.raises(DiptychError, match="does not exist"):
        slugs(two, two / "analyses/nobody")


def test_no_analysis_at_all_is_an_error_that_says_how_to_begin(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "analyses/a/index.md").unlink()
    with pytest.raises(
        DiptychError, match=r"^analyses: no analysis found\n    hint: write one in analyses/<slug>/index"
    ):
        slugs(tmp_path)


def test_only_folders_with_an_index_are_analyses(two: Path) -> None:
    (two / "analyses/README.md").write_text("x", encoding="utf-8")
    (two / "analyses/a/notes.md").write_text("x", encoding="utf-8")
    (two / "analyses/a/deeper").mkdir()
    (two / "analyses/a/deeper/index.md").write_text("x", encoding="utf-8")
    assert [file.parent.name for file in analysis_files(two / "analyses")] == ["a", "b"]


@pytest.mark.parametrize("name", ["analyses/a/index.md", "bib/letters.bib", "docs/assignments/sorting.toml"])
def test_a_file_that_is_not_utf_8_is_named_with_the_place(name: str, two: Path) -> None:
    (two / name).write_bytes(b"% line\n\xff")
    with pytest.raises(DataError) as caught:
        slugs(two)
    assert str(caught.value).startswith(f"{name}:2:1: the file is not UTF-8 text from here on")


def test_windows_line_endings_change_nothing(two: Path) -> None:
    for name in ("analyses/a/index.md", "bib/letters.bib", "docs/assignments/sorting.toml"):
        (two / name).write_bytes(b"\xef\xbb\xbf" + (two / name).read_bytes().replace(b"\n", b"\r\n"))
    corpus = read_corpus(find_project(two))
    first, second = corpus.documents
    assert first.source.text == second.source.text
    assert first.blocks[0].span.start == second.blocks[0].span.start
    assert corpus.bibliography.sources["bib/letters.bib"].text == BIBLIOGRAPHY
