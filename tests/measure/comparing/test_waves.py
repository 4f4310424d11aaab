"""The same customers in two windows: counted by hand, and never too few."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Filter, Query, QueryError, Viewer, Weighting
from huiyin.measure.run import CorridorOverSnapshot

JANUARY, FEBRUARY = date(2025, 1, 15), date(2025, 2, 15)
QUERY = Query(
    ("score",),
    since=date(2025, 2, 1),
    until=date(2025, 2, 28),
    compare=Compare(Against.WINDOW, since=date(2025, 1, 1), until=date(2025, 1, 31)),
)
BANDS = (
    (Filter("总体", "<=", ("2",)),),
    (Filter("总体", ">", ("2",)), Filter("总体", "<", ("4",))),
    (Filter("总体", ">=", ("4",)),),
)


@pytest.fixture
def waves(engine, make, snapshots):
    """Give a function (rows of customer, day, rating; smallest group) -> Waves."""

    def count(rows, minimum=1, query=QUERY):
        columns = [
            snapshots.column("客户", Role.CUSTOMER),
            snapshots.column("总体", Role.OVERALL, (1, 5)),
            snapshots.column("权", Role.WEIGHT),
        ]
        who, days, ratings = zip(*rows, strict=True)
        data = {"客户": list(who), "总体": list(ratings), "权": [1.0] * len(rows)}
        snapshot = make(data, columns, days=list(days))
        return CorridorOverSnapshot(engine, snapshot, Viewer("x", minimum)).waves(query, BANDS)

    return count


def test_each_customer_is_counted_once_by_the_last_answer_of_a_window(waves):
    rows = [
        ("a", date(2025, 1, 2), 5.0), ("a", JANUARY, 1.0), ("a", FEBRUARY, 4.0),
        ("b", JANUARY, 3.0), ("b", FEBRUARY, 3.0), ("b", FEBRUARY, 5.0),
        ("c", JANUARY, 5.0), ("d", FEBRUARY, 2.0), ("d", date(2025, 3, 1), 5.0),
        (None, JANUARY, 5.0), ("e", JANUARY, None), ("e", FEBRUARY, 1.0),
    ]  # fmt: skip
    found = waves(rows)
    assert found.flows == ((0, 0, 1), (0, 0, 1), (0, 0, 0))
    assert (found.both, found.only_before, found.only_after) == (2, 1, 2)


def drawn(seed, n=120):
    rng = np.random.default_rng(seed)
    chances = [0.05, 0.1, 0.15, 0.3, 0.4]
    return [
        (f"c{i}", day, float(rng.choice([1, 2, 3, 4, 5], p=chances)))
        for i in range(n)
        for day in (JANUARY, FEBRUARY)
        if rng.random() < 0.85
    ]


@pytest.mark.parametrize("seed", range(4))
def test_small_flows_are_hidden_and_the_others_are_true(waves, seed):
    rows = drawn(seed)
    whole, held = waves(rows), waves(rows, minimum=10)
    band = {1.0: 0, 2.0: 0, 3.0: 1, 4.0: 2, 5.0: 2}
    by_day = [{who: band[v] for who, day, v in rows if day == one} for one in (JANUARY, FEBRUARY)]
    both = Counter((by_day[0][who], by_day[1][who]) for who in by_day[0].keys() & by_day[1].keys())
    assert whole.flows == tuple(tuple(both[i, j] for j in range(3)) for i in range(3))
    assert whole.both == both.total()
    assert whole.both + whole.only_before == len(by_day[0])
    for shown, true in zip(held.flows, whole.flows, strict=True):
        assert all(n is None or n == t for n, t in zip(shown, true, strict=True))
        assert all(n is None for n, t in zip(shown, true, strict=True) if 0 < t < 10)


def test_nobody_and_everybody(waves):
    one_side = [(f"c{i}", JANUARY, 5.0) for i in range(3)]
    found = waves(one_side)
    assert found.flows == ((0, 0, 0),) * 3
    assert (found.both, found.only_before, found.only_after) == (0, 3, 0)
    few = waves([*one_side, *((f"c{i}", FEBRUARY, 5.0) for i in range(3))], minimum=10)
    assert few.flows[2][2] is None
    assert few.both is None


def test_few_who_answered_once_are_not_what_a_window_has_beside_both(waves):
    both = [(f"c{i}", day, float(1 + i % 5)) for i in range(60) for day in (JANUARY, FEBRUARY)]
    once = [(f"n{i}", FEBRUARY, 5.0) for i in range(4)]
    found = waves([*both, *once], minimum=10)
    assert (found.both, found.only_before, found.only_after) == (None, None, None)
    assert any(n for line in found.flows for n in line)
    assert waves(both, minimum=10).both == 60


def test_what_cannot_be_counted_is_refused(engine, make, snapshots, waves):
    weighted = Query(QUERY.metrics, since=QUERY.since, until=QUERY.until, compare=QUERY.compare,
                     weighting=Weighting("权"))  # fmt: skip
    with pytest.raises(QueryError, match="unweighted"):
        waves([("a", JANUARY, 5.0)], query=weighted)
    nobody = make({"总体": [5.0]}, [snapshots.column("总体", Role.OVERALL, (1, 5))], days=[JANUARY])
    with pytest.raises(QueryError, match="customers"):
        CorridorOverSnapshot(engine, nobody, Viewer.owner()).waves(QUERY, BANDS)
