"""The rules themselves: as a list, as help in the terminal, and as the pages of the site."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from diptych.diagnostics import Severity
from diptych.report.json import dump
from diptych.report.terminal import Terminal
from diptych.rules.registry import Rule

_FENCE = re.compile(r"^(`{3,})([^`\n]*)\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_KINDS = {
    "yaml": ("In the front matter:", "yaml"),
    "md": ("In the text:", "md"),
    "md body": ("The text as a whole:", "md"),
    "md whole": ("The file as a whole:", "md"),
    "md latin": ("The file, saved as Latin-1:", "md"),
    "yaml other": ("In the front matter of another analysis:", "yaml"),
    "bib": ("In the bibliography:", "bib"),
    "toml": ("In evidence.toml:", "toml"),
    "toml settings": ("In the project's settings:", "toml"),
    "svg": ("The figure's file:", "xml"),
    "tex": ("In the paper:", "tex"),
    "tex preamble": ("In the paper's preamble:", "tex"),
    "tex style": ("Options of the style file:", "text"),
    "tex without": ("Left out of the paper:", "text"),
    "tex whole": ("The paper as a whole:", "tex"),
    "pdf": ("The file:", "text"),
    "sh": ("Looked at by:", "sh"),
    "words": ("Words of its source:", "text"),
}
"""What each kind of example shows, and the language that it is in."""
FILLER = "FILLER"
"""In examples of papers, a passage that says nothing."""


def render_rules(rules: Sequence[Rule], terminal: Terminal = Terminal()) -> str:  # noqa: B008  (it is frozen)
    """A line for each rule: code, severity, name and what it finds."""
    width = max(len(rule.slug) for rule in rules)
    lines = []
    for rule in rules:
        code = terminal.paint(rule.code, "bold", _COLOURS[rule.severity])
        lines.append(f"{code}  {rule.severity.value:<7}  {rule.slug:<{width}}  {rule.summary}")
    return "\n".join(lines) + "\n"


def render_rules_json(rules: Sequence[Rule]) -> str:
    """A list with everything that is known of each rule."""
    return dump(
        [
            {
                "code": rule.code,
                "slug": rule.slug,
                "severity": rule.severity.value,
                "summary": rule.summary,
                "text": rule.text,
            }
            for rule in rules
        ]
    )


def render_rule(rule: Rule, terminal: Terminal = Terminal()) -> str:  # noqa: B008
    """A rule's own text. A terminal sees headings and examples set off, everything else sees Markdown."""
    title = f"{rule.code} {rule.slug} ({rule.severity.value})"
    if not (terminal.is_interactive or terminal.has_colour):
        return f"{title}\n\n{rule.text}\n"
    lines = [terminal.paint(title, "bold", _COLOURS[rule.severity]), ""]
    for is_code, kind, text in _pieces(rule.text):
        if is_code:
            label, _ = _KINDS.get(kind, (f"{kind}:", ""))
            lines.append(f"  {terminal.paint(label, 'dim')}")
            lines += [f"    {terminal.paint(line, 'cyan')}".rstrip() for line in text.splitlines()]
        else:
            lines += _HEADING.sub(lambda match: terminal.paint(match[1], "bold"), text).strip("\n").splitlines()
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _pieces(text: str) -> Iterator[tuple[bool, str, str]]:
    """Prose and fenced blocks in turn: whether it is a block, its kind, its text."""
    at = 0
    for fence in _FENCE.finditer(text):
        if text[at : fence.start()].strip():
            yield False, "", text[at : fence.start()]
        yield True, fence[2].strip(), fence[3]
        at = fence.end()
    if text[at:].strip():
        yield False, "", text[at:]


def rule_pages(rules: Sequence[Rule], pdf_rules: Sequence[Rule] = ()) -> dict[str, str]:
    """The pages of the rule reference by file name: one for each rule, and ``index.md``.

    ``rules`` are those for analyses, ``pdf_rules`` those for finished PDFs.
    """
    pages = {f"{rule.code}.md": _page(rule) for rule in (*rules, *pdf_rules)}
    return {"index.md": _index(rules, pdf_rules)} | pages


def _index(rules: Sequence[Rule], pdf_rules: Sequence[Rule]) -> str:
    lines = [
        "# Rules",
        "",
        f"The {len(rules)} rules that `diptych check` runs. "
        "An error breaks the assignment or the build; a warning is a matter of degree. Both make a check fail.",
    ]
    if pdf_rules:
        lines += [
            "",
            f"[{len(pdf_rules)} more](#pdf) look at finished papers: `diptych pdf check` at anybody's, "
            "`diptych build` at those that it makes. "
            "A paper with an error is not put in place; warnings are shown, and change nothing else.",
        ]
    lines += [*_tables(rules), *(["", "(pdf)=", *_tables(pdf_rules)[1:]] if pdf_rules else [])]
    names = [rule.code for rule in (*rules, *pdf_rules)]
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", *names, "```", ""])


def _tables(rules: Sequence[Rule]) -> list[str]:
    """A table for each family under a heading of its own, each after an empty line."""
    lines = []
    for family, members in groupby(rules, key=lambda rule: rule.code[:3]):
        group = list(members)
        lines += ["", f"## {_family_title(family, group)}", "", "| Code | Rule | Severity | What it finds |"]
        lines += ["| --- | --- | --- | --- |"]
        for rule in group:
            summary = rule.summary.replace("|", "\\|")
            lines.append(f"| [{rule.code}]({rule.code}.md) | `{rule.slug}` | {rule.severity.value} | {summary} |")
    return lines


def _family_title(family: str, rules: Sequence[Rule]) -> str:
    """The family's code and what its package says of it, or else its first module."""
    modules = [rule.check.__module__ for rule in rules]
    for name in (modules[0].rpartition(".")[0], *modules):
        about = (getattr(sys.modules.get(name), "__doc__", None) or "").partition("\n")[0].rstrip(".")
        if about.startswith(f"{family}: "):
            return about
    return family


def _page(rule: Rule) -> str:
    """A rule's page. Examples stand in fences that are longer than any within them, and nothing in them is run."""
    lines = [f"# {rule.code} {rule.slug}", "", f"Severity: {rule.severity.value}.", ""]
    heading = ""
    for is_code, kind, text in _pieces(rule.text):
        if not is_code:
            lines += [text.strip("\n"), ""]
            heading = (_HEADING.findall(text) or [heading])[-1]
            continue
        label, language = _KINDS.get(kind, ("", "text"))
        if FILLER in text:
            label = f"{label[:-1]}, where {FILLER} stands for some lines of text:"
        # What fails may not even be a text of its language, which a highlighter would complain about.
        language = "text" if heading == "Fails" and language != "md" else language
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`{3,}", text)), default=0))
        lines += [*([label, ""] if label else []), f"{fence}{language}", text.rstrip("\n"), fence, ""]
    return "\n".join(lines).rstrip() + "\n"
