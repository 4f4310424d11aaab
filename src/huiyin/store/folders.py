"""Where an installation keeps its files, beside its database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """The data folder of an installation and what stands in it.

    Parameters
    ----------
    root : Path
        Made if absent, for its owner alone.
    """

    root: Path

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def uploads(self) -> Path:
        """Files that people sent, untouched, by upload id."""
        return self._made("uploads")

    @property
    def answer_files(self) -> Path:
        """Files that respondents sent, sealed, by an id that says nothing."""
        return self._made("answer_files")

    @property
    def staged(self) -> Path:
        """Rows as they came, as Parquet, by import id; can be made again from the uploads."""
        return self._made("staged")

    @property
    def lake(self) -> Path:
        """Tables of facts."""
        return self._made("lake")

    @property
    def reports(self) -> Path:
        """Reports that were made; can be made again."""
        return self._made("reports")

    @property
    def cache(self) -> Path:
        """Results by what they stand on; can be deleted at any time."""
        return self._made("cache")

    @property
    def work(self) -> Path:
        """Temporary files of running work."""
        return self._made("work")

    def _made(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder
