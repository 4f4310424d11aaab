"""Small typed snapshots, written by hand, as the cleaning would leave them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.engine.contracts import FlagMeaning, Snapshot
from huiyin.engine.duck import Engine

DATA = Path(__file__).parent / "data"


def column(name: str, role: Role, scale: tuple[float, float] | None = None, **more: Any) -> Column:
    low_high = Scale(*scale, direction=more.pop("direction", 1)) if scale else None
    return Column(name, role, Text.same(name), scale=low_high, **more)


def write_snapshot(
    folder: Path,
    data: Mapping[str, Sequence[Any]] | pa.Table,
    columns: Sequence[Column],
    *,
    days: Sequence[Any] | None = None,
    flags: Sequence[int] | None = None,
    legend: Sequence[FlagMeaning] = (),
    n_files: int = 1,
) -> Snapshot:
    table = data if isinstance(data, pa.Table) else pa.table(dict(data))
    n = table.num_rows
    table = table.append_column("_row", pa.array(range(1, n + 1), pa.int64()))
    table = table.append_column("_source", pa.array([0] * n, pa.int32()))
    table = table.append_column("_flags", pa.array(flags or [0] * n, pa.int64()))
    table = table.append_column("_answered_on", pa.array(days or [None] * n, pa.date32()))
    files = []
    for i in range(n_files):
        part = table.slice(i * n // n_files, (i + 1) * n // n_files - i * n // n_files)
        files.append(folder / f"答卷 {i}.parquet")
        pq.write_table(part, files[-1])
    return Snapshot(
        f"snapshot-{folder.name}", tuple(files), Codebook(tuple(columns)), n, tuple(legend)
    )


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as opened:
        yield opened


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Snapshot]:
    made = []

    def build(*args: Any, **kwargs: Any) -> Snapshot:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(folder)
        return write_snapshot(folder, *args, **kwargs)

    return build


@pytest.fixture(scope="session")
def csat_a(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
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
        column("id", Role.ID),
        column("region", Role.STRATA),
        column("store", Role.CLUSTER),
        column("age", Role.DIMENSION),
        column("gender", Role.DIMENSION),
        column("segment", Role.DIMENSION),
        column("w", Role.WEIGHT),
        column("nps", Role.NPS, (0, 10)),
        column("csat", Role.OVERALL, (1, 5)),
        column("spend", Role.AMOUNT),
        column("wait_min", Role.DURATION),
    ]
    return write_snapshot(tmp_path_factory.mktemp("csat_a"), pa.table(data), columns)
