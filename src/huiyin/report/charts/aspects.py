"""Aspects: a dot with whiskers each, best first."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from huiyin.measure.contracts import Cell, Result
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.labels import short, without_shared_lead
from huiyin.report.charts.rows import Look, rows_height, rows_option
from huiyin.report.charts.scorecard import NOTHING_LOWER, cell_row
from huiyin.report.numbers import estimate
from huiyin.report.words import word

MAXIMUM_ROWS = 40


def best_first(cells: Sequence[Cell]) -> list[Cell]:
    """Order cells by estimate, those without one last."""
    return sorted(cells, key=lambda c: (c.estimate is None, -(c.estimate or 0.0)))


def aspects_chart(
    result: Result, language: str, lower_is_better: AbstractSet[str] = NOTHING_LOWER
) -> Chart | None:
    """Draw the aspects' scores; None where there is none."""
    cells = best_first(result.cells)[:MAXIMUM_ROWS]
    known = [cell for cell in cells if cell.estimate is not None]
    if not known:
        return None
    names = aspect_names(cells, language)
    rows = [cell_row(c, n, language, lower_is_better) for c, n in zip(cells, names, strict=True)]
    return Chart(
        "aspects",
        word("aspects.title", language),
        aspects_caption(known, names, language),
        rows_option(rows, Look(known[0].unit), language),
        rows_height(len(rows)),
    )


def aspect_names(cells: Sequence[Cell], language: str) -> list[str]:
    """Name the aspects, without the metric they share."""
    return without_shared_lead([cell.label.say(language) for cell in cells])


def aspects_caption(known: Sequence[Cell], names: Sequence[str], language: str) -> str:
    """Name the best and the lowest aspect, unless their intervals overlap."""
    best, worst = known[0], known[-1]
    facts = {
        "best": short(names[0]),
        "high": estimate(best, language),
        "worst": short(names[len(known) - 1]),
        "low": estimate(worst, language),
    }
    if best is worst:
        return word("caption.aspects_one", language, **facts)
    apart = best.low is not None and worst.high is not None and best.low > worst.high
    return word("caption.aspects" if apart else "caption.aspects_close", language, **facts)
