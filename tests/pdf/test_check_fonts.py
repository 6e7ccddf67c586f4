"""Fonts and locks that pdflatex does not make: files written by hand."""

from __future__ import annotations

import hashlib
import resource
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from diptych.pdf import inspection
from diptych.pdf.case import Expected
from diptych.pdf.inspection import inspect_pdf
from diptych.pdf.printed import Printed


def write_pdf(file, *objects: str, trailer: str = "") -> None:
    """A PDF of one empty page, whose resources are the third object (the first two are catalogue and pages)."""
    texts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 612 792]>>", *objects]
    texts.insert(3, "<</Type/Page/Parent 2 0 R/Resources 3 0 R>>")
    data, places = b"%PDF-1.5\n", []
    for number, text in enumerate(texts, 1):
        places.append(len(data))
        data += f"{number} 0 obj {text} endobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(texts) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer <</Root 1 0 R/Size {size}{trailer}>>\n"
    file.write_bytes(data + f"{tail}startxref\n{len(data)}\n%%EOF\n".encode())


def found(file) -> set[str]:
    return {finding.code for finding in inspect_pdf(file, Expected(is_own=True, mode="submission")).findings}


TYPE3 = "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>/Encoding<<>>>>"
STRANGER = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
COMPOSITE = (
    "<</Type/Font/Subtype/Type0/BaseFont/Kana/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    "/FontDescriptor<</Type/FontDescriptor/FontFile2 99 0 R>>>>]>>"
)
EMPTY = {"PDF003", "PDF063"}
"""What is wrong with an empty page in any case."""


@pytest.mark.parametrize(
    ("objects", "codes"),
    [
        (["<<>>"], set()),
        (["<</Font<</F 5 0 R>>>>", TYPE3], {"PDF024"}),
        (["<</Font<</F 5 0 R>>>>", STRANGER], {"PDF025"}),
        (["<</Font<</F 5 0 R>>>>", COMPOSITE], set()),
        (  # within a picture
            ["<</XObject<</X 5 0 R>>>>",
             f"<</Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F {TYPE3}>>>>/Length 0>> stream\n\nendstream"],
            {"PDF024"},
        ),
        (  # a picture that holds itself
            ["<</XObject<</X 5 0 R>>>>",
             "<</Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>/Length 0>> stream\n\nendstream"],
            set(),
        ),
    ],
    ids=["none", "type 3", "unembedded", "composite", "in a picture", "in a circle"],
)  # fmt: skip
def test_looks_into_fonts(tmp_path, objects, codes):
    write_pdf(tmp_path / "x.pdf", *objects)
    assert found(tmp_path / "x.pdf") == codes | EMPTY


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""What passwords are filled up with (PDF reference, algorithm 3.2)."""


def arcfour(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


@pytest.mark.parametrize("password", [b"", b"secret"], ids=["opens without a password", "needs a password"])
def test_an_encrypted_file(tmp_path, password):
    identity, owner, permissions = bytes(16), bytes(32), (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5((password + PADDING)[:32] + owner + permissions + identity).digest()[:5]
    trailer = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{arcfour(key, PADDING).hex()}>>>"
        f"/ID[<{identity.hex()}><{identity.hex()}>]"
    )
    write_pdf(tmp_path / "x.pdf", "<<>>", trailer=trailer)
    assert found(tmp_path / "x.pdf") == {"PDF002"} | (EMPTY if not password else set())


def test_a_file_that_keeps_its_reader_busy(tmp_path, monkeypatch):
    letters = "(a) Tj " * 200_000
    content = f"<</Length {len(letters)}>> stream\n{letters}\nendstream"
    write_pdf(tmp_path / "x.pdf", "<<>>", content)
    data = (tmp_path / "x.pdf").read_bytes().replace(b"/Resources 3 0 R", b"/Contents 5 0 R ")
    (tmp_path / "x.pdf").write_bytes(data)
    monkeypatch.setattr(inspection, "TIME_LIMIT", 0.05)
    (finding,) = inspect_pdf(tmp_path / "x.pdf", Expected()).findings
    assert finding.mark.message == "the file cannot be read: reading it takes too much time or memory"


def test_a_reader_that_passes_over_errors_is_stopped_all_the_same(tmp_path, monkeypatch):
    def read(file):
        for _ in range(2):
            with suppress(Exception):
                time.sleep(0.2)
        return Printed(())

    monkeypatch.setattr(inspection, "read_pdf", read)
    monkeypatch.setattr(inspection, "TIME_LIMIT", 0.05)
    (finding,) = inspect_pdf(tmp_path / "x.pdf", Expected()).findings
    assert finding.mark.message == "the file cannot be read: reading it takes too much time or memory"


def test_a_file_that_unfolds_to_any_size(tmp_path, monkeypatch):
    packer = zlib.compressobj(1)
    packed = b"".join([*(packer.compress(bytes(10**7)) for _ in range(40)), packer.flush()])
    content = f"<</Length {len(packed)}/Filter/FlateDecode>> stream\n{packed.decode('latin-1')}\nendstream"
    write_pdf(tmp_path / "x.pdf", "<<>>", content)
    data = (tmp_path / "x.pdf").read_bytes().replace(b"/Resources 3 0 R", b"/Contents 5 0 R ")
    (tmp_path / "x.pdf").write_bytes(data)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    monkeypatch.setattr(inspection, "MEMORY_LIMIT", used + 200_000_000)
    (finding,) = inspect_pdf(tmp_path / "x.pdf", Expected()).findings
    assert finding.mark.message == "the file cannot be read: reading it takes too much time or memory"


def test_what_is_no_pdf(tmp_path):
    file = tmp_path / "x.pdf"
    file.write_bytes(b"<html></html>")
    assert found(file) == {"PDF001"}
