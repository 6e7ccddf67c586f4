"""Where the lines of a paper came from."""

from __future__ import annotations

import pytest

from diptych.errors import DiptychError
from diptych.pdf.record import Record, read_record


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (1, 1),  # the frame of the paper
        (10, 20), (11, 21), (12, 22),  # lines of a paragraph go on together
        (13, 22),  # but not into what comes next
        (14, 23),
        (20, 9),  # what stands elsewhere in the source
        (21, 10),
    ],
)  # fmt: skip
def test_finds_the_line_of_the_source(line, source):
    record = Record("x", None, "x.md", "final", None, (), ((10, 20), (14, 23), (20, 9)))
    assert record.source_line(line) == source


def test_broken_record_is_named(tmp_path):
    (tmp_path / "x.paper.json").write_text('{"source": 1}')
    with pytest.raises(DiptychError, match=r"x\.paper\.json: this record of a paper cannot be read"):
        read_record(tmp_path / "x.paper.json")
