"""The lock file belongs to pyproject.toml, and to no machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
WANTED = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["build-system"]["requires"],
    *(wanted for group in PROJECT["dependency-groups"].values() for wanted in group),
]
# One item for each package: its first line, then its hashes and the comments on it.
ITEMS = re.findall(r"^(?=[a-z0-9])(.+?)(?=^[a-z0-9]|\Z)", LOCK, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.split()[0])
def test_each_package_has_one_exact_version_and_its_hashes(item: str) -> None:
    assert re.match(r"[a-z0-9._-]+==[^ ]+ ", item)
    assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", item)


@pytest.mark.parametrize("text", WANTED)
def test_the_lock_holds_what_pyproject_asks_for(text: str) -> None:
    wanted = Requirement(text)
    name = canonicalize_name(wanted.name)
    (version,) = re.findall(rf"^{re.escape(name)}==(\S+)", LOCK, re.MULTILINE)
    assert version in wanted.specifier, "run `make lock`"


def test_the_lock_names_no_machine() -> None:
    assert not re.findall(r"^-.*|.*://.*|.*@ .*|.*file:.*", LOCK, re.MULTILINE)
