"""What LaTeX and BibTeX say in their logs, errors and mutterings alike, as problems.

pdfTeX ends with status 0 for much that ruins a page: text beyond the margin, a float that fits on no page
and is lost, a character that the font lacks. Every warning is a problem here unless it is known to be harmless.
The forms of the messages are those of TeX Live 2022 (``-file-line-error``, lines of any length).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOLERANCE = 0.5
"""Text may reach this many pt beyond the margin: nobody can see less."""

_HARMLESS = re.compile(
    r"Rerun to get|has changed|may have changed|float specifier changed|Command \\\w+ invalid in math mode"
    r"|Unused global option|You have requested|Writing text .* before|No file .*\.(?:aux|bbl|out)\b"
    r"|There were undefined (?:references|citations)|There were multiply-defined labels"
    r"|Some font shapes were not available|Size substitutions with differences"
    r"|Text page \d+ contains only floats|Unable to apply patch|protrusion codes list|Option .* already set",
)  # fmt: skip

_ERROR = re.compile(r"^(?P<file>[^:\n]+\.(?:tex|sty|bbl|aux|cls|out)):(?P<line>\d+): (?P<text>.*)$")
_PLAIN_ERROR = re.compile(r"^! (?P<text>.*)$")
_OVERFULL = re.compile(r"^Overfull \\(?P<box>[hv])box \((?P<size>[\d.]+)pt too (?:wide|high)\)(?P<rest>.*)$")
_AT_LINES = re.compile(r"at lines? (?P<line>\d+)|detected at line (?P<other>\d+)")
_WARNING = re.compile(
    r"^(?P<who>(?:LaTeX|Package|Class|pdfTeX|Module)[^\n]*?) [Ww]arning(?: \([^)]*\))?: ?(?P<text>.*)$"
)
_MISSING = re.compile(r"^Missing character: There is no (?P<char>.+?) in font (?P<font>\S+?)!$")
_INPUT_LINE = re.compile(r" on input line (?P<line>\d+)\.?")
_NEED_CONTEXT = ("Undefined control sequence", "Missing", "Extra", "Misplaced", "Double", "Argument")
_SHELL = re.compile(r"^runsystem\((?P<command>.*?)\)")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that LaTeX or BibTeX said."""

    kind: str
    """``tex-error``, ``overfull-line``, ``overfull-page``, ``missing-character``, ``tex-warning``,
    ``shell-command`` or ``bibtex-error``."""
    text: str
    """One sentence without a full stop."""
    line: int | None = None
    """The line of the ``.tex`` file, from 1, where it is known."""
    hint: str = ""


def read_log(log: str, tex: str) -> list[Message]:
    """All messages of a log of pdfTeX, in order and without repetition; ``tex`` is the name of the file it set.

    After an error nothing has been looked up yet, so what is undefined then is not mentioned.
    """
    messages = list(dict.fromkeys(_messages(log.splitlines(), tex)))
    if any(message.kind in ("tex-error", "missing-character") for message in messages):
        return [message for message in messages if message.kind != "undefined-reference"]
    return messages


def read_bibtex_log(log: str) -> list[Message]:
    """The errors of a log of BibTeX (``.blg``), and the entries that it did not find."""
    messages = []
    lines = log.splitlines()
    for index, line in enumerate(lines):
        if match := re.match(r'^Warning--I didn\'t find a database entry for "(.+)"$', line):
            messages.append(Message("bibtex-error", f'the bibliography has no entry "{match[1]}"'))
        elif re.search(r"---line \d+ of file |^I couldn't open ", line):
            before = lines[index - 1].strip() if line.startswith("---line") and index else ""
            messages.append(Message("bibtex-error", " ".join(f"{before} {line}".split())))
    return list(dict.fromkeys(messages))


