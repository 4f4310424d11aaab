"""Complaints of one dataset over the orders or customers of another, against plain loops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from complaint_cases import ASK, OWNER, at, met, rate, under

from huiyin.codebook.contracts import Role
from huiyin.core.absence import Reason
from huiyin.measure.catalogue import find_metric
from huiyin.measure.complaint_sources import ComplaintSource, holds_complaints
from huiyin.measure.contracts import AmbiguousMetricError, Grain, Query, QueryError
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset
from huiyin.measure.metric import HOUSE_RULES
from huiyin.measure.operations import complaint_rows, complaint_tickets
from huiyin.measure.rule_windows import Windows
from huiyin.measure.run import CorridorOverSnapshot

COHORT = "complained_orders"


def test_a_complaint_belongs_to_the_customers_last_order_before_it(engine, orders, tickets):
    """By hand: a's second order of two; b's is too old; c's of the very day; d only asks."""
    bought = [("a", at(1)), ("a", at(20)), ("b", at(1)), ("c", at(30, 20)), ("d", at(5)),
              ("e", at(6)), ("e", at(6, 12))]  # fmt: skip
    told = [("a", at(25), "投诉", "x", ""), ("b", at(92), "投诉", "x", ""),
            ("c", at(30), "产品投诉", "x", ""), ("d", at(6), "咨询", "x", ""),
            ("e", at(8), "投诉", "x", ""), ("q", at(8), "投诉", "x", "")]  # fmt: skip
    found = rate(engine, orders(bought), under(tickets([*ASK, *told])), COHORT)
    assert (found.cells[0].n, found.cells[0].estimate) == (7, pytest.approx(3 / 7))
    assert found.cells[0].low < 3 / 7 < found.cells[0].high
    assert not found.definition[0].higher_is_better
    assert "工单" in found.definition[0].formula["zh-CN"]
    assert any("版本 3" in note["zh-CN"] for note in found.definition[0].notes)


def test_withdrawn_ones_and_repeats_do_not_count(engine, orders, tickets):
    """B's repeat would fall on a new order; d's comes after the window, e's is another matter."""
    bought = [(who, at(day)) for who in "abde" for day in (1, 20)]
    told = [("a", at(2), "投诉", "x", "已撤回"), ("b", at(2), "投诉", "x", ""),
            ("b", at(21), "投诉", "x", ""), ("d", at(2), "投诉", "x", ""),
            ("d", at(40), "投诉", "x", ""), ("e", at(2), "投诉", "x", ""),
            ("e", at(21), "投诉", "y", ""), ("a", at(21), "非投诉", "x", "")]  # fmt: skip
    source = tickets([*ASK, *told])
    assert rate(engine, orders(bought), under(source), COHORT).cells[0].estimate == pytest.approx(
        5 / 8
    )
    short = under(source, windows=Windows(complaint_repeat_days=5))
    assert rate(engine, orders(bought), short, COHORT).cells[0].estimate == pytest.approx(6 / 8)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("未解决投诉", True), ("不满投诉", True), ("非投诉", False), ("无投诉", False),
     ("咨询（非投诉）", False), ("Complaint, not solved", True), ("non-complaint", False),
     ("no complaint", False)],
)  # fmt: skip
def test_only_what_denies_the_complaint_itself_is_none(engine, orders, tickets, kind, counts):
    source = tickets([*ASK, ("a", at(2), kind, "x", "")])
    found = rate(engine, orders([("a", at(1)), ("b", at(3))]), under(source))
    assert found.cells[0].estimate == (0.5 if counts else 0)


def test_orders_outside_the_days_of_the_tickets_are_left_out_and_counted(engine, orders, tickets):
    bought = [("a", at(-3)), ("a", at(5)), ("b", at(7)), ("c", at(401))]
    found = rate(engine, orders(bought), under(tickets([*ASK, ("a", at(6), "投诉", "x", "")])))
    assert (found.cells[0].n, found.cells[0].estimate) == (2, 0.5)
    assert "2 行" in str(found.to_json()["notes"])


def test_an_order_number_on_the_ticket_decides(engine, orders, tickets):
    bought = [("a", at(1)), ("a", at(20)), ("b", at(3))]
    told = [("O0", at(25), "投诉", "x", ""), ("O9", at(25), "投诉", "x", "")]
    source = tickets([*ASK, *told], "订单号", Role.ORDER, mine="订单")
    assert rate(engine, orders(bought), under(source), COHORT).cells[0].estimate == pytest.approx(
        1 / 3
    )


