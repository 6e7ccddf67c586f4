"""Rules for tables: booktabs, floating with a caption above, columns as wide as their text needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from docutils import nodes

from diptych.latex.columns import Columns, choose_columns, text_width
from diptych.latex.page import flatten, without_marks
from diptych.latex.writer import Writer

_ALIGNMENTS = {"text-left": "l", "text-center": "c", "text-right": "r"}


@dataclass(slots=True)
class Table:
    """A table while it is being read."""

    long: bool
    """Whether it may go on over the next page; then it does not float."""
    given: tuple[int, ...]
    """The author's widths, or none."""
    caption: str = ""
    alignments: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    """Of the widest cell of each column, in pt."""
    has_blocks: bool = False
    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    in_head: bool = False


class TableRules(Writer):
    """Tables of all kinds; docutils knows only one."""

    def visit_table(self, node: nodes.table) -> None:
        if self.tables:
            self.refuse(node, "a table cannot hold another table")
            raise nodes.SkipNode
        classes = node["classes"]
        given = [spec["colwidth"] for spec in node.findall(nodes.colspec)] if "colwidths-given" in classes else []
        self.tables.append(Table("longtable" in classes, tuple(given)))
        self.hold_notes()
        self.page.skip_line()
        # The node itself knows where the directive ends, its parts where it begins.
        self.page.mark(min((part.line for part in node.findall() if part.line), default=None))

    def set_table_caption(self, text: str) -> None:
        """The caption of the table that is being read."""
        self.tables[-1].caption = text

    def visit_tgroup(self, node: nodes.tgroup) -> None:
        """The columns, head and body of a table."""

    def visit_colspec(self, node: nodes.colspec) -> None:
        """Read with the table."""

    def visit_thead(self, node: nodes.thead) -> None:
        self.tables[-1].in_head = True

    def depart_thead(self, node: nodes.thead) -> None:
        self.tables[-1].in_head = False

    def visit_tbody(self, node: nodes.tbody) -> None:
        """The rows below the head."""

    def visit_row(self, node: nodes.row) -> None:
        self.tables[-1].row = []

    def depart_row(self, node: nodes.row) -> None:
        table = self.tables[-1]
        text = " & ".join(table.row)
        # After the \\ of the row before, TeX looks for a star or a bracket.
        text = f"{{}}{text}" if without_marks(text).startswith(("[", "*")) else text
        (table.head if table.in_head else table.body).append(f"{text} \\\\\n")

    def visit_entry(self, node: nodes.entry) -> None:
        self.capture()
        self.page.mark(node.line or (node[0].line if len(node) else None))

    def depart_entry(self, node: nodes.entry) -> None:
        table, text = self.tables[-1], flatten(self.captured())
        if node.get("morerows"):
            self.refuse(node, "a cell cannot reach over several rows", "repeat it, or leave the lower cells empty")
        span = 1 + node.get("morecols", 0)
        alignment = next((_ALIGNMENTS[name] for name in node["classes"] if name in _ALIGNMENTS), "l")
        if span > 1:
            text = rf"\multicolumn{{{span}}}{{c}}{{{text}}}"
        elif len(table.row) < len(table.widths) or not table.body:
            self._measure(table, node, alignment)
        table.row.append(text)

    def _measure(self, table: Table, node: nodes.entry, alignment: str) -> None:
        column = len(table.row)
        while len(table.widths) <= column:
            table.widths.append(0.0)
            table.alignments.append(alignment)
        table.widths[column] = max(table.widths[column], text_width(node))
        blocks = (nodes.bullet_list, nodes.enumerated_list, nodes.math_block)
        table.has_blocks |= len(node) > 1 or any(isinstance(child, blocks) for child in node)

    def depart_table(self, node: nodes.table) -> None:
        table = self.tables.pop()
        columns = choose_columns(table.widths, table.alignments, table.given, table.has_blocks, table.long)
        self._write_long(node, table, columns) if table.long else self._write_floating(node, table, columns)
        self.release_notes()

    def _write_floating(self, node: nodes.table, table: Table, columns: Columns) -> None:
        name = "table" if table.caption else "center"
        self.page.write(f"\\begin{{{name}}}\n")
        if table.caption:
            self.page.write(f"\\caption{{{table.caption}}}{self.label(node)}\n\\centering\n")
        head = f"{''.join(table.head)}\\midrule\n" if table.head else ""
        self.page.write(f"{columns.begin}\n\\toprule\n{head}{''.join(table.body)}\\bottomrule\n{columns.end}\n")
        self.page.write(f"\\end{{{name}}}\n")

    def _write_long(self, node: nodes.table, table: Table, columns: Columns) -> None:
        caption = f"\\caption{{{table.caption}}}{self.label(node)}\\\\\n" if table.caption else ""
        head = f"{''.join(table.head)}\\midrule\n" if table.head else ""
        self.page.write(
            f"{columns.begin}\n{caption}\\toprule\n{head}\\endfirsthead\n\\toprule\n{head}\\endhead\n"
            f"\\bottomrule\n\\endlastfoot\n{''.join(table.body)}{columns.end}\n"
        )
