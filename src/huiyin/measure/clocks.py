"""Durations along the corridor: the clocks of each cell, their quantile, and cells compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.core.absence import Reason
from huiyin.engine.arrays import numbers_of
from huiyin.measure.cell_rows import CLUSTER, CellSet, cell_rows
from huiyin.measure.cubes.timed import TimedRows, timed_rows
from huiyin.measure.estimates import DesignFacts, Estimates
from huiyin.measure.moments import Key, Moments, cell_order, key_word, table_keys
from huiyin.stats.contracts import Floats, Intervals
from huiyin.stats.distributions import floats
from huiyin.stats.durations import ClockQuantile, clock_covariance, clock_quantile

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.measure.catalogue import Asked
    from huiyin.measure.dataset import Dataset
    from huiyin.measure.design import Drawn

_SHOWN, _STOPPED = "_shown", "_stopped"


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one cell: what they show in seconds, whether they stopped, whose they are."""

    shown: Floats
    stopped: NDArray[np.bool_]
    clusters: NDArray[np.int64] | None

    def quantile(self, share: float, level: float, facts: DesignFacts) -> ClockQuantile:
        """Give the quantile of these clocks."""
        n_clusters = int(facts.n_psu.sum()) if self.clusters is not None else None
        return clock_quantile(
            self.shown, self.stopped, share,
            level=level, clusters=self.clusters, n_clusters=n_clusters,
        )  # fmt: skip


CellClocks = Mapping[Key, Clocks]


def fetch_clocks(dataset: Dataset, drawn: Drawn, cells: CellSet, asked: Asked) -> CellClocks:
    """Fetch the clocks of each cell."""
    reading = asked.reading
    if drawn.source is not None and reading.clock is not None:
        shown = reading.values[0].column
        found = timed_rows(dataset, drawn.source, cells, shown, reading.clock.stopped)
        return _parted(found)
    rows = cell_rows(dataset, drawn.design, cells)
    picked = {_SHOWN: rows[reading.values[0].column]}
    if reading.clock is not None:
        picked[_STOPPED] = rows[reading.clock.stopped]
    clustered = drawn.design.clustered
    if clustered:
        picked[CLUSTER] = rows[CLUSTER].cast("string")
    chosen = rows.select(**{key: rows[key] for key in cells.keys}, **picked)
    table = dataset.engine.run(chosen.filter(chosen[_SHOWN].notnull()))
    codes = _codes(dataset, table[CLUSTER]) if clustered else None
    return _by_cell(table, cells.keys, codes)


def _codes(dataset: Dataset, column: Any) -> NDArray[np.int64]:
    """Give each cluster a number, the same in every plan of the dataset."""
    known: dict[str | None, int] = dataset.keep("clock clusters", dict)
    encoded = column.combine_chunks().dictionary_encode()
    numbers = [
        known.setdefault(key_word(name), len(known)) for name in encoded.dictionary.to_pylist()
    ]
    at = encoded.indices.to_numpy(zero_copy_only=False)
    codes: NDArray[np.int64] = np.array(numbers, dtype=np.int64)[at]
    return codes


def _by_cell(
    table: pa.Table, names: Sequence[str], codes: NDArray[np.int64] | None
) -> dict[Key, Clocks]:
    keys, at = _places(table, names)
    shown = numbers_of(table[_SHOWN])
    return _parted(TimedRows(tuple(keys), at, shown, numbers_of(table[_STOPPED]) > 0, codes))


def _parted(found: TimedRows) -> dict[Key, Clocks]:
    """Part rows by their cells; a cell without any is not there."""
    order = np.argsort(found.cell, kind="stable")
    ends = np.cumsum(np.bincount(found.cell, minlength=len(found.keys)))
    parts = np.split(order, ends[:-1]) if len(found.keys) else []
    shown, stopped, codes = found.shown, found.stopped, found.clusters
    return {
        key: Clocks(shown[part], stopped[part], None if codes is None else codes[part])
        for key, part in zip(found.keys, parts, strict=True)
        if len(part)
    }


def _places(table: pa.Table, names: Sequence[str]) -> tuple[list[Key], NDArray[np.intp]]:
    """Give the keys that there are, and the place of each row's; columns are coded first."""
    if not table.num_rows:
        return [], np.zeros(0, dtype=np.intp)
    number = np.zeros(table.num_rows, dtype=np.int64)
    for name in names:
        encoded = table[name].combine_chunks().dictionary_encode(null_encoding="encode")
        number = number * (len(encoded.dictionary) + 1) + encoded.indices.to_numpy(
            zero_copy_only=False
        )
    _, first, place = np.unique(number, return_index=True, return_inverse=True)
    found, at = cell_order(table_keys(table.take(first), names))
    return found, at[place]


