"""Durations along the corridor, against tables by hand and plain loops."""

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import (
    Against,
    Call,
    Compare,
    Grain,
    Query,
    QueryError,
    Viewer,
    Weighting,
)
from huiyin.measure.operations.clocks import Timing, timing_of
from huiyin.measure.operations.working_time import HOUSE_HOURS, WorkingHours, working_seconds
from huiyin.measure.run import answer
from huiyin.stats.durations import clock_quantile

OWNER = Viewer.owner()
HOUR = 3600.0


def make_tickets(make, column, opened, replied, solved=None, **groups):
    times = {"创建": opened, "首响": replied, "解决": solved or replied}
    data = {name: pa.array(them, pa.timestamp("us")) for name, them in times.items()}
    columns = [column("创建", Role.TIME), column("首响", Role.FIRST_RESPONSE)]
    columns += [column("解决", Role.RESOLVED)]
    columns += [
        column(name, Role.CUSTOMER if name == "客户" else Role.DIMENSION) for name in groups
    ]
    return make(pa.table(data | groups), columns, days=[t.date() for t in opened])


@pytest.fixture(scope="module")
def drawn():
    """Three hundred tickets of March 2026 in two kinds, a fifth still open."""
    rng = np.random.default_rng(8)
    opened = [datetime(2026, 3, 2) + timedelta(seconds=int(s)) for s in rng.integers(0, 2e6, 300)]
    slow = rng.random(300) < 0.5
    gaps = rng.exponential(np.where(slow, 40_000, 8_000))
    replied = [
        None if rng.random() < 0.2 else t + timedelta(seconds=int(g))
        for t, g in zip(opened, gaps, strict=True)
    ]
    kinds = ["慢" if one else "快" for one in slow]
    return opened, replied, kinds, [f"C{i}" for i in rng.integers(0, 120, 300)]


@pytest.fixture
def tickets(make, column, drawn):
    opened, replied, kinds, _ = drawn
    return make_tickets(make, column, opened, replied, 类别=kinds)


def clocks_of(drawn, kind=None):
    opened, replied, kinds, _ = drawn
    until = max(t for t in (*opened, *replied) if t)
    rows = [
        ((r or until) - o, r is not None)
        for o, r, k in zip(opened, replied, kinds, strict=True)
        if kind in {None, k}
    ]
    return [gap.total_seconds() for gap, _ in rows], [ended for _, ended in rows]


@pytest.mark.parametrize(
    ("metric", "share"), [("resolution_time", 0.5), ("first_response_p90:natural", 0.9)]
)
def test_quantiles_count_open_clocks(engine, tickets, drawn, metric, share):
    for cell in answer(engine, tickets, Query((metric,), by=("类别",)), OWNER).cells:
        expected = clock_quantile(*clocks_of(drawn, cell.by["类别"]), share)
        if cell.estimate is None:
            assert cell.not_estimable.reason == "still_running"
            assert not np.isfinite([expected.estimate, expected.high]).all()
            continue
        assert (cell.estimate, cell.low, cell.high) == (
            expected.estimate, expected.low, expected.high,
        )  # fmt: skip
        assert cell.method == "kaplan_meier"
        assert cell.unit == "seconds"


def test_solved_ones_alone_would_look_faster(engine, tickets, drawn):
    (cell,) = answer(engine, tickets, Query(("resolution_time",)), OWNER).cells
    shown, ended = clocks_of(drawn)
    assert cell.estimate > np.median(np.array(shown)[ended])


def test_without_open_ones_it_is_the_median_with_order_statistics(engine, make, column):
    opened = [datetime(2026, 3, 2, 9)] * 11
    replied = [t + timedelta(minutes=i + 1) for i, t in enumerate(opened)]
    snapshot = make_tickets(make, column, opened, replied)
    (cell,) = answer(engine, snapshot, Query(("first_response",)), OWNER).cells
    assert (cell.estimate, cell.low, cell.high) == (360.0, 120.0, 600.0)
    assert (cell.method, cell.n, cell.flags) == ("order_statistics", 11, ("small_sample",))


