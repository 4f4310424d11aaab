"""Metrics over time: a sensible grain, steps between periods, lasting changes of level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import numpy as np

from huiyin.analyse.contracts import ChangePoint, Trend
from huiyin.analyse.ports import Corridor
from huiyin.analyse.scorecard import answer_what_fits
from huiyin.codebook.contracts import Role
from huiyin.core.festival import festivals_between
from huiyin.core.text import ZH, Text, listed
from huiyin.measure.contracts import Against, Call, Cell, Compare, Grain, Query, Result
from huiyin.stats.changes import LevelShift, change_points

TYPICAL_N = 30
"""Answers a typical period should have for a grain to be worth showing."""
MOST_PERIODS = {
    Grain.DAY: 45, Grain.WEEK: 30, Grain.MONTH: 48, Grain.QUARTER: 40, Grain.YEAR: 60,
}  # fmt: skip
MOST_METRICS = 4
_FEWEST_PERIODS = 2
_FEWEST_FOR_CHANGES = 5
_WHOLE_DAYS = 1

NO_TIME = Text("没有答题时间，做不了趋势。", "There is no time of answering: no trend.")
ONE_PERIOD = Text(
    "所有回答都落在同一个{grain}，做不了趋势。", "All answers fall into one {grain}: no trend."
)
PARTIAL_FIRST = Text(
    "首期 {period} 从 {day} 才有回答，不满一期。",
    "The first period {period} is not whole: answers start on {day}.",
)
PARTIAL_LAST = Text(
    "末期 {period} 只到 {day}，不满一期，不作判断。",
    "The last period {period} is not whole: answers end on {day}, so it is not judged.",
)
THIN = Text(
    "多数时期不足 {n} 份回答，起伏大半是偶然。",
    "Most periods have fewer than {n} answers: most ups and downs are chance.",
)
GAPS = Text("有 {n} 期没有回答。", "{n} periods have no answers.")
FESTIVAL = Text(
    "春节（{days}）前后的时期与平常不可直接相比；春节每年日期不同，同比时尤其要留意。",
    "Periods around Spring Festival ({days}) do not compare with ordinary ones; it moves from "
    "year to year, so take care with year-on-year comparisons.",
)
GRAIN_TEXT: dict[Grain, Text] = {
    Grain.DAY: Text("日", "day"),
    Grain.WEEK: Text("周", "week"),
    Grain.MONTH: Text("月", "month"),
    Grain.QUARTER: Text("季度", "quarter"),
    Grain.YEAR: Text("年", "year"),
}


def find_trends(
    corridor: Corridor, metrics: Sequence[str], *, level: float = 0.95
) -> tuple[tuple[Trend, ...], tuple[Text, ...]]:
    """Follow metrics over time.

    Parameters
    ----------
    corridor : Corridor
    metrics : sequence of str
        Metric ids; the first `MOST_METRICS` that fit are followed, on one common grain.
    level : float

    Returns
    -------
    tuple of Trend
        Empty without a time column or with one period only.
    tuple of Text
        Why there is none.
    """
    if corridor.codebook.first(Role.TIME) is None:
        return (), (NO_TIME,)
    chosen = tuple(metrics)[:MOST_METRICS]
    found = _on_best_grain(corridor, chosen, level)
    if found is None:
        return (), ()
    result, grain = found
    series = [_of_metric(result, metric) for metric in result.query.metrics]
    if not series or len(series[0]) < _FEWEST_PERIODS:
        return (), (ONE_PERIOD.format(grain=GRAIN_TEXT[grain]),)
    notes, begun = _shared_notes(corridor, result, grain)
    built = (_trend(result, cells, grain, notes, level) for cells in series)
    if begun:
        built = (_not_judged_last(trend, begun) for trend in built)
    return tuple(trend for trend in built if trend is not None), ()


def _on_best_grain(
    corridor: Corridor, metrics: tuple[str, ...], level: float
) -> tuple[Result, Grain] | None:
    """Ask by month; then choose the grain from the span and the answers, and ask again."""
    monthly = _ask(corridor, metrics[:1], Grain.MONTH, level)
    if monthly is None:
        return None
    cells = _of_metric(monthly, monthly.query.metrics[0])
    if not cells:
        return None
    grain = choose_grain(_start(cells[0]), _start(cells[-1]), sum(c.n for c in cells))
    result = _ask(corridor, metrics, grain, level)
    return None if result is None else (result, grain)


def _ask(corridor: Corridor, metrics: tuple[str, ...], grain: Grain, level: float) -> Result | None:
    query = Query(metrics=metrics, grain=grain, compare=Compare(Against.PREVIOUS), level=level)
    return answer_what_fits(corridor, query)[0]


def choose_grain(first_month: date, last_month: date, n: int) -> Grain:
    """Choose the finest grain that has few enough periods and enough answers in each.

    Parameters
    ----------
    first_month, last_month : date
        First days of the first and last month with answers.
    n : int
        Answers in all.
    """
    days = (last_month - first_month).days + 30
    lengths = {
        Grain.DAY: 1.0, Grain.WEEK: 7.0, Grain.MONTH: 30.44, Grain.QUARTER: 91.3,
        Grain.YEAR: 365.25,
    }  # fmt: skip
    fitting = [
        grain
        for grain, length in lengths.items()
        if _FEWEST_PERIODS <= days / length <= MOST_PERIODS[grain]
    ]
    for grain in fitting:
        if n * lengths[grain] / days >= TYPICAL_N:
            return grain
    return fitting[-1] if fitting else Grain.DAY


def _of_metric(result: Result, metric: str) -> tuple[Cell, ...]:
    """Give a metric's periods in order, from the first to the last that has answers."""
    cells = sorted(
        (c for c in result.cells if c.metric == metric and c.by.get("period")),
        key=lambda c: str(c.by["period"]),
    )
    there = [i for i, c in enumerate(cells) if c.n > 0]
    return tuple(cells[there[0] : there[-1] + 1]) if there else ()


