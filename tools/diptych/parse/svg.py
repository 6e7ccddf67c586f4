"""What an SVG file says of itself, read without ever fetching, expanding or running anything.

A picture is drawn by its own file alone. Whatever would make a browser or a converter read something else, run
code or expand entities is noted, with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from diptych.diagnostics import Problem
from diptych.span import Source, Span

SVG = "http://www.w3.org/2000/svg"
ACTIVE = {
    "script": "runs code",
    "handler": "runs code",
    "listener": "runs code",
    "foreignObject": "holds HTML",
    "iframe": "shows another page",
    "embed": "shows another file",
    "object": "shows another file",
    "include": "includes another file",
    "audio": "plays another file",
    "video": "plays another file",
}
"""Elements that a picture must not have, and why."""

_MOST_PROBLEMS = 20
"""So many problems of one file are noted; the rest is more of the same."""
_OWN = re.compile(r"#|data:image/(?:png|jpeg);base64,", re.IGNORECASE)
_OWN_DOCTYPE = re.compile(r"https?://www\.w3\.org/[\w./-]*\.dtd")
_FOREIGN_STYLE = re.compile(r"@import\b|url\(\s*+[\"']?+(?!#|data:)[^)]*\)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s((?:[\w.-]+:)?([\w.-]+))\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_OPENING = re.compile(r"<?[^\s/>]*")
_DIGITS = r"(?<![\d.])(\d+(?:\.\d*)?|\.\d+)"
_LENGTH = re.compile(_DIGITS + r"(?:[eE]([-+]?\d{1,3}))?\s*(px|pt|pc|mm|cm|in|)")
_STYLE_SIZE = re.compile(r"(?:^|;)\s*font(?:-size)?\s*:([^;]*)")
_SIZE = re.compile(_DIGITS + r"\s*(px|pt|pc|mm|cm|in)\b")
_SCALING = re.compile(r"(scale|matrix)\s*\(([^()]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_UNDRAWN = {"defs", "symbol", "title", "desc", "metadata", "style", "clipPath", "mask", "pattern"}
_DEFAULT_SIZE = 16.0
_LARGEST = 1e7
"""Pixels; whatever claims to be larger is not taken at its word."""


@dataclass(slots=True)
class Drawing:
    """What was learned of an SVG file."""

    is_svg: bool = False
    """Whether its root is the element ``svg``."""
    width: float | None = None
    """In pixels."""
    height: float | None = None
    smallest_text: float | None = None
    """In pixels of the picture at its own size; ``None`` where there is no text or its size cannot be told."""
    problems: list[Problem] = field(default_factory=list)


def pixels(length: str) -> float | None:
    """A length such as ``5cm`` in pixels, or ``None`` where it depends on something else."""
    match = _LENGTH.fullmatch(length.strip())
    if match is None:
        return None
    number = float(f"{match[1]}e{match[2] or 0}") * _UNITS[match[3]]
    return number if number < _LARGEST else None


def read_svg(source: Source) -> Drawing:
    """Read the SVG file ``source``; never fails, whatever it holds."""
    reader = _Reader(source)
    try:
        reader.parser.Parse(reader.data, True)
    except _StoppedError:
        pass
    except expat.ExpatError as error:
        reader.note("svg-syntax", f"not a well-formed picture: {expat.ErrorString(error.code)}", reader.here(0),
                    "export it again from the program that drew it")  # fmt: skip
    reader.finish()
    return reader.drawing


class _StoppedError(Exception):
    """Reading further would do what the file asks for, or would add nothing."""


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = source.text.encode("utf-8", "surrogatepass")
        self.is_ascii = len(self.data) == len(source.text)
        self.drawing = Drawing()
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.unit = 1.0
        self.stack: list[tuple[str, float | None, float]] = []
        """The open elements: name, font size (``None`` where it cannot be told), scale."""
        self.undrawn = 0
        self.style: list[str] = []
        self.style_at = 0
        self.has_style_sizes = False
        self._byte, self._character = 0, 0

    # -- places

    def offset(self) -> int:
        """The offset in the source of what is being read. Calls come in the order of the file: linear in all."""
        at = max(self.parser.CurrentByteIndex, 0)
        if self.is_ascii:
            return min(at, len(self.data))
        if at < self._byte:
            self._byte, self._character = 0, 0
        self._character += len(self.data[self._byte : at].decode("utf-8", "replace"))
        self._byte = at
        return min(self._character, len(self.source.text))

    def here(self, length: int) -> Span:
        start = self.offset()
        return self.source.span(start, min(start + length, len(self.source.text)))

    def opening(self) -> Span:
        """The sign and the name that open the element that is being read."""
        start = self.offset()
        return self.source.span(start, _OPENING.match(self.source.text, start).end())

    def attribute(self, name: str) -> Span:
        """The attribute ``name`` of the element that is being opened, value and all."""
        at = self.offset()
        for match in _ATTRIBUTE.finditer(self.source.text, at):
            if match[2] == name:
                return self.source.span(match.start(1), match.end())
        return self.source.span(at, at + 1)

    def note(self, kind: str, message: str, span: Span, hint: str) -> None:
        self.drawing.problems.append(Problem(kind, message, span, hint))
        if len(self.drawing.problems) >= _MOST_PROBLEMS:
            raise _StoppedError

    # -- what expat meets

    def doctype(self, name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        """The bare declaration that many drawing programs write does nothing; any other may do much."""
        if has_subset or (system is not None and not _OWN_DOCTYPE.fullmatch(system)):
            self.note("unsafe-svg", "a document type that declares entities or names another file",
                      self.doctype_place(), "remove the line that begins with <!DOCTYPE")  # fmt: skip
            raise _StoppedError

    def doctype_place(self) -> Span:
        start = max(self.source.text.find("<!DOCTYPE"), 0)
        return self.source.span(start, start + len("<!DOCTYPE"))

    def entity(self, *_: object) -> None:
        raise _StoppedError  # never reached: a document type with declarations has ended the reading

    def instruction(self, target: str, data: str) -> None:
        self.note("unsafe-svg", f'the instruction "{target}" reads another file', self.here(len(target) + 2),
                  "remove it")  # fmt: skip

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        space, _, name = qualified.rpartition(" ")
        if not self.stack:
            self.root(name, space, attributes)
        if name in ACTIVE:
            self.note("unsafe-svg", f'the element "{name}" {ACTIVE[name]}', self.opening(), "remove it")
        elif space.endswith("/xhtml"):
            self.note("unsafe-svg", f'the element "{name}" is HTML', self.opening(), "remove it, or draw it in SVG")
        size, scale = (self.stack[-1][1], self.stack[-1][2]) if self.stack else (_DEFAULT_SIZE, 1.0)
        for key, value in attributes.items():
            local = key.rpartition(" ")[2]
            self.check_attribute(local, value)
            if local == "font-size":
                size = pixels(value)
            elif local == "style" and "font" in value:
                font = _STYLE_SIZE.search(value)
                found = _SIZE.search(font[1]) if font else None
                size = pixels(found[0]) if found else size
            elif local == "transform":
                scale *= _scale(value)
        self.undrawn += name in _UNDRAWN
        self.stack.append((name, size, scale))
        if name == "style":
            self.style_at, self.style = self.offset(), []

    def check_attribute(self, name: str, value: str) -> None:
        if name[:2].lower() == "on" and len(name) > 2:
            self.note("unsafe-svg", f'the attribute "{name}" runs code', self.attribute(name), "remove it")
        elif name in ("href", "src") and not _OWN.match(value.strip()):
            self.note("unsafe-svg", f'"{_short(value)}" lies outside the file', self.attribute(name),
                      "embed the picture as data:image/png;base64, or remove the reference")  # fmt: skip
        elif name == "base":
            self.note("unsafe-svg", "the attribute \"xml:base\" moves references out of the file",
                      self.attribute(name), "remove it")  # fmt: skip
        elif name == "attributeName" and value.strip().rpartition(":")[2] in ("href", "src"):
            self.note("unsafe-svg", "an animation that changes a reference", self.attribute(name), "remove it")
        elif "(" in value and (found := _FOREIGN_STYLE.search(value)):
            self.note("unsafe-svg", f'"{_short(found[0])}" lies outside the file', self.attribute(name),
                      "draw with what the file holds")  # fmt: skip

    def root(self, name: str, space: str, attributes: dict[str, str]) -> None:
        self.drawing.is_svg = name == "svg" and space in ("", SVG)
        box = [float(number) for number in _NUMBER.findall(attributes.get("viewBox", ""))]
        box = box if len(box) == 4 and 0 < box[2] < _LARGEST and 0 < box[3] < _LARGEST else []
        width, height = pixels(attributes.get("width", "")), pixels(attributes.get("height", ""))
        if box:
            ratio = box[3] / box[2]
            width = width or (height / ratio if height else box[2])
            height = height or width * ratio
            self.unit = min(width / box[2], height / box[3])
        self.drawing.width, self.drawing.height = width or None, height or None

    def text(self, text: str) -> None:
        name = self.stack[-1][0] if self.stack else ""
        if name == "style":
            self.style.append(text)
        elif name in ("text", "tspan", "textPath", "a") and not self.undrawn and text.strip():
            _, size, scale = self.stack[-1]
            if size is not None:
                drawn = size * scale * self.unit
                known = self.drawing.smallest_text
                self.drawing.smallest_text = drawn if known is None else min(known, drawn)

    def end(self, qualified: str) -> None:
        name, _, _ = self.stack.pop()
        self.undrawn -= name in _UNDRAWN
        if name == "style":
            rules = "".join(self.style)
            self.has_style_sizes = self.has_style_sizes or "font" in rules
            for found in _FOREIGN_STYLE.finditer(rules):
                at = self.source.text.find(found[0], self.style_at)
                place = self.source.span(at, at + len(found[0])) if at >= 0 else self.here(1)
                self.note("unsafe-svg", f'"{_short(found[0])}" in a style lies outside the file', place, "remove it")

    def finish(self) -> None:
        if self.has_style_sizes:
            self.drawing.smallest_text = None  # which text a style sheet applies to is not worked out here
        self.drawing.problems.sort(key=lambda problem: problem.span.start)


def _scale(transform: str) -> float:
    """How much larger a transformation draws; 1 where that cannot be told."""
    factor = 1.0
    for kind, arguments in _SCALING.findall(transform):
        numbers = [float(number) for number in _NUMBER.findall(arguments)[:6]]
        if kind == "scale" and numbers:
            factor *= abs(numbers[0])
        elif kind == "matrix" and len(numbers) == 6:
            factor *= abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]) ** 0.5
    return factor


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
