"""The set-up script's part for the audit: Node, Java, and the npm packages of the lock."""

from __future__ import annotations

import pytest

from machines import Machine, commands_for, packages

FAKE_NPM = """
echo "npm $*" >>"{calls}"
[ ! -e npm-fails ] || {{ echo "npm says why" >&2; exit 1; }}
mkdir -p tests/browser/node_modules
"""


@pytest.fixture
def auditor(machine: Machine) -> Machine:
    """A machine with Node, npm and Java, and a lock of npm packages."""
    for name in ("node", "java"):
        machine.fake(name)
    machine.fake("npm", FAKE_NPM.format(calls=machine.calls))
    (machine.root / "tests/browser").mkdir(parents=True)
    (machine.root / "tests/browser/package-lock.json").write_text("{}\n")
    return machine


def test_npm_packages_are_installed_once_for_each_lock(auditor: Machine) -> None:
    assert auditor.set_up("audit").stdout == "Installing the npm packages of tests/browser/package-lock.json\n"
    again = auditor.set_up("audit")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    (auditor.root / "tests/browser/package-lock.json").write_text('{"a": 1}\n')
    assert auditor.set_up("audit").returncode == 0
    runs = auditor.noted("^npm ci --prefix tests/browser --ignore-scripts ")
    assert len(runs) == 2


def test_npm_packages_that_fail_to_install_are_tried_again(auditor: Machine) -> None:
    (auditor.root / "npm-fails").touch()
    done = auditor.set_up("audit")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "npm says why")
    (auditor.root / "npm-fails").unlink()
    assert auditor.set_up("audit").returncode == 0
    assert len(auditor.noted("^npm ci")) == 2


def test_programs_of_the_audit_that_are_missing_are_named(auditor: Machine) -> None:
    (auditor.bin / "java").unlink()
    done = auditor.set_up("audit")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "Missing: java.")
    wanted = f"--no-install-recommends {' '.join(packages('AUDIT_DEBIAN'))}"
    assert commands_for("Debian, Ubuntu", done.stderr)[0].endswith(wanted)
    assert auditor.noted("^npm") == []


def test_a_node_that_is_too_old_is_said(auditor: Machine) -> None:
    auditor.fake("node", '[ "$1" = --version ] && echo v12.22.9 || exit 1')
    done = auditor.set_up("audit")
    assert done.returncode == 1
    assert done.stderr.startswith("Node 18 or newer is needed; found: v12.22.9.")
