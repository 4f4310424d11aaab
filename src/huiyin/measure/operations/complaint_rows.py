"""Orders by the day they were placed, and their complaints by the day they were made.

Both are rows of one table: an order counts below the line, a complaint above it, with all that its
order says of itself. So filters, groups, row rules and small groups mean the same for both.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.complaint_sources import ComplaintSource
from huiyin.measure.contracts import Query
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.picked import MISSING, PickedCube, Picks, kept_picks, yes_no
from huiyin.measure.metric import Form, Value
from huiyin.measure.operations.complaint_matching import DAYS, with_complaint_days
from huiyin.measure.operations.complaint_tickets import (
    complaints_of,
    days_covered,
    meets_something,
)
from huiyin.measure.operations.moments import first_and_last_day
from huiyin.measure.row_facts import Fact, RowSet
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

MET = Text(
    "“{name}”里的投诉有 {share}% 算进了这个数；其余的（没在这里下过单、对不上单，或在这些单的起止日"
    "之外）不在里面",
    "{share}% of the complaints of “{name}” are in this number; the others (nobody who ordered "
    "here, no order that they meet, or a day outside those of the orders) are not",
)
_MOST_PICKS = 20_000_000
_SPREAD = "_c_spread"


def rate_value(source: ComplaintSource, windows: Windows) -> Value:
    """Give how the rows of `orders_and_complaints` count."""
    name = _name(source, windows)
    return Value(f"{name}:above", Form.RATE, base=f"{name}:below")


def complaint_days_fact(source: ComplaintSource, windows: Windows, uncovered: Text) -> Fact:
    """Make the fact of an order: the days of its complaints, and whether the tickets cover it."""
    name = _name(source, windows)
    orders, outside = f"{name}:orders", f"{name}:outside"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        marked = with_complaint_days(dataset, rows, source, windows, once=True)
        first, last = days_covered(dataset, source)
        day = marked[ANSWERED_ON_COLUMN]
        inside = day.between(ibis.literal(first, type="date"), ibis.literal(last, type="date"))
        known = marked[source.mine].notnull() & day.notnull()
        made = {name: marked[DAYS], orders: ibis.cases((known & inside, 1.0))}
        return marked.mutate(**made, **{outside: known & ~inside}).drop(DAYS)

    return Fact(
        name,
        put,
        {outside: uncovered},
        check=meets_something(source, windows),
        said=_share_met(source, windows, Fact(name, put)),
    )


def orders_and_complaints(source: ComplaintSource, windows: Windows) -> RowSet:
    """Give the rows of the complaint rate; `complaint_days_fact` goes with them.

    Complaints of days before the first order or after the last are left out, as orders of days
    that the tickets do not cover are: the rate is of periods that both know.
    """
    name = _name(source, windows)
    above, below, outside = f"{name}:above", f"{name}:below", f"{name}:outside"

    def make(dataset: Dataset, rows: Any, _query: Query) -> Any:
        import ibis

        ordered = rows[f"{name}:orders"]
        orders = rows.mutate(**{above: ibis.ifelse(ordered.notnull(), 0.0, None), below: ordered})
        spread = _spread(rows.filter(rows[name].notnull()), name)
        first, last = first_and_last_day(dataset) or (date.max, date.min)
        day = spread[_SPREAD]
        found = spread.filter(
            day.between(ibis.literal(first, type="date"), ibis.literal(last, type="date"))
        )
        one, none = ibis.literal(1.0, type="float64"), ibis.literal(0.0, type="float64")
        complaints = found.mutate(
            **{
                above: one,
                below: none,
                outside: ibis.literal(False, type="boolean"),  # noqa: FBT003 -- a value
                ANSWERED_ON_COLUMN: found[_SPREAD],
            }
        )
        return orders.union(complaints.select(*orders.columns))

    def said(_dataset: Dataset, _query: Query) -> Text | None:
        return None

    def pick(dataset: Dataset, cube: Cube, _query: Query) -> Cube | None:
        cube.load(dataset, [name, f"{name}:orders"])
        days = cube.column(dataset.coded_name(name))
        orders = cube.column(dataset.coded_name(f"{name}:orders"))
        if days is None or orders is None or days.values is None:
            return None
        names = (dataset.coded_name(above), dataset.coded_name(below))
        picks = kept_picks(cube, name, lambda: _picks(cube, days, orders, names))
        if picks is None:
            return None
        return cube.known(("picked", name), lambda: PickedCube(cube, picks)).beside(dataset)

    return RowSet(name, make, said, pick, by_query=False)


def _spread(rows: Any, name: str) -> Any:
    return rows.mutate(**{_SPREAD: rows[name].split(" ").unnest().cast("date")})


def _picks(cube: Cube, days: Coded, orders: Coded, names: tuple[str, str]) -> Picks | None:
    """Pick every row for its own day, and once more for the day of each of its complaints."""
    rows, made_on = _complaints(cube, days)
    if cube.n_rows + len(rows) > _MOST_PICKS:
        return None
    held = sorted({*cube.day_values, *map(date.fromordinal, np.unique(made_on).tolist())})
    ordinals = np.array([day.toordinal() for day in held], dtype=np.int32)
    own = np.array([day.toordinal() for day in cube.day_values], dtype=np.int32)
    place = np.append(np.searchsorted(ordinals, own), len(held)).astype(np.int32)
    order_days, complaint_days = place[cube.days.codes], np.searchsorted(ordinals, made_on)
    # Orders stand by their days already: each complaint comes behind those of its own day.
    by_day = np.argsort(complaint_days, kind="stable")
    behind = np.searchsorted(order_days, complaint_days[by_day].astype(np.int32), side="right")

    def with_complaints(of_orders: NDArray[Any], of_complaints: Any) -> NDArray[Any]:
        return np.insert(of_orders, behind, of_complaints)

    counted = yes_no(orders.numbers_at(slice(None)))
    above = np.where(counted == MISSING, counted, 0).astype(np.uint8)
    counts = {names[0]: with_complaints(above, 1), names[1]: with_complaints(counted, 0)}
    whole = with_complaints(np.arange(cube.n_rows, dtype=np.int64), rows[by_day])
    day = with_complaints(order_days, complaint_days[by_day])
    return Picks(whole, tuple(held), day, counts)


def _complaints(cube: Cube, days: Coded) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give (row, day as a number) of every complaint inside the days of the orders."""
    dates = cube.day_values
    nothing = np.zeros(0, dtype=np.int64)
    if not dates:
        return nothing, nothing
    first, last = dates[0].toordinal(), dates[-1].toordinal()
    made = [_ordinals(words, first, last) for words in days.values or ()]
    rows = np.flatnonzero(days.codes != days.n_values).astype(np.int64)
    codes = days.codes[rows].tolist()
    repeated = np.repeat(rows, [len(made[code]) for code in codes])
    return repeated, np.concatenate([nothing, *(made[code] for code in codes)])


