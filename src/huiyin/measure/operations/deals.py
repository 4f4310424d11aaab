"""Deals: which are won within a window, and how long that takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.clocks import (
    Timing,
    at_share,
    clock_fact,
    quantile_reading,
    timing_of,
)
from huiyin.measure.operations.columns import (
    event_column,
    happened,
    role_column,
    start_column,
)
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.row_facts import Fact

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

WON = "成交|赢单|转化|签约|won|convert|deal|signed"
DAY = 86_400.0
OPEN_LEADS = Text(
    "{n} 条还没走完时间窗（数据到 {until}），未计入",
    "{n} whose window is not over (the data reaches {until}) are left out",
)
WITHIN = Text("{m}（{d:g} 天内）", "{m} (within {d:g} days)")


def deal_columns(metric: Metric, codebook: Codebook) -> tuple[Column, Column, Column]:
    """Give when a deal began, when it ended, and whether it was won."""
    start = start_column(codebook, metric.id, metric.label)
    end = role_column(codebook, (Role.RESOLVED,), metric.id, metric.label)
    return start, end, event_column(codebook, "", WON, metric.id, metric.label)


def conversion_look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share won within the window, by the day of entry; ``conversion:30d``."""
    usual = Timing(working=False, target=rules.windows.conversion_days * DAY)
    target = timing_of(rest, usual).target or usual.target or 0.0
    start, end, won = deal_columns(metric, codebook)
    reading = share_reading(metric, _won_within(start, end, won, target), rules, [start, end, won])
    return replace(reading, label=WITHIN.format(m=metric.label, d=target / DAY))


def _won_within(start: Column, end: Column, won: Column, target: float) -> Fact:
    clock = clock_fact(start, end, Timing(working=False))
    name = f"_won:{start.name}:{end.name}:{won.name}:{target:g}"
    still_open = f"{name}:open"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = clock.put(dataset, rows)
        shown, ended = rows[clock.name], rows[f"{clock.name}:stopped"] > 0
        hit = happened(rows, won).fill_null(False) & ended & (shown <= target)  # noqa: FBT003 -- a value
        over = _age(dataset, rows, start) >= target
        return rows.mutate(
            **{
                name: ibis.cases((over & hit, 1.0), (over & shown.notnull(), 0.0)),
                still_open: ~over & shown.notnull(),
            }
        )

    return Fact(name, put, {still_open: OPEN_LEADS})


def _age(dataset: Dataset, rows: Any, start: Column) -> Any:
    from huiyin.measure.operations.moments import literal, moment, reaches_until

    until = literal(reaches_until(dataset))
    return until.epoch_seconds() - moment(rows, start.name).epoch_seconds()


def cycle_look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the median time from entry to a deal; open ones still run, lost ones are left out."""
    timing = timing_of(rest, Timing(working=False))
    start, end, won = deal_columns(metric, codebook)
    metric = at_share(metric, timing.share)
    reading = quantile_reading(
        metric,
        (start, end),
        timing.share or 0.5,
        timing,
        rules,
        among=lambda clock: _without_lost(clock, end, won),
    )
    return replace(reading, label=metric.label)


def _without_lost(clock: Fact, end: Column, won: Column) -> Fact:
    name = f"{clock.name}:won:{won.name}"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = clock.put(dataset, rows)
        lost = rows[end.name].notnull() & ~happened(rows, won).fill_null(False)  # noqa: FBT003 -- a value
        return rows.mutate(**{name: ibis.ifelse(lost, None, rows[clock.name])})

    return Fact(name, put, clock.counted)
