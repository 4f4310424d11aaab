"""Customers active at the start of a period, and whether they stayed: the rows of churn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.codebook.contracts import Column
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Query
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.picked import PickedCube, Picks, yes_no
from huiyin.measure.operations.moments import first_and_last_day, reaches_until
from huiyin.measure.operations.void_orders import is_void
from huiyin.measure.operations.windows import put_next_order
from huiyin.measure.periods import Window, period_range
from huiyin.measure.row_facts import Fact, RowSet
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

OPEN_STARTS = Text(
    "{n} 行：期初起的 {churn_days} 天还没走完（数据到 {until}），未计入",
    "{n} rows of starts less than {churn_days} days ago (the data reaches {until}) are left out",
)
START = Text("期初是 {day}", "the start is {day}")
_START = "_start"
_MOST_PICKS = 20_000_000


def _names(who: Column, windows: Windows, status: Sequence[Column]) -> tuple[str, str, str]:
    days = (str(windows.active_days), str(windows.churn_days))
    name = ":".join(["_churn", who.name, *days, *(column.name for column in status)])
    return name, f"{name}:next", f"{name}:open"


def churn_fact(who: Column, windows: Windows, status: Sequence[Column] = ()) -> Fact:
    """Make the fact that `customers_at_start` reads: when the customer orders next.

    An order that `status` calls void is nobody's next, and nobody's last: it is followed on its
    own day.
    """
    name, following, still_open = _names(who, windows, status)

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = put_next_order(dataset, rows, who, status, following)
        day = rows[ANSWERED_ON_COLUMN].cast("date")
        after = ibis.ifelse(is_void(rows, status), day, rows[following].cast("date"))
        return rows.mutate(**{following: after})

    return Fact(name, put, {still_open: windows.said(OPEN_STARTS)})


def customers_at_start(who: Column, windows: Windows, status: Sequence[Column] = ()) -> RowSet:
    """Give the rows of churn: the last order before each start, if not older than the active days.

    The day of a row is the start that it counts for; only the last order before a start stands
    for its customer, so that “the next order” is the first from the start on.
    """
    name, following, still_open = _names(who, windows, status)

    def make(dataset: Dataset, rows: Any, query: Query) -> Any:
        import ibis

        starts = ibis.literal(_starts(dataset, query, windows), type="array<date>")
        reached = ibis.literal(reaches_until(dataset).date(), type="date")
        named = rows.filter(rows[who.name].notnull() & rows[ANSWERED_ON_COLUMN].notnull())
        spread = named.mutate(**{_START: starts.unnest()})
        day, start = spread[ANSWERED_ON_COLUMN], spread[_START]
        back = start.delta(day, unit="day")
        last = spread[following].isnull() | (spread[following] >= start)
        found = spread.filter((back >= 1) & (back <= windows.active_days) & last)
        ahead = found[following].delta(found[_START], unit="day")
        gone = found[following].isnull() | (ahead >= windows.churn_days)
        over = reached.delta(found[_START], unit="day") >= windows.churn_days
        found = found.mutate(
            **{
                name: ibis.cases((over & gone, 1.0), (over, 0.0)),
                still_open: ~over,
                ANSWERED_ON_COLUMN: found[_START],
            }
        )
        return found.select(*rows.columns, name, still_open)

    def said(dataset: Dataset, query: Query) -> Text | None:
        """Say which day the one start is, where nothing is cut into periods."""
        if query.grain:
            return None
        return START.format(day=query.since or _usual_start(dataset, windows))

    def pick(dataset: Dataset, cube: Cube, query: Query) -> Cube | None:
        cube.load(dataset, [who.name, following])
        buyer = cube.column(dataset.coded_name(who.name))
        after = cube.column(dataset.coded_name(following))
        if buyer is None or after is None or after.values is None:
            return None
        chosen = last_orders(cube, _starts(dataset, query, windows), (buyer, after), windows)
        if chosen is None:
            return None
        ahead = _ordinals(after)[after.codes[chosen.rows]] - _ordinals_of(chosen.days)[chosen.day]
        left = reaches_until(dataset).date().toordinal() - _ordinals_of(chosen.days)[chosen.day]
        counts = np.where(ahead >= windows.churn_days, 1.0, 0.0)
        counts[left < windows.churn_days] = np.nan
        own = {dataset.coded_name(name): yes_no(counts)}
        picks = Picks(chosen.rows, chosen.days, chosen.day, own)
        return PickedCube(cube, picks).beside(dataset)

    return RowSet(name, make, said, pick)


def last_orders(
    cube: Cube, starts: Sequence[date], columns: tuple[Coded, Coded], windows: Windows
) -> Picks | None:
    """Pick, for each start, the rows of customers' last orders of the days before it.

    None where they would be very many. `columns` are the customer and the day of the next order.
    """
    buyer, after = columns
    days = _ordinals_of(cube.day_values)
    following = _ordinals(after)
    rows: list[NDArray[np.int64]] = []
    held: list[date] = []
    for start in starts:
        at = start.toordinal()
        first, end = np.searchsorted(days, [at - windows.active_days, at])
        places = np.arange(cube.first_row(int(first)), cube.first_row(int(end)), dtype=np.int64)
        known = buyer.codes[places] != buyer.n_values
        found = places[known & (following[after.codes[places]] >= at)]
        if len(found):
            rows.append(found)
            held.append(start)
        if sum(len(one) for one in rows) > _MOST_PICKS:
            return None
    day = np.repeat(np.arange(len(held), dtype=np.int64), [len(one) for one in rows])
    nobody = np.zeros(0, dtype=np.int64)
    return Picks(np.concatenate([nobody, *rows]), tuple(held), day, {})


def _ordinals(column: Coded) -> NDArray[np.int64]:
    """Give the days of a column as numbers; where nothing follows, the end of all days."""
    return np.append(_ordinals_of(column.values or ()), date.max.toordinal())


def _ordinals_of(days: Sequence[date]) -> NDArray[np.int64]:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _usual_start(dataset: Dataset, windows: Windows) -> date:
    """Give the last start whose window is over."""
    return reaches_until(dataset).date() - timedelta(days=windows.churn_days)


def _starts(dataset: Dataset, query: Query, windows: Windows) -> list[date]:
    """Give the first days that are asked about, those compared with included."""
    first, last = first_and_last_day(dataset) or (None, None)
    if first is None or last is None:
        return []
    if query.grain:
        until = last + timedelta(days=windows.active_days)
        return list(period_range(first, until, query.grain))
    return sorted(_single_starts(query, _usual_start(dataset, windows)))


def _single_starts(query: Query, usual: date) -> set[date]:
    """Give the first day of the window, and of the windows it may be compared with."""
    start = query.since or usual
    window = Window(start, query.until)
    others = (window.before(), window.year_ago())
    found = {start, *(other.since for other in others if other and other.since)}
    return found | ({query.compare.since} if query.compare and query.compare.since else set())
