"""The complaint rate by complaints kept in another dataset: of periods, orders or customers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.absence import Reason
from huiyin.core.text import Text, listed
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.complaint_sources import ComplaintSource, keeps_tickets
from huiyin.measure.contracts import AmbiguousMetricError, QueryError
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.complaint_matching import (
    DAYS,
    keeps_orders,
    with_complaint_days,
)
from huiyin.measure.operations.complaint_rows import (
    complaint_days_fact,
    orders_and_complaints,
    rate_value,
)
from huiyin.measure.operations.complaint_tickets import (
    DAY,
    KEY,
    NOT_LINKED,
    complaints_of,
    days_covered,
    meets_something,
)
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.row_facts import Fact
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

PERIODS = Text(
    "当期的投诉 ÷ 同期下的订单：投诉按投诉日、订单按下单日归期；投诉在“{name}”里，同一客户同一事 "
    "{complaint_repeat_days} 天内重复的只算一次，撤回的不算；{how}",
    "complaints of a period ÷ orders placed in it: complaints by the day they were made, orders by "
    "the day they were placed; the complaints stand in “{name}”, repeats of a customer on one "
    "matter within {complaint_repeat_days} days count once, withdrawn ones do not; {how}",
)
COHORT = Text(
    "有投诉的订单 ÷ 下的订单，都按下单日归期；投诉在“{name}”里，同一客户同一事 "
    "{complaint_repeat_days} 天内重复的只算一次，撤回的不算；{how}",
    "orders complained of ÷ orders placed, both by the day of the order; the complaints stand in "
    "“{name}”, repeats of a customer on one matter within {complaint_repeat_days} days count once, "
    "withdrawn ones do not; {how}",
)
BY_ORDER = Text("按订单编号对上", "matched by the number of the order")
BY_CUSTOMER = Text(
    "没写订单号，算到客户 {complaint_order_days} 天内的上一单",
    "they name no order and go to the customer's last one within {complaint_order_days} days",
)
NEAREST = Text(
    "没写订单号，这里下过单的客户的投诉都算，分组时随客户投诉前的最近一单",
    "they name no order: all by customers who order here count, and go with the groups of the "
    "customer's last order before",
)
CUSTOMERS = Text(
    "{complaint_order_days} 天内投诉过的客户 ÷ 当期的客户；投诉在“{name}”里，撤回的不算，"
    "没走完 {complaint_order_days} 天的不算在内",
    "customers who complain within {complaint_order_days} days ÷ customers of the period; the "
    "complaints stand in “{name}”, withdrawn ones are left out, and so are days that are not over",
)
CUSTOMERS_LABEL = Text("投诉客户占比", "share of customers who complain")
UNCOVERED = Text(
    "{n} 行在“{name}”的起止日之外，不知道有没有投诉，未计入",
    "{n} rows lie outside the days of “{name}”: whether there was a complaint is not known, and "
    "they are left out",
)
NO_ORDERS = Text(
    "这份数据里没有订单，数不出哪些单被投诉；客户的投诉看 complaint_rate",
    "there are no orders here that were complained of; for customers ask for complaint_rate",
)
LINKED = Text(
    "用了“{name}”版本 {version}，按“{mine}”对“{other}”",
    "with “{name}” version {version}, by “{mine}” and “{other}”",
)
_SEVERAL = Text(
    "好几份数据里有投诉，请挑一份：{choices}",
    "several datasets hold complaints, name one: {choices}",
)
_UNKNOWN = Text(
    "没有叫“{name}”的列，也没有能对上的投诉数据叫这个名字",
    "there is no column “{name}”, nor linked complaints of that name",
)


def linked_reading(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the complaint rate of orders, or of customers, by the complaints of another dataset.

    Raises
    ------
    AmbiguousMetricError
        Several datasets hold complaints.
    QueryError
        `rest` names none of them, or this dataset has no customers or days.
    """
    source = _chosen(metric, rest, rules)
    if source is None:
        return _absent(metric, codebook, rules)
    if codebook.first(Role.ORDER) is None:
        return _of_customers(metric, codebook[source.mine], source, rules)
    fact = complaint_days_fact(source, rules.windows, _uncovered(source))
    reading = share_reading(metric, fact, rules, [codebook[source.mine]])
    reading = replace(
        reading,
        values=(rate_value(source, rules.windows),),
        rows=orders_and_complaints(source, rules.windows),
    )
    how = NEAREST if keeps_orders(codebook) else BY_CUSTOMER
    return _told(reading, _said(PERIODS, source, rules.windows, how), source)


