"""The set-up script on machines that lack programs: what it asks for, what it installs, what it prints."""

from __future__ import annotations

import time

import pytest

from machines import TEX_COMMANDS, Machine, commands_for, packages

# ---- In general


@pytest.mark.parametrize("parts", [[], ["pythn"], ["tex", "all"]])
def test_anything_but_the_parts_is_a_usage_error(machine: Machine, parts: list[str]) -> None:
    done = machine.set_up(*parts)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")


def test_nothing_missing_is_silent_and_quick(machine: Machine) -> None:
    machine.fake_python()
    machine.fake_tex()
    machine.fake("chromium")
    machine.set_up("python")
    begin = time.monotonic()
    done = machine.set_up("python", "tex", "browser")
    assert time.monotonic() - begin < 2
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# ---- System packages


def test_where_nothing_may_be_installed_it_prints_the_commands(machine: Machine) -> None:
    machine.fake_apt()
    machine.fake("sudo", "exit 1")
    done = machine.set_up("tex", "browser")
    assert done.returncode == 1
    assert machine.noted("apt-get") == []

    missing = done.stderr.splitlines()[0]
    assert missing == "Missing: pdflatex, latexmk, bibtex, rsvg-convert, fc-match, kpsewhich, chromium."
    debian = " ".join(packages("TEX_DEBIAN") + packages("BROWSER_DEBIAN"))
    install = "sudo apt-get install --no-install-recommends"
    assert commands_for("Debian, Ubuntu", done.stderr) == [f"sudo apt-get update && {install} {debian}"]
    fedora = " ".join(packages("TEX_FEDORA") + packages("BROWSER_FEDORA"))
    assert commands_for("Fedora", done.stderr) == [f"sudo dnf install {fedora}"]
    assert commands_for("macOS", done.stderr) == [
        'brew install --cask mactex-no-gui && brew install librsvg && eval "$(/usr/libexec/path_helper)"',
        "brew install --cask google-chrome && "
        'export DIPTYCH_CHROMIUM="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"',
    ]


def test_what_is_there_is_not_asked_for(machine: Machine) -> None:
    machine.fake_tex()
    done = machine.set_up("tex", "browser")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "Missing: chromium."
    assert commands_for("Fedora", done.stderr) == ["sudo dnf install chromium"]


def test_a_single_missing_tex_file_is_named(machine: Machine) -> None:
    machine.fake_tex()
    machine.fake("kpsewhich", '[ "$1" != ptmr8t.tfm ]')
    done = machine.set_up("tex")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "Missing: ptmr8t.tfm."


def test_texcount_is_a_part_of_its_own(machine: Machine) -> None:
    machine.fake_tex()
    assert machine.set_up("tex").returncode == 0
    done = machine.set_up("tex", "texcount")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "Missing: texcount."
    assert commands_for("Debian, Ubuntu", done.stderr)[0].endswith(" --no-install-recommends texlive-extra-utils")
    assert commands_for("Fedora", done.stderr) == ["sudo dnf install texlive-texcount"]
    (mac,) = commands_for("macOS", done.stderr)
    assert mac.startswith("brew install --cask mactex-no-gui")
    machine.fake("texcount")
    assert machine.set_up("tex", "texcount").returncode == 0


def test_where_tex_is_missing_as_well_it_brings_texcount_on_a_mac(machine: Machine) -> None:
    machine.fake_apt()
    machine.fake("sudo", "exit 1")
    (mac,) = commands_for("macOS", machine.set_up("tex", "texcount").stderr)
    assert mac.startswith("brew install --cask mactex-no-gui")


@pytest.mark.parametrize(("answer", "status"), [("DejaVu Sans", 1), ("Arial", 0), ("Liberation Sans", 0)])
def test_the_figures_need_a_font_of_the_right_widths(machine: Machine, answer: str, status: int) -> None:
    machine.fake_tex()
    machine.fake("fc-match", f"echo '{answer}'")
    done = machine.set_up("tex")
    assert done.returncode == status
    assert ("the font Liberation Sans" in done.stderr) is bool(status)


@pytest.mark.parametrize("way", ["root", "sudo"])
def test_where_it_may_it_installs_all_that_is_missing_in_one_call(machine: Machine, way: str) -> None:
    machine.fake_python(has_venv=False)
    machine.fake_apt(then=machine.installs(*TEX_COMMANDS, "chromium", "ensurepip"))
    if way == "root":
        machine.fake("id", "echo 0")
    else:
        machine.fake("sudo", f'echo "sudo $*" >>"{machine.calls}"\n[ "$1" = -n ] && shift\n"$@"')
    done = machine.set_up("python", "tex", "browser")
    assert (done.returncode, done.stderr) == (0, "")

    update, install = machine.noted("^apt-get")
    assert update == "apt-get update"
    wanted = ["python3.12-venv", *packages("TEX_DEBIAN"), *packages("BROWSER_DEBIAN")]
    assert install.startswith("apt-get install --yes --no-install-recommends ")
    assert install.endswith(" ".join(["", *wanted]))
    assert bool(machine.noted("^sudo -n apt-get update")) is (way == "sudo")


def test_a_failed_install_shows_the_end_of_its_log_and_the_commands(machine: Machine) -> None:
    machine.fake("id", "echo 0")
    machine.fake_apt(then="echo 'E: Unable to fetch' >&2; exit 100")
    done = machine.set_up("tex")
    assert done.returncode == 1
    assert "E: Unable to fetch" in done.stderr
    assert "sudo dnf install" in done.stderr
    assert "Unable to fetch" in (machine.root / "build" / "setup.log").read_text()
    assert len(machine.noted("apt-get install")) == 1


def test_an_install_that_brings_nothing_is_not_tried_again(machine: Machine) -> None:
    machine.fake("id", "echo 0")
    machine.fake_apt()
    done = machine.set_up("tex")
    assert done.returncode == 1
    assert "still not found" in done.stderr
    assert len(machine.noted("apt-get install")) == 1


# ---- The browser


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_any_usual_name_of_a_browser_will_do(machine: Machine, name: str) -> None:
    machine.fake(name)
    assert machine.set_up("browser").returncode == 0


def test_the_browser_may_be_named(machine: Machine) -> None:
    own = machine.bin / "my browser"
    assert "cannot be run" in machine.set_up("browser", DIPTYCH_CHROMIUM=str(own)).stderr
    machine.fake("my browser")
    assert machine.set_up("browser", DIPTYCH_CHROMIUM=str(own)).returncode == 0


def test_ubuntu_has_no_chromium_package_and_its_stub_is_none(machine: Machine) -> None:
    machine.os_release.write_text('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')
    machine.fake("id", "echo 0")
    machine.fake_apt(then=machine.installs(*TEX_COMMANDS))
    machine.fake("chromium-browser", "echo 'requires the chromium snap' >&2; exit 10")
    done = machine.set_up("tex", "browser")
    assert done.returncode == 1
    assert "google-chrome-stable_current_amd64.deb" in done.stderr
    (install,) = machine.noted("apt-get install")  # TeX is installed all the same
    assert "lmodern" in install
    assert "chromium" not in install
