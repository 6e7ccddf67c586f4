"""Faults put one at a time into a clean analysis: the check must name each of them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults import BODY, EVIDENCE, MANY_WORDS, Fault, add, against_evidence, bib, codes, cut, evidence, fill, md, svg

FAULTS: dict[str, tuple[Fault, set[str]]] = {
    # front matter
    "no front matter": (lambda files: files.update({"index.md": BODY}), {"FMT001"}),
    "broken YAML": (md("title: One", 'title: "One'), {"FMT002"}),
    "field set twice": (md("option: letters", "option: letters\noption: letters"), {"FMT003"}),
    "misspelt field": (md("keywords:", "kewords:"), {"FMT004"}),
    "required field misspelt": (md("authors:", "author:"), {"FMT004"}),
    "field removed": (cut("date:", "keywords:"), {"FMT005"}),
    "number as title": (md("title: One way against another", "title: 12"), {"FMT006"}),
    "impossible date": (md("2026-01-31", "2026-01-32"), {"FMT007"}),
    "broken e-mail": (md("dana@example.org", "dana at example.org"), {"FMT007"}),
    "empty title": (md("title: One way against another", 'title: ""'), {"FMT008"}),
    "paper against itself": (md("[ada2020first, bo2021second]", "[bo2021second, bo2021second]"), {"FMT009"}),
    "verdict on a third paper": (md("stronger: bo2021second", "stronger: cy2019digits"), {"FMT010"}),
    "alias": (md("[sorting, letters]", "[&word sorting, *word]"), {"SEC002"}),
    # structure
    "section deleted": (cut("## Opening", "## Judgement"), {"STR001", "STR005", "LEN001", "CIT005"}),
    "section renamed": (md("## Opening", "## Openning"), {"STR002"}),
    "section twice": (add("## Opening\n\nOnce more, the letters."), {"STR003"}),
    "title as heading": (md("## Opening", "# One way\n\n## Opening"), {"STR004"}),
    "marker deleted": (md("{q}`2` ", ""), {"STR005"}),
    "marker of no question": (md("{q}`2`", "{q}`7`"), {"STR005", "STR006"}),
    "markers swapped": (md("{q}`1`", "{q}`3`"), {"STR005", "STR007"}),
    "answer without words": (md("{q}`2` Both", "{q}`2` {q}`3` Both"), {"STR008"}),
    "empty subsection": (md("### Which is faster", "### What else\n\n### Which is faster"), {"STR009"}),
    "heading jump": (md("### Which", "##### Which"), {"STR010"}),
    "paper left out of a section": (md("and {cite:t}`bo2021second` both sort", "and others both sort"), {"STR011"}),
    "unknown label": (md("{numref}`tab-steps`", "{numref}`tab-stops`"), {"STR014", "FIG013"}),
    "equation as a figure": (md("{eq}`eq-steps`", "{numref}`eq-steps`"), {"STR019"}),
    "figure as an equation": (md("{numref}`fig-steps`", "{eq}`fig-steps`"), {"STR019"}),
    "label twice": (md(":name: tab-steps", ":name: fig-steps"), {"STR014", "STR015"}),
    "footnote without text": (md("[^same]: Both use the Latin alphabet.\n", ""), {"STR017"}),
    "footnote without mark": (md("side by side.[^same]", "side by side."), {"STR018"}),
    "a cell too many": (
        add(":::{table} More.\n:name: more\n\n| a | b |\n|---|---|\n| c | d | e |\n:::\n\n{numref}`more` has them."),
        {"MKP018"},
    ),
    # lengths
    "too long": (add(MANY_WORDS), {"LEN002", "LEN003"}),
    "one word too long": (fill(271), {"LEN002"}),
    "words hidden in a table in a list": (
        add(
            f"- Letters:\n\n  ```{{table}} More.\n  :name: more\n\n  | a |\n  |---|\n  | {MANY_WORDS} |\n  ```\n\n"
            "  {numref}`more` has them."
        ),
        {"LEN002"},
    ),
    "words hidden in a footnote in a quotation": (add(f"> Letters.[^more]\n>\n> [^more]: {MANY_WORDS}"), {"LEN002"}),
    "words glued by invisible characters": (
        add("Letters and letters.".replace(" ", "\N{ZERO WIDTH SPACE}")),
        {"MKP017"},
    ),
    "words hidden in a remark": (add(f"```{{note}}\n{MANY_WORDS}\n```"), {"LEN002", "LEN003"}),
    "words hidden in an unknown directive": (add(f"```{{hidden}}\n{MANY_WORDS}\n```"), {"MKP001"}),
    "too short": (cut("### Which is faster", "More on trees"), {"LEN001", "STR005"}),
    "long title": (md("One way against another", "One way " * 20), {"LEN006"}),
    # citations
    "unknown key": (md("{cite:p}`cy2019digits`", "{cite:p}`cy2019digit`"), {"CIT001"}),
    "key in another case": (md("{cite:p}`cy2019digits`", "{cite:p}`Cy2019digits`"), {"CIT001"}),
    "paper without an entry": (
        md("papers: [ada2020first", "papers: [ada2020frist"),
        {"CIT002"},
    ),
    "keys without a comma": (md("`cy2019digits`", "`cy2019digits ada2020first`"), {"CIT004", "CIT005"}),
    "unused entry": (
        bib("@misc", "@misc{dee2018more, title = {More}, author = {Dee, D.}, year = {2018}}\n\n@misc"),
        {"CIT005"},
    ),
    "key twice in a citation": (md("`cy2019digits`", "`cy2019digits,cy2019digits`"), {"CIT006"}),
    "locator removed": (
        md("needs 90,000 {cite:p}`bo2021second{Table 2}`", "needs 90,000 {cite:p}`bo2021second`"),
        {"CIT008"},
    ),
    "number without citation": (add("Others sort 5,000 letters in a day."), {"CIT009"}),
    "claim without citation": (add("Recent work shows that trees are best."), {"CIT010"}),
    "bare DOI": (add("Digits differ, see 10.1000/digits for that."), {"CIT011"}),
    "citation by hand": (add("Digits differ (Cy et al., 2019)."), {"CIT012"}),
    "number with a citation by hand": (add("Digits need 5,000 steps (Cy et al., 2019)."), {"CIT012"}),
    "claim with a citation in another dialect": (add("Recent work shows letters win [@ada2020first]."), {"CIT012"}),
    "number with a bare DOI": (add("Digits need 5,000 steps, see 10.1000/digits for that."), {"CIT011"}),
    "numbered citation by hand": (add("Digits differ [3]."), {"CIT012"}),
    # bibliography
    "brace missing": (bib("title = {Sorting Digits},", "title = {Sorting Digits,"), {"BIB001"}),
    "key twice": (bib("cy2019digits", "ada2020first"), {"BIB002", "CIT001"}),
    "field twice": (bib("year = {2019}", "year = {2019},\n  year = {2019}"), {"BIB003"}),
    "unknown type": (bib("@misc", "@mics"), {"BIB010"}),
    "required field removed": (bib("  journal = {Journal of Letters},\n", ""), {"BIB012"}),
    "unknown field in an entry": (bib("doi =", "dio ="), {"BIB013"}),
    "same DOI twice": (bib("  volume = {3},", "  volume = {3},\n  doi = {10.1000/digits},"), {"BIB020"}),
    "DOI with prefix": (bib("10.1000/digits", "https://doi.org/10.1000/digits"), {"BIB030"}),
    "DOI cut short": (bib("10.1000/digits", "10.1000"), {"BIB030"}),
    "year in words": (bib("{2019}", "{last year}"), {"BIB033"}),
    "pages backwards": (bib("10--19", "19--10"), {"BIB035"}),
    "single dash in pages": (bib("10--19", "10-19"), {"BIB035"}),
    "capitals unprotected": (bib("Sorting Digits", "Sorting DNA Digits"), {"BIB040"}),
    "authors cut short": (bib("Bo, Ben and Cy, Carla", "Bo, Ben and others"), {"BIB041"}),
    "damaged letters": (bib("Ada, Anna", "AdÃ©, Anna"), {"BIB050"}),
    "ampersand": (bib("Journal of Letters", "Letters & More"), {"BIB052"}),
    # figures and tables
    "alt text removed": (cut(":alt: Two curves", ":width: 60%"), {"FIG001"}),
    "alt text is the file": (
        md("Two curves over the number of letters; the tree stays well below the row throughout.", "steps.svg"),
        {"FIG002"},
    ),
    "file missing": (md("{figure} steps.svg", "{figure} stops.svg"), {"FIG004"}),
    "figure never mentioned": (md("{numref}`fig-steps` shows", "the figure shows"), {"FIG010"}),
    "caption removed": (md("Steps over letters, drawn from {cite:p}`bo2021second{Figure 1}`.\n", ""), {"FIG009"}),
    "header row removed": (md(":header-rows: 1\n", ""), {"FIG011"}),
    "link that says nothing": (md("[a primer on trees]", "[here]"), {"FIG015"}),
    # course
    "unknown assignment": (md("assignment: sorting", "assignment: sortign"), {"SCO001"}),
    "unknown option": (md("option: letters", "option: numbers"), {"SCO002"}),
    "one paper": (md("papers: [ada2020first, bo2021second]", "papers: [bo2021second]"), {"SCO003"}),
    "unapproved paper": (
        md("papers: [ada2020first", "papers: [cy2019digits"),
        {"SCO006", "STR011", "STR012", "CIT007"},
    ),
    "two authors": (md("    email:", "  - name: Eli Example\n    email:"), {"SCO008"}),
    "too many slides": (md("tasks: [sorting]", "tasks: [sorting]\nslides: {ada2020first: 9}"), {"SCO012"}),
    # safety
    "HTML": (add("Letters are <b>bold</b>."), {"SEC001"}),
    "script": (add("<script>alert(1)</script>"), {"SEC001"}),
    "include": (add("```{include} ../../secret.txt\n```"), {"SEC003"}),
    "table from a file": (add("```{csv-table} Steps.\n:file: /etc/passwd\n```"), {"SEC003"}),
    "raw LaTeX": (add("```{raw} latex\n\\input{secret}\n```"), {"SEC003"}),
    "raw role": (add("Letters {raw}`<b>` end."), {"SEC004"}),
    "file read in maths": (md("$n$", "$\\input{secret}$"), {"SEC005"}),
    "script in a link": (md("(https://example.org/trees)", "(<javascript:alert(1)>)"), {"SEC006"}),
    "remote figure": (md("{figure} steps.svg", "{figure} https://example.org/steps.svg"), {"SEC007"}),
    "path outside": (md("{figure} steps.svg", "{figure} ../../bib/steps.svg"), {"SEC008"}),
    "script in a figure": (svg("<title>", "<script>alert(1)</script><title>"), {"SEC009"}),
    "figure that loads another": (svg("<path ", '<image href="https://example.org/x.png"/><path '), {"SEC009"}),
    # mark-up
    "unknown role": (add("Letters {citep}`ada2020first` end."), {"MKP002"}),
    "unknown option of a directive": (md(":width: 60%", ":breadth: 60%"), {"MKP003"}),
    "rule": (add("First.\n\n***"), {"MKP004"}),
    "space in a role": (add("Letters {cite:p} `ada2020first` end."), {"MKP005"}),
    "LaTeX": (add("Letters \\textbf{bold} end."), {"MKP006"}),
    "citation with an at sign": (add("Letters as in @ada2020first end."), {"MKP007"}),
    "citation in another dialect": (add("Letters [@ada2020first] end."), {"CIT012"}),
    "fence never closed": (md("More on trees", "```{note}\nMore on trees"), {"MKP009"}),
    "soft hyphen": (add("Let\N{SOFT HYPHEN}ters end."), {"MKP017"}),
    "text that runs backwards": (add("Letters \N{RIGHT-TO-LEFT OVERRIDE}end."), {"MKP017"}),
    "HTML comment": (add("<!-- later -->"), {"MKP013"}),
    # evidence
    "number in the text mistyped": (
        against_evidence(md("the row needs 90,000", "the row needs 80,000")),
        {"EVI004"},
    ),
    "number of the text not listed": (
        against_evidence(add("The second sorts 70 letters {cite:p}`bo2021second{Table 2}`.")),
        {"EVI004"},
    ),
    "number of a table mistyped": (against_evidence(md("* - 300", "* - 3,000")), {"EVI004", "EVI007"}),
    "number in the evidence mistyped": (evidence('"4,000"', '"4,100"'), {"EVI004", "EVI007"}),
    "number left out of the evidence": (evidence('"4,000", ', ""), {"EVI004"}),
    "locator in the text changed": (
        against_evidence(md("90,000 {cite:p}`bo2021second{Table 2}`", "90,000 {cite:p}`bo2021second{Table 3}`")),
        {"EVI004", "EVI005"},
    ),
    "locator spelled in another way": (evidence('"Section 3"', '"Sec. 3"'), {"EVI006"}),
    "entry of nothing": (
        against_evidence(md(" {cite:p}`ada2020first{Section 2}`", " {cite:p}`ada2020first`")),
        {"EVI006"},
    ),
    "citation that nobody has looked up": (
        against_evidence(add("Digits are left out {cite:p}`bo2021second{Section 5}`.")),
        {"EVI005"},
    ),
    "unknown key in the evidence": (evidence('key = "ada2020first"', 'key = "ada2020frist"'), {"EVI008"}),
    "evidence without address": (evidence('source = "https://example.org/first.pdf"\n', ""), {"EVI003"}),
    "evidence from a file": (evidence('"https://example.org/first.pdf"', '"first.pdf"'), {"EVI003"}),
    "evidence with a field misspelt": (evidence("claim =", "clam ="), {"EVI003"}),
    "evidence of an impossible day": (evidence("2026-01-30", "2026-02-30"), {"EVI002"}),
    "evidence from the future": (evidence("2026-01-30", "2026-12-30"), {"EVI010"}),
    "broken evidence": (evidence('"Section 2"', '"Section 2'), {"EVI002"}),
    "evidence twice": (evidence("[[evidence]]", EVIDENCE[: EVIDENCE.index("\n\n")] + "\n[[evidence]]"), {"EVI009"}),
    "analysis without evidence": (
        lambda files: files.update({"diptych.toml": 'evidence = "required"\n'}),
        {"EVI001"},
    ),
    # suppressions
    "suppression without reason": (add("% diptych: allow CIT009\nOthers sort 5,000 letters in a day."), {"SUP001"}),
    "suppression of nothing": (add("% diptych: allow CIT009 -- a guess\nOthers sort letters."), {"SUP003"}),
    "suppression of safety": (add("% diptych: allow SEC001 -- please\nLetters are <b>bold</b>."), {"SEC001", "SUP004"}),
}


def test_the_analysis_is_clean_before_it_is_spoiled(tmp_path: Path) -> None:
    assert codes(tmp_path, None) == set()


def test_the_evidence_is_clean_before_it_is_spoiled(tmp_path: Path) -> None:
    assert codes(tmp_path, lambda files: files.update({"evidence.toml": EVIDENCE})) == set()


def test_a_paper_as_long_as_it_may_be_is_clean(tmp_path: Path) -> None:
    assert codes(tmp_path, fill(270)) == set()


def test_there_are_many_faults() -> None:
    assert len(FAULTS) >= 60


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_nothing_else(name: str, tmp_path: Path) -> None:
    fault, expected = FAULTS[name]
    assert codes(tmp_path, fault) == expected
