"""Durations, windows and stages: a cube gives the numbers, and hides the cells, that rows do."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from same_answers import assert_same, outcome

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query, Viewer
from huiyin.measure.cubes import coded
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.measure.task import prepare

N = 500
MANY = int(os.environ.get("HUIYIN_EXAMPLES", "12")) // 4
"""A plan of the rows takes seconds here."""
FIRST = datetime.fromisoformat("2025-01-06T08:00")
LEGEND = (FlagMeaning("twice", 1, True, 25),)


def gaps(values, part, rng):
    return [None if rng.random() < part else one for one in values]


@pytest.fixture(scope="module", params=["known", "gaps"])
def log(request, snapshots, tmp_path_factory):
    """A log of orders that pass through stages; `gaps`: nobody's rows, and numbers by row."""
    few = coded.MOST_VALUES
    rng = np.random.default_rng(len(request.param))
    part = 0.1 if request.param == "gaps" else 0.0
    began = [FIRST + timedelta(hours=int(h)) for h in rng.integers(0, 24 * 400, N)]
    ended = [at + timedelta(minutes=int(m)) if m < 9000 else None
             for at, m in zip(began, rng.exponential(3000, N), strict=True)]  # fmt: skip
    moments = pa.timestamp("us")
    orders = np.sort(rng.integers(0, 140, N))
    data = {
        "订单": [f"o{i}" for i in orders],
        "客户": gaps((f"c{i % 60}" for i in orders), part, rng),
        "时间": pa.array(began, moments),
        "完成": pa.array(ended, moments),
        "环节": gaps(rng.choice(["审核", "备货", "发货"], N).tolist(), part / 2, rng),
        "问题": rng.choice(["退款", "物流"], N).tolist(),
        "店": gaps((f"店{i}" for i in rng.integers(0, 5, N)), part, rng),
        "状态": gaps(rng.choice(["已完成", "已签收", "已取消", "退款成功"], N).tolist(), part, rng),
    }
    column = snapshots.column
    columns = [
        column("订单", Role.ORDER), column("客户", Role.CUSTOMER), column("时间", Role.TIME),
        column("完成", Role.RESOLVED), column("环节", Role.STAGE), column("问题", Role.TOUCHPOINT),
        column("店", Role.UNIT), column("状态", Role.STATUS),
    ]  # fmt: skip
    days: list[date | None] = gaps((at.date() for at in began), part / 2, rng)
    flags = ((rng.random(N) < 0.05) * 1).tolist()
    made = snapshots.write_snapshot(
        tmp_path_factory.mktemp(request.param), data, columns, days=days, flags=flags,
        legend=LEGEND, n_files=3,
    )  # fmt: skip
    coded.MOST_VALUES = 420 if part else few
    yield made
    coded.MOST_VALUES = few


@pytest.fixture(scope="module")
def cube(engine, log, tmp_path_factory):
    """The cube as the worker leaves it: all is coded."""
    folder = tmp_path_factory.mktemp("log") / "kept"
    code_columns(Dataset(engine, log, cube=Cube(folder)))
    return Cube(folder)


METRICS = (
    "repurchase", "order_repurchase", "period_repurchase", "churn",
    "resolution_time", "resolution_time_p90",
    "resolved_within:2d", "stage_time", "stage_wait", "stage_work", "stage_reached",
    "waiting_share", "stage_share:审核", "stage_over:1d",
)  # fmt: skip
COMPARES = (None, Compare(Against.PREVIOUS), Compare(Against.REST), Compare(Against.YEAR_AGO),
            Compare(Against.GROUP, "店", "店1"))  # fmt: skip
VIEWERS = (Viewer.owner(), Viewer("staff", 5),
           Viewer("shops", 5, (Filter("店", "=", ("店0", "店1", "店2")),)))  # fmt: skip
QUERIES = st.builds(
    Query,
    metrics=st.one_of(
        st.sampled_from(METRICS).map(lambda one: (one,)),
        st.just(("stage_time", "stage_time_p90", "waiting_share", "stage_wait")),
    ),
    by=st.lists(st.sampled_from(["店", "环节", "问题"]), max_size=2, unique=True).map(tuple),
    where=st.sampled_from([(), (), (Filter("问题", "=", ("退款",)),)]),
    since=st.sampled_from([None, None, date(2025, 3, 1), date(2025, 7, 15)]),
    until=st.sampled_from([None, None, date(2025, 10, 31)]),
    grain=st.sampled_from([None, None, Grain.MONTH, Grain.QUARTER]),
    compare=st.sampled_from(COMPARES),
    cluster=st.sampled_from([None, None, "订单"]),
    subtotals=st.booleans(),
)


@settings(max_examples=MANY, phases=[Phase.reuse, Phase.generate])
@given(query=QUERIES, viewer=st.sampled_from(VIEWERS))
def test_a_cube_answers_as_the_rows_do(engine, log, cube, query, viewer):
    corridor = CorridorOverSnapshot(engine, log, viewer)
    of_rows, of_cube = (outcome(one, query) for one in (corridor, corridor.with_cube(cube)))
    event("answered" if "cells" in of_rows else "refused")
    assert_same(of_cube, of_rows)


@pytest.mark.parametrize("metric", METRICS)
def test_they_are_answered_from_what_the_worker_coded(engine, log, cube, metric):
    task = prepare(Dataset(engine, log, cube=cube), Query((metric,), by=("问题",)), VIEWERS[1])
    assert task.drawn.source is not None


def test_nothing_is_planned_for_the_first_who_asks(engine, log, cube, monkeypatch):
    def opened(*_: object) -> None:
        raise AssertionError("rows are planned")

    monkeypatch.setattr(type(engine), "open", opened)
    for metric in (one for one in METRICS if ":" not in one):  # a bound of one's own is planned
        prepare(Dataset(engine, log, cube=cube), Query((metric,)), VIEWERS[0])
