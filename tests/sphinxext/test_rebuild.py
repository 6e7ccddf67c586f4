"""What is built again when something has changed: what depends on it, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from corpora import BIBLIOGRAPHY, BODY, HEADER, RUBRIC, markdown

OTHER = """
@misc{third2022,
  title = {A Third One},
  author = {Third, Tom},
  year = {2022},
}
"""


@pytest.fixture
def site(build):
    """Two analyses; only the second cites the third paper."""
    return build(
        markdown(),
        markdown(HEADER.replace("topic: by-hand", "topic: elsewhere"), BODY + "\nSo does {cite:t}`third2022`.\n"),
        bibliography=BIBLIOGRAPHY + OTHER,
    )


@dataclass(frozen=True)
class Snapshot:
    """When each page was written."""

    root: Path
    times: dict[str, int]

    @classmethod
    def of(cls, root: Path) -> Snapshot:
        """The pages as they are now. The search page is written in every build."""
        folder = root / "build/html"
        pages = [file for file in folder.rglob("*.html") if file.name != "search.html"]
        return cls(root, {file.relative_to(folder).as_posix(): file.stat().st_mtime_ns for file in pages})

    def written(self) -> set[str]:
        """The pages that have been written since."""
        return {name for name, time in self.of(self.root).times.items() if self.times.get(name) != time}


def test_nothing_changed_nothing_written(build, site) -> None:
    before = Snapshot.of(site.root)
    build(root=site.root)
    assert before.written() == set()


def test_an_entry_concerns_those_who_cite_it(build, site) -> None:
    before = Snapshot.of(site.root)
    changed = BIBLIOGRAPHY + OTHER.replace("A Third One", "The Third One")
    again = build(root=site.root, files={"bib/letters.bib": changed})
    assert before.written() == {"analyses/b/index.html"}
    assert "The third one" in again.page("analyses/b/index.html").get_text()


def test_a_new_analysis_concerns_the_lists_that_name_it(build, site) -> None:
    before = Snapshot.of(site.root)
    again = build(root=site.root, files={"analyses/c/index.md": markdown()})
    # the home page, and its neighbour on the same topic
    assert before.written() == {"analyses/c/index.html", "analyses/a/index.html", "index.html"}
    assert len(again.page("index.html").select(".card")) == 3


def test_another_builder_does_not_hide_a_change(build, site) -> None:
    build(root=site.root, files={"analyses/c/index.md": markdown()}, builder="dummy")
    again = build(root=site.root)
    assert len(again.page("index.html").select(".card")) == 3


def test_the_assignment_concerns_its_analyses_and_its_page(build, site) -> None:
    before = Snapshot.of(site.root)
    build(root=site.root, files={"docs/assignments/sorting.toml": RUBRIC.replace("Chosen papers", "The papers")})
    assert {"analyses/a/index.html", "analyses/b/index.html", "task.html"} <= before.written()


def test_parallel_builds_are_alike(build) -> None:
    texts = [markdown() for _ in range(8)]
    one, two = build(*texts), build(*texts, parallel=2)
    pages = [
        {file.relative_to(site.folder): file.read_text(encoding="utf-8") for file in site.folder.rglob("*.html")}
        for site in (one, two)
    ]
    assert pages[0] == pages[1]
    assert two.warnings == ()
