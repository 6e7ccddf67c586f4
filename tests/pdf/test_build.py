"""Papers are built in a sandbox, once, and appear only when they are right."""

from __future__ import annotations

import os
import time

import pytest

from diptych.errors import DiptychError
from diptych.pdf.build import build_papers
from diptych.pdf.formats import Formats
from diptych.pdf.record import read_record
from diptych.pdf.run import identify_tex

pytestmark = pytest.mark.tex


def build(folder, **more):
    return build_papers(folder, folder.parent / "pdf", **more)


def work() -> float:
    """Seconds that processors have worked for us and for the programs that we ran; a busy machine does not count."""
    return sum(os.times()[:4])


def pdfs(folder):
    return sorted(file.name for file in (folder.parent / "pdf").iterdir())


def test_builds_only_what_has_changed(put_paper):
    seen = []

    def note(progress):
        if progress.outcome != "started":
            seen.append(progress)

    folder = put_paper("Hello.")
    put_paper("Goodbye.", slug="other")
    assert build(folder, report=note) == []
    assert pdfs(folder) == ["other.pdf", "paper.pdf"]
    begin = work()
    assert build(folder, report=note) == []
    assert work() - begin < 0.5
    put_paper("Hello again.")
    assert build(folder, report=note) == []
    other = folder.parent / "pdf/other.pdf"
    whole = other.read_bytes()
    other.write_bytes(b"touched")
    assert build(folder, report=note) == []
    assert other.read_bytes() == whole
    outcomes = [sorted((each.slug, each.outcome) for each in seen[at : at + 2]) for at in range(0, 8, 2)]
    assert outcomes == [
        [("other", "built"), ("paper", "built")],
        [("other", "unchanged"), ("paper", "unchanged")],
        [("other", "unchanged"), ("paper", "built")],
        [("other", "unchanged"), ("paper", "unchanged")],
    ]
    assert [(each.done, each.of) for each in seen] == [(1, 2), (2, 2)] * 4


def test_paper_with_a_problem_disappears_until_it_is_mended(put_paper):
    folder = put_paper("Hello.")
    assert build(folder) == []
    put_paper("Hello\n\n\\undefined")
    (problem,) = build(folder)
    assert (str(problem.span), problem.kind) == ("analyses/paper/index.md:23:1", "tex-error")
    assert problem.message == "Undefined control sequence: \\undefined"
    assert pdfs(folder) == []
    assert "Undefined control sequence" in (folder / "papers/paper/paper.log").read_text()
    put_paper("Hello.")
    assert build(folder) == []
    assert pdfs(folder) == ["paper.pdf"]


def test_says_again_what_was_wrong_without_trying_again(put_paper):
    folder = put_paper("\\undefined")
    found, begin = build(folder), work()
    assert build(folder) == found != []
    assert work() - begin < 0.5


def test_all_papers_are_tried(put_paper):
    folder = put_paper("\\undefined", slug="b")
    put_paper("\\undefined", slug="a")
    put_paper("Fine.", slug="c")
    problems = build(folder)
    assert [problem.span.path for problem in problems] == ["analyses/a/index.md", "analyses/b/index.md"]
    assert pdfs(folder) == ["c.pdf"]


def test_shows_what_runs(put_paper):
    seen = []
    folder = put_paper("One.", slug="one")
    put_paper("Two.", slug="two")
    assert build(folder, report=seen.append, jobs=1) == []
    assert [(each.slug, each.outcome, each.running) for each in seen] == [
        ("one", "started", ("one",)),
        ("one", "built", ()),
        ("two", "started", ("two",)),
        ("two", "built", ()),
    ]


HOSTILE = {
    "reads a file by its absolute name": r"\input{/etc/passwd}",
    "reads a file above": r"\input{../secret}",
    "opens a file above": r"\newread\x \openin\x=../secret.tex \ifeof\x\else\read\x to\y \y\fi \undefinedafter",
    "writes a file above": r"\newwrite\x \immediate\openout\x=../stolen.txt \immediate\write\x{x}",
    "writes a hidden file": r"\newwrite\x \immediate\openout\x=.latexmkrc \immediate\write\x{x}",
    "runs a program": r"\immediate\write18{touch ran}",
    "runs a program through a pipe": r'\input{|"touch ran"}',
    "includes a picture from elsewhere": r"\pdfximage{/etc/passwd}",
    "fills the memory": r"\def\x{\x\x}\x",
    "never ends": r"\def\x{\futurelet\y\x}\loop\iftrue\repeat",
    "fills the disk": r"\newwrite\x \immediate\openout\x=big.txt \loop\iftrue\immediate\write\x{0123456789}\repeat",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_paper_ends_as_a_problem(put_paper, what):
    folder = put_paper(HOSTILE[what])
    put_secrets(folder)
    begin = time.monotonic()
    problems = build(folder, time_limit=3 if what == "never ends" else 6)
    assert time.monotonic() - begin < 20
    assert problems
    assert pdfs(folder) == []
    look_for_damage(folder)


def test_hostile_papers_do_no_harm_from_a_format_either(put_paper):
    for number, body in enumerate(HOSTILE.values()):
        folder = put_paper(body, slug=f"paper-{number}")
    put_paper("Fine.", slug="fine")
    key = Formats(folder / "formats", identify_tex()).key(read_record(folder / "fine.paper.json"))
    put_secrets(folder)
    problems = build(folder, time_limit=6)
    assert (folder / "formats" / f"{key}.fmt").is_file()
    assert len({problem.span.path for problem in problems}) == len(HOSTILE)
    assert pdfs(folder) == ["fine.pdf"]
    look_for_damage(folder)


def put_secrets(folder):
    for place in (folder, folder / "papers"):
        place.mkdir(exist_ok=True)
        (place / "secret.tex").write_text("TOPSECRET")


def look_for_damage(folder):
    left = [file for file in folder.rglob("*") if file.is_file() and file.name != "secret.tex"]
    assert not [file for file in left if file.name in ("ran", "stolen.txt", ".latexmkrc")]
    own = [file for file in left if file.parent.parent.name == "papers"]
    assert own
    assert not [file for file in own if b"TOPSECRET" in file.read_bytes() or b"root:x:" in file.read_bytes()]
    assert sum(file.stat().st_size for file in own) < 300e6


def test_without_papers_it_says_so(tmp_path):
    with pytest.raises(DiptychError, match="no paper found"):
        build_papers(tmp_path, tmp_path / "pdf")


def test_without_tex_it_says_what_to_do(put_paper, monkeypatch, tmp_path):
    folder = put_paper("Fine.")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DiptychError, match=r"latexmk, pdflatex, bibtex cannot be found\n    hint: sh tools/setup.sh"):
        build(folder)