def _messages(lines: list[str], tex: str) -> Iterator[Message]:
    for index, line in enumerate(lines):
        if "==> Fatal error" in line:
            continue  # says only that the error before was one
        if match := _ERROR.match(line):
            file, after = match["file"].removeprefix("./"), lines[index + 1 : index + 12]
            yield _error(match["text"], after, int(match["line"]) if file == tex else None, file)
        elif match := _PLAIN_ERROR.match(line):
            yield _error(match["text"], lines[index + 1 : index + 12], None, tex)
        elif match := _OVERFULL.match(line):
            yield from _overfull(match, lines[index + 1 : index + 4])
        elif match := _MISSING.match(line):
            text = f"the font {match['font']} lacks the character {match['char']}"
            yield Message("missing-character", text, hint="write it in mathematics, or spell it out")
        elif match := _WARNING.match(line):
            yield from _warning(match, lines[index + 1 :])
        elif match := _SHELL.match(line):
            yield Message("shell-command", f"the document tries to run a program: {match['command']}")


def _error(text: str, context: list[str], line: int | None, file: str) -> Message:
    text = text.removeprefix("LaTeX Error: ").strip().rstrip(".")
    if text.startswith("Unicode character"):
        text = f"the fonts of a paper lack the{text.removeprefix('Unicode').partition(' not set up')[0]}"
        return Message("missing-character", text, line, "write it in mathematics, or spell it out in Latin letters")
    shown = next((found for each in context if (found := re.match(r"^l\.(\d+) ?(.*)$", each))), None)
    if shown is not None:
        near = shown[2].strip()
        if near and text.startswith(_NEED_CONTEXT):
            text = f"{text}: {near[-60:]}"
    where = " (in the list of references)" if file.endswith(".bbl") else ""
    return Message("tex-error", f"{text}{where}", line)


def _overfull(match: re.Match[str], after: list[str]) -> Iterator[Message]:
    size = float(match["size"])
    if size <= TOLERANCE:
        return
    where = _AT_LINES.search(match["rest"])
    line = int(where["line"] or where["other"]) if where else None
    if match["box"] == "v":
        yield Message("overfull-page", f"a page is {size:g}pt too full", line)
        return
    shown = " ".join(_readable(each) for each in after if each.strip())[:60].strip()
    quoted = f': "{shown}"' if shown else ""
    yield Message(
        "overfull-line", f"a line reaches {size:g}pt beyond the margin{quoted}", line,
        "reword it, allow a break, or give the table or picture less width",
    )  # fmt: skip


def _readable(line: str) -> str:
    """The text of a box as TeX shows it, without its fonts."""
    text = re.sub(r"\\T1/\S+ ?|\\OM[LSX]/\S+ ?|\\OT1/\S+ ?|\\TS1/\S+ ?|\(-?\d+\)|\[\]|\$|\^\^[0-9a-f]{2}", "", line)
    return re.sub(r"(?<=\w)-(?=\w)", "", text).strip() if not text.startswith(("[", "(", "\\")) else ""


def _warning(match: re.Match[str], after: list[str]) -> Iterator[Message]:
    text = match["text"].strip()
    for each in after:  # a package goes on with its name in brackets
        going_on = re.match(r"^\([\w-]+\) {2,}(.*)$", each)
        if going_on is None:
            break
        text = f"{text} {going_on[1].strip()}"
    where = _INPUT_LINE.search(text)
    text = _INPUT_LINE.sub("", text).strip().rstrip(".")
    if _HARMLESS.search(text) or not text:
        return
    line = int(where["line"]) if where else None
    if found := re.match(r"(?:Reference|Citation) [`'](.+?)'.* undefined", text):
        what = "nothing is labelled" if text.startswith("Reference") else "the bibliography has no entry"
        yield Message("undefined-reference", f'{what} "{found[1]}"', line)
    elif text.startswith("Float too large"):
        hint = "give it less height, or let the table break over pages with :class: longtable"
        yield Message("float-too-large", "this figure or table fits on no page and is lost", line, hint)
    else:
        who = match["who"].removeprefix("Package ").removeprefix("Class ")
        yield Message("tex-warning", f"{who}: {text}", line)
