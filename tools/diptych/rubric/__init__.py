"""The assignment as data: what is asked, how much it weighs, and what counts."""

from diptych.rubric.load import load_rubric, load_rubrics
from diptych.rubric.model import (
    Counting,
    CourseRules,
    GradedSection,
    Limits,
    Option,
    Question,
    Rubric,
    SelectedPapers,
    Style,
    Topic,
)

__all__ = [
    "Counting",
    "CourseRules",
    "GradedSection",
    "Limits",
    "Option",
    "Question",
    "Rubric",
    "SelectedPapers",
    "Style",
    "Topic",
    "load_rubric",
    "load_rubrics",
]
