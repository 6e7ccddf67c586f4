"""Settings: where they are found, and how a mistake in them is reported."""

from pathlib import Path

import pytest

from diptych.errors import DataError, DiptychError
from diptych.settings import Settings, find_project


def problem_of(root: Path, text: str, name: str = "diptych.toml") -> str:
    (root / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        find_project(root)
    return str(caught.value)


def test_an_empty_file_makes_a_project(root: Path) -> None:
    project = find_project(root / "analyses" / "a" / "index.md")
    assert (project.root, project.settings) == (root.resolve(), Settings())


def test_settings_may_stand_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[tool.diptych]\nanalyses = "essays"\nignore = ["LEN"]\n'
        "[tool.diptych.thresholds]\nparagraph_words = 5\n",
        encoding="utf-8",
    )
    project = find_project(tmp_path)
    assert project.analyses == tmp_path.resolve() / "essays"
    assert project.settings.ignore == ("LEN",)
    assert project.settings.thresholds.paragraph_words == 5
    assert str(project.places["ignore[0]"]) == "pyproject.toml:5:11"


def test_another_pyproject_on_the_way_up_is_passed_by(root: Path) -> None:
    (root / "analyses/pyproject.toml").write_text('[tool]\nother = 1\n[project]\nname = "x"\n', encoding="utf-8")
    assert find_project(root / "analyses").root == root.resolve()
    (root / "analyses/pyproject.toml").write_text('tool = "hammer"\n', encoding="utf-8")
    assert find_project(root / "analyses").root == root.resolve()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('analysis = "x"', 'diptych.toml:1:1: unknown field "analysis"\n    hint: did you mean "analyses"?'),
        ("\nanalyses = 3", 'diptych.toml:2:12: "analyses" must be text'),
        ('select = "CIT"', 'diptych.toml:1:10: "select" must be a list'),
        ('ignore = ["CIT", "cit-1"]', "diptych.toml:1:18:"),
        ('cache = "../elsewhere"', 'diptych.toml:1:9: "cache" must be a folder below the project\'s own'),
        ('cache = "/tmp"', "diptych.toml:1:9:"),
        ('site_url = "https://example.org"', "diptych.toml:1:12:"),
        ("[thresholds]\nparagraph_wrods = 3", 'did you mean "paragraph_words"?'),
        ("[thresholds]\nparagraph_words = true", "diptych.toml:2:19:"),
        ("[thresholds]\nparagraph_words = -1", 'diptych.toml:2:19: "thresholds.paragraph_words" cannot be -1'),
        ("a = [", "diptych.toml:1:6: not valid TOML"),
    ],
)
def test_a_mistake_is_reported_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in problem_of(tmp_path, text)


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    assert problem_of(tmp_path, "a = 1\nb = 2\nselect = 3\n").count("diptych.toml:") == 3


def test_settings_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "diptych.toml").write_bytes(b"\nx = '\xff'")
    with pytest.raises(DiptychError, match=r"diptych.toml:2:6: the file is not UTF-8"):
        find_project(tmp_path)


def test_no_settings_at_all(tmp_path: Path) -> None:
    with pytest.raises(DiptychError, match="no Diptych project here or above"):
        find_project(tmp_path)