def cohort_reading(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share of orders complained of, by the complaints of another dataset.

    Raises
    ------
    AmbiguousMetricError
        Several datasets hold complaints.
    QueryError
        `rest` names none of them, or this dataset has no orders, customers or days.
    """
    source = _chosen(metric, rest, rules)
    if codebook.first(Role.ORDER) is None:
        raise QueryError(NO_ORDERS)
    if source is None:
        return _absent(metric, codebook, rules)
    key = codebook[source.mine]
    reading = share_reading(metric, order_fact(key, source, rules.windows), rules, [key])
    return _told(reading, _said(COHORT, source, rules.windows), source)


def _said(
    formula: Text, source: ComplaintSource, windows: Windows, by_customer: Text = BY_CUSTOMER
) -> Text:
    how = windows.said(BY_ORDER if source.by_order else by_customer)
    return windows.said(formula).format(name=source.name, how=how)


def _of_customers(
    metric: Metric, who: Column, source: ComplaintSource, rules: MetricRules
) -> Reading:
    reading = share_reading(metric, customer_fact(who, source, rules.windows), rules, [who])
    values = tuple(replace(value, once=True) for value in reading.values)
    formula = rules.windows.said(CUSTOMERS).format(name=source.name)
    return replace(_told(reading, formula, source), values=values, label=CUSTOMERS_LABEL)


def _told(reading: Reading, formula: Text, source: ComplaintSource) -> Reading:
    note = LINKED.format(
        name=source.name, version=source.version, mine=source.mine, other=source.other
    )
    return replace(reading, formula=formula, notes=(*reading.notes, note))


def _chosen(metric: Metric, rest: str, rules: MetricRules) -> ComplaintSource | None:
    found = [one for one in rules.complaints if not rest or one.name == rest]
    if rest and not found:
        raise QueryError(_UNKNOWN.format(name=rest))
    said = [one for one in found if one.linked] or found
    said = [one for one in said if keeps_tickets(one.snapshot.codebook)] or said
    if len({one.dataset_id for one in said}) > 1:
        choices = listed(f"{metric.id}:{one.name}" for one in said)
        raise AmbiguousMetricError(_SEVERAL.format(choices=choices))
    by_order = [one for one in said if one.by_order]
    return next(iter([*by_order, *said]), None)


def _absent(metric: Metric, codebook: Codebook, rules: MetricRules) -> Reading:
    """Say that nothing is linked, of a dataset that complaints could be linked to."""
    who, day = codebook.first(Role.CUSTOMER), codebook.first(Role.TIME)
    if who is None or day is None:
        raise QueryError(NOT_LINKED)
    nothing = Fact(f"_{metric.id}:nothing", _nothing(f"_{metric.id}:nothing"))
    reading = share_reading(metric, nothing, rules, [who])
    return replace(reading, notes=(NOT_LINKED,), absent=Reason.NOT_LINKED)


def _nothing(name: str) -> Any:
    def put(_dataset: Dataset, rows: Any) -> Any:
        import ibis

        return rows.mutate(**{name: ibis.null("float64")})

    return put


def _name(kind: str, source: ComplaintSource, windows: Windows) -> str:
    days = f"{windows.complaint_repeat_days}:{windows.complaint_order_days}"
    key = f"{source.dataset_id}:{source.version}:{source.mine}:{source.other}"
    return f"_complaints:{kind}:{key}:{days}"


def _uncovered(source: ComplaintSource) -> Text:
    """Keep the place of the number, and the braces that a name may hold."""
    return UNCOVERED.format(name=source.name.replace("{", "{{").replace("}", "}}"), n="{n}")


def order_fact(key: Column, source: ComplaintSource, windows: Windows) -> Fact:
    """Make the fact of an order: 1 complained of, 0 not, NULL outside the days of the tickets."""
    name = _name("orders", source, windows)
    outside = f"{name}:outside"

    def put(dataset: Dataset, rows: Any) -> Any:
        marked = with_complaint_days(dataset, rows, source, windows, once=False)
        hit = marked.mutate(_c_hit=marked[DAYS].notnull()).drop(DAYS)
        return _judged(dataset, hit, key.name, source, (name, outside))

    outlook = {outside: _uncovered(source)}
    return Fact(name, put, outlook, check=meets_something(source, windows))


def customer_fact(who: Column, source: ComplaintSource, windows: Windows) -> Fact:
    """Make the fact of a row: 1 its customer complains within the window, 0 not, NULL not over."""
    name = _name("customers", source, windows)
    outside = f"{name}:outside"

    def put(dataset: Dataset, rows: Any) -> Any:
        import ibis

        found = complaints_of(dataset, source, windows)
        day = rows[ANSWERED_ON_COLUMN]
        spans = rows.select(_c_who=rows[who.name].cast("string"), _c_from=day).distinct()
        last = spans["_c_from"] + ibis.interval(days=windows.complaint_order_days)
        meets = [
            spans["_c_who"] == found[KEY],
            found[DAY] >= spans["_c_from"],
            found[DAY] <= last.cast("date"),
        ]
        hits = spans.join(found, meets).select("_c_who", "_c_from").distinct()
        marked = _with_hits(rows, rows[who.name].cast("string"), day, hits)
        return _judged(
            dataset, marked, who.name, source, (name, outside), ahead=windows.complaint_order_days
        )

    return Fact(name, put, {outside: _uncovered(source)}, check=meets_something(source, windows))


def _with_hits(rows: Any, who: Any, day: Any, hits: Any) -> Any:
    import ibis

    hits = hits.mutate(_c_hit=ibis.literal(True))  # noqa: FBT003 -- a value
    joined = rows.left_join(hits, [who == hits["_c_who"], day == hits["_c_from"]])
    return joined.select(*rows.columns, "_c_hit")


def _judged(
    dataset: Dataset,
    marked: Any,
    key: str,
    source: ComplaintSource,
    names: tuple[str, str],
    *,
    ahead: int = 0,
) -> Any:
    """Say 1, 0, or nothing where the tickets do not reach."""
    import ibis

    name, outside = names
    first, last = days_covered(dataset, source)
    day = marked[ANSWERED_ON_COLUMN]
    end = (day + ibis.interval(days=ahead)).cast("date") if ahead else day
    inside = (day >= ibis.literal(first, type="date")) & (end <= ibis.literal(last, type="date"))
    known = marked[key].notnull() & day.notnull()
    hit = marked["_c_hit"].fill_null(False)  # noqa: FBT003 -- a value
    judged = marked.mutate(
        **{
            name: ibis.cases((known & inside & hit, 1.0), (known & inside, 0.0)),
            outside: known & ~inside,
        }
    )
    return judged.drop("_c_hit")
