"""As much of JSON Schema as this repository's schemas use, so that tests can hold output against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "default", "examples", "format", "type", "properties",
    "required", "additionalProperties", "items", "minItems", "maxItems", "minimum", "pattern", "enum", "const", "anyOf",
}  # fmt: skip


def mismatches(
    value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any] | None = None, at: str = "$"
) -> list[str]:
    """Where and how ``value`` differs from what ``schema`` demands."""
    return list(_mismatches(value, schema, schema if whole is None else whole, at))


def _mismatches(value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any], at: str) -> Iterator[str]:
    assert set(schema) <= KNOWN, f"this checker does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        target: Any = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        yield from _mismatches(value, target, whole, at)
    if "anyOf" in schema and all(mismatches(value, option, whole, at) for option in schema["anyOf"]):
        yield f"{at}: fits none of the alternatives"
    kind = TYPES.get(schema.get("type", ""), object)
    if not isinstance(value, kind) or (isinstance(value, bool) and schema.get("type") in ("integer", "number")):
        yield f"{at}: not of type {schema['type']}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: not one of {schema['enum']}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: does not match {schema['pattern']}"
    if isinstance(value, int | float) and value < schema.get("minimum", value):
        yield f"{at}: below {schema['minimum']}"
    if isinstance(value, list):
        yield from _list_mismatches(value, schema, whole, at)
    if isinstance(value, dict):
        yield from _object_mismatches(value, schema, whole, at)


def _list_mismatches(value: list, schema: Mapping[str, Any], whole: Mapping[str, Any], at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: holds {len(value)} items"
    for index, item in enumerate(value):
        yield from _mismatches(item, schema.get("items", {}), whole, f"{at}[{index}]")


def _object_mismatches(value: dict, schema: Mapping[str, Any], whole: Mapping[str, Any], at: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: lacks {name}"
    more = schema.get("additionalProperties", True)
    for name, item in value.items():
        if name in properties:
            yield from _mismatches(item, properties[name], whole, f"{at}.{name}")
        elif more is False:
            yield f"{at}: has {name}"
        elif isinstance(more, dict):
            yield from _mismatches(item, more, whole, f"{at}.{name}")
