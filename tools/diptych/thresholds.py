"""Numbers that rules compare with, each a setting: ``[tool.diptych.thresholds]`` or ``[thresholds]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def _number(help: str, default: int | float) -> Any:
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One field for each number; its help says which rule reads it and in which unit."""

    title_characters: int = _number("LEN: the longest title, in characters.", 120)
    paragraph_words: int = _number("LEN: the longest paragraph, in words.", 220)
