"""Which order a complaint goes to, and which rows have complaints, as columns beside the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.complaint_sources import ComplaintSource
from huiyin.measure.contracts import Query
from huiyin.measure.operations.complaint_tickets import DAY, KEY, complaints_of
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

DAYS = "_c_days"
"""The days of a row's complaints, parted by blanks; NULL where it has none."""
_WHO, _FROM, _NEXT, _ORDER = "_c_who", "_c_from", "_c_next", "_c_order"


def with_complaint_days(
    dataset: Dataset, rows: Any, source: ComplaintSource, windows: Windows, *, once: bool
) -> Any:
    """Put `DAYS` beside the rows of orders.

    Parameters
    ----------
    dataset : Dataset
    rows : ibis.Table
    source : ComplaintSource
    windows : Windows
    once : bool
        Of several rows with the number of one order, only the last has its complaints.
    """
    found = complaints_of(dataset, source, windows)
    if source.by_order:
        marked = _by_order(rows, source.mine, found)
        return _on_the_last(dataset, marked, [marked[source.mine]]) if once else marked
    return _by_customer(dataset, rows, source.mine, found, windows)


def _days(found: Any) -> Any:
    return found[DAY].cast("string").group_concat(" ", order_by=found[DAY])


def _by_order(rows: Any, key: str, found: Any) -> Any:
    named = found.group_by(**{_ORDER: found[KEY]}).aggregate(**{DAYS: _days(found)})
    joined = rows.left_join(named, rows[key].cast("string") == named[_ORDER])
    return joined.select(*rows.columns, DAYS)


def _by_customer(dataset: Dataset, rows: Any, key: str, found: Any, windows: Windows) -> Any:
    """Mark the last order of the last day of orders before a complaint, if it is near enough."""
    import ibis

    who, day = rows[key].cast("string"), rows[ANSWERED_ON_COLUMN]
    valid = rows.filter(_sound(dataset, rows))
    days = valid.select(
        **{_WHO: valid[key].cast("string"), _FROM: valid[ANSWERED_ON_COLUMN]}
    ).distinct()
    days = days.filter(days[_WHO].notnull() & days[_FROM].notnull())
    order = ibis.window(group_by=_WHO, order_by=_FROM)
    spans = days.mutate(**{_NEXT: days[_FROM].lead().over(order)})
    reach = (spans[_FROM] + ibis.interval(days=windows.complaint_order_days)).cast("date")
    before_next = spans[_NEXT].isnull() | (found[DAY] < spans[_NEXT])
    meets = [
        spans[_WHO] == found[KEY],
        found[DAY] >= spans[_FROM],
        found[DAY] <= reach,
        before_next,
    ]
    met = spans.join(found, meets)
    hits = met.group_by([_WHO, _FROM]).aggregate(**{DAYS: _days(met)})
    joined = rows.left_join(hits, [who == hits[_WHO], day == hits[_FROM]])
    marked = joined.select(*rows.columns, DAYS)
    return _on_the_last(dataset, marked, [marked[key], marked[ANSWERED_ON_COLUMN]])


def _on_the_last(dataset: Dataset, marked: Any, alike: list[Any]) -> Any:
    """Keep the complaints on the last valid one of rows that are alike."""
    import ibis

    row = dataset.row_key(marked)
    last = ibis.cases((_sound(dataset, marked), row)).max()
    keeps = row == last.over(ibis.window(group_by=alike))
    return marked.mutate(**{DAYS: ibis.ifelse(keeps, marked[DAYS], None)})


def _sound(dataset: Dataset, rows: Any) -> Any:
    import ibis

    mask = ibis.literal(dataset.mask(Query(())), type="int64")
    return (rows[FLAGS_COLUMN] & mask) == 0
