"""What a customer did within a window after a row: bought again, asked again, stayed away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.contracts import Query
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.columns import role_column
from huiyin.measure.operations.moments import literal, moment, reaches_until
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.operations.void_orders import (
    is_void,
    standing_orders,
    status_columns,
    void_fact,
    void_note,
)
from huiyin.measure.row_facts import Fact
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

OPEN_ORDERS = Text(
    "{n} 行的 {repurchase_days} 天窗口还没走完（数据到 {until}），未计入",
    "{n} rows whose {repurchase_days} days are not over (the data reaches {until}) are left out",
)
OPEN_CONTACTS = Text(
    "{n} 次联系还没满 {contact_days} 天（数据到 {until}），未计入",
    "{n} contacts less than {contact_days} days old (the data reaches {until}) are left out",
)
_NEXT = "_next"
_WHO = "_who"


def put_next(
    dataset: Dataset,
    rows: Any,
    by: Sequence[str],
    when: Any,
    name: str,
    counts: Callable[[Any], Any] | None = None,
) -> Any:
    """Put beside each row when the next one of the same `by` is, later than its own `when`.

    Rows that a cleaning rule leaves out, that do not count, and rows without all of `by`, are
    nobody's next. Rows of the same `when` are one.
    """
    import ibis

    mask = ibis.literal(dataset.mask(Query(())), type="int64")
    valid = rows.filter((rows[FLAGS_COLUMN] & mask) == 0)
    valid = valid if counts is None else valid.filter(counts(valid))
    there = {f"{_WHO}{i}": valid[column] for i, column in enumerate(by)}
    seen = valid.select(**there, **{_NEXT: when(valid)}).distinct()
    seen = seen.filter([seen[column].notnull() for column in seen.columns])
    order = ibis.window(group_by=list(there), order_by=seen[_NEXT])
    found = seen.mutate(**{name: seen[_NEXT].lead().over(order)})
    own = rows.mutate(**{_NEXT: when(rows)})
    on = [own[column] == found[who] for column, who in zip(by, there, strict=True)]
    joined = own.left_join(found, [*on, own[_NEXT] == found[_NEXT]])
    kept = [column for column in rows.columns]  # noqa: C416 -- names, in their order
    return joined.select(*kept, name)


def buyer_columns(codebook: Codebook, metric: Metric) -> tuple[Column, Column]:
    """Give who orders and what tells orders apart.

    Raises
    ------
    QueryError
        The table is none of orders.
    """
    order = role_column(codebook, (Role.ORDER,), metric.id, metric.label)
    role_column(codebook, (Role.TIME,), metric.id, metric.label)
    who = role_column(codebook, (Role.CUSTOMER, Role.ACCOUNT), metric.id, metric.label)
    return who, order


def put_next_order(
    dataset: Dataset, rows: Any, who: Column, status: Sequence[Column], name: str
) -> Any:
    """Put beside each order the day of the customer's next one that did not come to nothing."""

    def counts(orders: Any) -> Any:
        return ~is_void(orders, status)

    by = [who.name]
    return put_next(dataset, rows, by, lambda t: t[ANSWERED_ON_COLUMN], name, counts)


def repurchase_fact(who: Column, windows: Windows, status: Sequence[Column] = ()) -> Fact:
    """Make the fact: 1 where the customer orders on a later day within the window, 0 where not.

    Orders that `status` calls cancelled, refunded or returned are nobody's next; `standing_orders`
    are the others.
    """
    days = windows.repurchase_days
    name = ":".join(["_repurchase", who.name, str(days), *(column.name for column in status)])
    still_open, following = f"{name}:open", f"{name}:next"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = put_next_order(dataset, rows, who, status, following)
        day = rows[ANSWERED_ON_COLUMN]
        end = (day + ibis.interval(days=days)).cast("date")
        over = end <= ibis.literal(reaches_until(dataset).date(), type="date")
        known = rows[who.name].notnull() & day.notnull()
        again = rows[following] <= end
        return rows.mutate(
            **{
                name: ibis.cases((known & over & again, 1.0), (known & over, 0.0)),
                still_open: known & ~over,
            }
        )

    return Fact(name, put, {still_open: windows.said(OPEN_ORDERS)})


def repurchase_reading(
    metric: Metric, codebook: Codebook, rules: MetricRules, *, once: bool
) -> Reading:
    """Read repurchase by customers (`once`) or by days of order."""
    who, order = buyer_columns(codebook, metric)
    status = status_columns(codebook)
    reading = share_reading(
        metric, repurchase_fact(who, rules.windows, status), rules, [who, order]
    )
    if status:
        reading = replace(
            reading,
            facts=(*reading.facts, void_fact(status)),
            rows=standing_orders(status),
            notes=(*reading.notes, *void_note(status)),
        )
    if not once:
        return reading
    return replace(reading, values=tuple(replace(v, once=True) for v in reading.values))


def contact_fact(
    who: Column,
    matter: Column,
    start: Column,
    ends: tuple[Column | None, Column | None],
    windows: Windows,
) -> Fact:
    """Make the fact: 1 solved at once and never asked about again within the window, 0 else."""
    solved, status = ends
    parts = [who, matter, start, *([solved] if solved else []), *([status] if status else [])]
    name = "_first_contact:" + ":".join(column.name for column in parts)
    name += f":{windows.contact_days}"
    still_open, following = f"{name}:open", f"{name}:next"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        rows = put_next(
            dataset, rows, [who.name, matter.name], lambda t: moment(t, start.name), following
        )
        at = moment(rows, start.name)
        end = at + ibis.interval(days=windows.contact_days)
        over = end <= literal(reaches_until(dataset))
        known = rows[who.name].notnull() & rows[matter.name].notnull() & at.notnull()
        failed = (rows[following] <= end).fill_null(False)  # noqa: FBT003 -- a value
        if solved is not None:
            failed = failed | rows[solved.name].isnull()
        if status is not None:
            word = rows[status.name].cast("string").lower()
            failed = failed | word.isin(TRANSFERRED).fill_null(False)  # noqa: FBT003 -- a value
        return rows.mutate(
            **{
                name: ibis.cases((known & over & ~failed, 1.0), (known & over, 0.0)),
                still_open: known & ~over,
            }
        )

    return Fact(name, put, {still_open: windows.said(OPEN_CONTACTS)})


TRANSFERRED = ("转接", "已转接", "转派", "已转派", "转出", "已转出", "升级", "已升级",
               "transferred", "escalated", "handed over")  # fmt: skip
