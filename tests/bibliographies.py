"""What the BIB rules find in a bibliography, for the tests of each family of them."""

from corpora import corpus
from diptych.check import check
from diptych.rules import RULES

BIB_RULES = [rule for code, rule in sorted(RULES.items()) if code.startswith("BIB")]


def findings(code: str, text: str) -> list[tuple[int, int, str]]:
    """Line, column and text of everything that the rule finds in a bibliography."""
    read = corpus(bibliography=text)
    return [
        (finding.span.line, finding.span.column, read.bibliography.sources[finding.span.path].cut(finding.span))
        for finding in check(read, [RULES[code]])
    ]


def entry(field: str, key: str = "k", kind: str = "misc") -> str:
    """An entry with the given field in its second line."""
    return f"@{kind}{{{key},\n  {field},\n  year = 2020}}\n"


def place(code: str, field: str, kind: str = "misc") -> list[tuple[int, str]]:
    """Column and text of findings in the second line of an entry."""
    found = findings(code, entry(field, kind=kind))
    assert all(line == 2 for line, _, _ in found)
    return [(column, text) for _, column, text in found]
