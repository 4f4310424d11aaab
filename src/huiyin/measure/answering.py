"""From a query to its result, step by step along the corridor."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.catalogue import Asked, find_metric
from huiyin.measure.compare import (
    Difference,
    Level,
    benchmark_difference,
    differences,
    entries_of,
    estimate_cells,
    with_calls,
)
from huiyin.measure.contracts import (
    Against,
    Cell,
    DataFacts,
    Query,
    QueryError,
    Result,
    Viewer,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn, draw
from huiyin.measure.estimates import Estimates
from huiyin.measure.fetching import Wanted, fetch, wanted_values
from huiyin.measure.metric import LevelPoints, MetricRules
from huiyin.measure.moments import Key, Moments
from huiyin.measure.periods import Window, period_range
from huiyin.measure.plan import CellSet
from huiyin.measure.references import reference

NO_DATES = Text(
    "没有日期列，不能按时间筛选或分段；用 --set “列=time”指明日期列",
    "There is no column of dates to filter or cut by; name it with --set “COLUMN=time”",
)
UNDATED = Text("{n} 份答卷没有日期，未计入", "{n} answers have no date and are left out")


@dataclass(frozen=True, slots=True)
class Task:
    """A query made ready: what is wanted, from which rows, for whom."""

    dataset: Dataset
    query: Query
    viewer: Viewer
    wanted: Wanted
    drawn: Drawn
    days: tuple[date, date] | None


def answer_on(dataset: Dataset, query: Query, viewer: Viewer) -> Result:
    """Answer a query on an open dataset; see `run.answer`."""
    task = prepare(dataset, query, viewer)
    levels = [_level(task, cells) for cells in _cell_sets(task)]
    cells = [_cells(task, level) for level in levels]
    found = [_found(task, level, made) for level, made in zip(levels, cells, strict=True)]
    flat = list(chain.from_iterable(chain.from_iterable(cells)))
    made = flat
    if task.query.compare:
        gaps = list(chain.from_iterable(chain.from_iterable(found)))
        delta = {one.text: one.reading.delta for one in task.wanted.asked}
        made = with_calls(flat, gaps, [delta[cell.metric] for cell in flat], query.level)
    used = int(round(levels[0].moments.rows.sum()))
    return Result(
        query=task.query,
        definition=tuple(one.definition() for one in task.wanted.asked),
        data=_facts(task, used),
        cells=tuple(made),
        notes=_notes(task),
    )


def prepare(dataset: Dataset, query: Query, viewer: Viewer) -> Task:
    """Check a query and find what it means in this dataset.

    Raises
    ------
    QueryError
        It names something that does not exist or does not fit.
    """
    check_query(query)
    query = _with_group(query)
    rules = MetricRules(level_points=LevelPoints(query.points))
    asked = tuple(find_metric(text, dataset.codebook, query, rules) for text in query.metrics)
    wanted = wanted_values(dataset, asked)
    days = _days(dataset, query)
    overlap = (
        query.compare is not None
        and query.compare.against is Against.GROUP
        and any(dataset.is_list(name) for name in query.by)
    )
    window = Window(query.since, query.until)
    drawn = draw(dataset, query, window, by_psu=wanted.has_sums, overlap=overlap)
    return Task(dataset, query, viewer, wanted, drawn, days)


def _with_group(query: Query) -> Query:
    """Group by the column whose group everything is compared with."""
    compare = query.compare
    if not compare or compare.against is not Against.GROUP or compare.column in query.by:
        return query
    return replace(query, by=(*query.by, compare.column or ""))


def check_query(query: Query) -> None:
    """Refuse a query that cannot be asked at all.

    Raises
    ------
    QueryError
        No metric, a level outside (0, 1), or a window that ends before it begins.
    """
    if not query.metrics:
        raise QueryError(Text("请至少给一个指标，如 nps", "Name at least one metric, say nps"))
    if not 0 < query.level < 1:
        raise QueryError(
            Text("置信水平要在 0 和 1 之间，如 0.95", "The level lies between 0 and 1, say 0.95")
        )
    if query.since and query.until and query.until < query.since:
        raise QueryError(Text("截止日早于起始日", "The last day lies before the first"))
    if query.compare and query.compare.against is Against.REST and not query.by:
        raise QueryError(
            Text("和其余比较要先分组：--by 列", "Comparing with the rest needs groups: --by COLUMN")
        )


def _days(dataset: Dataset, query: Query) -> tuple[date, date] | None:
    """Give the first and last day answered on, where the query cuts by time."""
    if not (query.grain or query.since or query.until):
        return None

    def find() -> tuple[date, date] | None:
        day = dataset.rows[ANSWERED_ON_COLUMN]
        found = dataset.engine.run(dataset.rows.aggregate(first=day.min(), last=day.max()))
        first, last = found["first"][0].as_py(), found["last"][0].as_py()
        return (first, last) if first else None

    days = dataset.keep("days", find)
    if days is None:
        raise QueryError(NO_DATES)
    return days


def _cell_sets(task: Task) -> list[CellSet]:
    """List the finest cells, then every leading part of the groups where subtotals are asked."""
    query, viewer = task.query, task.viewer
    by = tuple(task.dataset.column_name(name) for name in query.by)
    window = Window(query.since, query.until)
    finest = CellSet(by, (*viewer.rows, *query.where), window, query.grain)
    if not query.subtotals:
        return [finest]
    return [finest, *(replace(finest, by=by[:k]) for k in reversed(range(len(by))))]


def _level(task: Task, cells: CellSet) -> Level:
    fetched = fetch(task.dataset, task.drawn, cells, task.wanted)
    keys = shown_keys(cells, fetched.moments)
    moments = fetched.moments.take(keys)
    totals = entries_of(fetched, keys)
    estimates = tuple(
        estimate_cells(asked, places, task.drawn, (moments, totals), task.query.level)
        for asked, places in zip(task.wanted.asked, task.wanted.places, strict=True)
    )
    return Level(cells, tuple(keys), moments, fetched, estimates)


def shown_keys(cells: CellSet, moments: Moments) -> list[Key]:
    """Order the cells; periods inside the window that nobody answered in are added."""
    found = sorted(moments.keys, key=lambda key: [(part is None, part or "") for part in key])
    if not cells.grain or not found:
        return found if found or cells.keys else [()]
    days = [date.fromisoformat(key[-1]) for key in found if key[-1]]
    first, last = cells.window.since or min(days), cells.window.until or max(days)
    periods = [day.isoformat() for day in period_range(first, last, cells.grain)]
    groups = list(dict.fromkeys(key[:-1] for key in found))
    return [(*group, period) for group in groups for period in periods]


def _cells(task: Task, level: Level) -> list[list[Cell]]:
    return [
        [_cell(task, level, asked, estimates, i) for i in range(len(level.keys))]
        for asked, estimates in zip(task.wanted.asked, level.estimates, strict=True)
    ]


def _found(task: Task, level: Level, cells: list[list[Cell]]) -> list[list[Difference | None]]:
    """Compare the cells of one level, metric by metric."""
    nothing: list[list[Difference | None]] = [[None] * len(made) for made in cells]
    compare = task.query.compare
    if compare is None:
        return nothing
    if compare.against is Against.BENCHMARK:
        return [
            [
                benchmark_difference(asked, cell, estimates, i, compare.benchmarks)
                for i, cell in enumerate(made)
            ]
            for asked, estimates, made in zip(
                task.wanted.asked, level.estimates, cells, strict=True
            )
        ]
    last_day = task.days[1] if task.days else None
    other = reference(task.dataset, level.cells, compare, last_day)
    if other is None:
        return nothing
    return differences(task.dataset, task.drawn, task.wanted, level, other, task.query.level)


def _cell(task: Task, level: Level, asked: Asked, estimates: Estimates, i: int) -> Cell:
    reason = estimates.reasons[i]
    n = round(estimates.n[i])
    names = tuple(
        dict.fromkeys(
            (*task.query.by[: len(level.cells.by)], *level.cells.names[len(level.cells.by) :])
        )
    )
    bare = Cell(
        by=dict(zip(names, level.keys[i], strict=True)),
        metric=asked.text,
        label=asked.reading.label,
        unit=asked.reading.unit,
        estimate=None,
        low=None,
        high=None,
        level=task.query.level,
        n=n,
        n_customers=round(estimates.customers[i]),
        n_effective=None,
        method=estimates.intervals.method,
    )
    if reason is not None:
        return replace(bare, not_estimable=NotEstimable(reason, n))
    found = estimates.intervals
    return replace(
        bare,
        estimate=float(found.estimate[i]),
        low=float(found.low[i]),
        high=float(found.high[i]),
        n_effective=float(estimates.n_effective[i]),
        flags=estimates.flags(i, clustered=task.drawn.facts.clustered),
        standard_error=_finite(found.standard_error[i]),
        degrees_of_freedom=_finite(found.degrees_of_freedom[i]),
    )


def _finite(number: Any) -> float | None:
    return float(number) if math.isfinite(number) else None


def _facts(task: Task, used: int) -> DataFacts:
    query, dataset = task.query, task.dataset
    mask = dataset.mask(query.include_flagged)
    legend = dataset.snapshot.legend
    return DataFacts(
        rows=dataset.snapshot.n_rows,
        used=used,
        excluded={f.rule_id: f.n_flagged for i, f in enumerate(legend) if mask >> i & 1},
        since=query.since,
        until=query.until,
        snapshot=dataset.snapshot.id,
    )


def _notes(task: Task) -> tuple[Text, ...]:
    return ()
