"""Kept results: shown again while nothing has changed, and never believed where that is in doubt."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

import diptych.cache
import diptych.inspection
from corpora import BODY, markdown
from diptych.cache import MOST as MOST_OF_KINDS
from diptych.cache import digest_of, open_cache
from diptych.cli import main
from diptych.report.findings import Report
from diptych.settings import find_project

MOST = MOST_OF_KINDS[".result"]
FAULTY = markdown(body=BODY.replace("by size, and", "by size, like others {cite:p}`ada2020frist`, and"))


@pytest.fixture
def here(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with one faulty analysis, as the current folder of a user who has no key yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.chdir(root)
    (root / "analyses/a/index.md").write_text(FAULTY, encoding="utf-8")
    return root


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one for each check that is made and not just shown again."""
    made: list[int] = []
    inspect = diptych.inspection.inspect

    def counted(*arguments) -> Report:
        made.append(1)
        return inspect(*arguments)

    monkeypatch.setattr(diptych.inspection, "inspect", counted)
    return made


def results(root: Path) -> list[Path]:
    return sorted((root / "build/cache").glob("*.result"))


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_a_second_run_shows_the_same_without_a_check(here: Path, checks: list, capsys, form: str) -> None:
    assert main(["check", "--format", form]) == 1
    first = capsys.readouterr().out
    assert main(["check", "--format", form]) == 1
    assert capsys.readouterr().out == first
    assert main(["check", "--format", form, "--no-cache"]) == 1
    assert capsys.readouterr().out == first
    assert len(checks) == 2


def test_one_result_serves_every_format(here: Path, checks: list) -> None:
    for form in ("text", "json", "sarif", "github", "junit"):
        assert main(["check", "--format", form]) == 1
    assert len(checks) == 1


def test_a_clean_result_is_kept_as_well(here: Path, checks: list) -> None:
    (here / "analyses/a/index.md").write_text(markdown(), encoding="utf-8")
    assert [main(["check"]), main(["check"])] == [0, 0]
    assert len(checks) == 1


def mended(root: Path) -> None:
    (root / "analyses/a/index.md").write_text(markdown(), encoding="utf-8")


def second_analysis(root: Path) -> None:
    shutil.copytree(root / "analyses/a", root / "analyses/b")


def moved(root: Path) -> None:
    (root / "analyses/a").rename(root / "analyses/z")


def new_figure(root: Path) -> None:
    (root / "analyses/a/figure.svg").write_text("<svg/>", encoding="utf-8")


def new_folder(root: Path) -> None:
    (root / "analyses/a/figures").mkdir()


def entry_changed(root: Path) -> None:
    file = root / "bib/letters.bib"
    file.write_text(file.read_text(encoding="utf-8").replace("{2020}", "{2019}"), encoding="utf-8")


def bibliography_grown(root: Path) -> None:
    (root / "bib/more.bib").write_text("", encoding="utf-8")


def evidence_listed(root: Path) -> None:
    (root / "analyses/a/evidence.toml").write_text("evidence = 3\n", encoding="utf-8")


def assignment_changed(root: Path) -> None:
    file = root / "docs/assignments/sorting.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("words = [30, 80]", "words = [30, 90]"), encoding="utf-8")


def threshold_set(root: Path) -> None:
    (root / "diptych.toml").write_text("[thresholds]\nparagraph_words = 9\n", encoding="utf-8")


