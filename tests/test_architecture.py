"""The house has floors, and an import only ever points down."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora import BODY, markdown, write_project

ROOT = Path(__file__).parent.parent
CODE = ROOT / "tools/diptych"

FLOORS = [
    {"span", "diagnostics", "errors", "data", "thresholds", "output", "collector", "__init__"},
    {"rubric", "settings"},
    {"model"},
    {"parse", "rules"},
    {"check", "selection", "changes", "sources"},
    {"report", "fix", "linkcheck"},
    {"cache", "finished"},
    {"memory"},
    {"recheck"},
    {"inspection"},
    {"sphinxext", "latex", "pdf", "search"},
    {"build"},
    {"cli", "__main__"},
]
"""The parts of the package from the ground up."""
NEIGHBOURS = {
    "errors": {"diagnostics", "span"}, "diagnostics": {"span"}, "data": {"errors", "diagnostics", "span"},
    "latex": {"sphinxext"}, "pdf": {"latex"}, "__main__": {"cli"},
}  # fmt: skip
"""Which parts of its own floor a part may import. All others, as parse and rules, know nothing of each other."""

PARSERS = {"yaml", "markdown_it", "mdit_py_plugins", "myst_parser", "bibtexparser"}
"""What only the readers import, ..."""
PUBLISHERS = {"sphinx", "docutils", "sphinxcontrib", "pybtex", "latex2mathml"}
"""... and what only the site and the paper import; they also render MyST's tokens."""


def modules() -> list[Path]:
    return sorted(CODE.rglob("*.py"))


def part_of(file: Path) -> str:
    """The part of the package that ``file`` belongs to: a module or a folder directly below it."""
    return file.relative_to(CODE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    """Every module that ``file`` imports: at its top, for type checkers alone, and inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_parts(file: Path) -> set[str]:
    """The parts of the package that ``file`` imports."""
    found = {name.split(".")[1] for name in imports(file) if name.startswith("diptych.")}
    return {part if (CODE / part).exists() or (CODE / f"{part}.py").exists() else "__init__" for part in found}


def floor(part: str) -> int:
    found = next((number for number, parts in enumerate(FLOORS) if part in parts), None)
    assert found is not None, f"say in FLOORS on which floor diptych.{part} stands"
    return found


def test_the_page_on_architecture_has_the_same_floors() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (`.*?`) \|", page, re.MULTILINE)
    written = [set(re.findall(r"`(\w+)`", modules)) for _, modules in rows]
    assert written == [parts - {"__init__", "__main__"} for parts in FLOORS]
    assert [int(number) for number, _ in rows] == list(range(len(FLOORS)))


def test_every_module_that_the_page_names_exists() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named_modules = re.findall(r"`(\w+/[\w/]+\.py)`", page)
    assert named_modules
    assert [name for name in named_modules if not any((root / name).exists() for root in (CODE, ROOT))] == []


def named(files: list[Path]) -> list:
    return [pytest.param(file, id=file.relative_to(CODE).as_posix()) for file in files]


@pytest.mark.parametrize("file", named(modules()))
def test_every_import_points_down(file: Path) -> None:
    own = part_of(file)
    others = own_parts(file) - {own, "__init__"} - NEIGHBOURS.get(own, set())
    assert {part for part in others if floor(part) >= floor(own)} == set()


@pytest.mark.parametrize("file", named(modules()))
def test_only_readers_import_parsers_and_only_publishers_import_sphinx(file: Path) -> None:
    own, outside = part_of(file), {name.split(".")[0] for name in imports(file)}
    if own not in ("parse", "sphinxext", "latex"):
        assert outside & PARSERS == set()
    if own not in ("sphinxext", "latex", "pdf", "build"):
        assert outside & PUBLISHERS == set()


def test_the_walk_sees_every_kind_of_import(tmp_path: Path) -> None:
    """Were it blind to one of them, the tests above could not fail."""
    file = tmp_path / "module.py"
    file.write_text(
        "import yaml.nodes\nfrom diptych.rules import RULES\nif TYPE_CHECKING:\n    from diptych import cli\n"
        "def read():\n    from diptych.report.text import render\n",
        encoding="utf-8",
    )
    assert list(imports(file)) == ["yaml.nodes", "diptych.rules.RULES", "diptych.cli", "diptych.report.text.render"]
    assert own_parts(file) == {"rules", "cli", "report"}


UNWANTED = ("sphinx", "docutils.writers", "socket", "ssl", "http.client", "urllib.request", "requests", "asyncio")
IMPORTED = """
import sys
from diptych.cli import main
status = main(["check"])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("body", [BODY, BODY + "\n{cite:p}`nobody` {nope}`x`\n"], ids=["clean", "with findings"])
def test_a_check_imports_no_sphinx_no_writers_and_no_network(body: str, tmp_path: Path) -> None:
    write_project(tmp_path, markdown(body=body))
    run = subprocess.run(
        [sys.executable, "-c", IMPORTED], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == int(body is not BODY), run.stderr
    loaded = set(run.stderr.split())
    assert "diptych.parse.markdown" in loaded
    assert {name for name in loaded if name.startswith(UNWANTED)} == set()
