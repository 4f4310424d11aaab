"""Stages of a log, against a table by hand and plain loops; the bottleneck."""

from __future__ import annotations

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from huiyin.analyse.stages import find_stages
from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.reckoning import reckon_from
from huiyin.analyse.views.steps import steps_in_order
from huiyin.codebook.contracts import Codebook, Role
from huiyin.measure.catalogue import operational_metrics
from huiyin.measure.contracts import Filter, Query, QueryError, Viewer
from huiyin.measure.metric import HOUSE_RULES
from huiyin.measure.operations.stages import OF_EVENTS
from huiyin.measure.run import CorridorOverSnapshot, answer

OWNER = Viewer.owner()
HOUR = 3600.0


def make_log(make, column, rows):
    """Rows are (case, stage, start, end or None); without any end there is no such column."""
    ended = any(end for *_, end in rows)
    data = {
        "单号": [case for case, *_ in rows],
        "环节": [stage for _, stage, *_ in rows],
        "开始": pa.array([start for *_, start, _ in rows], pa.timestamp("us")),
    }
    columns = [column("单号", Role.TICKET), column("环节", Role.STAGE), column("开始", Role.TIME)]
    if ended:
        data["结束"] = pa.array([end for *_, end in rows], pa.timestamp("us"))
        columns.append(column("结束", Role.RESOLVED))
    return make(pa.table(data), columns, days=[start.date() for *_, start, _ in rows])


def at(hour):
    return datetime(2026, 3, 2) + timedelta(hours=hour)


def cells_of(engine, snapshot, metric, **more):
    cells = answer(engine, snapshot, Query((metric,), **more), OWNER).cells
    return {cell.by.get("环节"): cell for cell in cells}


@pytest.fixture
def entries(make, column):
    """Five cases of 受理 (1, 2, 3, 4, 5 h), 审核 (10 h, the last still in it), then 完成."""
    rows = []
    for i in range(1, 6):
        rows += [(f"c{i}", "受理", at(0), None), (f"c{i}", "审核", at(i), None)]
        rows += [(f"c{i}", "完成", at(i + 10), None)] if i < 5 else []
    return make_log(make, column, rows)


def test_a_stage_lasts_until_the_next_and_ends_have_no_duration(engine, entries):
    cells = cells_of(engine, entries, "stage_within:3h", by=("环节",))
    assert (cells["受理"].n, cells["受理"].estimate) == (5, 0.6)
    assert (cells["审核"].n, cells["审核"].estimate) == (5, 0.0)  # the last is 9 h old
    assert cells["完成"].n == 0
    assert cells_of(engine, entries, "stage_time", by=("环节",))["受理"].n == 5


@pytest.mark.parametrize(
    ("listed", "order"),
    [((), ("受理", "处理", "等件")), (("受理", "等件", "处理"), ("受理", "等件", "处理"))],
)
def test_stages_stand_as_the_codebook_lists_them(engine, make, column, listed, order):
    """Most cases leave 等件 out, and it is come to late: by the times alone it stands last."""
    rows = []
    for i in range(60):
        rows.append((f"c{i}", "受理", at(0), at(1)))
        rows += [] if i % 3 else [(f"c{i}", "等件", at(9), at(10))]
        rows.append((f"c{i}", "处理", at(2 if i % 3 else 11), at(3 if i % 3 else 12)))
    snapshot = make_log(make, column, rows)
    columns = tuple(
        replace(one, labels=dict(zip(listed, listed, strict=True))) if one.name == "环节" else one
        for one in snapshot.codebook.columns
    )
    told = replace(snapshot, codebook=replace(snapshot.codebook, columns=columns))
    assert find_stages(CorridorOverSnapshot(engine, told, OWNER), Query(())).order == order


def test_over_and_within_a_target_are_all(engine, entries):
    """By hand: 受理 of 1 to 5 h over 3 h are 4 and 5; 审核 of 10 h (and 9 running) all are."""
    over = cells_of(engine, entries, "stage_over:3h", by=("环节",))
    within = cells_of(engine, entries, "stage_within:3h", by=("环节",))
    assert (over["受理"].estimate, over["审核"].estimate) == (0.4, 1.0)
    for name in ("受理", "审核"):
        assert over[name].estimate + within[name].estimate == pytest.approx(1)
        assert over[name].low == pytest.approx(1 - within[name].high)


