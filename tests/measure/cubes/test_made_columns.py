"""Columns that metrics make for themselves stand in the cube as they stand beside the rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query, Viewer
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.dataset import Dataset
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.measure.task import prepare

N = 400
MONDAY = datetime.fromisoformat("2026-01-05T09:00")
OWNER = Viewer.owner()


@pytest.fixture(scope="module")
def tickets(snapshots, tmp_path_factory):
    rng = np.random.default_rng(7)
    opened = [MONDAY + timedelta(hours=int(h)) for h in rng.integers(0, 24 * 150, N)]
    solved = [
        at + timedelta(hours=float(h)) if h < 90 else None
        for at, h in zip(opened, rng.exponential(40, N), strict=True)
    ]
    moments = pa.timestamp("us")
    data = {
        "开单": pa.array(opened, moments),
        "解决": pa.array(solved, moments),
        "客户": [f"c{i}" for i in rng.integers(0, 150, N)],
        "问题": [f"问题{i}" for i in rng.integers(0, 3, N)],
        "满意": pa.array(rng.integers(1, 6, N).astype(float), pa.float64()),
    }
    columns = [
        snapshots.column("开单", Role.OPENED),
        snapshots.column("解决", Role.RESOLVED),
        snapshots.column("客户", Role.CUSTOMER),
        snapshots.column("问题", Role.TOUCHPOINT),
        snapshots.column("满意", Role.CSAT, (1, 5)),
    ]
    days: list[date] = [at.date() for at in opened]
    folder = tmp_path_factory.mktemp("tickets")
    return snapshots.write_snapshot(folder, data, columns, days=days, n_files=2)


@pytest.fixture(scope="module")
def cube(tmp_path_factory):
    return Cube(tmp_path_factory.mktemp("cube") / "tickets")


QUERIES = [
    (Query(("resolved_within",), by=("问题",)), True),
    (Query(("first_contact",), grain=Grain.MONTH, compare=Compare(Against.PREVIOUS)), True),
    (Query(("satisfied:满意",), by=("band:满意",)), True),
    (Query(("first_contact",), where=(Filter("band:满意", "=", ("4–5 满意",)),)), True),
    (Query(("resolution_time",), by=("问题",)), True),
]


@pytest.mark.parametrize(("query", "from_cube"), QUERIES)
def test_they_give_what_the_rows_give(engine, tickets, cube, query, from_cube):
    for viewer in (OWNER, Viewer("staff", 10)):
        task = prepare(Dataset(engine, tickets, cube=cube), query, viewer)
        assert (task.drawn.source is not None) is from_cube
        corridor = CorridorOverSnapshot(engine, tickets, viewer)
        of_rows, of_cube = (one.answer(query) for one in (corridor, corridor.with_cube(cube)))
        assert of_cube.notes == of_rows.notes
        assert [cell.by for cell in of_cube.cells] == [cell.by for cell in of_rows.cells]
        for mine, theirs in zip(of_cube.cells, of_rows.cells, strict=True):
            assert (mine.n, mine.n_customers) == (theirs.n, theirs.n_customers)
            assert mine.not_estimable == theirs.not_estimable
            if theirs.estimate is not None:
                numbers = (mine.estimate, mine.low, mine.high)
                assert numbers == pytest.approx(
                    (theirs.estimate, theirs.low, theirs.high), rel=1e-9
                )
