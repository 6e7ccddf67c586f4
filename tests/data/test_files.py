"""Text files that cannot be read say where and why."""

from pathlib import Path

import pytest

from diptych.data.files import read_source
from diptych.errors import DataError, DiptychError
from diptych.span import Source


def test_a_file_becomes_a_source(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo")
    assert read_source(tmp_path / "a.md", tmp_path) == Source("a.md", "one\ntwo")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"\xff", 1, 1), (b"one\ntw\xff", 2, 3), (b"one\r\ntw\xff", 2, 3), ("ä".encode() + b"\xe4", 1, 2)],
)
def test_what_is_not_utf_8_is_named_with_its_place(data: bytes, line: int, column: int, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(data)
    with pytest.raises(DataError) as caught:
        read_source(tmp_path / "a.md", tmp_path)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.span.line, problem.span.column) == ("not-utf-8", line, column)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiptychError, match=r"^a\.md: cannot be read: No such file"):
        read_source(tmp_path / "a.md", tmp_path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DiptychError, match=r"cannot be read: "):
        read_source(tmp_path, tmp_path)
