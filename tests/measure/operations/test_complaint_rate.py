"""Complaints of a period over the orders placed in it, against plain loops and a simulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from complaint_cases import ASK, OWNER, at, nearest, rate, under
from same_answers import assert_same

from huiyin.codebook.contracts import Role
from huiyin.core.absence import Reason
from huiyin.measure.contracts import (
    Against,
    Call,
    Compare,
    Filter,
    Grain,
    Query,
    Unit,
    Viewer,
    Weighting,
)
from huiyin.measure.cubes.coded import Coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset
from huiyin.measure.hiding.protection import is_hidden
from huiyin.measure.operations import complaint_rows
from huiyin.measure.run import CorridorOverSnapshot, answer
from huiyin.measure.task import prepare

SHOPS = ("甲店", "乙店", "丙店")


def drawn(seed, n=400, customers=60, told=200):
    """Draw orders and tickets of 300 days."""
    rng = np.random.default_rng(seed)
    bought = [(f"C{rng.integers(customers)}", at(int(rng.integers(300)), int(rng.integers(24))),
               SHOPS[int(rng.integers(3))]) for _ in range(n)]  # fmt: skip
    made = [(f"C{rng.integers(customers + 5)}", at(int(rng.integers(300)), 12),
             str(rng.choice(["投诉", "咨询"])), str(rng.choice(["x", "y"])), "")
            for _ in range(told)]  # fmt: skip
    return bought, made


def test_complaints_go_by_their_own_day_and_orders_by_theirs(engine, shops, tickets):
    """By hand: January has 3 orders and 1 complaint, February 2 orders and 3 of January's."""
    bought = [("a", at(1), "甲店"), ("b", at(2), "甲店"), ("c", at(3), "乙店"),
              ("d", at(40), "甲店"), ("e", at(57), "乙店")]  # fmt: skip
    told = [("a", at(5), "投诉", "x", ""), ("a", at(36), "投诉", "x", ""),
            ("b", at(40), "投诉", "x", ""), ("c", at(41), "投诉", "x", ""),
            ("q", at(41), "投诉", "x", "")]  # fmt: skip
    rules, snapshot = under(tickets([*ASK, *told])), shops(bought)
    found = rate(engine, snapshot, rules, grain=Grain.MONTH)
    assert [(c.n, c.estimate) for c in found.cells] == [(3, pytest.approx(1 / 3)), (2, 1.5)]
    assert found.cells[1].high > 1.5 > found.cells[1].low > 0
    assert found.cells[0].unit is Unit.SHARE
    whole = rate(engine, snapshot, rules)
    assert (whole.cells[0].n, whole.cells[0].estimate) == (5, pytest.approx(4 / 5))
    assert any("80%" in note["en"] for note in whole.notes), whole.notes
    window = rate(engine, snapshot, rules, since=date(2025, 2, 1), until=date(2025, 2, 28))
    assert window.cells[0].estimate == 1.5
    assert "投诉日" in found.definition[0].formula["zh-CN"]
    assert not found.definition[0].higher_is_better


def test_all_complaints_by_those_who_order_count_however_long_ago(engine, shops, tickets):
    """A period's complaints are no fewer for being late, or before the first order kept here."""
    bought = [("a", at(1), "甲店"), ("b", at(200), "乙店"), ("c", at(300), "乙店")]
    told = [("a", at(250), "投诉", "x", ""), ("b", at(150), "投诉", "x", ""),
            ("q", at(160), "投诉", "x", "")]  # fmt: skip
    rules, snapshot = under(tickets([*ASK, *told])), shops(bought)
    (whole,) = rate(engine, snapshot, rules).cells
    assert (whole.n, whole.estimate) == (3, pytest.approx(2 / 3))
    by = {
        c.by["店"]: c.n * (c.estimate or 0) for c in rate(engine, snapshot, rules, by=("店",)).cells
    }
    assert by["乙店"] == pytest.approx(1)  # of b, before the first order; that of a goes with 甲店


