"""A check of all analyses that looks again only at what can have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from diptych.check import Outcome, check_document, check_survey, conclude, survey_rules
from diptych.diagnostics import Diagnostic, Problem
from diptych.errors import DataError
from diptych.memory import Memory, Recollection, Shelf
from diptych.model.bibliography import Bibliography
from diptych.model.corpus import Corpus
from diptych.model.document import Document
from diptych.model.extract import Extract, extract_of
from diptych.model.views import ABOUT_BIBLIOGRAPHY, Whole, work_of
from diptych.parse.corpus import PASSED_OVER, read_analysis, read_project_bibliography, wanted_files
from diptych.rubric import load_rubrics
from diptych.rules.registry import Rule
from diptych.settings import REQUIRED, Project


class Recheck:
    """One check of a whole project. Its findings are those that a check without memory would have."""

    def __init__(self, project: Project, memory: Memory, rules: Sequence[Rule]) -> None:
        self._project, self._memory, self._rules = project, memory, rules
        self.documents: dict[Path, Document] = {}
        """Those that had to be read, by file."""
        self.extracts: dict[Path, Extract] = {}
        self.unread: list[Problem] = []

    @cached_property
    def bibliography(self) -> Bibliography:
        """The bibliography, read when somebody first asks for more of it than is remembered."""
        read = read_project_bibliography(self._project)
        self._memory.works = list(map(work_of, read.entries.values()))
        return read

    @property
    def shelf(self) -> Shelf:
        """What is remembered of the bibliography, or is to be."""
        digest, known = self._memory.cache.inputs.bibliography, self._memory.shelf
        if known is None or known.digest != digest:
            read = self.bibliography
            known = self._memory.shelf = Shelf(digest, tuple(read.sources), len(read.entries), read.suppressions, {})
        return known

    def findings(self) -> list[Diagnostic]:
        """What ``diptych.check.check`` would find, in the same order; the memory then holds it too."""
        shelf, project, memory = self.shelf, self._project, self._memory
        files = wanted_files(project)
        rubrics = load_rubrics(project.assignments, project.root)
        for file in files:
            self._look_at(file)
        settings = Corpus(
            (), Bibliography(), rubrics, project.settings.thresholds, is_whole=not self.unread,
            evidence_is_required=project.settings.evidence == REQUIRED, unread=tuple(self.unread),
        )  # fmt: skip
        whole = Whole(
            settings, self.extracts.values(), lambda: self.bibliography, shelf.suppressions, shelf.stamps,
            memory.recall_works if "bibliography" not in vars(self) else lambda: None,
        )  # fmt: skip
        analyses = {file.parent.name: self._checked(file, whole) for file in self.extracts}
        surveys = {rule.code: self._surveyed(rule, whole) for rule in survey_rules(self._rules)}
        found = [finding for one in analyses.values() for finding in one.outcome.findings]
        found += [finding for outcome in surveys.values() for finding in outcome.findings]
        memory.analyses, memory.surveys = analyses, surveys
        outcomes = [*surveys.values(), *(one.outcome for one in analyses.values())]
        stamps = {question: stamp for outcome in outcomes for question, stamp in outcome.asked.items()}
        alone = {question: stamp for question, stamp in stamps.items() if question.split()[0] in ABOUT_BIBLIOGRAPHY}
        memory.shelf = replace(shelf, stamps=alone)
        return conclude(found, whole, self._rules)

    def _look_at(self, file: Path) -> None:
        """Recall the analysis in ``file`` where nothing in its folder has changed, else read it."""
        known = self._memory.analyses.get(file.parent.name)
        if known is not None and known.folder == self._digest(file):
            self.extracts[file] = known.extract
            return
        try:
            document = self._read(file)
        except DataError as error:
            if error.problems[0].kind not in PASSED_OVER:
                raise
            self.unread += error.problems
            return
        self.documents[file] = document
        self.extracts[file] = extract_of(document)

    def _read(self, file: Path) -> Document:
        return read_analysis(file, self._project.root, self._project.settings.thresholds)

    def _digest(self, file: Path) -> str:
        return self._memory.cache.inputs.folders[file.parent.name]

    def _checked(self, file: Path, whole: Whole) -> Recollection:
        """What is found in one analysis: as remembered, unless it or what its rules had asked about has changed."""
        if file not in self.documents:
            known = self._memory.analyses[file.parent.name]
            if whole.is_still(known.outcome.asked):
                return known
            self.documents[file] = self._read(file)
        outcome = check_document(self.documents[file], whole, self._rules, is_kept=True)
        return Recollection(self._digest(file), self.extracts[file], outcome)

    def _surveyed(self, rule: Rule, whole: Whole) -> Outcome:
        known = self._memory.surveys.get(rule.code)
        return known if known and whole.is_still(known.asked) else check_survey(rule, whole, is_kept=True)
