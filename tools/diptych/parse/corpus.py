"""From a project's folders, or some of its files, to one corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diptych.data.files import read_source
from diptych.diagnostics import Problem
from diptych.errors import DataError, DiptychError
from diptych.model.bibliography import Bibliography
from diptych.model.corpus import Corpus
from diptych.model.document import Document
from diptych.parse.bibliography import read_bibliography
from diptych.parse.evidence import with_evidence
from diptych.parse.files import with_files
from diptych.parse.markdown import read_document
from diptych.rubric import load_rubrics
from diptych.settings import REQUIRED, Project
from diptych.span import display_path
from diptych.thresholds import Thresholds

INDEX = "index.md"
"""The file of an analysis within its folder."""


PASSED_OVER = frozenset({"oversized", "not-utf-8"})
"""Faults of one analysis that a check reports beside what it finds in the others."""


def read_corpus(project: Project, paths: Sequence[Path] = (), *, passes_over: bool = False) -> Corpus:
    """The analyses below ``paths``, or all of the project, with its bibliography and assignments.

    Raises ``DiptychError`` when there is none, or a file cannot be read, and ``DataError`` for a wrong assignment.
    Where it ``passes_over`` analyses that are too large or no UTF-8, the corpus says which.
    """
    every = analysis_files(project.analyses) if paths else wanted_files(project)
    # resolved: one analysis may be named in two ways, and its slug is the name of its folder even from within
    files = sorted({file.resolve() for path in paths for file in _chosen(path, project)}) if paths else every
    rubrics = load_rubrics(project.assignments, project.root)
    thresholds = project.settings.thresholds
    documents: list[Document] = []
    unread: list[Problem] = []
    for file in files:
        try:
            documents.append(read_analysis(file, project.root, thresholds))
        except DataError as error:
            if not (passes_over and error.problems[0].kind in PASSED_OVER):
                raise
            unread += error.problems
    is_whole = not unread and {file.resolve() for file in every} <= {file.resolve() for file in files}
    bibliography = read_project_bibliography(project)
    required = project.settings.evidence == REQUIRED
    return Corpus(tuple(documents), bibliography, rubrics, thresholds, is_whole, required, tuple(unread))


def read_analysis(file: Path, root: Path, limits: Thresholds | None = None) -> Document:
    """The analysis in ``file``, no larger than ``limits`` allow, with its evidence and the facts of its figures."""
    source = read_source(file, root, limits.document_kilobytes if limits else None)
    document = with_files(read_document(source, file.parent.name), file.parent, root)
    return with_evidence(document, file.parent, root, limits.evidence_kilobytes if limits else None)


def read_project_bibliography(project: Project) -> Bibliography:
    """All BibTeX files of the project as one bibliography."""
    most = project.settings.thresholds.bibliography_kilobytes
    return read_bibliography(read_source(file, project.root, most) for file in project.bibliography_files())


def wanted_files(project: Project) -> list[Path]:
    """All analyses of the project. Raises ``DiptychError`` when there is none."""
    files = analysis_files(project.analyses)
    if not files:
        place = display_path(project.analyses, project.root)
        raise DiptychError(f"{place}: no analysis found\n    hint: write one in {place}/<slug>/{INDEX}")
    return files


def analysis_files(folder: Path) -> list[Path]:
    """The analyses in ``folder``: one folder each, sorted."""
    return sorted(folder.glob(f"*/{INDEX}"))


def _chosen(path: Path, project: Project) -> list[Path]:
    if path.is_file():
        return [path]
    if (path / INDEX).is_file():
        return [path / INDEX]
    if path.is_dir() and (found := analysis_files(path)):
        return found
    if path.is_dir() and project.analyses.is_relative_to(path.resolve()):
        return analysis_files(project.analyses)
    what = "holds no analysis" if path.is_dir() else "does not exist"
    raise DiptychError(f"{path}: {what}\n    hint: name an analysis's folder or its {INDEX}")
