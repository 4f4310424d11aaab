"""What box plots and violins share: when they fit, their axis, and what they say of durations."""

from __future__ import annotations

from math import ceil

from huiyin.core.absence import Reason
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Option, value_axis
from huiyin.report.charts.rows import axis_label, axis_step
from huiyin.report.numbers import number, plain
from huiyin.report.views.captions import listed_names
from huiyin.report.views.contracts import Placed, Shown
from huiyin.report.views.order import group_name
from huiyin.report.views.words import say, sentences, text

MEAN, MOST_GROUPINGS = "mean", 2


def has_clocks(shown: Shown) -> bool:
    """Tell whether the metric is a duration, with clocks that may still run."""
    return shown.units == {Unit.SECONDS}


def has_mean(shown: Shown) -> bool:
    """Tell whether the metric is the mean of a column."""
    return shown.definitions[0].metric.partition(":")[0] == MEAN


def spread_fit(shown: Shown, unfit: str, *, mean: int, clocks: int, other: int) -> int | Text:
    """Fit one metric of single values, by at most two groupings.

    Parameters
    ----------
    shown : Shown
    unfit : str
        The key of what is said of a metric that has no single values, or of more groupings.
    mean, clocks, other : int
        How well it fits a mean, durations, and any other metric of a column.
    """
    if shown.timed:
        return text("fit.no_time")
    if len(shown.definitions) > 1:
        return text("fit.one_metric")
    timed = has_clocks(shown)
    if (shown.definitions[0].column is None and not timed) or len(shown.groups) > MOST_GROUPINGS:
        return text(unfit)
    return clocks if timed else mean if has_mean(shown) else other


def clocks_caption(shown: Shown, key: str, cells: Placed) -> str:
    """Say what is drawn of durations, and what of them cannot be told."""
    spreads, language = shown.extras.reckoned.spreads, shown.language
    said = [say(key, language, metric=shown.definitions[0].label.say(language))]
    if any(None in spreads[place].values[1:4] for place, _ in cells):
        said.append(say("caption.box_open", language))
    return sentences([*said, untold_caption(shown)], language)


def number_caption(shown: Shown) -> str:
    """Say where the number and its interval stand: within its box where both are of one scale."""
    if has_mean(shown):
        return say("caption.diamond", shown.language)
    return say(
        "caption.number_beside",
        shown.language,
        metric=shown.definitions[0].label.say(shown.language),
    )


def untold_caption(shown: Shown) -> str:
    """Name the groups of durations whose middle cannot be told; nothing where all can."""
    spreads, language = shown.extras.reckoned.spreads, shown.language
    untold = [
        group_name(shown, cell) or say("violin.all", language)
        for place, cell in shown.whole
        if place not in spreads and cell.unit is Unit.SECONDS and not _hidden(cell)
    ]
    if not untold:
        return ""
    return say("caption.no_median", language, which=listed_names(untold, language))


def _hidden(cell: Cell) -> bool:
    return cell.not_estimable is not None and cell.not_estimable.reason is Reason.SUPPRESSED


def spread_axis(shown: Shown, cells: Placed) -> Option:
    """Give the axis of single values: durations from 0, in the unit that their size deserves."""
    if not has_clocks(shown):
        return value_axis(scale=True)
    spreads = shown.extras.reckoned.spreads
    shapes = [shape for place, _ in cells if (shape := spreads[place].shape)]
    ends = [value for place, _ in cells for value in spreads[place].values if value is not None]
    ends += [cell.high for _, cell in cells if cell.high is not None]
    top = max([*ends, *(shape.at[-1] for shape in shapes)])
    step = axis_step(0.0, top, Unit.SECONDS)
    top = max(ceil(top / step), 1) * step
    label = axis_label(Unit.SECONDS, top, shown.language)
    return value_axis(min=0.0, max=top, interval=step, axisLabel=label)


def told(value: float | None, cell: Cell, language: str) -> str:
    """Write a quantile; one of durations may be untold."""
    if cell.unit is not Unit.SECONDS:
        return plain(value)
    return say("box.untold", language) if value is None else number(value, Unit.SECONDS, language)
