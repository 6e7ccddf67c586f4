"""What is known of the files that an analysis shows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import png
from diptych.parse.files import facts_of, is_local, kind_of, look_at

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>'


def jpeg(width: int, height: int) -> bytes:
    """The beginning of a JPEG: a comment, padding, and the frame header."""
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8\xff\xfe\x00\x04ab\xff\xff\xc2\x00\x11\x08" + size + b"\x03"


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (SVG, "svg", (20, 10)),
        (b"\xef\xbb\xbf\n" + SVG, "svg", (20, 10)),
        (png(640, 480), "png", (640, 480)),
        (jpeg(640, 480), "jpeg", (640, 480)),
        (jpeg(640, 480)[:12], "jpeg", (None, None)),
        (b"%PDF-1.7", "pdf", (None, None)),
        (b"<html/>", "", (None, None)),
        (b"<svg>\xff</svg>", "", (None, None)),
        (b"GIF89a", "", (None, None)),
        (b"", "", (None, None)),
    ],
)
def test_a_file_is_known_by_what_it_holds(data: bytes, kind: str, size: tuple[float | None, float | None]) -> None:
    facts = facts_of("analyses/a/steps", data)
    assert (facts.kind, (facts.width, facts.height)) == (kind, size)


def test_looking_says_where_a_file_lies_and_what_lies_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "analyses" / "a"
    folder.mkdir(parents=True)
    (folder / "steps.svg").write_bytes(SVG)
    (folder / "steps.pdf").write_bytes(b"%PDF-1.7")
    facts = look_at(["steps.svg", "stops.svg", "steps%2esvg", "../a/steps.svg", "x\0y.svg"], folder, tmp_path)
    assert facts["steps.svg"].path == "analyses/a/steps.svg"
    assert (facts["steps.svg"].state, facts["steps.svg"].size) == ("present", len(SVG))
    assert facts["steps.svg"].beside == (".pdf",)
    assert (facts["stops.svg"].state, facts["stops.svg"].similar) == ("missing", "steps.svg")
    assert facts["steps%2esvg"].state == "present"
    assert facts["../a/steps.svg"].state == "outside"
    assert facts["x\0y.svg"].state == "outside"


def test_a_name_that_no_file_can_have_is_no_crash(tmp_path: Path) -> None:
    assert look_at(["a" * 5000, "a/" * 3000 + "b.svg"], tmp_path, tmp_path).keys()
    assert {facts.state for facts in look_at(["a" * 5000], tmp_path, tmp_path).values()} <= {"missing", "unreadable"}


@pytest.mark.parametrize("name", ["a.svg", "b/a.svg", "./a.svg", "a b.svg", "a..svg"])
def test_a_name_within_the_folder_is_local(name: str) -> None:
    assert is_local(name)


@pytest.mark.parametrize("name", ["", "/a.svg", "../a.svg", "b/../a.svg", "b\\a.svg", "C:a.svg", "https://a/b.svg"])
def test_any_other_name_is_not_looked_at(name: str) -> None:
    assert not is_local(name)


@given(st.one_of(st.just(b"\xff\xd8\xff"), st.just(b"\x89PNG\r\n\x1a\n"), st.just(b"<svg")), st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(head: bytes, rest: bytes) -> None:
    assert facts_of("a", head + rest).kind in ("", kind_of(head))