CHANGES = [
    mended, second_analysis, moved, new_figure, new_folder, entry_changed, bibliography_grown, assignment_changed,
    threshold_set, evidence_listed,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_leads_to_a_new_check(here: Path, checks: list, capsys, change) -> None:
    main(["check"])
    change(here)
    capsys.readouterr()
    main(["check"])
    with_cache = capsys.readouterr().out
    assert len(checks) == 2
    main(["check", "--no-cache"])
    assert capsys.readouterr().out == with_cache


def test_what_is_asked_for_is_part_of_a_result(here: Path, checks: list) -> None:
    assert main(["check"]) == 1
    assert main(["check", "--select", "LEN"]) == 0
    assert main(["check", "--ignore", "CIT"]) == 0
    assert main(["check", "analyses/a"]) == 1
    assert main(["check", "bib/letters.bib"]) == 0
    assert len(checks) == 5


def test_the_day_is_part_of_a_result(here: Path, checks: list, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date(2999, 1, 1)

    main(["check"])
    monkeypatch.setattr(diptych.cache, "date", Tomorrow)
    main(["check"])
    assert len(checks) == 2


def test_code_and_installed_packages_are_part_of_a_result(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, copy = find_project(here), here / "copy"
    before = digest_of(project, (), ())
    installed = diptych.cache._installed()
    assert "PyYAML" in {name.partition("-")[0] for name in installed} or "pyyaml" in " ".join(installed).lower()
    monkeypatch.setattr(diptych.cache, "_installed", lambda: [*installed, "more-1.0.dist-info"])
    assert digest_of(project, (), ()) != before
    monkeypatch.undo()
    copy.mkdir()
    monkeypatch.setattr(diptych.cache, "__file__", str(copy / "cache.py"))
    elsewhere = digest_of(project, (), ())
    (copy / "rule.py").write_text("", encoding="utf-8")
    assert len({before, elsewhere, digest_of(project, (), ())}) == 3


def test_times_of_files_do_not_matter(here: Path, checks: list) -> None:
    main(["check"])
    os.utime(here / "analyses/a/index.md", (1, 1))
    main(["check"])
    assert len(checks) == 1


def forged(sealed: bytes) -> bytes:
    """The same result without its findings, under the old seal."""
    kept = json.loads(sealed[32:])
    return sealed[:32] + json.dumps({**kept, "findings": []}).encode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: b"",
        lambda sealed: sealed[:-1],
        lambda sealed: sealed + b" ",
        lambda sealed: sealed[:32],
        lambda sealed: bytes(32) + sealed[32:],
        lambda sealed: b"{}",
        forged,
    ],
)
def test_a_result_that_was_altered_is_not_believed(here: Path, checks: list, spoil) -> None:
    main(["check"])
    (file,) = results(here)
    sealed = file.read_bytes()
    file.write_bytes(spoil(sealed))
    assert main(["check"]) == 1
    assert len(checks) == 2
    assert file.read_bytes() == sealed


def test_a_result_of_another_user_is_not_believed(here: Path, checks: list, monkeypatch, tmp_path_factory) -> None:
    main(["check"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("other")))
    assert main(["check"]) == 1
    assert len(checks) == 2


def test_a_result_is_not_believed_in_the_place_of_another(here: Path, checks: list) -> None:
    main(["check", "--select", "LEN"])
    (clean,) = results(here)
    main(["check"])
    (other,) = set(results(here)) - {clean}
    shutil.copy(clean, other)
    assert main(["check"]) == 1
    assert len(checks) == 3


def test_what_changes_during_a_check_is_not_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inspect = diptych.inspection.inspect

    def changing(*arguments) -> Report:
        report = inspect(*arguments)
        mended(here)
        return report

    monkeypatch.setattr(diptych.inspection, "inspect", changing)
    assert main(["check"]) == 1
    assert results(here) == []
    monkeypatch.setattr(diptych.inspection, "inspect", inspect)
    assert main(["check", "--no-cache"]) == 0


def link_to_a_folder(root: Path) -> None:
    (root / "analyses/loop").symlink_to(root / "analyses")


def pipe(root: Path) -> None:
    os.mkfifo(root / "analyses/a/pipe")


def dangling_link(root: Path) -> None:
    (root / "analyses/a/nowhere.svg").symlink_to(root / "nowhere")


@pytest.mark.parametrize("doubt", [link_to_a_folder, pipe, dangling_link])
def test_where_not_all_can_be_told_nothing_is_kept(here: Path, checks: list, doubt) -> None:
    doubt(here)
    assert [main(["check"]), main(["check"])] == [1, 1]
    assert results(here) == []
    assert len(checks) == 2


def test_an_analysis_from_elsewhere_is_not_kept(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    assert open_cache(find_project(here), [outside], ()) is None
    assert open_cache(find_project(here), [here / "analyses/a"], ()) is not None


def test_the_key_is_the_users_own(here: Path) -> None:
    main(["check"])
    key = Path(os.environ["XDG_CACHE_HOME"]) / "diptych/key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32
    key.chmod(0o644)
    assert open_cache(find_project(here), (), ()) is None
    key.chmod(0o600)
    key.write_bytes(b"short")
    assert open_cache(find_project(here), (), ()) is None


@pytest.mark.parametrize("place", ["relative", os.devnull])
def test_without_a_place_for_the_key_nothing_is_kept(here: Path, checks: list, monkeypatch, place: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert [main(["check"]), main(["check"])] == [1, 1]
    assert len(checks) == 2
    assert not (here / "build").exists()


def test_a_folder_that_cannot_be_written_is_no_error(here: Path, checks: list) -> None:
    (here / "build").write_text("a file in the place of the folder", encoding="utf-8")
    assert [main(["check"]), main(["check"])] == [1, 1]
    assert len(checks) == 2


def test_the_folder_is_a_setting_and_git_leaves_it_alone(here: Path) -> None:
    (here / "diptych.toml").write_text('cache = ".kept"\n', encoding="utf-8")
    main(["check"])
    assert len(list((here / ".kept").glob("*.result"))) == 1
    assert (here / ".kept/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_old_results_go(here: Path) -> None:
    folder = here / "build/cache"
    folder.mkdir(parents=True)
    for number in range(MOST + 5):
        file = folder / f"{number:03}.result"
        file.write_bytes(b"")
        os.utime(file, (number, number))
    main(["check"])
    names = {file.name for file in results(here)}
    assert len(names) == MOST
    assert "005.result" not in names
    assert f"{MOST + 4:03}.result" in names
