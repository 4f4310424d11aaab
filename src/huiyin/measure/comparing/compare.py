"""Cells against their references: differences, corrected together, and what they amount to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from huiyin.core.text import Text
from huiyin.measure.catalogue import Asked
from huiyin.measure.clocks import clock_estimates, clock_gaps, fetch_clocks, rest_clocks
from huiyin.measure.comparing.benchmarks import NO_ERROR, Difference
from huiyin.measure.comparing.references import Reference
from huiyin.measure.comparing.sides import (
    Level,
    Sides,
    entries_of,
    estimate_cells,
    residuals_of,
)
from huiyin.measure.contracts import Call, Cell, Comparison
from huiyin.measure.design import Drawn
from huiyin.measure.estimates import Estimates, linear_covariance, linear_variance
from huiyin.measure.hiding.differences import thin_cells
from huiyin.measure.moments import Key, Moments
from huiyin.measure.task import Task
from huiyin.stats.comparison import call, compare, independent_difference
from huiyin.stats.contracts import Floats
from huiyin.stats.multiple import benjamini_hochberg
from huiyin.stats.power import n_more, n_more_on_one_side
from huiyin.stats.skewness import difference_skewness

REACH = 10
"""Who would need so many times the answers there are does better than to wait for them."""
ALWAYS_WITHIN_REACH = 1_000
NO_REFERENCE = Text("对比的一方没有有效回答", "the other side has no valid answers")
NOT_COMPARED = Text(
    "没有对比：对比的一方没有有效回答", "Not compared: the other side has no valid answers"
)
HIDDEN_REFERENCE = Text(
    "对比的一方人数太少，不显示", "the other side has too few customers to be shown"
)
SHARED_CUSTOMERS = Text(
    "同一位客户可以在好几组里，和其余比会重复计算；请和某一组比，或和上期比",
    "customers stand in several groups, the rest would count them twice: compare with a group, "
    "or with the period before",
)


def differences(
    task: Task, level: Level, other: Reference, sides: Sides
) -> list[list[Difference | None]]:
    """Compare every cell of a level with its reference, as `find_sides` gave it, by metric.

    Cells that share clusters with their reference are compared with their covariance.

    Returns
    -------
    list of list
        By metric, then by cell; None where a cell is the reference itself.
    """
    drawn, wanted = task.drawn, task.wanted
    found = []
    thin = _thin_references(task, level, other)
    for asked, places, mine, unseen in zip(
        wanted.asked, wanted.places, level.estimates, thin, strict=True
    ):
        with np.errstate(invalid="ignore", divide="ignore"):
            if asked.reading.clock is None:
                both = (sides.moments, sides.entries)
                theirs = estimate_cells(asked, places, drawn, both, task.query.level)
                arrays = _difference(asked, places, level, sides, (mine, theirs), drawn)
            else:
                theirs, arrays = _of_clocks(task, asked, places[0], level, other, sides.moments)
        made = [_one(other, i, (mine, theirs), arrays) for i in range(len(level.keys))]
        if other.is_rest and _counts_customers(asked):
            parted = _parted(level, other, mine, theirs)
            shared = Difference(other.words, note=SHARED_CUSTOMERS)
            made = [one if apart else shared for one, apart in zip(made, parted, strict=True)]
        small = (theirs.customers < task.viewer.minimum_n) | unseen
        found.append(
            [
                (
                    Difference(other.words, note=HIDDEN_REFERENCE)
                    if small[i] and theirs.n[i]
                    else one
                )
                if other.applies(level.cells.names, key)
                else None
                for i, (key, one) in enumerate(zip(level.keys, made, strict=True))
            ]
        )
    return found


def _thin_references(task: Task, level: Level, other: Reference) -> list[NDArray[np.bool_]]:
    """Tell of which cells the reference would be hidden if it were a cell of its own days.

    The rest, and another group, are made of rows that the cells themselves are protected with.
    """
    minimum, cells = task.viewer.minimum_n, other.cells
    if minimum <= 1 or other.is_rest or other.group is not None:
        return [np.zeros(len(level.keys), dtype=bool) for _ in task.wanted.asked]
    window = cells.window
    asked = replace(task, query=replace(task.query, since=window.since, until=window.until))
    keys = [other.key_of(level.cells.names, key) for key in level.keys]
    thin = thin_cells(asked, cells, minimum, keys)
    return [np.array([key in one for key in keys], dtype=bool) for one in thin]


def _of_clocks(
    task: Task, asked: Asked, place: int, level: Level, other: Reference, moments: Moments
) -> tuple[Estimates, tuple[Floats, Floats, Floats]]:
    """Compare quantiles of durations: (those of the reference, differences)."""
    drawn = task.drawn
    clocks, mine = level.clocks[asked.text]
    keys = [other.key_of(level.cells.names, key) for key in level.keys]
    if other.is_rest:
        kept = [level.cells.names.index(name) for name in other.cells.names]
        theirs_by_key, keys = rest_clocks(clocks, level.keys, kept), list(level.keys)
    else:
        theirs_by_key = fetch_clocks(task.dataset, drawn, other.cells, asked)
    found, theirs = clock_estimates(
        asked, place, theirs_by_key, keys, moments, drawn.facts, task.query.level
    )
    return found, clock_gaps(mine, theirs, clustered=drawn.design.clustered)


def _counts_customers(asked: Asked) -> bool:
    return any(value.once for value in asked.reading.values)


def _parted(level: Level, other: Reference, mine: Estimates, theirs: Estimates) -> list[bool]:
    """Tell where the groups part the customers: only there is the rest the total without a cell."""
    keys = [other.key_of(level.cells.names, key) for key in level.keys]
    sums: dict[Key, float] = {}
    for key, n in zip(keys, mine.n, strict=True):
        sums[key] = sums.get(key, 0.0) + n
    pairs = zip(keys, mine.n + theirs.n, strict=True)
    return [sums[key] == whole for key, whole in pairs]


def _difference(
    asked: Asked,
    places: tuple[int, ...],
    level: Level,
    sides: Sides,
    both: tuple[Estimates, Estimates],
    drawn: Drawn,
) -> tuple[Floats, Floats, Floats]:
    mine, theirs = both[0].intervals, both[1].intervals
    if drawn.facts.plain and not drawn.design.clustered and not asked.reading.is_combined:
        return independent_difference(mine, theirs)
    moments = (level.moments, sides.moments)
    if drawn.calibration is None:
        shared = linear_covariance(asked, places, moments, sides.cross, drawn.facts.n_psu)
    else:
        whole, mine_totals = drawn.calibration, entries_of(level.fetched, level.keys)
        first = residuals_of(asked, places, drawn, level.moments, mine_totals)
        second = residuals_of(asked, places, drawn, sides.moments, sides.entries)
        shared = np.array([whole.covariance(u, v) for u, v in zip(first, second, strict=True)])
    variances = mine.standard_error**2 + theirs.standard_error**2
    if drawn.facts.plain:  # adjusted errors do not go with a plain covariance
        one, two = (linear_variance(asked, places, m, drawn.facts.n_psu) for m in moments)
        variances = one + two
    variance = variances - 2.0 * shared
    df = np.full_like(variance, drawn.facts.degrees_of_freedom)
    return mine.estimate - theirs.estimate, np.sqrt(np.maximum(variance, 0.0)), df


def _one(
    other: Reference,
    i: int,
    both: tuple[Estimates, Estimates],
    arrays: tuple[Floats, Floats, Floats],
) -> Difference:
    mine, theirs = both
    if theirs.n[i] == 0:
        return Difference(other.words, note=NO_REFERENCE)
    if mine.reasons[i] is not None or theirs.reasons[i] is not None:
        reference = theirs.intervals.estimate[i] if theirs.reasons[i] is None else math.nan
        return Difference(
            other.words, float(reference) if math.isfinite(reference) else None, note=NO_ERROR
        )
    gap, error, df = (float(array[i]) for array in arrays)
    errors = mine.intervals.standard_error[i], theirs.intervals.standard_error[i]
    skew = difference_skewness(errors, (mine.error_skew[i], theirs.error_skew[i]))
    return Difference(
        against=other.words,
        reference=float(theirs.intervals.estimate[i]),
        difference=gap,
        error=error,
        degrees_of_freedom=df,
        n=float(mine.n[i]),
        other_n=float(theirs.n[i]),
        other_error=float(theirs.intervals.standard_error[i]),
        error_skew=float(skew),
    )


def with_calls(
    cells: Sequence[Cell], found: Sequence[Difference | None], deltas: Sequence[float], level: float
) -> list[Cell]:
    """Correct all comparisons of a query together and put the calls on the cells.

    Parameters
    ----------
    cells : sequence of Cell
        All cells of the query, over all metrics.
    found : sequence of Difference or None
        One per cell.
    deltas : sequence of float
        Margin of indifference of each cell's metric.
    level : float

    Returns
    -------
    list of Cell
    """
    gaps = [one.difference if one else math.nan for one in found]
    errors = [one.error if one else math.nan for one in found]
    dfs = [one.degrees_of_freedom if one else math.nan for one in found]
    skews = [one.error_skew if one else 0.0 for one in found]
    with np.errstate(invalid="ignore", divide="ignore"):
        tested = compare(gaps, errors, dfs, delta=np.asarray(deltas), error_skew=skews, level=level)
        q = benjamini_hochberg(tested.p)
        words = call(tested.inside_delta, q, level)
        more, far = _answers_missing(found, deltas, level)
    family = int(np.isfinite(tested.p).sum())
    made = []
    for i, (cell, one) in enumerate(zip(cells, found, strict=True)):
        if one is None or one.note is NO_REFERENCE:
            made.append(cell)  # the first period has none before it
            continue
        comparison = _comparison(one, deltas[i], family)
        if math.isfinite(tested.p[i]):
            comparison = replace(
                comparison,
                low=float(tested.low[i]),
                high=float(tested.high[i]),
                p=float(tested.p[i]),
                q=float(q[i]),
                call=Call(str(words[i])),
                n_more=_more(str(words[i]), more[i]),
                beyond_reach=str(words[i]) == Call.CANNOT_TELL.value and bool(far[i]),
                only_alone=str(words[i]) == Call.CANNOT_TELL.value
                and bool(tested.p[i] < 1.0 - level),
            )
        elif one.n and one.note is None:
            comparison = replace(comparison, call=Call.CANNOT_TELL, note=NO_ERROR)
        made.append(replace(cell, comparison=comparison))
    return made


def _answers_missing(
    found: Sequence[Difference | None], deltas: Sequence[float], level: float
) -> tuple[Floats, NDArray[np.bool_]]:
    """Count what a decision needs: in the cell alone, or on both sides if those are fewer.

    Beside it whether that is beyond reach of the answers there are.
    """
    known = [one or Difference("") for one in found]
    errors = [one.error for one in known]
    own = np.asarray([one.n for one in known])
    all_ = np.asarray([one.n + one.other_n for one in known])
    others = [one.other_error for one in known]
    alone = n_more_on_one_side(own, errors, others, deltas, level=level)
    both = n_more(all_, errors, deltas, level=level)
    missing = np.fmin(alone, both)
    there = np.where(missing == alone, own, all_)
    return missing, (missing > REACH * there) & (missing > ALWAYS_WITHIN_REACH)


def _comparison(one: Difference, delta: float, family: int) -> Comparison:
    return Comparison(
        against=one.against,
        reference=one.reference,
        difference=one.difference if math.isfinite(one.difference) else None,
        low=None,
        high=None,
        p=None,
        q=None,
        delta=delta,
        family=family,
        call=None,
        note=one.note,
        n_pairs=one.n_pairs,
    )


def _more(word: str, number: float) -> int | None:
    return int(number) if word == Call.CANNOT_TELL.value and math.isfinite(number) else None
