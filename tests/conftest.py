"""What all tests share: a project on disk, the programs that some tests need, and how hypothesis searches."""

from __future__ import annotations

import fcntl
import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from corpora import write_project
from diptych.settings import Project, find_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent

# Chromium draws parts of its own window, which nobody sees here, as pages with a process of their own. They would cost
# more than the pages that are tested.
UNWANTED_IN_WINDOWS = ("PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
# What playwright switches off on systems like these; of two such lists Chromium knows only the last.
UNWANTED_BY_PLAYWRIGHT = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip

# The same examples on every machine and in every run: a failure can be repeated, a pass means the same anywhere.
settings.register_profile(
    "diptych", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("diptych")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a project on disk: the invented assignment and one clean analysis."""
    return write_project(tmp_path)


@pytest.fixture
def project(root: Path) -> Project:
    """The same project with its settings."""
    return find_project(root)


@pytest.fixture(scope="session")
def make_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Fill the folder of a name, once in a run: the test process that asks first does it, and the others wait for it.

    What is made so may only be read.
    """
    own = tmp_path_factory.getbasetemp()
    top = (own.parent if hasattr(request.config, "workerinput") else own) / "shared"

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, whole = top / name, top / f"{name}.whole"
        top.mkdir(exist_ok=True)
        with (top / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                shutil.rmtree(folder, ignore_errors=True)  # another process failed to fill it; let us see why
                folder.mkdir()
                fill(folder)
                whole.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def chromium() -> dict[str, Any]:
    """How playwright starts the system's Chromium, which every test marked ``browser`` has been seen to have."""
    quiet = ("gpu", "background-networking", "component-update", "sync")
    switches = [*(f"--disable-{name}" for name in quiet), "--no-first-run"]
    return {"executable_path": find_chromium(), "args": [*switches, *(["--no-sandbox"] if os.geteuid() == 0 else [])]}


@pytest.fixture(scope="session")
def browser(chromium: dict[str, Any]) -> Iterator[Browser]:
    """The browser, running; one for all tests, since playwright runs once in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        features = ",".join([*UNWANTED_IN_WINDOWS, *UNWANTED_BY_PLAYWRIGHT])
        switches = [*chromium["args"], f"--disable-features={features}"]
        running = playwright.chromium.launch(**{**chromium, "args": switches})
        yield running
        running.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Whoever names files or folders gets their tests from this process: they are often done before others start."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where tests are shared out, those that run other programs come first: they are slow, and would be waited for.

    Those of TeX come before those of the browser, which would wait for one another's site if they all began with it.
    """
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("tex", "browser")])


def pytest_collection_finish() -> None:
    """Leave what has been collected out of every later search for unused objects, which tests of time would feel."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A marked test fails with advice, and does not skip, where the programs that its mark names are missing."""
    if item.get_closest_marker("tex") and (missing := missing_tex()):
        pytest.fail(advice("tex", missing), pytrace=False)
    if item.get_closest_marker("texcount") and shutil.which("texcount") is None:
        pytest.fail(advice("texcount", ["texcount"]), pytrace=False)
    if item.get_closest_marker("browser") and find_chromium() is None:
        pytest.fail(advice("browser", ["chromium"]), pytrace=False)


def missing_tex() -> list[str]:
    """The commands of TeX and its helpers that are not on the path."""
    return [command for command in _names("TEX_COMMANDS") if shutil.which(command) is None]


def find_chromium() -> str | None:
    """The browser that the set-up would take: ``DIPTYCH_CHROMIUM``, or the first on the path."""
    named = os.environ.get("DIPTYCH_CHROMIUM")
    return next((found for name in ([named] if named else _names("BROWSERS")) if (found := shutil.which(name))), None)


def advice(part: str, missing: list[str]) -> str:
    """What to do about programs that ``tools/setup.sh`` knows as ``part``."""
    return (
        f"Missing: {', '.join(missing)}. Type:\n    sh tools/setup.sh {part}\n"
        "It installs what is missing where it may, and prints the commands to type where it may not."
    )


def _names(variable: str) -> list[str]:
    """A list of commands as the set-up script has it, so that there is one list."""
    script = (ROOT / "tools/setup.sh").read_text(encoding="utf-8")
    return re.search(rf'^{variable}="([^"]*)"$', script, re.MULTILINE)[1].split()
