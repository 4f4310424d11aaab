"""Rates that a row tells by itself, against tables counted by hand."""

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import AmbiguousMetricError, Filter, Query, QueryError, Viewer
from huiyin.measure.run import answer
from huiyin.stats.proportions import wilson_share

OWNER = Viewer.owner()


def at(day, hour=0, minute=0):
    return datetime(2026, 3, day, hour, minute)


def only(engine, snapshot, metric, viewer=OWNER, **more):
    (cell,) = answer(engine, snapshot, Query((metric,), **more), viewer).cells
    return cell


@pytest.fixture
def deliveries(make, column):
    """Promised by 3 March: early, at the second, late; overdue; not due; a day; without promise."""
    promised = [at(3, 12), at(3, 12), at(3, 12), at(3, 12), at(30), at(3), at(3), None]
    delivered = [at(2), at(3, 12), at(3, 12, 1), None, None, at(3, 23), at(4, 1), at(9)]
    wrong = ["否", "是", "否", "否", "否", "否", None, "否"]
    times = {"承诺": promised, "送达": delivered}
    data = {name: pa.array(them, pa.timestamp("us")) for name, them in times.items()}
    columns = [column("承诺", Role.PROMISED), column("送达", Role.DELIVERED)]
    columns.append(column("是否出差错", Role.DIMENSION))
    days = [date(2026, 3, 1)] * 8
    return make(pa.table(data | {"是否出差错": wrong}), columns, days=days)


def test_on_time_is_against_the_promise_and_overdue_is_late(engine, deliveries):
    """By hand: 3 of 6; the promise of 30 March is not due when the data ends on the 9th."""
    cell = only(engine, deliveries, "on_time")
    assert (cell.n, cell.estimate) == (6, 0.5)
    wilson = wilson_share(3, 6)
    assert (cell.low, cell.high) == (float(wilson.low), float(wilson.high))
    assert cell.method == "wilson"


def test_what_is_not_due_is_counted_beside(engine, deliveries):
    notes = answer(engine, deliveries, Query(("on_time",)), OWNER).notes
    assert any("1 单还没送到" in note.say("zh-CN") for note in notes)


def test_accuracy_counts_delivered_orders_that_say_whether_anything_was_wrong(engine, deliveries):
    """By hand: delivered are 1, 2, 3, 6, 7, 8; 7 does not say; only 2 was wrong: 4 of 5."""
    cell = only(engine, deliveries, "order_accuracy")
    assert (cell.n, cell.estimate) == (5, 0.8)


def test_several_promises_take_the_first_or_ask(engine, make, column):
    data = {
        name: pa.array([at(3), at(3)], pa.timestamp("us"))
        for name in ("首次承诺", "现承诺", "送达")
    }
    columns = [column("现承诺", Role.PROMISED), column("首次承诺", Role.PROMISED)]
    snapshot = make(pa.table(data), [*columns, column("送达", Role.DELIVERED)])
    found = answer(engine, snapshot, Query(("on_time",)), OWNER).definition[0]
    assert "首次承诺" in found.notes[0].say("zh-CN")


@pytest.fixture
def tickets(make, column):
    solved = pa.array([at(2), None, at(3), None, at(5)], pa.timestamp("us"))
    opened = pa.array([at(1)] * 4 + [None], pa.timestamp("us"))
    data = pa.table(
        {"创建": opened, "解决": solved, "类别": ["投诉", "投诉", "咨询", "咨询", "咨询"]}
    )
    columns = [column("创建", Role.TIME), column("解决", Role.RESOLVED)]
    return make(data, [*columns, column("类别", Role.DIMENSION)], days=[date(2026, 3, 1)] * 5)


def test_open_tickets_are_not_solved(engine, tickets):
    cell = only(engine, tickets, "resolution_rate")
    assert (cell.n, cell.estimate) == (4, 0.5)


def test_filters_groups_and_comparisons_hold_as_for_any_metric(engine, tickets):
    kind = Filter("类别", "=", ("投诉",))
    assert only(engine, tickets, "resolution_rate", where=(kind,)).n == 2
    cells = answer(engine, tickets, Query(("resolution_rate",), by=("类别",)), OWNER).cells
    assert {cell.by["类别"]: (cell.n, cell.estimate) for cell in cells} == {
        "投诉": (2, 0.5),
        "咨询": (2, 0.5),
    }


