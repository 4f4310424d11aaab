"""Outcomes by satisfaction band: which the data can give, against which band, and why not."""

from __future__ import annotations

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from huiyin.analyse.outcomes import find_outcomes
from huiyin.codebook.contracts import Role
from huiyin.core.surface import Surface, speaking_on
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Query, QueryError, Viewer
from huiyin.measure.run import CorridorOverSnapshot

FIVE = (1, 5)
BAND = "band:总体"
STARTS = [datetime(2025, 1, 1) + timedelta(days=i % 120) for i in range(600)]
DATA_ENDS = datetime(2025, 7, 1)


def corridor(engine, snapshot, viewer=None):
    return CorridorOverSnapshot(engine, snapshot, viewer or Viewer.owner())


@pytest.fixture
def deals(make, column):
    """Deals of 600 customers: the satisfied are won more often and sooner, by construction."""
    rng = np.random.default_rng(2)
    rating, start = rng.integers(1, 6, 600), STARTS
    won = rng.random(600) < np.where(rating >= 4, 0.6, np.where(rating == 3, 0.4, 0.2))
    days = rng.exponential(np.where(rating >= 4, 8, 24))
    end = [min(s + timedelta(float(d)), DATA_ENDS) for s, d in zip(start, days, strict=True)]
    end[0] = DATA_ENDS
    columns = [
        column("商机", Role.ID), column("进线", Role.TIME), column("结束", Role.RESOLVED),
        column("是否成交", Role.OUTCOME, events=("是",)), column("客户", Role.CUSTOMER),
        column("总体", Role.OVERALL, scale=FIVE),
    ]  # fmt: skip
    data = {
        "商机": [f"s{i}" for i in range(600)],
        "进线": pa.array(start, pa.timestamp("us")),
        "结束": pa.array(end, pa.timestamp("us")),
        "是否成交": pa.array(won.astype(float), pa.float64()),
        "客户": [f"k{i}" for i in range(600)],
        "总体": pa.array(rating.astype(float), pa.float64()),
    }
    return make(pa.table(data), columns, days=[s.date() for s in start])


def by_band(table, metric):
    return {c.by[BAND]: c for c in table.cells if c.metric == metric}


def test_conversion_and_cycle_stand_by_band_against_the_unhappy_one(engine, deals):
    found = find_outcomes(corridor(engine, deals), None, Query(()))
    assert found.rating.name == "总体"
    (table,) = found.tables
    conversion, cycle = by_band(table, "conversion"), by_band(table, "sales_cycle")
    assert list(conversion) == ["1–2 不满意", "3 一般", "4–5 满意"]
    happy = conversion["4–5 满意"]
    assert happy.low < 0.6 < happy.high
    assert happy.comparison.call is Call.REAL
    assert happy.comparison.difference > 0.2
    assert conversion["1–2 不满意"].comparison is None
    assert cycle["4–5 满意"].estimate < cycle["1–2 不满意"].estimate
    assert sum(cell.n for cell in conversion.values()) == sum(
        one <= DATA_ENDS - timedelta(days=90) for one in STARTS
    )


def test_what_the_data_cannot_give_is_said(engine, deals):
    absent = {a.metric: a.reason["zh-CN"] for a in find_outcomes(
        corridor(engine, deals), "总体", Query(())).absent}  # fmt: skip
    assert set(absent) == {"repurchase", "churn", "renewal_rate", "renewal_amount",
                           "referral_rate", "complaint_rate"}  # fmt: skip
    assert "续约" in absent["renewal_rate"]


def test_an_outcome_that_cannot_be_told_takes_none_of_the_others_with_it(engine, deals):
    class Refusing(CorridorOverSnapshot):
        def answer(self, query):
            if "sales_cycle" in query.metrics:
                raise QueryError(Text("没有一件对得上", "none meets this data"))
            return super().answer(query)

    found = find_outcomes(Refusing(engine, deals, Viewer.owner()), "总体", Query(()))
    told = {cell.metric for table in found.tables for cell in table.cells}
    assert told == {"conversion", "share:是否成交=是"}
    (refused,) = (one for one in found.absent if one.metric == "sales_cycle")
    assert refused.reason.say("en") == "none meets this data"


def test_answers_are_not_counted_as_orders_and_an_outcome_stands_once(engine, make, column):
    n = 200
    columns = [
        column("单号", Role.ORDER), column("日", Role.TIME), column("客户", Role.CUSTOMER),
        column("总体", Role.OVERALL, scale=FIVE), column("服务", Role.ASPECT, scale=FIVE),
        column("是否续约", Role.OUTCOME, events=("是",)),
    ]  # fmt: skip
    day = datetime(2025, 5, 1)
    data = {
        "单号": [f"o{i}" for i in range(n)],
        "日": pa.array([day] * n, pa.timestamp("us")),
        "客户": [f"k{i}" for i in range(n)],
        "总体": pa.array([1.0 + i % 5 for i in range(n)], pa.float64()),
        "服务": pa.array([1.0 + i % 5 for i in range(n)], pa.float64()),
        "是否续约": pa.array([float(i % 3 > 0) for i in range(n)], pa.float64()),
    }
    snapshot = make(pa.table(data), columns, days=[day.date()] * n)
    found = find_outcomes(corridor(engine, snapshot), None, Query(()))
    assert {c.metric for table in found.tables for c in table.cells} == {"renewal_rate"}
    reasons = {a.metric: a.reason["en"] for a in found.absent}
    assert "not an order" in reasons["repurchase"]


def test_without_a_rating_there_are_no_bands(engine, make, column):
    snapshot = make(pa.table({"客户": ["a", "b"]}), [column("客户", Role.CUSTOMER)])
    with pytest.raises(QueryError, match="no rating") as refused:
        find_outcomes(corridor(engine, snapshot), None, Query(()))
    assert "--set" in refused.value.sentence.say("en")
    with speaking_on(Surface.PAGES):
        assert "--set" not in refused.value.sentence.say("en")


def test_bands_of_few_customers_stay_hidden(engine, deals):
    found = find_outcomes(corridor(engine, deals, Viewer("x", minimum_n=400)), None, Query(()))
    assert all(c.estimate is None for table in found.tables for c in table.cells)
