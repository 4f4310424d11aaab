"""What customers did within a window, against plain loops and tables counted by hand."""

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.catalogue import metric_catalogue
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query, QueryError, Viewer
from huiyin.measure.metric import HOUSE_RULES, MetricRules
from huiyin.measure.periods import period_start
from huiyin.measure.rule_windows import HOUSE_WINDOWS, Windows
from huiyin.measure.run import answer

OWNER = Viewer.owner()
FIRST = date(2025, 1, 1)
LAST = date(2025, 12, 31)


def make_orders(make, column, rows, **more):
    """Rows are (customer, day, shop)."""
    columns = [column("订单", Role.ORDER), column("日期", Role.TIME), column("客户", Role.CUSTOMER)]
    columns.append(column("门店", Role.UNIT))
    days = [day for _, day, _ in rows]
    data = pa.table(
        {
            "订单": [f"O{i}" for i in range(len(rows))],
            "日期": pa.array([datetime.combine(d, datetime.min.time()) for d in days]),
            "客户": [who for who, _, _ in rows],
            "门店": [shop for _, _, shop in rows],
        }
    )
    return make(data, columns, days=days, **more)


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(11)
    made = []
    for _ in range(700):
        day = FIRST + timedelta(days=int(rng.integers(0, 365)))
        who = f"C{rng.integers(0, 160)}" if rng.random() > 0.02 else None
        made.append((who, day, "东店" if rng.random() < 0.6 else "西店"))
    return [*made, ("C0", FIRST, "东店"), ("C1", LAST, "西店")]


@pytest.fixture
def orders(make, column, rows):
    return make_orders(make, column, rows)


def again(rows, who, day, days=90):
    return any(w == who and day < d <= day + timedelta(days=days) for w, d, _ in rows)


def loop_repurchase(everyone, rows):
    """Count customers of some rows, each from their first order among them on."""
    first = {}
    for who, day, _ in rows:
        if who is not None:
            first[who] = min(day, first.get(who, day))
    over = {who: day for who, day in first.items() if day + timedelta(days=90) <= LAST}
    return len(over), sum(again(everyone, who, day) for who, day in over.items())


def test_repurchase_is_that_of_a_plain_loop(engine, orders, rows):
    (cell,) = answer(engine, orders, Query(("repurchase",)), OWNER).cells
    n, hits = loop_repurchase(rows, rows)
    assert (cell.n, cell.n_customers) == (n, n)
    assert cell.estimate == pytest.approx(hits / n)


def test_each_cell_counts_its_customers_once(engine, orders, rows):
    query = Query(("repurchase",), by=("门店",), grain=Grain.QUARTER)
    for cell in answer(engine, orders, query, OWNER).cells:
        mine = [
            row
            for row in rows
            if row[2] == cell.by["门店"]
            and period_start(row[1], Grain.QUARTER).isoformat() == cell.by["period"]
        ]
        n, hits = loop_repurchase(rows, mine)
        assert cell.n == n
        assert (cell.estimate or 0) == pytest.approx(hits / n if n else 0)


def test_a_filtered_cell_is_the_cell_of_the_group(engine, orders):
    shop = Query(("repurchase",), where=(Filter("门店", "=", ("东店",)),))
    (alone,) = answer(engine, orders, shop, OWNER).cells
    cells = answer(engine, orders, Query(("repurchase",), by=("门店",)), OWNER).cells
    beside = next(cell for cell in cells if cell.by["门店"] == "东店")
    assert (alone.n, alone.estimate) == (beside.n, beside.estimate)


def test_by_order_every_order_counts(engine, orders, rows):
    (cell,) = answer(engine, orders, Query(("order_repurchase",)), OWNER).cells
    over = [(w, d) for w, d, _ in rows if w is not None and d + timedelta(days=90) <= LAST]
    assert cell.n == len(over)
    assert cell.estimate == pytest.approx(np.mean([again(rows, w, d) for w, d in over]))
    assert cell.method == "korn_graubard"


def test_orders_of_one_day_are_one_and_the_window_has_a_last_day(engine, make, column):
    """By hand: a twice a day (no), b on day 90 (yes), c on day 91 (no); d has no whole window."""
    spans = {"a": 0, "b": 90, "c": 91}
    rows = [(who, FIRST, "东店") for who in spans]
    rows += [(who, FIRST + timedelta(days=gap), "东店") for who, gap in spans.items()]
    snapshot = make_orders(make, column, [*rows, ("d", FIRST + timedelta(days=2), "东店")])
    result = answer(engine, snapshot, Query(("repurchase",)), OWNER)
    assert (result.cells[0].n, result.cells[0].estimate) == (3, pytest.approx(1 / 3))
    assert any("3 行的 90 天窗口还没走完" in note.say("zh-CN") for note in result.notes)


