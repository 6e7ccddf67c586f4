"""``diptych check --fix`` and ``--diff``: what is mended where, and what is left to say."""

from pathlib import Path

import pytest

UNTIDY = (
    "\n@misc{cy2022,\n title={T},\n author = {Cy, Carla},\n year = {2022},\n doi = {https://doi.org/10.1000/x1},\n}\n"
)


@pytest.fixture
def untidy(root: Path) -> Path:
    """The project with a BibTeX file that has a DOI with a prefix and no layout."""
    (root / "bib/more.bib").write_text(UNTIDY, encoding="utf-8")
    return root


def test_a_diff_changes_nothing_and_gives_1(run, untidy: Path) -> None:
    done = run("check", "--diff")
    assert done.returncode == 1
    assert "--- a/bib/more.bib\n+++ b/bib/more.bib\n" in done.stdout
    assert "+  doi" in done.stdout
    assert (untidy / "bib/more.bib").read_text(encoding="utf-8") == UNTIDY


def test_fixing_mends_the_file_and_reports_what_is_left(run, untidy: Path) -> None:
    done = run("check", "--fix")
    assert "bib/more.bib: mended" in done.stderr
    text = (untidy / "bib/more.bib").read_text(encoding="utf-8")
    assert "{10.1000/x1}" in text
    assert "BIB030" not in done.stdout
    assert "CIT005" in done.stdout
    assert done.returncode == 1
    again = run("check", "--fix")
    assert "mended" not in again.stderr
    assert (untidy / "bib/more.bib").read_text(encoding="utf-8") == text
    assert run("check", "--diff").returncode == 0


def test_a_choice_of_rules_limits_what_is_mended(run, untidy: Path) -> None:
    assert run("check", "--diff", "--select", "CIT").returncode == 0
    done = run("check", "--diff", "--select", "BIB030")
    changed = [line for line in done.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["- doi = {https://doi.org/10.1000/x1},", "+ doi = {10.1000/x1},"]


def test_a_choice_of_files_limits_what_is_mended(run, untidy: Path) -> None:
    assert "more.bib" not in run("check", "--diff", "bib/letters.bib").stdout
    assert "more.bib" in run("check", "--diff", "bib/more.bib").stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--fix", "--diff"], "not allowed with argument"),
        (["--diff", "--format", "json"], "--diff shows a diff and no findings"),
        (["--fix", "-", "--stdin-path", "analyses/a/index.md"], "standard input cannot be mended"),
    ],
)
def test_what_contradicts_itself_gives_2(run, arguments: list[str], reason: str) -> None:
    done = run("check", *arguments)
    assert done.returncode == 2
    assert reason in done.stderr