def test_groups_are_compared_with_the_rest_and_with_each_other(engine, tickets, drawn):
    for compare in (Compare(Against.REST), Compare(Against.GROUP, "类别", "慢")):
        query = Query(("resolution_time",), by=("类别",), compare=compare)
        cells = {cell.by["类别"]: cell for cell in answer(engine, tickets, query, OWNER).cells}
        fast = cells["快"].comparison
        mine, theirs = (clock_quantile(*clocks_of(drawn, kind), 0.5) for kind in ("快", "慢"))
        assert fast.reference == theirs.estimate
        assert fast.difference == mine.estimate - theirs.estimate
        assert fast.call is Call.REAL
        assert fast.delta == pytest.approx(0.1 * theirs.estimate)
        error = np.hypot(mine.standard_error, theirs.standard_error)
        assert (fast.high - fast.low) / 2 == pytest.approx(1.959964 * error, rel=1e-6)


def test_customers_who_come_again_widen_the_interval(engine, make, column, drawn):
    opened, replied, kinds, customers = drawn
    snapshot = make_tickets(make, column, opened, replied, 类别=kinds, 客户=customers)
    query = Query(("resolution_time",), by=("类别",), compare=Compare(Against.REST))
    for cell in answer(engine, snapshot, query, OWNER).cells:
        assert cell.method == "kaplan_meier, clustered"
        picked = [k == cell.by["类别"] for k in kinds]
        codes = np.unique(customers, return_inverse=True)[1][picked]
        expected = clock_quantile(
            *clocks_of(drawn, cell.by["类别"]), 0.5, clusters=codes, n_clusters=len(set(customers))
        )
        assert (cell.low, cell.high) == pytest.approx((expected.low, expected.high))
        assert cell.n_customers == len(set(codes))
        assert cell.comparison.call is not None


def test_groups_of_the_same_customers_are_compared_with_their_covariance(engine, make, column):
    """Each customer is about as slow in both kinds: the difference is surer than either median."""
    rng = np.random.default_rng(9)
    pace = rng.exponential(20_000, 150)
    gaps = np.concatenate([pace, pace * rng.uniform(0.9, 1.1, 150)])
    opened = [datetime(2026, 3, 2)] * 300
    replied = [opened[0] + timedelta(seconds=int(gap)) for gap in gaps]
    customers = [f"C{i}" for i in range(150)] * 2
    kinds = ["快"] * 150 + ["慢"] * 150
    snapshot = make_tickets(make, column, opened, replied, 类别=kinds, 客户=customers)
    query = Query(("resolution_time",), by=("类别",), compare=Compare(Against.GROUP, "类别", "慢"))
    one, two = answer(engine, snapshot, query, OWNER).cells
    alone = np.hypot(one.standard_error, two.standard_error)
    assert one.comparison.high - one.comparison.low < 0.6 * (2 * 1.976 * alone)


def test_periods_and_their_predecessors(engine, tickets):
    query = Query(("resolution_time",), grain=Grain.WEEK, compare=Compare(Against.PREVIOUS))
    first, second, *_ = answer(engine, tickets, query, OWNER).cells
    assert first.comparison is None
    assert second.comparison.reference == first.estimate


def test_share_in_target_leaves_out_what_is_not_decided(engine, make, column):
    """By hand, one hour: 30 min in, 90 min out, open 2 h out, open 20 min not decided: 1 of 3."""
    end = datetime(2026, 3, 2, 12)
    opened = [end - timedelta(minutes=m) for m in (200, 200, 120, 20, 180)]
    replied = [
        opened[0] + timedelta(minutes=30),
        opened[1] + timedelta(minutes=90),
        None,
        None,
        end,
    ]
    snapshot = make_tickets(make, column, [*opened[:4], end], [*replied[:4], end])
    query = Query(("first_response_within:1h:natural",))
    result = answer(engine, snapshot, query, OWNER)
    assert (result.cells[0].n, result.cells[0].estimate) == (4, 0.5)  # the last took no time
    assert any("1 行还在计时" in note.say("zh-CN") for note in result.notes)
    assert "1 小时内" in result.cells[0].label.say("zh-CN")


