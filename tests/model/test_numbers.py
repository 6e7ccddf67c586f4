"""Stated numbers: what a reader may want to look up, and what only looks like it."""

import pytest

from diptych.model.numbers import stated_numbers


def numbers(text: str, least: int = 10) -> list[str]:
    return [text[start:end] for start, end in stated_numbers(text, least)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wins 70.5% of prompts and 63 % of clips", ["70.5%", "63 %"]),
        ("gains 12 percent, or 3 percentage points", ["12 percent", "3 percentage"]),
        ("kappa rises from 0.004 to 0.31", ["0.004", "0.31"]),
        ("on 1,600 clips and 35 million images", ["1,600", "35 million"]),
        ("34M clips, 6.0B parameters, 3x faster", ["34M", "6.0B", "3x"]),
        ("4 s at 16 fps and 512 × 512", ["4 s", "16 fps", "512", "512"]),
        ("512x512 pixels", ["512x512 pixels"]),
        ("on 307 prompts (of 400)", ["307", "400"]),
        ("between 10–20 raters", ["10–20"]),
        ("a 10-fold gain", ["10-fold"]),
        ("scores 0.495 and Kling 0.367", ["0.495", "0.367"]),
        ("more than 2000 prompts", ["2000"]),
        ("At 16 fps it stutters", ["16 fps"]),
        ("costs $100 and ~50 hours", ["100", "50 hours"]),
    ],
)
def test_a_number_that_reports_something_is_stated(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in 2024, since 1999, by May 2024, on 15 May 2024, May 15, ICLR 2025, the 2019 paper",
        "question 12 and questions 14 and 15",
        "Section 3.2, Sections 3.2 and 4.1, Figure 12, Tables 10 and 11, Appendix 12, page 17, pp. 12 to 19, Eq. 12",
        "GPT-4, Gen-2, CogVideoX-5B, MAGVIT-v2, H100, 2D, 3D, 1D, 4K, 720p, VAE-16",
        "Llama 3.1, Stable Diffusion 1.5, Python 3.11, Imagen 3, Sora 2, RTX 4090, UCF 101",
        "version 2.1 and v1.5 and 1.5.2",
        "the 1st, 2nd, 10th and 99th",
        "two papers, 2 papers, 3 of 4 raters, 8 runs",
        "16:9 and 1:1",
        "with 95% confidence, our 95% Wilson intervals, 90 % CIs",
        "the 5B model, a 2B variant, 7 B models",
        "16-bit floats and 10-shot prompts",
        "2023–2024 and 2019-20",
        "arXiv 2204.03458",
        "since the 1990s, in the 2010s",
        "items (12) and (13), frames [4, 16], reference [12]",
        "the other 5 points",
        "no number at all",
    ],
)
def test_a_number_that_names_or_numbers_something_is_not_stated(text: str) -> None:
    assert numbers(text) == []


def test_the_bound_for_counts_can_be_moved() -> None:
    assert numbers("on 307 prompts by 12 raters", 100) == ["307"]
    assert numbers("on 307 prompts by 2 raters", 2) == ["307", "2"]
