"""The entries as pybtex has them. Of a bibliography that has changed, only what has changed is parsed again.

Parsing 6,000 entries takes pybtex longer than all else that Sphinx does when one of them has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pybtex.database import BibliographyData, Entry
from pybtex.database.input.bibtex import Parser
from pybtex.errors import capture
from pybtex.exceptions import PybtexError
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime, is_bibdata_outdated

from diptych.parse.bibliography import entry_texts
from diptych.sphinxext.catalogue import stamp_of

TEXTS = "diptych_texts"
"""Where the domain of the citations holds, for each entry by its key, the digest of its text and its stamp."""
Texts = Mapping[str, tuple[str, str]]


def read_entries(app: Sphinx) -> None:
    """Read the BibTeX files before sphinxcontrib-bibtex does, which then finds what it has up to date.

    Where a file holds more than entries that can each be read alone, nothing is done here, and it reads all of them.
    """
    data = app.env.get_domain("cite").data
    known, texts = data["bibdata"], data.get(TEXTS, {})
    files = [(Path(app.confdir) / file).resolve() for file in app.config.bibtex_bibfiles]
    encoding = app.config.bibtex_encoding
    if not is_bibdata_outdated(known, files, encoding):
        return
    data[TEXTS] = {}
    if (read := parse(files, encoding, known.data.entries, texts)) is not None:
        data["bibdata"], data[TEXTS] = read


def stamps(app: Sphinx) -> dict[str, str]:
    """The stamps of all entries that are known without looking at them, by key."""
    return {key: stamp for key, (_, stamp) in app.env.get_domain("cite").data.get(TEXTS, {}).items()}


def parse(
    files: Sequence[Path], encoding: str, known: Mapping[str, Entry], texts: Texts
) -> tuple[BibData, dict[str, tuple[str, str]]] | None:
    """What sphinxcontrib-bibtex would make of ``files``, and for each entry the digest of its text and its stamp.

    ``known`` are entries that were read before, ``texts`` what was said of them then. ``None`` where an entry
    may mean something else beside others than alone, or is wrong: then errors should name their lines.
    """
    by_text = {digest: (known[key], stamp) for key, (digest, stamp) in texts.items()}
    data, parser = BibliographyData(), Parser()
    bibfiles: dict[Path, BibFile] = {}
    said: dict[str, tuple[str, str]] = {}
    for file in files:
        time = get_mtime(file)
        try:
            found = entry_texts(file.read_text(encoding=encoding))
        except (OSError, ValueError):
            return None
        if found is None:
            return None
        keys: dict[str, None] = {}
        for text in found:
            digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
            entry, stamp = by_text.get(digest) or (_parsed(text, parser), "")
            if entry is None or entry.key in data.entries:
                return None
            data.add_entry(entry.key, entry)
            said[entry.key], keys[entry.key] = (digest, stamp or stamp_of(entry)), None
        bibfiles[file] = BibFile(time, keys)
    return BibData(encoding, bibfiles, data), said


def _parsed(text: str, parser: Parser) -> Entry | None:
    """The entry that ``text`` is, and nothing else."""
    parser.data = BibliographyData()
    try:
        with capture() as errors:
            entries = list(parser.parse_string(text).entries.values())
    except PybtexError:
        return None
    return entries[0] if len(entries) == 1 and not errors else None
