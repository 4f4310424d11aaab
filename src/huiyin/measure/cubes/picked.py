"""Rows of a cube picked for another question: each stands for a day of its own, some several times.

Customers at the start of a period are such rows: a customer's last order stands for every start
that it comes before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.cubes.coded import Coded, Kind
from huiyin.measure.cubes.cube import Cube, Known
from huiyin.measure.dataset import KINDS

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

_MISSING = 2


@dataclass(frozen=True, slots=True)
class Picks:
    """Which rows, for which day each, and whether they count as 1 or 0.

    Attributes
    ----------
    rows : (picks,) array of int
        Places of rows of the cube.
    days : tuple of date
        Ascending, each the day of some pick.
    day : (picks,) array of int
        Place among `days`; ascending.
    counts : mapping of str to (picks,) array of float
        Columns that are made for the picks: 1, 0 or NaN.
    """

    rows: NDArray[np.int64]
    days: tuple[date, ...]
    day: NDArray[np.int64]
    counts: Mapping[str, NDArray[np.float64]]


class PickedCube(Cube):
    """A cube of picked rows of another one.

    Parameters
    ----------
    whole : Cube
    beside : Dataset
        The dataset of `whole`, with what facts made.
    picks : Picks
        The columns that it makes are named as they are coded.
    """

    def __init__(self, whole: Cube, beside: Dataset, picks: Picks) -> None:
        super().__init__()
        self.repeats_rows = True
        self._whole, self._beside, self._rows = whole, beside, picks.rows
        days = Coded(picks.day.astype(np.int32), Kind.DAY, len(picks.days), picks.days)
        self._columns = {ANSWERED_ON_COLUMN: days}
        self._columns |= {name: _yes_no(counts) for name, counts in picks.counts.items()}

    def known(self, key: Hashable, find: Callable[[], Known]) -> Known:
        """Give a fact; of which type columns are the whole cube knows."""
        if isinstance(key, tuple) and key[0] == KINDS:
            return self._whole.known(key, find)
        return super().known(key, find)

    def kinds(
        self, made_by: Sequence[str], find: Callable[[], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Give the types of all columns, kept by the whole cube."""
        return self._whole.kinds(made_by, find)

    def load(self, dataset: Dataset, names: Iterable[str]) -> None:
        """Make columns ready."""
        own = set(self._columns)
        self._whole.load(self._beside, [n for n in names if dataset.coded_name(n) not in own])

    def column(self, name: str) -> Coded | None:
        """Give a column over the picked rows; it was loaded."""
        if name not in self._columns:
            found = self._whole.column(name)
            self._columns[name] = None if found is None else found.taken(self._rows)
        return self._columns[name]


def _yes_no(counts: NDArray[np.float64]) -> Coded:
    codes: Any = np.where(np.isnan(counts), _MISSING, counts).astype(np.uint8)
    return Coded(codes, Kind.NUMBER, _MISSING, (0.0, 1.0))