def clock_estimates(
    asked: Asked, place: int, clocks: CellClocks, keys: Sequence[Key], moments: Moments,
    facts: DesignFacts, level: float,
) -> tuple[Estimates, list[ClockQuantile]]:  # fmt: skip
    """Estimate a quantile of durations in every cell.

    Parameters
    ----------
    asked : Asked
    place : int
        Which value of `moments` counts the clocks.
    clocks : mapping of Key to Clocks
    keys : sequence of Key
    moments : Moments
        Of the same cells, in the same order.
    facts : DesignFacts
    level : float

    Returns
    -------
    Estimates, list of ClockQuantile
    """
    share = asked.reading.clock.share if asked.reading.clock else 0.5
    nothing = Clocks(floats([]), np.zeros(0, dtype=bool), None)
    found = [clocks.get(key, nothing).quantile(share, level, facts) for key in keys]
    n, n_psu = moments.total("n", place), moments.total("m", place)
    methods = [one.method for one in found if one.n]
    intervals = Intervals(
        estimate=floats([one.estimate for one in found]),
        low=floats([one.low for one in found]),
        high=floats([one.high for one in found]),
        standard_error=floats([one.standard_error for one in found]),
        degrees_of_freedom=floats([one.degrees_of_freedom for one in found]),
        method=max(methods, key=len, default="order_statistics"),
    )
    untold = [(1.0 - share) ** one.n > (1.0 - level) / 2.0 for one in found]
    reasons = tuple(
        _reason(one, m, facts, first_untold=few)
        for one, m, few in zip(found, n_psu, untold, strict=True)
    )
    customers = n if moments.customers is None else moments.customers[place]
    spread = np.where(n > 0, intervals.standard_error, np.nan) * np.sqrt(n)
    return Estimates(intervals, n, customers, n, n_psu, reasons, spread, np.zeros(len(n))), found


def _reason(
    found: ClockQuantile, n_psu: float, facts: DesignFacts, *, first_untold: bool
) -> Reason | None:
    """Say why a quantile is not told.

    With `first_untold` even the shortest clock may lie past it: the estimate would be that one.
    """
    if found.n < 2:  # noqa: PLR2004 -- one has no error
        return Reason.ONE_ANSWER if found.n else Reason.NO_ANSWERS
    if facts.clustered and n_psu <= 1:
        return Reason.ONE_CLUSTER
    if np.isfinite([found.estimate, found.low, found.high]).all():
        return Reason.TOO_FEW_ROWS if first_untold else None
    return Reason.STILL_RUNNING if found.n_running else Reason.TOO_FEW_ROWS


def rest_clocks(clocks: CellClocks, keys: Sequence[Key], kept: Sequence[int]) -> CellClocks:
    """Give, for each cell, the clocks of all other cells that agree in the parts `kept`."""
    return {
        key: _joined(
            [
                one
                for other, one in clocks.items()
                if other != key and all(other[i] == key[i] for i in kept)
            ]
        )
        for key in keys
    }


def _joined(parts: Sequence[Clocks]) -> Clocks:
    whole = [one.clusters for one in parts if one.clusters is not None]
    return Clocks(
        np.concatenate([floats([]), *(one.shown for one in parts)]),
        np.concatenate([np.zeros(0, dtype=bool), *(one.stopped for one in parts)]),
        np.concatenate(whole) if whole else None,
    )


def clock_gaps(
    mine: Sequence[ClockQuantile], theirs: Sequence[ClockQuantile], *, clustered: bool
) -> tuple[Floats, Floats, Floats]:
    """Give differences of quantiles, their standard errors and degrees of freedom."""
    pairs = list(zip(mine, theirs, strict=True))
    gap = floats([one.estimate - other.estimate for one, other in pairs])
    variance = floats([one.standard_error**2 + other.standard_error**2 for one, other in pairs])
    if clustered:
        variance = variance - 2.0 * floats([clock_covariance(*pair) for pair in pairs])
    df = floats([min(one.degrees_of_freedom, other.degrees_of_freedom) for one, other in pairs])
    return gap, np.sqrt(np.maximum(variance, 0.0)), df
