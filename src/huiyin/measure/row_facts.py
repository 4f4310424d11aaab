"""Facts of a row that are not a column of the data: on time or not, bought again or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.measure.contracts import Query
    from huiyin.measure.cubes.cube import Cube
    from huiyin.measure.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Fact:
    """Columns made from others of the row, or from other rows of the same customer.

    They are facts of the whole dataset, as flags are: no viewer, no filter changes them.

    Attributes
    ----------
    name : str
        Tells facts apart: equal names are the same fact.
    put : callable
        (dataset, rows) -> rows with the columns beside the others.
    counted : mapping of str to Text
        Columns (BOOLEAN) of rows that are left out, and how that is said: ``{n}`` rows,
        ``{until}`` the moment up to which the data reaches.
    check : callable or None
        (dataset, query) -> None; refuses what the fact cannot be asked for.
    said : callable or None
        (dataset) -> what a reader should know of it, the same whoever asks for whatever rows.
    """

    name: str
    put: Callable[[Dataset, Any], Any] = field(compare=False)
    counted: Mapping[str, Text] = field(default_factory=dict, compare=False)
    check: Callable[[Dataset, Query], None] | None = field(default=None, compare=False)
    said: Callable[[Dataset], Text | None] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RowSet:
    """Other rows than the dataset's own that a metric counts: customers at the start of a period.

    Attributes
    ----------
    name : str
        Metrics of different row sets are not asked in one question.
    make : callable
        (dataset, rows, query) -> rows of the same columns, with the day that they count for.
    said : callable
        (dataset, query) -> what a reader should know of these rows, or None.
    pick : callable
        (dataset with its facts, cube, query) -> a cube of the same rows, or None where only a
        plan gives them.
    by_query : bool
        Whether the rows depend on the query; else they are made, and held, once.
    """

    name: str
    make: Callable[[Dataset, Any, Query], Any] = field(compare=False)
    said: Callable[[Dataset, Query], Text | None] = field(compare=False)
    pick: Callable[[Dataset, Cube, Query], Cube | None] = field(compare=False)
    by_query: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """How a reading of durations is made: which part of the clocks has stopped by then.

    Attributes
    ----------
    share : float
        0.5 for the median, 0.9 for P90.
    stopped : str
        Column of 1 where the clock has stopped and 0 where it still runs.
    """

    share: float
    stopped: str
