"""The inside of a BibTeX entry: its key, and the names and values of its fields, each with its place.

The reading follows BibTeX: braces count even behind a backslash, a quote inside braces is a character, and pieces
of a value are joined by ``#``. Everything moves forward only, so the time is linear in the text.
"""

from __future__ import annotations

import re

from diptych.diagnostics import Problem
from diptych.model.bibliography import Entry, Field
from diptych.span import Source

_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPENING = re.compile(r"@(\w*)[ \t]*([{(])\s*")
_KEY = {"}": re.compile(r"[^\s,}=]*"), ")": re.compile(r"[^\s,)=]*")}
_SPACE = re.compile(r"\s*")
_SEPARATORS = re.compile(r"[\s,]*")
_NAME = re.compile(r"[A-Za-z@!$&*+./:;<>?\[\\\]^_`|~\x7f-][A-Za-z0-9@!$&*+./:;<>?\[\\\]^_`|~\x7f-]*")
"""What BibTeX takes for a name of a field or a string."""
_BARE = re.compile(rf"[0-9]+|{_NAME.pattern}")
_JUNK = re.compile(r"[^\s,}]+")
_BRACES = re.compile(r"[{}]")
_BRACES_OR_QUOTE = re.compile(r'[{}"]')
_NEXT_FIELD = re.compile(r"(?<![\w-])[A-Za-z][\w-]*\s*=")
_SIMPLE = {
    closer: re.compile(rf"[\s,]*([A-Za-z][A-Za-z0-9_-]*)\s*=\s*(\{{[^{{}}]*\}})\s*(?=[,{closer}])")
    for closer in ("}", ")")
}
"""By far the most fields: a value in braces without further braces, and nothing unusual behind it."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NESTING = 100
"""How deep braces may nest: the site's reader stops beyond it."""


