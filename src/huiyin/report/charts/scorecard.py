"""Headline scores: a bar with whiskers for each unit that shares an axis."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from huiyin.measure.contracts import Call, Cell, Result, Unit
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.labels import short
from huiyin.report.charts.rows import Look, Row, rows_height, rows_option
from huiyin.report.code_names import UNIT_NAME, against_name, flag_names
from huiyin.report.numbers import cell_interval, chip, estimate, evidence
from huiyin.report.words import word

NOTHING_LOWER: AbstractSet[str] = frozenset()


def cell_row(
    cell: Cell, label: str, language: str, lower_is_better: AbstractSet[str] | None
) -> Row:
    """Give the row of a chart for one cell: number, evidence, chip; None judges nothing."""
    better = None if lower_is_better is None else cell.metric not in lower_is_better
    mark = chip(cell, language, higher_is_better=better)
    real = mark is not None and mark.tone in {"good", "bad"}
    return Row(
        label=label,
        value=cell.estimate,
        low=cell.low,
        high=cell.high,
        number=estimate(cell, language),
        small=_small(cell, language),
        chip=mark.brief if mark else "",
        tip=str(mark) if mark else "",
        tone=mark.tone if mark is not None and real else "accent",
        chip_tone=mark.tone if mark else "neutral",
    )


def _small(cell: Cell, language: str) -> str:
    """Show interval, n and what is to be known of the number: a small sample, say."""
    if cell.estimate is None:
        return ""
    flags = flag_names(cell.flags, language)
    return " · ".join(part for part in (evidence(cell, language), flags) if part)


def scorecard_chart(
    result: Result, unit: Unit, language: str, lower_is_better: AbstractSet[str] = NOTHING_LOWER
) -> Chart | None:
    """Draw the headline scores of one unit; None where there is none."""
    cells = [cell for cell in result.cells if cell.unit is unit]
    if not any(cell.estimate is not None for cell in cells):
        return None
    rows = [cell_row(c, c.label.say(language), language, lower_is_better) for c in cells]
    return Chart(
        "scorecard",
        word("scorecard.title", language, unit=UNIT_NAME[unit].say(language)),
        scorecard_caption(cells, language),
        rows_option(rows, Look(unit, mark="bar"), language),
        rows_height(len(rows)),
    )


def scorecard_caption(cells: Sequence[Cell], language: str) -> str:
    """Say which scores really changed, else the first score."""
    compared = [c for c in cells if c.comparison is not None and c.comparison.call is not None]
    if not compared:
        return _first(cells, language)
    changed = [
        short(c.label.say(language))
        for c in compared
        if c.comparison is not None and c.comparison.call is Call.REAL
    ]
    against = compared[0].comparison
    name = against_name(against.against).say(language) if against else ""
    if not changed:
        return word("caption.unchanged", language, against=name)
    which = word("list", language).join(changed)
    return word("caption.changed", language, against=name, which=which)


def _first(cells: Sequence[Cell], language: str) -> str:
    cell = next((c for c in cells if c.estimate is not None), None)
    if cell is None:
        return ""
    return word(
        "caption.scorecard",
        language,
        metric=cell.label.say(language),
        value=estimate(cell, language),
        interval=cell_interval(cell, language),
        n=evidence(cell, language).rsplit(" · ", 1)[-1],
    )
