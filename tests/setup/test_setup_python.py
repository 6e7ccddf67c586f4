"""The set-up script's part for Python: which one it takes, and when a .venv is made or brought up to date."""

from __future__ import annotations

import os

from machines import Machine


def test_without_a_new_enough_python_it_says_what_it_found(machine: Machine) -> None:
    machine.fake_python("python3", is_new=False)
    machine.fake_python("python3.11", is_new=False)
    done = machine.set_up("python")
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed; found: Python 3.9.2." in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert "sudo dnf install python3" in done.stderr
    assert "brew install python" in done.stderr
    assert not (machine.root / ".venv").exists()


def test_missing_python_and_missing_tex_are_reported_together(machine: Machine) -> None:
    done = machine.set_up("python", "tex")
    assert done.returncode == 1
    assert "found: no python3 at all" in done.stderr
    assert "Missing: pdflatex" in done.stderr


def test_a_newer_python_under_its_own_name_is_found(machine: Machine) -> None:
    machine.fake_python("python3", is_new=False)
    machine.fake_python("python3.13")
    assert machine.set_up("python").returncode == 0


def test_a_python_that_was_asked_for_is_not_replaced_by_another(machine: Machine) -> None:
    machine.fake_python("python3")
    machine.fake_python("python3.9", is_new=False)
    done = machine.set_up("python", PYTHON="python3.9")
    assert done.returncode == 1
    assert "PYTHON=python3.9 is not a Python 3.11 or newer" in done.stderr


def test_the_lock_is_installed_with_hashes_then_the_package_alone(machine: Machine) -> None:
    machine.fake_python()
    done = machine.set_up("python")
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.noted("-m venv") == ["-m venv .venv"]
    lock, package = machine.noted("pip --quiet")
    assert lock.endswith("install --require-hashes -r requirements.lock")
    assert package.endswith("install --no-build-isolation --no-deps -e .")


def test_a_changed_lock_is_installed_into_the_same_venv(machine: Machine) -> None:
    machine.fake_python()
    machine.set_up("python")
    (machine.root / "requirements.lock").write_text("a==2\n")
    machine.set_up("python")
    assert len(machine.noted("-m venv")) == 1
    assert len(machine.noted("require-hashes")) == 2


def test_a_touched_lock_is_not_installed_again_and_the_stamp_is_renewed(machine: Machine) -> None:
    machine.fake_python()
    machine.set_up("python")
    stamp = machine.root / ".venv" / ".installed"
    os.utime(stamp, (0, 0))
    machine.set_up("python")
    assert len(machine.noted("require-hashes")) == 1
    assert stamp.stat().st_mtime >= (machine.root / "requirements.lock").stat().st_mtime


def test_an_interrupted_set_up_never_passes_as_whole(machine: Machine) -> None:
    machine.fake_python()
    (machine.root / "pip-fails").touch()
    done = machine.set_up("python")
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert not (machine.root / ".venv" / ".installed").exists()

    (machine.root / ".venv" / "half-a-package").touch()
    (machine.root / "pip-fails").unlink()
    assert machine.set_up("python").returncode == 0
    assert not (machine.root / ".venv" / "half-a-package").exists()
    assert (machine.root / ".venv" / ".installed").exists()


def test_a_venv_that_came_from_another_folder_is_made_anew(machine: Machine) -> None:
    machine.fake_python()
    machine.set_up("python")
    machine.root = machine.root.rename(machine.root.parent / "moved")
    machine.set_up("python")
    assert len(machine.noted("-m venv")) == 2


def test_a_venv_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    machine.fake_python()
    machine.set_up("python")
    (machine.root / ".venv" / "bin" / "python").unlink()
    machine.set_up("python")
    assert len(machine.noted("-m venv")) == 2
