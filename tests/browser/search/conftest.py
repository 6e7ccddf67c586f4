"""The site that is searched, over HTTP under the documented policy."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from searching import CountingServer, build_site
from served import PREFIX


@pytest.fixture(scope="session")
def folder(make_once: Callable[..., Path]) -> Path:
    """The built site."""
    return make_once("search", build_site) / "build/html"


@pytest.fixture(scope="session")
def sent() -> dict[str, int]:
    """The bytes that the server has sent, by address."""
    return {}


@pytest.fixture(scope="session")
def address(folder: Path, sent: dict[str, int]) -> Iterator[str]:
    """Where the site is served: not at the top of its host."""
    handler = type("Server", (CountingServer,), {"sent": sent})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()
    thread.join()
