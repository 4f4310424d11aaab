"""Two answers of one viewer never tell apart fewer customers than the smallest group."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import FlagMeaning
from huiyin.measure.contracts import Filter, Query, Viewer
from huiyin.measure.run import answer

K = 10
STAFF = Viewer("staff", minimum_n=K)
SPEEDER = FlagMeaning("speeder", 1, excludes=True, n_flagged=4)
REPEAT = FlagMeaning("repeat", 1, excludes=True, n_flagged=12)
LATE = FlagMeaning("late", 1, excludes=False, n_flagged=5)


@pytest.fixture(scope="module")
def crowd():
    """Ninety answers of some seventy customers; small groups in every direction."""
    rng = np.random.default_rng(20241126)
    n = 90
    return {
        "客户": [f"c{i}" for i in rng.integers(0, 70, n)],
        "推荐": [None if i % 7 == 0 else float(i % 11) for i in range(n)],
        "城市": rng.choice(["上海", "北京", "成都"], n, p=[0.75, 0.15, 0.1]).tolist(),
        "渠道": rng.choice(["门店", "网上"], n, p=[0.85, 0.15]).tolist(),
        "day": [date(2024, 1, 1) + timedelta(days=int(d)) for d in rng.integers(0, 60, n)],
        "flags": rng.choice([0, 1, 2, 3, 4], n, p=[0.7, 0.06, 0.12, 0.04, 0.08]).tolist(),
    }


@pytest.fixture
def snapshot(crowd, make, column):
    columns = [
        column("客户", Role.CUSTOMER),
        column("推荐", Role.NPS, (0, 10)),
        column("城市", Role.DIMENSION),
        column("渠道", Role.CHANNEL),
    ]
    data = {name: crowd[name] for name in ("客户", "推荐", "城市", "渠道")}
    legend = (SPEEDER, REPEAT, LATE)
    return make(data, columns, days=crowd["day"], flags=crowd["flags"], legend=legend)


def test_flagged_rows_of_a_few_are_not_let_in(engine, make, column):
    """Four answers are marked: with and without them would tell what these four said."""
    data = {"推荐": [float(i % 11) for i in range(60)]}
    marked = make(
        data,
        [column("推荐", Role.NPS, (0, 10))],
        flags=[1] * 4 + [2] * 12 + [0] * 44,
        legend=(SPEEDER, REPEAT),
    )
    assert answer(engine, marked, Query(("nps",)), STAFF).cells[0].n == 44
    for flags in (True, ("speeder",), ("speeder", "repeat")):
        (cell,) = answer(engine, marked, Query(("nps",), include_flagged=flags), STAFF).cells
        assert cell.not_estimable.reason == "suppressed", flags
    (cell,) = answer(engine, marked, Query(("nps",), include_flagged=("repeat",)), STAFF).cells
    assert cell.n == 56
    owners = answer(engine, marked, Query(("nps",), include_flagged=True), Viewer.owner())
    assert owners.cells[0].n == 60


def test_a_rule_that_leaves_out_a_few_more_is_a_filter_too(engine, make, column):
    data = {"推荐": [float(i % 11) for i in range(60)]}
    hint = FlagMeaning("late", 1, excludes=False, n_flagged=3)
    marked = make(
        data, [column("推荐", Role.NPS, (0, 10))], flags=[1] * 3 + [0] * 57, legend=(hint,)
    )
    query = Query(("nps",), exclude_flagged=("late",))
    assert answer(engine, marked, query, STAFF).cells[0].not_estimable
    assert answer(engine, marked, query, Viewer.owner()).cells[0].n == 57


def test_two_filters_that_leave_out_the_same_few_are_seen_together(engine, make, column):
    """Each filter alone changes nothing beside the other; both together leave out three."""
    data = {
        "推荐": [float(i % 11) for i in range(40)],
        "城市": ["北京"] * 3 + ["上海"] * 37,
        "渠道": ["网上"] * 3 + ["门店"] * 37,
    }
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("城市", Role.DIMENSION),
        column("渠道", Role.CHANNEL),
    ]
    both = (Filter("城市", "=", ("上海",)), Filter("渠道", "=", ("门店",)))
    (cell,) = answer(engine, make(data, columns), Query(("nps",), where=both), STAFF).cells
    assert cell.not_estimable.reason == "suppressed"


def test_many_answers_of_few_customers_are_few(engine, make, column):
    """Twelve answers are left out, all of them by two customers."""
    data = {
        "推荐": [float(i % 11) for i in range(52)],
        "客户": ["a", "b"] * 6 + [f"c{i}" for i in range(40)],
        "城市": ["北京"] * 12 + ["上海"] * 40,
    }
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("客户", Role.CUSTOMER),
        column("城市", Role.DIMENSION),
    ]
    query = Query(("nps",), where=(Filter("城市", "=", ("上海",)),))
    (cell,) = answer(engine, make(data, columns), query, STAFF).cells
    assert cell.not_estimable.reason == "suppressed"


FILTERS = (
    Filter("城市", "=", ("上海",)),
    Filter("城市", "!=", ("成都",)),
    Filter("渠道", "=", ("门店",)),
)


def keeps(crowd, i, where, since, flags):
    met = {
        FILTERS[0]: crowd["城市"][i] == "上海",
        FILTERS[1]: crowd["城市"][i] != "成都",
        FILTERS[2]: crowd["渠道"][i] == "门店",
    }
    out = {"speeder": 1, "repeat": 2}
    left = (
        0 if flags is True else sum(bit for rule, bit in out.items() if rule not in (flags or ()))
    )
    dated = since is None or crowd["day"][i] >= since
    return dated and all(met[one] for one in where) and not crowd["flags"][i] & left


def customers(crowd, *asked):
    return {
        i
        for i in range(len(crowd["推荐"]))
        if crowd["推荐"][i] is not None and keeps(crowd, i, *asked)
    }


def weaker(where, since, flags):
    """List the queries that ask for the same with parts left off, or by the usual rules."""
    for size in range(len(where) + 1):
        for fewer in itertools.combinations(where, size):
            for day in {since, None}:
                yield fewer, day, flags
    yield where, since, False
    for rule in ("speeder", "repeat") if flags is True else flags or ():
        yield where, since, tuple({"speeder", "repeat"} - {rule} if flags is True
                                  else set(flags) - {rule})  # fmt: skip


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the snapshot is only read
)
@given(
    where=st.lists(st.sampled_from(FILTERS), unique=True, max_size=3).map(tuple),
    since=st.sampled_from([None, date(2024, 1, 4), date(2024, 1, 20)]),
    flags=st.sampled_from([False, True, ("speeder",), ("repeat",), ("speeder", "repeat")]),
)
def test_no_two_answers_tell_few_apart(engine, crowd, snapshot, where, since, flags):
    query = Query(("nps",), where=where, since=since, include_flagged=flags)
    (cell,) = answer(engine, snapshot, query, STAFF).cells
    if cell.not_estimable:
        return
    mine = customers(crowd, where, since, flags)
    assert cell.n == len(mine)
    for other in weaker(where, since, flags):
        told = {crowd["客户"][i] for i in customers(crowd, *other) ^ mine}
        assert not told or len(told) >= K, (query, other)
