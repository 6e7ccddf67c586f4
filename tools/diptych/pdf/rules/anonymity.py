"""PDF: who wrote the paper, which a submission must not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Severity
from diptych.pdf.case import PdfCase
from diptych.pdf.printed import Line, box_around
from diptych.pdf.rules.registry import Mark, pdf_rule

_PLACEHOLDERS = re.compile(
    r"\b(?:anonym(?:ous|ized|ised)|authors?|affiliations?|address(?:es)?|e-?mails?|submission|paper|under|review|id"
    r"|number|for|double|blind|institution)\b|\(s\)|[\d#:,.*]+",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IDENTIFYING = re.compile(
    r"^mailto:|^https?://(?:www\.)?(?:orcid\.org/|linkedin\.com/in/|scholar\.google\.[a-z.]+/citations\?.*user="
    r"|[\w.-]+/~\w|docs\.google\.com/|drive\.google\.com/|(?:www\.)?overleaf\.com/project|(?:www\.)?dropbox\.com/)",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(r"anonym", re.IGNORECASE)


@pdf_rule("PDF050", "named-author")
def named_author(case: PdfCase) -> Iterator[Mark]:
    r"""A submission names its authors.

    Between title and abstract only stand-ins may stand, such as "Anonymous Author(s)", "Affiliation" and a number.
    Where the source is known, its authors' names are looked for on all pages before the references.

    ## Why
    Reviewers must not know whose paper they read.

    ## Fails
    ```sh
    diptych pdf check --mode submission paper.pdf
    ```

    ## Passes
    ```tex style
    anonymous
    ```
    """
    if case.mode != "submission":
        return
    for line in case.author_lines:
        if any(map(str.isalpha, _PLACEHOLDERS.sub("", line.text))):
            yield Mark(f'page 1 names an author: "{line.text}"', "use the style file without options", 1, line.box)
            break
    for name in case.expected.names:
        if line := next((line for line in _before_references(case) if _has(line.text, name)), None):
            yield Mark(f'page {line.page} has "{name}"', "a submission does not name its authors", line.page, line.box)


def _has(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _before_references(case: PdfCase) -> Iterator[Line]:
    end = case.references
    for line in case.printed.lines:
        if end is not None and (line.page, line.base) >= (end.page, end.box.top):
            return
        yield line


@pdf_rule("PDF051", "author-in-properties")
def author_in_properties(case: PdfCase) -> Iterator[Mark]:
    r"""The properties of a submission name its authors.

    Looked at are the properties of the file, its XMP data, and what the pictures in it say of themselves.

    ## Why
    Every reader of PDFs shows them.

    ## Fails
    ```tex preamble
    \hypersetup{pdfauthor={Ada Example}}
    ```
    ```tex style
    anonymous
    ```

    ## Passes
    ```tex preamble
    \hypersetup{pdfauthor={Anonymous}}
    ```
    ```tex style
    anonymous
    ```
    """
    if case.mode != "submission":
        return
    for where, name in case.printed.authors:
        if not _ANONYMOUS.search(name):
            hint = "leave out pdfauthor" if "picture" not in where else "make the picture without its author"
            yield Mark(f'an author is named in {where}: "{name}"', hint)


@pdf_rule("PDF052", "e-mail-address")
def e_mail_address(case: PdfCase) -> Iterator[Mark]:
    r"""A submission has an e-mail address before its references.

    ## Why
    It tells who wrote the paper, or where.

    ## Fails
    ```tex
    Ask \texttt{ada@example.org} for the data.
    ```
    ```tex style
    anonymous
    ```

    ## Passes
    ```tex
    The data come from example.org; we measure recall@k and precision@10.
    ```
    ```tex style
    anonymous
    ```
    """
    if case.mode != "submission":
        return
    for line in _before_references(case):
        match = _EMAIL.search(line.text)
        if match and not _ANONYMOUS.search(match[0]):
            yield Mark(f'"{match[0]}" is an e-mail address', "take it out of the submission", line.page, line.box)


@pdf_rule("PDF053", "identifying-link", Severity.WARNING)
def identifying_link(case: PdfCase) -> Iterator[Mark]:
    r"""A link in a submission leads to a person.

    Such are links to mail, ORCID, LinkedIn, Google Scholar, Dropbox, documents of Google and Overleaf, and pages with a
    tilde, wherever they stand. Links to code and project pages are not: a paper about papers names theirs.

    ## Why
    Who follows it learns who wrote the paper.

    ## Fails
    ```tex
    \href{https://orcid.org/0000-0002-1825-0097}{Here}.
    ```
    ```tex style
    anonymous
    ```

    ## Passes
    ```tex
    \href{https://github.com/example/project}{Here} and \href{https://arxiv.org/abs/2401.00001}{there}.
    ```
    ```tex style
    anonymous
    ```
    """
    if case.mode != "submission":
        return
    for page in case.printed.pages:
        for link in page.links:
            names = [name for name in case.expected.names if name.casefold() in link.target.casefold()]
            if not link.is_inner and (names or _IDENTIFYING.search(link.target)):
                yield Mark(f"a link leads to {link.target}", "take it out of the submission", page.number, link.box)


@pdf_rule("PDF054", "missing-author")
def missing_author(case: PdfCase) -> Iterator[Mark]:
    r"""A paper that is not anonymous does not name its authors.

    ## Why
    A paper that is published has authors.

    ## Fails
    ```tex style
    anonymous
    ```
    ```sh
    diptych pdf check --mode final paper.pdf
    ```

    ## Passes
    ```tex style
    final
    ```
    """
    if case.mode == "submission":
        return
    lines = [line for line in case.author_lines if _ANONYMOUS.search(line.text)]
    if lines:
        box = box_around([glyph for line in lines for glyph in line.glyphs])
        message = f'page 1 has "{lines[0].text}" where a {case.mode} paper names its authors'
        yield Mark(message, f"use the style file with the option {case.mode}", 1, box)