def test_answers_about_orders_have_the_complaints_soon_after_them(engine, make, column, tickets):
    """Who was asked once has not all complaints of years over one answer."""
    columns = [column("订单", Role.ORDER), column("下单", Role.TIME), column("客户", Role.CUSTOMER)]
    columns.append(column("满意度", Role.OVERALL, scale=(1, 5)))
    days = [at(1), at(1), at(300)]
    data = {"订单": ["O1", "O2", "O3"], "客户": ["a", "b", "c"], "满意度": [5, 4, 3],
            "下单": pa.array(days, pa.timestamp("us"))}  # fmt: skip
    snapshot = make(pa.table(data), columns, days=[one.date() for one in days])
    told = [("a", at(50), "投诉", "x", ""), ("b", at(250), "投诉", "x", "")]
    (cell,) = rate(engine, snapshot, under(tickets([*ASK, *told]))).cells
    assert (cell.n, cell.estimate) == (3, pytest.approx(1 / 3))


@pytest.mark.parametrize("seed", range(4))
def test_it_is_that_of_a_plain_loop_in_every_month_and_shop(engine, shops, tickets, seed):
    bought, told = drawn(seed)
    found = rate(
        engine, shops(bought), under(tickets([*ASK, *told])), by=("店",), grain=Grain.MONTH
    )
    last = max(when.date() for _, when, _ in bought)
    pairs = [(bought[i][2], day) for i, day in nearest([one[:2] for one in bought], told)
             if day <= last]  # fmt: skip
    assert len(found.cells) == 30
    for cell in found.cells:
        month = date.fromisoformat(cell.by["period"]).timetuple()[:2]
        n = sum(shop == cell.by["店"] and (w.year, w.month) == month for _, w, shop in bought)
        hits = sum(shop == cell.by["店"] and (d.year, d.month) == month for shop, d in pairs)
        assert cell.n == n
        assert cell.estimate == pytest.approx(hits / n)


def test_where_nothing_was_ordered_there_is_no_rate_and_it_says_why(engine, shops, tickets):
    bought = [
        ("a", at(1), "甲店"),
        ("b", at(1), "乙店"),
        ("b", at(70), "乙店"),
        ("c", at(71), "乙店"),
    ]
    told = [("a", at(40), "投诉", "x", "")]
    found = rate(
        engine, shops(bought), under(tickets([*ASK, *told])), by=("店",), grain=Grain.MONTH
    )
    cells = {(c.by["店"], c.by["period"][:7]): c for c in found.cells}
    assert cells["甲店", "2025-02"].not_estimable.reason is Reason.NO_ORDERS
    assert cells["乙店", "2025-02"].not_estimable.reason is Reason.NO_ORDERS
    assert cells["甲店", "2025-02"].n == 0
    assert cells["甲店", "2025-01"].not_estimable.reason is Reason.ONE_ANSWER


def test_days_that_one_side_does_not_know_are_left_out(engine, shops, tickets):
    """Orders before the first ticket, and complaints after the last order, are in no rate."""
    bought = [
        ("a", at(-3), "甲店"),
        ("a", at(5), "甲店"),
        ("b", at(7), "甲店"),
        ("b", at(401), "甲店"),
    ]
    told = [("a", at(1), "投诉", "x", ""), ("b", at(390), "投诉", "y", "")]
    found = rate(engine, shops(bought), under(tickets([*ASK, *told])))
    assert (found.cells[0].n, found.cells[0].estimate) == (2, 1.0)
    assert "2 行" in str(found.to_json()["notes"])
    short = rate(engine, shops(bought[:3]), under(tickets([*ASK, ("b", at(9), "投诉", "x", "")])))
    assert short.cells[0].estimate == 0
    assert "0%" in str(short.notes)


def test_an_order_of_several_rows_has_its_complaint_once(engine, make, column, tickets):
    columns = [column("订单", Role.ORDER), column("下单", Role.TIME), column("客户", Role.CUSTOMER)]
    days = [at(1), at(1), at(9), at(20)]
    data = {"订单": ["O1", "O1", "O2", "O3"], "客户": ["a", "a", "b", "c"],
            "下单": pa.array(days, pa.timestamp("us"))}  # fmt: skip
    snapshot = make(pa.table(data), columns, days=[one.date() for one in days])
    told = [("O1", at(3), "投诉", "x", ""), ("O1", at(4), "投诉", "y", "")]
    source = tickets([*ASK, *told], "订单号", Role.ORDER, mine="订单")
    (cell,) = rate(engine, snapshot, under(source)).cells
    assert (cell.n, cell.estimate) == (4, pytest.approx(2 / 4))