def _ordinals(words: str, first: int, last: int) -> NDArray[np.int64]:
    found = [date.fromisoformat(word).toordinal() for word in words.split()]
    return np.array([one for one in found if first <= one <= last], dtype=np.int64)


def _share_met(
    source: ComplaintSource, windows: Windows, fact: Fact
) -> Callable[[Dataset], Text | None]:
    """Say how many of the complaints go to some order: the others are in no rate."""

    def said(dataset: Dataset) -> Text | None:
        def find() -> list[int]:
            n_met = _n_coded(dataset, fact)
            if n_met is None:
                n_met = _n_planned(dataset, source, windows)
            found = complaints_of(dataset, source, windows)
            n_all = dataset.engine.run(found.aggregate(n=found.count()))["n"][0].as_py()
            return [n_met, int(n_all)]

        n_met, n_all = dataset.told(f"complaints met {fact.name}", find)
        if n_all == 0:
            return None
        return MET.format(name=source.name, share=round(100 * n_met / n_all))

    return said


def _n_coded(dataset: Dataset, fact: Fact) -> int | None:
    """Count the complaints that go to an order by the cube; None where it does not hold them."""
    if dataset.cube is None:
        return None
    beside = dataset.with_facts((fact,))
    dataset.cube.load(beside, [fact.name])
    days = dataset.cube.column(beside.coded_name(fact.name))
    if days is None or days.values is None:
        return None
    rows, _ = _complaints(dataset.cube, days)
    return len(rows)


def _n_planned(dataset: Dataset, source: ComplaintSource, windows: Windows) -> int:
    marked = with_complaint_days(dataset, dataset.rows, source, windows, once=True)
    spread = _spread(marked.filter(marked[DAYS].notnull()), DAYS)
    first, last = first_and_last_day(dataset) or (date.max, date.min)
    met = spread.filter(spread[_SPREAD].between(first, last))
    return int(dataset.engine.run(met.aggregate(n=met.count()))["n"][0].as_py())


def _name(source: ComplaintSource, windows: Windows) -> str:
    days = f"{windows.complaint_repeat_days}:{windows.complaint_order_days}"
    key = f"{source.dataset_id}:{source.version}:{source.mine}:{source.other}"
    return f"_complaints:made:{key}:{days}"
