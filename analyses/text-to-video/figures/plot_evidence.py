"""Draw evidence.svg from evidence.csv (Python standard library only).

Panel a: preference rates of Emu Video's design decisions, with 95 % Wilson
intervals that we compute by treating the 307 prompts as independent.
Panel b: CogVideoX-5B and Kling, mean scores as reported; no spread is published.

Run in this folder:  python3 plot_evidence.py
"""

import csv
from html import escape
from math import sqrt
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLUE, ORANGE, INK, GREY = "#0072B2", "#D55E00", "#1a1a1a", "#767676"
ROW, TOP, LEFT_A, WIDTH_A, LEFT_B, WIDTH_B = 34, 48, 164, 170, 476, 162


def wilson(share, n, z=1.96):
    """95 % Wilson score interval of a share seen in n trials."""
    base = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / base
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / base
    return centre - half, centre + half


def text(x, y, content, size=11.5, anchor="start", extra=""):
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" '
        f'text-anchor="{anchor}" fill="{INK}" {extra}>{escape(content)}</text>'
    )


def line(x1, y1, x2, y2, colour=INK, width=1.0, dash=""):
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="{width:g}"{dashed}/>'
    )


def disc(x, y, filled, colour):
    fill = colour if filled else "#ffffff"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.6" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'


def square(x, y, filled, colour):
    fill = colour if filled else "#ffffff"
    return (
        f'<rect x="{x - 4.2:.1f}" y="{y - 4.2:.1f}" width="8.4" height="8.4" '
        f'fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'
    )


def rows_of(records, panel):
    rows = {}
    for record in records:
        if record["panel"] == panel:
            rows.setdefault(record["label"], []).append(record)
    return rows


def axis(left, width, bottom, ticks, scale, dashed_at):
    parts = [line(left, bottom, left + width, bottom)]
    for value, label in ticks:
        x = left + scale(value) * width
        parts += [line(x, bottom, x, bottom + 4), text(x, bottom + 17, label, 11, "middle")]
    x = left + scale(dashed_at) * width
    parts.append(line(x, TOP - 12, x, bottom, GREY, 1.2, "4 3"))
    return parts


def panel_a(rows):
    bottom = TOP + ROW * len(rows) - 4

    def scale(value):
        return (value - 40) / 60

    parts = [
        text(8, 20, "a", 13, extra='font-weight="bold"'),
        text(24, 20, "Emu Video: with one decision or without", 12.5, extra='font-weight="bold"'),
    ]
    parts += axis(LEFT_A, WIDTH_A, bottom, [(v, str(v)) for v in (40, 50, 60, 70, 80, 90, 100)], scale, 50)
    for index, (label, records) in enumerate(rows.items()):
        y = TOP + ROW * index + 8
        parts.append(text(LEFT_A - 12, y + 4, label, 11.5, "end"))
        for record in records:
            quality = record["metric"] == "quality"
            share = float(record["value"]) / 100
            low, high = wilson(share, int(record["n"]))
            yy = y - 6 if quality else y + 7
            x, x1, x2 = (LEFT_A + scale(100 * v) * WIDTH_A for v in (share, low, high))
            parts.append(line(x1, yy, x2, yy, BLUE, 1.6))
            parts += [line(end, yy - 3.5, end, yy + 3.5, BLUE, 1.6) for end in (x1, x2)]
            parts.append((disc if quality else square)(x, yy, quality, BLUE))
    parts += [
        text(LEFT_A + WIDTH_A / 2, bottom + 35, "preferred by raters, % of prompts", 11.5, "middle"),
        disc(30, bottom + 56, True, BLUE),
        text(40, bottom + 60, "quality"),
        square(96, bottom + 56, False, BLUE),
        text(106, bottom + 60, "faithfulness"),
        line(186, bottom + 56, 210, bottom + 56, GREY, 1.2, "4 3"),
        text(216, bottom + 60, "no preference"),
    ]
    return parts


def panel_b(rows):
    bottom = TOP + ROW * 5 - 4
    step = (bottom - TOP) / len(rows)
    parts = [
        text(352, 20, "b", 13, extra='font-weight="bold"'),
        text(368, 20, "CogVideoX-5B: one system against another", 12.5, extra='font-weight="bold"'),
    ]
    ticks = [(v / 10, f"{v / 10:.1f}") for v in (3, 4, 5, 6, 7, 8)]

    def scale(value):
        return (value - 0.3) / 0.5

    parts += axis(LEFT_B, WIDTH_B, bottom, ticks, scale, 0.5)
    for index, (label, records) in enumerate(rows.items()):
        y = TOP + step * index + 12
        words = label.split()
        parts.append(text(LEFT_B - 12, y - 2, words[0], 11.5, "end"))
        parts.append(text(LEFT_B - 12, y + 12, words[1], 11.5, "end"))
        spots = {r["metric"]: LEFT_B + scale(float(r["value"])) * WIDTH_B for r in records}
        parts.append(line(spots["Kling"], y, spots["CogVideoX-5B"], y, ORANGE, 1.2))
        parts += [square(spots["Kling"], y, False, ORANGE), disc(spots["CogVideoX-5B"], y, True, ORANGE)]
    parts += [
        text(LEFT_B + WIDTH_B / 2, bottom + 35, "mean score, scale 0 to 1", 11.5, "middle"),
        disc(376, bottom + 56, True, ORANGE),
        text(386, bottom + 60, "CogVideoX-5B"),
        square(484, bottom + 56, False, ORANGE),
        text(494, bottom + 60, "Kling"),
        line(544, bottom + 56, 568, bottom + 56, GREY, 1.2, "4 3"),
        text(574, bottom + 60, "middle level"),
    ]
    return parts


def main():
    with (HERE / "evidence.csv").open(encoding="utf-8", newline="") as handle:
        records = list(csv.DictReader(handle))
    height = TOP + ROW * 5 + 70
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {height}" width="660" height="{height}" '
        'role="img" aria-labelledby="ev-t ev-d" font-family="Liberation Sans, Arial, Helvetica, sans-serif">',
        '<title id="ev-t">Human evidence in the two papers</title>',
        '<desc id="ev-d">Panel a: five Emu Video decisions with preference rates and 95 % intervals. '
        "Panel b: four mean scores of CogVideoX-5B and Kling, without intervals.</desc>",
        f'<rect width="660" height="{height}" fill="#ffffff"/>',
    ]
    body = panel_a(rows_of(records, "a")) + panel_b(rows_of(records, "b"))
    (HERE / "evidence.svg").write_text("\n".join(head + body + ["</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