def test_filters_row_rules_and_groups_go_by_the_order_of_the_complaint(engine, shops, tickets):
    bought, told = drawn(7)
    rules, snapshot = under(tickets([*ASK, *told])), shops(bought)
    by = {c.by["店"]: c for c in rate(engine, snapshot, rules, by=("店",)).cells}
    for shop in SHOPS:
        one = Filter("店", "=", (shop,))
        filtered = rate(engine, snapshot, rules, where=(one,)).cells[0]
        viewer = Viewer("v", rows=(one,), minimum_n=1)
        ruled = answer(engine, snapshot, Query(("complaint_rate",)), viewer, rules).cells[0]
        assert by[shop].estimate == filtered.estimate == ruled.estimate
    (whole,) = rate(engine, snapshot, rules).cells
    shares = sum(c.n * c.estimate for c in by.values()) / sum(c.n for c in by.values())
    assert whole.estimate == pytest.approx(shares)


def test_small_groups_are_hidden_by_the_customers_who_ordered(engine, shops, tickets):
    bought, told = drawn(3, customers=200)
    bought += [("z1", at(5), "小店"), ("z2", at(6), "小店")]
    told += [("z1", at(7), "投诉", "x", "")]
    snapshot, rules = shops(bought), under(tickets([*ASK, *told]))
    found = answer(engine, snapshot, Query(("complaint_rate",), by=("店",)), Viewer("v"), rules)
    cells = {c.by["店"]: c for c in found.cells}
    assert cells["小店"].not_estimable.reason is Reason.SUPPRESSED
    assert cells["小店"].n == 0
    assert sum(c.not_estimable is not None for c in found.cells) == 2  # none by subtraction


ASKINGS = [
    {},
    {"by": ("店",)},
    {"by": ("店",), "compare": Compare(Against.REST)},
    {"grain": Grain.MONTH, "compare": Compare(Against.PREVIOUS)},
    {"by": ("店",), "grain": Grain.QUARTER, "subtotals": True, "column_totals": True},
    {
        "since": date(2025, 3, 1),
        "until": date(2025, 5, 31),
        "where": (Filter("店", "!=", (SHOPS[0],)),),
    },
    {"cluster": "店", "by": ("店",)},
]


RULED = Viewer("w", rows=(Filter("店", "!=", ("甲店",)),), minimum_n=20)


@pytest.mark.parametrize(("viewer", "customers"), [(OWNER, 60), (RULED, 60), (OWNER, 9000)])
def test_a_cube_gives_the_numbers_that_rows_give(engine, shops, tickets, viewer, customers):
    """Of customers who order again and again, and of such as order once: rows are then alone."""
    bought, told = drawn(11, customers=customers)
    told += [(bought[i][0], bought[i][1], "投诉", "z", "") for i in range(0, 40, 7)]
    rules, snapshot = under(tickets([*ASK, *told])), shops(bought)
    plain = CorridorOverSnapshot(engine, snapshot, viewer).under(rules)
    cube = Cube()
    cubed = plain.with_cube(cube)
    for asking in ASKINGS:
        query = Query(("complaint_rate",), **asking)
        assert_same(plain.answer(query), cubed.answer(query))
        task = prepare(Dataset(engine, snapshot, cube=cube), query, viewer, rules)
        assert task.drawn.source is not None  # it was the cube
        assert task.drawn.design.clustered == (customers == 60 or "cluster" in asking)


def test_another_process_reads_no_row_again(engine, shops, tickets, tmp_path):
    """What the rows and the tickets tell is kept beside the coded columns."""
    bought, told = drawn(3)
    source, snapshot = tickets([*ASK, *told]), shops(bought)
    plain = CorridorOverSnapshot(engine, snapshot, Viewer("v")).under(under(source))
    query = Query(("complaint_rate",), by=("店",), grain=Grain.MONTH)
    first = plain.with_cube(Cube(tmp_path / "cube")).answer(query)
    for file in (*snapshot.files, *source.snapshot.files):
        file.unlink()
    assert_same(first, plain.with_cube(Cube(tmp_path / "cube")).answer(query))


def test_weights_weigh_orders_and_complaints_alike(engine, shops, tickets):
    bought, told = drawn(5)
    rules, snapshot = under(tickets([*ASK, *told])), shops(bought)
    (cell,) = rate(engine, snapshot, rules, weighting=Weighting("权重")).cells
    last = max(when.date() for _, when, _ in bought)
    pairs = [(i, day) for i, day in nearest([one[:2] for one in bought], told) if day <= last]
    weights = [1.0 + i % 3 for i in range(len(bought))]
    assert cell.estimate == pytest.approx(sum(weights[i] for i, _ in pairs) / sum(weights))


