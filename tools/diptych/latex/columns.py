"""How wide the columns of a table are: as their text, as the author said, or shared out on the line."""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes

from diptych.latex.nodes import natbib_citation

LINE = 397.48
"""Width of a line in pt: 5.5 inches."""
GAP = 12.0
"""Two times LaTeX's ``\\tabcolsep``, in pt: the room that each column takes beside its text."""

# Widths of Times at 10 pt, in pt, close enough to tell whether a table fits (Adobe's metrics of the font).
_NARROW, _SLIM = frozenset("ijltfI.,;:'|!()[]/ -"), frozenset("rsJ")
_CAPITAL, _WIDE = frozenset("ABCDEGHKLNOPQRUVXY"), frozenset("mwMW%@")


@dataclass(frozen=True, slots=True)
class Columns:
    """The environment of a table's rows."""

    begin: str
    end: str


def choose_columns(
    widths: list[float],
    alignments: list[str],
    given: tuple[int, ...],
    has_blocks: bool,
    long: bool,
    share: float | None = None,
) -> Columns:
    r"""The environment that sets columns with the natural ``widths`` (pt) best.

    ``given`` are the author's relative widths, if any. A table that fits is an ordinary ``tabular``; a wider one
    becomes a ``tabularx`` whose wide columns break their lines and share what the narrow ones leave. ``long``
    tables cannot be ``tabularx``: their columns get fixed shares of the line. ``share`` is how much of the line the
    whole must fill, where the author says so.
    """
    environment = "longtable" if long else "tabular"
    if given:
        return _fixed(environment, [width / sum(given) * (share or 1) for width in given])
    if share is not None:
        total = sum(widths) or 1
        return _fixed(environment, [width / total * share for width in widths])
    room = LINE - GAP * len(widths)
    if not has_blocks and sum(widths) <= 0.98 * room:
        return Columns(f"\\begin{{{environment}}}{{{''.join(alignments)}}}", f"\\end{{{environment}}}")
    wide = _wide_columns(widths, room) if not has_blocks else set(range(len(widths)))
    left = room - sum(width for column, width in enumerate(widths) if column not in wide)
    shares = _shares([widths[column] for column in sorted(wide)])
    if long:
        share = dict(zip(sorted(wide), shares, strict=True))
        return _fixed(environment, [
            (share[column] * left / len(wide) + GAP) / LINE if column in wide else (width + GAP) / LINE
            for column, width in enumerate(widths)
        ])  # fmt: skip
    types = iter("X" if len(set(shares)) == 1 else f"Y{{{share:g}}}" for share in shares)
    spec = "".join(next(types) if column in wide else alignments[column] for column in range(len(widths)))
    return Columns(f"\\begin{{tabularx}}{{\\linewidth}}{{{spec.replace('X', 'Z')}}}", "\\end{tabularx}")


def _fixed(environment: str, shares: list[float]) -> Columns:
    spec = "".join(f"P{{{share:.3f}}}" for share in shares)
    return Columns(f"\\begin{{{environment}}}{{{spec}}}", f"\\end{{{environment}}}")


def _wide_columns(widths: list[float], room: float) -> set[int]:
    """The columns that must break their lines: those wider than a fair share of what the narrow ones leave."""
    wide = set(range(len(widths)))
    while True:
        left = room - sum(width for column, width in enumerate(widths) if column not in wide)
        narrow = {column for column in wide if widths[column] <= left / len(wide)}
        if not narrow:
            return wide
        wide -= narrow


def _shares(widths: list[float]) -> list[float]:
    """Relative widths of the wide columns, which add up to their number; none below two thirds of the mean."""
    mean = sum(widths) / len(widths) if widths else 0.0
    raw = [max(min(width / mean, 1.5), 0.67) if mean else 1.0 for width in widths]
    if max(raw, default=1.0) - min(raw, default=1.0) < 0.2:
        return [1.0] * len(raw)
    shares = [round(share * len(raw) / sum(raw), 2) for share in raw]
    shares[-1] = round(len(raw) - sum(shares[:-1]), 2)  # tabularx needs the exact sum
    return shares


def text_width(node: nodes.Element) -> float:
    """About how wide the text of ``node`` is on one line, in pt at 10 pt Times."""
    width = 0.0
    for part in node.findall():
        if isinstance(part, nodes.Text):
            width += 0.6 * len(part) * 5 if isinstance(part.parent, nodes.math) else _width(part.astext())
        elif isinstance(part, natbib_citation):
            notes = " ".join([*part["before"], *part["after"]])
            width += _width("[]" + "00, " * len(part["keys"]) + notes)
    return width


def _width(text: str) -> float:
    return sum(
        3.1 if c in _NARROW else 3.7 if c in _SLIM else 7.1 if c in _CAPITAL else 8.1 if c in _WIDE else 5.0
        for c in text
    )
