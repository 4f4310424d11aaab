"""Customers by their first answer: whose, from when, and never too few."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.contracts import Filter, Grain, Query, QueryError, Reason, Viewer
from huiyin.measure.first_answers import FIRST_ANSWER
from huiyin.measure.run import answer

OWNER = Viewer.owner()
COHORTS = Query(("mean",), by=(FIRST_ANSWER,), grain=Grain.MONTH)


@pytest.fixture
def visits(make, snapshots):
    """Give a function (customers, days, ratings, ...) -> snapshot."""

    def build(customers, days, ratings, **more):
        columns = [
            snapshots.column("客户", Role.CUSTOMER),
            snapshots.column("总体", Role.OVERALL, (1, 5)),
        ]
        data = {"客户": list(customers), "总体": [float(one) for one in ratings]}
        return make(data, columns, days=list(days), **more)

    return build


def counts(result):
    """Give the answers of every cell that has some."""
    return {(cell.by[FIRST_ANSWER], cell.by["period"]): cell.n for cell in result.cells if cell.n}


def test_a_customer_stays_in_the_month_of_the_first_answer(engine, visits):
    january, february, march = date(2025, 1, 31), date(2025, 2, 1), date(2025, 3, 1)
    days = [january, march, march, february, march, None]
    snapshot = visits(["a", "a", "a", "b", "b", "c"], days, [1, 3, 4, 5, 4, 2])
    result = answer(engine, snapshot, COHORTS, OWNER)
    assert counts(result) == {
        ("2025-01", "2025-01-01"): 1,
        ("2025-01", "2025-03-01"): 2,
        ("2025-02", "2025-02-01"): 1,
        ("2025-02", "2025-03-01"): 1,
    }


@pytest.mark.parametrize(
    ("grain", "word"),
    [
        (Grain.WEEK, "2025-05-05"),
        (Grain.MONTH, "2025-05"),
        (Grain.QUARTER, "2025 Q2"),
        (Grain.YEAR, "2025"),
    ],
)
def test_periods_are_written_as_people_read_them(engine, visits, grain, word):
    snapshot = visits(["a", "b"], [date(2025, 5, 7)] * 2, [1, 2])
    (cell,) = answer(engine, snapshot, replace(COHORTS, grain=grain), OWNER).cells
    assert cell.by[FIRST_ANSWER] == word


def test_conditions_and_days_do_not_move_the_first_answer(engine, visits):
    days = [date(2025, 1, 5), date(2025, 3, 5), date(2025, 3, 6)]
    snapshot = visits(["a", "a", "b"], days, [1, 3, 5])
    march = replace(COHORTS, since=date(2025, 3, 1))
    assert set(counts(answer(engine, snapshot, march, OWNER))) == {
        ("2025-01", "2025-03-01"),
        ("2025-03", "2025-03-01"),
    }
    one = replace(COHORTS, by=(), grain=None, where=(Filter(FIRST_ANSWER, "=", ("2025-01",)),))
    assert answer(engine, snapshot, one, OWNER).cells[0].n == 2


def test_an_answer_that_does_not_count_is_no_first_answer(engine, visits):
    legend = [FlagMeaning("duplicate", 1, True, 1)]
    days = [date(2025, 1, 5), date(2025, 3, 5)]
    snapshot = visits(["a", "a"], days, [1, 3], flags=[1, 0], legend=legend)
    assert set(counts(answer(engine, snapshot, COHORTS, OWNER))) == {("2025-03", "2025-03-01")}
    with_all = replace(COHORTS, include_flagged=True)
    assert ("2025-01", "2025-03-01") in counts(answer(engine, snapshot, with_all, OWNER))


def test_without_customers_there_are_no_cohorts(engine, make, snapshots):
    snapshot = make({"总体": [1.0]}, [snapshots.column("总体", Role.OVERALL, (1, 5))])
    with pytest.raises(QueryError, match="customers"):
        answer(engine, snapshot, COHORTS, OWNER)


@pytest.mark.parametrize("seed", range(3))
def test_every_answer_is_in_one_cell_and_small_ones_are_hidden(engine, visits, seed):
    rng = np.random.default_rng(seed)
    n = 300
    customers = [f"c{i}" if i else None for i in rng.integers(0, 90, n)]
    days = [date(2025, 1, 1) + timedelta(days=int(d)) for d in rng.integers(0, 120, n)]
    ratings = rng.integers(1, 6, n)
    snapshot = visits(customers, days, ratings)
    firsts: dict[str, date] = {}
    for who, day in zip(customers, days, strict=True):
        if who:
            firsts[who] = min(firsts.get(who, day), day)
    expected = defaultdict(list)
    for who, day, rating in zip(customers, days, ratings, strict=True):
        cohort = f"{firsts[who]:%Y-%m}" if who else None
        expected[cohort, day.replace(day=1).isoformat()].append((who, rating))
    result = answer(engine, snapshot, COHORTS, OWNER)
    assert counts(result) == {key: len(rows) for key, rows in expected.items()}
    for cell in result.cells:
        if cell.estimate is not None:
            rows = expected[cell.by[FIRST_ANSWER], cell.by["period"]]
            assert cell.estimate == pytest.approx(np.mean([rating for _, rating in rows]))
    held = answer(engine, snapshot, COHORTS, Viewer("viewer", 10))
    for cell in held.cells:
        rows = expected.get((cell.by[FIRST_ANSWER], cell.by["period"]), [])
        customers_in = len({who for who, _ in rows if who}) + sum(not who for who, _ in rows)
        if 0 < customers_in < 10:
            assert cell.not_estimable.reason is Reason.SUPPRESSED
            assert cell.n == 0
