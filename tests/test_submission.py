"""Archives to hand in: what is in them, and that they make the paper wherever they are unpacked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpora import BODY, markdown, write_project
from diptych.cli import main
from diptych.latex.style import ASSETS
from diptych.pdf.reader import read_pdf
from diptych.pdf.record import Record, read_record
from diptych.pdf.submission import pack, pack_sources
from pdfs import PAPER, Sheet, typeset

pytestmark = pytest.mark.tex

ROOT = Path(__file__).parents[1]

CONFIGURATION = """
extensions = ["diptych.sphinxext", "diptych.latex"]
root_doc = "index"
include_patterns = ["index.md", "analyses/*/index.md"]
numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s", "code-block": "Listing %s", "section": "Section %s"}
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_footnote_transition = False
"""


def write_paper(root: Path, body: str = BODY) -> tuple[Path, str]:
    """A project of one analysis, and the analysis's slug."""
    root.mkdir()
    write_project(root, markdown(body=body))
    (root / "conf.py").write_text(CONFIGURATION)
    (root / "index.md").write_text("# All\n\n```{toctree}\n:glob:\nanalyses/*/index\n```\n")
    return root, next((root / "analyses").glob("*/index.md")).parent.name


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a project of one analysis in a folder of that name, go there, and return it with the analysis's slug."""

    def make(name: str = "project", body: str = BODY) -> tuple[Path, str]:
        root, slug = write_paper(tmp_path / name, body)
        monkeypatch.chdir(root)
        return root, slug

    return make


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project with this repository's own settings, and its site with PDFs."""
    root, slug = write_paper(tmp_path_factory.mktemp("built") / "project")
    shutil.copy(ROOT / "conf.py", root / "conf.py")
    (root / "docs/index.md").write_text("# Letters\n\n```{analyses}\n```\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main(["build", "site"]) == 0
    return root, slug


@pytest.fixture
def record(built_site, tmp_path: Path) -> Record:
    """What the paper of that site was made from, in a folder of its own."""
    root, slug = built_site
    return read_record(shutil.copytree(root / "build/latex", tmp_path / "latex") / f"{slug}.paper.json")


def text_of(file: Path) -> list[str]:
    return [line.text for line in read_pdf(file).lines]


def unpack(archive: Path, folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_an_archive_makes_its_paper_in_an_empty_folder(project, tmp_path, capsys):
    root, slug = project()
    assert main(["submit", slug]) == 0
    assert capsys.readouterr().out.endswith(f"build/submission/{slug}.zip: packed, preprint\n")
    folder = tmp_path / "empty"
    files = unpack(root / "build/submission" / f"{slug}.zip", folder)
    assert sorted(files) == sorted(["neurips_diptych.sty", *(f"{slug}.{end}" for end in ("bbl", "bib", "pdf", "tex"))])
    assert files[f"{slug}.pdf"] == (root / "build/pdf" / f"{slug}.pdf").read_bytes()
    given = text_of(folder / f"{slug}.pdf")
    assert any("Dana Example" in line for line in given)
    (folder / f"{slug}.pdf").unlink()
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = ["latexmk", "-pdf", f"{slug}.tex"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-1000:]
    assert text_of(folder / f"{slug}.pdf") == given


def test_equal_papers_give_equal_bytes_and_are_packed_once(project, capsys):
    archives = []
    for name in ("one", "two"):
        root, slug = project(name)
        assert main(["submit", "--mode", "submission"]) == 0
        archives.append((root / "build/submission" / f"{slug}.zip").read_bytes())
    assert archives[0] == archives[1]
    capsys.readouterr()
    assert main(["submit", "--mode", "submission"]) == 0
    assert capsys.readouterr().out.endswith(f"build/submission/{slug}.zip: unchanged, submission\n")
    names = unpack(root / "build/submission" / f"{slug}.zip", root / "unpacked")
    assert not [name for name, data in names.items() if b"Dana" in data or str(root).encode() in data]


def test_what_cannot_be_built_is_not_packed(project, capsys):
    root, slug = project()
    assert main(["submit", "nobody"]) == 2
    assert f'there is no analysis "nobody"\n    hint: one of: {slug}' in capsys.readouterr().err
    file = root / "analyses" / slug / "index.md"
    file.write_text(file.read_text().replace("ada2020first", "nobody2020"))
    assert main(["submit", slug]) == 1
    assert not (root / "build/submission").exists()


BODY_TEX = r"""\section{One} Text.

\begin{ack}
We thank Grace Example.
\end{ack}

\section{Two} More.
\end{document}
"""


@pytest.fixture
def pack_paper(tmp_path: Path) -> Callable[..., tuple]:
    """Pack a paper that was written by hand; its PDF is made of ``pdf``, or of the same text."""

    def make(text: str = BODY_TEX, mode: str = "submission", pdf: str = "", style: str = "neurips_diptych") -> tuple:
        folder = tmp_path / "tex"
        folder.mkdir(exist_ok=True)
        frame = PAPER.replace("STYLE", "" if mode == "submission" else mode).replace("PREAMBLE", "")
        frame = frame.replace("Ada Example \\\\ University of Examples \\\\ \\texttt{ada@example.org}", "Anonymous")
        (folder / "paper.tex").write_text((frame + text).replace("neurips_diptych", style))
        shutil.copy(ASSETS / "neurips_diptych.sty", folder / f"{style}.sty")
        (folder / "latexmkrc").write_text("$pdf_mode = 0;\n")
        record = {"source": "analyses/paper/index.md", "mode": mode, "date": None, "lines": [[10, 5]],
                  "files": ["paper.tex", "latexmkrc", f"{style}.sty"]}  # fmt: skip
        (folder / "paper.paper.json").write_text(json.dumps(record))
        made = typeset(Sheet(whole=frame + (pdf or text)))
        target = tmp_path / "out" / "paper.zip"
        packed = pack(read_record(folder / "paper.paper.json"), made, target, tmp_path, ["Ada Example", "ada@x.org"])
        return packed, target

    return make


def test_what_a_submission_hides_is_not_in_its_sources(pack_paper, tmp_path):
    packed, target = pack_paper()
    assert (packed.archive, packed.problems) == (target, ())
    files = unpack(target, tmp_path / "unpacked")
    assert sorted(files) == ["neurips_diptych.sty", "paper.pdf", "paper.tex"]
    assert b"Grace" not in files["paper.tex"]
    assert b"\\section{One} Text.\n\n\\section{Two} More." in files["paper.tex"]


def test_acknowledgments_stay_where_authors_are_named(pack_paper, tmp_path):
    packed, target = pack_paper(mode="final")
    assert packed.problems == ()
    assert b"Grace" in unpack(target, tmp_path / "unpacked")["paper.tex"]


def test_a_style_of_the_user_is_packed(pack_paper, tmp_path):
    packed, target = pack_paper(style="neurips_2031")
    assert packed.problems == ()
    assert "neurips_2031.sty" in unpack(target, tmp_path / "unpacked")


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("By Ada Example.\n", "named-author", 'paper.tex, line 14 has "Ada Example", an author of this submission'),
        ("% HERE/x\n", "machine-path", 'paper.tex, line 14 names a folder of this machine: "HERE"'),
    ],
)
def test_what_sources_must_not_say(pack_paper, tmp_path, text, kind, said):
    here = str(tmp_path)
    text = "Text.\n\n" + text.replace("HERE", here) + "\\end{document}\n"
    packed, target = pack_paper(text=text)
    (problem,) = packed.problems
    assert problem.kind == kind
    assert problem.message.replace(here, "HERE") == said
    assert str(problem.span) == "analyses/paper/index.md:9:1"
    assert packed.archive is None
    assert not target.exists()


