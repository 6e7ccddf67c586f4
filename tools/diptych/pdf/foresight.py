r"""What LaTeX will note in its first pass, told from the text: labels, bookmarks and the numbers of citations.

A first pass that begins from the right notes is the last one. Nothing rests on these being right: the notes that LaTeX
then writes are compared with them, and where they differ there is a second pass, as there would have been anyhow.
"""

from __future__ import annotations

import re
from collections import Counter

_TOKEN = re.compile(
    r"(?P<rows>\\\\)|\\(?P<level>(?:sub){0,2}section)(?P<star>\*?)\{|\\(?P<caption>caption)(?![a-zA-Z])"
    r"|\\(?P<move>begin|end)\{(?P<env>[a-zA-Z]+\*?)\}|\\label\{(?P<label>[^{}]*)\}|\\(?P<appendix>appendix)(?![a-zA-Z])"
)
_COMMENT = re.compile(r"(?<!\\)%.*\n?")
_FLOATS = ("figure", "table", "listing")
_FORMULAS = ("equation", "multline")
_FORMULAS_BY_ROW = ("align", "gather")
_NESTED = re.compile(r"\\(?:texttt|emph|textbf|textit)\{([^{}\\]*)\}")
_ESCAPED = re.compile(r"\\([&%#_$])")
_ITEM = re.compile(r"\\bibitem\[(?P<label>.*?)\]\{(?P<key>[^{}]*)\}", re.DOTALL)
_LABEL = re.compile(r"(?P<short>.*?)\((?P<year>[^()]*)\)(?P<long>.*)", re.DOTALL)
_OCTAL = frozenset(" ()&%#_\\{}~^")
"""Characters of ASCII that a bookmark shows by their number."""


def foresee(text: str, references: str) -> tuple[str, str] | None:
    """The ``.aux`` and ``.out`` of a paper with this text and list of references; ``None`` where it cannot be told."""
    body = _COMMENT.sub("", text.partition("\\begin{document}")[2])
    notes = _Notes()
    for match in _TOKEN.finditer(body):
        notes.take(match, body)
    if not notes.are_sure:
        return None
    aux = [*_citations(references, "\\PassOptionsToPackage{numbers}{natbib}" in text), *notes.labels]
    return "\n".join(["\\relax", *aux, ""]), "\n".join([*notes.bookmarks, ""]) if notes.bookmarks else ""


class _Notes:
    """LaTeX's counters while it walks through a text, and what it writes down."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.bookmarks: list[str] = []
        self.are_sure = True
        self._counts: Counter[str] = Counter()
        self._is_appendix = False
        self._now = ("", "Doc-Start")
        self._around: list[tuple[str, tuple[str, str]]] = []
        self._parents = ["", "", "", ""]

    def take(self, match: re.Match[str], text: str) -> None:
        """Go on to what ``match`` has found."""
        if match["level"]:
            if not match["star"]:
                self._head(match["level"], _group(text, match.end()))
        elif match["appendix"]:
            self._is_appendix = True
            self._counts["section"] = 0
        elif match["move"] == "begin":
            self._around.append((match["env"], self._now))
            if match["env"] in _FORMULAS + _FORMULAS_BY_ROW:
                self._count_formula()
        elif match["move"] == "end":
            if self._around:
                self._now = self._around.pop()[1]
        elif match["rows"]:
            if self._around and self._around[-1][0] in _FORMULAS_BY_ROW:
                self._count_formula()
        elif match["caption"]:
            kind = next((env for env, _ in reversed(self._around) if env.rstrip("*") in _FLOATS), "").rstrip("*")
            self._counts[kind] += 1
            self._now = (str(self._counts[kind]), f"{kind}.{self._counts[kind]}")
        else:
            number, anchor = self._now
            self.labels.append(f"\\newlabel{{{match['label']}}}{{{{{number}}}{{1}}{{}}{{{anchor}}}{{}}}}")

    def _head(self, kind: str, title: str | None) -> None:
        level = kind.count("sub") + 1
        self._counts[kind] += 1
        for deeper in range(level, 3):
            self._counts["sub" * deeper + "section"] = 0
        number = ".".join([self._section, *(str(self._counts["sub" * each + "section"]) for each in range(1, level))])
        self._now = (number, f"{'appendix' if self._is_appendix and level == 1 else kind}.{number}")
        self._parents[level:] = [self._now[1]] * (4 - level)
        shown = None if title is None else _bookmark(title)
        if shown is None or (level > 1 and not self._parents[level - 1]):
            self.are_sure = False
            return
        place = f"{{{self._now[1]}}}{{{shown}}}{{{self._parents[level - 1]}}}"
        self.bookmarks.append(f"\\BOOKMARK [{level}][-]{place}% {len(self.bookmarks) + 1}")

    @property
    def _section(self) -> str:
        count = self._counts["section"]
        return chr(ord("A") + count - 1) if self._is_appendix else str(count)

    def _count_formula(self) -> None:
        self._counts["equation"] += 1
        count = self._counts["equation"]
        self._now = (str(count), f"equation.{self._section}.{count}")


def _group(text: str, begin: int) -> str | None:
    """What stands up to the brace that closes the one before ``begin``."""
    depth = 1
    for match in re.finditer(r"\\.|[{}]", text[begin : begin + 2000]):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return text[begin : begin + match.start()]
    return None


def _bookmark(title: str) -> str | None:
    """A heading as a bookmark has it; ``None`` for one with commands that are not known here."""
    plain = _ESCAPED.sub(r"\1", _NESTED.sub(r"\1", title.strip()).replace("~", " "))
    if set(title) & set("$^") - set(re.findall(r"\\(\$)", title)) or set(plain) & set("\\{}"):
        return None
    plain = plain.replace("---", "—").replace("--", "–")
    return "\\376\\377" + "".join(
        f"\\000{char}" if char.isascii() and char not in _OCTAL
        else "".join(f"\\{byte:03o}" for byte in char.encode("utf-16-be"))
        for char in plain
    )  # fmt: skip


def _citations(references: str, by_number: bool) -> list[str]:
    """What natbib notes of each entry."""
    lines = []
    for count, item in enumerate(_ITEM.finditer(references), 1):
        label = _LABEL.fullmatch(re.sub(r"\s*\n\s*", " ", item["label"].replace("%\n", "")))
        if label is None:
            continue
        year = re.sub(r"\{\\natexlab\{(.*?)\}\}", "{}" if by_number else r"{\1}", label["year"])
        short, long = (_as_written(label[part]) for part in ("short", "long"))
        lines.append(f"\\bibcite{{{item['key']}}}{{{{{count}}}{{{year}}}{{{{{short}}}}}{{{{{long}}}}}}}")
    return lines


def _as_written(text: str) -> str:
    """As TeX writes it to a file: a space after each command, and no braces around the whole."""
    if text.startswith("{") and _group(text, 1) == text[1:-1]:
        text = text[1:-1]
    return re.sub(r"(\\[a-zA-Z]+) ?", r"\1 ", text)
