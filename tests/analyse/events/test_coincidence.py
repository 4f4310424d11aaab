"""Low scores in the days of an event, against a plain count of the same weekdays before."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.events.coincidence import Days, coincidences
from huiyin.codebook.contracts import Role
from huiyin.core.text import EN
from huiyin.measure.contracts import Call, Viewer
from huiyin.measure.run import CorridorOverSnapshot

FIRST, OUTAGE = date(2025, 1, 1), (date(2025, 3, 15), date(2025, 3, 16))
WEEKEND = {5, 6}


@pytest.fixture
def daily(make, snapshots, engine):
    """Give a function (…) -> (corridor, days, low); weekends are always worse, the outage more."""

    def build(outage=0.3, each=60, minimum=1, seed=0):
        rng = np.random.default_rng(seed)
        days = [FIRST + timedelta(days=i // each) for i in range(90 * each)]
        odds = [
            0.15 + 0.15 * (day.weekday() in WEEKEND) + outage * (OUTAGE[0] <= day <= OUTAGE[1])
            for day in days
        ]
        low = rng.random(len(days)) < odds
        data = {
            "总体": [1.0 if one else 5.0 for one in low],
            "城市": [*rng.choice(["北京", "上海"], len(days))],
        }
        columns = [
            snapshots.column("总体", Role.OVERALL, (1, 5)),
            snapshots.column("城市", Role.DIMENSION),
        ]
        snapshot = make(data, columns, days=days)
        return CorridorOverSnapshot(engine, snapshot, Viewer("v", minimum)), days, low

    return build


def incident(**more):
    return Days("1", "支付故障", *OUTAGE, **more)


def test_the_days_before_are_the_same_weekdays_of_four_weeks(daily):
    corridor, days, low = daily()
    (found,) = coincidences(corridor, [incident()])
    start = OUTAGE[0] - timedelta(weeks=4)
    before = [one for one, day in zip(low, days, strict=True)
              if start <= day < OUTAGE[0] and day.weekday() in WEEKEND]  # fmt: skip
    assert found.cell.comparison.reference == pytest.approx(np.mean(before))
    assert found.cell.n == 120
    assert found.call is Call.REAL
    assert "“总体”低分（1–2）占" in found.sentence.say()
    assert "不等于是它造成的" in found.sentence.say()
    assert "cause of the other" in found.sentence.say(EN)


def test_a_week_or_more_is_compared_with_all_days_before(daily):
    corridor, days, low = daily()
    span = (date(2025, 2, 10), date(2025, 2, 19))
    (found,) = coincidences(corridor, [Days("1", "春促", *span)])
    before = [one for one, day in zip(low, days, strict=True)
              if span[0] - timedelta(weeks=4) <= day < span[0]]  # fmt: skip
    assert found.cell.comparison.reference == pytest.approx(np.mean(before))


def test_a_usual_weekend_is_no_change(daily):
    named = 0
    for seed in range(10):
        corridor = daily(outage=0.0, seed=seed)[0]
        events = [Days(str(i), "周末", date(2025, 2, 1) + timedelta(weeks=i),
                       date(2025, 2, 2) + timedelta(weeks=i)) for i in range(6)]  # fmt: skip
        named += any(one.call is Call.REAL for one in coincidences(corridor, events))
    assert named <= 2


def test_the_scope_of_an_event_counts(daily):
    corridor = daily()[0]
    (everybody,) = coincidences(corridor, [incident()])
    (one_city,) = coincidences(corridor, [incident(where={"城市": "北京"})])
    assert 0 < one_city.cell.n < everybody.cell.n


def test_what_cannot_be_compared_says_why(daily):
    corridor = daily(each=3, minimum=10)[0]
    events = [
        incident(where={"门店": "甲"}),
        Days("2", "明年", date(2026, 1, 1), date(2026, 1, 1)),
        Days("3", "第一天", FIRST, FIRST),
        incident(),
    ]
    found = coincidences(corridor, events)
    assert [one.call for one in found] == [None] * 4
    assert all("没有可比的答卷" in one.sentence.say() for one in found)
    assert "门店" in found[0].sentence.say()
    assert found[3].cell.n == 0


def test_without_a_rating_there_is_nothing_low(make, snapshots, engine):
    snapshot = make({"城市": ["北京"]}, [snapshots.column("城市", Role.DIMENSION)], days=[FIRST])
    corridor = CorridorOverSnapshot(engine, snapshot, Viewer.owner())
    with pytest.raises(AnalysisError, match="no rating"):
        coincidences(corridor, [incident()])
