"""Draw evidence.svg from evidence.csv (Python standard library only).

Panel a: accuracy on the closed questions of WSI-Bench as HistoSelect reports it. The intervals are
ours: 1.96 binomial standard errors, taking answers as independent.
Panel b: accuracy of PathoArgus minus that of its fine-tuned control, by capability; differences ours.
Panel c: quartets answered completely, and how many there would be if the four answers of a quartet
were independent (our arithmetic: the fourth power of the accuracy, times 483).

Run in this folder:  python3 plot_evidence.py
"""

import csv
from html import escape
from math import sqrt
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLUE, ORANGE, INK, GREY = "#0072B2", "#D55E00", "#1a1a1a", "#767676"
HEIGHT = 318
QUARTETS = 483


def text(x, y, content, size=11.5, anchor="start", extra=""):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" '
        f'text-anchor="{anchor}" fill="{INK}" {extra}>{escape(content)}</text>'
    )


def line(x1, y1, x2, y2, colour=INK, width=1.0):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'


def bar(x1, x2, y, height, colour):
    start, end = sorted((x1, x2))
    return (
        f'<rect x="{start:.1f}" y="{y:.1f}" width="{end - start:.1f}" height="{height:g}" '
        f'fill="{colour}" fill-opacity="0.85"/>'
    )


def head(x, letter, title):
    bold = 'font-weight="bold"'
    return [text(x, 18, letter, 13, extra=bold), text(x + 16, 18, title, 12.5, extra=bold)]


def marker(metric, x, y):
    """A square for diagnosis, a disc for morphology, so that they differ without colour."""
    if metric == "diagnosis":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{ORANGE}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.2" fill="{BLUE}"/>'


def grouped(records):
    table = {}
    for record in records:
        table.setdefault(record["label"], {})[record["metric"]] = float(record["value"])
    return table


def panel_a(records):
    left, right, top, bottom = 106, 310, 44, 262
    table = grouped(records)
    counts = table.pop("questions")

    def px(value):
        return left + (value - 74) / (98 - 74) * (right - left)

    parts = [*head(6, "a", "WSI-Bench: who reads what"), line(left, bottom, right, bottom)]
    for value in (75, 80, 85, 90, 95):
        parts += [
            line(px(value), bottom, px(value), bottom + 4),
            text(px(value), bottom + 17, f"{value}", 11, "middle"),
        ]
    parts.append(text((left + right) / 2, bottom + 33, "correct answers, %", 11.5, "middle"))
    step = (bottom - top) / len(table)
    for row, (label, scores) in enumerate(table.items()):
        middle = top + step * (row + 0.5)
        weight = 'font-weight="bold"' if label in ("thumbnail", "HistoSelect") else ""
        parts.append(text(left - 8, middle + 4, label, 11.5, "end", weight))
        for metric, colour, shift in (("diagnosis", ORANGE, -5), ("morphology", BLUE, 5)):
            share = scores[metric] / 100
            error = 196 * sqrt(share * (1 - share) / counts[metric])
            y = middle + shift
            parts += [
                line(px(scores[metric] - error), y, px(scores[metric] + error), y, colour, 2),
                marker(metric, px(scores[metric]), y),
            ]
    for x, metric in ((112, "diagnosis"), (212, "morphology")):
        parts += [marker(metric, x, 308), text(x + 10, 312, metric, 11)]
    return parts


def panel_b(records):
    left, right, top, bottom = 440, 618, 34, 168
    table = grouped(records)

    def px(value):
        return left + (value + 5) / 30 * (right - left)

    parts = [*head(332, "b", "PathoArgus minus control, points"), line(px(0), top - 4, px(0), bottom, GREY, 1.2)]
    step = (bottom - top) / len(table)
    for row, (label, scores) in enumerate(table.items()):
        gap = scores["PathoArgus"] - scores["SFT"]
        y = top + step * (row + 0.5)
        shown = f"{gap:+.1f}".replace("-", "−")
        parts.append(text(left - 8, y + 4, label, 11.5, "end"))
        parts.append(bar(px(0), px(gap), y - 6, 12, BLUE if gap > 0 else ORANGE))
        parts.append(text(px(max(gap, 0)) + 5, y + 4, f"{shown}", 11))
    return parts


def panel_c(records):
    left, right = 440, 606
    parts = head(332, "c", "Complete quartets of 483")
    parts = [item.replace('y="18.0"', 'y="200.0"') for item in parts]
    y = 212
    for label, scores in grouped(records).items():
        expected = (scores["ESG"] / 100) ** 4 * QUARTETS
        found = scores["QExact"] / 100 * QUARTETS
        parts.append(text(left - 8, y + 19, label, 11.5, "end"))
        for shift, value, colour, word in ((0, expected, GREY, "if independent"), (16, found, BLUE, "counted")):
            end = left + value / 100 * (right - left)
            parts.append(bar(left, end, y + shift, 12, colour))
            parts.append(text(end + 5, y + shift + 10, f"{round(value)} {word}", 11))
        y += 48
    return parts


def main():
    with (HERE / "evidence.csv").open(encoding="utf-8", newline="") as handle:
        records = list(csv.DictReader(handle))
    start = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {HEIGHT}" width="660" height="{HEIGHT}" '
        'role="img" aria-labelledby="ev-t ev-d" font-family="Liberation Sans, Arial, Helvetica, sans-serif">',
        '<title id="ev-t">What the choice of tissue is shown to do</title>',
        '<desc id="ev-d">Panel a: accuracy of six readers on WSI-Bench. Panel b: gain of PathoArgus over its '
        "control in six capabilities. Panel c: complete quartets counted and expected.</desc>",
        f'<rect width="660" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    body = []
    for letter, draw in (("a", panel_a), ("b", panel_b), ("c", panel_c)):
        body += draw([record for record in records if record["panel"] == letter])
    (HERE / "evidence.svg").write_text("\n".join([*start, *body, "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
