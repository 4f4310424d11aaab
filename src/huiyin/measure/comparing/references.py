"""What a cell is compared with: which rows, and which of them belong to which cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.comparing.change_sides import NEEDS_WINDOW, window_before
from huiyin.measure.contracts import WINDOW_MARK, Against, Compare, Filter, Grain, QueryError
from huiyin.measure.dataset import Dataset
from huiyin.measure.lunar import earlier, lunar_shift
from huiyin.measure.moments import Key
from huiyin.measure.periods import (
    MONTHS,
    WEEK,
    WEEKS_A_YEAR,
    Window,
    period_start,
    shift,
    year_before,
)
from huiyin.measure.rivals import is_gap


@dataclass(frozen=True, slots=True)
class Reference:
    """The other side of a comparison.

    Attributes
    ----------
    cells : CellSet
        Of the reference rows; its names are among those of the cells compared.
    is_rest : bool
        What is left of `cells` without the cell itself.
    group : (str, str) or None
        Column and value of the group; the group itself is not compared.
    words : str
        For people and for JSON.
    """

    cells: CellSet
    words: str
    is_rest: bool = False
    group: tuple[str, str] | None = None

    def key_of(self, names: tuple[str, ...], key: Key) -> Key:
        """Give the reference's key of a cell."""
        by_name = dict(zip(names, key, strict=True))
        return tuple(by_name[name] for name in self.cells.names)

    def applies(self, names: tuple[str, ...], key: Key) -> bool:
        """Tell whether a cell has another side at all."""
        if self.group is None:
            return True
        column, value = self.group
        return dict(zip(names, key, strict=True))[column] != value


def reference(
    dataset: Dataset, cells: CellSet, compare: Compare, last_day: date | None
) -> Reference | None:
    """Find the reference rows of a set of cells; None where there is nothing to compare with.

    Parameters
    ----------
    last_day : date or None
        Where the last period ends if the query leaves it open.

    Raises
    ------
    QueryError
        The comparison needs a window, a group column or a value that is not there.
    """
    if compare.against is Against.REST:
        rest = Reference(replace(cells, by=()), "rest", is_rest=True)
        return rest if cells.by else None
    if compare.against is Against.GROUP:
        return _group(dataset, cells, compare)
    if compare.against is Against.YEAR_AGO_LUNAR:
        days = lunar_shift(cells.window)
        moved = replace(cells, window=earlier(cells.window, days), days_later=days)
        return Reference(moved, compare.against.value)
    if compare.against in {Against.WINDOW, Against.SAME_WEEKDAYS}:
        return _named_window(cells, compare)
    if cells.grain:
        return _earlier_periods(cells, compare.against, last_day)
    return _earlier_window(cells, compare.against)


def _group(dataset: Dataset, cells: CellSet, compare: Compare) -> Reference | None:
    column, value = dataset.column_name(compare.column or ""), compare.value or ""
    if column not in cells.by:
        return None
    rest = tuple(name for name in cells.by if name != column)
    others = (
        one
        for one in cells.where
        if is_gap(dataset.codebook, one.column) or dataset.column_name(one.column) != column
    )
    where = (*others, Filter(column, "=", (value,)))
    words = f"{compare.column}={value}"
    return Reference(replace(cells, by=rest, where=where), words, group=(column, value))


def _named_window(cells: CellSet, compare: Compare) -> Reference:
    if cells.grain:
        raise QueryError(
            TextBySurface(
                Text("去掉 --grain", "leave --grain out"), Text("去掉时间分段", "leave that out")
            ).within(
                Text(
                    "和指定的一段时间比较时不能再分段：{how}",
                    "Compared with a period of its own, nothing is cut into periods: {how}",
                )
            )
        )
    named = window_before(cells.window, compare)
    if named is None:
        raise QueryError(NEEDS_WINDOW)
    words = f"{compare.since}{WINDOW_MARK}{compare.until}"
    words = words if compare.against is Against.WINDOW else compare.against.value
    return Reference(replace(cells, window=named), words)


def _earlier_window(cells: CellSet, against: Against) -> Reference:
    window = cells.window.before() if against is Against.PREVIOUS else cells.window.year_ago()
    if window is None:
        raise QueryError(
            TextBySurface(
                Text(" --since 和 --until，或 --grain", "--since and --until, or --grain"),
                Text("起止日期，或时间分段", "a first and a last day, or periods to cut into"),
            ).within(
                Text(
                    "和上期或去年同期比较，要给{how}",
                    "To compare with an earlier period give {how}",
                )
            )
        )
    return Reference(replace(cells, window=window), against.value)


def _earlier_periods(cells: CellSet, against: Against, last_day: date | None) -> Reference:
    """Shift rows forward into the period they are the reference of.

    A first or last period that the window cuts is compared with the same days of its reference.
    """
    grain = cells.grain or Grain.MONTH
    since = _moved(cells.window.since, grain, against)
    last = cells.window.until or last_day
    moved = replace(cells, window=Window(since, _moved_end(last, grain, against)))
    if against is Against.PREVIOUS:
        months, days = MONTHS.get(grain, 0), {Grain.WEEK: WEEK, Grain.DAY: 1}.get(grain, 0)
    else:
        months, days = (0, WEEKS_A_YEAR * WEEK) if grain is Grain.WEEK else (12, 0)
    return Reference(replace(moved, months_later=months, days_later=days), against.value)


def _earlier(start: date, grain: Grain, against: Against) -> date:
    return shift(start, grain, -1) if against is Against.PREVIOUS else year_before(start, grain)


def _moved(day: date | None, grain: Grain, against: Against) -> date | None:
    """Give the day of the earlier period with as many days elapsed, inside that period."""
    if day is None:
        return None
    start = period_start(day, grain)
    earlier = _earlier(start, grain, against)
    end = shift(earlier, grain, 1) - timedelta(days=1)
    return min(earlier + (day - start), end)


def _moved_end(day: date | None, grain: Grain, against: Against) -> date | None:
    """Like `_moved`; the end of a complete period is the end of the earlier one."""
    if day is None:
        return None
    start = period_start(day, grain)
    if day == shift(start, grain, 1) - timedelta(days=1):
        return shift(_earlier(start, grain, against), grain, 1) - timedelta(days=1)
    return _moved(day, grain, against)
