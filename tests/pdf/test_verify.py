"""Each thing that a finished PDF is looked at for is found in one that has it."""

from __future__ import annotations

import pytest

from diptych.pdf.build import build_papers
from diptych.pdf.record import Record
from diptych.pdf.verify import verify_pdf


@pytest.mark.tex
@pytest.mark.parametrize(
    ("kind", "body", "change"),
    [
        ("page-size", "Text.", ("\\begin{document}", "\\begin{document}\\pdfpagewidth=595pt")),
        ("unresolved", "See Figure ??.", ("", "")),
        ("text-block", "Text.\\hspace*{-2in}\\llap{outside}", ("", "")),
        ("text-block", "\\vspace*{-3in}Text.", ("\\maketitle", "")),
        ("page-number", "Text.\\newpage More.", ("\\begin{document}", "\\pagestyle{empty}\\begin{document}")),
        ("metadata", "Text.", ("pdftitle={Paper},", "")),
        ("metadata", "Text.", ("pdfauthor={Ada}", "")),
        ("line-numbers", "Text. " * 200, ("\\begin{document}", "\\usepackage{lineno}\\linenumbers\\begin{document}")),
    ],
)
def test_finds(put_paper, kind, body, change):
    folder = put_paper(body)
    file = folder / "paper.tex"
    file.write_text(file.read_text().replace(*change) if change[0] else file.read_text())
    assert [problem.kind for problem in build_papers(folder, folder.parent / "pdf")] == [kind]


@pytest.mark.tex
def test_submission_must_be_anonymous_and_numbered(put_paper):
    folder = put_paper("Text.", mode="submission")
    problems = build_papers(folder, folder.parent / "pdf")
    assert [problem.kind for problem in problems] == ["anonymity", "line-numbers"]
    assert "Ada" in problems[0].message


@pytest.mark.tex
def test_good_paper_has_no_problem(put_paper):
    folder = put_paper("Text that is long enough. " * 300)
    assert build_papers(folder, folder.parent / "pdf") == []


def write_pdf(file, *objects: str) -> None:
    """A PDF of one empty page, whose resources are the third object (the first two are catalogue and pages)."""
    texts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 612 792]>>", *objects]
    texts.insert(3, "<</Type/Page/Parent 2 0 R/Resources 3 0 R>>")
    data, places = b"%PDF-1.5\n", []
    for number, text in enumerate(texts, 1):
        places.append(len(data))
        data += f"{number} 0 obj {text} endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(texts) + 1}\n0000000000 65535 f \n{table}trailer <</Root 1 0 R/Size {len(texts) + 1}>>\n"
    file.write_bytes(data + f"{tail}startxref\n{len(data)}\n%%EOF\n".encode())


TYPE3 = "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>/Encoding<<>>>>"
STRANGER = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
COMPOSITE = (
    "<</Type/Font/Subtype/Type0/BaseFont/Kana/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    "/FontDescriptor<</Type/FontDescriptor/FontFile2 99 0 R>>>>]>>"
)


@pytest.mark.parametrize(
    ("objects", "kinds"),
    [
        (["<</Font<</F 5 0 R>>>>", TYPE3], ["type3-font", "metadata", "metadata"]),
        (["<</Font<</F 5 0 R>>>>", STRANGER], ["font-not-embedded", "metadata", "metadata"]),
        (["<</Font<</F 5 0 R>>>>", COMPOSITE], ["metadata", "metadata"]),
        (  # within a figure
            ["<</XObject<</X 5 0 R>>>>",
             f"<</Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F {TYPE3}>>>>/Length 0>> stream\n\nendstream"],
            ["type3-font", "metadata", "metadata"],
        ),
    ],
)  # fmt: skip
def test_looks_into_fonts(tmp_path, objects, kinds):
    write_pdf(tmp_path / "x.pdf", *objects)
    record = Record("x", tmp_path, "x.md", "final", None, (), ())
    assert [problem.kind for problem in verify_pdf(tmp_path / "x.pdf", record)] == kinds
