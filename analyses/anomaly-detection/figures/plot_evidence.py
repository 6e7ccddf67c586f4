"""Draw evidence.svg from evidence.csv (Python standard library only).

Panel a: cDDPM's lead in Dice over the plain DDPM and over the DAE, with the whole post-processing (Table 3) and
without the median filter (Table 4). The differences are ours.
Panel b: QBAE's image-level AUROC at its common setting minus that of the same network without the bottleneck.

Run in this folder:  python3 plot_evidence.py
"""

import csv
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parent
BLUE, ORANGE, INK, GREY = "#0072B2", "#D55E00", "#1a1a1a", "#767676"
HEIGHT = 300


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


def signed(value, digits):
    return f"{value:+.{digits}f}".replace("-", "\N{MINUS SIGN}")


def panel_a(records):
    left, right, top = 112, 356, 50
    values = {(r["dataset"], r["model"], r["condition"]): float(r["value"]) for r in records}

    def px(value):
        return left + (value + 1) / 13 * (right - left)

    parts = [
        text(6, 18, "a", 13, extra='font-weight="bold"'),
        text(22, 18, "cDDPM: lead in Dice points", 12.5, extra='font-weight="bold"'),
        text(22, 36, "filled: with median filter; open: without"),
    ]
    row = 0
    for dataset, name in (("BraTS", "Tumour"), ("MSLUB", "MS"), ("ATLAS", "Stroke"), ("WMH", "WMH")):
        for rival, colour in (("DDPM", BLUE), ("DAE", ORANGE)):
            y = top + 12 + row * 24
            with_filter = values[dataset, "cDDPM", "filter"] - values[dataset, rival, "filter"]
            without = values[dataset, "cDDPM", "none"] - values[dataset, rival, "none"]
            if rival == "DDPM":
                parts.append(text(6, y + 16, name, 11.5, extra='font-weight="bold"'))
            parts += [
                text(left - 8, y + 4, rival, 11.5, "end"),
                line(px(without), y, px(with_filter), y, colour, 2.2),
                f'<circle cx="{px(with_filter):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>',
                f'<circle cx="{px(without):.1f}" cy="{y:.1f}" r="4.4" fill="#ffffff" '
                f'stroke="{colour}" stroke-width="2"/>',
            ]
            row += 1
    bottom = top + row * 24 + 6
    parts += [
        line(left, bottom, right, bottom),
        line(px(0), top - 4, px(0), bottom, GREY, 1, 'stroke-dasharray="3 3"'),
    ]
    for value in (0, 4, 8, 12):
        parts += [
            line(px(value), bottom, px(value), bottom + 4),
            text(px(value), bottom + 17, str(value), 11, "middle"),
        ]
    parts.append(text((left + right) / 2, bottom + 34, "cDDPM minus rival", 11.5, "middle"))
    return parts


def panel_b(records):
    left, right, top = 462, 640, 50
    values = {(r["dataset"], r["condition"]): float(r["value"]) for r in records}
    names = list(dict.fromkeys(r["dataset"] for r in records))

    def px(value):
        return left + (value + 0.03) / 0.19 * (right - left)

    parts = [
        text(376, 18, "b", 13, extra='font-weight="bold"'),
        text(392, 18, "QBAE: gain from the bottleneck", 12.5, extra='font-weight="bold"'),
        text(392, 36, "AUROC, with corruption in training"),
    ]
    for row, name in enumerate(names):
        y = top + 4 + row * 27
        gain = values[name, "budget 10"] - values[name, "no bottleneck"]
        colour = BLUE if gain > 0 else ORANGE
        start, end = sorted((px(0), px(gain)))
        label = px(gain) + 5 if gain > 0 else px(0) + 5
        parts += [
            text(left - 6, y + 13, name, 11.5, "end"),
            f'<rect x="{start:.1f}" y="{y:.1f}" width="{end - start:.1f}" height="17" fill="{colour}"/>',
            text(label, y + 13, signed(gain, 3), 11),
        ]
    bottom = top + len(names) * 27 + 9
    parts += [line(left, bottom, right, bottom), line(px(0), top - 4, px(0), bottom, GREY)]
    for value in (0, 0.05, 0.1, 0.15):
        parts += [
            line(px(value), bottom, px(value), bottom + 4),
            text(px(value), bottom + 17, f"{value:g}", 11, "middle"),
        ]
    parts.append(text((left + right) / 2, bottom + 34, "ε = 10 minus no bottleneck", 11.5, "middle"))
    return parts


def main():
    with (HERE / "evidence.csv").open(encoding="utf-8", newline="") as handle:
        records = list(csv.DictReader(handle))
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {HEIGHT}" width="660" height="{HEIGHT}" '
        'role="img" aria-labelledby="ev-t ev-d" font-family="Liberation Sans, Arial, Helvetica, sans-serif">',
        '<title id="ev-t">What conditioning and the bottleneck gain</title>',
        '<desc id="ev-d">Panel a: lead of cDDPM over DDPM and DAE on four data sets, with and without median filter. '
        "Panel b: gain in AUROC from the bottleneck of QBAE on seven data sets.</desc>",
        f'<rect width="660" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    body = panel_a([r for r in records if r["panel"] == "a"]) + panel_b([r for r in records if r["panel"] == "b"])
    (HERE / "evidence.svg").write_text("\n".join([*head, *body, "</svg>", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
