"""What goes with the target, and where it stands by importance and performance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


DRIVER_FLAG_TEXT: dict[str, Text] = {
    "sign_differs": Text(
        "符号相反：评分越高目标反而越低，或单看与合看方向不一，请勿单独解读",
        "opposite sign: the higher the rating the lower the target, or one way alone and the "
        "other among the rest; not to be read by itself",
    ),
    "same_as_target": Text("与目标几乎是同一个问题", "nearly the same question as the target"),
    "mostly_missing": Text("一半以上没有作答", "more than half did not answer"),
}
"""What the flags of a `Driver` mean."""


class Quadrant(StrEnum):
    """Place in the importance–performance matrix."""

    FIX_FIRST = "fix_first"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_OVERKILL = "possible_overkill"
    UNCERTAIN = "uncertain"


QUADRANT_TEXT: Mapping[Quadrant, Text] = {
    Quadrant.FIX_FIRST: Text("优先改进", "fix first"),
    Quadrant.KEEP_UP: Text("继续保持", "keep up"),
    Quadrant.LOW_PRIORITY: Text("次要改进", "low priority"),
    Quadrant.POSSIBLE_OVERKILL: Text("可能投入过多", "possible overkill"),
    Quadrant.UNCERTAIN: Text("还分不清", "uncertain"),
}


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver of the target.

    `share` is its part of R² over R² (all sum to 1), with a bootstrap percentile interval;
    `correlation` and `beta` (standardised) with interval and sign; `performance` is its own
    0–100 score with interval, None for a column without a scale. `priority` ranks what to fix
    first, 1 = first, None = not ranked. `flags` are keys of `DRIVER_FLAG_TEXT`.
    """

    column: str
    label: Text
    n: int
    missing_share: float
    share: float
    low: float | None
    high: float | None
    correlation: float
    correlation_low: float | None
    correlation_high: float | None
    beta: float
    beta_low: float | None
    beta_high: float | None
    performance: float | None
    performance_low: float | None
    performance_high: float | None
    quadrant: Quadrant
    priority: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DriverResult:
    """Drivers of a target.

    `method` is ``lmg`` or ``relative_weights``; `importance_cut` (mean share) and
    `performance_cut` (mean score) split the quadrants. With `not_estimable` the drivers are
    empty.
    """

    target: str
    target_label: Text
    method: str
    n: int
    n_total: int
    r2: float | None
    r2_low: float | None
    r2_high: float | None
    drivers: tuple[Driver, ...]
    bootstrap: int
    seed: int
    level: float
    importance_cut: float | None = None
    performance_cut: float | None = None
    missing_method: str = "pairwise"
    dropped: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    not_estimable: NotEstimable | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.analyse.present import drivers_json

        return drivers_json(self)

    def to_arrow(self) -> pa.Table:
        """Give one row per driver."""
        from huiyin.analyse.present import drivers_arrow

        return drivers_arrow(self)

    def to_pandas(self) -> pd.DataFrame:
        """Give one row per driver."""
        return self.to_arrow().to_pandas()

    def _repr_html_(self) -> str:
        from huiyin.analyse.present import drivers_html

        return drivers_html(self)
