"""Complaints of a dataset of tickets: those that count, and the days that the tickets cover."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.engine.contracts import FLAGS_COLUMN
from huiyin.measure.complaint_sources import (
    ComplaintSource,
    day_column,
    kind_columns,
    matter_column,
)
from huiyin.measure.contracts import Query, QueryError
from huiyin.measure.operations.moments import moment
from huiyin.measure.rule_windows import Windows

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

COMPLAINT = "投诉|客诉|complain"
NO_COMPLAINT = (
    "(非|不是|不算|不属于|无|没有|未)(客户|顾客|用户)?(投诉|客诉)|no[nt]?[ -](a[ -])?complain"
)
WITHDRAWN = "撤|取消|withdr|cancel"
KEY, DAY = "_c_key", "_c_day"
_AT, _MATTER, _LAST, _SAME = "_c_at", "_c_matter", "_c_last", "_c_same"
NOT_LINKED = TextBySurface(
    Text(
        "投诉率要订单上有一列是否投诉（名字里带“投诉”）；投诉记在另一份工单数据里的，"
        "用 huiyin serve 导入两份再关联",
        "a rate of complaints takes a column of yes and no on the orders (named like “complaint”); "
        "where complaints are tickets of other data, import both with huiyin serve and link them",
    ),
    Text(
        "没有哪份工单数据能和这份数据对上：工单要有客户或订单编号、时间和一列类别（有“投诉”），在"
        "“数据 › 关联与合并”里关联，或两边有同样的客户列",
        "no tickets meet this data: they need a customer or order, a moment and a kind with "
        "“complaint” in it; link them under “Data › Linked data”, or have the "
        "same customer column on both sides",
    ),
)
_NOBODY_MEETS = Text(
    "“{name}”里没有一件投诉能按“{mine}”和这份数据对上，算不出投诉率",
    "no complaint of “{name}” meets this data by “{mine}”: there is no complaint rate",
)


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
            KEY: rows[source.other].cast("string"),
            _AT: at,
            DAY: at.cast("date"),
            _SAME: same,
            _MATTER: rows[matter.name].cast("string") if matter is not None else ibis.literal(""),
        }
    )
    found = found.filter(found[KEY].notnull() & found[_AT].notnull())
    order = ibis.window(group_by=[_SAME, _MATTER], order_by=_AT)
    found = found.mutate(**{_LAST: found[_AT].lag().over(order)})
    free = found[_LAST] + ibis.interval(days=windows.complaint_repeat_days)
    first = found[_SAME].isnull() | found[_LAST].isnull() | (found[_AT] > free)
    return found.filter(first).select(KEY, DAY)


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


def days_covered(dataset: Dataset, source: ComplaintSource) -> tuple[date, date]:
    """Give the first and the last day of the tickets: before and after nothing is known."""

    def find() -> list[str]:
        rows = _tickets(dataset, source)
        at = moment(rows, _opened(source.snapshot.codebook).name)
        found = dataset.engine.run(rows.aggregate(low=at.min(), high=at.max())).to_pylist()[0]
        if found["low"] is None:
            return [date.max.isoformat(), date.min.isoformat()]
        return [found["low"].date().isoformat(), found["high"].date().isoformat()]

    first, last = dataset.told(f"complaints cover {source.dataset_id}:{source.version}", find)
    return date.fromisoformat(first), date.fromisoformat(last)


def meets_something(source: ComplaintSource, windows: Windows) -> Any:
    """Make the check that refuses where no complaint meets the data: keys of two systems, say."""

    def check(dataset: Dataset, _query: Query) -> None:
        def find() -> int:
            found = complaints_of(dataset, source, windows)
            mine = dataset.rows.select(_c_mine=dataset.rows[source.mine].cast("string")).distinct()
            met = found.semi_join(mine, found[KEY] == mine["_c_mine"])
            return int(dataset.engine.run(met.aggregate(n=met.count()))["n"][0].as_py())

        def any_complaint() -> bool:
            found = complaints_of(dataset, source, windows)
            return bool(dataset.engine.run(found.aggregate(n=found.count()))["n"][0].as_py())

        key = f"{source.dataset_id}:{source.version}:{source.mine}:{source.other}"
        if dataset.told(f"complaints all lost {key}", lambda: not find() and any_complaint()):
            raise QueryError(_NOBODY_MEETS.format(name=source.name, mine=source.mine))

    return check
