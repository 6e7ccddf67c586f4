"""One check from a project's files to a report: what to read, which findings to show."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from diptych.cache import read_quietly, source_reader
from diptych.check import check
from diptych.data.files import oversized
from diptych.diagnostics import Diagnostic
from diptych.errors import DiptychError
from diptych.model.corpus import Corpus
from diptych.model.evidence import FILE
from diptych.parse.corpus import read_corpus
from diptych.recheck import Recheck
from diptych.report.findings import Report
from diptych.rules.registry import Rule
from diptych.settings import REQUIRED, Project
from diptych.span import Source, display_path

if TYPE_CHECKING:  # mending is seldom asked for, so it is not read for every check
    from diptych.fix import Edit
    from diptych.memory import Memory

BIBLIOGRAPHY_SUFFIX = ".bib"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to have checked."""

    paths: tuple[Path, ...] = ()
    """Analyses and BibTeX files; everything where there is none."""
    since: str | None = None
    """A git revision: only what has changed since then. Everything where there is none."""
    unsaved: tuple[Path, str] | None = None
    """An analysis whose text is not that of its file: only this one."""


def inspect(project: Project, request: Request, rules: Sequence[Rule], memory: Memory | None = None) -> Report:
    """Check what ``request`` asks for with ``rules``.

    A ``memory`` may be given where that is everything: what is in it is not repeated, and it then holds this check.
    """
    if memory is not None:
        return _inspect_again(project, rules, memory)
    request = _of_analyses(request)
    corpus = _read(project, request, passes_over=True)
    shown = _shown(corpus, project, request)
    findings = [finding for finding in check(corpus, rules) if shown is None or finding.span.path in shown]
    return report_on(corpus, findings, rules, project, shown)


def _inspect_again(project: Project, rules: Sequence[Rule], memory: Memory) -> Report:
    """Check everything, of which much may be remembered; the memory then holds this check."""
    again = Recheck(project, memory, rules)
    findings = again.findings()
    shelf = again.shelf
    paths = [extract.path for extract in again.extracts.values()]
    documents = sorted({*paths, *(problem.span.path for problem in again.unread)})
    known = {document.source.path: document.source for document in again.documents.values()}
    known |= {problem.span.path: None for problem in again.unread}
    source = source_reader(project.root, known)
    return Report(findings, documents, list(shelf.files), shelf.entries, rules, source, project.settings.site_url)


def diff(project: Project, request: Request, codes: Container[str]) -> str:
    """What ``mend`` would change, as a unified diff; empty where there is nothing to mend."""
    from diptych.fix import render_diff

    return render_diff(*_planned(project, request, codes))


def mend(project: Project, request: Request, codes: Container[str]) -> list[str]:
    """Mend what needs no judgement, in the files that ``request`` asks for; returns the paths of those that changed.

    ``codes`` are those of the rules whose findings are mended; ``LAYOUT`` among them stands for the layout of BibTeX
    files.
    """
    from diptych.fix import apply_fixes

    return apply_fixes(*_planned(project, request, codes), project.root)


def _planned(project: Project, request: Request, codes: Container[str]) -> tuple[Corpus, list[Edit]]:
    from diptych.fix import plan_fixes

    request = _of_analyses(request)
    corpus = _read(project, request)
    shown = _shown(corpus, project, request)
    return corpus, [edit for edit in plan_fixes(corpus, codes) if shown is None or edit.span.path in shown]


def _of_analyses(request: Request) -> Request:
    """The same with analyses in the place of their lists of evidence, which are checked with them."""
    return replace(request, paths=tuple(path.parent if path.name == FILE else path for path in request.paths))


def report_on(
    corpus: Corpus,
    findings: Sequence[Diagnostic],
    rules: Sequence[Rule],
    project: Project,
    shown: set[str] | None = None,
) -> Report:
    """The report on ``corpus``, of which only the files ``shown`` were of interest; all of them for ``None``."""
    documents = sorted(_documents(corpus))
    files = list(corpus.bibliography.sources)
    entries = [entry.span.path for entry in corpus.bibliography.entries.values()]
    if shown is not None:
        documents, files, entries = ([path for path in paths if path in shown] for paths in (documents, files, entries))
    return Report(findings, documents, files, len(entries), rules, _reader(corpus, project), project.settings.site_url)


