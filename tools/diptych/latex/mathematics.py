"""Rules for mathematics, which is TeX as the author wrote it: looked through before it is let in."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

from diptych.latex.symbols import spell_formula
from diptych.latex.writer import Writer

# What reads or writes files, runs programs, defines commands or changes how TeX reads has no use in a formula.
# TeX itself runs in a sandbox as well (diptych.pdf.run): this is for a message that names the line.
_FORBIDDEN = re.compile(
    r"\\(input|include\w*|openin|openout|closein|closeout|read(?:line)?|write|immediate|special|scantokens"
    r"|catcode|\w*code|csname|endcsname|def|edef|gdef|xdef|let|futurelet|newcommand|renewcommand|providecommand"
    r"|(?:re)?newenvironment|DeclareMathOperator|DeclareRobustCommand|makeatletter|usepackage|RequirePackage"
    r"|documentclass|loop|repeat|if(?!f(?![a-zA-Z]))\w*|else|fi|or|unless|expandafter|noexpand|aftergroup|afterassignment|every\w+"
    r"|output|shipout|jobname|batchmode|nonstopmode|scrollmode|errorstopmode|end(?![{a-zA-Z])|endinput|dump|endgroup"
    r"|begingroup|bgroup|egroup|par|pdf\w+|directlua|message|errmessage|show\w*|tracing\w*|long|outer|global"
    r"|new(?:count|dimen|skip|box|toks|read|write|if|length|counter|savebox)|advance|multiply|divide|setbox|count"
    r"|dimen|skip|toks|box|copy|font|hyphenation|lowercase|uppercase|meaning|string|romannumeral|number|the"
    r"|(?:cite|bibliography)\w*|href|url|label|ref|footnote\w*|marginpar|setcounter|addtocounter)(?![a-zA-Z@])"
)
_ENVIRONMENTS = frozenset(
    f"{name}{star}"
    for name in (
        "equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray", "split", "aligned", "gathered",
        "alignedat", "array", "cases", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix",
        "smallmatrix", "subarray", "math", "displaymath",
    )
    for star in ("", "*")
)  # fmt: skip
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^}]*)\}")
_INNER = re.compile(r"\\begin\{([a-zA-Z]+\*?)\}.*?\\end\{\1\}", re.DOTALL)


class MathRules(Writer):
    """Formulas in lines and on their own, and references to them."""

    def visit_math(self, node: nodes.math) -> None:
        self.after_marker = False
        self.page.write(f"${self._formula(node)}$")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        r"""A formula on its own line: ``equation`` where it has a label, else ``equation*``.

        The paragraph goes on around it: an empty line would begin a new one.
        """
        text, label = self._formula(node), node.get("label")
        self.page.end_line()
        self.page.mark(node.line)
        if node.get("no-wrap", node.get("nowrap", False)):
            self.page.write(f"{text}\n")
            raise nodes.SkipNode
        if "\\\\" in _INNER.sub("", text):
            text = f"\\begin{{aligned}}\n{text}\n\\end{{aligned}}"
        name = "equation" if label else "equation*"
        mark = rf"\label{{{label}}}" if label else ""
        self.page.write(f"\\begin{{{name}}}{mark}\n{text}\n\\end{{{name}}}\n")
        raise nodes.SkipNode

    def visit_math_reference(self, node: addnodes.math_reference) -> None:
        self.page.write(rf"\eqref{{{node['target']}}}")
        raise nodes.SkipNode

    def _formula(self, node: nodes.Element) -> str:
        text = node.astext().strip()
        self.refuse_missing(node, text)
        for reason, hint in faults(text):
            self.refuse(node, reason, hint)
        # An empty line ends a formula for TeX: the author only meant to structure it.
        return re.sub(r"\n\s*\n", "\n", spell_formula(text))


def faults(text: str) -> list[tuple[str, str]]:
    """Why the formula ``text`` cannot be let into a paper, each with a hint; empty for a good one."""
    found = [(f'the command "\\{match[1]}" is not allowed in mathematics', "") for match in _FORBIDDEN.finditer(text)]
    bare = re.sub(r"\\.", "", text, flags=re.DOTALL)
    if "%" in bare:
        found.append(("a bare % in mathematics hides the rest of the line", r"write \%"))
    if "$" in bare or re.search(r"(?<!\\)\\[()\[\]](?![a-zA-Z])", re.sub(r"\\\\", "", text)):
        found.append(("mathematics must not begin or end mathematics", r"write \$ for a dollar sign"))
    if "^^" in bare:
        found.append(("two carets in a row have a special meaning in TeX", "put braces between them"))
    depth = 0
    for char in re.findall(r"[{}]", bare):
        depth += 1 if char == "{" else -1
        if depth < 0:
            break
    if depth:
        found.append(("the braces in mathematics do not match", r"write \{ and \} for braces that show"))
    open_ones: list[str] = []
    for kind, name in _ENVIRONMENT.findall(text):
        if name not in _ENVIRONMENTS:
            found.append((f'the environment "{name}" is not allowed in mathematics', ""))
        elif kind == "begin":
            open_ones.append(name)
        elif not open_ones or open_ones.pop() != name:
            found.append((f"\\end{{{name}}} has no \\begin that matches", ""))
    found += [(f"\\begin{{{name}}} has no \\end", "") for name in open_ones]
    return found
