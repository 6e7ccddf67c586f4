"""Whatever Markdown is put together, nothing of it is lost and every span, cut out, is what it talks about."""

import html
import itertools
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import markdown
from diptych.model.document import Document
from diptych.parse.markdown import read_document
from diptych.span import Source

# Every name in a generated page is a letter and a number of its own, so that the page itself says what must be
# found in it: w words that count, k citation keys, f files of figures, l targets of links, n footnotes.
SPECIAL = [
    *[r"\*", r"\_", r"\[", r"\]", r"\`", r"\$", r"\{", r"\<", r"\#", r"\&", r"\\", r"\!", r"\>", r"\~", r"\:", r"\q"],
    *["&amp;", "&eacute;", "&#65;", "&#x1F600;", "&NotEqualTilde;", "&nosuch;", "&", "\\&amp;", "&copy"],
]
ROLES = ["$x_1 + *y*$", "{math}`a*b*c`", "{numref}`fig-x`", "{eq}`label`", "{q}`1`"]

Name = Callable[[str], str]


def draw_inline(draw: st.DrawFn, name: Name, depth: int = 0, *, is_cell: bool = False, is_link: bool = False) -> str:
    """A stretch of inline content; on one line within a table cell, without links within a link."""
    breaks = [" "] if is_cell else [" ", " ", "\n", "  \n", "\\\n"]
    atoms = [draw_atom(draw, name, depth, is_cell, is_link) for _ in range(draw(st.integers(1, 4)))]
    return "".join(part for atom in atoms for part in (atom, draw(st.sampled_from(breaks)))).rstrip(" \n\\") + "."


def draw_atom(draw: st.DrawFn, name: Name, depth: int, is_cell: bool, is_link: bool) -> str:
    kind = draw(st.sampled_from(["word", "special", "inside", "code", "role", "sub", "citation", "emphasis",
                                 *([] if is_link else ["link", "address", "image", "note"])]))  # fmt: skip
    if kind == "special":
        return name("w") + draw(st.sampled_from([*SPECIAL, *(["\\|"] if is_cell else [])])) + name("w")
    if kind == "inside":  # emphasis within a word
        return f"{name('w')}*{name('w')}*{name('w')}"
    if kind == "emphasis" and depth < 2:
        mark = draw(st.sampled_from(["*", "**", "***"]))
        return f"{mark}{name('w')} {draw_inline(draw, name, depth + 1, is_cell=is_cell, is_link=is_link)}{mark} "
    if kind == "code":
        return draw(st.sampled_from(["`{}`", "``{}``", "`` ` {} ``", "` {} `"])).format(name("w"))
    if kind == "role":
        return draw(st.sampled_from(ROLES))
    if kind == "sub":
        return f"{{sub}}`{name('w')}`"
    if kind == "citation":
        return draw_citation(draw, name, is_cell)
    if kind == "link":
        label = draw_inline(draw, name, depth + 1, is_cell=is_cell, is_link=True)
        target = draw(st.sampled_from(["https://x.org/a_{}", "<{} y> (Title)", "#{}", "{}&amp;b 'Title'"]))
        return f"[{label}]({target.format(name('l'))})"
    if kind == "address":
        return f"<https://x.org/{name('l')}/%20{name('w')}>"
    if kind == "image":
        return f"![alt *text* &amp;]({name('f')}.svg)"
    if kind == "note":
        return f"{name('w')}[^{name('n')}]"
    return name("w")


def draw_citation(draw: st.DrawFn, name: Name, is_cell: bool) -> str:
    gaps = ["", " "] if is_cell else ["", " ", "\n", "  \n "]
    parts = [
        draw(st.sampled_from(["", "{see}"])) + name("k") + draw(st.sampled_from(["", "{Table 2}", "{a and b}"]))
        for _ in range(draw(st.integers(1, 3)))
    ]
    role, ticks = draw(st.sampled_from(["cite:p", "cite:t", "cite:author"])), "`" * draw(st.integers(1, 3))
    return f"{{{role}}}{ticks}{(',' + draw(st.sampled_from(gaps))).join(parts)}{ticks}"


def draw_block(draw: st.DrawFn, name: Name, depth: int = 0) -> str:
    nested = ["list", "quote", "note", "admonition", "epigraph", "definition"] if depth < 3 else []
    kind = draw(st.sampled_from(["text", "text", "table", "figure", "list-table", "silent", *nested]))
    if kind in nested:
        # a paragraph at the end, so that what follows does not run into it
        inside = f"{draw_block(draw, name, depth + 1)}\n\n{draw_inline(draw, name)}"
        if kind == "list":
            return prefixed(inside, draw(st.sampled_from(["- ", "* ", "1. ", "12) ", "-   "])))
        if kind == "quote":
            return "\n".join(f"> {line}" for line in inside.split("\n"))
        if kind == "definition":
            return f"{name('w')}\n{prefixed(inside, ':   ')}"
        title = f" {draw_inline(draw, name, is_cell=True)}" if kind == "admonition" else ""
        return fenced(f"{{{kind}}}{title}", inside)
    if kind == "table":
        return draw_table(draw, name, depth)
    if kind == "figure":
        return fenced(f"{{figure}} {name('f')}.svg", f":alt: Some text\n\n{draw_inline(draw, name)}")
    if kind == "list-table":
        cells = [prefixed(draw_inline(draw, name), "- ") for _ in range(4)]
        rows = [prefixed(f"{first}\n{second}", "* ") for first, second in zip(cells[::2], cells[1::2], strict=True)]
        return fenced("{list-table}", ":header-rows: 1\n\n" + "\n".join(rows))
    if kind == "silent":
        return draw(st.sampled_from(["```python\nnot = counted\n```", "$$\nx *y*\n$$", "% a comment", "(a-label)="]))
    return draw_inline(draw, name)


