"""Rankings and bounds that noise does not make: shrunken estimates, tiers, intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from huiyin.ask.answers import Bounded, Place, Ranking
from huiyin.ask.contracts import Rank, Threshold
from huiyin.measure.contracts import Against, Call, Cell, Compare, Query, Result
from huiyin.stats.shrinkage import shrunken_groups, tiers

_Z = 1.96
"""Half the width of a 95 % interval, in standard errors."""


def ranking_query(query: Query) -> Query:
    """Ask for each group against the rest, so that what really stands out is known."""
    return replace(query, metrics=query.metrics[:1], compare=Compare(Against.REST))


def rank_groups(result: Result, rank: Rank | None) -> Ranking:
    """Order groups by shrunken estimates; those that cannot be told apart share a tier.

    Where nothing but chance parts the groups all are drawn to one value: then the plain estimates
    order them.

    Parameters
    ----------
    result : Result
        Of `ranking_query`.
    rank : Rank or None
        None: all groups, the best first.

    References
    ----------
    `stats.shrinkage.shrunken_groups`.
    """
    definition = result.definition[0]
    higher = definition.higher_is_better
    sure = [cell for cell in _groups(result) if cell.estimate is not None and _error(cell)]
    hidden = len(_groups(result)) - len(sure)
    if not sure:
        return Ranking((), 0, 0, hidden)
    best_first = rank is None or rank.best
    told = np.array([c.estimate or 0.0 for c in sure])
    found = shrunken_groups(told, [_error(c) for c in sure])
    sign = -1.0 if higher == best_first else 1.0
    order = np.lexsort((sign * told, sign * found.values))
    numbers = tiers(found, order)
    places = [
        _place(sure[at], float(found.values[at]), int(tier), higher=higher)
        for at, tier in zip(order, numbers, strict=True)
    ]
    real = [p for p in places if p.call is Call.REAL and p.worse != best_first]
    shown = places[: rank.n] if rank else places
    return Ranking(tuple(shown), len(sure), len(real), hidden)


def _groups(result: Result) -> list[Cell]:
    return [cell for cell in result.cells if None not in cell.by.values()]


def _error(cell: Cell) -> float:
    """Give the standard error; of a share of 0 or 1, which has none, what its interval tells."""
    if cell.standard_error or cell.low is None or cell.high is None:
        return cell.standard_error or 0.0
    return (cell.high - cell.low) / 2 / _Z


def _place(cell: Cell, value: float, tier: int, *, higher: bool) -> Place:
    against = cell.comparison
    below = against is not None and (against.difference or 0.0) < 0
    return Place(cell, value, tier, against.call if against else None, worse=below == higher)


def past_bound(result: Result, threshold: Threshold) -> Bounded:
    """List the groups whose whole interval is past a bound, and those that may be."""
    groups = _groups(result)
    known = [c for c in groups if c.estimate is not None and c.low is not None]
    above = threshold.operator in {">", ">="}
    real = [c for c in known if _past(c, threshold)]
    open_ = [c for c in known if not _past(c, threshold) and not _short(c, threshold)]
    order = sorted(real, key=lambda c: c.estimate or 0.0, reverse=above)
    others = sorted(open_, key=lambda c: c.estimate or 0.0, reverse=above)
    return Bounded(tuple(order), tuple(others), len(known), len(groups) - len(known))


def _past(cell: Cell, threshold: Threshold) -> bool:
    low, high = cell.low or 0.0, cell.high or 0.0
    holds = {
        ">": low > threshold.value,
        ">=": low >= threshold.value,
        "<": high < threshold.value,
        "<=": high <= threshold.value,
    }
    return holds[threshold.operator]


def _short(cell: Cell, threshold: Threshold) -> bool:
    """Tell whether a group's whole interval is on the other side."""
    low, high = cell.low or 0.0, cell.high or 0.0
    holds = {
        ">": high <= threshold.value,
        ">=": high < threshold.value,
        "<": low >= threshold.value,
        "<=": low > threshold.value,
    }
    return holds[threshold.operator]