def test_an_archive_that_does_not_make_its_paper_is_not_written(pack_paper):
    packed, target = pack_paper(pdf="Other text.\\end{document}")
    assert [problem.message for problem in packed.problems] == ["the sources make other pages than those of the PDF"]
    packed, target = pack_paper(text="Text \\undefined.\\end{document}", pdf="Text.\\end{document}")
    assert [problem.kind for problem in packed.problems] == ["unsound-archive"]
    assert not target.exists()


def test_sources_for_readers_make_the_paper_in_an_empty_folder(built_site, tmp_path, monkeypatch):
    root, slug = built_site
    monkeypatch.chdir(root)
    archive = root / "build/sources" / f"{slug}.zip"
    assert (root / "build/html/analyses" / slug / f"{slug}-latex.zip").read_bytes() == archive.read_bytes()
    folder = tmp_path / "empty"
    files = unpack(archive, folder)
    assert sorted(files) == sorted(["neurips_diptych.sty", *(f"{slug}.{end}" for end in ("bbl", "bib", "tex"))])
    done = subprocess.run(["latexmk", "-norc", "-pdf", f"{slug}.tex"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-1000:]
    assert text_of(folder / f"{slug}.pdf") == text_of(root / "build/pdf" / f"{slug}.pdf")
    written = archive.stat().st_mtime_ns
    assert main(["build", "site"]) == 0
    assert archive.stat().st_mtime_ns == written


def test_sources_are_not_handed_on_with_a_style_file_that_is_not_ours(built_site, record, tmp_path):
    root, _ = built_site
    (record.folder / "neurips_2025.sty").write_text("% somebody else's")
    foreign = replace(record, files=(*record.files, "neurips_2025.sty"))
    packed = pack_sources(foreign, tmp_path / "none.bbl", tmp_path / "a.zip", root, ())
    assert (packed.archive, packed.problems) == (None, ())
    assert not (tmp_path / "a.zip").exists()


def test_sources_for_readers_name_no_folder_of_the_machine(built_site, record, tmp_path):
    root, _ = built_site
    tex = record.folder / record.tex
    tex.write_text(tex.read_text(encoding="utf-8") + f"% {root}\n", encoding="utf-8")
    packed = pack_sources(record, tmp_path / "none.bbl", tmp_path / "a.zip", root, ())
    assert [problem.kind for problem in packed.problems] == ["machine-path"]
    assert packed.archive is None
