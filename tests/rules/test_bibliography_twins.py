"""The BIB rules about entries of one work: which of two is named, and pairs that only look like it."""

import pytest

from bibliographies import findings


def pair(one: str, other: str) -> str:
    return f"@misc{{a, {one}}}\n@misc{{b, {other}}}\n"


TWINS = [
    ("BIB020", "doi = {10.1234/X}", "doi = {https://doi.org/10.1234/x}", [(2, 17, "https://doi.org/10.1234/x")]),
    ("BIB020", "doi = {10.1234/a_b}", "doi = {10.1234/a\\_b}", [(2, 17, "10.1234/a\\_b")]),
    ("BIB020", "doi = {10.1234/a}", "doi = {10.1234/ab}", []),
    ("BIB020", "doi = {}", "doi = {}", []),
    ("BIB021", "eprint = {2311.10709}", "eprint = {arXiv:2311.10709v2}", [(2, 20, "arXiv:2311.10709v2")]),
    ("BIB021", "eprint = {2311.10709}", "url = {https://arxiv.org/abs/2311.10709}",
     [(2, 17, "https://arxiv.org/abs/2311.10709")]),
    ("BIB021", "eprint = {2311.10709}", "eprint = {2311.10708}", []),
    # one pair, one finding
    ("BIB021", "eprint = {2311.10709}, doi = {10.1234/x}", "eprint = {2311.10709}, doi = {10.1234/x}", []),
    ("BIB021", "eprint = {2311.10709}", "eprint = {2311.10709}, journal = {J}", []),
    ("BIB022", "author = {Cy, C.}, title = {On {Fr{\\'e}chet} Distances}",
     "author = {Carla Cy}, title = {On Fréchet-distances}", [(2, 40, "On Fréchet-distances")]),
    ("BIB022", "author = {Cy, C.}, title = {{LRM}: Large Models for Single Image to {3D}}",
     "author = {Cy, C.}, title = {Large Models for Single Image to 3D}",
     [(2, 38, "Large Models for Single Image to 3D")]),
    ("BIB022", "author = {Cy, C.}, title = {Generative Modeling}", "author = {Cy, C.}, title = {Generative Modelling}",
     [(2, 38, "Generative Modelling")]),
    ("BIB022", "author = {Cy, C.}, title = {Video Diffusion Model}",
     "author = {Cy, C.}, title = {Video Diffusion Models}",
     [(2, 38, "Video Diffusion Models")]),
    ("BIB022", "author = {Cy, C.}, title = {New}, preprinttitle = {Old Title}",
     "author = {Cy, C.}, title = {Old Title}",
     [(2, 38, "Old Title")]),
    ("BIB022", "author = {Cy, C.}, title = {Editorial}", "author = {Dee, D.}, title = {Editorial}", []),
    ("BIB022", "author = {Cy, C.}, title = {Letters, Part I}", "author = {Cy, C.}, title = {Letters, Part II}", []),
    ("BIB022", "author = {Cy, C.}, title = {Sorting with CogVideo}",
     "author = {Cy, C.}, title = {Sorting with CogVideoX}", []),
    ("BIB022", "author = {Cy, C.}, title = {The GPT-3 Report}", "author = {Cy, C.}, title = {The GPT-4 Report}", []),
    ("BIB022", "author = {Cy, C.}, title = {Image Generation}", "author = {Cy, C.}, title = {Video Generation}", []),
    ("BIB022", "author = {Cy, C.}, title = {A: Results}", "author = {Cy, C.}, title = {B: Results}", []),
    ("BIB022", "author = {Cy, C.}, title = {The {\\TeX}book}", "author = {Cy, C.}, title = {The {\\MF}book}", []),
    ("BIB022", "title = {Untold}", "title = {Untold}", []),
    ("BIB023", "eprint = {2311.10709}", "eprint = {2311.10709}, journal = {J}", [(1, 7, "a")]),
    ("BIB023", "journal = {J}, doi = {10.1234/x}, eprint = {2311.10709}",
     "doi = {10.48550/arXiv.2311.10709}", [(2, 7, "b")]),
    ("BIB023", "author = {Cy, C.}, title = {T}, journal = {arXiv preprint}",
     "author = {Cy, C.}, title = {T}, journal = {J}",
     [(1, 7, "a")]),
    ("BIB023", "author = {Cy, C.}, title = {T}, journal = {I}", "author = {Cy, C.}, title = {T}, journal = {J}", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "one", "other", "found"), TWINS)
def test_twins(code: str, one: str, other: str, found: list[tuple[int, int, str]]) -> None:
    assert findings(code, pair(one, other)) == found


def test_three_of_a_kind_are_two_findings() -> None:
    text = "".join(f"@misc{{{key}, doi = {{10.1234/x}}}}\n" for key in "abc")
    assert findings("BIB020", text) == [(2, 17, "10.1234/x"), (3, 17, "10.1234/x")]