def test_without_orders_customers_are_counted_once(engine, make, column, tickets):
    days = [at(1), at(2), at(50), at(3), at(395)]
    data = pa.table({"客户": ["a", "a", "b", "c", "d"], "日期": pa.array(days, pa.timestamp("us"))})
    columns = [column("客户", Role.CUSTOMER), column("日期", Role.TIME)]
    answers = make(data, columns, days=[one.date() for one in days])
    told = [("a", at(60), "投诉", "x", ""), ("b", at(20), "投诉", "x", "")]
    found = rate(engine, answers, under(tickets([*ASK, *told])))
    assert (found.cells[0].n, found.cells[0].estimate) == (3, pytest.approx(1 / 3))
    assert "客户" in found.cells[0].label["zh-CN"]


def test_it_is_that_of_a_plain_loop_in_every_month(engine, orders, tickets):
    rng = np.random.default_rng(4)
    bought = [(f"C{rng.integers(60)}", at(int(rng.integers(0, 400)), int(rng.integers(24))))
              for _ in range(500)]  # fmt: skip
    told = [(f"C{rng.integers(70)}", at(int(rng.integers(0, 400)), int(rng.integers(24))),
             str(rng.choice(["投诉", "咨询"])), str(rng.choice(["x", "y"])), "")
            for _ in range(300)]  # fmt: skip
    found = rate(engine, orders(bought), under(tickets([*ASK, *told])), COHORT, grain=Grain.MONTH)
    hit = {i for i, _ in met(bought, told)}
    for cell in found.cells:
        month = date.fromisoformat(cell.by["period"])
        mine = [i for i, (_, w) in enumerate(bought) if (w.year, w.month) == month.timetuple()[:2]]
        assert cell.n == len(mine)
        assert cell.estimate == pytest.approx(np.mean([i in hit for i in mine]))


@pytest.mark.parametrize("metric", ["complaint_rate", COHORT])
def test_with_nothing_linked_it_is_not_estimable_and_says_why(engine, orders, metric):
    (cell,) = rate(engine, orders([("a", at(1))] * 3), HOUSE_RULES, metric).cells
    assert cell.estimate is None
    assert cell.not_estimable.reason is Reason.NOT_LINKED


def test_keys_that_never_meet_are_refused(engine, orders, tickets):
    source = tickets([*ASK, ("X9", at(6), "投诉", "x", "")])
    with pytest.raises(QueryError, match="no complaint of “工单” meets"):
        rate(engine, orders([("a", at(1))]), under(source))


def test_of_several_one_must_be_named_and_the_linked_one_goes_first(engine, orders, tickets):
    told = tickets([*ASK, ("a", at(6), "投诉", "x", "")])
    other = ComplaintSource("t2", "热线", 1, told.snapshot, "客户", "客户", by_order=False)
    bought = orders([("a", at(1)), ("b", at(9))])
    with pytest.raises(AmbiguousMetricError, match="complaint_rate:热线"):
        rate(engine, bought, under(told, other))
    assert rate(engine, bought, under(told, other), "complaint_rate:热线").cells[0].estimate == 0.5
    linked = ComplaintSource("t2", "热线", 1, told.snapshot, "客户", "客户", False, linked=True)
    assert rate(engine, bought, under(told, linked)).cells[0].estimate == 0.5
    with pytest.raises(QueryError, match="nor linked complaints"):
        rate(engine, bought, under(told), "complaint_rate:没有的")


@pytest.mark.parametrize("metric", ["complaint_rate", COHORT])
def test_no_complaint_at_all_is_a_rate_of_zero_with_an_interval(engine, orders, tickets, metric):
    (cell,) = rate(
        engine, orders([(f"c{i}", at(2)) for i in range(50)]), under(tickets(ASK)), metric
    ).cells
    assert cell.estimate == 0
    assert cell.low == 0 < cell.high < 0.15


def test_tickets_are_known_by_their_columns_or_by_their_name(tickets, orders):
    book = tickets(ASK).snapshot.codebook
    assert holds_complaints("工单", book)
    assert not holds_complaints("订单", orders([("a", at(1))]).codebook)
    assert holds_complaints("客户投诉", orders([("a", at(1))]).codebook)


