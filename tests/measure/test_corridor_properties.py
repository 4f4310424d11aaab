"""What must hold whatever the data: merging, order, relabelling, agreement with plain formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from huiyin.codebook.contracts import Role
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.contracts import Filter, Grain, Query, Viewer
from huiyin.measure.dataset import Dataset
from huiyin.measure.fetching import fetch
from huiyin.measure.periods import Window
from huiyin.measure.run import answer
from huiyin.measure.task import prepare

OWNER = Viewer.owner()
ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 10)),
        st.sampled_from(["甲", "乙", "丙"]),
        st.integers(0, 6),
        st.integers(1, 4),
    ),
    min_size=4,
    max_size=60,
)
FEW = settings(max_examples=15)


def built(snapshots, folder, rows, **more):
    nps, group, shop, weight = zip(*rows, strict=True)
    data = {
        "推荐": pa.array([None if v is None else float(v) for v in nps], pa.float64()),
        "组": list(group),
        "店": [str(v) for v in shop],
        "权": [float(v) for v in weight],
    }
    columns = [
        snapshots.column("推荐", Role.NPS, (0, 10)),
        snapshots.column("组", Role.DIMENSION),
        snapshots.column("店", Role.CLUSTER),
        snapshots.column("权", Role.WEIGHT),
    ]
    return snapshots.write_snapshot(Path(folder), pa.table(data), columns, **more)


def moments(engine, snapshot, query, by=()):
    task = prepare(Dataset(engine, snapshot), query, OWNER)
    return fetch(task.dataset, task.drawn, CellSet(by, (), Window(None, None)), task.wanted).moments


@FEW
@given(rows=ROWS)
def test_row_moments_of_parts_add_up_to_the_whole(engine, snapshots, rows):
    with TemporaryDirectory() as folder:
        snapshot = built(snapshots, folder, rows)
        query = Query(("nps", "mean:推荐", "satisfied:推荐"))
        parts, whole = (moments(engine, snapshot, query, by) for by in (("组",), ()))
        for name in ("n", "a", "q", "t"):
            assert parts.parts[name].sum(axis=1) == pytest.approx(whole.parts[name][:, 0])


@FEW
@given(rows=ROWS, seed=st.integers(0, 99))
def test_order_and_labels_of_groups_change_no_number(engine, snapshots, rows, seed):
    order = np.random.default_rng(seed).permutation(len(rows))
    other = {"甲": "z", "乙": "y", "丙": "x"}
    turned = [(rows[i][0], other[rows[i][1]], *rows[i][2:]) for i in order]
    query = Query(("nps", "mean:推荐"), by=("组",), cluster="店")
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        first = answer(engine, built(snapshots, one, rows), query, OWNER).cells
        second = answer(engine, built(snapshots, two, turned), query, OWNER).cells
    found = {(c.by["组"], c.metric): c for c in second}
    for cell in first:
        twin = found[other[cell.by["组"]], cell.metric]
        assert (cell.n, cell.not_estimable) == (twin.n, twin.not_estimable)
        if cell.estimate is not None:
            assert (cell.estimate, cell.low, cell.high) == pytest.approx(
                (twin.estimate, twin.low, twin.high), rel=1e-9, abs=1e-9
            )


@FEW
@given(rows=ROWS)
def test_a_dataset_taken_twice_keeps_its_estimates(engine, snapshots, rows):
    query = Query(("nps", "mean:推荐"))
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        once = answer(engine, built(snapshots, one, rows), query, OWNER).cells
        twice = answer(engine, built(snapshots, two, rows * 2, n_files=2), query, OWNER).cells
    for single, double in zip(once, twice, strict=True):
        assert double.n == 2 * single.n
        if single.estimate is not None:
            assert double.estimate == pytest.approx(single.estimate)


@FEW
@given(rows=ROWS)
def test_clustered_variance_is_that_of_the_plain_formula(engine, snapshots, rows):
    """Taylor-linearised variance of a weighted mean over clusters, written out for one stratum."""
    from huiyin.measure.contracts import Weighting

    with TemporaryDirectory() as folder:
        snapshot = built(snapshots, folder, rows)
        query = Query(("mean:推荐",), cluster="店", weighting=Weighting("权"))
        (cell,) = answer(engine, snapshot, query, OWNER).cells
    if cell.estimate is None:
        return
    y = np.array([np.nan if r[0] is None else r[0] for r in rows])
    w, shop = np.array([r[3] for r in rows], float), np.array([r[2] for r in rows])
    seen = ~np.isnan(y)
    mean = np.sum(w[seen] * y[seen]) / w[seen].sum()
    z = np.where(seen, w * (np.nan_to_num(y) - mean), 0) / w[seen].sum()
    totals = np.array([z[shop == s].sum() for s in np.unique(shop)])
    m = len(totals)
    expected = np.sqrt(m / (m - 1) * np.sum((totals - totals.mean()) ** 2))
    assert cell.estimate == pytest.approx(mean)
    assert cell.standard_error == pytest.approx(expected, rel=1e-7, abs=1e-9)


@FEW
@given(rows=ROWS, minimum=st.integers(2, 12))
def test_no_viewer_sees_a_group_below_their_minimum(engine, snapshots, rows, minimum):
    viewer = replace(OWNER, minimum_n=minimum)
    with TemporaryDirectory() as folder:
        snapshot = built(snapshots, folder, rows)
        result = answer(engine, snapshot, Query(("nps",), by=("组",), subtotals=True), viewer)
    assert all(cell.n_customers >= minimum or cell.n == 0 for cell in result.cells)


PLACES = {"组": ["甲", "乙", "丙"], "城": ["东", "西"], "店": ["一", "二", "三"]}
CLAUSES = st.sampled_from(sorted(PLACES)).flatmap(
    lambda name: st.builds(
        Filter,
        st.just(name),
        st.sampled_from(["=", "!="]),
        st.lists(st.sampled_from(PLACES[name]), min_size=1, max_size=2, unique=True).map(tuple),
    )
)


def some_voices(seed, n):
    """Draw answers in which some places are rare: by chance a condition leaves out few, or none."""
    rng = np.random.default_rng(seed)
    rows = [{"推荐": None if nps == 11 else float(nps)} for nps in rng.integers(0, 12, n)]
    for name, values in PLACES.items():
        weights = rng.dirichlet([0.6] * len(values))
        for row, value in zip(rows, rng.choice(values, n, p=weights), strict=True):
            row[name] = str(value)
    return rows


def meets(row, clause):
    return (row[clause.column] in clause.values) == (clause.operator == "=")


def left_out(rows, cell, clauses, clause):
    """Count by hand who answered, is in the cell, meets all clauses but this one."""
    others = [one for one in clauses if one is not clause]
    return sum(
        row["推荐"] is not None
        and all(row[name] == value for name, value in cell.by.items())
        and all(meets(row, one) for one in others)
        and not meets(row, clause)
        for row in rows
    )


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    n=st.integers(30, 400),
    where=st.lists(CLAUSES, min_size=1, max_size=3, unique_by=lambda one: one.column),
    rule=st.none() | CLAUSES,
    by=st.sampled_from([(), ("组",), ("组", "城")]),
    minimum=st.integers(2, 8),
)
def test_no_shown_cell_tells_of_the_few_that_a_condition_leaves_out(
    engine, snapshots, seed, n, where, rule, by, minimum
):
    """DESIGN §2: what meets all clauses but one is nobody, or enough; the row rule is a clause."""
    rows = some_voices(seed, n)
    viewer = replace(OWNER, minimum_n=minimum, rows=(rule,) if rule else (), sees_rows=False)
    known = all(
        any(row[one.column] == value for row in rows)
        for one in (*where, *viewer.rows)
        for value in one.values
    )
    assume(known)  # a value that is nowhere is refused by name
    columns = [snapshots.column(name, Role.DIMENSION) for name in PLACES]
    columns.append(snapshots.column("推荐", Role.NPS, (0, 10)))
    data = {name: [row[name] for row in rows] for name in PLACES}
    nps = pa.array(
        [None if row["推荐"] is None else float(row["推荐"]) for row in rows], pa.float64()
    )
    table = pa.table({**data, "推荐": nps})
    query = Query(("nps",), by=by, where=tuple(where))
    with TemporaryDirectory() as folder:
        snapshot = snapshots.write_snapshot(Path(folder), table, columns)
        result = answer(engine, snapshot, query, viewer)
    clauses = (*where, *viewer.rows)
    shown = [cell for cell in result.cells if cell.estimate is not None]
    event(f"{len(clauses)} clauses, {'some' if shown else 'nothing'} shown")
    for cell in shown:
        for clause in clauses:
            few = left_out(rows, cell, clauses, clause)
            assert few == 0 or few >= minimum, (cell.by, clause)


@FEW
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10)),
            st.one_of(st.none(), st.dates(date(2023, 12, 1), date(2024, 3, 31))),
        ),
        min_size=2,
        max_size=60,
    )
)
def test_sums_by_month_are_those_of_the_rows_of_the_month(engine, snapshots, rows):
    """Days are summed first: nothing may be lost or counted twice on the way to the month."""
    rows = [(7, date(2024, 1, 15)), *rows]
    values, days = zip(*rows, strict=True)
    numbers = [None if v is None else float(v) for v in values]
    data = pa.table({"推荐": pa.array(numbers, pa.float64())})
    columns = [snapshots.column("推荐", Role.NPS, (0, 10))]
    with TemporaryDirectory() as folder:
        snapshot = snapshots.write_snapshot(Path(folder), data, columns, days=list(days))
        query = Query(("nps", "mean:推荐"), grain=Grain.MONTH)
        cells = answer(engine, snapshot, query, OWNER).cells
    for cell in cells:
        month = date.fromisoformat(cell.by["period"])
        mine = [v for v, day in rows if day and day.replace(day=1) == month and v is not None]
        assert cell.n == len(mine)
        if cell.estimate is not None:
            nps = 100 * (sum(v >= 9 for v in mine) - sum(v <= 6 for v in mine)) / len(mine)
            assert cell.estimate == pytest.approx(nps if cell.metric == "nps" else np.mean(mine))
    told = {cell.by["period"] for cell in cells if cell.n}
    assert told == {f"{day:%Y-%m}-01" for v, day in rows if day and v is not None}
