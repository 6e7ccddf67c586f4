"""A page for each paper: its entry, the analyses that compare or cite it, and what they say about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from diptych.sphinxext.catalogue import safe_name
from diptych.sphinxext.generated import Made, Page
from diptych.sphinxext.library import Holding, Library, in_order
from diptych.sphinxext.pages import fill
from diptych.sphinxext.searched import PAPERS, attributes, of_paper, written

if TYPE_CHECKING:
    from diptych.sphinxext.builder import SiteBuilder

INDEX = "papers"
"""The name of the list of all papers."""
MOST = 200
"""Up to so many papers stand on one page; above, each topic, year and venue has pages of its own."""
ON_A_PAGE = 350
"""How many of them stand on each."""
Groups = dict[str, list[tuple[str, str, list[Holding]]]]
"""For each way to sort papers its groups: an id, a title, the papers, which are put in order when they are shown."""


def paper_pages(builder: SiteBuilder, library: Library) -> Iterator[Made]:
    """The list of papers and a page for each."""
    groups = _groups(library.holdings.values())
    shown = [
        (kind, [(id, title, _shown(builder, found)) for id, title, found in some]) for kind, some in groups.items()
    ]
    about = "Every paper that an analysis compares or cites, by topic, year and venue."
    if is_short(library):
        yield Made(INDEX, shown, lambda: Page("Papers", _fill("papers.html", library, groups), about))
    else:
        counts = [(kind, [(id, title, len(keys)) for id, title, keys in some]) for kind, some in shown]
        yield Made(INDEX, counts, lambda: Page("Papers", _fill("papers-index.html", library, groups), about))
        for (kind, some), (_, stamps) in zip(groups.items(), shown, strict=True):
            for (id, title, found), (_, _, stamp) in zip(some, stamps, strict=True):
                yield from _group(builder, kind, id, title, found, stamp)
    for holding in library.holdings.values():
        yield _page(builder, library, holding)


def is_short(library: Library) -> bool:
    """Whether all papers stand on one page."""
    return len(library.holdings) <= MOST


def group_page(kind: str, id: str, number: int = 1) -> str:
    """The name of a page that lists the papers of one topic, year or venue."""
    return f"{INDEX}-by/{kind}-{safe_name(id)}{f'-{number}' if number > 1 else ''}"


def _group(builder: SiteBuilder, kind: str, id: str, title: str, found: list[Holding], shown: object) -> Iterator[Made]:
    starts = range(0, len(found), ON_A_PAGE)
    sorted_once = cache(lambda: in_order(found))
    names = [group_page(kind, id, number) for number in range(1, len(starts) + 1)]
    for name, start in zip(names, starts, strict=True):

        def papers_of(start: int = start) -> list[Holding]:
            return sorted_once()[start : start + ON_A_PAGE]

        def make(name: str = name, papers_of: Callable[[], list[Holding]] = papers_of) -> Page:
            papers = papers_of()
            pages = [(f"{other.rpartition('/')[2]}.html", other == name) for other in names]
            body = fill(
                "papers-part.html", kind=kind, title=title, holdings=papers, pages=pages if len(pages) > 1 else [],
                address=lambda other: builder.get_relative_uri(name, other),
            )  # fmt: skip
            return Page(f"Papers: {title}", body, f"Papers by {kind}: {title}.")

        def part(papers_of: Callable[[], list[Holding]] = papers_of) -> object:
            return (kind, title, len(names), _shown(builder, papers_of()))

        yield Made(name, (title, shown, len(names)), make, part=part)


def _shown(builder: SiteBuilder, holdings: list[Holding]) -> list[tuple[str, str, int, int]]:
    """What a list shows of papers, for stamps."""
    digest = builder.analyses.catalogue.digest
    return [(one.paper.key, digest(one.paper.key), len(one.compared), len(one.cited)) for one in holdings]


def _page(builder: SiteBuilder, library: Library, holding: Holding) -> Made:
    paper = holding.paper
    compared = [summary.docname for summary in holding.compared]
    cited = [docname for docname in holding.cited if docname not in compared]

    def make() -> Page:
        said = []
        for docname in [*compared, *cited]:
            mentions = library.mentions(docname, paper.key)
            said.append((library.by_docname[docname], builder.get_relative_uri(paper.page, docname), mentions))
        body = fill(
            "paper.html",
            paper=paper,
            found=Markup(attributes("paper", "" if compared else PAPERS)),
            tags=Markup(written(of_paper(holding))),
            compared=said[: len(compared)],
            cited=said[len(compared) :],
            address=lambda name: builder.get_relative_uri(paper.page, name),
        )
        about = f"What the analyses in this library say about {paper.title} ({paper.short_authors}, {paper.year})."
        return Page(paper.title, body, about)

    stamp = (
        builder.analyses.catalogue.digest(paper.key),
        [(library.by_docname[name].stamp, library.stamp(name, paper.key)) for name in compared],
        [(name, library.by_docname[name].front.title, library.stamp(name, paper.key)) for name in cited],
    )
    return Made(paper.page, stamp, make)


def _groups(holdings: Iterable[Holding]) -> Groups:
    topics: dict[tuple[str, str], list[Holding]] = {}
    venues: dict[str, list[Holding]] = {}
    years: dict[str, list[Holding]] = {}
    for holding in holdings:
        for id, title in holding.topics.items():
            topics.setdefault((title, id), []).append(holding)
        venues.setdefault(holding.paper.venue or "No venue", []).append(holding)
        years.setdefault(holding.paper.year, []).append(holding)
    by_venue = sorted(venues.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    return {
        "topic": [(id, title, found) for (title, id), found in sorted(topics.items())],
        "year": [(year, year, found) for year, found in sorted(years.items(), reverse=True)],
        "venue": [(venue, venue, found) for venue, found in by_venue],
    }


def _fill(template: str, library: Library, groups: Groups) -> str:
    return fill(
        template,
        count=len(library.holdings),
        groups={kind: [(id, title, in_order(found)) for id, title, found in some] for kind, some in groups.items()},
        address=lambda name: f"{name}.html",
        page=lambda *group: f"{group_page(*group)}.html",
    )
