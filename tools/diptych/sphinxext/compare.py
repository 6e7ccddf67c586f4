"""The page that sets all analyses and papers against each other: a table, a map, and the papers by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.sphinxext.chart import draw
from diptych.sphinxext.filters import FILTERS, choices, values
from diptych.sphinxext.generated import Made, Page
from diptych.sphinxext.library import Holding, Library
from diptych.sphinxext.pages import fill

if TYPE_CHECKING:
    from diptych.sphinxext.builder import SiteBuilder

NAME = "compare"
MOST = 60
"""Above so many papers, map and years leave out those that one analysis cites in passing."""


def compare_page(builder: SiteBuilder, library: Library) -> Iterator[Made]:
    """The page, which changes with every analysis."""
    holdings = _notable(library)

    def address(name: str) -> str:
        return builder.get_relative_uri(NAME, name)

    def make() -> Page:
        shown = sorted(holdings, key=lambda holding: holding.paper.place)
        body = fill(
            "compare.html",
            rows=library.summaries,
            address=address,
            choices=choices(library.summaries, list(FILTERS)),
            filters=FILTERS,
            values=values,
            chart=draw(library, shown, address),
            years=_years(shown),
            is_whole=len(holdings) == len(library.holdings),
        )
        about = "All analyses in one table, a map of which papers they compare and cite, and the papers by year."
        return Page("Compare", body, about)

    digest = builder.analyses.catalogue.digest
    stamp = (
        [summary.stamp for summary in library.summaries],
        [(holding.paper.key, digest(holding.paper.key), holding.cited) for holding in holdings],
    )
    yield Made(NAME, stamp, make)


def _notable(library: Library) -> list[Holding]:
    """The papers that map and years show: all of a small library, else the compared and those cited twice."""
    found = list(library.holdings.values())
    if len(found) > MOST:
        found = [holding for holding in found if holding.compared or len(holding.cited) > 1]
    if len(found) > MOST:
        found = [holding for holding in found if holding.compared]
    return found


def _years(holdings: list[Holding]) -> list[tuple[str, list[Holding]]]:
    years: dict[str, list[Holding]] = {}
    for holding in holdings:
        years.setdefault(holding.paper.year, []).append(holding)
    for found in years.values():
        found.sort(key=lambda holding: not holding.compared)
    return sorted(years.items())
