"""What a result says beside its cells: the rows it stands on, weights, design, notes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from huiyin.core.text import ZH, Text, listed
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.cell_rows import WEIGHT, CellSet, cell_rows
from huiyin.measure.comparing.benchmarks import benchmark_notes
from huiyin.measure.comparing.competitor import PAIRED
from huiyin.measure.comparing.sides import Level
from huiyin.measure.contracts import Against, Cell, DataFacts
from huiyin.measure.cubes.drawing import undated_rows
from huiyin.measure.design import draw
from huiyin.measure.ending import DATA_ENDS, ends_before
from huiyin.measure.estimates import estimate
from huiyin.measure.fetching import fetch
from huiyin.measure.hiding.protection import is_hidden, used_rows
from huiyin.measure.lunar import aligned_note, moved_note
from huiyin.measure.moments import shown_by
from huiyin.measure.operations.moments import reaches_until
from huiyin.measure.periods import Window
from huiyin.measure.task import Task
from huiyin.stats.contracts import Floats
from huiyin.stats.design import design_effect, kish_effective_n

UNDATED = Text("{n} 份答卷没有日期，未计入", "{n} answers have no date and are left out")
HIDDEN = Text("{n} 个格子人数太少，不显示", "{n} cells of too few customers are not shown")
LONELY = Text(
    "{n} 层只有一个抽样单位：按它与总体均值的差计误差（与 R survey 的 adjust 相同）",
    "{n} strata have one sampling unit: its distance from the overall mean counts as error "
    "(as R survey's adjust)",
)
NO_WEIGHT = Text("{n} 份答卷没有权重或权重为 0，未计入", "{n} answers without weight are left out")
CLUSTERED = Text(
    "同一客户平均答了不止一次，误差按客户聚类计算",
    "customers answered more than once on average: errors are clustered by customer",
)
REACHES = Text(
    "数据到 {until}；到那时还没完的不计入，或按还没完算",
    "the data reaches {until}: what was not over by then is left out, or counted as not over",
)
IN_DOUBT = Text(
    "“{columns}”是什么列还拿不准，请先核对", "please check what “{columns}” holds: it is in doubt"
)
ADDED_GROUP = Text(
    "已按“{column}”分组，以便逐组对比", "grouped by “{column}” to compare its groups"
)


def data_facts(task: Task, finest: Level, cells: Sequence[Cell], n_rows: int) -> DataFacts:
    """Say which rows the numbers stand on, and how they are weighted; `cells` are protected.

    `n_rows` is what `rows_in` counts.
    """
    query, dataset = task.query, task.dataset
    mask = dataset.mask(query)
    legend = dataset.snapshot.legend
    return DataFacts(
        rows=dataset.snapshot.n_rows,
        used=used_rows(task, cells, n_rows),
        excluded={f.rule_id: f.n_flagged for i, f in enumerate(legend) if mask >> i & 1},
        since=query.since,
        until=query.until,
        snapshot=dataset.snapshot.id,
        weighting=_weighting(task, finest) if query.weighting else None,
        design=_design(task),
        row_rule=tuple(
            f"{rule.column} {rule.operator} {'|'.join(rule.values)}" for rule in task.viewer.rows
        ),
        ends=_ends(task),
    )


def _ends(task: Task) -> date | None:
    last_day = task.days[1] if task.days else None
    return ends_before(Window(task.query.since, task.query.until), last_day)


def rows_in(task: Task, finest: Level) -> int:
    """Count the rows in the cells; rows of a multi-select lie in several and are counted anew."""
    if not any(task.dataset.is_list(name) for name in task.query.by):
        return round(float(finest.moments.rows.sum()))
    rows = cell_rows(task.dataset, task.drawn.design, replace(finest.cells, by=()))
    return int(task.dataset.engine.run(rows.aggregate(n=rows.count()))["n"][0].as_py())


def _design(task: Task) -> dict[str, Any] | None:
    drawn = task.drawn
    if drawn.facts.plain:
        return None
    return {
        "strata": drawn.strata_column,
        "cluster": drawn.cluster_column,
        "n_strata": len(drawn.facts.strata),
        "n_psu": int(drawn.facts.n_psu.sum()),
        "degrees_of_freedom": drawn.facts.degrees_of_freedom,
    }


def _weighting(task: Task, finest: Level) -> dict[str, Any]:
    drawn, weighting = task.drawn, task.query.weighting
    rows = drawn.design.rows
    weight = rows[WEIGHT]
    found = task.dataset.engine.run(
        rows.aggregate(
            n=rows.count(),
            w=weight.sum(),
            ww=(weight * weight).sum(),
            smallest=weight.min(),
            largest=weight.max(),
        )
    ).to_pylist()[0]
    effective = float(kish_effective_n(found["w"] or 0.0, found["ww"] or 0.0))
    facts: dict[str, Any] = {
        "column": weighting.column if weighting else None,
        "margins": [margin.column for margin in weighting.margins] if weighting else [],
        "smallest": found["smallest"],
        "largest": found["largest"],
        "design_effect_of_weights": found["n"] / effective if effective > 0 else None,
        "without_weight": drawn.without_weight,
        "cells": _beside(task, finest),
    }
    if drawn.raked is not None:
        facts["rounds"] = drawn.raked.result.rounds
        facts["largest_gap"] = drawn.raked.result.largest_gap
    return facts


def _beside(task: Task, finest: Level) -> list[dict[str, Any]]:
    """Give each cell's unweighted score and design effect; hidden where groups may be small."""
    if task.viewer.minimum_n > 1:
        return []
    plain_query = replace(task.query, weighting=None)
    window = Window(task.query.since, task.query.until)
    drawn = draw(task.dataset, plain_query, window, by_psu=task.wanted.has_sums)
    moments = fetch(task.dataset, drawn, finest.cells, task.wanted).moments.take(finest.keys)
    made = []
    for one, places, weighted in zip(
        task.wanted.asked, task.wanted.places, finest.estimates, strict=True
    ):
        unweighted = estimate(one, places, moments, drawn.facts, task.query.level).intervals
        effects = _effects(weighted.intervals.standard_error, weighted.n, weighted.spread)
        for i, key in enumerate(finest.keys):
            by = shown_by(finest.cells.names, key)
            made.append(
                {
                    "by": by,
                    "metric": one.text,
                    "unweighted": _finite(unweighted.estimate[i]),
                    "design_effect": _finite(effects[i]),
                }
            )
    return made


