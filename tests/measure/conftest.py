"""Fixtures: an engine, and small typed snapshots written by hand."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest

from huiyin.codebook.contracts import Role
from huiyin.engine.contracts import Snapshot
from huiyin.engine.duck import Engine

DATA = Path(__file__).parent / "data"


def _snapshots() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "measure" / "snapshots.py"
    spec = importlib.util.spec_from_file_location("measure_snapshots", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def snapshots() -> ModuleType:
    return _snapshots()


@pytest.fixture(scope="session")
def column(snapshots: ModuleType) -> Callable[..., Any]:
    return snapshots.column


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as opened:
        yield opened


@pytest.fixture
def make(tmp_path: Path, snapshots: ModuleType) -> Callable[..., Snapshot]:
    made = []

    def build(*args: Any, **kwargs: Any) -> Snapshot:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(folder)
        return snapshots.write_snapshot(folder, *args, **kwargs)

    return build


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
