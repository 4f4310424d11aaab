"""A table in a file, whatever the format: its first rows, and a way to stage all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from huiyin.codebook.contracts import ColumnHint
from huiyin.core.text import Text

Cells = tuple[str | None, ...]
"""One row as text; None where the cell is empty."""

HEAD_ROWS = 60
"""How many rows a layout is recognised from."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """How one table goes to Parquet.

    Attributes
    ----------
    target : Path
        The Parquet file to write.
    source : int
        Number of this table among all sources.
    n_header_rows : int
        Records before the first data row.
    columns : tuple of str
        Names of this table's columns, in file order.
    all_columns : tuple of str
        Names over all tables; those this table lacks are NULL in it.
    as_text : bool
        Stage as text; False where a format with types of its own may keep them.
    """

    target: Path
    source: int
    n_header_rows: int
    columns: tuple[str, ...]
    all_columns: tuple[str, ...]
    as_text: bool = True


@dataclass
class RawTable(ABC):
    """One table of a file: a CSV file, a worksheet, a Parquet file."""

    path: Path
    head: tuple[Cells, ...]
    kind: str
    sheet: str | None = None
    encoding: str | None = None
    notes: list[Text] = field(default_factory=list)
    hints: Mapping[str, ColumnHint] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Name the file, and the sheet where there is one, for a sentence."""
        return self.path.name if self.sheet is None else f"{self.path.name}[{self.sheet}]"

    @property
    def width(self) -> int:
        """Count the columns seen in the first rows."""
        return max((len(row) for row in self.head), default=0)

    @property
    def n_cells(self) -> int:
        """Count cells, as far as known before staging, to find the main sheet."""
        return self.width * len(self.head)

    def line_of(self, record: int) -> int:
        """Give the 1-based line or sheet row where 0-based `record` of the head starts."""
        return record + 1

    @abstractmethod
    def stage(self, plan: StagePlan) -> int:
        """Write all data rows as the plan says, and count them."""