def test_an_end_before_the_beginning_is_left_out_and_said(engine, make, column):
    opened = [datetime(2026, 3, 2, 9)] * 4
    replied = [opened[0] + timedelta(minutes=m) for m in (-5, 10, 20, 30)]
    result = answer(
        engine,
        make_tickets(make, column, opened, replied),
        Query(("first_response:natural",)),
        OWNER,
    )
    assert result.cells[0].n == 3
    assert any("1 行的结束早于开始" in note.say("zh-CN") for note in result.notes)


def test_working_time_skips_nights_weekends_and_holidays(engine, make, column):
    """By hand: Friday 5 pm to Monday 10 am is 2 h; over National Day (1 to 7 October) likewise."""
    opened = [datetime(2026, 3, 6, 17), datetime(2026, 9, 30, 17), datetime(2026, 3, 2, 10)]
    replied = [datetime(2026, 3, 9, 10), datetime(2026, 10, 8, 10), datetime(2026, 3, 2, 12)]
    snapshot = make_tickets(make, column, opened * 3, replied * 3)
    (cell,) = answer(engine, snapshot, Query(("first_response",)), OWNER).cells
    assert (cell.estimate, cell.low, cell.high) == (2 * HOUR,) * 3


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30)).map(
    lambda t: t.replace(microsecond=0)
)


@given(moments, moments, moments, st.sampled_from([HOUSE_HOURS, WorkingHours(0, 24, daily=True)]))
def test_working_time_adds_up_and_never_exceeds_natural_time(a, b, c, hours):
    a, b, c = sorted((a, b, c))
    first, second = working_seconds(a, b, hours), working_seconds(b, c, hours)
    assert first + second == pytest.approx(working_seconds(a, c, hours))
    assert 0 <= first <= (b - a).total_seconds()
    if hours.daily:
        assert first == (b - a).total_seconds()


def test_plan_and_plain_function_agree_on_working_time(engine, make, column):
    rng = np.random.default_rng(2)
    opened = [datetime(2026, 1, 1) + timedelta(seconds=int(s)) for s in rng.integers(0, 2e7, 200)]
    replied = [
        t + timedelta(seconds=int(s))
        for t, s in zip(opened, rng.integers(0, 2e6, 200), strict=True)
    ]
    snapshot = make_tickets(make, column, opened, replied)
    (cell,) = answer(engine, snapshot, Query(("first_response:8-20",)), OWNER).cells
    hours = WorkingHours(8, 20)
    worked = [working_seconds(a, b, hours) for a, b in zip(opened, replied, strict=True)]
    assert cell.estimate == pytest.approx(np.median(worked))


def test_what_follows_the_colon_is_read_or_refused():
    usual = Timing(working=True, target=4 * HOUR)
    assert timing_of("", usual) == usual
    assert timing_of("15天:自然", usual) == Timing(working=False, target=15 * 86_400.0)
    assert timing_of("9-21:daily", usual).hours == WorkingHours(9, 21, daily=True)
    for wrong in ("3x", "21-9", "0-25", "h"):
        with pytest.raises(QueryError, match="9-21"):
            timing_of(wrong, usual)
    with pytest.raises(QueryError):
        timing_of("4h", Timing(working=True))
    assert timing_of("p25:natural", Timing(working=True)) == Timing(working=False, share=0.25)
    for wrong in ("p0", "p7", "p100"):
        with pytest.raises(QueryError, match="p95"):
            timing_of(wrong, Timing(working=True))
    with pytest.raises(QueryError):
        timing_of("p50", usual)


