"""Pages that are made from the model, without a source file of their own.

The theme is asked once for the frame of all pages in a folder; each page then costs one small template. A page is
made again only when what it shows has changed.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.parallel import parallel_available

from diptych.output import write_whole
from diptych.sphinxext.program import program_stamp
from diptych.sphinxext.workers import share

if TYPE_CHECKING:
    from diptych.sphinxext.builder import SiteBuilder

STAMPS = ".pages.json"
"""Where the builder remembers what each of these pages was made from."""
_FOLDER, _NAME = "DIPTYCHFOLDER", "DIPTYCHNAME"
_TITLE, _ABOUT, _BODY = "DIPTYCHTITLE", "DIPTYCHABOUT", "DIPTYCHBODY"

_PLACES = re.compile(f"{_FOLDER}|{_NAME}|{_TITLE}|{_ABOUT}|{_BODY}")


@dataclass(frozen=True, slots=True)
class Frame:
    """The theme's page around the body."""

    text: str
    digest: str


_NO_FRAME = Frame("", "")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    title: str
    body: str
    about: str = ""
    """A sentence for search engines."""


@dataclass(frozen=True, slots=True)
class Made:
    """One page or file that is made from the model."""

    name: str
    """The page's name, such as ``papers/ho2020ddpm``, or the path of a file below the site."""
    stamp: object
    """Everything that it shows, in a form whose ``repr`` changes when it does."""
    make: Callable[[], Page | str]
    """What it says; a file's text."""
    is_page: bool = True
    part: Callable[[], object] | None = None
    """For one of several pages that share a stamp, what this one shows; asked only when that stamp has changed."""

    @property
    def file(self) -> str:
        """Its path below the site."""
        return f"{self.name}.html" if self.is_page else self.name


Stale = tuple[Made, Frame, Path]
"""What has to be made, its frame, and where it goes."""
MANY = 100
"""From so many pages on it pays to start processes for them."""


def write_made(builder: SiteBuilder, things: Iterable[Made]) -> None:
    """Write what has changed since the last build, and remove what is no longer there."""
    folder = Path(builder.outdir)
    file = folder / STAMPS
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    frames: dict[str, Frame] = {}
    stamps: dict[str, str | list[str]] = {}
    stale: list[Stale] = []
    for thing in things:
        target = os.path.join(folder, thing.file)  # noqa: PTH118  thousands of them in every build
        frame = _frame(builder, frames, thing.name) if thing.is_page else _NO_FRAME
        stamp = _digest(program_stamp(), frame.digest, thing.stamp)
        before, is_there = known.get(thing.file), os.path.isfile(target)  # noqa: PTH113
        if thing.part is not None:
            if is_there and isinstance(before, list) and before[0] == stamp:
                stamps[thing.file] = before
                continue
            own = _digest(program_stamp(), frame.digest, thing.part())
            stamps[thing.file] = [stamp, own]
            if is_there and isinstance(before, list) and before[1] == own:
                continue
        else:
            stamps[thing.file] = stamp
            if is_there and before == stamp:
                continue
        stale.append((thing, frame, Path(target)))
    _make_all(builder, stale)
    for gone in known.keys() - stamps.keys():
        (folder / gone).unlink(missing_ok=True)
    file.write_text(json.dumps(stamps, indent=0, sort_keys=True), encoding="utf-8")


def _make_all(builder: SiteBuilder, stale: list[Stale]) -> None:
    """Make what has changed: in this process, or shared out where there is much and Sphinx may use several."""
    processes = builder._app.parallel if parallel_available and len(stale) >= MANY else 1
    if processes == 1:
        _make(stale)
        return
    share(stale, processes, _make, lambda _: None)


def _make(stale: Iterable[Stale]) -> None:
    for thing, frame, target in stale:
        made = thing.make()
        text = made if isinstance(made, str) else _framed(frame.text, thing.name, made)
        data = text.encode()
        if not target.is_file() or target.read_bytes() != data:
            write_whole(target, data)


def _framed(frame: str, name: str, page: Page) -> str:
    """The frame filled in, all at once: what is put in is not searched again."""
    filling = {
        _FOLDER: name.rpartition("/")[0].rpartition("/")[2],
        _NAME: name.rpartition("/")[2],
        _TITLE: html.escape(page.title),
        _ABOUT: html.escape(page.about),
        _BODY: page.body,
    }
    return _PLACES.sub(lambda match: filling[match[0]], frame)


def _frame(builder: SiteBuilder, frames: dict[str, Frame], name: str) -> Frame:
    """The theme's page around the body; pages in one folder share theirs, and so do those in folders side by side."""
    *folders, _ = name.split("/")
    key = "/".join([*folders[:-1], _FOLDER, _NAME] if len(folders) > 1 else [*folders, _NAME] if folders else [name])
    if key not in frames:
        file = Path(builder.doctreedir) / "frame.html"
        context = {"title": _TITLE, "body": _BODY, "description": _ABOUT, "metatags": "", "parents": []}
        if name == "404":
            # it is shown at addresses of any depth, where relative links would miss
            context["base"] = builder.config.html_baseurl
        builder.handle_page(key, context, outfilename=file)
        text = file.read_text(encoding="utf-8")
        frames[key] = Frame(text, _digest(text))
        file.unlink()
    return frames[key]


def _digest(*parts: object) -> str:
    return hashlib.sha1(repr(parts).encode(), usedforsecurity=False).hexdigest()
