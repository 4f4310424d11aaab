"""The staged copy of a table: a Parquet file of words, read a few times and thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from huiyin.collect.files.table import StagePlan
from huiyin.engine.arrays import number_array
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN

ROW_GROUP_ROWS = 122_880
ROW_GROUP_BYTES = 48 * 1024 * 1024
"""A row group is closed at whichever comes first; it bounds the memory of staging."""


class StagedWriter:
    """Writes text columns, with `_row` and `_source`, in row groups of bounded size.

    The files are read a few times and thrown away: no statistics, the quickest compression, and
    no dictionary for a column whose first rows are mostly different.
    """

    def __init__(self, plan: StagePlan, columns: Sequence[str] | None = None) -> None:
        import pyarrow as pa

        self._plan = plan
        self._columns = tuple(columns or plan.columns)
        fields: list[tuple[str, Any]] = [(name, pa.string()) for name in plan.all_columns]
        self._schema = pa.schema([*fields, (ROW_COLUMN, pa.int64()), (SOURCE_COLUMN, pa.int32())])
        self._writer: Any = None
        self._pending: list[Any] = []
        self._pending_bytes = 0
        self._pending_rows = 0
        self.n_rows = 0

    def write(self, arrays: Sequence[Any]) -> None:
        """Add rows, given as one string array for each of the table's columns."""
        import pyarrow as pa

        n = len(arrays[0])
        by_name = dict(zip(self._columns, arrays, strict=True))
        full = [
            by_name[name] if name in by_name else pa.nulls(n, pa.string())
            for name in self._plan.all_columns
        ]
        full.append(number_array(np.arange(self.n_rows + 1, self.n_rows + n + 1)))
        full.append(number_array(np.full(n, self._plan.source, np.int32)))
        batch = pa.RecordBatch.from_arrays(full, schema=self._schema)
        self.n_rows += n
        self._pending.append(batch)
        self._pending_rows += n
        self._pending_bytes += batch.nbytes
        if self._pending_rows >= ROW_GROUP_ROWS or self._pending_bytes >= ROW_GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._writer is None:
            self._writer = self._open(self._pending[:1])
        if self._pending:
            table = pa.Table.from_batches(self._pending, schema=self._schema)
            self._writer.write_table(table, row_group_size=ROW_GROUP_ROWS)
        self._pending = []
        self._pending_bytes = self._pending_rows = 0

    def _open(self, first: Sequence[Any]) -> Any:
        import pyarrow.parquet as pq

        repeating = [
            field.name
            for i, field in enumerate(self._schema)
            if field.name != ROW_COLUMN and all(_repeats(batch.column(i)) for batch in first)
        ]
        options: dict[str, Any] = {"use_dictionary": repeating, "write_statistics": False}
        return pq.ParquetWriter(self._plan.target, self._schema, compression="lz4", **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if fault is None:
            self._flush()
        if self._writer is not None:
            self._writer.close()


_LOOKED_AT = 2_000
"""Values by which a column is taken for repeating or not."""


def _repeats(values: Any) -> bool:
    first = values.slice(0, _LOOKED_AT)
    return len(first.unique()) * 2 <= len(first)
