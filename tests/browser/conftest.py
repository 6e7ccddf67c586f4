"""This repository's own site, built, served by the standard library, and opened in the system's Chromium."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from diptych.search.index import make_index
from served import serve

ROOT = Path(__file__).parents[2]
SCREEN = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def site_folder(make_once: Callable[..., Path]) -> Path:
    """The built site."""

    def build(output: Path) -> None:
        command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "-n", "--keep-going"]
        command += ["-d", str(output / "d"), str(ROOT), str(output / "html")]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        make_index(output / "html", output / "search")

    return make_once("site", build) / "html"


@pytest.fixture(scope="session")
def address(site_folder: Path) -> Iterator[str]:
    """Where the site is served."""
    with serve(site_folder) as address:
        yield address


@dataclass
class Visit:
    """One open page, and what went wrong while it loaded and was used."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the site. All its scripts have run when it has loaded."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page


@contextmanager
def open_page(context: BrowserContext, address: str) -> Iterator[Visit]:
    """A page that notes console errors, failed requests and requests to other hosts; nothing of it is left behind."""
    result = Visit(context.new_page(), address)
    note = result.errors.append
    result.page.on("console", lambda message: note(message.text) if message.type in ("error", "warning") else None)
    result.page.on("pageerror", lambda error: note(str(error)))
    # a picture that is still on its way when the reader goes on to another page has not failed
    result.page.on(
        "requestfailed",
        lambda request: None if request.failure == "net::ERR_ABORTED" else note(f"failed: {request.url}"),
    )
    result.page.on(
        "response", lambda response: note(f"{response.status}: {response.url}") if response.status >= 400 else None
    )
    result.page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else note(f"foreign: {request.url}"),
    )
    try:
        yield result
    finally:
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        kept = {"origin": origin, "storageTypes": "cookies,local_storage,indexeddb,service_workers"}
        context.new_cdp_session(result.page).send("Storage.clearDataForOrigin", kept)
        context.clear_permissions()
        result.page.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The reader whom most tests share: what the browser has loaded for one of them, it need not load for the next."""
    context = browser.new_context(viewport=SCREEN)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    """A fresh page of a reader who may have been on the site before and has set nothing."""
    with open_page(context, address) as result:
        yield result


@pytest.fixture
def first_visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A fresh page of somebody who has never been on the site, so everything is loaded."""
    with browser.new_context(viewport=SCREEN) as context, open_page(context, address) as result:
        yield result
