"""Mends what needs no judgement: plans edits, shows them as a diff, and writes them after proving them harmless."""

from diptych.fix.apply import apply_fixes, render_diff
from diptych.fix.edits import Edit
from diptych.fix.plan import plan_fixes

__all__ = ["Edit", "apply_fixes", "plan_fixes", "render_diff"]
