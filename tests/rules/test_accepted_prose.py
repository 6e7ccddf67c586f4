"""Invented paragraphs as careful authors write them: the rules on sections and citations must have nothing to say.

Each holds something that a hastier pattern takes for a number without a source, a claim or a citation by hand.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus, markdown, spoiled
from diptych.check import check
from diptych.rules import RULES

PARAGRAPHS = {
    "names with numbers": """
Since 2014, GANs have given way to diffusion models such as Stable Diffusion 1.5, SDXL, Imagen 3 and FLUX.1.
Both papers start from a 2D U-Net with 3×3 kernels, use ViT-B/16 or ResNet-50 as an encoder, and pretrain on LAION-5B.
GPT-4 writes the captions; CLIP, T5 and Llama 2 read them.
""",
    "references to places": """
As Section 3.2, Sections 4.1–4.3, Figure 12 and Tables 10 and 11 of the second paper say, the first lacks an ablation.
Appendix B.12 and Eq. (14) repeat it, question 12 asks for it, and step 20 of Algorithm 15 shows it (p. 17).
""",
    "years and dates": """
The preprint came out on 15 May 2023, the paper at ECCV 2024, and the weights (January 2025) half a year later.
From 2019 to 2022, and in the 2010s, others tried; the class of 2024–2025 reads both.
""",
    "small counts": """
Two papers, 2 tasks and 3 of 4 reviewers agree on one point; the other 5 points stay open.
In a 16:9 frame, 1:1 crops lose 2 of 3 people.
""",
    "numbers beside their source": """
{cite:t}`ada2020first` train on 34M clips for 50 hours, and lose 12.5% of them {cite:p}`ada2020first{Section 4}`.
Of 307 prompts, 70.5% favour the second {cite:p}`bo2021second{Table 1}`, with 95% confidence intervals of our own.
The rest, 29.5%, is split.
""",
    "numbers in a table with a citation": """
:::{list-table} What each was trained on {cite:p}`ada2020first{Table 2},bo2021second{Table 3}`.
:header-rows: 1

* - Aspect
  - First
  - Second
* - Clips
  - 34M
  - 35M
* - Hours
  - 50
  - 1,200
:::
""",
    "numbers in a list led in by a citation": """
The second paper lists three causes {cite:p}`bo2021second{Section 5}`:

1. steps, 40 for each letter;
2. letters, 26 of them;
   - 5 vowels,
   - 21 consonants;
3. people.
""",
    "own numbers and plans": """
By our own count, this makes 120 letters, or 3.5 for each word.
We would repeat it with 200 raters, and a budget of 48 GPU hours should do.
""",
    "claims on what is at hand": """
Both papers show that order matters; the ablation studies confirm it, and the user studies of the second find the same.
The other paper argues that it does not, and no later work has shown who is right.
Its authors report no spread, and whether earlier studies would agree is open.
It is known to them, and it has been our aim throughout.
""",
    "claims with sources": """
Recent work shows that order matters {cite:p}`bo2021second`, and several studies have found the opposite
{cite:p}`ada2020first`.
It is well known that letters are hard.[^hard]

[^hard]: {cite:t}`ada2020first` explain it.
""",
    "brackets": """
Pixels lie in [0, 1] or in [-1, 1], scores on a scale of [1, 5], and windows over [4, 16] frames.
The tokens [MASK] and [CLS] stay; x[12] is an index, (a) and (12) are labels, [sic] is a remark.
Sora (2024) and Kling (2024) are systems; so is a later Kling (Kling, 2025).
The third (see Figure 2) came in spring (May 2024), the fourth at a workshop (NeurIPS 2022).
""",
    "code and formulas": """
The call `load("https://example.org/a", seed=1234)` takes $12.5$ seconds, where $x \\in [3, 4]$ and

$$x = 0.5 \\cdot 307$$

is the bound; `10.1000/182` and `[@key]` are mere strings.
""",
    "links": """
The [code of the first](https://github.com/example/first) and the [demonstration](https://example.org/2024) are
public.[^code]

[^code]: The weights are at <https://example.org/weights>.
""",
    "a quotation": """
> Order is all, and 90% of letters know it.
>
> — {cite:t}`ada2020first{p. 12}`
""",
    "abbreviations": """
Other metrics, e.g. Recall at 5, behave alike, cf. Sec. 4 of Bo et al. {cite:p}`bo2021second`, i.e. 12.5% vs. 13% in
Tab. 3 {cite:p}`bo2021second{Table 3}`.
""",
}


@pytest.mark.parametrize("text", PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_careful_prose_has_no_finding(text: str) -> None:
    findings = check(spoiled([("md", text.strip())]))
    told = [f"{finding.code} {finding.message}" for finding in findings if finding.code[:3] in ("CIT", "STR")]
    assert told == []


CARELESS = """
Recent work shows that order matters. It takes 12.5% fewer steps {cite:p}`ada2020first`, see https://arxiv.org/abs/1706.03762
and \\cite{ada2020first} or [12] or (Ho et al., 2020); {cite:p}`ada2020first,ada2020first` agree.

It loses 40 letters.
"""


def test_careless_prose_has_every_finding() -> None:
    findings = check(spoiled([("md", CARELESS.strip())]))
    told = [finding.code for finding in findings if finding.code.startswith("CIT")]
    assert told == ["CIT010", "CIT008", "CIT011", "CIT012", "CIT012", "CIT012", "CIT006", "CIT009"]


FAMILIES = [rule for code, rule in RULES.items() if code[:3] in ("STR", "LEN", "CIT")]
PIECES = [
    " ", "\n", "\n\n", ". ", "[1", "[12] ", "(Ho et al., 2020) ", "Ho and ",
    "A-", "van der ", "https://a.b/ ", ")", "arXiv:",
    "10.1000/1 ", "\\cite{x} ", "[@a", "recent work shows ", "it is well known ", "we count ", "40% ", "5 × ", "1,",
    "{cite:p}`ada2020first` ", "{cite:t}`x{Table 1}` ", "{cite:p}`a,a` ", "- 40\n", "| a | 4.5 |\n", "> 40\n\n",
    "[^a] ", "[^a]: ",
    "{numref}`x` ", "(x)=\n", "### A\n\n", "\\& 5% ", "&lt;", "<https://x.org> ",
    "[a](https://doi.org/10.1000/1) ", "{q}`3` ", "*",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_written_every_finding_lies_in_its_file(body: str) -> None:
    subject = corpus(markdown(body=f"## Opening\n\n{body}"))
    for finding in check(subject, FAMILIES):
        text = subject.source(finding.span.path).text
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.span.line == text.count("\n", 0, finding.span.start) + 1


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def cost(count: int) -> float:
        subject = corpus(markdown(body="## Opening\n\nText " + piece * count))
        best = 9.0
        for _ in range(2):
            begun = time.process_time()
            check(subject, FAMILIES)
            best = min(best, time.process_time() - begun)
        return best

    # a busy machine may spoil a try, quadratic time would spoil each
    assert any(cost(1200) < 3.5 * cost(600) + 0.05 for _ in range(5))
