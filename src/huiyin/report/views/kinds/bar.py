"""A bar a group, with its whisker, its number, its answers and its call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Unit
from huiyin.report.charts.rows import Look, Row, rows_height, rows_option
from huiyin.report.charts.scorecard import cell_row
from huiyin.report.views.captions import (
    chance_caption,
    groups_caption,
    left_out,
    missed_caption,
    nothing_caption,
)
from huiyin.report.views.contracts import Figure, Kind, Shown
from huiyin.report.views.order import Chosen, group_name, ordered, told_name
from huiyin.report.views.targets import (
    TONE,
    attainment_words,
    judged_cell,
    target_name,
    target_of,
)
from huiyin.report.views.words import sentences, text

ROW = 38
FROM_ZERO = frozenset({Unit.SHARE, Unit.NPS, Unit.AMOUNT})
"""Units in which a bar's length means something; of a rating a dot is drawn, not a length."""


def fits(shown: Shown) -> int | Text:
    """Fit several numbers of one unit, not over time."""
    if shown.timed:
        return text("fit.no_time")
    if len(shown.units) > 1:
        return text("fit.one_unit")
    if len(shown.definitions) > 1 and shown.groups and len(shown.only) != 1:
        return text("fit.one_metric")
    if len(shown.whole) < 2:  # noqa: PLR2004 -- one number is no comparison
        return text("fit.two")
    return 80 if len(shown.groups) <= 1 else 30


def draw(shown: Shown) -> Figure:
    """Draw the groups, or the metrics where there are no groups or one alone."""
    chosen = ordered(shown, shown.whole)
    if not chosen.cells:
        return Figure(None, ROW, nothing_caption(shown, shown.whole))
    unit = chosen.cells[0][1].unit
    rows = [_row(shown, cell) for _, cell in chosen.cells]
    option = rows_option(rows, _look(shown, unit, chosen), shown.language)
    for (place, _), datum in zip(chosen.cells, option["series"][0]["data"], strict=True):
        datum["cell"] = place
    said = groups_caption(shown, shown.whole, _namer(shown))
    chance = chance_caption(shown, chosen, _namer(shown))
    parts = [said, chance, missed_caption(shown, _namer(shown)), left_out(shown, chosen)]
    said = sentences(parts, shown.language)
    return Figure(option, rows_height(len(rows)), said)


def _look(shown: Shown, unit: Unit, chosen: Chosen) -> Look:
    first = chosen.cells[0][1]
    target = target_of(shown, first.metric)
    bars = unit in FROM_ZERO or shown.options.zero
    return Look(
        unit,
        mark="bar" if bars else "dot",
        reference=target,
        reference_name=target_name(shown, target, first) if target is not None else "",
        from_zero=shown.options.zero,
    )


def _row(shown: Shown, cell: Cell) -> Row:
    """Give the row of a cell; one that has a target says where it stands against it."""
    row = cell_row(cell, _name(shown, cell), shown.language, shown.lower_is_better)
    found = judged_cell(shown, cell)
    if found is None:
        return row
    words, tone = attainment_words(shown, found.attainment), TONE[found.attainment]
    against = target_name(shown, found.goal.value, cell)
    tip = "  ".join(part for part in (f"{words} · {against}", row.tip) if part)
    if row.chip:
        both = tone if tone == row.chip_tone else "neutral"
        return replace(row, chip=f"{words}  {row.chip}", chip_tone=both, tip=tip)
    mark = tone if tone in {"good", "bad"} else row.tone
    return replace(row, chip=words, chip_tone=tone, tone=mark, tip=tip)


def _namer(shown: Shown) -> Callable[[Cell], str]:
    """Give what names a cell in a sentence."""
    by_metric = not shown.groups or len(shown.definitions) > 1
    return lambda cell: shown.metric_name(cell.metric) if by_metric else told_name(shown, cell)


def _name(shown: Shown, cell: Cell) -> str:
    by_metric = not shown.groups or len(shown.definitions) > 1
    return shown.metric_name(cell.metric) if by_metric else group_name(shown, cell)


KIND = Kind(ChartKind.BAR, fits, draw)
