"""How others cite an analysis: BibTeX, RIS and CSL-JSON, each complete in itself."""

from __future__ import annotations

import json

from diptych.sphinxext.header import Summary


def bibtex(summary: Summary, address: str) -> str:
    """A BibTeX entry for the analysis itself; without ``url`` where the site has no address."""
    front = summary.front
    fields = {
        "title": f"{{{_tex(front.title)}}}",
        "author": " and ".join(_tex(author.name) for author in front.authors),
        "year": str(front.date.year),
        "month": f"{front.date:%b}".lower(),
        "note": _tex(summary.rubric.title),
        "url": address,
    }
    lines = [f"  {name:<6} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(summary)},", *lines, "}"])


def ris(summary: Summary, address: str) -> str:
    """The same for programs that read RIS."""
    front = summary.front
    fields = [
        ("TY", "GEN"),
        ("TI", front.title),
        *(("AU", author.name) for author in front.authors),
        ("PY", str(front.date.year)),
        ("DA", f"{front.date:%Y/%m/%d}"),
        ("AB", " ".join(front.abstract.split())),
        *(("KW", keyword) for keyword in front.keywords),
        ("LA", "en"),
        ("UR", address),
    ]
    lines = [f"{name}  - {' '.join(value.split())}" for name, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(summary: Summary, address: str) -> str:
    """The same for programs that read CSL-JSON. A name stands as its owner writes it, which may be a group's."""
    front = summary.front
    item = {
        "id": _key(summary),
        "type": "article",
        "title": front.title,
        "author": [{"literal": author.name} for author in front.authors],
        "issued": {"date-parts": [[front.date.year, front.date.month, front.date.day]]},
        "abstract": " ".join(front.abstract.split()),
        "keyword": ", ".join(front.keywords),
        "language": "en",
        "URL": address,
    }
    filled = {name: value for name, value in item.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=2) + "\n"


def _key(summary: Summary) -> str:
    return f"{summary.slug}{summary.front.date.year}"


def _tex(text: str) -> str:
    for character in "&%$#_":
        text = text.replace(character, f"\\{character}")
    return text
