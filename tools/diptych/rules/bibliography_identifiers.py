"""BIB: identifiers and addresses in the fields of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from diptych.model.bibtex import ADDRESSES
from diptych.model.identifiers import (
    arxiv_id,
    arxiv_id_of_doi,
    bare_arxiv_id,
    bare_doi,
    is_doi,
    is_isbn,
    is_issn,
    is_orcid,
)
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/\s?#]+\S*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"https?://(?:[^/?#@\s]*@)?(?:[\w-]+(?:\.[\w-]+)+|localhost)(?::\d+)?(?:[/?#]|\Z)", re.IGNORECASE)
_ORCID_PREFIX = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)
_ARXIV_ADDRESS = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/", re.IGNORECASE)


@corpus_rule("BIB030", "malformed-doi")
def malformed_doi(corpus: Survey) -> Iterator[Finding]:
    """A DOI has a prefix or not the shape of a DOI.

    ## Why
    Links are made from the bare DOI, so `https://doi.org/` before it leads nowhere. A DOI reads `10.`, a number, a
    slash and a suffix.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, doi = {https://doi.org/10.1234/a1}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, doi = {10.1234}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, doi = {10.48550/arXiv.1901.00001}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, _, wording in corpus.bibliography.wordings("doi"):
        start, end = wording.body
        text = wording.text[start:end]
        bare = bare_doi(text)
        if bare != text and is_doi(bare):
            prefix = text[: len(text) - len(bare)]
            yield Finding(wording.span(start, start + len(prefix)), f'a DOI has no prefix "{prefix}"', f"write {bare}")
        elif not is_doi(text):
            yield Finding(wording.span(start, end), f'"{text}" is no DOI', "a DOI reads like 10.1234/suffix")


@corpus_rule("BIB031", "malformed-eprint")
def malformed_eprint(corpus: Survey) -> Iterator[Finding]:
    """An arXiv id is malformed, or an `eprint` does not say which archive it belongs to.

    ## Why
    The link to the preprint is made from the bare id and `archiveprefix = {arXiv}`. Ids read `2311.10709`, before
    2007 `hep-th/9901001`; a version such as `v2` may follow.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {arXiv:1901.00001}, archiveprefix = {arXiv},
      year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1913.00001}, archiveprefix = {arXiv},
      year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001v2}, archiveprefix = {arXiv},
      year = {2019}}
    @misc{cy1999old, title = {Old}, author = {Cy, C.}, eprint = {math.GT/9901001}, archiveprefix = {arXiv},
      year = {1999}}
    ```
    ```md
    Others {cite:p}`cy2019other,cy1999old` sort numbers.
    ```
    """
    for entry, _, wording in corpus.bibliography.wordings("eprint"):
        start, end = wording.body
        text = wording.text[start:end]
        archive = entry.get("archiveprefix") or entry.get("eprinttype")
        bare = bare_arxiv_id(text)
        known = arxiv_id(bare)
        if known and bare != text:
            at = start + text.find(bare)
            span = wording.span(start, at) if at > start else wording.span(at + len(bare), end)
            yield Finding(span, f'"{text}" is more than an arXiv id', f"write {bare}")
        elif not known and (archive.lower() == "arxiv" or (not archive and text[:1].isdigit())):
            hint = "an id reads 2311.10709, or before 2007 hep-th/9901001"
            yield Finding(wording.span(start, end), f'"{text}" is no arXiv id', hint)
        if not archive:
            message = f'nothing says which archive has the preprint "{text}"'
            yield Finding(wording.span(start, end), message, "add archiveprefix = {arXiv}")


@corpus_rule("BIB032", "contradicting-identifiers")
def contradicting_identifiers(corpus: Survey) -> Iterator[Finding]:
    """The fields of an entry name different preprints on arXiv.

    ## Why
    One of the links leads to another paper. Looked at are `eprint`, a DOI of arXiv, and an address there.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, archiveprefix = {arXiv},
      doi = {10.48550/arXiv.1901.00010}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, archiveprefix = {arXiv},
      url = {https://arxiv.org/abs/1901.00001v3}, doi = {10.48550/arXiv.1901.00001}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for entry, item, wording in corpus.bibliography.wordings("doi", "url"):
        own = arxiv_id(bare_arxiv_id(entry.get("eprint")))
        if own is None:
            continue
        if item.name == "doi":
            other = arxiv_id_of_doi(item.value)
        else:
            known = arxiv_id(bare_arxiv_id(item.value)) if _ARXIV_ADDRESS.match(item.value) else None
            other = known.id if known else ""
        if other and other != own.id:
            message = f'the {item.name} names the preprint {other}, the field "eprint" names {own.id}'
            yield Finding(wording.span(*wording.body), message, "look up which of the two is this paper")


@corpus_rule("BIB036", "malformed-url")
def malformed_url(corpus: Survey) -> Iterator[Finding]:
    """An address cannot be opened: it has no `https://`, holds a space, or names no host.

    ## Why
    Links of the reference list are made from the fields `url`, `code` and `project`.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, url = {www.example.org/other}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, code = {https://example.org/a b}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, url = {ftp://example.org}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, url = {https://example.org/a\\_b?c=1&d=%20#e}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, item, wording in corpus.bibliography.wordings(*ADDRESSES):
        start, end = wording.body
        text = wording.text[start:end]
        span = wording.span(start, end)
        space = re.search(r"\s+", text)
        scheme = _SCHEME.match(text)
        if text.startswith("\\url{"):
            yield Finding(span, f'the field "{item.name}" holds a TeX command', "write the address alone")
        elif space:
            place = wording.span(start + space.start(), start + space.end())
            yield Finding(place, f'a space stands in the address "{text}"', "remove it, or write %20")
        elif not scheme or (not _ADDRESS.match(text) and "." in scheme[1]):
            yield Finding(span, f'the address "{text}" does not begin with https://', f"write https://{text}")
        elif scheme[1].lower() not in ("http", "https"):
            place = wording.span(start, start + len(scheme[1]))
            yield Finding(place, f"addresses begin with https, not with {scheme[1]}", "give a page of the web")
        elif not _HOST.match(text):
            yield Finding(span, f'the address "{text}" names no host', "it should read like https://example.org/...")


@corpus_rule("BIB037", "malformed-entry-orcid")
def malformed_entry_orcid(corpus: Survey) -> Iterator[Finding]:
    """An ORCID iD in an entry has a slip in it.

    ## Why
    The last character checks the others, so a wrong digit shows.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, orcid = {0000-0002-1825-0096}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, orcid = {0000-0002-1825-0097}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from _wrong(corpus, "orcid", lambda text: is_orcid(_ORCID_PREFIX.sub("", text)), "an ORCID iD")


@corpus_rule("BIB038", "malformed-isbn")
def malformed_isbn(corpus: Survey) -> Iterator[Finding]:
    """An ISBN has a slip in it.

    ## Why
    The last digit checks the others, so a wrong digit shows.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, isbn = {978-3-16-148410-1}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, isbn = {978-3-16-148410-0, 0-306-40615-2}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from _wrong(corpus, "isbn", is_isbn, "an ISBN")


@corpus_rule("BIB039", "malformed-issn")
def malformed_issn(corpus: Survey) -> Iterator[Finding]:
    """An ISSN has a slip in it.

    ## Why
    The last character checks the others, so a wrong digit shows.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, issn = {0378-5954}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, issn = {0378-5955, 2434-561X}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    yield from _wrong(corpus, "issn", is_issn, "an ISSN")


def _wrong(corpus: Survey, name: str, is_right: Callable[[str], bool], what: str) -> Iterator[Finding]:
    """Those numbers of a list that are not what they should be."""
    for _, _, wording in corpus.bibliography.wordings(name):
        for number in re.finditer(r"[^\s,;()](?:[^,;()]*[^\s,;()])?", wording.text):
            if any(character.isdigit() for character in number[0]) and not is_right(number[0]):
                hint = "compare it with the source: its shape or its check digit is wrong"
                yield Finding(wording.span(*number.span()), f'"{number[0]}" is not {what}', hint)