@pytest.mark.parametrize("viewer", [OWNER, Viewer("staff", minimum_n=40)])
@pytest.mark.parametrize("coded", [False, True])
def test_it_stands_beside_metrics_of_other_rows_each_with_its_own_n(
    engine, shops, tickets, tmp_path, viewer, coded
):
    """Asked in one question each metric says what it says alone; comparisons are one family."""
    bought, told = drawn(1)
    rules, metrics = under(tickets([*ASK, *told])), ("complaint_rate", "repurchase", "churn")
    snapshot = shops(bought)
    cube = Cube(tmp_path / "cube") if coded else None
    corridor = CorridorOverSnapshot(engine, snapshot, viewer).with_cube(cube).under(rules)
    query = Query(metrics, by=("店",), compare=Compare(Against.REST), subtotals=True)
    found = corridor.answer(query)
    assert [one.metric for one in found.definition] == list(metrics)
    assert found.query.metrics == metrics
    alone = {m: corridor.answer(replace(query, metrics=(m,))) for m in metrics}
    assert {cell.n for cell in alone["complaint_rate"].cells} != {
        cell.n for cell in alone["repurchase"].cells
    }
    families = 0
    for metric, one in alone.items():
        own = [cell for cell in found.cells if cell.metric == metric]
        assert [_without_family(cell) for cell in own] == [_without_family(c) for c in one.cells]
        families += max((c.comparison.family for c in one.cells if c.comparison), default=0)
        assert {n for n in one.notes if "cells" not in n.say("en")} <= set(found.notes)
    assert {c.comparison.family for c in found.cells if c.comparison} == {families}
    places = [(len(cell.by), metrics.index(cell.metric)) for cell in found.cells]
    assert places == sorted(places, key=lambda place: (-place[0], place[1]))
    hidden = sum(1 for cell in found.cells if is_hidden(cell))
    told_hidden = [n.say("en") for n in found.notes if "cells of too few" in n.say("en")]
    assert told_hidden == ([f"{hidden} cells of too few customers are not shown"] if hidden else [])


def _without_family(cell):
    """Leave out what hangs on how many comparisons are made together."""
    if cell.comparison is None:
        return cell
    gap = replace(cell.comparison, family=0, q=None, call=None, n_more=None)
    return replace(cell, comparison=gap)


def test_a_rise_of_complaints_is_called_real(engine, shops, tickets):
    rng = np.random.default_rng(2)
    bought = [(f"C{i % 900}", at(i % 60), "甲店") for i in range(3000)]
    told = [(f"C{i}", at(int(rng.integers(31, 60))), "投诉", "x", "") for i in range(0, 900, 4)]
    found = rate(engine, shops(bought), under(tickets([*ASK, *told])), grain=Grain.MONTH,
                 compare=Compare(Against.PREVIOUS))  # fmt: skip
    second = found.cells[1]
    assert second.comparison.call is Call.REAL
    assert second.comparison.difference > 0.1


def test_orders_and_complaints_stand_in_their_order_once_for_all_processes(
    engine, shops, tickets, tmp_path, monkeypatch
):
    """What the worker coded holds them: a process that starts later sorts none."""
    bought, made = drawn(7)
    rules, snapshot = under(tickets([*ASK, *made])), shops(bought)
    code_columns(Dataset(engine, snapshot, cube=Cube(tmp_path / "cube")), rules)

    def sorted_again(*_parts):
        pytest.fail("orders and complaints were put in order again")

    monkeypatch.setattr(complaint_rows, "_picks", sorted_again)
    of_rows = CorridorOverSnapshot(engine, snapshot, OWNER).under(rules)
    of_cube, n_taken = of_rows.with_cube(Cube(tmp_path / "cube")), []
    taken = Coded.taken
    monkeypatch.setattr(Coded, "taken", lambda *one: n_taken.append(1) or taken(*one))
    counts = []
    for grain in (None, Grain.MONTH, Grain.QUARTER):
        query = Query(("complaint_rate",), by=("店",), grain=grain)
        assert_same(of_cube.answer(query).to_json(), of_rows.answer(query).to_json())
        counts.append(len(n_taken))
    assert len(set(counts)) == 1  # the next questions have the columns of the first
