"""Which order a complaint goes to, and which rows have complaints, as columns beside the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook
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
_PREVIOUS = "_c_previous"


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
        Of several rows with the number of one order, only the last has its complaints. A customer's
        complaints all go to some order, as `keeps_orders` says; else only to one near enough.
    """
    found = complaints_of(dataset, source, windows)
    if source.by_order:
        marked = _by_order(rows, source.mine, found)
        return _on_the_last(dataset, marked, [marked[source.mine]]) if once else marked
    nearest = once and keeps_orders(dataset.codebook)
    return _by_customer(dataset, rows, source.mine, found, None if nearest else windows)


def keeps_orders(codebook: Codebook) -> bool:
    """Tell whether rows are the orders themselves, and not answers about some of them.

    The rate of a period is then of all complaints by those who order here, however long ago; each
    bears what its customer's last order before it says, or else the first after it.
    """
    return not codebook.with_role(*RATING_ROLES)


def _days(found: Any) -> Any:
    return found[DAY].cast("string").group_concat(" ", order_by=found[DAY])


def _by_order(rows: Any, key: str, found: Any) -> Any:
    named = found.group_by(**{_ORDER: found[KEY]}).aggregate(**{DAYS: _days(found)})
    joined = rows.left_join(named, rows[key].cast("string") == named[_ORDER])
    return joined.select(*rows.columns, DAYS)


def _by_customer(dataset: Dataset, rows: Any, key: str, found: Any, windows: Windows | None) -> Any:
    """Mark the last order of the last day of orders before a complaint, if it is near enough.

    Without windows any is, and where there is none before, the first day after.
    """
    import ibis

    who, day = rows[key].cast("string"), rows[ANSWERED_ON_COLUMN]
    valid = rows.filter(_sound(dataset, rows))
    days = valid.select(
        **{_WHO: valid[key].cast("string"), _FROM: valid[ANSWERED_ON_COLUMN]}
    ).distinct()
    days = days.filter(days[_WHO].notnull() & days[_FROM].notnull())
    order = ibis.window(group_by=_WHO, order_by=_FROM)
    around = {_NEXT: days[_FROM].lead().over(order), _PREVIOUS: days[_FROM].lag().over(order)}
    spans = days.mutate(**around)
    before_next = spans[_NEXT].isnull() | (found[DAY] < spans[_NEXT])
    after = found[DAY] >= spans[_FROM]
    meets = [spans[_WHO] == found[KEY], before_next]
    if windows is None:
        meets += [after | spans[_PREVIOUS].isnull()]
    else:
        reach = (spans[_FROM] + ibis.interval(days=windows.complaint_order_days)).cast("date")
        meets += [after, found[DAY] <= reach]
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