def _start(cell: Cell) -> date:
    return date.fromisoformat(str(cell.by["period"])[:10])


def _trend(
    result: Result, cells: tuple[Cell, ...], grain: Grain, notes: tuple[Text, ...], level: float
) -> Trend | None:
    if len(cells) < _FEWEST_PERIODS:
        return None
    metric = cells[0].metric
    definition = next(d for d in result.definition if d.metric == metric)
    empty = sum(c.n == 0 for c in cells)
    own = [*notes]
    if median(c.n for c in cells) < TYPICAL_N:
        own.append(THIN.format(n=TYPICAL_N))
    if empty:
        own.append(GAPS.format(n=empty))
    return Trend(
        metric=metric,
        label=definition.label,
        unit=cells[0].unit,
        grain=grain.value,
        cells=cells,
        change_points=_changes(cells, definition.delta, level),
        notes=tuple(own),
    )


def _changes(cells: tuple[Cell, ...], delta: float, level: float) -> tuple[ChangePoint, ...]:
    if len(cells) < _FEWEST_FOR_CHANGES:
        return ()
    estimates = np.array([_or_nan(c.estimate) for c in cells])
    errors = np.array([_or_nan(c.standard_error) for c in cells])
    found = change_points(estimates, errors, level=level)
    return tuple(_change(shift, cells, delta) for shift in found)


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _change(shift: LevelShift, cells: tuple[Cell, ...], delta: float) -> ChangePoint:
    within = -delta < shift.low and shift.high < delta
    return ChangePoint(
        period=str(cells[shift.index].by["period"]),
        before=shift.before,
        after=shift.after,
        difference=shift.difference,
        low=shift.low,
        high=shift.high,
        p=shift.p,
        call=Call.STABLE if within else Call.REAL,
    )


def _not_judged_last(trend: Trend | None, begun: str) -> Trend | None:
    """Compare a last period that has only begun with nothing."""
    if trend is None or trend.cells[-1].by.get("period") != begun:
        return trend
    cells = (*trend.cells[:-1], replace(trend.cells[-1], comparison=None))
    return replace(trend, cells=cells, begun=True)


def _shared_notes(
    corridor: Corridor, result: Result, grain: Grain
) -> tuple[tuple[Text, ...], str | None]:
    """Give what is to be said of the periods, and the last one where it has only begun."""
    cells = _of_metric(result, result.query.metrics[0])
    first, last = _answered_days(corridor, result, cells, grain)
    starts, ends = _start(cells[0]), period_end(_start(cells[-1]), grain)
    notes: list[Text] = []
    begun = None
    if grain is not Grain.DAY:
        if (first - starts).days > _slack(grain):
            notes.append(PARTIAL_FIRST.format(period=starts, day=first))
        if (ends - last).days > _slack(grain):
            notes.append(PARTIAL_LAST.format(period=_start(cells[-1]), day=last))
            begun = cells[-1].by.get("period")
    days = festivals_between(first, last)
    chinese = corridor.codebook.language == ZH
    if chinese and days and grain in {Grain.DAY, Grain.WEEK, Grain.MONTH}:
        notes.append(FESTIVAL.format(days=listed(day.isoformat() for day in days)))
    return tuple(notes), begun


def _slack(grain: Grain) -> int:
    """Days without answers at an end of a period that still pass for chance."""
    return {Grain.WEEK: 2, Grain.MONTH: 4, Grain.QUARTER: 10, Grain.YEAR: 31}[grain]


def _answered_days(
    corridor: Corridor, result: Result, cells: tuple[Cell, ...], grain: Grain
) -> tuple[date, date]:
    """Find the first and last day with an answer."""
    ends = []
    for cell, place in ((cells[0], 0), (cells[-1], -1)):
        start = _start(cell)
        query = Query(
            metrics=result.query.metrics[:1],
            grain=Grain.DAY,
            since=start,
            until=period_end(start, grain),
        )
        days = _of_metric(corridor.answer(query), query.metrics[0])
        ends.append(_start(days[place]) if days else start)
    return ends[0], ends[1]


def period_end(start: date, grain: Grain) -> date:
    """Give the last day of the period that starts on `start`."""
    if grain is Grain.DAY:
        return start
    if grain is Grain.WEEK:
        return start + timedelta(days=6)
    months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1) - timedelta(days=_WHOLE_DAYS)
