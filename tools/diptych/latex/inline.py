"""Rules for what stands inside a line: text, emphasis, code, citations, references, links."""

from __future__ import annotations

import re
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes

from diptych.latex.characters import escape_address, escape_code, escape_text
from diptych.latex.citations import write_citation
from diptych.latex.nodes import natbib_citation
from diptych.latex.page import clean
from diptych.latex.writer import Writer, target_of

_COMMENT = re.compile(r"\s*(<!--.*?-->\s*)*", re.DOTALL)


class InlineRules(Writer):
    """Everything that may stand in a paragraph, except mathematics and footnotes."""

    own_addresses: tuple[str, ...] = ()
    """What an address of an anonymous paper must not hold: the site it comes from, its authors' e-mail and ORCID."""

    after_marker = False
    """Whether nothing but an answer marker stands between what was written and what comes next."""

    def visit_Text(self, node: nodes.Text) -> None:
        """Text, with the line breaks of the source."""
        self.refuse_missing(node, node.astext())
        text = escape_text(clean(node.astext()))
        if self.after_marker and self.page.is_at_space():
            text = text.lstrip()
        if text:
            self.after_marker = False
        self.page.write(text)

    def visit_answer_marker(self, node: nodes.Element) -> None:
        """Where an answer begins: nothing, and no double space either."""
        self.after_marker = True

    def visit_emphasis(self, node: nodes.Element) -> None:
        self.page.write(r"\emph{")

    def visit_strong(self, node: nodes.Element) -> None:
        self.page.write(r"\textbf{")

    def visit_title_reference(self, node: nodes.Element) -> None:
        self.page.write(r"\emph{")

    def visit_superscript(self, node: nodes.Element) -> None:
        self.page.write(r"\textsuperscript{")

    def visit_subscript(self, node: nodes.Element) -> None:
        self.page.write(r"\textsubscript{")

    def _close(self, node: nodes.Element) -> None:
        self.page.write("}")

    depart_emphasis = depart_strong = depart_title_reference = depart_superscript = depart_subscript = _close

    def visit_inline(self, node: nodes.Element) -> None:
        """A wrapper without a look of its own."""

    def visit_literal(self, node: nodes.Element) -> None:
        """Code in a line. Long words of code may break after the marks that join their parts."""
        self.refuse_missing(node, node.astext())
        code = re.sub(r"(?<=\w)(\\_|[./:=-])(?=\w)", r"\1\\allowbreak{}", escape_code(clean(node.astext())))
        self.page.write(rf"\texttt{{{code}}}")
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.Element) -> None:
        """MyST writes a hard line break as raw text, once for each format; no other raw text passes."""
        text, form = node.astext(), node.get("format", "")
        if form == "latex" and text.strip() == "\\\\":
            self.page.write("\\\\\n")
        elif form == "html" and not (text.strip() in ("<br />", "<br>") or _COMMENT.fullmatch(text)):
            self.refuse(node, "HTML cannot be set in a paper", "write it in Markdown")
        elif form not in ("html", "latex") or (form == "latex" and text.strip() != "\\\\"):
            self.refuse(node, f"raw {form or 'text'} is not allowed in a paper", "write it in Markdown")
        raise nodes.SkipNode

    def visit_comment(self, node: nodes.Element) -> None:
        raise nodes.SkipNode

    def visit_index(self, node: nodes.Element) -> None:
        raise nodes.SkipNode

    # ---- Citations and references

    def visit_natbib_citation(self, node: natbib_citation) -> None:
        self.cited += [key for key in node["keys"] if key not in self.cited]
        self.after_marker = False
        self.refuse_missing(node, "".join([*node["before"], *node["after"]]))
        self.page.write(write_citation(node))

    def visit_number_reference(self, node: addnodes.number_reference) -> None:
        r"""``{numref}``: the words that the author chose and the number, as in ``Figure~\ref{fig:loss}``."""
        words = re.sub(r"%s|\{number\}", "\0", node.get("title", "%s"))
        before, found, after = words.partition("\0")
        if not found or "{name}" in words:
            self.refuse(node, "a numbered reference must have one place for the number", "write %s or {number}")
        before = escape_text(before)
        before = f"{before.rstrip()}~" if before.strip() and before[-1:].isspace() else before
        self.page.write(rf"{before}\ref{{{self.label_name(target_of(node))}}}{escape_text(after)}")
        self.after_marker = False
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.reference) -> None:
        """A link, to a place in the paper or on the web."""
        self.after_marker = False
        address, inner = node.get("refuri", ""), target_of(node)
        if not inner and self.identifies_author(address):
            # The words of the link remain; an address that names the author does not.
            if self.identifies_author(node.astext()):
                self.page.write("[withheld]")
            else:
                for child in node.children:
                    child.walkabout(self)
            raise nodes.SkipNode
        if inner:
            self.page.write(rf"\hyperref[{self.label_name(inner)}]{{")
        elif address and _shown(node.astext()) == _shown(address):
            shown = address.removeprefix("mailto:")
            if shown == address:
                self.page.write(rf"\url{{{escape_address(address)}}}")
            else:
                self.page.write(rf"\href{{{escape_address(address)}}}{{\nolinkurl{{{escape_address(shown)}}}}}")
            raise nodes.SkipNode
        elif address.startswith(("https://", "http://", "mailto:")):
            self.page.write(rf"\href{{{escape_address(address)}}}{{")
        else:
            self.refuse(node, f'the link "{address or node.astext()}" leads nowhere in a paper')
            raise nodes.SkipNode

    def identifies_author(self, address: str) -> bool:
        """Whether a link to ``address`` would tell the readers of an anonymous paper whose it is."""
        return any(own in unquote(address).lower() for own in self.own_addresses)

    def depart_reference(self, node: nodes.reference) -> None:
        self.page.write("}")

    def visit_download_reference(self, node: nodes.Element) -> None:
        """A file to download has no place in a paper: its text remains."""

    def visit_target(self, node: nodes.target) -> None:
        """A place of its own to refer to; what follows with a label of its own needs none."""
        ids = [id for id in [*node["ids"], node.get("refid")] if id in self.referenced]
        following = node.next_node(descend=False, siblings=True, ascend=True)
        if ids and not set(ids) & set(following["ids"] if isinstance(following, nodes.Element) else ()):
            self.page.write(r"\phantomsection" + "".join(rf"\label{{{self.label_name(id)}}}" for id in ids))


def _shown(address: str) -> str:
    return unquote(address).removeprefix("mailto:")