@pytest.fixture
def contracts(make, column):
    data = pa.table(
        {
            "到期日": pa.array([at(1), at(1), at(1), at(31)], pa.timestamp("us")),
            "是否续约": pa.array([1.0, 0.0, 1.0, 0.0]),
            "金额": pa.array([Decimal(n) for n in (100, 300, 100, 500)], pa.decimal128(18, 4)),
            "币种": ["CNY", "CNY", "CNY", "USD"],
        }
    )
    columns = [column("到期日", Role.TIME), column("是否续约", Role.OUTCOME, events=("是",))]
    columns += [column("金额", Role.AMOUNT), column("币种", Role.CURRENCY)]
    return make(data, columns, days=[date(2026, 3, d) for d in (1, 1, 1, 31)])


def test_renewal_by_count_and_by_amount(engine, contracts):
    """By hand: 2 of 4; of the CNY 200 of 500."""
    assert only(engine, contracts, "renewal_rate").estimate == 0.5
    yuan = (Filter("币种", "=", ("CNY",)),)
    cell = only(engine, contracts, "renewal_amount", where=yuan)
    assert cell.estimate == pytest.approx(0.4)
    assert cell.n == 3
    assert cell.low < 0.4 < cell.high


def test_amounts_of_two_currencies_are_not_added(engine, contracts):
    with pytest.raises(QueryError, match="USD"):
        only(engine, contracts, "renewal_amount")
    by = answer(engine, contracts, Query(("renewal_amount",), by=("币种",)), OWNER).cells
    assert {cell.by["币种"] for cell in by} == {"CNY", "USD"}


def test_contracts_are_lost_once_the_grace_is_over(engine, contracts):
    """By hand: the one due on 1 March is lost by the 31st; that of the 31st is still open."""
    cell = only(engine, contracts, "churn")
    assert (cell.n, cell.estimate) == (3, pytest.approx(1 / 3))


def test_a_metric_without_its_columns_says_which(engine, tickets):
    with pytest.raises(QueryError, match="promised"):
        only(engine, tickets, "on_time")
    with pytest.raises(QueryError, match="renewal_rate:COLUMN"):
        only(engine, tickets, "renewal_rate")
    with pytest.raises(QueryError, match="contracts"):
        only(engine, tickets, "churn")


def test_two_columns_of_yes_and_no_are_listed(engine, make, column):
    data = {"是否投诉": ["是"], "已投诉": ["否"]}
    snapshot = make(data, [column(name, Role.DIMENSION) for name in data])
    with pytest.raises(AmbiguousMetricError, match="complaint_rate:已投诉"):
        only(engine, snapshot, "complaint_rate")


def test_a_word_that_is_neither_yes_nor_no_is_no_answer(engine, make, column):
    words = ["是", "否", "Yes", "no", "没回访到", None]
    snapshot = make({"是否解决": words}, [column("是否解决", Role.DIMENSION)])
    cell = only(engine, snapshot, "confirmed_resolution:是否解决")
    assert (cell.n, cell.estimate) == (4, 0.5)


def test_what_a_log_calls_solved_is_not_the_word_of_customers(engine, make, column):
    data = {"是否解决": ["是", "否"], "满意度": [4.0, 2.0]}
    logged = [column("是否解决", Role.DIMENSION), column("满意度", Role.IGNORE)]
    with pytest.raises(QueryError, match="确认…解决"):
        only(engine, make(data, logged), "confirmed_resolution")
    asked = [column("是否解决", Role.OUTCOME), column("满意度", Role.CSAT)]
    assert only(engine, make(data, asked), "confirmed_resolution").n == 2
    said = {"客户确认已解决": ["是", "否"]}
    named = make(said, [column("客户确认已解决", Role.DIMENSION)])
    assert only(engine, named, "confirmed_resolution").n == 2


def test_small_groups_are_hidden_and_counts_of_what_is_open_are_the_owners(engine, deliveries):
    viewer = Viewer("lead", minimum_n=10)
    result = answer(engine, deliveries, Query(("on_time",)), viewer)
    assert result.cells[0].not_estimable.reason == "suppressed"
    assert result.cells[0].n == 0
    said = " ".join(note.say("zh-CN") for note in result.notes)
    assert "数据到 2026-03-09" in said
    assert "1 单" not in said