def _effects(errors: Floats, n: Floats, spread: Floats) -> Floats:
    return design_effect(errors**2, n, spread**2)


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def notes(task: Task, cells: Sequence[Cell], everything: Sequence[Cell]) -> tuple[Text, ...]:
    """Say what a reader of the numbers should know.

    Parameters
    ----------
    task : Task
    cells : sequence of Cell
        Of the task, protected.
    everything : sequence of Cell
        Those of the whole query: what is hidden is counted over it.
    """
    drawn, made = task.drawn, []
    if ends := _ends(task):
        made.append(DATA_ENDS.format(day=ends))
    if drawn.by_customer and task.query.cluster is None:
        made.append(CLUSTERED)
    if not drawn.facts.plain and (lonely := int((drawn.facts.n_psu == 1).sum())):
        made.append(LONELY.format(n=lonely))
    if drawn.without_weight:
        made.append(NO_WEIGHT.format(n=drawn.without_weight))
    if undated := _undated(task):
        made.append(UNDATED.format(n=undated))
    row_set = task.wanted.asked[0].reading.rows
    if row_set is not None and (said := row_set.said(task.dataset, task.query)):
        made.append(said)
    made += _in_doubt(task)
    made += _told_by_facts(task)
    made += _left_open(task)
    if hidden := sum(1 for cell in everything if is_hidden(cell)):
        made.append(HIDDEN.format(n=hidden))
    if task.query.compare and task.query.compare.against is Against.COMPETITOR:
        made.append(PAIRED)
    made += _festival(task)
    outside = task.query.compare.benchmarks if task.query.compare else ()
    made += benchmark_notes(outside, cells, {one.text: one for one in task.wanted.asked})
    if len(task.query.by) > task.n_groups_asked:
        made.append(ADDED_GROUP.format(column=task.query.by[-1]))
    return tuple(made)


def _in_doubt(task: Task) -> list[Text]:
    """Name the columns in doubt that were asked by, as groups or in conditions."""
    book = task.dataset.codebook
    asked = dict.fromkeys((*task.query.by, *(one.column for one in task.query.where)))
    doubted = [name for name in asked if name in book and not book[name].usable]
    return [IN_DOUBT.format(columns=listed(doubted))] if doubted else []


def _told_by_facts(task: Task) -> list[Text]:
    facts = {fact.name: fact for one in task.wanted.asked for fact in one.reading.facts}
    base = task.dataset.base or task.dataset
    found = [fact.said(base) for fact in facts.values() if fact.said is not None]
    return [said for said in found if said is not None]


def _left_open(task: Task) -> list[Text]:
    """Count what operational metrics leave out: not due yet, a window not over.

    Whoever is held to groups is only told up to when the data reaches: counts of one filter after
    another would tell who is in them.
    """
    facts = {fact.name: fact for one in task.wanted.asked for fact in one.reading.facts}
    counted = {name: words for fact in facts.values() for name, words in fact.counted.items()}
    if not counted:
        return []
    until = f"{reaches_until(task.dataset):%Y-%m-%d %H:%M}"
    if task.viewer.minimum_n > 1:
        return [REACHES.format(until=until)]
    window = Window(task.query.since, task.query.until)
    cells = CellSet((), (*task.viewer.rows, *task.query.where), window)
    drawn = task.drawn if task.drawn.source is None else draw(task.dataset, task.query, window)
    rows = cell_rows(task.dataset, drawn.design, cells)
    sums = {f"n{i}": rows[name].cast("int64").sum() for i, name in enumerate(counted)}
    found = task.dataset.engine.run(rows.aggregate(**sums)).to_pylist()[0]
    return [
        words.format(n=f"{found[f'n{i}']:,}", until=until)
        for i, words in enumerate(counted.values())
        if found[f"n{i}"]
    ]


def _festival(task: Task) -> list[Text]:
    """Say how a comparison with last year stands to the Spring Festival."""
    query = task.query
    against = query.compare.against if query.compare else None
    window = Window(query.since, query.until)
    if against is Against.YEAR_AGO_LUNAR:
        return [aligned_note(window)]
    if against is not Against.YEAR_AGO or task.dataset.codebook.language != ZH:
        return []
    first, last = task.days or (None, None)
    note = moved_note(Window(query.since or first, query.until), query.grain, last)
    return [note] if note else []


def _undated(task: Task) -> int:
    """Count the valid rows whose day is unknown, where the query cuts by time."""
    if task.days is None or task.viewer.minimum_n > 1:
        return 0
    dataset, query = task.dataset, task.query

    def count() -> int:
        if dataset.cube is not None:
            return undated_rows(dataset.cube, dataset.mask(query))
        rows = dataset.valid_rows(query)
        found = dataset.engine.run(
            rows.aggregate(n=rows.count(where=rows[ANSWERED_ON_COLUMN].isnull()))
        )
        return int(found["n"][0].as_py())

    return dataset.fact(("undated", dataset.mask(query)), count)