def test_stages_are_reached_in_their_order(engine, entries):
    """By hand: 审核 after 1 to 5 h, median 3; 完成 after 11 to 14 h of four: 12.5."""
    found = cells_of(engine, entries, "stage_reached", by=("环节",), level=0.8)
    assert [found[name].estimate for name in ("受理", "审核", "完成")] == [0, 3 * HOUR, 12.5 * HOUR]
    assert found["完成"].n == 4
    stages = find_stages(CorridorOverSnapshot(engine, entries, OWNER), Query(()))
    assert stages.order == ("受理", "审核")


def test_a_funnel_of_a_log_stands_in_the_order_in_which_cases_come_to_its_stages(
    engine, make, column
):
    rows = []
    for i in range(20):
        hours = {"维修": 0, "受理": 2 + i, "回访": 40 + i}
        rows += [(f"c{i}", stage, at(hour), None) for stage, hour in hours.items()]
    corridor = CorridorOverSnapshot(engine, make_log(make, column, rows), OWNER)
    query = Query(("stage_time",), by=("环节",))
    assert steps_in_order(corridor, query) == ("维修", "受理", "回访")
    found = find_stages(corridor, Query(()))
    assert found.order == ("维修", "受理")
    median = [c.by["环节"] for c in found.times.cells if c.metric == "stage_time"]
    assert median == ["维修", "受理", "回访"]
    asked = corridor.answer(query)
    assert reckon_from(ChartKind.FUNNEL, corridor, query, asked).steps == ("维修", "受理", "回访")
    later = replace(query, since=at(0).date(), until=at(24).date())
    assert steps_in_order(corridor, later) == ("维修", "受理", "回访")


def test_a_touchpoint_before_the_stages_is_none_of_them(engine, make, column):
    data = {
        "单号": ["a", "a", "b", "b"],
        "服务项目": ["报修"] * 4,
        "环节": ["受理", "审核"] * 2,
        "开始": pa.array([at(0), at(1), at(0), at(3)], pa.timestamp("us")),
    }
    roles = (Role.TICKET, Role.TOUCHPOINT, Role.STAGE, Role.TIME)
    columns = [column(name, role) for name, role in zip(data, roles, strict=True)]
    log = make(pa.table(data), columns, days=[at(0).date()] * 4)
    found = find_stages(CorridorOverSnapshot(engine, log, OWNER), Query(()))
    assert (found.stage_column, found.order) == ("环节", ("受理",))


def test_the_order_of_steps_is_that_of_the_rows_that_are_asked_about(engine, make, column):
    """East repairs before it checks, west checks before it repairs."""
    rows = []
    for i in range(20):
        steps = ("维修", "审核") if i % 2 else ("审核", "维修")
        rows += [(f"c{i}-{i % 2}", step, at(60 * i + k), None) for k, step in enumerate(steps)]
    corridor = CorridorOverSnapshot(engine, make_log(make, column, rows), OWNER)
    for odd, order in ((1, ("维修", "审核")), (0, ("审核", "维修"))):
        cases = tuple(f"c{i}-{odd}" for i in range(odd, 20, 2))
        query = Query(("answers",), by=("环节",), where=(Filter("单号", "=", cases),))
        assert steps_in_order(corridor, query) == order


def test_tickets_of_one_row_each_pass_through_no_stages(engine, make, column):
    """Kinds of tickets are no stages of one: no case comes to a second."""
    kinds = ("发票", "退货", "物流")
    rows = [(f"c{i}", kinds[i % 3], at(i), at(i + 2 + i % 5)) for i in range(60)]
    found = find_stages(
        CorridorOverSnapshot(engine, make_log(make, column, rows), OWNER), Query(())
    )
    assert (found.order, found.shares, found.bottleneck) == ((), None, None)
    rows += [("c0", "退货", at(10), at(12))]
    found = find_stages(
        CorridorOverSnapshot(engine, make_log(make, column, rows), OWNER), Query(())
    )
    assert set(found.order) == set(kinds)


def test_the_share_of_a_stage_is_its_part_of_all_time(engine, entries):
    """By hand: 15 h of 受理; 审核 4 times 10 h and 9 h of the one still in it: 15 of 64."""
    shares = [
        cells_of(engine, entries, f"stage_share:{name}", cluster="单号")[None]
        for name in ("受理", "审核")
    ]
    assert [cell.estimate for cell in shares] == pytest.approx([15 / 64, 49 / 64])
    assert all(cell.low < cell.estimate < cell.high for cell in shares)
    with pytest.raises(QueryError, match="审查"):
        cells_of(engine, entries, "stage_share:审查")