@pytest.mark.parametrize("metric", ["resolution_time", "resolution_time_p90"])
def test_another_quantile_of_the_same_clocks_is_asked_for_by_name(engine, tickets, drawn, metric):
    result = answer(engine, tickets, Query((f"{metric}:p25",)), OWNER)
    (cell,), (said,) = result.cells, result.definition
    expected = clock_quantile(*clocks_of(drawn), 0.25)
    assert (cell.estimate, cell.low, cell.high) == (expected.estimate, expected.low, expected.high)
    assert said.label.say("zh") == "解决时长 P25（自然时间）"
    assert said.label.say("en") == "resolution time, P25 (natural time)"
    assert "25%" in said.formula.say("en")


def test_a_low_quantile_that_may_be_the_shortest_is_not_told(engine, make, column):
    opened = [datetime(2026, 3, 2, 9)] * 11
    replied = [t + timedelta(minutes=i + 1) for i, t in enumerate(opened)]
    snapshot = make_tickets(make, column, opened, replied)
    metrics = ("first_response:p10", "first_response:p50")
    low, middle = answer(engine, snapshot, Query(metrics), OWNER).cells
    assert low.not_estimable.reason == "too_few_rows"
    assert middle.estimate == 360.0


def test_durations_are_neither_weighted_nor_taken_apart(engine, make, column, drawn):
    opened, replied, _, _ = drawn
    snapshot = make_tickets(make, column, opened, replied, 权重=[1.0] * 300)
    with pytest.raises(QueryError, match="weighted"):
        answer(engine, snapshot, Query(("resolution_time",), weighting=Weighting("权重")), OWNER)


def test_small_groups_are_hidden(engine, tickets):
    viewer = Viewer("lead", minimum_n=200)
    for cell in answer(engine, tickets, Query(("resolution_time",), by=("类别",)), viewer).cells:
        assert cell.not_estimable.reason == "suppressed"
        assert cell.low is None


@pytest.fixture
def deals(make, column):
    """Of 1 January: won after 10 and 100 days, lost after 20, two open; one of June, open."""
    start = datetime(2026, 1, 1)
    ends = [start + timedelta(days=d) if d else None for d in (10, 100, 20, None, None, None)]
    entered = [start] * 5 + [datetime(2026, 6, 1)]
    data = pa.table(
        {
            "进线": pa.array(entered, pa.timestamp("us")),
            "结束": pa.array(ends, pa.timestamp("us")),
            "是否成交": ["是", "是", "否", None, "否", None],
        }
    )
    columns = [column("进线", Role.TIME), column("结束", Role.RESOLVED)]
    columns.append(column("是否成交", Role.DIMENSION))
    return make(data, columns, days=[t.date() for t in entered])


def test_conversion_is_by_entry_within_the_window(engine, deals):
    """By hand: 1 of 5 within 90 days, 2 of 5 within 120; that of June has no whole window."""
    for metric, hits in (("conversion", 1), ("conversion:120d", 2)):
        (cell,) = answer(engine, deals, Query((metric,)), OWNER).cells
        assert (cell.n, cell.estimate) == (5, hits / 5)


def test_sales_cycle_keeps_open_deals_and_leaves_out_lost_ones(engine, deals):
    result = answer(engine, deals, Query(("sales_cycle",)), OWNER)
    (cell,) = result.cells
    assert cell.n == 5
    assert cell.not_estimable.reason == "still_running"
    assert (
        answer(engine, deals, Query(("sales_cycle",), until=date(2026, 1, 1)), OWNER).cells[0].n
        == 4
    )


def test_a_lost_deal_is_left_out_of_the_cycle_and_of_no_other_clock(engine, deals):
    asked = ("sales_cycle", "resolution_time")
    for metrics in (asked, asked[::-1]):
        cells = answer(engine, deals, Query(metrics), OWNER).cells
        alone = [answer(engine, deals, Query((one,)), OWNER).cells[0] for one in metrics]
        assert [cell.n for cell in cells] == [cell.n for cell in alone]
    assert {cell.metric: cell.n for cell in cells} == {"sales_cycle": 5, "resolution_time": 6}
