"""Where a project keeps its things: ``[tool.diptych]`` in ``pyproject.toml``, or ``diptych.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from diptych.data.located import Located
from diptych.data.schema import read
from diptych.data.toml import read_toml
from diptych.diagnostics import Problem
from diptych.errors import DataError, DiptychError
from diptych.span import Source
from diptych.thresholds import Thresholds

OWN_FILE = "diptych.toml"
SHARED_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project may set; every path is relative to the project's root."""

    analyses: str = field(default="analyses", metadata={"help": "The folder of the analyses, one folder each."})
    bibliography: str = field(default="bib", metadata={"help": "The folder of the BibTeX files."})
    assignments: str = field(default="docs/assignments", metadata={"help": "The folder of the assignments."})
    site_url: str = field(default="", metadata={"help": "Where the site is published, ending in a slash."})
    thresholds: Thresholds = field(default_factory=Thresholds, metadata={"help": "Numbers that rules compare with."})


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root folder and its settings."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def analyses(self) -> Path:
        """The folder of the analyses."""
        return self.root / self.settings.analyses

    @property
    def bibliography(self) -> Path:
        """The folder of the BibTeX files."""
        return self.root / self.settings.bibliography

    @property
    def assignments(self) -> Path:
        """The folder of the assignments."""
        return self.root / self.settings.assignments

    def bibliography_files(self) -> list[Path]:
        """The BibTeX files, sorted by path."""
        return sorted(self.bibliography.glob("*.bib"))


def find_project(start: Path) -> Project:
    """The project that ``start`` lies in: the nearest folder upwards that holds settings of Diptych.

    Raises ``DiptychError`` when there is none and ``DataError`` when its settings are wrong.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        own, shared = folder / OWN_FILE, folder / SHARED_FILE
        if own.is_file():
            return Project(folder, _settings(read_toml(Source.read(own, folder))))
        if shared.is_file():
            tool = read_toml(Source.read(shared, folder)).value.get("tool")
            if tool is not None and "diptych" in tool.value:
                return Project(folder, _settings(tool.value["diptych"]))
    raise DiptychError(
        f"{start}: no Diptych project here or above\n"
        f"    hint: go to the project's folder, or begin one with an empty {OWN_FILE}"
    )


def _settings(located: Located) -> Settings:
    problems: list[Problem] = []
    settings = read(located, Settings, problems)
    if problems:
        raise DataError(problems)
    return settings
