"""``diptych build pdf``: what it starts, what it spares, what it shows."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from diptych import build
from diptych.cli import main
from diptych.errors import DiptychError
from diptych.pdf.build import Progress
from diptych.pdf.progress import Display
from diptych.pdf.written import look_up
from diptych.settings import find_project


class Screen(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


EVENTS = [
    Progress(1, 3, "old", "unchanged"),
    Progress(1, 3, "one", "started", ("one",)),
    Progress(1, 3, "two", "started", ("one", "two")),
    Progress(2, 3, "one", "built", ("two",)),
    Progress(3, 3, "two", "failed"),
]


def test_a_log_gets_a_line_for_each_paper_that_was_built():
    stream = io.StringIO()
    display = Display(stream)
    for event in EVENTS:
        display.show(event)
    display.close()
    assert stream.getvalue().splitlines() == [
        "paper 2 of 3: one built",
        "paper 3 of 3: two failed",
        "3 papers: 1 built, 1 unchanged, 1 failed",
    ]


def test_a_terminal_shows_what_runs_in_a_line_that_goes_again(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Screen()
    display = Display(stream)
    for event in EVENTS:
        display.show(event)
    display.close()
    assert stream.getvalue() == (
        "[1/3] one"
        "\r\x1b[K[1/3] one, two"
        "\r\x1b[Kpaper 2 of 3: one built\n[2/3] two"
        "\r\x1b[Kpaper 3 of 3: two failed\n"
        "3 papers: 1 built, 1 unchanged, 1 failed\n"
    )


def test_nothing_is_counted_where_nothing_was_done():
    stream = io.StringIO()
    Display(stream).close()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("environment", "jobs"),
    [
        ({}, None),
        ({"JOBS": "3"}, 3),
        ({"MAKEFLAGS": " -j4 --jobserver-auth=3,4"}, 4),
        ({"MAKEFLAGS": "w -j2 --jobserver-auth=fifo:/tmp/x -- MODE=final"}, 2),
        ({"MAKEFLAGS": "w -- MODE=-j5"}, None),
        ({"MAKEFLAGS": " -j --jobserver-auth=3,4"}, None),
        ({"JOBS": "1", "MAKEFLAGS": " -j4"}, 1),
        ({"JOBS": "0"}, None),
        ({"JOBS": "many"}, None),
        ({"JOBS": "9" * 5000}, None),
    ],
)
def test_jobs_come_from_make(environment, jobs):
    assert build.wanted_jobs(environment) == jobs


@pytest.fixture
def asked(monkeypatch, project):
    """How many jobs Sphinx was asked to use when ``diptych`` ran with some words; it is not let begin."""
    (project.root / "conf.py").write_text("")
    monkeypatch.chdir(project.root)
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    commands: list[list[str]] = []

    def refuse(command: list[str], **_: object) -> None:
        commands.append(command)
        raise DiptychError("Sphinx was asked")

    def ask(*words: str) -> str:
        monkeypatch.setattr(build.subprocess, "Popen", refuse)
        assert main(words) == 2
        (command,) = commands
        commands.clear()
        return command[command.index("-j") + 1]

    return ask


@pytest.mark.parametrize("words", [("build", "html"), ("build", "pdf"), ("build", "site"), ("submit",)])
def test_jobs_come_from_the_command_line_and_mean_the_same_for_all(asked, monkeypatch, words):
    monkeypatch.setenv("JOBS", "2")
    assert asked(*words) == "2"
    assert asked(*words, "-j", "3") == "3"
    assert asked(*words, "--jobs=4") == "4"
    monkeypatch.delenv("JOBS")
    assert asked(*words) == "auto"


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "", "9" * 5000])
def test_jobs_that_are_no_number_from_one_up_are_refused(capsys, jobs):
    with pytest.raises(SystemExit) as left:
        main(["build", "html", "--jobs", jobs])
    assert left.value.code == 2
    assert f'argument --jobs/-j: "{jobs}" is no whole number from 1 up' in capsys.readouterr().err


def test_as_many_papers_are_built_at_a_time(written, monkeypatch):
    taken = []
    monkeypatch.setattr("diptych.pdf.build.build_papers", lambda *given: taken.append(given[2]) or [])
    monkeypatch.setattr(build, "_is_clean", lambda *_: True)
    monkeypatch.chdir(written)
    assert main(["build", "pdf", "-j", "3"]) == 0
    assert taken == [3]


@pytest.fixture
def written(tmp_path, put_paper):
    """A project whose papers have just been written."""
    root = tmp_path / "project"
    for folder in ("analyses/paper", "bib", "docs/assignments", "build"):
        (root / folder).mkdir(parents=True)
    (root / "diptych.toml").write_text("")
    (root / "conf.py").write_text("")
    (root / "analyses/paper/index.md").write_text("Hello.")
    shutil.move(put_paper("Hello."), root / "build/latex")
    note(root)
    assert is_current(root)
    return root


def note(root: Path) -> None:
    look_up(find_project(root), root / "build/latex", "preprint").note()


def is_current(root: Path, mode: str = "preprint") -> bool:
    return look_up(find_project(root), root / "build/latex", mode).is_current()


@pytest.mark.tex
def test_warnings_are_shown_like_errors_and_the_build_succeeds(written, monkeypatch, capsys, put_paper):
    shutil.rmtree(written / "build/latex")
    words = "Letters are sorted by their shape. "
    shutil.move(put_paper(f"{words * 40}\n\n{{\\scriptsize {words * 20} \\par}}"), written / "build/latex")
    note(written)
    monkeypatch.setattr(build, "_is_clean", lambda *_: True)
    monkeypatch.chdir(written)
    for outcome in ("built", "unchanged"):
        assert main(["build", "pdf"]) == 0
        printed = capsys.readouterr()
        first, hint = printed.err.splitlines()
        assert first.startswith("analyses/paper/index.md:1:1: PDF023 ")
        assert hint.startswith("    hint: ")
        assert printed.out.splitlines()[-1] == f"1 paper: 1 {outcome}, 1 warning"
    assert (written / "build/pdf/paper.pdf").is_file()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("analyses/paper/index.md", "Good-bye."),
        ("analyses/other/index.md", "A new one."),
        ("bib/new.bib", "@misc{new}"),
        ("docs/assignments/new.toml", ""),
        ("docs/page.md", "# Another title that an analysis may show"),
        ("conf.py", "numfig = True"),
        ("diptych.toml", 'site_url = "https://example.org/"'),
        ("styles/neurips_2030.sty", ""),
        ("build/latex/paper.tex", "Edited by hand."),
        ("build/latex/other.paper.json", '{"source": "", "mode": "", "date": "", "files": [], "lines": []}'),
    ],
)
def test_sphinx_is_asked_again_when_anything_has_changed(written, name, text):
    (written / name).parent.mkdir(exist_ok=True, parents=True)
    (written / name).write_text(text)
    assert not is_current(written)


def test_sphinx_is_asked_again_when_a_file_is_gone(written):
    (written / "build/latex/neurips_diptych.sty").unlink()
    assert not is_current(written)


def test_sphinx_is_asked_again_for_another_mode(written):
    assert not is_current(written, "submission")
    assert is_current(written)


def test_what_is_touched_without_a_change_is_still_current(written):
    for file in (*written.glob("*/*/index.md"), *written.glob("build/latex/*")):
        file.touch()
    (written / "build/pdf").mkdir()
    (written / ".git").mkdir()
    assert is_current(written)


def test_what_changes_while_it_is_read_is_not_noted(written):
    look = look_up(find_project(written), written / "build/latex", "preprint")
    look.forget()
    (written / "analyses/paper/index.md").write_text("Changed meanwhile.")
    look.note()
    assert not is_current(written)
