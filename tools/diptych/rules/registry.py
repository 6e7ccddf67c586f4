"""What a rule is, and the one list of all rules.

A rule is a small generator of findings with a code, a slug that names the offence, a severity and a docstring:
its first paragraph says what is wrong, then come ``## Why``, ``## Fails`` and ``## Passes``. The docstring is the
rule's page, its help in the terminal and its test: the blocks under Fails and Passes are run.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from diptych.diagnostics import Diagnostic, Problem, Severity
from diptych.model.assessment import Assessment, assess
from diptych.model.document import Document
from diptych.model.frontmatter import FrontMatter
from diptych.model.prose import PROSE, RUNNING_TEXT, Paragraph, Passage, paragraphs, passages
from diptych.model.support import Support, support_of
from diptych.model.views import Surroundings, Survey
from diptych.rubric import Rubric
from diptych.span import Span

HEADINGS = ("Why", "Fails", "Passes")
"""What every rule's docstring says, each under a heading of level 2."""
_PART = re.compile(rf"^## ({'|'.join(HEADINGS)})\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about one place."""

    span: Span
    message: str
    """One sentence without a full stop: what is wrong."""
    hint: str = ""
    """How to mend it."""


@dataclass(frozen=True)
class Case:
    """One document as rules see it, with what several of them want to know of it: worked out once."""

    document: Document
    corpus: Surroundings
    """What may be known of the rest. Each look at it is noted, since the findings then depend on it."""

    @cached_property
    def rubric(self) -> Rubric | None:
        """The assignment that the document answers."""
        return self.corpus.rubric_of(self.document)

    @cached_property
    def assessment(self) -> Assessment | None:
        """The document held against its assignment."""
        return assess(self.document, self.rubric) if self.rubric else None

    @cached_property
    def running_text(self) -> tuple[Paragraph, ...]:
        """Everything that is written in sentences, in reading order."""
        return tuple(paragraphs(self.document, RUNNING_TEXT))

    @cached_property
    def prose(self) -> tuple[Paragraph, ...]:
        """The running text that can state something for which a source is due."""
        return tuple(paragraph for paragraph in self.running_text if paragraph.kind in PROSE)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The prose, grouped by what shares its sources."""
        return tuple(passages(self.prose))

    @cached_property
    def support(self) -> Support | None:
        """The document held against its evidence, where somebody has listed it."""
        return support_of(self.document, self.corpus, self.passages)

    @property
    def front(self) -> FrontMatter | None:
        """The typed front matter, where it could be read."""
        return self.document.header.front

    def place(self, path: str) -> Span:
        """Where a value of the front matter stands."""
        return self.document.header.place(path)

    def problems(self, *kinds: str) -> Iterator[Finding]:
        """What the reader noted of the given kinds."""
        return findings_from(self.document.problems, kinds)


def findings_from(problems: tuple[Problem, ...], kinds: tuple[str, ...]) -> Iterator[Finding]:
    """The problems of the given kinds as findings."""
    for problem in problems:
        if problem.kind in kinds:
            yield Finding(problem.span, problem.message, problem.hint)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    code: str
    """Stable and never used again, such as ``CIT001``."""
    slug: str
    """The offence, such as ``unknown-citation-key``."""
    severity: Severity
    check: Callable[[Case], Iterator[Finding]] | Callable[[Survey], Iterator[Finding]]
    is_for_documents: bool
    """Whether it looks at one document at a time, or once at the whole corpus."""

    @property
    def text(self) -> str:
        """The docstring, in Markdown."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first paragraph of the docstring, on one line."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def parts(self) -> dict[str, str]:
        """What stands under each heading of the docstring."""
        _, *pieces = _PART.split(self.text)
        return dict(zip(pieces[::2], map(str.strip, pieces[1::2]), strict=True))

    def run(self, subject: Case | Survey) -> Iterator[Diagnostic]:
        """Everything that the rule finds in ``subject``."""
        for finding in self.check(subject):
            yield Diagnostic(self.code, self.slug, self.severity, finding.message, finding.span, finding.hint)


RULES: dict[str, Rule] = {}
"""Every rule by code."""


def document_rule(code: str, slug: str, severity: Severity = Severity.ERROR) -> Callable:
    """Register a rule that looks at one document at a time."""
    return _registering(code, slug, severity, is_for_documents=True)


def corpus_rule(code: str, slug: str, severity: Severity = Severity.ERROR) -> Callable:
    """Register a rule that looks at the bibliography, and at an extract of each document, at once."""
    return _registering(code, slug, severity, is_for_documents=False)


def _registering(code: str, slug: str, severity: Severity, *, is_for_documents: bool) -> Callable:
    def register(check: Callable) -> Callable:
        text = check.__doc__ or ""
        missing = [heading for heading in HEADINGS if f"## {heading}\n" not in text]
        if missing:
            raise ValueError(f"rule {code} says nothing under {', '.join(missing)}")
        if code in RULES or any(rule.slug == slug for rule in RULES.values()):
            raise ValueError(f"rule {code} ({slug}) exists already")
        RULES[code] = Rule(code, slug, severity, check, is_for_documents)
        return check

    return register
