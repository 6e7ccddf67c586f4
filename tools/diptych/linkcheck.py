"""What Sphinx's link check found, told apart: a broken link, and one that could not be checked.

An outage, a refusal or a rate limit says nothing about a link, so it is never called broken, and never fine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BROKEN_ANSWERS = ("404", "410")
"""HTTP status codes that say that a page is not there (RFC 9110, sections 15.5.5 and 15.5.11)."""
_FINE = ("working", "redirected")
_LOCAL = ("local", "unchecked")


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """One link and what came of it."""

    path: str
    line: int
    address: str
    verdict: str
    """``fine``, ``broken`` or ``unknown``."""
    reason: str


def read_links(output: Path) -> list[CheckedLink]:
    """The links that Sphinx's ``linkcheck`` builder wrote to ``output`` (its ``output.json``), sorted by place.

    Raises ``OSError`` when the file is missing.
    """
    links = []
    for line in output.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        status, address, reason = record["status"], record["uri"], record.get("info", "")
        if status in _LOCAL or (status == "ignored" and not reason):  # a reason is given for an answer of 503
            continue
        verdict = _verdict(status, address, reason)
        links.append(CheckedLink(record["filename"], record["lineno"], address, verdict, reason))
    return sorted(links, key=lambda link: (link.path, link.line, link.address))


def report_links(links: list[CheckedLink]) -> tuple[str, int]:
    """The report for people, and an exit code: 1 for a broken link, 2 where nothing could be checked, else 0."""
    counts = Counter(link.verdict for link in links)
    lines = [*_lines(links, "broken", "broken"), *_lines(links, "unknown", "could not check")]
    lines.append(f"{counts['fine']} links fine, {counts['broken']} broken, {counts['unknown']} could not be checked")
    if counts["broken"]:
        return "\n".join(lines) + "\n", 1
    return "\n".join(lines) + "\n", 2 if links and not counts["fine"] else 0


def _verdict(status: str, address: str, reason: str) -> str:
    if status in _FINE:
        return "fine"
    is_gone = reason[:3] in BROKEN_ANSWERS or reason.startswith("Anchor")
    is_missing_file = not address.startswith(("https://", "http://"))
    return "broken" if status == "broken" and (is_gone or is_missing_file) else "unknown"


def _lines(links: list[CheckedLink], verdict: str, words: str) -> Iterator[str]:
    for link in links:
        if link.verdict == verdict:
            yield f"{link.path}:{link.line}: {words}: {link.address} ({' '.join(link.reason.split())})"
