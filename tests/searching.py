"""A site of fourteen invented analyses to search in, the server that counts what it sends, and how tests ask it."""

from __future__ import annotations

import gzip
import http.server
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from bench.corpus import write_corpus
from diptych.search.index import make_index
from served import PREFIX, policy

ROOT = Path(__file__).parents[1]
ANALYSES = 14
HOSTILE = "<script>document.body.dataset.broken = 1</script> & <img src=x onerror=document.body.dataset.broken=2>"
SENTENCE = "The quokka method writes `<mark>` and `<b onclick=x>` where others &lt;i&gt; write nothing.\n"
GUIDE = (
    "# Keeping quokkas\n\nA guide to the quokka.\n\n## Food\n\nA quokka eats what is green, like any other animal.\n"
)


def build_site(root: Path) -> None:
    """Build it below ``root``. One analysis has a hostile title; it is the only one about quokkas."""
    write_corpus(root, ANALYSES, 12 * ANALYSES)
    file = root / "analyses/analysis-0003/index.md"
    text = file.read_text(encoding="utf-8").replace('"Invented analysis 3"', f"'{HOSTILE}'")
    file.write_text(text.replace("## Analysis\n", f"{SENTENCE}\n## Analysis\n", 1), encoding="utf-8")
    shutil.copy(ROOT / "conf.py", root / "conf.py")
    for name, page in (("index", "# Home\n\n```{analyses}\n```\n"), ("keeping", f"---\norphan: true\n---\n{GUIDE}")):
        (root / f"docs/{name}.md").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", str(root), str(root / "build/html")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    make_index(root / "build/html", root / "build/search")


class CountingServer(http.server.SimpleHTTPRequestHandler):
    """A server of static files below a folder of the host, which compresses text as servers do, and counts bytes."""

    sent: dict[str, int]

    def do_GET(self) -> None:
        file = Path(self.directory, self.path.partition("?")[0].removeprefix(PREFIX))
        if not self.path.startswith(PREFIX) or not file.is_file():
            self.send_error(404)
            return
        data = file.read_bytes()
        self.send_response(200)
        if file.suffix in (".html", ".js", ".css", ".json", ".svg"):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", policy())
        self.end_headers()
        self.wfile.write(data)
        self.sent[self.path] = len(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def search(visit, query: str) -> Page:
    """Open the search and wait for its answer."""
    page = visit.go(f"search.html?{query}")
    expect(page.locator("#search-count")).to_contain_text("page")
    return page


def titles(page: Page) -> list[str]:
    return page.locator(".result-title").all_inner_texts()