def test_an_order_that_cleaning_leaves_out_is_no_repurchase(engine, make, column):
    rows = [(who, FIRST, "东店") for who in "abc"]
    rows += [(who, FIRST + timedelta(days=5), "东店") for who in "ab"]
    legend = [FlagMeaning("exact_duplicate", 1, excludes=True, n_flagged=1)]
    flags = [0, 0, 0, 1, 0, 0]
    snapshot = make_orders(make, column, [*rows, ("d", LAST, "东店")], flags=flags, legend=legend)
    (cell,) = answer(engine, snapshot, Query(("repurchase",)), OWNER).cells
    assert (cell.n, cell.estimate) == (3, pytest.approx(1 / 3))


STATES = ("已完成", "交易成功", None, "部分退款", "申请退款", "delivered")
VOIDS = ("已取消", "用户取消", "退款成功", "已退货", "Canceled", "refunded", "拒收")


@pytest.fixture(scope="module")
def with_states(rows):
    rng = np.random.default_rng(5)
    said = [VOIDS[rng.integers(len(VOIDS))] if rng.random() < 0.3 else
            STATES[rng.integers(len(STATES))] for _ in rows]  # fmt: skip
    return [*zip(rows, [*said[:-1], None], strict=True)]  # to which day the data reaches


def make_stated(make, column, with_states, role=Role.STATUS, **more):
    """Put what became of each order beside it."""
    plain = make_orders(make, column, [row for row, _ in with_states])
    days = [day for (_, day, _), _ in with_states]
    data = {
        "订单": [f"O{i}" for i in range(len(days))],
        "日期": pa.array([datetime.combine(d, datetime.min.time()) for d in days]),
        "客户": [who for (who, _, _), _ in with_states],
        "门店": [shop for (_, _, shop), _ in with_states],
        "状态": [said for _, said in with_states],
    }
    columns = [*plain.codebook.columns, column("状态", role, **more)]
    return make(pa.table(data), columns, days=days)


def test_cancelled_and_refunded_orders_are_no_orders(engine, make, column, with_states):
    """Neither first nor next: the answer is that of a table without them."""
    snapshot = make_stated(make, column, with_states)
    standing = [row for row, said in with_states if said not in VOIDS]
    without = make_orders(make, column, standing)
    quarter = {"since": date(2025, 7, 1), "until": date(2025, 9, 30)}
    for metric in ("repurchase", "order_repurchase", "churn"):
        for more in ({}, {"by": ("门店",)}, quarter):
            query = Query((metric,), **more)
            found, expected = (answer(engine, one, query, OWNER) for one in (snapshot, without))
            numbers = [[(c.by, c.n, c.estimate) for c in r.cells] for r in (found, expected)]
            assert numbers[0] == numbers[1]
            assert numbers[0][0][1] > 0
            said = " ".join(note.say("zh-CN") for note in found.definition[0].notes)
            assert "“状态”写着取消、退款、退货的单不算下单" in said


def test_where_the_state_is_no_status_all_orders_count(engine, make, column, with_states, orders):
    snapshot = make_stated(make, column, with_states, Role.DIMENSION)
    for metric in ("repurchase", "churn"):
        found, plain = (answer(engine, one, Query((metric,)), OWNER) for one in (snapshot, orders))
        assert found.cells == plain.cells


def test_a_state_in_codes_is_read_by_its_label(engine, make, column, with_states):
    coded = [(row, "9" if said in VOIDS else "1") for row, said in with_states]
    labels = {"1": "已完成", "9": "已取消"}
    by_code, by_word = (
        answer(engine, make_stated(make, column, one, **more), Query(("repurchase",)), OWNER)
        for one, more in ((coded, {"labels": labels}), (with_states, {}))
    )
    assert by_code.cells == by_word.cells


def test_where_groups_share_customers_the_rest_is_not_compared(engine, orders, make, column, rows):
    query = Query(("repurchase",), by=("门店",), compare=Compare(Against.REST))
    for cell in answer(engine, orders, query, OWNER).cells:
        assert cell.comparison.call is None
        assert "好几组" in cell.comparison.note.say("zh-CN")
    apart = [(who, day, "东店" if who and int(who[1:]) % 2 else "西店") for who, day, _ in rows]
    (east, west) = answer(engine, make_orders(make, column, apart), query, OWNER).cells
    assert east.comparison.call is not None
    assert east.comparison.reference == pytest.approx(west.estimate)


def test_churn_is_that_of_a_plain_loop(engine, orders, rows):
    query = Query(("churn",), grain=Grain.QUARTER)
    cells = {cell.by["period"]: cell for cell in answer(engine, orders, query, OWNER).cells}
    seen = 0
    for start in (date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)):
        active = {w for w, d, _ in rows if w and 1 <= (start - d).days <= 30}
        gone = [
            w for w in active if not any(v == w and 0 <= (d - start).days < 90 for v, d, _ in rows)
        ]
        cell = cells[start.isoformat()]
        if (LAST - start).days < 90:
            assert cell.n == 0
            continue
        seen += 1
        assert cell.n == len(active)
        assert cell.estimate == pytest.approx(len(gone) / len(active))
    assert seen == 3
    assert not answer(engine, orders, query, OWNER).definition[0].higher_is_better


