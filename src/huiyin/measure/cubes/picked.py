"""Rows of a cube picked for another question: each stands for a day of its own, some several times.

Customers at the start of a period are such rows: a customer's last order stands for every start
that it comes before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy
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

MISSING = 2


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
    counts : mapping of str to (picks,) array of uint8
        Columns that are made for the picks, as `yes_no` gives them.
    """

    rows: NDArray[np.int64]
    days: tuple[date, ...]
    day: NDArray[np.int64]
    counts: Mapping[str, NDArray[np.uint8]]


class PickedCube(Cube):
    """A cube of picked rows of another one.

    Parameters
    ----------
    whole : Cube
    picks : Picks
        The columns that it makes are named as they are coded.
    repeats : bool, default True
        Whether a row may stand several times.
    """

    def __init__(self, whole: Cube, picks: Picks, *, repeats: bool = True) -> None:
        super().__init__()
        self.repeats_rows = repeats
        self._whole, self._rows = whole, picks.rows
        self._beside: Dataset | None = None
        days = Coded(picks.day.astype(np.int32), Kind.DAY, len(picks.days), picks.days)
        self._columns = {ANSWERED_ON_COLUMN: days}
        self._columns |= {
            name: Coded(codes, Kind.NUMBER, MISSING, (0.0, 1.0))
            for name, codes in picks.counts.items()
        }

    def beside(self, dataset: Dataset) -> PickedCube:
        """Give the same cube, which has columns coded through a dataset with what facts made.

        Columns and facts that were found for one question are there for the next.
        """
        other = copy(self)
        other._beside = dataset  # noqa: SLF001 -- its own class
        return other

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
        asked = [name for name in names if dataset.coded_name(name) not in own]
        self._whole.load(self._beside or dataset, asked)

    def column(self, name: str) -> Coded | None:
        """Give a column over the picked rows; it was loaded."""
        if name not in self._columns:
            found = self._whole.column(name)
            self._columns[name] = None if found is None else found.taken(self._rows)
        return self._columns[name]


def yes_no(counts: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Code numbers that are 1, 0 or NaN."""
    return np.where(np.isnan(counts), MISSING, counts).astype(np.uint8)


def kept_picks(cube: Cube, name: str, find: Callable[[], Picks | None]) -> Picks | None:
    """Give picks that no query changes, found by `find` once, and kept with the cube."""

    def arrays() -> tuple[list[Any], list[NDArray[Any]]]:
        found = find()
        if found is None:
            return [], []
        facts = [[day.isoformat() for day in found.days], list(found.counts)]
        return facts, [found.rows, found.day, *found.counts.values()]

    def read() -> Picks | None:
        facts, found = cube.arrays(name, arrays)
        if not facts:
            return None
        days, named = facts
        rows, day, *counts = found
        return Picks(
            rows, tuple(map(date.fromisoformat, days)), day, dict(zip(named, counts, strict=True))
        )

    return cube.known(("picks", name), read)
