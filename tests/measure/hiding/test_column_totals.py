"""Totals that run down and across: counted from the rows, and no way to a small group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Grain, Query, Viewer
from huiyin.measure.hiding.suppression import hidden_among_totals, hidden_cells
from huiyin.measure.run import answer

OWNER, STAFF = Viewer.owner(), Viewer("staff", 10)


def levels_of(counts):
    """Give the levels of a pivot of (a, b) by c, and what their keys are."""
    names = [("a", "b", "c"), ("a", "b"), ("a",), (), ("a", "c"), ("c",)]
    places = {name: i for i, name in enumerate(names[0])}
    made = []
    for level in names:
        sums = {}
        for key, n in counts.items():
            part = tuple(key[places[name]] for name in level)
            sums[part] = sums.get(part, 0) + n
        made.append(sums)
    return made, names


def hide(counts, minimum=10):
    levels, names = levels_of(counts)
    bare = [frozenset({k for k, n in level.items() if 0 < n < minimum}) for level in levels]
    return levels, names, hidden_among_totals(levels, names, minimum, bare)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("12"), st.sampled_from("xy"), st.sampled_from("pqr")),
        st.integers(0, 40),
        min_size=2,
    )
)
def test_no_cell_of_too_few_is_what_the_shown_totals_leave(counts):
    levels, names, hidden = hide(counts)
    unknown = [key for key in counts if key in hidden[0] and counts[key]]
    if not unknown:
        return
    lines = []
    for level, name, lost in zip(levels, names, hidden, strict=True):
        at = ["abc".index(one) for one in name]
        lines += [
            [float(tuple(key[i] for i in at) == total) for key in unknown]
            for total in level
            if total not in lost
        ]
    system = np.array(lines or [[0.0] * len(unknown)])
    told = np.diag(np.linalg.pinv(system) @ system) > 1 - 1e-9
    for key, is_told in zip(unknown, told, strict=True):
        assert not (is_told and counts[key] < 10), (key, counts)
    for total in (t for t in levels[5] if t in hidden[5] and levels[5][t]):
        parts = [key for key in counts if key[2] == total[0] and counts[key]]
        assert any(key in hidden[0] for key in parts)


def test_a_total_down_one_column_would_tell_and_is_held_back_with_a_second_cell():
    counts = {(a, "x", c): 40 for a in "12" for c in "pq"} | {("1", "x", "p"): 4}
    levels, _, hidden = hide(counts)
    assert ("1", "x", "p") in hidden[0]
    assert len(hidden[0]) >= 4  # a second cell in its row and in its column, and where they cross
    (flat,) = hidden_cells([levels[4]], 10, n_groups=[2])
    assert flat <= hidden[4]


@pytest.fixture
def shops(snapshots, tmp_path):
    from datetime import date

    rng = np.random.default_rng(1)
    n = 600
    data = {
        "大区": [str(x) for x in rng.choice(["东", "南"], n)],
        "门店": [str(x) for x in rng.choice(["甲", "乙", "丙"], n)],
        "渠道": [str(x) for x in rng.choice(["线上", "线下"], n)],
        "csat": [float(x) for x in rng.integers(1, 6, n)],
    }
    columns = [snapshots.column(name, Role.DIMENSION) for name in list(data)[:3]]
    columns.append(snapshots.column("csat", Role.OVERALL, (1, 5)))
    days = [date(2025, int(m), 3) for m in rng.integers(1, 4, n)]
    return snapshots.write_snapshot(tmp_path, data, columns, days=days)


def cells(engine, snapshot, viewer=OWNER, **words):
    query = Query(("satisfied:csat",), subtotals=True, column_totals=True, **words)
    return {tuple(sorted(c.by.items())): c for c in answer(engine, snapshot, query, viewer).cells}


def test_every_total_is_what_its_rows_give(engine, shops):
    found = cells(engine, shops, by=("大区", "门店", "渠道"))
    for names in (("渠道",), ("大区", "渠道"), ("大区",), ("大区", "门店"), ()):
        alone = answer(engine, shops, Query(("satisfied:csat",), by=names), OWNER).cells
        for cell in alone:
            total = found[tuple(sorted(cell.by.items()))]
            assert (total.estimate, total.low, total.high, total.n) == (
                cell.estimate, cell.low, cell.high, cell.n,
            )  # fmt: skip
    assert {len(key) for key in found} == {0, 1, 2, 3}


def test_periods_have_a_total_over_all_of_them_that_is_compared_with_none(engine, shops):
    words = {"by": ("大区",), "grain": Grain.MONTH, "compare": Compare(Against.PREVIOUS)}
    found = cells(engine, shops, **words)
    whole = answer(engine, shops, Query(("satisfied:csat",), by=("大区",)), OWNER).cells
    for cell in whole:
        total = found[tuple(sorted(cell.by.items()))]
        assert (total.estimate, total.n) == (cell.estimate, cell.n)
        assert total.comparison is None
    assert sum("period" in dict(key) for key in found) == 9


def test_few_in_one_shop_stay_hidden_with_totals_both_ways(engine, snapshots, tmp_path):
    rows = [(region, shop, 30) for region in "东南西" for shop in "甲乙"]
    rows[3] = ("南", "乙", 4)
    data = {
        "大区": [r for r, _, n in rows for _ in range(n)],
        "店": [s for _, s, n in rows for _ in range(n)],
    }
    data["csat"] = [float(1 + i % 5) for i in range(len(data["店"]))]
    columns = [
        snapshots.column("大区", Role.DIMENSION), snapshots.column("店", Role.DIMENSION),
        snapshots.column("csat", Role.OVERALL, (1, 5)),
    ]  # fmt: skip
    snapshot = snapshots.write_snapshot(tmp_path, data, columns)
    found = cells(engine, snapshot, STAFF, by=("大区", "店"))
    hidden = {tuple(dict(key).values()) for key, c in found.items() if c.estimate is None}
    assert ("南", "乙") in {(k[0], k[1]) for k in hidden if len(k) == 2}
    for place in (0, 1):
        for value in {key[place] for key in hidden if len(key) == 2}:
            assert sum(key[place] == value for key in hidden if len(key) == 2) >= 2
    assert found[(("店", "甲"),)].n == 90  # a total down is shown
