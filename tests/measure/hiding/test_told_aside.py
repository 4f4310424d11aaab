"""A small group is not told aside: by sums of shown cells, shares, weights, bands of the rating."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Filter, Margin, Query, QueryError, Viewer, Weighting
from huiyin.measure.cubes.cube import Cubes
from huiyin.measure.run import CorridorOverSnapshot, answer

STAFF = Viewer("staff", minimum_n=10, sees_answers=False)
SMALL = "孤店"
SHOPS = ("店0", "店1", "店2")
ELSEWHERE = Filter("门店", "!=", (SMALL,))
STARS = tuple("12345")


@pytest.fixture(params=[False, True], ids=["rows", "cube"])
def asked(request, engine, make, column, tmp_path):
    """Ask as staff: 180 answers of three shops, 3 of a small one that gave one star each."""
    chance = random.Random(4)  # noqa: S311 -- data of a test
    n = 183
    data = {
        "客户": [f"c{i % 170}" for i in range(n)],
        "推荐": [float(i % 11) for i in range(n)],
        "满意": [1.0 if i < 3 else float(chance.choice([1, 3, 4, 5])) for i in range(n)],
        "门店": [SMALL if i < 3 else SHOPS[i % 3] for i in range(n)],
        "大区": ["南" if i < 3 or i % 2 else "北" for i in range(n)],
        "消费": [1e6 if i == 0 else 1.0 for i in range(n)],
        "权重": [1.0 + i % 2 for i in range(n)],
    }
    columns = [
        column("客户", Role.CUSTOMER),
        column("推荐", Role.NPS, (0, 10)),
        column("满意", Role.OVERALL, (1, 5)),
        column("门店", Role.UNIT),
        column("大区", Role.DIMENSION),
        column("消费", Role.AMOUNT),
        column("权重", Role.WEIGHT),
    ]
    days = [date(2024, 1, 1) + timedelta(days=i % 60) for i in range(n)]
    snapshot = make(data, columns, days=days)
    whole = CorridorOverSnapshot(engine, snapshot, STAFF)
    cube = Cubes(lambda: tmp_path / "cubes").of(snapshot) if request.param else None
    return lambda *metrics, **words: whole.with_cube(cube).answer(Query(metrics, **words))


def shown(result):
    return [cell for cell in result.cells if cell.estimate is not None]


@pytest.mark.parametrize("by", [("门店",), ("大区", "门店")])
def test_cells_of_all_but_a_few_do_not_add_up_to_them(asked, by):
    whole = sum(cell.n for cell in asked("nps").cells)
    found = asked("nps", by=by, where=(ELSEWHERE,))
    assert sum(cell.n for cell in found.cells) != whole - 3
    assert found.data.used is None


def test_one_cell_of_a_line_is_held_back_and_the_same_as_without_the_filter(asked):
    plain = {cell.by["门店"] for cell in shown(asked("nps", by=("门店",)))}
    found = {cell.by["门店"] for cell in shown(asked("nps", by=("门店",), where=(ELSEWHERE,)))}
    assert len(found) == 2
    assert found == plain


@pytest.mark.parametrize("column_totals", [False, True])
def test_no_sum_of_cells_and_subtotals_is_that_of_all_but_a_few(
    engine, make, column, column_totals
):
    sizes = {("甲", "大店"): 100, ("甲", "小店"): 12, ("乙", "东店"): 40, ("乙", "西店"): 40}
    places = [place for place, n in {("丙", SMALL): 3, **sizes}.items() for _ in range(n)]
    data = {
        "推荐": [float(i % 11) for i in range(len(places))],
        "大区": [region for region, _ in places],
        "门店": [shop for _, shop in places],
    }
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("大区", Role.DIMENSION),
        column("门店", Role.UNIT),
    ]
    query = Query(
        ("nps",),
        by=("大区", "门店"),
        where=(ELSEWHERE,),
        subtotals=True,
        column_totals=column_totals,
    )
    found = answer(engine, make(data, columns), query, STAFF)
    lines = [
        [float(one.by.items() <= {"大区": region, "门店": shop}.items()) for region, shop in sizes]
        for one in shown(found)
    ]
    known = np.array(lines).reshape(-1, len(sizes))
    whole = np.vstack([known, np.ones(len(sizes))])
    assert np.linalg.matrix_rank(whole) > np.linalg.matrix_rank(known), lines


def test_a_filter_that_leaves_out_many_hides_none_of_the_rest(asked):
    found = asked("nps", by=("门店",), where=(Filter("门店", "=", SHOPS[:2]),))
    assert [cell.n for cell in found.cells] == [60, 60]


def test_a_share_is_not_told_of_a_group_that_is_not_shown(asked):
    for by, stars in product([(), ("大区",)], [(), *STARS]):
        where = (Filter("满意", "=", (*stars,)),) if stars else ()
        found = asked(f"share:门店={SMALL}", by=by, where=where)
        assert not shown(found), (by, stars)
    assert not shown(asked(f"share:门店={SMALL}", by=("满意",)))
    (cell,) = shown(asked("share:门店=店1"))
    assert cell.estimate == pytest.approx(60 / 183)


def test_no_weights_let_a_small_group_speak_for_all(asked):
    shares = {SMALL: 0.97, **dict.fromkeys(SHOPS, 0.01)}
    with pytest.raises(QueryError, match="fewer than 10 people"):
        asked("nps", weighting=Weighting(margins=(Margin("门店", shares),)))
    with pytest.raises(QueryError, match="no column of weights"):
        asked("nps", weighting=Weighting("消费"))
    assert shown(asked("nps", weighting=Weighting("权重")))
    halves = Margin("大区", {"南": 0.5, "北": 0.5})
    assert shown(asked("nps", weighting=Weighting(margins=(halves,))))


def test_the_owner_weights_as_they_like(engine, make, column):
    data = {"推荐": [0.0, 9.0, 10.0], "消费": [5.0, 1.0, 1.0]}
    snapshot = make(data, [column("推荐", Role.NPS, (0, 10)), column("消费", Role.AMOUNT)])
    query = Query(("nps",), weighting=Weighting("消费"))
    assert answer(engine, snapshot, query, Viewer.owner()).cells[0].n == 3


def test_bands_of_a_small_group_do_not_tell_in_which_it_is(asked):
    where = (Filter("门店", "=", (SMALL,)),)
    assert asked("nps", by=("band:满意",), where=where).cells == ()
