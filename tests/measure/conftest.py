"""The generated customer survey that the figures of R were made from."""

from __future__ import annotations

import csv
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import Snapshot

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def csat_a(tmp_path_factory: pytest.TempPathFactory, snapshots: ModuleType) -> Snapshot:
    """The generated customer survey of the R figures: strata region, PSU store, weight w."""
    with (DATA / "csat_a.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    words = ("id", "region", "store", "age", "gender", "segment")
    data: dict[str, pa.Array] = {
        name: pa.array([row[name] or None for row in rows], pa.string()) for name in words
    }
    for name in ("w", "nps", "csat", "spend", "wait_min"):
        numbers = [float(row[name]) if row[name] else None for row in rows]
        data[name] = pa.array(numbers, pa.float64())
    columns = [
        snapshots.column("id", Role.ID),
        snapshots.column("region", Role.STRATA),
        snapshots.column("store", Role.CLUSTER),
        snapshots.column("age", Role.DIMENSION),
        snapshots.column("gender", Role.DIMENSION),
        snapshots.column("segment", Role.DIMENSION),
        snapshots.column("w", Role.WEIGHT),
        snapshots.column("nps", Role.NPS, (0, 10)),
        snapshots.column("csat", Role.OVERALL, (1, 5)),
        snapshots.column("spend", Role.AMOUNT),
        snapshots.column("wait_min", Role.DURATION),
    ]
    return snapshots.write_snapshot(tmp_path_factory.mktemp("csat_a"), pa.table(data), columns)
