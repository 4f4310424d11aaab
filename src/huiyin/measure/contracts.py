"""The corridor's ends: a `Query` goes in, a `Result` comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.core.units import Unit

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

DEFAULT_LEVEL = 0.95
MINIMUM_N = 10
MAXIMUM_SAMPLE_ROWS = 200_000
WINDOW_MARK = ".."
"""Between the first and the last day of a window in words."""


class Grain(StrEnum):
    """Length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Call(StrEnum):
    """What a comparison ends in."""

    REAL = "real"
    STABLE = "stable"
    CANNOT_TELL = "cannot_tell"


class Against(StrEnum):
    """What a cell is compared with."""

    PREVIOUS = "previous"
    YEAR_AGO = "year_ago"
    YEAR_AGO_LUNAR = "year_ago_lunar"
    REST = "rest"
    GROUP = "group"
    WINDOW = "window"
    SAME_WEEKDAYS = "same_weekdays"
    BENCHMARK = "benchmark"


_OVER_TIME = frozenset(
    {Against.PREVIOUS, Against.YEAR_AGO, Against.YEAR_AGO_LUNAR, Against.SAME_WEEKDAYS}
)


def is_over_time(against: str) -> bool:
    """Tell what was compared, from `Comparison.against`: over time things change, groups differ."""
    return against in _OVER_TIME or (WINDOW_MARK in against and "=" not in against)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: the row rule, the smallest group they may see, and whether single answers.

    Without `sees_answers` no question may go by what customers wrote, or by ids. With `sees_rows`
    they may list the very rows that are counted: tables of counts are then shown whole.
    """

    name: str
    minimum_n: int = MINIMUM_N
    rows: tuple[Filter, ...] = ()
    sees_answers: bool = True
    sees_rows: bool = False

    @classmethod
    def owner(cls) -> Viewer:
        """Give the person who holds the file: every row, smallest group 1."""
        return cls(name="owner", minimum_n=1)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition: `operator` is one of ``= != < <= > >=``; several values mean “any of”."""

    column: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """Known population shares (or counts) of one column, for raking."""

    column: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weights from a column of the file, or from raking to known margins."""

    column: str | None = None
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A number from outside to compare with. Without `n` nothing can be tested."""

    metric: str
    value: float
    year: str | None = None
    source: str | None = None
    n: int | None = None
    by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compare:
    """What each cell is compared with.

    `column`/`value` name the group for `Against.GROUP`, `since`/`until` the days of
    `Against.WINDOW`, both included.
    """

    against: Against
    column: str | None = None
    value: str | None = None
    benchmarks: tuple[Benchmark, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the data, complete enough to be asked again.

    Attributes
    ----------
    metrics : tuple of str
        ``nps``, ``satisfied:service``, ``share:渠道=门店``, ``index``…
    by : tuple of str
        Columns to group by, in order.
    where : tuple of Filter
        All must hold.
    since, until : date or None
        First and last day, both included, in the dataset's zone.
    grain : Grain or None
        Cut into periods; needs a time column.
    compare : Compare or None
    weighting : Weighting or None
    strata, cluster : str or None
        Design columns. The cluster defaults to the customer column where customers answer
        repeatedly (mean answers per customer above 1.05).
    level : float
        Confidence level of intervals.
    include_flagged : tuple of str or bool
        False: rows that an excluding rule flagged are left out. True: they stay. A tuple: rows
        flagged by these rules stay.
    exclude_flagged : tuple of str
        Rules that only warn by default but leave their rows out of this query.
    index_weights : mapping of str to float
        Aspect (or its column) → weight for ``index``; empty: those of the metric rules, else
        weights from the drivers, given by the caller.
    subtotals : bool
        Also the total of every leading part of `by`.
    points : str or None
        How levels become the 0–100 score: ``linear``, ``times20`` or ``graded``
        (100/80/60/30/0); None: as the metric rules say.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None
    grain: Grain | None = None
    compare: Compare | None = None
    weighting: Weighting | None = None
    strata: str | None = None
    cluster: str | None = None
    level: float = DEFAULT_LEVEL
    include_flagged: bool | tuple[str, ...] = False
    exclude_flagged: tuple[str, ...] = ()
    index_weights: Mapping[str, float] = field(default_factory=dict)
    subtotals: bool = False
    points: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the query so that it can be asked again."""
        from huiyin.measure.present import query_json

        return query_json(self)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cell against another number.

    `difference`, `low`, `high` are in the metric's unit (shares as proportions). `delta` is the
    margin of indifference; `family` the number of comparisons that were corrected together;
    `n_more` about how many more answers would decide at `delta` with 80 % power (only for
    `cannot_tell`). `call` is None where nothing can be tested (a benchmark without n); `note`
    then says why.
    """

    against: str
    reference: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    delta: float
    family: int
    call: Call | None
    n_more: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One number with everything that is needed to trust it, or the reason it is not there.

    `by` holds the group values (period under ``period``, its first day as ISO date; None marks
    answers whose group is unknown). With `not_estimable` set the numbers are None.
    """

    by: Mapping[str, str | None]
    metric: str
    label: Text
    unit: Unit
    estimate: float | None
    low: float | None
    high: float | None
    level: float
    n: int
    n_customers: int
    n_effective: float | None
    method: str
    flags: tuple[str, ...] = ()
    comparison: Comparison | None = None
    not_estimable: NotEstimable | None = None
    standard_error: float | None = None
    degrees_of_freedom: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.measure.present import cell_json

        return cell_json(self)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a metric means here: printed with every number."""

    metric: str
    version: int
    label: Text
    formula: Text
    column: str | None
    delta: float
    higher_is_better: bool
    notes: tuple[Text, ...] = ()
    please_check: bool = False
    rules_version: int = 1

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.measure.present import definition_json

        return definition_json(self)


@dataclass(frozen=True, slots=True)
class DataFacts:
    """Which rows the numbers stand on; `used` is None where it would tell a hidden group."""

    rows: int
    used: int | None
    excluded: Mapping[str, int]
    since: date | None
    until: date | None
    snapshot: str
    weighting: Mapping[str, Any] | None = None
    design: Mapping[str, Any] | None = None
    row_rule: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.measure.present import data_json

        return data_json(self)


@dataclass(frozen=True, slots=True)
class Result:
    """A `Query`, the definitions it used, the rows it stood on, and its cells."""

    query: Query
    definition: tuple[Definition, ...]
    data: DataFacts
    cells: tuple[Cell, ...]
    notes: tuple[Text, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.measure.present import result_json

        return result_json(self)

    def to_pandas(self) -> pd.DataFrame:
        """Give one row per cell."""
        return self.to_arrow().to_pandas()

    def to_arrow(self) -> pa.Table:
        """Give one row per cell."""
        from huiyin.measure.present import result_arrow

        return result_arrow(self)

    def _repr_html_(self) -> str:
        from huiyin.measure.present import result_html

        return result_html(self)


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
        Customers of both windows, and of one of them alone.
    """

    flows: tuple[tuple[int | None, ...], ...]
    both: int | None
    only_before: int | None
    only_after: int | None


class QueryError(BadInputError):
    """The question names something that does not exist or does not fit."""


class AmbiguousMetricError(QueryError):
    """A bare metric id fits several columns: they are listed."""


class UnsuitableScaleError(QueryError):
    """The metric is not defined on this scale (NPS on five levels)."""


__all__ = [
    "Against", "AmbiguousMetricError", "Benchmark", "Call", "Cell", "Compare", "Comparison",
    "CrossProducts", "DataFacts", "Definition", "Filter", "Grain", "Margin", "NotEstimable",
    "Query", "QueryError", "Reason", "Result", "RowSample", "Side", "SideSums", "Unit",
    "UnsuitableScaleError", "Viewer", "Weighting",
]  # fmt: skip