def draw_table(draw: st.DrawFn, name: Name, depth: int) -> str:
    if depth == 0 and draw(st.booleans()):  # in a list, the mark of the item would be in the first cell
        rows = [[name("w") for _ in range(3)] for _ in range(2)]
        return "\n".join([" | ".join(rows[0]), "---|---|---", " | ".join(rows[1])])
    cells = [draw_inline(draw, name, is_cell=True) if draw(st.integers(0, 4)) else "" for _ in range(9)]
    lines = [f"| {' | '.join(cells[at : at + 3])} |" for at in (0, 3, 6)]
    return "\n".join([lines[0], "|---|:-:|---|", *lines[1:]])


def prefixed(text: str, mark: str) -> str:
    """``text`` with ``mark`` before its first line and as much space before the others."""
    first, *others = text.split("\n")
    return "\n".join([mark + first, *(" " * len(mark) + line if line else "" for line in others)])


def fenced(info: str, text: str) -> str:
    colons = ":" * (1 + max((len(run) for run in re.findall(r":{3,}", text)), default=2))
    return f"{colons}{info}\n{text}\n{colons}"


@st.composite
def pages(draw: st.DrawFn) -> str:
    numbers = itertools.count(1)

    def name(letter: str) -> str:
        return f"{letter}{next(numbers)}"

    blocks = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            mark, end = "#" * draw(st.integers(2, 4)), draw(st.sampled_from(["", " ##"]))
            blocks.append(f"{mark} {draw_inline(draw, name, is_cell=True)}{end}")
        # the name at the end keeps two lists or quotes from becoming one
        blocks += [draw_block(draw, name), name("w")]
    notes = re.findall(r"\[\^(n\d+)\]", "\n\n".join(blocks))
    blocks += [f"[^{note}]: {name('w')} *{name('w')}*\n\n    {name('w')}" for note in notes]
    return "\n\n".join(blocks)


def read(text: str) -> Document:
    return read_document(Source("analyses/a/index.md", markdown("title: x\n", text)), "a")


@given(pages())
@settings(max_examples=250)
def test_nothing_is_lost_and_every_span_is_what_it_talks_about(text: str) -> None:
    document = read(text)
    cut = document.source.cut
    runs = [run for block in document.blocks if not block.kind.endswith("-block") for run in block.runs]
    counted = [run for run in runs if run.kind in ("text", "link", "code")]
    assert re.findall(r"w\d+", "".join(run.text for run in counted)) == re.findall(r"w\d+", text)
    for run in counted:
        assert_reads(cut(run.span), run.kind, run.text)
    for block in document.blocks:
        assert [run for run in block.runs if not block.span.start <= run.span.start <= run.span.end] == []

    cited = [part for citation in document.citations for part in citation.keys]
    assert [part.key for part in cited] == re.findall(r"k\d+", text)
    assert [cut(part.span) for part in cited] == [part.key for part in cited]
    for citation in document.citations:
        assert re.fullmatch(r"\{cite:\w+\}(`+)[^`]+\1", cut(citation.span))

    assert [figure.file for figure in document.figures] == re.findall(r"f\d+\.svg", text)
    assert [figure.file for figure in document.figures if figure.file not in cut(figure.span)] == []
    assert [re.search(r"l\d+", link.target)[0] for link in document.links] == re.findall(r"l\d+", text)
    for link in document.links:
        assert re.fullmatch(r"\[.*\]\(.*\)|<.*>", cut(link.span), re.DOTALL)
    assert [cut(marker.span) for marker in document.markers] == re.findall(r"\{q\}`1`", text)
    assert [cut(reference.span) for reference in document.references] == re.findall(r"\{(?:numref|eq)\}`.*?`", text)
    for section in document.sections:
        assert re.findall(r"w\d+", cut(section.span)) == re.findall(r"w\d+", section.title)
        assert not cut(section.span).startswith("#")


def assert_reads(written: str, kind: str, text: str) -> None:
    """``text`` is how ``written`` reads."""
    if text == "\n":
        assert re.fullmatch(r"(?:\\| *)\n[\s>]*", written)
    elif kind == "code":
        assert written.strip("`").strip() == text.strip()
    elif written.startswith("{sub}"):
        assert written == f"{{sub}}`{text}`"
    elif text.startswith("https://"):
        assert written == text.replace(" ", "%20")
    else:
        assert unescaped(written) == text


def unescaped(written: str) -> str:
    """``written`` with escapes and entities replaced, as a reader sees it."""
    return re.sub(r"\\([!-/:-@\[-`{-~])|&#?\w+;", lambda match: match[1] or html.unescape(match[0]), written)
