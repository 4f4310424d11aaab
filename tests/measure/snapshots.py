"""Small typed snapshots, written by hand, as the cleaning would leave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.engine.contracts import FlagMeaning, Snapshot


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