def _read(project: Project, request: Request, *, passes_over: bool = False) -> Corpus:
    if request.unsaved is not None:
        return _with_unsaved(project, *request.unsaved)
    for path in request.paths:
        if path.is_file() and path.suffix not in (".md", BIBLIOGRAPHY_SUFFIX):
            hint = f"name an analysis's folder, its index.md or a {BIBLIOGRAPHY_SUFFIX} file"
            raise DiptychError(f"{path}: neither an analysis nor a BibTeX file\n    hint: {hint}")
    if request.since is not None:
        return read_corpus(project, passes_over=passes_over)
    analyses = [path for path in request.paths if not _is_bibliography(path)]
    return read_corpus(project, analyses, passes_over=passes_over)


def _with_unsaved(project: Project, file: Path, text: str) -> Corpus:
    """A corpus of one analysis with ``text`` in the place of what its file holds."""
    from diptych.parse.corpus import read_project_bibliography
    from diptych.parse.evidence import with_evidence
    from diptych.parse.files import with_files
    from diptych.parse.markdown import read_document
    from diptych.rubric import load_rubrics

    file, thresholds = file.resolve(), project.settings.thresholds
    path = display_path(file, project.root)
    rubrics = load_rubrics(project.assignments, project.root)
    bibliography = read_project_bibliography(project)
    if problem := oversized(path, len(text.encode()), thresholds.document_kilobytes):
        return Corpus((), bibliography, rubrics, thresholds, is_whole=False, unread=(problem,))
    document = with_files(read_document(Source(path, text), file.parent.name), file.parent, project.root)
    document = with_evidence(document, file.parent, project.root, thresholds.evidence_kilobytes)
    required = project.settings.evidence == REQUIRED
    return Corpus((document,), bibliography, rubrics, thresholds, is_whole=False, evidence_is_required=required)


def _shown(corpus: Corpus, project: Project, request: Request) -> set[str] | None:
    """The paths of the files whose findings are asked for, or ``None`` for all."""
    if request.unsaved is not None:
        return _with_companions(_documents(corpus), corpus)
    if request.since is None and not any(map(_is_bibliography, request.paths)):
        return None
    shown = _documents(corpus) | set(corpus.bibliography.sources)
    if request.paths:
        shown = set().union(*(_named(path, corpus, project) for path in request.paths))
    if request.since is not None:
        from diptych.changes import affected_files

        shown &= affected_files(corpus, project, request.since)
    return _with_companions(shown, corpus)


def _documents(corpus: Corpus) -> set[str]:
    """The paths of all analyses, those among them that were not read."""
    read = {document.source.path for document in corpus.documents}
    return read | {problem.span.path for problem in corpus.unread}


def _with_companions(shown: set[str], corpus: Corpus) -> set[str]:
    """``shown`` and the files that belong to its analyses, in which findings can stand as well."""
    documents = [document for document in corpus.documents if document.source.path in shown]
    companions = {facts.path for document in documents for facts in document.files.values()}
    return shown | companions | {document.evidence.path for document in documents if document.evidence}


def _named(path: Path, corpus: Corpus, project: Project) -> set[str]:
    """The files of ``corpus`` that ``path`` names: itself, or those below it."""
    name = display_path(path, project.root)
    every = _documents(corpus) | set(corpus.bibliography.sources)
    named = {file for file in every if name in (".", file) or file.startswith(f"{name}/")}
    if not named:
        what = "not a part of the bibliography" if _is_bibliography(path) else "no analysis"
        raise DiptychError(f"{name}: {what}\n    hint: the bibliography is kept in {project.settings.bibliography}/")
    return named


def _is_bibliography(path: Path) -> bool:
    return path.suffix == BIBLIOGRAPHY_SUFFIX


def _reader(corpus: Corpus, project: Project) -> Callable[[str], Source | None]:
    """Finds the text of a file: as the check has read it, else as it stands on the disk."""
    known: dict[str, Source | None] = {document.source.path: document.source for document in corpus.documents}
    known |= {problem.span.path: None for problem in corpus.unread}

    def find(path: str) -> Source | None:
        if path not in known:
            known[path] = corpus.source(path) or read_quietly(project.root / path, project.root)
        return known[path]

    return find
