"""BIB: what kind of work an entry describes, and whether it has the fields for it."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import Severity, did_you_mean
from diptych.model.bibliography import Entry
from diptych.model.bibtex import ENTRY_TYPES, FIELD_ORDER, PREPRINT_PLACES, REPLACED_FIELDS, REPLACED_TYPES
from diptych.model.views import Survey
from diptych.rules.registry import Finding, corpus_rule

_MOST_SUGGESTIONS = 20


@corpus_rule("BIB010", "unknown-entry-type")
def unknown_entry_type(corpus: Survey) -> Iterator[Finding]:
    """The type of an entry is one that the site's style cannot set.

    ## Why
    A reference list is made by type; an unknown one stops the build.

    ## Fails
    ```bib
    @conference{cy2019other, title = {Other}, author = {Cy, C.}, booktitle = {Letters}, year = {2019}}
    ```
    ```bib
    @artcle{cy2019other, title = {Other}, author = {Cy, C.}, journal = {Letters}, year = {2019}}
    ```

    ## Passes
    ```bib
    @InProceedings{cy2019other, title = {Other}, author = {Cy, C.}, booktitle = {Letters}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for entry in corpus.bibliography.whole_entries():
        if entry.type not in ENTRY_TYPES:
            replacement = REPLACED_TYPES.get(entry.type)
            near = f"write @{replacement}" if replacement else did_you_mean(entry.type, ENTRY_TYPES)
            hint = near or f"one of: {', '.join(ENTRY_TYPES)}"
            yield Finding(entry.type_span, f"there is no entry type @{entry.type}", hint)


@corpus_rule("BIB011", "unfit-entry-type")
def unfit_entry_type(corpus: Survey) -> Iterator[Finding]:
    """The type of an entry does not fit its fields.

    ## Why
    The style prints only the fields of the type: where a paper appeared is lost when it stands in a field of another.

    ## Fails
    ```bib
    @article{cy2019other, title = {Other}, author = {Cy, C.}, booktitle = {Letters}, year = {2019}}
    ```
    ```bib
    @inproceedings{cy2019other, title = {Other}, author = {Cy, C.}, journal = {Letters}, year = {2019}}
    ```
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, journal = {Letters}, year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, howpublished = {Letter}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for entry in corpus.bibliography.whole_entries():
        for name, better in _foreign_fields(entry).items():
            if _has_own_place(entry):
                message = f'the style does not print the field "{name}" of an @{entry.type}'
                hint = f"remove it, or make the entry an @{better}"
            else:
                message = f'an @{entry.type} has no field "{name}"'
                hint = f"make the entry an @{better}"
            yield Finding(entry.fields[name].name_span, message, hint)


@corpus_rule("BIB012", "missing-entry-field")
def missing_entry_field(corpus: Survey) -> Iterator[Finding]:
    """An entry lacks a field that its type needs.

    ## Why
    The full citation would have a hole, and some programs drop the entry.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}}
    ```
    ```bib
    @inproceedings{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}}
    ```

    ## Passes
    ```bib
    @book{cy2019other, title = {Other}, editor = {Cy, C.}, publisher = {Letters}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    parents = {key.casefold(): entry for key, entry in corpus.bibliography.entries.items()}
    for entry in corpus.bibliography.whole_entries():
        known = ENTRY_TYPES.get(entry.type)
        if known is None:
            continue
        present = set(entry.fields)
        if parent := parents.get(entry.get("crossref").casefold()):
            present |= set(parent.fields) | ({"booktitle"} if "title" in parent.fields else set())
        is_misplaced = bool(_foreign_fields(entry))
        for names in known.needs:
            if present.isdisjoint(names) and not (is_misplaced and names[0] in ("journal", "booktitle", "school")):
                message = f'@{entry.type} "{entry.key}" has no {" or ".join(names)}'
                yield Finding(entry.key_span, message, _missing_hint(entry, names[0]))


@corpus_rule("BIB013", "unknown-entry-field")
def unknown_entry_field(corpus: Survey) -> Iterator[Finding]:
    """A field of an entry is unknown.

    ## Why
    Programs ignore unknown fields without a word, so a slip of the pen hides the value.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}, editon = {2}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, preprinttitle = {Others}, author = {Cy, C.}, year = {2019},
      code = {https://example.org/code}, project = {https://example.org/other}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    known = frozenset(FIELD_ORDER)
    for entry in corpus.bibliography.whole_entries():
        for name, item in entry.fields.items():
            if name not in known and not name.startswith(("bdsk-", "date-", "mendeley-", "opt")):
                replacement = REPLACED_FIELDS.get(name)
                near = f'write "{replacement}"' if replacement else did_you_mean(name, FIELD_ORDER)
                yield Finding(item.name_span, f'there is no field "{name}"', near or 'put it into "note", or remove it')


@corpus_rule("BIB014", "empty-entry-field")
def empty_entry_field(corpus: Survey) -> Iterator[Finding]:
    """A field of an entry is empty.

    ## Why
    An empty field looks filled to some programs: they print its label and nothing behind it.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}, note = { }}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}, note = {-}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for entry in corpus.bibliography.whole_entries():
        for name, item in entry.fields.items():
            if not item.value.strip("{} "):
                yield Finding(item.value_span, f'the field "{name}" is empty', "fill it or remove it")


@corpus_rule("BIB015", "unknown-crossref")
def unknown_crossref(corpus: Survey) -> Iterator[Finding]:
    """An entry takes fields from an entry that does not exist.

    ## Why
    What `crossref` names fills the gaps of the entry, such as the title of the proceedings.

    ## Fails
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, year = {2019}, crossref = {letters2019}}
    ```

    ## Passes
    ```bib
    @inproceedings{cy2019other, title = {Other}, author = {Cy, C.}, crossref = {letters2019}}
    @proceedings{letters2019, title = {Letters}, year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort the {cite:p}`letters2019`.
    ```
    """
    folded = {key.casefold() for key in corpus.bibliography.entries}
    found = 0
    for _, item, wording in corpus.bibliography.wordings("crossref"):
        if item.value.casefold() not in folded:
            # Looking for near keys takes time for each entry, so thousands of findings get no suggestion.
            found += 1
            near = did_you_mean(item.value, corpus.bibliography.entries) if found <= _MOST_SUGGESTIONS else ""
            hint = near or "name the key of an entry"
            yield Finding(wording.span(*wording.body), f'no entry has the key "{item.value}"', hint)


@corpus_rule("BIB016", "preprint-as-article", Severity.WARNING)
def preprint_as_article(corpus: Survey) -> Iterator[Finding]:
    """A preprint server is named as the journal or the proceedings of a paper.

    ## Why
    A preprint has not appeared in a journal. An `@misc` with `eprint` and `archiveprefix` says so and gets a link.

    ## Fails
    ```bib
    @article{cy2019other, title = {Other}, author = {Cy, C.}, journal = {arXiv preprint arXiv:1901.00001},
      year = {2019}}
    ```

    ## Passes
    ```bib
    @misc{cy2019other, title = {Other}, author = {Cy, C.}, eprint = {1901.00001}, archiveprefix = {arXiv},
      year = {2019}}
    ```
    ```md
    Others {cite:p}`cy2019other` sort numbers.
    ```
    """
    for _, item, wording in corpus.bibliography.wordings("journal", "booktitle"):
        if item.value.strip("{}").lower().startswith(PREPRINT_PLACES):
            message = f'"{item.value}" is no {"journal" if item.name == "journal" else "volume of proceedings"}'
            hint = "make the entry an @misc with the fields eprint and archiveprefix, or cite what was published"
            yield Finding(wording.span(*wording.body), message, hint)


def _foreign_fields(entry: Entry) -> dict[str, str]:
    """Fields that say where a work appeared but belong to another type, with that type."""
    known = ENTRY_TYPES.get(entry.type)
    return {name: better for name, better in known.foreign.items() if name in entry.fields} if known else {}


def _has_own_place(entry: Entry) -> bool:
    """Whether the field that says where works of this type appear is there."""
    places = {name for names in ENTRY_TYPES[entry.type].needs for name in names} & {"journal", "booktitle", "school"}
    return not places.isdisjoint(entry.fields)


def _missing_hint(entry: Entry, name: str) -> str:
    for written, meant in REPLACED_FIELDS.items():
        if meant == name and written in entry.fields:
            return f'rename the field "{written}"'
    near = [known for known in entry.fields if known not in FIELD_ORDER and did_you_mean(known, (name,))]
    return f'rename the field "{near[0]}"' if near else f"add {name} = {{...}}"
