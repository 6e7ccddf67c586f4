"""``diptych pdf check``: exit codes, formats, pictures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpora import write_project
from diptych.cli import main
from pdfs import Sheet, typeset

pytestmark = pytest.mark.tex

OVERFULL = r"\noindent\hspace*{4.5in}\rlap{This begins far to the right and goes on and on.}"


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good paper and one with a line that is too long; the current folder lies in no project."""
    folder = tmp_path / "papers"
    folder.mkdir()
    shutil.copy(typeset(Sheet()), folder / "good.pdf")
    shutil.copy(typeset(Sheet(OVERFULL)), folder / "wide.pdf")
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_good_paper_is_clean(papers, capsys):
    assert main(["pdf", "check", "papers/good.pdf"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("papers/good.pdf: read as preprint, 1 page, ")
    assert printed.endswith("; no findings\n")


def test_findings_name_file_page_and_point(papers, capsys):
    assert main(["pdf", "check", "papers"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("papers/good.pdf: read as preprint")
    place, _, message = lines[1].partition("): PDF012 ")
    assert place.startswith("papers/wide.pdf:1 (")
    assert int(place.partition("(")[2].partition(",")[0]) > 400
    assert "beyond the right margin" in message
    assert lines[2].startswith("    hint: ")
    assert lines[-1] == "2 files: 1 error, 0 warnings"


def test_json(papers, capsys):
    assert main(["pdf", "check", "papers", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["summary"] == {"files": 2, "findings": 1, "errors": 1, "warnings": 0}
    good, wide = data["files"]
    assert (good["mode"], good["pages"], good["findings"]) == ("preprint", 1, [])
    titles = [section["title"] for section in good["sections"]]
    assert titles == ["Abstract", "Chosen papers", "Opening", "Judgement", "References"]
    (finding,) = wide["findings"]
    assert (finding["code"], finding["slug"], finding["severity"]) == ("PDF012", "overfull-line", "error")
    assert finding["page"] == 1
    left, top, right, bottom = finding["box"]
    assert left < 504 < right
    assert 72 < top < bottom < 720
    assert finding["picture"] is None


def test_pictures_show_the_place_in_a_red_box(papers, capsys):
    from PIL import Image

    assert main(["pdf", "check", "papers/wide.pdf", "--pictures", "shown"]) == 1
    assert "    picture: shown/wide-1-PDF012.png\n" in capsys.readouterr().out
    (picture,) = Path("shown").iterdir()
    with Image.open(picture) as image:
        colours = {colour for _, colour in image.getcolors(10**6)}
        assert (214, 0, 0) in colours
        assert image.width < 612 * 150 / 72
    shutil.copy(papers / "good.pdf", papers / "wide.pdf")
    assert main(["pdf", "check", "papers/wide.pdf", "--pictures", "shown"]) == 0
    assert list(Path("shown").iterdir()) == []  # those of the last look have gone


def test_an_assignment_is_that_of_the_project(papers, capsys, tmp_path):
    write_project(tmp_path)
    assert main(["pdf", "check", "papers/good.pdf", "--assignment", "sorting"]) == 1
    assert "PDF033 the paper has " in capsys.readouterr().out  # its limit is 80 words
    assert main(["pdf", "check", "papers/good.pdf", "--assignment", "sortign"]) == 2
    assert 'there is no assignment "sortign"\n    hint: did you mean "sorting"?' in capsys.readouterr().err


def test_the_mode_can_be_said(papers, capsys):
    assert main(["pdf", "check", "--mode", "submission", "papers/good.pdf"]) == 1
    printed = capsys.readouterr().out
    assert 'PDF050 page 1 names an author: "Ada Example"' in printed
    assert 'PDF051 an author is named in its properties: "Ada Example"' in printed
    assert "read as submission" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.pdf"], "nowhere.pdf: does not exist"),
        (["."], ".: holds no PDF"),
        (["--assignment", "sorting", "papers/good.pdf"], "no Diptych project here or above"),
    ],
)
def test_what_cannot_be_done_ends_with_2(papers, capsys, arguments, said):
    assert main(["pdf", "check", *arguments]) == 2
    assert said in capsys.readouterr().err
