"""The rules as lists, as help and as pages."""

import json
import re
from pathlib import Path

import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import Error

from diptych.pdf.rules import PDF_RULES
from diptych.report.rules import render_rule, render_rules, render_rules_json, rule_pages
from diptych.report.terminal import Terminal
from diptych.rules import RULES

PAGES = Path(__file__).parents[2] / "docs/rules"
ORDERED = [RULES[code] for code in sorted(RULES)]
FOR_PDFS = [PDF_RULES[code] for code in sorted(PDF_RULES)]
EVERY = [*ORDERED, *FOR_PDFS]
FENCE = re.compile(r"^(`{3,})(\w+)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)


def test_the_committed_pages_are_what_the_docstrings_say() -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in PAGES.glob("*.md")}
    advice = "type: .venv/bin/diptych rules --format markdown --output docs/rules (and remove pages of dropped rules)"
    assert committed == rule_pages(ORDERED, FOR_PDFS), advice


def test_every_rule_has_a_page_that_the_index_lists() -> None:
    pages = rule_pages(ORDERED, FOR_PDFS)
    assert pages.keys() == {"index.md", *(f"{rule.code}.md" for rule in EVERY)}
    for code in (rule.code for rule in EVERY):
        assert f"[{code}]({code}.md)" in pages["index.md"]
        assert re.search(rf"^{code}$", pages["index.md"], re.MULTILINE)


def test_the_index_says_which_rules_are_for_finished_papers() -> None:
    index = rule_pages(ORDERED, FOR_PDFS)["index.md"]
    assert f"The {len(RULES)} rules that `diptych check` runs." in index
    assert f"[{len(PDF_RULES)} more](#pdf) look at finished papers" in index
    assert "\n(pdf)=\n## PDF: the finished paper, as those who get it meet it\n" in index
    assert index.index("(pdf)=") < index.index("[PDF001](PDF001.md)")
    assert "(pdf)=" not in rule_pages(ORDERED)["index.md"]


@pytest.mark.parametrize("rule", FOR_PDFS, ids=lambda rule: rule.code)
def test_each_example_of_a_rule_for_pdfs_says_what_it_shows(rule) -> None:
    page = rule_pages([rule])[f"{rule.code}.md"]
    assert all(before.endswith(":") for before in re.findall(r"^(.*)\n\n`{3,}\w+$", page, re.MULTILINE))


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_a_page_shows_every_example_as_a_block(rule) -> None:
    page = rule_pages([rule])[f"{rule.code}.md"]
    assert page.startswith(f"# {rule.code} {rule.slug}\n")
    assert "\n# " not in FENCE.sub("", page)
    blocks = FENCE.findall(page)
    examples = re.findall(r"^(`{3,})[a-z ]+\n(.*?)\n\1$", rule.text, re.DOTALL | re.MULTILINE)
    assert [text for _, _, text in blocks] == [text for _, text in examples]
    assert not re.search(r"^`{3,}", FENCE.sub("", page), re.MULTILINE)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_every_example_can_be_highlighted(rule) -> None:
    for _, language, text in FENCE.findall(rule_pages([rule])[f"{rule.code}.md"]):
        assert Error not in {kind for kind, _ in get_lexer_by_name(language).get_tokens(text)}


def test_a_block_within_an_example_stays_within_it() -> None:
    rule = next(rule for rule in ORDERED if "\n````" in rule.text)
    for fence, _, text in FENCE.findall(rule_pages([rule])[f"{rule.code}.md"]):
        assert all(len(run) < len(fence) for run in re.findall(r"`{3,}", text))


def test_the_list_has_a_line_for_each_rule() -> None:
    lines = render_rules(ORDERED).splitlines()
    assert len(lines) == len(RULES)
    assert lines[0].split()[:3] == [ORDERED[0].code, ORDERED[0].severity.value, ORDERED[0].slug]


def test_the_list_for_programs() -> None:
    first = json.loads(render_rules_json(ORDERED))[0]
    assert list(first) == ["code", "slug", "severity", "summary", "text"]
    assert first["code"] == ORDERED[0].code


def test_help_is_markdown_for_programs_and_set_off_for_people() -> None:
    rule = RULES["SEC001"]
    assert render_rule(rule) == f"SEC001 raw-html (error)\n\n{rule.text}\n"
    shown = render_rule(rule, Terminal(is_interactive=True))
    assert "\nWhy\n" in shown
    assert "\n  In the text:\n    Letters are <b>not</b> numbers.\n" in shown
    assert "```" not in shown
    assert "\x1b[1mWhy\x1b[0m" in render_rule(rule, Terminal(has_colour=True))
