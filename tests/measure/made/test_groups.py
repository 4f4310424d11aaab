"""Dimensions that people make: the same numbers as the values they hold, and no secret told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.codebook.groupings import Group, Grouping, fitting
from huiyin.measure.contracts import Against, Compare, Filter, Query, Viewer
from huiyin.measure.hiding.made_groups import hidden_beside_groups
from huiyin.measure.made.groups import told_groups
from huiyin.measure.run import CorridorOverSnapshot, answer

STAFF = Viewer("staff", minimum_n=10)
TIERS = Grouping("级别", "城市", (Group("一线", ("北京", "深圳")),), "其他")
AGES = Grouping("年龄段", "年龄", (Group("30 以下", high=30), Group("30–49", low=30, high=50)))
N = {"北京": 40, "深圳": 4, "成都": 30, "拉萨": 12}


@pytest.fixture
def cities(snapshots, tmp_path):
    names = [name for name, n in N.items() for _ in range(n)] + [None] * 20
    data = {
        "城市": names,
        "年龄": [[29.0, 30.0, 50.0, None][i % 4] for i in range(len(names))],
        "nps": [float(10 - 3 * (i % 3)) for i in range(len(names))],
    }
    columns = [
        snapshots.column("城市", Role.DIMENSION),
        snapshots.column("年龄", Role.DURATION),
        snapshots.column("nps", Role.NPS, (0, 10)),
    ]
    found = snapshots.write_snapshot(tmp_path, data, columns)
    return replace(found, groupings=(TIERS, AGES))


def shown(engine, snapshot, viewer=None, **words):
    result = answer(engine, snapshot, Query(("nps",), **words), viewer or Viewer.owner())
    return {tuple(cell.by.values()): cell for cell in result.cells}


def test_a_group_is_what_its_values_are_together_and_a_missing_value_is_in_none(engine, cities):
    by_group = shown(engine, cities, by=("级别",))
    both = shown(engine, cities, where=(Filter("城市", "=", ("北京", "深圳")),))[()]
    assert by_group["一线",].estimate == both.estimate
    assert {key[0]: cell.n for key, cell in by_group.items()} == {"一线": 44, "其他": 42, None: 20}


def test_ranges_take_their_low_end_and_without_a_rest_leave_the_others_out(engine, cities):
    found = shown(engine, cities, by=("年龄段",))
    n = {key[0]: cell.n for key, cell in found.items()}
    asked = shown(engine, cities, where=(Filter("年龄", "=", ("30",)),))[()]
    assert n == {"30 以下": 27, "30–49": asked.n, None: 106 - 27 - asked.n}


def test_a_made_dimension_filters_compares_and_crosses_like_a_column(engine, cities):
    where = (Filter("级别", "=", ("一线",)),)
    assert shown(engine, cities, where=where)[()].n == 44
    compare = Compare(Against.GROUP, "级别", "其他")
    cell = shown(engine, cities, by=("级别",), compare=compare)["一线",]
    assert cell.comparison.against == "级别=其他"
    crossed = shown(engine, cities, by=("级别", "年龄段"))
    assert sum(cell.n for cell in crossed.values()) == 106
    corridor = CorridorOverSnapshot(engine, cities, Viewer.owner())
    assert {v: n for v, n, _ in corridor.level_counts("级别")} == {
        "一线": 44, "其他": 42, None: 20,
    }  # fmt: skip


def test_what_a_codebook_cannot_bear_is_left_out(cities):
    book = cities.codebook
    free = replace(TIERS, name="城市")
    gone = replace(TIERS, column="省")
    assert fitting((TIERS, free, gone), book) == (TIERS,)
    assert [c.role for c in cities.asked_codebook if c.name == "级别"] == [Role.DIMENSION]


def test_a_group_and_its_parts_do_not_tell_a_small_city(engine, cities):
    plain = shown(engine, replace(cities, groupings=()), STAFF, by=("城市",))
    hidden = {key[0] for key, cell in plain.items() if cell.estimate is None}
    assert hidden == {"深圳", "拉萨"}  # 一线 − 北京 would tell 深圳
    beside = shown(engine, cities, STAFF, by=("城市",))
    assert {key[0] for key, cell in beside.items() if cell.estimate is None} >= {"深圳", "北京"}
    groups = shown(engine, cities, STAFF, by=("级别",))
    assert all(cell.estimate is not None for cell in groups.values())


def test_crosstabs_and_level_counts_know_the_groups_too(engine, cities):
    corridor = CorridorOverSnapshot(engine, cities, STAFF)
    places = corridor.hidden_groups([(Filter("城市", "=", (name,)),) for name in N])
    assert {(0,), (1,)} <= places


def test_of_two_made_groups_that_differ_in_a_few_the_later_is_hidden(engine, cities):
    wider = Grouping("另一种", "城市", (Group("一线加", ("北京",)),), "其他")
    both = replace(cities, groupings=(TIERS, wider))
    later = shown(engine, both, STAFF, by=("另一种",))
    assert later["一线加",].estimate is None  # 一线 − 一线加 is 深圳, four answers
    assert shown(engine, both, STAFF, by=("级别",))["一线",].estimate is not None
    assert shown(engine, both, by=("另一种",))["一线加",].n == 40


@settings(max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=8), st.integers(0, 255))
def test_totals_of_groups_never_leave_one_small_part_alone(counts, members):
    values = tuple(str(i) for i in range(8) if members >> i & 1) or ("x",)
    grouping = Grouping("g", "c", (Group("in", values),), "out")
    cells = {(str(i),): n for i, n in enumerate(counts)}
    (hidden,) = hidden_beside_groups([cells], [("c",)], [("c", grouping.group_of)], 10)
    assert all(key in hidden for key, n in cells.items() if 0 < n < 10)
    for group in ("in", "out"):
        inside = [key for key in cells if grouping.group_of(key[0]) == group and cells[key]]
        lost = [key for key in inside if key in hidden]
        alone = len(lost) == 1 or 0 < sum(cells[key] for key in lost) < 10
        assert not alone or len(lost) == len(inside)


def test_the_first_of_two_dimensions_is_told_by_none():
    counts = {(name,): n for name, n in N.items()}
    assert told_groups(counts, TIERS, (), 10) == frozenset()
