"""Which style file sets the papers: the official one where the user has it, else the project's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sphinx.config import Config
from sphinx.errors import ConfigError

ASSETS = Path(__file__).parent / "assets"
OWN = "neurips_diptych"
FOLDER = "styles"
"""Beside ``conf.py``: an official ``neurips_*.sty`` dropped here is used, unchanged. It states no licence, so
the project does not bring it."""


@dataclass(frozen=True, slots=True)
class Style:
    """A LaTeX package that sets papers."""

    name: str
    """What ``\\usepackage`` calls it."""
    file: Path | None
    """Where it lies; ``None`` for one that TeX itself finds."""


def choose_style(config: Config, confdir: Path) -> Style:
    """The style that ``diptych_style`` names; where it names none, the newest official one in ``styles/``, or our own.

    ``diptych_style`` is a file (``styles/neurips_2025.sty``, from the folder of ``conf.py``) or the name of a
    package on TeX's own path (``neurips_2025``). Raises ``ConfigError`` for a file that is not there.
    """
    wanted = config.diptych_style
    if wanted.endswith(".sty"):
        file = Path(confdir, wanted)
        if not file.is_file():
            raise ConfigError(f"diptych_style: there is no file {wanted}")
        return Style(file.stem, file)
    if wanted and wanted != OWN:
        return Style(wanted, None)
    dropped = [] if wanted else sorted(Path(confdir, FOLDER).glob("neurips_*.sty"))
    file = dropped[-1] if dropped else ASSETS / f"{OWN}.sty"
    return Style(file.stem, file)
