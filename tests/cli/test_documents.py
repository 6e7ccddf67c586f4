"""What docs/editors.md and the hook for pre-commit say is what the command does."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import yaml

from diptych.data.located import Located
from diptych.data.schema import read
from diptych.data.toml import read_toml
from diptych.settings import Settings
from diptych.span import Source

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/editors.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_problem_matcher_understands_a_finding(run, faulty: Path) -> None:
    (tasks,) = blocks("json")
    (task,) = json.loads(tasks)["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    first, hint, *_ = run("check").stdout.splitlines()
    match = re.match(pattern["regexp"], first)
    found = {name: match[pattern[name]] for name in ("file", "line", "column", "code", "message")}
    assert found == {
        "file": "analyses/b/index.md",
        "line": "19",
        "column": "101",
        "code": "CIT001",
        "message": 'no entry has the key "ada2020frist"',
    }
    assert not re.match(pattern["regexp"], hint)


def test_the_settings_shown_are_settings() -> None:
    settings = next(block for block in blocks("toml") if "tool.diptych" in block)
    assert "diptych" in tomllib.loads(settings)["tool"]
    located: Located = read_toml(Source("pyproject.toml", settings)).value["tool"].value["diptych"]
    problems: list = []
    assert read(located, Settings, problems).thresholds.paragraph_words == 180
    assert problems == []


def test_the_commands_shown_are_understood(run, root: Path) -> None:
    lines = [line for block in blocks("console") for line in re.findall(r"^\$ (diptych .*)$", block, re.MULTILINE)]
    assert len(lines) >= 4
    for line in lines:
        words = shlex.split(line.partition(" <")[0])[1:]
        assert "usage:" not in run(*words, text="x").stderr, line


def test_the_hook_runs_a_command_that_exists(run) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *words = hook["entry"].split()
    assert program == "diptych"
    assert run(*words).returncode == 0
    assert hook["pass_filenames"] is False
    for path in ("analyses/a/index.md", "bib/x.bib", "diptych.toml", "analyses/a/figures/f.svg"):
        assert re.search(hook["files"], path)
    assert hook["id"] in PAGE


def test_every_schema_is_listed() -> None:
    for file in (ROOT / "schema").iterdir():
        assert f"schema/{file.name}" in PAGE