def test_churn_of_one_start_and_against_the_quarter_before(engine, orders):
    query = Query(("churn",), since=date(2025, 7, 1), until=date(2025, 9, 30))
    (alone,) = answer(engine, orders, query, OWNER).cells
    compared = Query(("churn",), since=query.since, until=query.until,
                     compare=Compare(Against.PREVIOUS))  # fmt: skip
    (cell,) = answer(engine, orders, compared, OWNER).cells
    grain = answer(engine, orders, Query(("churn",), grain=Grain.QUARTER), OWNER).cells
    by_quarter = {one.by["period"]: one.estimate for one in grain}
    assert alone.estimate == cell.estimate == by_quarter["2025-07-01"]
    assert cell.comparison.reference == pytest.approx(by_quarter["2025-04-01"])


def test_churn_stands_beside_a_metric_of_the_orders_themselves(engine, orders):
    days = {"since": date(2025, 7, 1), "until": date(2025, 9, 30)}
    both = answer(engine, orders, Query(("churn", "repurchase"), **days), OWNER)
    alone = [answer(engine, orders, Query((m,), **days), OWNER) for m in ("churn", "repurchase")]
    assert both.cells == alone[0].cells + alone[1].cells
    assert both.cells[0].n != both.cells[1].n


@pytest.fixture
def contacts(make, column):
    """a comes back on day 7, b on day 8, c about something else, d is transferred, e is open."""
    start = datetime(2026, 3, 1, 9)
    plan = [
        ("a", 0, "发票", "已解决"), ("a", 7, "发票", "已解决"), ("b", 0, "发票", "已解决"),
        ("b", 8, "发票", "已解决"), ("c", 0, "发票", "已解决"), ("c", 1, "退货", "已解决"),
        ("d", 0, "发票", "转接"), ("e", 0, "发票", None), ("f", 30, "发票", "已解决"),
    ]  # fmt: skip
    opened = [start + timedelta(days=day) for _, day, _, _ in plan]
    data = pa.table(
        {
            "开始": pa.array(opened, pa.timestamp("us")),
            "解决": pa.array(
                [t if s else None for t, (_, _, _, s) in zip(opened, plan, strict=True)]
            ),
            "客户": [who for who, _, _, _ in plan],
            "问题": [matter for _, _, matter, _ in plan],
            "状态": [status for _, _, _, status in plan],
        }
    )
    columns = [
        column("开始", Role.TIME),
        column("解决", Role.RESOLVED),
        column("客户", Role.CUSTOMER),
    ]
    columns += [column("问题", Role.TOUCHPOINT), column("状态", Role.STATUS)]
    return make(data, columns, days=[t.date() for t in opened])


def test_one_contact_solves_what_is_not_asked_again_nor_handed_on(engine, contacts):
    """By hand: not a's first, d, e; f's week is not over: 5 of 8."""
    (cell,) = answer(engine, contacts, Query(("first_contact",)), OWNER).cells
    assert (cell.n, cell.estimate) == (8, pytest.approx(5 / 8))


def test_facts_are_those_of_the_whole_table_whatever_the_viewer_sees(engine, orders):
    """Who sees one shop sees that its customers came back, to whichever shop."""
    viewer = Viewer("east", minimum_n=1, rows=(Filter("门店", "=", ("东店",)),))
    (mine,) = answer(engine, orders, Query(("order_repurchase",)), viewer).cells
    by = answer(engine, orders, Query(("order_repurchase",), by=("门店",)), OWNER).cells
    east = next(cell for cell in by if cell.by["门店"] == "东店")
    assert (mine.n, mine.estimate) == (east.n, east.estimate)


def test_a_table_that_is_none_of_orders_is_refused(engine, contacts):
    with pytest.raises(QueryError, match="order"):
        answer(engine, contacts, Query(("repurchase",)), OWNER)


def test_the_rules_of_a_version_say_how_long_the_window_is(engine, orders, rows):
    """The rules of then give the number of then, whatever holds now."""
    now = MetricRules(version=2, windows=Windows(repurchase_days=20))
    query = Query(("order_repurchase",))
    for rules, days in ((HOUSE_RULES, 90), (now, 20), (HOUSE_RULES, 90)):
        found = answer(engine, orders, query, OWNER, rules)
        over = [(w, d) for w, d, _ in rows if w is not None and d + timedelta(days=days) <= LAST]
        share = np.mean([again(rows, w, d, days) for w, d in over])
        assert found.cells[0].estimate == pytest.approx(share)
        assert f"{days} 天" in found.definition[0].formula["zh-CN"]
        assert "_days}" not in str(found.to_json())


@pytest.mark.parametrize("metric", ["churn", "first_contact", "conversion"])
def test_no_word_of_a_metric_keeps_a_place_for_days(metric):
    found = metric_catalogue()[metric]
    words = [*found.formula.values(), *found.meaning.values(), *(found.window or {}).values()]
    assert not any("{" in HOUSE_WINDOWS.fill(one) for one in words)
    assert any("_days}" in one for one in words)
