"""Rules for sections, paragraphs, lists, quotes, remarks and code."""

from __future__ import annotations

from docutils import nodes
from sphinx.builders.latex.nodes import captioned_literal_block, footnotemark, footnotetext, math_reference

from diptych.latex.characters import escape_code, escape_plain
from diptych.latex.nodes import acknowledgments, appendix
from diptych.latex.page import clean, flatten, trim
from diptych.latex.writer import Writer

SECTIONS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
"""What headings become, from the second level of a page down; its first level is the title."""

_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")
_NUMERALS = {"loweralpha": "alph", "upperalpha": "Alph", "lowerroman": "roman", "upperroman": "Roman"}
_UNSPOKEN = (nodes.footnote, footnotemark, math_reference)


def _is_spoken(text: nodes.Text) -> bool:
    """Whether ``text`` can stand in a bookmark; of mathematics, what needs no command can."""
    if isinstance(text.parent, nodes.math):
        return set(r"\{}^_&").isdisjoint(text.astext())
    return not isinstance(text.parent, _UNSPOKEN)


class BlockRules(Writer):
    """Everything between the title and the references, except floats and footnotes."""

    # ---- Document and sections

    def visit_document(self, node: nodes.document) -> None:
        self.title = ""
        self.depth = -1

    def depart_document(self, node: nodes.document) -> None:
        self.check()

    def visit_section(self, node: nodes.section) -> None:
        self.depth += 1

    def depart_section(self, node: nodes.section) -> None:
        self.depth -= 1

    def visit_title(self, node: nodes.title) -> None:
        """The paper's title, a heading, or the heading of a remark; a table's caption has its own rule."""
        self.page.mark(node.line)
        self.capture()

    def depart_title(self, node: nodes.title) -> None:
        text = flatten(self.captured())
        parent = node.parent
        if isinstance(parent, nodes.table):
            self.set_table_caption(text)
        elif not isinstance(parent, nodes.section):
            self.page.write(rf"\textbf{{{text}.}} ")
        elif self.depth == 0:
            self.title = text
        else:
            self._write_heading(node, text)

    def _write_heading(self, node: nodes.title, text: str) -> None:
        section = node.parent
        command = SECTIONS[min(self.depth, len(SECTIONS)) - 1]
        star = "*" if {"selected-papers", "unnumbered"} & set(section["classes"]) else ""
        if "$" in text or not all(isinstance(child, nodes.Text) for child in node):
            # For the bookmarks, which are plain text: what cannot be said in them is left out.
            plain = "".join(t.astext() for t in node.findall(nodes.Text) if _is_spoken(t))
            text = rf"\texorpdfstring{{{text}}}{{{escape_plain(plain)}}}"
        self.page.skip_line()
        self.page.mark(node.line)
        self.page.write(f"\\{command}{star}{{{text}}}{self.label(section)}\n")

    def visit_abstract(self, node: nodes.Element) -> None:
        self._begin("abstract", node)

    def depart_abstract(self, node: nodes.Element) -> None:
        self._end("abstract")

    def visit_acknowledgments(self, node: acknowledgments) -> None:
        """Left out of an anonymous paper altogether: a style can only hide them from the page."""
        if self.is_anonymous:
            raise nodes.SkipNode
        self._begin("ack", node)

    def depart_acknowledgments(self, node: acknowledgments) -> None:
        self._end("ack")

    def visit_appendix(self, node: appendix) -> None:
        self.page.skip_line()
        self.page.write("\\appendix\n")

    # ---- Paragraphs

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        if self._goes_on(node):
            self.page.end_line()
        elif not self._opens(node):
            self.page.skip_line()
        self.page.mark(node.line)

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        self.page.end_line()

    def _opens(self, node: nodes.paragraph) -> bool:
        """Whether ``node`` continues the line of what holds it, as after ``\\item``."""
        parent = node.parent
        first = 1 if isinstance(parent, (nodes.footnote, footnotetext, nodes.admonition)) else 0
        holders = (nodes.list_item, nodes.definition, nodes.entry, nodes.footnote, footnotetext, nodes.Admonition)
        return isinstance(parent, holders) and parent.index(node) == first

    def _goes_on(self, node: nodes.paragraph) -> bool:
        """Whether ``node`` belongs to one paragraph with the formula before it."""
        index = node.parent.index(node)
        before = node.parent[index - 1] if index else None
        if isinstance(before, (nodes.block_quote, nodes.bullet_list, nodes.enumerated_list)):
            return False
        return isinstance(before, nodes.math_block) and node.astext().lstrip()[:1].islower()

    # ---- Lists

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        if not self.tables:
            self._begin("itemize", node)

    def depart_bullet_list(self, node: nodes.bullet_list) -> None:
        if not self.tables:
            self._end("itemize")

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        if self.tables:
            return
        depth, around = 0, node.parent
        while around is not None:
            depth += isinstance(around, nodes.enumerated_list)
            around = around.parent
        counter = _COUNTERS[min(depth, len(_COUNTERS) - 1)]
        self._begin("enumerate", node)
        if numeral := _NUMERALS.get(node.get("enumtype", "")):
            label = f"\\{numeral}{{{counter}}}{node.get('suffix', '.')}"
            self.page.write(f"\\renewcommand{{\\label{counter}}}{{{label}}}\n")
        if node.get("start", 1) != 1:
            self.page.write(f"\\setcounter{{{counter}}}{{{node['start'] - 1}}}\n")

    def depart_enumerated_list(self, node: nodes.enumerated_list) -> None:
        if not self.tables:
            self._end("enumerate")

    def visit_list_item(self, node: nodes.list_item) -> None:
        if self.tables:  # the margins of lists are too wide for a cell
            number = node.parent.index(node) + node.parent.get("start", 1)
            self.page.skip_line()
            self.page.write(r"\textbullet~" if isinstance(node.parent, nodes.bullet_list) else f"{number}.~")
            return
        self.page.end_line()
        # Brackets right after \item would be taken for its label.
        self.page.write("\\item {}" if node.astext().lstrip().startswith("[") else "\\item ")

    def depart_list_item(self, node: nodes.list_item) -> None:
        self.page.end_line()

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        self._begin("description", node)

    def depart_definition_list(self, node: nodes.definition_list) -> None:
        self._end("description")

    def visit_definition_list_item(self, node: nodes.definition_list_item) -> None:
        """Term and definition; several terms of one definition are several items."""

    def visit_term(self, node: nodes.term) -> None:
        self.page.end_line()
        self.page.mark(node.line)
        self.page.write(r"\item[{")

    def depart_term(self, node: nodes.term) -> None:
        self.page.write("}] ")

    def visit_definition(self, node: nodes.definition) -> None:
        """What follows the term, on its line."""

    # ---- Quotes, remarks, code

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        self._begin("quote", node)

    def depart_block_quote(self, node: nodes.block_quote) -> None:
        self._end("quote")

    def visit_attribution(self, node: nodes.attribution) -> None:
        self.page.end_line()
        self.page.write(r"\hspace*{\fill}---")

    def visit_admonition(self, node: nodes.admonition) -> None:
        self._begin("quote", node)

    def depart_admonition(self, node: nodes.admonition) -> None:
        self._end("quote")

    def _visit_remark(self, node: nodes.Element) -> None:
        """A remark is a quote under its name: papers have no coloured boxes."""
        self._begin("quote", node)
        name = "See also" if node.tagname == "seealso" else node.tagname.capitalize()
        self.page.write(rf"\textbf{{{name}.}} ")

    visit_note = visit_tip = visit_hint = visit_important = visit_warning = visit_caution = _visit_remark
    visit_attention = visit_danger = visit_error = visit_seealso = _visit_remark
    depart_note = depart_tip = depart_hint = depart_important = depart_warning = depart_caution = depart_admonition
    depart_attention = depart_danger = depart_error = depart_seealso = depart_admonition

    def visit_container(self, node: nodes.container) -> None:
        """A wrapper without a look of its own."""

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        self.page.skip_line()
        self._write_code(node)
        raise nodes.SkipNode

    def visit_captioned_literal_block(self, node: captioned_literal_block) -> None:
        """Code with a caption floats as a listing."""
        self.page.skip_line()
        self.page.mark(node.line)
        self.page.write("\\begin{listing}\n")
        self.hold_notes()
        for code in node.findall(nodes.literal_block):
            self._write_code(code)
        self.capture()
        for child in next(node.findall(nodes.caption)):
            child.walkabout(self)
        self.page_caption(trim(self.captured()), node)
        for note in node.findall(footnotetext):
            note.walkabout(self)
        self.page.write("\\end{listing}\n")
        self.release_notes()
        raise nodes.SkipNode

    def page_caption(self, text: str, node: nodes.Element) -> None:
        """Write a caption with the label of the float ``node``."""
        self.page.end_line()
        self.page.write(f"\\caption{{{text}}}{self.label(node)}\n")

    def _write_code(self, node: nodes.Element) -> None:
        self.refuse_missing(node, node.astext())
        code = clean(node.astext()).rstrip("\n").expandtabs(4)
        self.page.mark(node.line)
        if code.isascii() and "\\end{Verbatim}" not in code and not set(code) & set("'`"):
            self.page.write(f"\\begin{{Verbatim}}\n{code}\n\\end{{Verbatim}}\n")
        else:
            # Straight quotes and other characters need commands, which must be let in.
            options = r"[commandchars=\\\{\}]"
            self.page.write(f"\\begin{{Verbatim}}{options}\n{escape_code(code)}\n\\end{{Verbatim}}\n")

    # ---- Environments

    def _begin(self, name: str, node: nodes.Element) -> None:
        # An empty line before a list within a list would add to the distance between them.
        if isinstance(node.parent, (nodes.list_item, nodes.definition, nodes.entry)):
            self.page.end_line()
        else:
            self.page.skip_line()
        self.page.mark(node.line)
        self.page.open(f"\\begin{{{name}}}")

    def _end(self, name: str) -> None:
        self.page.end_line()
        self.page.write(f"\\end{{{name}}}\n")