def test_the_name_of_the_tickets_may_hold_braces(engine, orders, tickets):
    name = "投诉{2024}{n}{complaint_order_days}"
    source = replace(tickets([("a", at(3), "投诉", "x", ""), *ASK]), name=name)
    found = rate(engine, orders([("a", at(2)), ("b", at(-5))]), under(source))
    said = [note["zh-CN"] for note in (*found.definition[0].notes, *found.notes)]
    assert sum(f"“{name}”" in one for one in said) == 3, said
    assert f"“{name}”" in found.definition[0].formula["en"]


def test_columns_are_coded_ahead_where_several_datasets_hold_complaints(engine, orders, tickets):
    first = tickets([*ASK, ("a", at(25), "投诉", "x", "")])
    second = tickets([*ASK, ("b", at(3), "投诉", "x", "")])
    rules = under(first, replace(second, dataset_id="t2", name="回访"))
    snapshot, cube = orders([("a", at(1)), ("b", at(2)), ("b", at(30))]), Cube()
    code_columns(Dataset(engine, snapshot, cube=cube), rules)
    corridor = CorridorOverSnapshot(engine, snapshot, OWNER).with_cube(cube).under(rules)
    for metric in ("complaint_rate:工单", "complaint_rate:回访", f"{COHORT}:工单"):
        (fact,) = find_metric(metric, snapshot.codebook, Query((metric,)), rules).reading.facts
        assert cube.column(f"{fact.name}\n{fact.name}") is not None
        assert corridor.answer(Query((metric,))).cells[0].estimate == pytest.approx(1 / 3)


def test_what_is_told_of_complaints_is_found_while_columns_are_coded(
    engine, orders, tickets, tmp_path, monkeypatch
):
    far, never = ("b", at(80), "投诉", "y", ""), ("zz", at(9), "投诉", "z", "")
    rules = under(tickets([*ASK, ("a", at(25), "投诉", "x", ""), far, never]))
    snapshot = orders([("a", at(1)), ("b", at(2)), ("b", at(30))])
    by_rows = CorridorOverSnapshot(engine, snapshot, OWNER).under(rules)
    asked = Query(("complaint_rate",))
    expected = by_rows.answer(asked).notes
    assert any("投诉有 33%" in note["zh-CN"] for note in expected), expected
    code_columns(Dataset(engine, snapshot, cube=Cube(tmp_path)), rules)

    def read_again(*_):
        raise AssertionError("the tickets are read again")

    for module in (complaint_rows, complaint_tickets):
        monkeypatch.setattr(module, "complaints_of", read_again)
    another = CorridorOverSnapshot(engine, snapshot, OWNER).with_cube(Cube(tmp_path)).under(rules)
    assert another.answer(asked).notes == expected


def test_two_datasets_of_one_name_do_not_stop_the_coding(engine, orders, tickets):
    told = tickets([*ASK, ("a", at(25), "投诉", "x", "")])
    cube = Cube()
    dataset = Dataset(engine, orders([("a", at(1)), ("b", at(2))]), cube=cube)
    code_columns(dataset, under(told, replace(told, dataset_id="t2")))
    assert cube.n_rows == 2


def test_a_survey_about_tickets_is_not_taken_for_the_tickets(engine, orders, tickets, make, column):
    told = tickets([*ASK, ("a", at(6), "投诉", "x", "")])
    names = [("工单", Role.TICKET), ("客户", Role.CUSTOMER), ("回访", Role.TIME)]
    data = {
        "工单": ["T1"],
        "客户": ["a"],
        "回访": pa.array([at(8)], pa.timestamp("us")),
        "类别": ["投诉"],
    }
    columns = [column(*one) for one in [*names, ("类别", Role.DIMENSION)]]
    snapshot = make(pa.table(data), columns, days=[at(8).date()])
    survey = replace(told, dataset_id="t2", name="回访", snapshot=snapshot)
    bought = orders([("a", at(1)), ("b", at(9))])
    assert rate(engine, bought, under(survey, told)).cells[0].estimate == 0.5
    (only,) = rate(engine, bought, under(survey), COHORT).definition
    assert "回访" in only.formula["zh-CN"]
