"""Made-up machines for the set-up script: a folder with the script, and a PATH on which every command is a fake."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "tools" / "setup.sh"

# What any system has; the script may use these and no other.
BASICS = ["sh", "env", "cat", "cksum", "dirname", "grep", "mkdir", "mv", "rm", "sed", "tail", "touch", "tr"]

TEX_COMMANDS = ["pdflatex", "latexmk", "bibtex", "rsvg-convert", "fc-match", "kpsewhich"]

# A Python that says what it is told to say and writes down what it is asked to do.
FAKE_PYTHON = """
echo "$@" >>"{calls}"
case "$*" in
*version_info\\ \\<*) {is_new} ;;
*'%d.%d'*) echo 3.12 ;;
*ensurepip*) {has_venv} || [ -e "{ensurepip}" ] ;;
'-m venv .venv') mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
*'pip --quiet'*) [ ! -e pip-fails ] ;;
--version) echo "Python 3.9.2" ;;
esac
"""


class Machine:
    """A folder with the script, and a PATH that holds the basics and the fakes given to it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        self.os_release = folder / "os-release"
        (self.root / "tools").mkdir(parents=True)
        shutil.copy(SCRIPT, self.root / "tools")
        (self.root / "requirements.lock").write_text("a==1\n")
        (self.root / "pyproject.toml").write_text("[project]\n")
        self.os_release.write_text("ID=debian\n")
        self.calls.touch()
        self.bin.mkdir()
        for name in [*BASICS, "cp"]:  # cp is for the fakes
            real = shutil.which(name)
            assert real, f"no {name} to test with"
            (self.bin / name).symlink_to(real)
        self.fake("id", "echo 1000")

    def fake(self, name: str, body: str = "") -> None:
        path = self.bin / name
        path.write_text(f"#!{shutil.which('sh')}\n{body}\n")
        path.chmod(0o755)

    def fake_python(self, name: str = "python3", *, is_new: bool = True, has_venv: bool = True) -> None:
        body = FAKE_PYTHON.format(
            calls=self.calls,
            is_new=str(is_new).lower(),
            has_venv=str(has_venv).lower(),
            ensurepip=self.bin / "ensurepip",
        )
        self.fake(name, body)

    def fake_tex(self) -> None:
        for name in TEX_COMMANDS:
            self.fake(name)
        self.fake("fc-match", "echo 'Liberation Sans'")

    def fake_apt(self, *, then: str = "") -> None:
        """An apt-get that notes its arguments; `then` is what an install brings about."""
        self.fake("apt-get", f'echo "apt-get $*" >>"{self.calls}"\ncase "$*" in *install*)\n{then}\n;; esac')

    def installs(self, *names: str) -> str:
        """Shell text by which a fake apt-get brings these commands."""
        paths = [self.bin / name for name in names]
        lines = [f"echo '#!/bin/sh' >'{path}'; /bin/chmod +x '{path}'" for path in paths]
        return "\n".join([*lines, f"echo \"echo 'Liberation Sans'\" >>'{self.bin}/fc-match'"])

    def set_up(self, *parts: str, **env: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": str(self.bin), "DIPTYCH_OS_RELEASE": str(self.os_release), **env}
        command = [str(self.bin / "sh"), "tools/setup.sh", *parts]
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, timeout=60)

    def noted(self, pattern: str) -> list[str]:
        return [line for line in self.calls.read_text().splitlines() if re.search(pattern, line)]


def packages(variable: str) -> list[str]:
    """The packages that the script lists in one of its variables."""
    match = re.search(rf'^{variable}="(.*)"$', SCRIPT.read_text(), re.MULTILINE)
    assert match
    return match[1].split()


def commands_for(system: str, printed: str) -> list[str]:
    """The indented lines below the heading of a system."""
    match = re.search(rf"^{system}.*:\n((?: +.*\n)+)", printed, re.MULTILINE)
    assert match, printed
    return [line.strip() for line in match[1].splitlines()]
