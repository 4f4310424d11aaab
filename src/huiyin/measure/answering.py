"""From a query to its result, step by step along the corridor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import Any

from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.measure.catalogue import Asked
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.clocks import CellClocks, clock_estimates, fetch_clocks
from huiyin.measure.comparing.benchmarks import Difference, benchmark_difference
from huiyin.measure.comparing.compare import (
    NO_REFERENCE,
    NOT_COMPARED,
    differences,
    with_calls,
)
from huiyin.measure.comparing.competitor import competitor_differences
from huiyin.measure.comparing.references import reference
from huiyin.measure.comparing.sides import Level, entries_of, estimate_cells, find_sides
from huiyin.measure.contracts import Against, Cell, Query, Result, Viewer, is_over_time
from huiyin.measure.counted import counted_by
from huiyin.measure.dataset import Dataset
from huiyin.measure.estimates import Estimates
from huiyin.measure.facts import data_facts, notes, rows_in
from huiyin.measure.fetching import fetch
from huiyin.measure.hiding.private import refuse_many_groups
from huiyin.measure.hiding.protection import protected, without_told_answers
from huiyin.measure.hiding.weights import refuse_telling_weights
from huiyin.measure.metric import HOUSE_RULES, MetricRules
from huiyin.measure.moments import Key, Moments, shown_by
from huiyin.measure.periods import Window, period_range
from huiyin.measure.standing import Standing
from huiyin.measure.task import Task, prepare_all


def answer_on(
    dataset: Dataset, query: Query, viewer: Viewer, rules: MetricRules = HOUSE_RULES
) -> Result:
    """Answer a query on an open dataset by metric rules; see `run.answer`.

    Metrics that count different rows (complaints beside orders) are answered side by side: each has
    its own n and its own small groups, and their comparisons are one family.
    """
    return answer_and_standing(dataset, query, viewer, rules)[0]


def answer_and_standing(
    dataset: Dataset, query: Query, viewer: Viewer, rules: MetricRules = HOUSE_RULES
) -> tuple[Result, tuple[Standing, ...]]:
    """Answer a query as `answer_on` does; beside it the rows that it stands on, with true counts.

    Nobody who asks may be shown the second.
    """
    tasks = prepare_all(dataset, query, viewer, rules)
    refuse_many_groups(tasks[0].query, tasks[0].viewer)
    refuse_telling_weights(tasks[0].dataset, tasks[0].query, tasks[0].viewer)
    parts = [_Part.of(task) for task in tasks]
    made = [
        protected(part.task, part.levels, cells)
        for part, cells in zip(parts, _called(parts), strict=True)
    ]
    first, cells = parts[0].task, _in_order(query, parts, made)
    said = chain.from_iterable(
        notes(part.task, own, cells) for part, own in zip(parts, made, strict=True)
    )
    asked = {one.text: one for part in parts for one in part.task.wanted.asked}
    n_rows = [rows_in(part.task, part.levels[0]) for part in parts]
    result = Result(
        query=replace(first.query, metrics=query.metrics),
        definition=tuple(asked[text].definition() for text in query.metrics),
        data=data_facts(first, parts[0].levels[0], cells, n_rows[0]),
        cells=without_told_answers(first, cells),
        notes=tuple(dict.fromkeys((*said, *_not_compared(parts)))),
    )
    stood = (part.standings(n) for part, n in zip(parts, n_rows, strict=True))
    return result, tuple(chain.from_iterable(stood))


def _not_compared(parts: Sequence[_Part]) -> list[Text]:
    """Say why no cell at all is compared; that the first period has none before it goes unsaid."""
    found = (gap for part in parts for gap in chain.from_iterable(chain(*part.found)))
    gaps = [gap for gap in found if gap is not None]
    return [NOT_COMPARED] if gaps and all(gap.note is NO_REFERENCE for gap in gaps) else []


_Other = tuple[CellSet, int] | None


@dataclass(frozen=True, slots=True)
class _Part:
    """What is told of one set of rows: cells and differences by level, metric and cell."""

    task: Task
    levels: list[Level]
    cells: list[list[list[Cell]]]
    found: list[list[list[Difference | None]]]
    other: _Other

    @classmethod
    def of(cls, task: Task) -> _Part:
        """Fetch and estimate it."""
        levels = [_level(task, cells) for cells in _cell_sets(task)]
        cells = [_cells(task, level) for level in levels]
        found, others = _all_found(task, levels, cells)
        return cls(task, levels, cells, found, others[0] if others else None)

    def standings(self, n_rows: int) -> list[Standing]:
        """Give the rows that its finest cells stand on, and those that they are compared with."""
        finest = self.levels[0].cells
        sides = [(finest, n_rows), *([] if self.other is None else [self.other])]
        return [self._standing(cells, n) for cells, n in sides]

    def _standing(self, cells: CellSet, n_rows: int) -> Standing:
        rows = self.task.wanted.asked[0].reading.rows
        return Standing.of(self.task.query, rows, cells, n_rows)

    @property
    def flat(self) -> list[Cell]:
        """All its cells."""
        return list(chain.from_iterable(chain.from_iterable(self.cells)))


def _called(parts: Sequence[_Part]) -> list[list[Cell]]:
    """Put the calls on the cells of each part, corrected over all of them together."""
    query = parts[0].task.query
    if not query.compare:
        return [part.flat for part in parts]
    flat = [cell for part in parts for cell in part.flat]
    gaps = [gap for part in parts for gap in chain.from_iterable(chain(*part.found))]
    asked = {one.text: one for part in parts for one in part.task.wanted.asked}
    deltas = [_margin(asked[cell.metric], gap) for cell, gap in zip(flat, gaps, strict=True)]
    made = iter(with_calls(flat, gaps, deltas, query.level))
    return [list(islice(made, len(part.flat))) for part in parts]


def _in_order(query: Query, parts: Sequence[_Part], made: Sequence[list[Cell]]) -> list[Cell]:
    """Bring the cells of all parts into one order: by level, then metric as asked, then cell."""
    if len(parts) == 1:
        return made[0]
    placed: list[tuple[int, int, Cell]] = []
    for part, cells in zip(parts, made, strict=True):
        own = iter(cells)
        for at, level in enumerate(part.cells):
            for metric in level:
                placed += [(at, query.metrics.index(c.metric), c) for c in islice(own, len(metric))]
    return [cell for _, _, cell in sorted(placed, key=lambda one: one[:2])]


def _margin(asked: Asked, gap: Difference | None) -> float:
    """Give the margin of indifference: of a duration, a part of what it is compared with."""
    if asked.reading.clock is None:
        return asked.reading.delta
    return asked.reading.delta * abs((gap and gap.reference) or 0.0)


def _cell_sets(task: Task) -> list[CellSet]:
    """List the finest cells, then every leading part of the groups where subtotals are asked."""
    query, viewer = task.query, task.viewer
    by = tuple(task.dataset.column_name(name) for name in query.by)
    window = Window(query.since, query.until)
    finest = CellSet(by, (*viewer.rows, *query.where), window, query.grain)
    if not query.subtotals:
        return [finest]
    leading = [finest, *(replace(finest, by=by[:k]) for k in reversed(range(len(by))))]
    if not query.column_totals:
        return leading
    return leading + _column_totals(task, leading)


def _column_totals(task: Task, leading: list[CellSet]) -> list[CellSet]:
    """List the totals that run down: by the last group alone, or over all periods."""
    finest = leading[0]
    if finest.grain is None:
        return [replace(finest, by=(*one.by, finest.by[-1])) for one in leading[2:]]
    rows = task.wanted.asked[0].reading.rows
    if rows is not None and rows.by_query:
        return []  # their rows are made anew for every period
    return [replace(one, grain=None) for one in leading]


def _level(task: Task, cells: CellSet) -> Level:
    fetched = fetch(task.dataset, task.drawn, cells, task.wanted)
    keys = shown_keys(cells, fetched.moments)
    moments = fetched.moments.take(keys)
    totals = entries_of(fetched, keys)
    estimates, timed = [], {}
    held: dict[tuple[str, str], CellClocks] = {}
    for asked, places in zip(task.wanted.asked, task.wanted.places, strict=True):
        if asked.reading.clock is None:
            both = (moments, totals)
            made = estimate_cells(asked, places, task.drawn, both, task.query.level)
        else:
            which = asked.reading.values[0].column, asked.reading.clock.stopped
            if which not in held:  # quantiles of the same clocks
                held[which] = fetch_clocks(task.dataset, task.drawn, cells, asked)
            clocks = held[which]
            made, quantiles = clock_estimates(
                asked, places[0], clocks, keys, moments, task.drawn.facts, task.query.level
            )
            timed[asked.text] = (clocks, quantiles)
        estimates.append(made)
    return Level(cells, tuple(keys), moments, fetched, tuple(estimates), timed)


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


def _all_found(
    task: Task, levels: list[Level], cells: list[list[list[Cell]]]
) -> tuple[list[list[list[Difference | None]]], list[_Other]]:
    """Compare the cells of all levels; pairs with a competitor are protected over all of them.

    Beside that, by level, the cells of other rows that they are compared with, and how many rows.
    """
    compare = task.query.compare
    if compare is not None and compare.against is Against.COMPETITOR:
        return competitor_differences(task, levels, compare), []
    found = [_found(task, level, made) for level, made in zip(levels, cells, strict=True)]
    return [one for one, _ in found], [other for _, other in found]


def _found(
    task: Task, level: Level, cells: list[list[Cell]]
) -> tuple[list[list[Difference | None]], _Other]:
    """Compare the cells of one level, metric by metric."""
    nothing: list[list[Difference | None]] = [[None] * len(made) for made in cells]
    compare = task.query.compare
    over_periods = task.query.grain is not None and level.cells.grain is None
    if compare is None or (over_periods and is_over_time(compare.against)):
        return nothing, None
    if compare.against is Against.BENCHMARK:
        beside = [
            [
                benchmark_difference(asked, cell, estimates, i, compare.benchmarks)
                for i, cell in enumerate(made)
            ]
            for asked, estimates, made in zip(
                task.wanted.asked, level.estimates, cells, strict=True
            )
        ]
        return beside, None
    last_day = task.days[1] if task.days else None
    other = reference(task.dataset, level.cells, compare, last_day)
    if other is None:
        return nothing, None
    sides = find_sides(task, level, other)
    # The rest is of the very rows that the cells are made of.
    rows = None if other.is_rest else (other.cells, sides.n_rows)
    return differences(task, level, other, sides), rows


def _cell(task: Task, level: Level, asked: Asked, estimates: Estimates, i: int) -> Cell:
    reason = estimates.reasons[i]
    n = round(estimates.n[i])
    asked_as = {task.dataset.column_name(name): name for name in task.query.by}
    names = tuple(asked_as.get(name, name) for name in level.cells.names)
    bare = Cell(
        by=shown_by(names, level.keys[i]),
        metric=asked.text,
        label=asked.reading.label,
        unit=asked.reading.unit,
        counted=counted_by(asked, task.dataset.codebook),
        estimate=None,
        low=None,
        high=None,
        level=task.query.level,
        n=n,
        n_customers=round(estimates.customers[i]),
        n_effective=None,
        method=estimates.method(i),
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