class FieldReader:
    """Reads the entries of one file; what is wrong with them is noted in ``problems``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.strings = {name: name for name in _MONTHS}
        self._is_whole = True

    def define_string(self, start: int, end: int) -> None:
        """Remember what the ``@string`` in ``text[start:end]`` stands for."""
        opening = _OPENING.match(self.source.text, start, end)
        name = _NAME.match(self.source.text, opening.end(), end) if opening else None
        equals = _SPACE.match(self.source.text, name.end(), end).end() if name else end
        if name is None or self.source.text[equals : equals + 1] != "=":
            self._note("this @string does not say what stands for what", start, start + 7, '@string{name = "text"}')
            return
        read = self._lone_value(_SPACE.match(self.source.text, equals + 1, end).end(), end, name[0])
        if read is not None:
            self.strings[name[0].lower()] = read

    def check_preamble(self, start: int, end: int) -> None:
        """See to it that the ``@preamble`` in ``text[start:end]`` holds a value."""
        opening = _OPENING.match(self.source.text, start, end)
        if opening:
            self._lone_value(opening.end(), end, "@preamble")

    def _lone_value(self, at: int, end: int, name: str) -> str | None:
        """The value that fills a block up to its closing mark; anything behind it is noted."""
        read = self._value(at, end, name)
        if read is None:
            return None
        behind = _SPACE.match(self.source.text, read[0], end).end()
        if behind != end - 1:
            message = f'something stands behind the value of "{name}"'
            self._note(message, behind, max(behind, end - 1), 'join pieces of a value with "#"')
        return read[1]

    def read_entry(self, start: int, limit: int) -> Entry:
        """The entry that begins with the ``@`` at ``start`` and ends at ``limit`` at the latest."""
        text, source = self.source.text, self.source
        self._is_whole = True
        opening = _OPENING.match(text, start, limit)
        if opening is None:  # the file ends right here
            self._note("this entry has no body", start, limit, "look for a missing brace")
            nothing = source.span(start, start)
            return Entry("", "", {}, nothing, nothing, source.span(start, limit), False)
        if not _TYPE.fullmatch(opening[1]):
            message = f'"@{opening[1]}" is no type of entry'
            self._note(message, start, start + 1 + len(opening[1]), "write @misc, @article, ...")
        closer = "}" if opening[2] == "{" else ")"
        key_start, key_end, at = self._key(opening.end(), limit, closer)
        fields, end = self._fields(start, at, limit, closer)
        return Entry(
            text[key_start:key_end],
            opening[1].lower(),
            fields,
            source.span(key_start, key_end),
            source.span(*opening.span(1)),
            source.span(start, end),
            self._is_whole,
        )

    def _note(self, message: str, start: int, end: int, hint: str, kind: str = "bibtex-syntax") -> None:
        self._is_whole = self._is_whole and kind != "bibtex-syntax"
        self.problems.append(Problem(kind, message, self.source.span(start, end), hint))

    def _key(self, at: int, limit: int, closer: str) -> tuple[int, int, int]:
        """Where the key begins and ends, and where reading goes on."""
        text = self.source.text
        end = _KEY[closer].match(text, at, limit).end()
        after = _SPACE.match(text, end, limit).end()
        following = text[after : after + 1] if after < limit else ""
        if following == "=" or at == end:
            where = at if following != "=" else at - 1
            self._note(
                "this entry has no citation key",
                where,
                min(where + 1, limit),
                "write one after the brace",
                "missing-key",
            )
            return at, at, at
        # Between parentheses, a key that the closing one follows is taken to go on with it.
        if following == "," or (following == closer and closer == "}"):
            return at, end, after
        line_end = text.find("\n", end, limit)
        comma = text.find(",", end, line_end if line_end >= 0 else limit)
        equals = text.find("=", end, comma) if comma >= 0 else -1
        if comma >= 0 and equals < 0:
            key = text[at:comma].rstrip()
            hint = f'write it in one word, such as "{"-".join(key.split())}"'
            self._note(f'the citation key "{key}" holds a space', at, at + len(key), hint, "odd-key")
            return at, at + len(key), comma
        self._note(f'no comma follows the citation key "{text[at:end]}"', at, end, "write a comma after the key")
        return at, end, after

    def _fields(self, opened: int, at: int, limit: int, closer: str) -> tuple[dict[str, Field], int]:
        """The fields by name, and where the entry ends that begins at ``opened``."""
        text, source = self.source.text, self.source
        fields: dict[str, Field] = {}
        simple = _SIMPLE[closer]
        while True:
            if plain := simple.match(text, at, limit):
                start, at = plain.span(2)
                value = " ".join(plain[2][1:-1].split())
                field = Field(plain[1].lower(), value, source.span(*plain.span(1)), source.span(start, at), "{")
                self._add(field, fields)
                continue
            at = _SEPARATORS.match(text, at, limit).end()
            if at >= limit:
                if self._is_whole:
                    self._note("this entry never ends", opened, opened + 1, f'close it with "{closer}"')
                return fields, limit
            if text[at] == closer:
                return fields, at + 1
            name = _NAME.match(text, at, limit)
            equals = _SPACE.match(text, name.end(), limit).end() if name else limit
            if name is None or text[equals : min(equals + 1, limit)] != "=":
                at = self._skip(at, name.end() if name else at + 1, limit)
                continue
            start = _SPACE.match(text, equals + 1, limit).end()
            value = self._value(start, limit, name[0])
            if value is None:
                return fields, limit
            at, resolved, mark = value
            field = Field(name[0].lower(), resolved, source.span(*name.span()), source.span(start, at), mark)
            self._add(field, fields)
            at = self._after_value(at, limit, closer, name[0])

    def _add(self, field: Field, fields: dict[str, Field]) -> None:
        first = fields.setdefault(field.name, field)
        if first is not field:
            message = f'the field "{field.name}" is set twice: first in line {first.name_span.line}'
            self.problems.append(Problem("duplicate-field", message, field.name_span, "keep one of the two"))

    def _after_value(self, at: int, limit: int, closer: str, name: str) -> int:
        """Check that a value ends where a comma or the end of the entry stands; returns where to go on."""
        text = self.source.text
        following = _SPACE.match(text, at, limit).end()
        if following >= limit or text[following] in (",", closer):
            return following
        begins = _NEXT_FIELD.match(text, following, limit)
        if begins:
            word = begins[0][:-1].rstrip()
            message = f'no comma stands between the fields "{name}" and "{word}"'
            self._note(message, following, following + len(word), f"write a comma before {word}")
            return following
        return self._skip(following, following + 1, limit, f'after the value of "{name}"')

    def _skip(self, at: int, end: int, limit: int, where: str = "") -> int:
        """Note what is no field and go on with the next one."""
        found = _NEXT_FIELD.search(self.source.text, end, limit)
        junk = self.source.text[at : found.start() if found else limit].split("\n", 1)[0].rstrip()
        shown = junk if len(junk) <= 30 else f"{junk[:30]}..."
        message = f'"{shown}" {where or "is no field"}' + (" does not belong there" if where else "")
        hint = "a field reads: name = {value},"
        if junk.startswith("%"):
            hint = "remove it: BibTeX knows no comments within an entry"
        self._note(message, at, at + max(len(junk), 1), hint)
        return found.start() if found else limit

    def _value(self, start: int, limit: int, name: str) -> tuple[int, str, str | None] | None:
        """Where the value ends, what it says, and how it is delimited if it is one piece written out.

        ``None`` when it never ends; that is noted.
        """
        text = self.source.text
        pieces: list[str] = []
        mark: str | None = None
        at = start
        while True:
            first = text[at] if at < limit else ""
            if first in ("{", '"') and first:
                end = self._delimited_end(at, limit)
                if end is None:
                    what = "closing brace" if first == "{" else "closing quote or brace"
                    span = (start, start + 1) if not pieces else (at, at + 1)
                    self._note(f'the value of "{name}" never ends', *span, f"look for a missing {what}")
                    return None
                pieces.append(text[at + 1 : end - 1])
                mark = first
            else:
                bare = _BARE.match(text, at, limit)
                if bare is None and first not in ("", ",", "}", ")"):
                    end = _JUNK.match(text, at, limit).end()
                    hint = "write it in braces: {...}"
                    self._note(f'the value of "{name}" stands neither in braces nor in quotes', at, end, hint)
                    return end, _tidy([*pieces, text[at:end]]), None
                if bare is None:
                    what = "nothing follows the #" if pieces else f'the field "{name}" has no value'
                    self._note(what, max(at - 1, start - 1), max(at, start), "write one, or remove the field")
                    return at, _tidy(pieces), None
                end = bare.end()
                pieces.append(self._bare(bare))
                mark = "" if pieces[-1] == bare[0] else None
            after = _SPACE.match(text, end, limit).end()
            if after >= limit or text[after] != "#":
                return end, _tidy(pieces), mark if len(pieces) == 1 else None
            at = _SPACE.match(text, after + 1, limit).end()

    def _bare(self, bare: re.Match) -> str:
        word = bare[0]
        if word.isdecimal():
            return word
        known = self.strings.get(word.lower())
        if known is None:
            hint = f"write {{{word}}} for the text itself, or define it with @string"
            self._note(f'no @string defines "{word}"', *bare.span(), hint, "undefined-string")
            return word
        return known

    def _delimited_end(self, at: int, limit: int) -> int | None:
        """The offset behind the closing mark of the piece that opens at ``at``."""
        text = self.source.text
        if text[at] == "{":
            end = text.find("}", at + 1, limit)
            if end >= 0 and text.find("{", at + 1, end) < 0:
                return end + 1
        depth, is_quoted = 0, text[at] == '"'
        for mark in (_BRACES_OR_QUOTE if is_quoted else _BRACES).finditer(text, at + is_quoted, limit):
            if mark[0] == "{":
                depth += 1
                if depth > _NESTING:
                    return None
            elif mark[0] == "}":
                depth -= 1
                if depth < 0:
                    return None
                if depth == 0 and not is_quoted:
                    return mark.end()
            elif depth == 0:
                return mark.end()
        return None


def _tidy(pieces: list[str]) -> str:
    """Joined, with every run of white space as one space, as BibTeX does."""
    return " ".join("".join(pieces).split())
