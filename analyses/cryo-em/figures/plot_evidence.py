"""Draw evidence.svg from evidence.csv (Python standard library only).

Panel a: resolution on cryoDRGN's four simulated sets. The shares are ours: of cryoSPARC's excess over the best
possible two pixels, the share that cryoDRGN removes; of cryoDRGN's own excess, the share that tilted pairs remove.
Panel b: Chamfer distance without and with the diffusion prior in nine settings; the percentages are ours.

Run in this folder:  python3 plot_evidence.py
"""

import csv
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLUE, ORANGE, INK, GREY = "#0072B2", "#D55E00", "#1a1a1a", "#767676"
HEIGHT = 336
BEST = 2.0


def text(x, y, content, size=11.5, anchor="start", extra=""):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" '
        f'text-anchor="{anchor}" fill="{INK}" {extra}>{escape(content)}</text>'
    )


def line(x1, y1, x2, y2, colour=INK, width=1.0, extra=""):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="{width:g}" {extra}/>'
    )


def hollow(x, y):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.4" fill="#ffffff" stroke="{GREY}" stroke-width="2"/>'


def disc(x, y, colour):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'


def diamond(x, y):
    return f'<path d="M{x:.1f} {y - 6.2:.1f}l6.2 6.2l-6.2 6.2l-6.2 -6.2z" fill="{ORANGE}"/>'


def grouped(records):
    rows = {}
    for record in records:
        rows.setdefault(record["label"], {})[record["metric"]] = float(record["value"])
    return rows


def axis(left, right, low, high, ticks, y, caption):
    def px(value):
        return left + (value - low) / (high - low) * (right - left)

    parts = [line(left, y, right, y)]
    for value in ticks:
        parts += [line(px(value), y, px(value), y + 4), text(px(value), y + 17, f"{value:g}", 11, "middle")]
    parts.append(text((left + right) / 2, y + 34, caption, 11.5, "middle"))
    return px, parts


def panel_a(records):
    top, bottom = 66, 266
    px, drawn = axis(30, 306, 2, 7, (2, 3, 4, 5, 6, 7), bottom, "resolution in pixels (2 is the best possible)")
    parts = [
        text(6, 18, "a", 13, extra='font-weight="bold"'),
        text(22, 18, "cryoDRGN: who removes the excess?", 12.5, extra='font-weight="bold"'),
        line(px(BEST), top - 22, px(BEST), bottom, GREY, 1.2),
        *drawn,
    ]
    for row, (label, value) in enumerate(grouped(records).items()):
        y = top + row * 50 + 22
        rival, model, tilt = value["cryoSPARC"], value["cryoDRGN"], value["cryoDRGN + tilt"]
        by_model = (rival - model) / (rival - BEST)
        by_tilt = (model - tilt) / (model - BEST)
        parts += [
            text(px(BEST) + 6, y - 14, label, 11.5, extra='font-weight="bold"'),
            text(306, y - 14, f"model {by_model * 100:.0f}%, tilt {by_tilt * 100:.0f}%", 11.5, "end"),
            line(px(model), y, px(rival), y, BLUE, 3),
            line(px(tilt), y, px(model), y, ORANGE, 3),
            hollow(px(rival), y),
            disc(px(model), y, BLUE),
            diamond(px(tilt), y),
        ]
    y = 322
    parts += [
        hollow(14, y - 4),
        text(23, y, "cryoSPARC"),
        disc(108, y - 4, BLUE),
        text(117, y, "cryoDRGN"),
        diamond(198, y - 4),
        text(208, y, "with tilted pairs"),
    ]
    return parts


def panel_b(records):
    top, bottom = 46, 266
    px, drawn = axis(466, 622, 8, 19, (8, 10, 12, 14, 16, 18), bottom, "Chamfer distance × 100")
    parts = [
        text(332, 18, "b", 13, extra='font-weight="bold"'),
        text(348, 18, "Diffusion prior: ShapeNet objects", 12.5, extra='font-weight="bold"'),
        *drawn,
    ]
    rows = grouped(records)
    step = (bottom - top) / len(rows)
    for row, (label, value) in enumerate(rows.items()):
        y = top + step * (row + 0.5)
        without, prior = value["none"], value["prior"]
        parts += [
            text(458, y + 4, label, 11.5, "end"),
            line(px(prior), y, px(without), y, BLUE, 3),
            hollow(px(without), y),
            disc(px(prior), y, BLUE),
            text(656, y + 4, f"−{(1 - prior / without) * 100:.0f}%", 11.5, "end"),
        ]
    y = 322
    parts += [
        hollow(372, y - 4),
        text(381, y, "likelihood alone"),
        disc(492, y - 4, BLUE),
        text(501, y, "with the prior"),
    ]
    return parts


def main():
    with (HERE / "evidence.csv").open(encoding="utf-8", newline="") as handle:
        records = list(csv.DictReader(handle))
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {HEIGHT}" width="660" height="{HEIGHT}" '
        'role="img" aria-labelledby="ce-t ce-d" font-family="Liberation Sans, Arial, Helvetica, sans-serif">',
        '<title id="ce-t">What the two papers measured</title>',
        '<desc id="ce-d">Panel a: resolution of cryoSPARC, cryoDRGN and cryoDRGN with tilted pairs on four simulated '
        "sets. Panel b: Chamfer distance without and with the diffusion prior in nine settings.</desc>",
        f'<rect width="660" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    body = panel_a([r for r in records if r["panel"] == "a"]) + panel_b([r for r in records if r["panel"] == "b"])
    (HERE / "evidence.svg").write_text("\n".join([*head, *body, "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
