"""The same customers in two windows: from which band each went to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.cell_rows import NO_CUSTOMER, in_window
from huiyin.measure.contracts import Filter, Query, QueryError, Side, Viewer, Waves
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import condition
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.moments import Key
from huiyin.measure.periods import Window

UNWEIGHTED = Text(
    "两期之间数的是客户，不能加权；请去掉权重",
    "Between two periods customers are counted, unweighted: leave the weights out",
)
_WHO, _BAND, _SIDE, _PLACE = "_who", "_band", "_side", "_place"
Bands = Sequence[tuple[Filter, ...]]


def waves_of(
    dataset: Dataset, query: Query, sides: tuple[Side, Side], bands: Bands, viewer: Viewer
) -> Waves:
    """Count the customers by their band in each of two windows.

    A customer's band is that of their last answer in the window. Rows without a customer or
    without a rating do not count.

    Parameters
    ----------
    dataset : Dataset
    query : Query
        Its conditions and flags hold in both windows.
    sides : (Side, Side)
        Before and after.
    bands : sequence of tuple of Filter
        The conditions of each band, all on the same column; no code is in two.
    viewer : Viewer
        What they may not see is None, and cannot be found from the bands' totals.

    Raises
    ------
    QueryError
        There are no customers, the question is weighted, or something does not exist.
    """
    customer = dataset.customer()
    if customer is None or customer.name not in dataset.rows.columns:
        raise QueryError(NO_CUSTOMER)
    if query.weighting is not None:
        raise QueryError(UNWEIGHTED)
    rows = dataset.valid_rows(query)
    met = [condition(dataset, rows, one) for one in (*viewer.rows, *query.where)]
    rows = rows.filter(met) if met else rows
    parts = [
        _last(dataset, _banded(dataset, rows, customer.name, bands), side, f"{_PLACE}{i}")
        for i, side in enumerate(sides)
    ]
    return _shown(_counts(dataset, parts), len(bands), viewer.minimum_n)


def _banded(dataset: Dataset, rows: Any, customer: str, bands: Bands) -> Any:
    import ibis

    cases = [
        (ibis.and_(*(condition(dataset, rows, one) for one in band)), place)
        for place, band in enumerate(bands)
    ]
    placed = rows.mutate(**{_BAND: ibis.cases(*cases), _WHO: rows[customer].cast("string")})
    return placed.filter(placed[_BAND].notnull(), placed[_WHO].notnull())


def _last(dataset: Dataset, rows: Any, side: Side, name: str) -> Any:
    """Give every customer's band in the last answer of a window."""
    import ibis

    own = [condition(dataset, rows, one) for one in side.where]
    inside = in_window(rows.filter(own) if own else rows, Window(side.since, side.until))
    order = [ibis.desc(inside[ANSWERED_ON_COLUMN]), ibis.desc(dataset.row_key(inside))]
    number = ibis.row_number().over(group_by=inside[_WHO], order_by=order)
    numbered = inside.mutate(**{_SIDE: number})
    return numbered.filter(numbered[_SIDE] == 0).select(_WHO, **{name: numbered[_BAND]})


def _counts(dataset: Dataset, parts: Sequence[Any]) -> dict[Key, int]:
    before, after = parts
    names = [f"{_PLACE}{i}" for i in range(len(parts))]
    after = after.rename({f"{_WHO}2": _WHO})
    both = before.outer_join(after, before[_WHO] == after[f"{_WHO}2"])
    counted = both.group_by(names).aggregate(n=both.count())
    return {
        tuple(None if row[name] is None else str(row[name]) for name in names): int(row["n"])
        for row in dataset.engine.run(counted).to_pylist()
    }


def _shown(counts: Mapping[Key, int], n_bands: int, minimum: int) -> Waves:
    hidden = hidden_cells([counts], minimum, n_groups=[2])[0]
    bands = [str(i) for i in range(n_bands)]
    flows = tuple(tuple(_count(counts, hidden, (one, other)) for other in bands) for one in bands)
    both = sum(n for key, n in counts.items() if None not in key)
    before = sum(n for key, n in counts.items() if key[1] is None)
    after = sum(n for key, n in counts.items() if key[0] is None)
    whole = (both, before, after)
    if any(0 < n < minimum for n in whole):  # a window's customers less one would be another
        return Waves(flows, None, None, None)
    return Waves(flows, *whole)


def _count(counts: Mapping[Key, int], hidden: frozenset[Key], key: Key) -> int | None:
    return None if key in hidden else counts.get(key, 0)
