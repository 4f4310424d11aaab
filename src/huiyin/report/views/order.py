"""In which order groups stand, how many are drawn, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.measure.contracts import Cell
from huiyin.report.charts.trend import period_name
from huiyin.report.views.contracts import PERIOD, Placed, Shown
from huiyin.report.views.words import say

MOST_ROWS = 30
BY_MERIT = frozenset({"best", "worst"})
_YES_OR_NO = frozenset(["是", "否", "有", "无", "yes", "no", "y", "n", "true", "false", "0", "1"])
"""Groups whose names alone do not say of what."""


def group_name(shown: Shown, cell: Cell) -> str:
    """Name a cell by its groups, without its period."""
    return " · ".join(shown.group(*one) for one in cell.by.items() if one[0] != PERIOD)


def told_name(shown: Shown, cell: Cell) -> str:
    """Name a cell in a sentence: a bare yes or no says of what."""
    groups = [one for one in cell.by.items() if one[0] != PERIOD]
    return " · ".join(
        say("told", shown.language, column=shown.name(column), group=shown.group(column, value))
        if value is not None and value.casefold() in _YES_OR_NO
        else shown.group(column, value)
        for column, value in groups
    )


def period_of(shown: Shown, period: str | None) -> str:
    """Name a period."""
    grain = shown.result.query.grain
    return period_name(period, grain.value if grain else "", shown.language)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cells that are drawn, in order, and how many there are.

    `n_first` is how many of them stand at the upper end where only the two ends are drawn.
    """

    cells: Placed
    total: int
    n_first: int | None = None


def ordered(shown: Shown, cells: Placed) -> Chosen:
    """Put cells in the order that was asked for; those without a number stand last.

    Where more groups are without a number than with one, those with one are drawn alone. Of more
    than fit, when nobody said how many, the best and the worst are drawn: a list by merit that
    is cut at one end would hide the other.
    """
    found = _sorted(shown, cells)
    known = [one for one in found if one[1].estimate is not None]
    top = shown.options.top or MOST_ROWS
    if shown.options.top is None and shown.options.sort in BY_MERIT and len(known) > top:
        half = top // 2
        return Chosen([*known[:half], *known[half - top :]], len(found), half)
    mostly_untold = len(found) - len(known) > len(known)
    return Chosen((known if mostly_untold else found)[:top], len(found))


def _sorted(shown: Shown, cells: Placed) -> list[tuple[int, Cell]]:
    sort = shown.options.sort
    if sort == "data":
        return as_named(shown, cells)
    if sort == "name":
        return sorted(cells, key=lambda one: group_name(shown, one[1]))
    if sort == "n":
        return sorted(cells, key=lambda one: -one[1].n)
    lower = bool(cells) and cells[0][1].metric in shown.lower_is_better
    descending = (sort == "best") != lower
    known = [one for one in cells if one[1].estimate is not None]
    rest = [one for one in cells if one[1].estimate is None]
    known.sort(key=lambda one: one[1].estimate or 0.0, reverse=descending)
    return [*known, *rest]


def as_named(shown: Shown, cells: Placed) -> list[tuple[int, Cell]]:
    """Put groups in the order that the view names, or else that of their steps.

    The others stand behind, in the order of the data.
    """
    named = shown.options.order or shown.extras.reckoned.steps
    place = {name: at for at, name in enumerate(named)}
    return sorted(cells, key=lambda one: place.get(_as_held(one[1]), len(place)))


def _as_held(cell: Cell) -> str:
    return " · ".join(value or "" for column, value in cell.by.items() if column != PERIOD)


def periods(cells: Iterable[tuple[int, Cell]]) -> list[str | None]:
    """Give the periods of cells, in order; answers without a day stand nowhere."""
    return sorted({cell.by[PERIOD] for _, cell in cells if cell.by.get(PERIOD)}, key=str)
