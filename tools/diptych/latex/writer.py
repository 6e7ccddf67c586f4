"""What all rules of the translator share: pages to write on, places to name, nodes to refuse."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex import LaTeXBuilder
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxTranslator

from diptych.latex.characters import missing_characters
from diptych.latex.page import Page


class UnsupportedError(SphinxError):
    """A document holds what no rule can set. The text names every such place."""

    category = "Not set in a paper"


class Writer(SphinxTranslator):
    """Walks a document with one rule for each class of node, and refuses classes that have none.

    Unlike docutils and Sphinx, it never falls back on the rule of a parent class: what a rule was not written
    for is refused, so nothing is set by approximation.
    """

    builder: LaTeXBuilder

    def __init__(self, document: nodes.document, builder: LaTeXBuilder) -> None:
        super().__init__(document, builder)
        self.docname: str = document["docname"]
        self.pages = [Page()]
        self.refusals: list[str] = []
        self.referenced = _referenced_ids(document)
        self.names = self._author_names()

    # ---- Pages

    @property
    def page(self) -> Page:
        """Where text goes now."""
        return self.pages[-1]

    def capture(self) -> None:
        """Write what follows on a page of its own."""
        self.pages.append(Page())

    def captured(self) -> str:
        """End ``capture`` and return what was written since."""
        return self.pages.pop().text()

    # ---- Walking

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Call the rule for exactly this class."""
        rule = getattr(self, f"visit_{type(node).__name__}", None)
        if rule is None:
            self.refuse(node, f"a paper has no way to set <{type(node).__name__}>")
            raise nodes.SkipNode
        rule(node)

    def dispatch_departure(self, node: nodes.Node) -> None:
        """Call the closing rule for exactly this class, if it has one."""
        rule = getattr(self, f"depart_{type(node).__name__}", None)
        if rule is not None:
            rule(node)

    def refuse(self, node: nodes.Node, reason: str, hint: str = "", down: int = 0) -> None:
        """Note that ``node`` cannot be set. The build stops when the whole document has been looked at.

        ``down`` is how many lines below the beginning of ``node`` the reason lies.
        """
        hint = f"\n    hint: {hint}" if hint else ""
        self.refusals.append(f"{self.place(node, down)}: {reason}{hint}")

    def check(self) -> None:
        """Raise ``UnsupportedError`` when anything was refused."""
        if self.refusals:
            raise UnsupportedError("\n".join(dict.fromkeys(self.refusals)))

    def refuse_missing(self, node: nodes.Node, text: str) -> None:
        """Refuse the characters of ``text``, which stands in ``node``, that no font has."""
        for char in missing_characters(text):
            line = text.count("\n", 0, max(text.find(char), 0))
            hint = "write it in mathematics, or spell it out in Latin letters"
            self.refuse(node, f"the fonts of a paper lack the character {char} (U+{ord(char):04X})", hint, line)

    def place(self, node: nodes.Node, down: int = 0) -> str:
        """``path:line`` of ``node`` or of the nearest node around it that knows its line, and ``down`` lines below."""
        path = self.builder.env.doc2path(self.docname, base=False)
        around: nodes.Node | None = node
        while around is not None and (not around.line or isinstance(around, nodes.Inline)):
            around = around.parent
        if around is None:
            return str(path)
        for before in around.findall():  # a paragraph keeps the line breaks of its source
            if before is node:
                break
            if isinstance(before, nodes.Text):
                down += before.count("\n")
        return f"{path}:{around.line + down}"

    # ---- Labels

    def label(self, node: nodes.Element) -> str:
        r"""``\label`` for the ids of ``node`` that something refers to; empty where nothing does."""
        return "".join(rf"\label{{{self.label_name(id)}}}" for id in node["ids"] if id in self.referenced)

    def label_name(self, id: str) -> str:
        """The author's own name for the target ``id`` where there is one that LaTeX can use."""
        return self.names.get(id, id)

    def _author_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for name, (docname, id, *_) in self.builder.env.domains.standard_domain.anonlabels.items():
            own = name.removeprefix(f"{docname}:")  # the site keeps the labels of each analysis apart
            if docname == self.docname and not set(own) & set(r"\{}%#~^$&, "):
                names.setdefault(id, own)
        return names


def target_of(node: nodes.Element) -> str:
    """The id that a reference within the paper points to; empty for one that leaves it."""
    uri = node.get("refuri", "")
    if uri.startswith(("%", "#")):  # how Sphinx's LaTeX builder writes places in its own document
        return uri.partition("#")[2]
    return node.get("refid", "")


def _referenced_ids(document: nodes.document) -> frozenset[str]:
    kinds = (nodes.reference, addnodes.number_reference)
    return frozenset(target_of(node) for node in document.findall() if isinstance(node, kinds))
