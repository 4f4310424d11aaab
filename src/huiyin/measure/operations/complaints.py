"""Complaints kept in another dataset, and the orders or customers here that they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.absence import Reason
from huiyin.core.text import Text, listed
from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.complaint_sources import (
    ComplaintSource,
    day_column,
    kind_columns,
    matter_column,
)
from huiyin.measure.contracts import AmbiguousMetricError, Query, QueryError
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.moments import moment
from huiyin.measure.operations.rates import share_reading
from huiyin.measure.row_facts import Fact
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

COMPLAINT = "投诉|客诉|complain"
NO_COMPLAINT = (
    "(非|不是|不算|不属于|无|没有|未)(客户|顾客|用户)?(投诉|客诉)|no[nt]?[ -](a[ -])?complain"
)
WITHDRAWN = "撤|取消|withdr|cancel"
_KEY, _AT, _DAY, _MATTER, _LAST = "_c_key", "_c_at", "_c_day", "_c_matter", "_c_last"
ORDERS = Text(
    "有投诉的订单 ÷ 同期下的订单，按下单日归期；投诉在“{name}”里，同一客户同一事 "
    "{complaint_repeat_days} 天内重复的只算一次，撤回的不算；{how}",
    "orders complained of ÷ orders placed in the same period; the complaints stand in “{name}”, "
    "repeats of a customer on one matter within {complaint_repeat_days} days count once, withdrawn "
    "ones do not; {how}",
)
BY_ORDER = Text("按订单编号对上", "matched by the number of the order")
BY_CUSTOMER = Text(
    "没写订单号，算到客户 {complaint_order_days} 天内的上一单",
    "they name no order and go to the customer's last one within {complaint_order_days} days",
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
LINKED = Text(
    "用了“{name}”版本 {version}，按“{mine}”对“{other}”",
    "with “{name}” version {version}, by “{mine}” and “{other}”",
)
MET = Text(
    "“{name}”里的投诉有 {share}% 能算到这里的某一单；其余的（没有下过单，或隔得太久）不在这个数里",
    "{share}% of the complaints of “{name}” go to an order here; the others (no order, or one too "
    "long ago) are not in this number",
)
NOT_LINKED = Text(
    "没有哪份工单数据能和这份数据对上：工单要有客户或订单编号、时间和一列类别（有“投诉”），在"
    "“数据 › 关联与合并”里关联，或两边有同样的客户列",
    "no tickets meet this data: they need a customer or order, a moment and a kind with "
    "“complaint” in it; link them under “Data › Linked data”, or have the "
    "same customer column on both sides",
)
_SEVERAL = Text(
    "好几份数据里有投诉，请挑一份：{choices}",
    "several datasets hold complaints, name one: {choices}",
)
_UNKNOWN = Text(
    "没有叫“{name}”的列，也没有能对上的投诉数据叫这个名字",
    "there is no column “{name}”, nor linked complaints of that name",
)
_NOBODY_MEETS = Text(
    "“{name}”里没有一件投诉能按“{mine}”和这份数据对上，算不出投诉率",
    "no complaint of “{name}” meets this data by “{mine}”: there is no complaint rate",
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
    key = codebook[source.mine]
    if codebook.first(Role.ORDER) is None:
        return _of_customers(metric, key, source, rules)
    fact = order_fact(key, source, rules.windows)
    reading = share_reading(metric, fact, rules, [key])
    how = rules.windows.said(BY_ORDER if source.by_order else BY_CUSTOMER)
    formula = rules.windows.said(ORDERS).format(name=source.name, how=how)
    return _told(reading, formula, source)


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
        found = complaints_of(dataset, source, windows)
        if source.by_order:
            marked = _marked_by_order(rows, key.name, found)
        else:
            marked = _marked_by_customer(dataset, rows, key.name, found, windows)
        return _judged(dataset, marked, key.name, source, (name, outside))

    outlook = {outside: _uncovered(source)}
    told = _share_met(source, windows, name)
    return Fact(name, put, outlook, check=_check(source, windows), said=told)


def _share_met(source: ComplaintSource, windows: Windows, name: str) -> Any:
    """Say how many of the complaints go to some order: the others are in no rate."""

    def said(dataset: Dataset) -> Text | None:
        def find() -> tuple[int, int]:
            found = complaints_of(dataset, source, windows)
            met = found.semi_join(*_meeting(dataset.rows, found, source, windows))
            counts = (dataset.engine.run(t.aggregate(n=t.count())) for t in (met, found))
            n_met, n_all = (int(one["n"][0].as_py()) for one in counts)
            return n_met, n_all

        n_met, n_all = dataset.keep(("complaints met", name), find)
        if n_all == 0:
            return None
        return MET.format(name=source.name, share=round(100 * n_met / n_all))

    return said


def _meeting(
    rows: Any, found: Any, source: ComplaintSource, windows: Windows
) -> tuple[Any, list[Any]]:
    """Give the keys here, and when a complaint meets one."""
    import ibis

    mine, day = rows[source.mine].cast("string"), rows[ANSWERED_ON_COLUMN]
    if source.by_order:
        known = rows.select(_c_mine=mine).distinct()
        return known, [found[_KEY] == known["_c_mine"]]
    known = rows.select(_c_mine=mine, _c_from=day).distinct()
    last = known["_c_from"] + ibis.interval(days=windows.complaint_order_days)
    return known, [
        found[_KEY] == known["_c_mine"],
        found[_DAY] >= known["_c_from"],
        found[_DAY] <= last.cast("date"),
    ]


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
            spans["_c_who"] == found[_KEY],
            found[_DAY] >= spans["_c_from"],
            found[_DAY] <= last.cast("date"),
        ]
        hits = spans.join(found, meets).select("_c_who", "_c_from").distinct()
        marked = _with_hits(rows, rows[who.name].cast("string"), day, hits)
        return _judged(
            dataset, marked, who.name, source, (name, outside), ahead=windows.complaint_order_days
        )

    return Fact(name, put, {outside: _uncovered(source)}, check=_check(source, windows))


def _with_hits(rows: Any, who: Any, day: Any, hits: Any) -> Any:
    import ibis

    hits = hits.mutate(_c_hit=ibis.literal(True))  # noqa: FBT003 -- a value
    joined = rows.left_join(hits, [who == hits["_c_who"], day == hits["_c_from"]])
    return joined.select(*rows.columns, "_c_hit")


def _marked_by_order(rows: Any, key: str, found: Any) -> Any:
    import ibis

    named = found.select(_c_order=found[_KEY]).distinct()
    named = named.mutate(_c_hit=ibis.literal(True))  # noqa: FBT003 -- a value
    joined = rows.left_join(named, rows[key].cast("string") == named["_c_order"])
    return joined.select(*rows.columns, "_c_hit")


def _marked_by_customer(dataset: Dataset, rows: Any, key: str, found: Any, windows: Windows) -> Any:
    """Mark the last order of the last day of orders before a complaint, if it is near enough."""
    import ibis

    mask = ibis.literal(dataset.mask(Query(())), type="int64")
    who, day = rows[key].cast("string"), rows[ANSWERED_ON_COLUMN]
    valid = rows.filter((rows[FLAGS_COLUMN] & mask) == 0)
    days = valid.select(
        _c_who=valid[key].cast("string"), _c_from=valid[ANSWERED_ON_COLUMN]
    ).distinct()
    days = days.filter(days["_c_who"].notnull() & days["_c_from"].notnull())
    order = ibis.window(group_by="_c_who", order_by="_c_from")
    spans = days.mutate(_c_next=days["_c_from"].lead().over(order))
    reach = (spans["_c_from"] + ibis.interval(days=windows.complaint_order_days)).cast("date")
    before_next = spans["_c_next"].isnull() | (found[_DAY] < spans["_c_next"])
    meets = [
        spans["_c_who"] == found[_KEY],
        found[_DAY] >= spans["_c_from"],
        found[_DAY] <= reach,
        before_next,
    ]
    hits = spans.join(found, meets).select("_c_who", "_c_from").distinct()
    marked = _with_hits(rows, who, day, hits)
    row = dataset.row_key(marked)
    sound = ibis.cases(((marked[FLAGS_COLUMN] & mask) == 0, row))
    each = ibis.window(group_by=[marked[key], marked[ANSWERED_ON_COLUMN]])
    return marked.mutate(_c_hit=marked["_c_hit"] & (row == sound.max().over(each)))


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
    first, last = _covered(dataset, source)
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


def complaints_of(dataset: Dataset, source: ComplaintSource, windows: Windows) -> Any:
    """Give the complaints that count, as a key and a day: none withdrawn, repeats folded.

    A repeat comes within the window after another complaint of the same customer on the same
    matter, itself a repeat or not.
    """
    import ibis

    rows, book = _tickets(dataset, source), source.snapshot.codebook
    status = book.first(Role.STATUS)
    kinds = [one.name for one in kind_columns(book) if one.name in rows.columns]
    if kinds:
        rows = rows.filter(ibis.or_(*(_is_complaint(rows, name) for name in kinds)))
    if status is not None and status.name in rows.columns:
        words = rows[status.name].cast("string").lower().fill_null("")
        rows = rows.filter(~words.re_search(WITHDRAWN))
    matter, who = matter_column(book), book.first(Role.CUSTOMER)
    at = moment(rows, _opened(book).name)
    same = rows[who.name].cast("string") if who is not None else rows[source.other].cast("string")
    found = rows.select(
        **{
            _KEY: rows[source.other].cast("string"),
            _AT: at,
            _DAY: at.cast("date"),
            "_c_same": same,
            _MATTER: rows[matter.name].cast("string") if matter is not None else ibis.literal(""),
        }
    )
    found = found.filter(found[_KEY].notnull() & found[_AT].notnull())
    order = ibis.window(group_by=["_c_same", _MATTER], order_by=_AT)
    found = found.mutate(**{_LAST: found[_AT].lag().over(order)})
    free = found[_LAST] + ibis.interval(days=windows.complaint_repeat_days)
    first = found["_c_same"].isnull() | found[_LAST].isnull() | (found[_AT] > free)
    return found.filter(first).select(_KEY, _DAY)


def _is_complaint(rows: Any, name: str) -> Any:
    words = rows[name].cast("string").lower().fill_null("")
    return words.re_search(COMPLAINT) & ~words.re_search(NO_COMPLAINT)


def _opened(book: Codebook) -> Column:
    found = day_column(book)
    if found is None:  # `holds_complaints` has looked
        raise QueryError(NOT_LINKED)
    return found


def _tickets(dataset: Dataset, source: ComplaintSource) -> Any:
    """Give the rows of the tickets that cleaning leaves in."""
    rows = dataset.engine.open(source.snapshot.files, source.snapshot.view)
    mask = sum(1 << i for i, flag in enumerate(source.snapshot.legend) if flag.excludes)
    return rows.filter((rows[FLAGS_COLUMN] & mask) == 0) if mask else rows


def _covered(dataset: Dataset, source: ComplaintSource) -> tuple[date, date]:
    """Give the first and the last day of the tickets: before and after nothing is known."""

    def find() -> tuple[date, date]:
        rows = _tickets(dataset, source)
        at = moment(rows, _opened(source.snapshot.codebook).name)
        found = dataset.engine.run(rows.aggregate(low=at.min(), high=at.max())).to_pylist()[0]
        if found["low"] is None:
            return date.max, date.min
        return found["low"].date(), found["high"].date()

    return dataset.keep(("complaints cover", source.dataset_id, source.version), find)


def _check(source: ComplaintSource, windows: Windows) -> Any:
    """Refuse where not one complaint meets the data: keys of two systems, say."""

    def check(dataset: Dataset, _query: Query) -> None:
        def find() -> int:
            found = complaints_of(dataset, source, windows)
            mine = dataset.rows.select(_c_mine=dataset.rows[source.mine].cast("string")).distinct()
            met = found.semi_join(mine, found[_KEY] == mine["_c_mine"])
            return int(dataset.engine.run(met.aggregate(n=met.count()))["n"][0].as_py())

        def any_complaint() -> bool:
            found = complaints_of(dataset, source, windows)
            return bool(dataset.engine.run(found.aggregate(n=found.count()))["n"][0].as_py())

        key = ("complaints meet", source.dataset_id, source.version, source.mine, source.other)
        if not dataset.keep(key, find) and any_complaint():
            raise QueryError(_NOBODY_MEETS.format(name=source.name, mine=source.mine))

    return check