@pytest.fixture(scope="module")
def events():
    """Two hundred cases: 审核 waits long and works briefly, 维修 the other way round."""
    rng, rows = np.random.default_rng(6), []
    for i in range(200):
        clock = float(rng.uniform(0, 500))
        for stage, wait, work in (("受理", 0.0, 0.5), ("审核", 12.0, 1.0), ("维修", 2.0, 24.0)):
            begun = clock + wait * float(rng.exponential())
            clock = begun + work * float(rng.exponential())
            rows.append((f"c{i}", stage, at(round(begun, 3)), at(round(clock, 3))))
    return rows


@pytest.fixture
def log(make, column, events):
    return make_log(make, column, events)


def loop_times(events):
    """Give (wait, work) seconds by stage, the wait None for the first of a case."""
    found, last = {}, {}
    for case, stage, start, end in events:
        wait = (start - last[case]).total_seconds() if case in last else None
        found.setdefault(stage, []).append((wait, (end - start).total_seconds()))
        last[case] = end
    return found


def test_waiting_and_working_are_those_of_a_plain_loop(engine, log, events):
    times = loop_times(events)
    waits = cells_of(engine, log, "stage_wait", by=("环节",))
    works = cells_of(engine, log, "stage_work", by=("环节",))
    parts = cells_of(engine, log, "waiting_share", by=("环节",), cluster="单号")
    whole = cells_of(engine, log, "stage_time", by=("环节",))
    assert waits["受理"].n == 0
    for stage in ("审核", "维修"):
        wait, work = (np.floor(np.array(one)) for one in zip(*times[stage], strict=True))
        assert waits[stage].estimate == pytest.approx(np.median(wait), abs=1)
        assert works[stage].estimate == pytest.approx(np.median(work), abs=1)
        assert whole[stage].estimate == pytest.approx(np.median(wait + work), abs=2)
        assert parts[stage].estimate == pytest.approx(wait.sum() / (wait + work).sum(), rel=1e-3)
        assert parts[stage].method == "korn_graubard"


def test_the_bottleneck_is_named_with_its_interval(engine, log, events):
    found = find_stages(CorridorOverSnapshot(engine, log, OWNER), Query(()), "24h")
    total = {
        stage: sum((wait or 0) + work for wait, work in times)
        for stage, times in loop_times(events).items()
    }
    best = found.bottleneck
    assert best.stage == "维修"
    assert best.share == pytest.approx(total["维修"] / sum(total.values()), rel=1e-3)
    assert best.low < best.share < best.high
    assert best.sure
    assert {cell.metric for cell in found.times.cells} >= {"stage_within:24h", "waiting_share"}


def test_equal_stages_are_not_told_apart(engine, make, column):
    rng, rows = np.random.default_rng(1), []
    for i in range(40):
        middle = float(rng.exponential(5))
        rows += [(f"c{i}", "甲", at(0), None), (f"c{i}", "乙", at(middle), None)]
        rows.append((f"c{i}", "完成", at(middle + float(rng.exponential(5))), None))
    snapshot = make_log(make, column, rows)
    found = find_stages(CorridorOverSnapshot(engine, snapshot, OWNER), Query(()))
    assert not found.bottleneck.sure
    assert {found.bottleneck.stage, found.bottleneck.other} == {"甲", "乙"}


def test_what_a_viewer_may_not_see_is_no_bottleneck(engine, log):
    few = Viewer("lead", minimum_n=10_000)
    found = find_stages(CorridorOverSnapshot(engine, log, few), Query(()))
    assert found.bottleneck is None
    assert found.shares is None


def test_filters_hold_and_a_table_without_stages_is_refused(engine, log, make, column):
    where = (Filter("环节", "!=", ("维修",)),)
    found = find_stages(CorridorOverSnapshot(engine, log, OWNER), Query((), where=where))
    assert found.bottleneck.stage == "审核"
    bare = make({"类别": ["a", "b"]}, [column("类别", Role.DIMENSION)])
    with pytest.raises(QueryError, match="ticket"):
        find_stages(CorridorOverSnapshot(engine, bare, OWNER), Query(()))


@pytest.mark.parametrize("role", [Role.TOUCHPOINT, Role.STAGE])
def test_answers_that_name_a_touchpoint_pass_through_no_stages(column, role):
    """They are rated and nothing is over: a log is listed for its stages, answers are not."""
    log = [column("单号", Role.TICKET), column("环节", role), column("时间", Role.TIME)]
    rated = column("满意度", Role.CSAT)
    ended = column("结束", Role.RESOLVED)

    def listed(columns):
        found = operational_metrics(Codebook(tuple(columns)), HOUSE_RULES)
        return {metric.id for metric in found} & OF_EVENTS

    assert listed(log) == listed([*log, rated, ended])
    assert {"stage_time", "stage_within", "stage_reached"} <= listed(log)
    assert listed([*log, rated]) == frozenset()
