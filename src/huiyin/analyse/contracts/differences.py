"""How a number moves over time, and between groups, bands and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Cell, Unit

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A lasting change of level in a trend: first period of the new level, and the step."""

    period: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    call: Call


@dataclass(frozen=True, slots=True)
class Trend:
    """One metric over time; `cells` in period order, each compared with the one before.

    `begun`: the last period had only begun when the answers ended; it is compared with nothing.
    """

    metric: str
    label: Text
    unit: Unit
    grain: str
    cells: tuple[Cell, ...]
    change_points: tuple[ChangePoint, ...] = ()
    notes: tuple[Text, ...] = ()
    begun: bool = False


@dataclass(frozen=True, slots=True)
class GroupDifferences:
    """Which groups of one dimension differ from the rest, for real.

    `cells` carry the comparison with the rest, best first; `p`, `q` test the dimension as a
    whole; `worst`/`best` name groups whose call is `real` only.
    """

    dimension: str
    label: Text
    metric: str
    unit: Unit
    cells: tuple[Cell, ...]
    p: float | None
    q: float | None
    effect_size: float | None
    best: tuple[str, ...] = ()
    worst: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Linkage:
    """An outcome by satisfaction band. Correlation, never cause.

    `bands`: one cell of the outcome per band of the satisfaction column, low to high, with
    ``by = {"band": …}``; `top_against_bottom`: the last band against the first (a `Comparison`
    on the last cell); `correlation` with interval (Spearman); `p` for the trend.
    """

    outcome: str
    outcome_label: Text
    satisfaction: str
    satisfaction_label: Text
    unit: Unit
    bands: tuple[Cell, ...]
    correlation: float | None
    correlation_low: float | None
    correlation_high: float | None
    p: float | None
    q: float | None
    n: int
    notes: tuple[Text, ...] = ()
    not_estimable: NotEstimable | None = None


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Two groupings against each other: counts, row shares, test, and where it differs.

    `residuals` are adjusted standardised residuals; `different` marks cells whose residual
    stays significant after false-discovery control. `row_rest` and `column_rest` tell that the
    last value holds all that were put together; its word follows the survey's language.
    """

    row: str
    column: str
    row_label: Text
    column_label: Text
    row_values: tuple[str, ...]
    column_values: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_shares: tuple[tuple[float, ...], ...]
    residuals: tuple[tuple[float, ...], ...]
    different: tuple[tuple[bool, ...], ...]
    statistic: float | None
    degrees_of_freedom: float | None
    p: float | None
    q: float | None
    cramers_v: float | None
    method: str
    n: int
    not_estimable: NotEstimable | None = None
    row_rest: bool = False
    column_rest: bool = False
