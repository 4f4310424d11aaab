"""Sums on two sides: those of the corridor, customers whole, small groups folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.testing import assert_allclose

from huiyin.codebook.contracts import Role
from huiyin.measure.comparing import held_sides
from huiyin.measure.contracts import (
    Against,
    Compare,
    Filter,
    Grain,
    Query,
    QueryError,
    Viewer,
    Weighting,
)
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.stats.mix_rate import mix_and_rate

PREVIOUS = Compare(Against.PREVIOUS)
FEBRUARY = {"since": date(2025, 2, 1), "until": date(2025, 2, 28)}


def change(metric="nps", by=("店",), compare=PREVIOUS, **more):
    return Query(metrics=(metric,), by=by, compare=compare, **(FEBRUARY | more))


@pytest.fixture
def visits(make, snapshots):
    """Give a function (shop sizes before, after) -> snapshot of answers of two months."""

    def build(before, after, seed=0):
        rng = np.random.default_rng(seed)
        shops, days = [], []
        for day, sizes in ((date(2025, 1, 9), before), (date(2025, 2, 9), after)):
            for shop, n in sizes.items():
                shops += [shop] * n
                days += [day] * n
        n = len(shops)
        data = {
            "店": shops,
            "推荐": [float(x) for x in rng.integers(0, 11, n)],
            "权": [float(x) for x in rng.uniform(0.5, 2.0, n)],
            "客户": [f"c{i // 2}" for i in range(n)],
        }
        columns = [
            snapshots.column("店", Role.UNIT),
            snapshots.column("推荐", Role.NPS, (0, 10)),
            snapshots.column("权", Role.WEIGHT),
            snapshots.column("客户", Role.CUSTOMER),
        ]
        return make(data, columns, days=days)

    return build


@pytest.fixture
def seen(engine):
    """Give a function (snapshot, minimum n, …) -> corridor."""

    def build(snapshot, minimum_n=1, **more):
        return CorridorOverSnapshot(engine, snapshot, Viewer("staff", minimum_n), **more)

    return build


@pytest.mark.parametrize("weighting", [None, Weighting("权")])
@pytest.mark.parametrize("metric", ["nps", "mean:推荐", "share:推荐=9", "score:推荐"])
def test_sums_give_the_numbers_of_a_query(visits, seen, metric, weighting):
    corridor = seen(visits({"甲": 40, "乙": 25}, {"甲": 30, None: 12}), weighting=weighting)
    found = corridor.side_sums(change(metric))[0]
    assert found.labels == ("乙", "甲", None)
    for i, side in enumerate(corridor.sides(change())):
        asked = Query(metrics=(metric,), by=("店",), since=side.since, until=side.until)
        for cell in corridor.answer(asked).cells:
            k = found.labels.index(cell.by["店"])
            mean = found.sums[i, k].sum() / found.weights[i, k].sum()
            assert_allclose(mean, cell.estimate, rtol=1e-9)
            assert found.n[i, k] == cell.n


def test_each_customer_stands_alone_up_to_many(visits, seen):
    found = seen(visits({"甲": 400}, {"甲": 600})).side_sums(change())[0]
    assert found.weights.shape == (2, 1, 500)
    assert (found.weights.sum(axis=0) == 2).all()  # customers come in pairs of rows


def test_many_customers_stand_in_groups_and_stay_whole(visits, seen):
    found = seen(visits({"甲": 8000}, {"甲": 8000})).side_sums(change())[0]
    assert found.weights.shape == (2, 1, 256)
    assert (found.weights % 2 == 0).all()
    assert found.weights.sum(axis=(0, 1)).min() > 0


def test_what_customers_are_called_makes_no_difference(engine, make, snapshots):
    def errors(prefix):
        rng = np.random.default_rng(1)
        data = {
            "店": [*rng.choice(["甲", "乙"], 300)],
            "推荐": [float(x) for x in rng.integers(0, 11, 300)],
            "客户": [f"{prefix}{i // 3}" for i in range(300)],
        }
        columns = [
            snapshots.column("店", Role.UNIT),
            snapshots.column("推荐", Role.NPS, (0, 10)),
            snapshots.column("客户", Role.CUSTOMER),
        ]
        days = [date(2025, 1 + i % 2, 9) for i in range(300)]
        corridor = CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())
        found = corridor.side_sums(change())[0]
        return mix_and_rate(found.weights, found.sums).beyond.standard_error

    assert_allclose(errors("c"), errors("另一种编号"), rtol=1e-9)


def test_small_groups_are_folded_so_that_none_can_be_found(visits, seen):
    snapshot = visits({"甲": 200, "乙": 120, "丙": 8, "丁": 60}, {"甲": 220, "乙": 90, "丁": 70})
    found = seen(snapshot, minimum_n=10).side_sums(change())[0]
    assert found.labels == ("乙", "甲")
    assert found.n_folded == 2
    assert found.n.tolist() == [[120.0, 200.0, 68.0], [90.0, 220.0, 70.0]]
    assert seen(snapshot).side_sums(change())[0].n_folded == 0


def hidden_in_answers(corridor, asked):
    """The groups that an answer hides on either side."""
    found = set()
    for side in corridor.sides(asked):
        alone = replace(asked, since=side.since, until=side.until, compare=None)
        cells = corridor.answer(replace(alone, where=(*asked.where, *side.where))).cells
        found |= {one.by["店"] for one in cells if one.not_estimable and not one.n}
    return found


@pytest.mark.parametrize("most_held", [0, 5_000_000])
@pytest.mark.parametrize("where", [(), (Filter("权", ">", ("0.6",)),)])
def test_the_groups_folded_are_those_that_an_answer_hides(
    visits, seen, monkeypatch, where, most_held
):
    """Small ones, one beside them, and those of which a condition leaves out too few."""
    monkeypatch.setattr(held_sides, "MOST_HELD", most_held)
    sizes = {"甲": 300, "乙": 90, "丙": 12, "丁": 60, None: 40}
    corridor = seen(visits(sizes, sizes | {"丙": 90, "丁": 14}), minimum_n=10)
    asked = change(where=where)
    (found,) = corridor.side_sums(asked)
    hidden = hidden_in_answers(corridor, asked)
    assert hidden
    assert set(sizes) - set(found.labels) == hidden
    assert found.n_folded == len(hidden)
    assert found.n.sum() == sum(
        n for one in seen(corridor._outlook.dataset.snapshot).side_sums(asked)[0].n for n in one
    )


def test_columns_taken_together_give_what_each_gives_alone(visits, seen):
    corridor = seen(visits({"甲": 200, "乙": 120}, {"甲": 220, "乙": 8}), minimum_n=10)
    together = corridor.side_sums(change(by=("店", "权")))
    for name, found in zip(("店", "权"), together, strict=True):
        (alone,) = corridor.side_sums(change(by=(name,)))
        assert (found.labels, found.n_folded) == (alone.labels, alone.n_folded)
        for part in ("n", "weights", "sums"):
            assert np.array_equal(getattr(found, part), getattr(alone, part))


def test_a_side_that_must_not_be_seen_gives_nothing(visits, seen):
    found = seen(visits({"甲": 200, "乙": 120}, {"甲": 5}), minimum_n=10).side_sums(change())[0]
    assert found.labels == ()
    assert found.weights.shape[:2] == (2, 0)


def test_a_side_may_be_a_group(visits, seen):
    corridor = seen(visits({"甲": 40, "乙": 25}, {"甲": 30, "乙": 35}))
    against = Compare(Against.GROUP, "店", "甲")
    asked = Query(("nps",), ("权",), (Filter("店", "=", ("乙",)),), compare=against)
    before, after = corridor.sides(asked)
    assert (before.where, after.where) == ((Filter("店", "=", ("甲",)),), asked.where)
    assert corridor.side_sums(asked)[0].n.sum(axis=1).tolist() == [70.0, 60.0]


def test_a_side_may_be_any_period(visits, seen):
    corridor = seen(visits({"甲": 40}, {"甲": 30}))
    compare = Compare(Against.WINDOW, since=date(2025, 1, 5), until=date(2025, 1, 9))
    asked = change(compare=compare)
    assert corridor.side_sums(asked)[0].n.tolist() == [[40.0], [30.0]]
    (cell,) = corridor.answer(replace(asked, by=())).cells
    assert cell.comparison.against == "2025-01-05..2025-01-09"
    (before,) = corridor.answer(Query(("nps",), until=date(2025, 1, 31))).cells
    assert cell.comparison.reference == before.estimate


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"by": ()}, "one column"),
        ({"by": ("无",)}, "no column"),
        ({"compare": None}, "compare with"),
        ({"compare": Compare(Against.REST)}, "compare with"),
        ({"since": None}, "since"),
        ({"compare": Compare(Against.GROUP, "店", "甲")}, "which group"),
        (
            {
                "compare": Compare(Against.GROUP, "店", "甲"),
                "where": (Filter("店", "=", ("甲",)),),
            },
            "same group",
        ),
        (
            {"compare": Compare(Against.WINDOW, since=date(2025, 1, 9), until=date(2025, 2, 1))},
            "overlap",
        ),
    ],
)
def test_what_cannot_be_taken_apart_is_said(visits, seen, more, said):
    with pytest.raises(QueryError, match=said):
        seen(visits({"甲": 40}, {"甲": 30})).side_sums(change(**more))


def test_periods_cannot_be_cut_and_compared_with_one_period(visits, seen):
    compare = Compare(Against.WINDOW, since=date(2025, 1, 5), until=date(2025, 1, 9))
    with pytest.raises(QueryError, match="grain"):
        seen(visits({"甲": 4}, {"甲": 3})).answer(change(by=(), compare=compare, grain=Grain.MONTH))


def test_an_index_and_a_multi_select_are_refused(make, snapshots, engine):
    data = {"质": [4.0, 5.0] * 20, "服": [3.0, 4.0] * 20, "选": [["a"], ["a", "b"]] * 20}
    columns = [
        snapshots.column("质", Role.ASPECT, (1, 5)),
        snapshots.column("服", Role.ASPECT, (1, 5)),
        snapshots.column("选", Role.CHOICE_SET),
    ]
    days = [date(2025, 1, 9), date(2025, 2, 9)] * 20
    corridor = CorridorOverSnapshot(engine, make(data, columns, days=days), Viewer.owner())
    with pytest.raises(QueryError, match="several ratings"):
        corridor.side_sums(change("index", by=("服",), index_weights={"质": 1.0, "服": 1.0}))
    with pytest.raises(QueryError, match="multi-select"):
        corridor.side_sums(change("score:质", by=("选",)))
