"""From a query to its result, step by step along the corridor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.catalogue import Asked, find_metric
from huiyin.measure.contracts import (
    Cell,
    DataFacts,
    Query,
    QueryError,
    Result,
    Viewer,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn, draw
from huiyin.measure.estimates import DesignFacts, Estimates, estimate
from huiyin.measure.fetching import Fetched, Wanted, fetch, wanted_values
from huiyin.measure.metric import LevelPoints, MetricRules
from huiyin.measure.moments import Key, Moments
from huiyin.measure.periods import Window, period_range
from huiyin.measure.plan import PERIOD, CellSet


def answer_on(dataset: Dataset, query: Query, viewer: Viewer) -> Result:
    """Answer a query on an open dataset; see `run.answer`."""
    check_query(query)
    rules = MetricRules(level_points=LevelPoints(query.points))
    asked = tuple(find_metric(text, dataset.codebook, query, rules) for text in query.metrics)
    window = Window(query.since, query.until)
    by = tuple(dataset.column_name(name) for name in query.by)
    cells = CellSet(by, (*viewer.rows, *query.where), window, query.grain)
    wanted = wanted_values(dataset, asked)
    drawn = draw(dataset, query, window, rows_as_psus=wanted.has_sums)
    fetched = fetch(dataset, drawn, cells, wanted)
    shown = shown_keys(cells, fetched.moments)
    moments = fetched.moments.take(shown)
    found = [
        estimate(one, places, moments, drawn.facts, query.level)
        for one, places in zip(wanted.asked, wanted.places, strict=True)
    ]
    made = [
        _cell(cells, key, one, estimates, i, query.level, drawn.facts)
        for one, estimates in zip(wanted.asked, found, strict=True)
        for i, key in enumerate(shown)
    ]
    return Result(
        query=query,
        definition=tuple(one.definition() for one in wanted.asked),
        data=_facts(dataset, query, int(moments.rows.sum()), drawn, viewer),
        cells=tuple(made),
    )


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


def _cell(
    cells: CellSet,
    key: Key,
    asked: Asked,
    estimates: Estimates,
    i: int,
    level: float,
    facts: DesignFacts,
) -> Cell:
    reason = estimates.reasons[i]
    n = int(round(estimates.n[i]))
    bare = Cell(
        by=dict(zip(cells.names, key, strict=True)),
        metric=asked.text,
        label=asked.reading.label,
        unit=asked.reading.unit,
        estimate=None,
        low=None,
        high=None,
        level=level,
        n=n,
        n_customers=int(round(estimates.customers[i])),
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
        flags=estimates.flags(i, clustered=facts.clustered),
        standard_error=_finite(found.standard_error[i]),
        degrees_of_freedom=_finite(found.degrees_of_freedom[i]),
    )


def _finite(number: Any) -> float | None:
    import math

    return float(number) if math.isfinite(number) else None


def _facts(dataset: Dataset, query: Query, used: int, drawn: Drawn, viewer: Viewer) -> DataFacts:
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
