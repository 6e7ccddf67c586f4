"""PDFs beside the pages: offered where they are there, an error where they are missing."""

from __future__ import annotations

from corpora import markdown


def test_no_button_without_papers(build) -> None:
    assert not build(markdown()).page("analyses/a/index.html").select("a[type='application/pdf']")


def test_papers_lie_beside_their_pages(build) -> None:
    site = build(markdown(), files={"build/pdf/a.pdf": "%PDF-1.5"}, diptych_pdf_dir="build/pdf")
    link = site.page("analyses/a/index.html").select_one("a[type='application/pdf']")
    assert (site.folder / "analyses/a" / link["href"]).read_text(encoding="utf-8") == "%PDF-1.5"
    assert site.warnings == ()


def test_a_missing_paper_is_an_error(build) -> None:
    site = build(markdown(), diptych_pdf_dir="build/pdf")
    assert any("a.pdf is missing" in warning for warning in site.warnings)
