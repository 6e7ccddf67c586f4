"""How fast ``diptych check`` is, as ratios against other tools in one run. ``make bench`` calls it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from corpus import write_corpus
from measure import Command, compare, report

PYTHON = sys.executable
DIPTYCH = str(Path(PYTHON).with_name("diptych"))
TOKENS = """
import pathlib
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
parser = create_md_parser(
    MdParserConfig(enable_extensions={"amsmath", "colon_fence", "deflist", "dollarmath"}), RendererHTML
)
for file in sorted(pathlib.Path("analyses").glob("*/index.md")):
    parser.parse(file.read_text(encoding="utf-8"), {})
"""
ENTRIES = """
import pathlib, bibtexparser
bibtexparser.parse_string(pathlib.Path("bib/generated.bib").read_text(encoding="utf-8"))
"""


def main() -> None:
    """Time one analysis, many analyses, and a large bibliography."""
    with tempfile.TemporaryDirectory() as folder:
        one = write_corpus(Path(folder) / "one", 1, 20)
        many = write_corpus(Path(folder) / "many", 500, 6000)
        entries = write_corpus(Path(folder) / "entries", 1, 10_000)
        time_one(one)
        time_many(many)
        time_entries(entries)


def time_one(folder: Path) -> None:
    """One analysis from a cold start, against Sphinx with nothing to do for the same file."""
    (folder / "conf.py").write_text('extensions = ["myst_parser"]\nexclude_patterns = ["docs"]\n', encoding="utf-8")
    (folder / "index.md").write_text("# Home\n\n```{toctree}\nanalyses/analysis-0000/index\n```\n", encoding="utf-8")
    sphinx = [PYTHON, "-m", "sphinx", "-Q", "-b", "html", ".", "out"]
    commands = [
        Command("diptych check", [DIPTYCH, "check", "--no-cache"], folder),
        Command("Sphinx with nothing to do", sphinx, folder),
        Command("tokens alone", [PYTHON, "-c", TOKENS], folder),
    ]
    report("One analysis, cold", compare(commands, 7), "diptych check")


def time_many(folder: Path) -> None:
    """500 analyses with 6,000 entries, against their bare tokens and against texcount on as many papers."""
    commands = [
        Command("bare tokens", [PYTHON, "-c", TOKENS], folder),
        Command("diptych check", [DIPTYCH, "check", "--no-cache"], folder),
        Command("diptych check, second run", [DIPTYCH, "check"], folder),
    ]
    if texcount := shutil.which("texcount"):
        papers = []
        for file in sorted((folder / "analyses").glob("*/index.md")):
            paper = file.with_suffix(".tex")
            text = file.read_text(encoding="utf-8").rpartition("---\n")[2]
            paper.write_text(
                f"\\documentclass{{article}}\\begin{{document}}\n{text}\\end{{document}}\n", encoding="utf-8"
            )
            papers.append(str(paper))
        commands.append(Command("texcount", [texcount, "-total", *papers], folder))
    report("500 analyses, 6,000 entries", compare(commands, 3), "bare tokens")


def time_entries(folder: Path) -> None:
    """10,000 entries, against a parser alone and against the two common tools for them."""
    commands = [
        Command("diptych check", [DIPTYCH, "check", "--no-cache"], folder),
        Command("bibtexparser alone", [PYTHON, "-c", ENTRIES], folder),
    ]
    if tidy := shutil.which("bibtex-tidy"):
        commands.append(Command("bibtex-tidy", [tidy, "bib/generated.bib", "--v2", "--output", "tidy.bib"], folder))
    if biber := shutil.which("biber"):
        words = [biber, "--tool", "-V", "--output-file", "out.bib", "bib/generated.bib"]
        commands.append(Command("biber --tool -V", words, folder))
    report("10,000 entries", compare(commands, 3), "diptych check")


if __name__ == "__main__":
    main()
