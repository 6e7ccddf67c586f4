"""One schema for all plain data: frozen dataclasses, read from located values, every problem at once.

A field is declared once, with its type, and its help in ``metadata``. From that declaration come the
reader below, the tables of the author guide and the JSON Schema. Understood types: ``str``, ``int``,
``float``, ``bool``, ``date``, ``X | None``, ``tuple[X, ...]``, ``Mapping[str, X]``, and other such
dataclasses. ``metadata`` may hold:

``name``      the field's name in files, where the attribute's own cannot be it
``help``      one sentence for people (required)
``pattern``   a regular expression that the whole text must match
``meaning``   what the pattern stands for, for messages
``choices``   the allowed values
``length``    ``(least, most)`` items of a list, ``most`` may be ``None``
``example``   a value for the guide
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from typing import Any

from diptych.data.located import Located
from diptych.diagnostics import Problem, did_you_mean, nearest

NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2026-01-31",
}


def read(located: Located, cls: type, problems: list[Problem], where: str = "") -> Any:
    """``located`` as an instance of the dataclass ``cls``, or ``None`` where a required field is missing or wrong.

    Every mismatch is appended to ``problems``; ``where`` names the enclosing field in messages.
    """
    if not isinstance(located.value, dict):
        problems.append(_problem("wrong-type", f"{_quoted(where)} must be a mapping of fields", located))
        return None
    declared = {name_of(item): item for item in dataclasses.fields(cls)}
    misspelt = set()
    for key, span in located.key_spans.items():
        if key not in declared:
            misspelt.add(nearest(key, declared))
            hint = did_you_mean(key, declared) or f"known fields: {', '.join(declared)}"
            inside = f" in {_quoted(where)}" if where else ""
            problems.append(Problem("unknown-field", f'unknown field "{key}"{inside}', span, hint))
    hints = _type_hints(cls)
    values, whole = {}, True
    for name, item in declared.items():
        path = f"{where}.{name}" if where else name
        if name in located.value:
            value = _read_value(located.value[name], hints[item.name], item.metadata, path, problems)
            if value is not _WRONG:
                values[item.name] = value
            elif is_required(item):
                whole = False
        elif is_required(item):
            whole = False
            if name not in misspelt:  # of which enough has been said
                message = f'missing field "{path}"'
                problems.append(_problem("missing-field", message, located, item.metadata.get("help", "")))
    return cls(**values) if whole else None


def name_of(item: dataclasses.Field) -> str:
    """The name of a field in a file: the attribute's, or ``metadata["name"]`` where that is a Python keyword."""
    return item.metadata.get("name", item.name)


def is_required(item: dataclasses.Field) -> bool:
    """Whether a file must state the field: it has no default."""
    return item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING


_WRONG: Any = object()


@cache
def _type_hints(cls: type) -> Mapping[str, Any]:
    """The type of each field of ``cls``, worked out once: headers are many, and their fields are always the same."""
    return typing.get_type_hints(cls)


def _read_value(located: Located, kind: Any, metadata: Mapping[str, Any], path: str, problems: list[Problem]) -> Any:
    """``located`` as ``kind``, or ``_WRONG`` after noting why not."""
    if isinstance(kind, types.UnionType):
        if located.value is None:
            return None
        kind = next(member for member in typing.get_args(kind) if member is not types.NoneType)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _read_list(located, typing.get_args(kind)[0], metadata, path, problems)
    if origin in (dict, Mapping):
        return _read_mapping(located, typing.get_args(kind)[1], metadata, path, problems)
    if dataclasses.is_dataclass(kind):
        value = read(located, kind, problems, path)
        return _WRONG if value is None else value
    return _read_scalar(located, kind, metadata, path, problems)


def _read_list(located: Located, kind: Any, metadata: Mapping, path: str, problems: list[Problem]) -> Any:
    if not isinstance(located.value, list):
        problems.append(_problem("wrong-type", f"{_quoted(path)} must be a list", located))
        return _WRONG
    least, most = metadata.get("length", (0, None))
    count = len(located.value)
    if count < least or (most is not None and count > most):
        wanted = f"exactly {least}" if least == most else f"at least {least}" if most is None else f"{least} to {most}"
        problems.append(_problem("wrong-length", f"{_quoted(path)} must hold {wanted}, it holds {count}", located))
        return _WRONG
    items = [
        _read_value(item, kind, metadata, f"{path}[{index}]", problems) for index, item in enumerate(located.value)
    ]
    return _WRONG if any(item is _WRONG for item in items) else tuple(items)


def _read_mapping(located: Located, kind: Any, metadata: Mapping, path: str, problems: list[Problem]) -> Any:
    if not isinstance(located.value, dict):
        problems.append(_problem("wrong-type", f"{_quoted(path)} must be a mapping", located))
        return _WRONG
    items = {key: _read_value(item, kind, metadata, f"{path}.{key}", problems) for key, item in located.value.items()}
    return _WRONG if any(item is _WRONG for item in items.values()) else items


def _read_scalar(located: Located, kind: Any, metadata: Mapping, path: str, problems: list[Problem]) -> Any:
    value = located.value
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:  # exactly: true is no whole number, a date with a time of day is no date
        is_unquoted = kind is str and isinstance(value, int | float | bool | date | time)
        hint = "put it in quotes" if is_unquoted else ""
        problems.append(_problem("wrong-type", f"{_quoted(path)} must be {NAMES[kind]}", located, hint))
        return _WRONG
    if kind is str and not value.strip():
        problems.append(_problem("empty-field", f"{_quoted(path)} is empty", located, metadata.get("help", "")))
        return _WRONG
    choices = metadata.get("choices")
    if choices and value not in choices:
        hint = did_you_mean(str(value), map(str, choices)) or f"one of: {', '.join(map(str, choices))}"
        problems.append(_problem("unknown-choice", f'{_quoted(path)} cannot be "{value}"', located, hint))
        return _WRONG
    pattern = metadata.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        meaning = metadata.get("meaning", f"text that matches {pattern}")
        problems.append(_problem("malformed-field", f'{_quoted(path)} must be {meaning}, not "{value}"', located))
        return _WRONG
    return value


def _quoted(path: str) -> str:
    return f'"{path}"' if path else "this"


def _problem(kind: str, message: str, located: Located, hint: str = "") -> Problem:
    return Problem(kind, message, located.span, hint)
