"""Links as a local server answers them: only what the server says is gone is broken."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from diptych.linkcheck import CheckedLink, read_links, report_links

ANSWERS = {"/there": 200, "/gone": 410, "/never": 404, "/refused": 403, "/down": 503}


class Answering(BaseHTTPRequestHandler):
    """Answers each path with the status that its name stands for."""

    def do_GET(self) -> None:
        self.send_response(ANSWERS[self.path])
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_what_is_gone_is_broken(tmp_path: Path, address: str) -> None:
    links = "\n".join(f"- [a page]({address}{path})" for path in ANSWERS)
    (tmp_path / "index.md").write_text(f"# Links\n\n{links}\n", encoding="utf-8")
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\nlinkcheck_retries = 1\n', encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "linkcheck", "-Q", str(tmp_path), str(tmp_path / "out")], check=False
    )

    links = read_links(tmp_path / "out/output.json")
    verdicts = {link.address.removeprefix(address): link.verdict for link in links}

    assert verdicts == {
        "/there": "fine",
        "/gone": "broken",
        "/never": "broken",
        "/refused": "unknown",
        "/down": "unknown",
    }
    report, code = report_links(links)
    assert "index.md:4: broken: " in report
    assert "1 links fine, 2 broken, 2 could not be checked" in report
    assert code == 1


def link(verdict: str) -> CheckedLink:
    return CheckedLink("index.md", 1, "https://example.org", verdict, "")


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [([], 0), (["fine"], 0), (["fine", "unknown"], 0), (["fine", "broken"], 1), (["unknown", "unknown"], 2)],
)
def test_an_outage_is_neither_broken_nor_fine(verdicts: list[str], code: int) -> None:
    assert report_links([link(verdict) for verdict in verdicts])[1] == code
