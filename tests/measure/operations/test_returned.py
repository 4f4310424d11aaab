"""Customers who order on two days of one period, against a plain loop and tables by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query, Viewer
from huiyin.measure.operations.returned import part_periods
from huiyin.measure.periods import period_start
from huiyin.measure.run import answer

OWNER = Viewer.owner()
FIRST = date(2025, 1, 1)
LAST = date(2025, 11, 20)
NAME = "period_repurchase"


def make_orders(make, column, rows):
    """Rows are (customer, day, shop, state)."""
    columns = [
        column("订单", Role.ORDER), column("日期", Role.TIME), column("客户", Role.CUSTOMER),
        column("门店", Role.UNIT), column("状态", Role.STATUS),
    ]  # fmt: skip
    days = [day for _, day, _, _ in rows]
    data = {
        "订单": [f"O{i}" for i in range(len(rows))],
        "日期": pa.array([datetime.combine(d, datetime.min.time()) for d in days]),
        "客户": [who for who, *_ in rows],
        "门店": [shop for _, _, shop, _ in rows],
        "状态": [state for *_, state in rows],
    }
    return make(pa.table(data), columns, days=days)


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(3)
    span = (LAST - FIRST).days
    made = []
    for _ in range(900):
        who = f"C{rng.integers(0, 150)}" if rng.random() > 0.02 else None
        day = FIRST + timedelta(days=int(rng.integers(0, span)))
        state = "已取消" if rng.random() < 0.1 else "已完成"
        made.append((who, day, "东店" if rng.random() < 0.6 else "西店", state))
    return [*made, ("C1", LAST, "西店", "已完成")]


@pytest.fixture
def orders(make, column, rows):
    return make_orders(make, column, rows)


def loop(rows):
    """Count customers of some orders, and those of them with two days."""
    days = {}
    for who, day, _, state in rows:
        if who is not None and state != "已取消":
            days.setdefault(who, set()).add(day)
    return len(days), sum(len(one) > 1 for one in days.values())


def test_a_window_is_that_of_a_plain_loop(engine, orders, rows):
    since, until = date(2025, 3, 1), date(2025, 5, 31)
    (cell,) = answer(engine, orders, Query((NAME,), since=since, until=until), OWNER).cells
    n, hits = loop([row for row in rows if since <= row[1] <= until])
    assert (cell.n, cell.n_customers) == (n, n)
    assert cell.estimate == pytest.approx(hits / n)


def test_each_cell_counts_the_days_within_it_and_a_part_period_is_left_out(engine, orders, rows):
    query = Query((NAME,), by=("门店",), grain=Grain.MONTH)
    result = answer(engine, orders, query, OWNER)
    for cell in result.cells:
        mine = [
            row
            for row in rows
            if row[2] == cell.by["门店"]
            and period_start(row[1], Grain.MONTH).isoformat() == cell.by["period"]
        ]
        n, hits = loop(mine) if cell.by["period"] != "2025-11-01" else (0, 0)
        assert cell.n == n
        assert (cell.estimate or 0) == pytest.approx(hits / n if n else 0)
    november = sum(who is not None and d.month == 11 and state != "已取消"
                   for who, d, _, state in rows)  # fmt: skip
    assert f"{november} 行所在的期不完整" in " ".join(note.say("zh-CN") for note in result.notes)


def test_two_orders_of_a_day_are_one_and_the_next_period_is_another(engine, make, column):
    """By hand: a twice on a day, b on two days, c in two months; d's second came to nothing."""
    days = {"a": (0, 0), "b": (0, 30), "c": (0, 31), "d": (1, 2), "e": (58,)}
    at = [(who, n) for who, some in days.items() for n in some]
    made = [(who, FIRST + timedelta(days=n), "东店", "已完成") for who, n in at]
    made[7] = (*made[7][:3], "退款成功")
    snapshot = make_orders(make, column, made)
    cells = answer(engine, snapshot, Query((NAME,), grain=Grain.MONTH), OWNER).cells
    assert [(c.by["period"], c.n, c.estimate) for c in cells] == [
        ("2025-01-01", 4, 0.25), ("2025-02-01", 2, 0.0),
    ]  # fmt: skip
    (whole,) = answer(engine, snapshot, Query((NAME,)), OWNER).cells
    assert (whole.n, whole.estimate) == (5, pytest.approx(2 / 5))


def test_the_window_before_is_counted_in_the_same_way(engine, orders, rows):
    since, until = date(2025, 6, 1), date(2025, 8, 31)
    query = Query((NAME,), since=since, until=until, compare=Compare(Against.PREVIOUS))
    (cell,) = answer(engine, orders, query, OWNER).cells
    n, hits = loop([row for row in rows if date(2025, 3, 1) <= row[1] < since])
    assert cell.comparison.reference == pytest.approx(hits / n)


def test_a_shop_alone_is_the_shop_beside_the_others(engine, orders):
    shop = Query((NAME,), where=(Filter("门店", "=", ("东店",)),))
    (alone,) = answer(engine, orders, shop, OWNER).cells
    cells = answer(engine, orders, Query((NAME,), by=("门店",)), OWNER).cells
    beside = next(cell for cell in cells if cell.by["门店"] == "东店")
    assert (alone.n, alone.estimate) == (beside.n, beside.estimate)


def test_which_periods_are_not_whole():
    def parts(reached, **asked):
        return [a for a, _ in part_periods(reached, Query((), **asked))]

    assert parts(date(2025, 5, 20)) == []
    assert parts(date(2025, 5, 31), grain=Grain.MONTH) == []
    assert parts(date(2025, 5, 30), grain=Grain.MONTH) == [date(2025, 5, 1)]
    asked = {"since": date(2025, 2, 10), "until": date(2025, 4, 9), "grain": Grain.MONTH}
    assert parts(date(2025, 5, 30), **asked) == [date(2025, 2, 1), date(2025, 4, 1)]
