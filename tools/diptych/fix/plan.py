"""Which edits a corpus needs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from diptych.errors import DiptychError
from diptych.fix.edits import LAYOUT, Edit, apply_edits
from diptych.fix.layout import between_entries, lay_out
from diptych.fix.proof import proved
from diptych.model.bibliography import Bibliography, Entry, Wording
from diptych.model.bibtex import ENTRY_TYPES
from diptych.model.corpus import Corpus
from diptych.model.document import Document
from diptych.model.identifiers import arxiv_id, bare_arxiv_id, bare_doi, is_doi, page_ranges
from diptych.model.tex import is_shouting, to_protect
from diptych.parse.bibliography import read_file
from diptych.span import Source, Span


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which edits are wanted: those of the chosen codes, except where a comment allows what they would mend."""

    codes: Container[str]
    allowed: Mapping[tuple[str, str], list[Span]]
    """What such comments cover, by path and code."""

    def of(self, edits: Iterable[Edit]) -> list[Edit]:
        """The wanted ones among ``edits``."""
        return [edit for edit in edits if edit.code in self.codes and not self._is_allowed(edit)]

    def _is_allowed(self, edit: Edit) -> bool:
        covered = self.allowed.get((edit.span.path, edit.code), ())
        return any(span.start <= edit.span.start < span.end for span in covered)


def _allowed(corpus: Corpus) -> dict[tuple[str, str], list[Span]]:
    found: dict[tuple[str, str], list[Span]] = {}
    for comments in (corpus.bibliography.suppressions, *(document.suppressions for document in corpus.documents)):
        for comment in comments:
            found.setdefault((comment.covers.path, comment.code), []).append(comment.covers)
    return found


class _Everything:
    def __contains__(self, code: object) -> bool:
        return True


def plan_fixes(corpus: Corpus, codes: Container[str] | None = None) -> list[Edit]:
    """The edits for everything that can be mended without judgement, sorted by file and place.

    Where ``codes`` are given, only findings of those rules are mended; ``LAYOUT`` among them stands for order and
    layout of the fields in BibTeX files.
    """
    wanted = _Wanted(_Everything() if codes is None else codes, _allowed(corpus))
    edits: list[Edit] = []
    for document in corpus.documents:
        edits += wanted.of(_key_edits(document, corpus.bibliography))
    for source in corpus.bibliography.sources.values():
        edits += _harmless_edits(source, corpus, wanted)
    return sorted(edits, key=lambda edit: (edit.span.path, edit.span.start, edit.span.end))


def _key_edits(document: Document, bibliography: Bibliography) -> Iterator[Edit]:
    """Citations whose key differs only by case from that of exactly one entry."""
    spellings: dict[str, set[str]] = {}
    for key in bibliography.entries:
        spellings.setdefault(key.lower(), set()).add(key)
    places = [("CIT001", cited.key, cited.span) for citation in document.citations for cited in citation.keys]
    front = document.header.front
    for index, key in enumerate(front.papers if front else ()):
        places.append(("CIT002", key, _bare_span(document, key, document.header.place(f"papers[{index}]"))))
    for code, key, span in dict.fromkeys(places):
        meant = spellings.get(key.lower(), set())
        if key not in meant and len(meant) == 1 and document.source.cut(span) == key:
            yield Edit(span, next(iter(meant)), code)


def _bare_span(document: Document, key: str, span: Span) -> Span:
    """The key itself where it stands in quotes."""
    at = document.source.cut(span).find(key)
    return document.source.span(span.start + at, span.start + at + len(key)) if at >= 0 else span


def _harmless_edits(source: Source, corpus: Corpus, wanted: _Wanted) -> list[Edit]:
    """The edits of one BibTeX file: without layout where that would change how the file is read.

    Text that is broken or odd enough may be read differently once it is laid out. Such a file is left as it is: it
    must not keep the others from being mended.
    """
    for can_lay_out in (LAYOUT in wanted.codes, False):
        edits = list(_file_edits(source, corpus, wanted, can_lay_out))
        try:
            proved(source, edits)
        except DiptychError:
            continue
        return edits
    return []


def _file_edits(source: Source, corpus: Corpus, wanted: _Wanted, can_lay_out: bool) -> Iterator[Edit]:
    entries, problems = read_file(source)
    repeated = [problem.span.start for problem in problems if problem.kind == "duplicate-field"]
    own = Bibliography({source.path: source})
    laid_out = []
    for entry in entries:
        values = wanted.of(_value_edits(entry, own, corpus))
        is_sound = entry.is_whole and bool(entry.key) and bool(entry.type)
        if not is_sound or any(entry.span.start <= at < entry.span.end for at in repeated):
            yield from values if is_sound else ()
            continue
        laid_out.append(entry)
        before = source.cut(entry.span)
        mended = apply_edits(before, values, entry.span.start)
        after = lay_out(mended) if can_lay_out else mended
        if after == mended:
            yield from values
        else:
            yield Edit(entry.span, after, LAYOUT, tuple(sorted({edit.code for edit in values})))
    if can_lay_out and len(laid_out) == len(entries) and not any(p.kind == "bibtex-syntax" for p in problems):
        yield from between_entries(source, [entry.span for entry in entries])


def _value_edits(entry: Entry, own: Bibliography, corpus: Corpus) -> Iterator[Edit]:
    """What can be mended within the values of one entry, where they are written out in one piece."""
    makers = {"doi": _doi_edits, "eprint": _eprint_edits, "pages": _page_edits}
    for name, make in makers.items():
        if (item := entry.fields.get(name)) is not None and item.text_span is not None:
            yield from make(own.wording(item), entry)
    known, title = ENTRY_TYPES.get(entry.type), entry.fields.get("title")
    if known is None or not known.is_lowered or title is None or title.text_span is None:
        return
    if not is_shouting(title.value, corpus.thresholds.shouting_letters):
        wording = own.wording(title)
        for start, end in to_protect(wording.text):
            yield Edit(wording.span(start, end), f"{{{wording.text[start:end]}}}", "BIB040")


def _doi_edits(wording: Wording, entry: Entry) -> Iterator[Edit]:
    start, end = wording.body
    text = wording.text[start:end]
    bare = bare_doi(text)
    if bare != text and is_doi(bare):
        yield Edit(wording.span(start, end), bare, "BIB030")


def _eprint_edits(wording: Wording, entry: Entry) -> Iterator[Edit]:
    start, end = wording.body
    text = wording.text[start:end]
    bare = bare_arxiv_id(text)
    if arxiv_id(bare) is None:
        return
    if bare != text:
        yield Edit(wording.span(start, end), bare, "BIB031")
    if "archiveprefix" not in entry.fields and "eprinttype" not in entry.fields:
        behind = wording.source.span(wording.whole.end, wording.whole.end)
        yield Edit(behind, ",\n  archiveprefix = {arXiv}", "BIB031")


def _page_edits(wording: Wording, entry: Entry) -> Iterator[Edit]:
    for _, _, dash, _, _ in page_ranges(wording.text):
        if wording.text[dash.start : dash.end] != "--":
            yield Edit(wording.span(dash.start, dash.end), "--", "BIB035")
