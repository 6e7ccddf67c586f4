"""The rules: each names one offence. Importing this package registers them all."""

from diptych.rules import (  # noqa: F401  (registers by import)
    bibliography,
    citations,
    figures,
    front_matter,
    lengths,
    markup,
    safety,
    scope,
    structure,
)
from diptych.rules.registry import RULES, Rule

__all__ = ["RULES", "Rule"]
