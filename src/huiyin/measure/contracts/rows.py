"""What an analysis gets instead of cells: cross-products, a sample of rows, sums of two sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from huiyin.core.units import Unit
from huiyin.measure.contracts.query import Filter
from huiyin.measure.contracts.result import Definition

if TYPE_CHECKING:
    import numpy as np
MAXIMUM_SAMPLE_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class CrossProducts:
    """Pairwise-available moments of several columns, enough for correlations and regressions.

    Attributes
    ----------
    columns : tuple of str
    n : (k, k) array
        Rows (or their total weight) in which both columns are answered.
    mean : (k, k) array
        ``mean[i, j]``: mean of column i over rows where both i and j are answered.
    covariance : (k, k) array
        Population covariance over the rows where both are answered.
    """

    columns: tuple[str, ...]
    n: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray


@dataclass(frozen=True, slots=True)
class RowSample:
    """A bounded, seeded sample of rows: `values` is (n, k) float with NaN for missing.

    `texts` holds the columns asked for as words, each a list of str or None. `row` numbers the
    rows; `n_total` rows met the conditions.
    """

    columns: tuple[str, ...]
    values: np.ndarray
    row: np.ndarray
    n_total: int
    texts: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    weights: np.ndarray | None = None
    cluster: np.ndarray | None = None

    @property
    def n(self) -> int:
        """Count the sampled rows."""
        return len(self.row)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: a window (both days included), and conditions of its own."""

    since: date | None = None
    until: date | None = None
    where: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class SideSums:
    """The sums of one metric on two sides, by the groups of one column.

    Attributes
    ----------
    definition : Definition
    unit : Unit
    labels : tuple of str or None
        The groups, in order; None marks answers whose group is unknown. With `n_folded` one
        more stands after them: the groups that are too small to be shown, together.
    n_folded : int
    n : (2, k) array
        Answers on either side.
    weights, sums : (2, k, g) arrays
        Total weight, and weighted sum in the metric's unit, by resampling group: whole
        customers, where customers are known. No groups at all where a side must not be seen.
    """

    definition: Definition
    unit: Unit
    labels: tuple[str | None, ...]
    n_folded: int
    n: np.ndarray
    weights: np.ndarray
    sums: np.ndarray


@dataclass(frozen=True, slots=True)
class Waves:
    """The same customers in two windows; None stands for what the viewer must not see.

    Attributes
    ----------
    flows : tuple of tuple of int or None
        Customers by their band before, and after.
    both, only_before, only_after : int or None
        Customers of both windows, and of one of them alone. None of the three is told where one
        is too few: who knows how many a window has would subtract.
    """

    flows: tuple[tuple[int | None, ...], ...]
    both: int | None
    only_before: int | None
    only_after: int | None
