"""What comes back: cells with everything that is needed to trust them, and what they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.core.units import Counted, Unit
from huiyin.measure.contracts.query import Query

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Call(StrEnum):
    """What a comparison ends in."""

    REAL = "real"
    STABLE = "stable"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cell against another number.

    `difference`, `low`, `high` are in the metric's unit (shares as proportions). `delta` is the
    margin of indifference; `family` the number of comparisons that were corrected together;
    `n_more` about how many more answers would decide at `delta` with 80 % power (only for
    `cannot_tell`), `beyond_reach` that these are over a thousand, and over ten times the answers
    there are: nobody should wait for them. `only_alone` tells of a `cannot_tell` whose difference
    would be significant if nothing else had been compared. `call` is None where nothing can be
    tested (a benchmark without n); `note` then says why. `n_pairs` counts the answers that were
    compared pair by pair, where they were.
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
    n_pairs: int | None = None
    beyond_reach: bool = False
    only_alone: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One number with everything that is needed to trust it, or the reason it is not there.

    `by` holds the group values (period under ``period``, its first day as ISO date; None marks
    answers whose group is unknown). With `not_estimable` set the numbers are None. `counted` says
    what `n` counts.
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
    counted: Counted = Counted.ANSWERS

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
    decomposable: bool = False

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.measure.present import definition_json

        return definition_json(self)


@dataclass(frozen=True, slots=True)
class DataFacts:
    """Which rows the numbers stand on; `used` is None where it would tell a hidden group.

    `ends` is the last day of the data where the days asked for go on after it, else None.
    """

    rows: int
    used: int | None
    excluded: Mapping[str, int]
    since: date | None
    until: date | None
    snapshot: str
    weighting: Mapping[str, Any] | None = None
    design: Mapping[str, Any] | None = None
    row_rule: tuple[str, ...] = ()
    ends: date | None = None

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
