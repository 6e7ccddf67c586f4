"""Draw evidence.svg from evidence.csv (Python standard library only).

Panel a: CARE's median vessel score minus the plain reconstruction's, per backbone and contrast phase.
Panel b: DiffNR's PSNR minus the plain reconstruction's, per data set, number of views and backbone.
All differences are ours.

Run in this folder:  python3 plot_evidence.py
"""

import csv
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLUE, ORANGE, INK, GREY = "#0072B2", "#D55E00", "#1a1a1a", "#767676"
HEIGHT = 352


def text(x, y, content, size=11.5, anchor="start", extra=""):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" '
        f'text-anchor="{anchor}" fill="{INK}" {extra}>{escape(content)}</text>'
    )


def line(x1, y1, x2, y2, colour=INK, width=1.0, extra=""):
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}" {extra}/>'


def dot(x, y, colour, filled=True):
    fill = colour if filled else "#ffffff"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.4" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'


def square(x, y, colour):
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'


def signed(value):
    return f"{value:+g}".replace("-", "−") if value else "0"


def changes(records, arm):
    """Read pairs of a plain and a repaired score; give the difference for each label and condition."""
    pairs = {}
    for record in records:
        pairs.setdefault((record["label"], record["condition"]), {})[record["metric"]] = float(record["value"])
    return {key: (pair["plain"], round(pair[arm] - pair["plain"], 2)) for key, pair in pairs.items()}


def panel_a(records):
    left, right, top, bottom = 88, 338, 66, 292
    gaps = changes(records, "CARE")
    order = sorted({label for label, _ in gaps}, key=lambda label: gaps[label, "arterial"][0])

    def px(value):
        return left + (value + 15) / 65 * (right - left)

    parts = [
        text(6, 18, "a", 13, extra='font-weight="bold"'),
        text(22, 18, "CARE: change in the vessel score", 12.5, extra='font-weight="bold"'),
        square(96, 38, ORANGE),
        text(104, 42, "arterial phase"),
        dot(196, 38, BLUE),
        text(204, 42, "portal venous phase"),
        line(px(0), top - 8, px(0), bottom, GREY, 1.2),
        line(left, bottom, right, bottom),
    ]
    for value in (-10, 0, 10, 20, 30, 40, 50):
        parts += [
            line(px(value), bottom, px(value), bottom + 4),
            text(px(value), bottom + 17, signed(value), 11, "middle"),
        ]
    unit = "points of median clDice (with CARE minus without)"
    parts.append(text((left + right) / 2, bottom + 34, unit, 11.5, "middle"))
    step = (bottom - top) / len(order)
    for row, label in enumerate(order):
        y = top + step * (row + 0.5)
        arterial, portal = gaps[label, "arterial"][1], gaps[label, "portal venous"][1]
        parts += [
            text(left - 8, y + 4, label, 11, "end"),
            line(px(arterial), y, px(portal), y, "#c9c9c9", 1.4),
            square(px(arterial), y, ORANGE),
            dot(px(portal), y, BLUE),
        ]
    return parts


def panel_b(records):
    left, right, top, bottom = 446, 650, 66, 292
    gaps = changes(records, "DiffNR")
    order = [f"{data} {views} views" for data in ("teeth", "chest", "other") for views in (36, 24, 12)]

    def px(value):
        return left + value / 8 * (right - left)

    parts = [
        text(356, 18, "b", 13, extra='font-weight="bold"'),
        text(372, 18, "DiffNR: gain in PSNR", 12.5, extra='font-weight="bold"'),
        dot(404, 38, BLUE),
        text(412, 42, "R2-Gaussian"),
        dot(510, 38, ORANGE, False),
        text(518, 42, "NAF"),
        line(left, top - 8, left, bottom, GREY, 1.2),
        line(left, bottom, right, bottom),
    ]
    for value in range(0, 9, 2):
        parts += [
            line(px(value), bottom, px(value), bottom + 4),
            text(px(value), bottom + 17, signed(value), 11, "middle"),
        ]
    parts.append(text((left + right) / 2, bottom + 34, "dB (with DiffNR minus without)", 11.5, "middle"))
    step = (bottom - top) / len(order)
    for row, label in enumerate(order):
        y = top + step * (row + 0.5)
        parts.append(text(left - 8, y + 4, label, 11, "end"))
        if row % 3 == 0 and row:
            parts.append(line(left - 86, y - step / 2, right, y - step / 2, "#c9c9c9", 1, 'stroke-dasharray="3 3"'))
        for backbone, colour, filled in (("NAF", ORANGE, False), ("R2-Gaussian", BLUE, True)):
            if (label, backbone) in gaps:
                parts.append(dot(px(gaps[label, backbone][1]), y, colour, filled))
    return parts


def main():
    with (HERE / "evidence.csv").open(encoding="utf-8", newline="") as handle:
        records = list(csv.DictReader(handle))
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {HEIGHT}" width="660" height="{HEIGHT}" '
        'role="img" aria-labelledby="ev-t ev-d" font-family="Liberation Sans, Arial, Helvetica, sans-serif">',
        '<title id="ev-t">What repair changed in the two papers</title>',
        '<desc id="ev-d">Panel a: change of CARE’s vessel score for nine backbones in two contrast phases. '
        "Panel b: DiffNR’s gain in PSNR on three data sets at three numbers of views.</desc>",
        f'<rect width="660" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    order = "Rows of a: from the weakest plain reconstruction to the strongest, by arterial vessel score."
    foot = [text(6, 346, order, 11)]
    body = panel_a([r for r in records if r["panel"] == "a"]) + panel_b([r for r in records if r["panel"] == "b"])
    (HERE / "evidence.svg").write_text("\n".join([*head, *body, *foot, "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
