"""Documents in Sphinx's stored environment, each unpacked only when somebody asks for it.

A document is thousands of small objects. Unpickling those of every analysis was two thirds of the time that a build
with nothing to do took.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, MutableMapping

from diptych.model.document import Document


class Shelf(MutableMapping[str, Document]):
    """Documents by the name of their page. It is pickled as bytes, one string for each document."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self._packed: dict[str, bytes] = {}

    def __getitem__(self, docname: str) -> Document:
        if docname not in self._open:
            self._open[docname] = pickle.loads(self._packed[docname])
        return self._open[docname]

    def __setitem__(self, docname: str, document: Document) -> None:
        self._open[docname] = document
        self._packed.pop(docname, None)

    def __delitem__(self, docname: str) -> None:
        if docname not in self:
            raise KeyError(docname)
        self._open.pop(docname, None)
        self._packed.pop(docname, None)

    def __contains__(self, docname: object) -> bool:
        return docname in self._open or docname in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._packed, *self._open]))

    def __len__(self) -> int:
        return len(self._packed.keys() | self._open.keys())

    def __getstate__(self) -> dict[str, bytes]:
        for docname, document in self._open.items():
            if docname not in self._packed:
                self._packed[docname] = pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
        return self._packed

    def __setstate__(self, packed: dict[str, bytes]) -> None:
        self._open, self._packed = {}, packed

    def take(self, docname: str, other: Shelf) -> None:
        """Take over a document from another shelf as it lies there, packed or not."""
        if docname in other._packed:
            self._open.pop(docname, None)
            self._packed[docname] = other._packed[docname]
        else:
            self[docname] = other[docname]
