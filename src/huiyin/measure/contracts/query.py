"""What is asked: metrics, groups, conditions, windows, weights, what to compare with, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

DEFAULT_LEVEL = 0.95
MINIMUM_N = 10
WINDOW_MARK = ".."
"""Between the first and the last day of a window in words."""


class Grain(StrEnum):
    """Length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


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
    COMPETITOR = "competitor"


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
    they may list the very rows that are counted: tables of counts are then shown whole. A value of
    the row rule that the data does not hold (a region among its shops) is met by no row.
    """

    name: str
    minimum_n: int = MINIMUM_N
    rows: tuple[Filter, ...] = ()
    sees_answers: bool = True
    sees_rows: bool = False

    def __post_init__(self) -> None:
        rules = tuple(replace(one, of_rule=True) for one in self.rows)
        object.__setattr__(self, "rows", rules)

    @classmethod
    def owner(cls) -> Viewer:
        """Give the person who holds the file: every row, smallest group 1."""
        return cls(name="owner", minimum_n=1)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition: `operator` is one of ``= != < <= > >=``; several values mean “any of”.

    One `of_rule` holds for a viewer whatever they ask, and over every dataset: its values need not
    be there, where those of a question are refused.
    """

    column: str
    operator: str
    values: tuple[str, ...]
    of_rule: bool = False


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
    `Against.WINDOW`, both included; for `Against.COMPETITOR` `column` may name the competitor's.
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
    column_totals : bool
        With subtotals: also beside each the last column of `by` alone, and over all periods.
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
    column_totals: bool = False
    points: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the query so that it can be asked again."""
        from huiyin.measure.present import query_json

        return query_json(self)
