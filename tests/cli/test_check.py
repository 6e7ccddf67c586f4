"""``diptych check``: exit codes, choices, formats and where output goes."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpora import markdown

FAULT = (
    'analyses/b/index.md:19:101: CIT001 no entry has the key "ada2020frist"\n    hint: did you mean "ada2020first"?\n'
)


def test_a_clean_project_gives_0(run) -> None:
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "no findings in 1 analysis, 2 entries\n")


def test_findings_give_1_and_lines_that_editors_follow(run, faulty: Path) -> None:
    done = run("check")
    assert done.returncode == 1
    assert done.stdout.startswith(FAULT)
    assert done.stdout.endswith(
        "1 finding in 1 file (looked at 2 analyses, 2 entries); diptych explain CODE says more\n"
    )
    assert done.stderr == ""


def test_output_is_the_same_each_time(run, faulty: Path) -> None:
    for form in ("text", "json", "sarif", "github", "junit"):
        first = run("check", "--format", form, PYTHONHASHSEED="1").stdout
        assert first == run("check", "--format", form, PYTHONHASHSEED="2").stdout


def test_no_analysis_gives_2(run, root: Path) -> None:
    (root / "analyses/a/index.md").unlink()
    done = run("check")
    assert done.returncode == 2
    assert "no analysis found" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["check", "nowhere"], "nowhere: does not exist"),
        (["check", "bib/none.bib"], "bib/none.bib: not a part of the bibliography"),
        (["check", "bib"], "bib: holds no analysis"),
        (["check", "diptych.toml"], "diptych.toml: neither an analysis nor a BibTeX file"),
        (["check", "--select", "XYZ"], 'no rule has a code that begins with "XYZ"'),
        (["check", "--select", "CIT,,BIB"], "--select: a code is missing"),
        (["check", "--ignore", "C1T001"], 'did you mean "CIT001"?'),
        (["check", "--ignore", "A,B,C,F,L,M,P,S,X,Z"], "--ignore: no rule has a code"),
        (["check", "--format", "sarif", "--statistics"], "--statistics says nothing in the format sarif"),
        (["check", "-"], "which analysis is on standard input?"),
        (["check", "-", "analyses/a", "--stdin-path", "analyses/a/index.md"], "checked alone"),
        (["check", "--stdin-path", "analyses/a/index.md"], "--stdin-path needs - as the path"),
        (["check", "--format", "yaml"], "invalid choice: 'yaml'"),
        (["chekc"], "invalid choice: 'chekc'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_what_cannot_be_done_gives_2_and_says_why(run, arguments: list[str], reason: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr


def test_leaving_out_every_rule_is_no_clean_check(run) -> None:
    codes = {code[:3] for code in run("rules").stdout.split() if re.fullmatch(r"[A-Z]{3}\d{3}", code)}
    done = run("check", "--ignore", ",".join(sorted(codes - {"PDF"})))
    assert done.returncode == 2
    assert "nothing would be checked" in done.stderr


def test_rules_for_finished_papers_cannot_be_chosen_and_the_message_says_what_runs_them(run) -> None:
    done = run("check", "--ignore", "PDF031")
    assert (done.returncode, done.stdout) == (2, "")
    assert '--ignore: "PDF031" names rules for finished papers, which a check of sources does not run' in done.stderr
    assert "hint: diptych pdf check runs them" in done.stderr


def test_outside_a_project_gives_2(run, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = run("check", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert done.returncode == 2
    assert "no Diptych project here or above" in done.stderr


def test_select_and_ignore_by_code_and_prefix(run, faulty: Path) -> None:
    assert run("check", "--select", "CIT").returncode == 1
    assert run("check", "--select", "cit001").returncode == 1
    assert run("check", "--select", "LEN,BIB").returncode == 0
    assert run("check", "--ignore", "CIT001").returncode == 0
    assert run("check", "--ignore", "CIT", "--select", "CIT001").returncode == 1


def test_paths_limit_what_is_checked(run, faulty: Path) -> None:
    assert run("check", "analyses/a").returncode == 0
    assert run("check", "analyses/b/index.md").stdout.startswith(FAULT)
    assert run("check", "analyses").returncode == 1
    assert run("check", ".", cwd=faulty / "analyses/b").returncode == 1


def test_a_bibliography_can_be_checked_alone(run, faulty: Path) -> None:
    bad = faulty / "bib/more.bib"
    bad.write_text("@misc{x, title = {One}, title = {Two}}\n", encoding="utf-8")
    done = run("check", "bib/more.bib", "--format", "json")
    assert {finding["path"] for finding in json.loads(done.stdout)["findings"]} == {"bib/more.bib"}
    assert run("check", "bib/letters.bib").returncode == 0


def test_statistics_count_by_rule(run, faulty: Path) -> None:
    done = run("check", "--statistics")
    assert done.stdout.splitlines()[:2] == ["1  CIT001  unknown-citation-key", "1 error, 0 warnings"]
    assert done.returncode == 1


def test_standard_input_stands_for_a_file(run, faulty: Path) -> None:
    clean, path = (faulty / "analyses/a/index.md").read_text(encoding="utf-8"), "analyses/b/index.md"
    assert run("check", "-", "--stdin-path", path, text=clean).returncode == 0
    done = run("check", "-", "--stdin-path", "analyses/new/index.md", text=clean.replace("\n", "\r\n") + "\n<b>\n")
    assert done.returncode == 1
    assert done.stdout.startswith("analyses/new/index.md:")


def test_standard_input_that_is_no_text(run) -> None:
    done = run("check", "-", "--stdin-path", "analyses/a/index.md", text=b"---\n\xff")
    assert done.returncode == 2
    assert done.stderr.startswith("analyses/a/index.md:2: not UTF-8 text")


def test_output_goes_to_a_file_at_once(run, faulty: Path) -> None:
    done = run("check", "--format", "json", "--output", "out/findings.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("out/findings.json: 1 finding")
    assert json.loads((faulty / "out/findings.json").read_text(encoding="utf-8"))["summary"]["findings"] == 1
    assert [file.name for file in (faulty / "out").iterdir()] == ["findings.json"]


def test_output_keeps_a_link_and_the_rights_of_its_file(run, root: Path) -> None:
    real = root / "real.txt"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    (root / "link.txt").symlink_to(real)
    run("check", "--output", "link.txt")
    assert real.read_text(encoding="utf-8") == "no findings in 1 analysis, 2 entries\n"
    assert (root / "link.txt").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640


def test_output_that_cannot_be_written(run, root: Path) -> None:
    done = run("check", "--output", root / "diptych.toml" / "x")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert run("check", "--output", os.devnull).returncode == 0
    assert not Path(os.devnull).is_file()


def test_a_file_that_is_no_utf_8_is_named_with_its_place(run, root: Path) -> None:
    (root / "analyses/a/index.md").write_bytes(b"---\ntitle: caf\xe9\n")
    done = run("check")
    assert done.returncode == 1
    assert done.stdout.startswith("analyses/a/index.md:2:11: FMT011 the file is not UTF-8 text from here on")


def test_a_folder_in_the_place_of_a_file_is_not_a_traceback(run, root: Path) -> None:
    (root / "bib/folder.bib").mkdir()
    done = run("check")
    assert done.returncode == 2
    assert "bib/folder.bib" in done.stderr


def test_a_reader_that_goes_away_is_not_a_traceback(root: Path) -> None:
    command = [sys.executable, "-m", "diptych", "check"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 2


def test_an_output_that_takes_nothing_is_not_a_traceback(root: Path) -> None:
    with Path(os.devnull).open("rb") as closed:  # open for reading only
        command = [sys.executable, "-m", "diptych", "check"]
        done = subprocess.run(command, cwd=root, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"Bad file descriptor" in done.stderr
    assert b"Traceback" not in done.stderr


def test_characters_that_a_terminal_would_obey_are_shown_as_text(run, root: Path) -> None:
    text = markdown().replace("assignment: sorting", 'assignment: "\\e[31msorting"')
    (root / "analyses/a/index.md").write_text(text, encoding="utf-8")
    done = run("check")
    assert done.returncode == 1
    assert "\x1b" not in done.stdout


def test_text_that_the_terminal_cannot_encode_is_escaped(run, root: Path) -> None:
    text = markdown().replace("assignment: sorting", "assignment: sörting")
    (root / "analyses/a/index.md").write_text(text, encoding="utf-8")
    done = run("check", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "s\\xf6rting" in done.stdout


def in_terminal(root: Path, *arguments: str, **variables: str) -> str:
    """What ``diptych`` shows in a terminal of 60 columns."""
    leader, follower = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment = inherited | {"TERM": "xterm", "COLUMNS": "60", "LINES": "40"} | variables
    command = [sys.executable, "-m", "diptych", *arguments]
    with subprocess.Popen(command, cwd=root, stdout=follower, stdin=follower, env=environment):
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:  # how Linux says that the other side has gone
                break
            if not piece:
                break
            shown += piece
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_shows_the_line_and_a_caret(faulty: Path) -> None:
    first, line, carets, hint, *_ = in_terminal(faulty, "check", NO_COLOR="1").splitlines()
    assert first == 'analyses/b/index.md:19:101: CIT001 no entry has the key "ada2020frist"'
    assert line.startswith("    19 | …")
    assert len(line) <= 60
    assert line[carets.index("^") : carets.rindex("^") + 1] == "ada2020frist"
    assert hint == '    hint: did you mean "ada2020first"?'


def test_colours_are_for_terminals_and_for_who_asks(run, faulty: Path) -> None:
    assert "\x1b[1;31mCIT001\x1b[0m" in in_terminal(faulty, "check")
    assert "\x1b" not in in_terminal(faulty, "check", NO_COLOR="1")
    assert "\x1b" not in in_terminal(faulty, "check", TERM="dumb")
    assert "\x1b" not in run("check").stdout
    assert "\x1b[1;31mCIT001\x1b[0m" in run("check", FORCE_COLOR="1").stdout
    assert "\x1b" not in run("check", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b" not in run("check", "--format", "json", FORCE_COLOR="1").stdout


def test_an_oversized_analysis_is_a_finding_beside_those_of_others(run, faulty: Path) -> None:
    (faulty / "analyses/a/index.md").write_text("{" * 1_000_000, encoding="utf-8")
    done = run("check")
    assert done.returncode == 1
    assert "analyses/a/index.md:1:1: SEC010 the file has 1000 kB, more than 250 kB, and was not read" in done.stdout
    assert "analyses/b/index.md:19" in done.stdout
    assert "2 analyses" in done.stdout
    done = run("check", "-", "--stdin-path", "analyses/b/index.md", text="{" * 1_000_000)
    assert "analyses/b/index.md:1:1: SEC010" in done.stdout
    for command in ("words", "sheet"):  # an analysis must not be missing from a list of all
        done = run(command)
        assert (done.returncode, "1000 kB, more than 250 kB" in done.stderr) == (2, True)


def test_what_is_wrong_within_a_figure_is_shown_for_unsaved_text(run, root: Path) -> None:
    (root / "analyses/a/x.svg").write_text("<svg><script>alert(1)</script></svg>", encoding="utf-8")
    text = (root / "analyses/a/index.md").read_text(encoding="utf-8") + "\n:::{figure} x.svg\nA caption.\n:::\n"
    done = run("check", "-", "--stdin-path", "analyses/a/index.md", "--select", "SEC", text=text)
    assert "analyses/a/x.svg:1:6: SEC009" in done.stdout


def test_findings_in_evidence_are_shown_in_every_format(run, root: Path) -> None:
    (root / "analyses/a/evidence.toml").write_text('[[evidence]]\nclaim = "x"\nnumbers = []\nkye = "y"\n')
    place = "analyses/a/evidence.toml:4:1"
    for path in ("analyses/a/evidence.toml", "analyses/a", "."):
        done = run("check", "--no-cache", path)
        assert done.returncode == 1
        assert f'{place}: EVI003 unknown field "kye" in "evidence[0]"' in done.stdout
    for form in ("json", "sarif", "github", "junit"):
        done = run("check", "--no-cache", "--format", form)
        assert done.returncode == 1
        assert "analyses/a/evidence.toml" in done.stdout
        assert "EVI003" in done.stdout


def test_evidence_is_checked_with_an_unsaved_text(run, root: Path) -> None:
    (root / "analyses/a/evidence.toml").write_text("evidence = 3\n")
    done = run("check", "-", "--stdin-path", "analyses/a/index.md", text=markdown())
    assert done.returncode == 1
    assert "analyses/a/evidence.toml:1:12: EVI003" in done.stdout
