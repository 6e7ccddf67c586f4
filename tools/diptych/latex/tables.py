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
    share: float | None = None
    """Of the line, that the table must fill."""
    caption: str = ""
    alignments: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    """Of the widest cell of each column, in pt."""
    has_blocks: bool = False
    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    column: int = 0
    """Of the next cell."""
    reaching: dict[int, tuple[int, int, str]] = field(default_factory=dict)
    """Cells of rows above that reach further down: by column, how many more rows, how many columns, and the text
    that is still to be set."""
    rules: list[str] = field(default_factory=list)
    """Lines below the cells of this row that span columns of the head."""
    in_head: bool = False


class TableRules(Writer):
    """Tables of all kinds; docutils knows only one."""

    def visit_table(self, node: nodes.table) -> None:
        if self.tables:
            self.refuse(node, "a table cannot hold another table")
            raise nodes.SkipNode
        classes = node["classes"]
        given = [spec["colwidth"] for spec in node.findall(nodes.colspec)] if "colwidths-given" in classes else []
        self.tables.append(Table("longtable" in classes, tuple(given), self._share_of_line(node)))
        self.hold_notes()
        self.page.skip_line()
        # The node itself knows where the directive ends, its parts where it begins.
        self.page.mark(min((part.line for part in node.findall() if part.line), default=None))

    def _share_of_line(self, node: nodes.table) -> float | None:
        width = node.get("width", "").strip()
        if width and not width.endswith("%"):
            self.refuse(node, f'a table cannot be "{width}" wide in a paper', "write :width: as a percentage")
        return float(width[:-1]) / 100 if width.endswith("%") else None

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
        table = self.tables[-1]
        table.row, table.column, table.rules = [], 0, []

    def depart_row(self, node: nodes.row) -> None:
        table = self.tables[-1]
        self._pass_reaching(table)
        text = " & ".join(table.row)
        # After the \\ of the row before, TeX looks for a star or a bracket.
        text = f"{{}}{text}" if without_marks(text).startswith(("[", "*")) else text
        rows = table.head if table.in_head else table.body
        rows.append(f"{text} \\\\\n")
        if table.rules and node is not node.parent[-1]:
            rows.append(f"{' '.join(table.rules)}\n")

    def visit_entry(self, node: nodes.entry) -> None:
        self._pass_reaching(self.tables[-1])
        self.capture()
        self.page.mark(node.line or (node[0].line if len(node) else None))

    def depart_entry(self, node: nodes.entry) -> None:
        table, text = self.tables[-1], flatten(self.captured())
        alignment = next((_ALIGNMENTS[name] for name in node["classes"] if name in _ALIGNMENTS), "l")
        span, down = 1 + node.get("morecols", 0), node.get("morerows", 0)
        for column in range(table.column, table.column + span):
            self._measure(table, node if span == 1 else None, column, alignment)
        if down:
            # A cell over several rows stands in the last row of a head, and in the first one of a body: it meets
            # the cells that it belongs to, without a package and its corrections by eye.
            table.reaching[table.column] = (down, span, text if table.in_head else "")
            text = "" if table.in_head else text
        self._add_cell(table, span, text)

    def _pass_reaching(self, table: Table) -> None:
        """Fill the columns, from the next one on, that cells of rows above reach into."""
        while table.column in table.reaching:
            down, span, text = table.reaching.pop(table.column)
            if down > 1:
                table.reaching[table.column] = (down - 1, span, text)
            self._add_cell(table, span, text if down == 1 else "")

    def _add_cell(self, table: Table, span: int, text: str) -> None:
        first, last = table.column + 1, table.column + span
        if span > 1:
            if table.in_head and text:
                table.rules.append(rf"\cmidrule(lr){{{first}-{last}}}")
            text = rf"\multicolumn{{{span}}}{{c}}{{{text}}}"
        table.row.append(text)
        table.column = last

    def _measure(self, table: Table, node: nodes.entry | None, column: int, alignment: str) -> None:
        """Widen ``column`` for the cell ``node``; the first cell of a column gives its alignment."""
        while len(table.widths) <= column:
            table.widths.append(0.0)
            table.alignments.append(alignment)
        if node is None:
            return
        table.alignments[column] = alignment
        table.widths[column] = max(table.widths[column], text_width(node))
        blocks = (nodes.bullet_list, nodes.enumerated_list, nodes.math_block)
        table.has_blocks |= len(node) > 1 or any(isinstance(child, blocks) for child in node)

    def depart_table(self, node: nodes.table) -> None:
        table = self.tables.pop()
        columns = choose_columns(table.widths, table.alignments, table.given, table.has_blocks, table.long, table.share)
        self._write_long(node, table, columns) if table.long else self._write_floating(node, table, columns)
        self.release_notes()

    def _write_floating(self, node: nodes.table, table: Table, columns: Columns) -> None:
        side = node.get("align", "center")
        name = "table" if table.caption else {"left": "flushleft", "right": "flushright"}.get(side, "center")
        self.page.write(f"\\begin{{{name}}}\n")
        if table.caption:
            place = {"left": "", "right": "\\hspace*{\\fill}%\n"}.get(side, "\\centering\n")
            self.page.write(f"\\caption{{{table.caption}}}{self.label(node)}\n{place}")
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
