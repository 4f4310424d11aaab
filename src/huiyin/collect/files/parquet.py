"""Parquet files: staged as themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.table import HEAD_ROWS, RawTable, StagePlan
from huiyin.core.text import Text

_BATCH_ROWS = 65_536


@dataclass
class ParquetTable(RawTable):
    """A Parquet file; its types are kept where it is read alone."""

    n_rows: int = 0

    def stage(self, plan: StagePlan) -> int:
        """Stage as text, where it is read together with files of other formats."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        from huiyin.collect.files.staged import StagedWriter

        with StagedWriter(plan) as writer:
            for batch in pq.ParquetFile(self.path).iter_batches(_BATCH_ROWS):
                writer.write([pc.cast(column, "string") for column in batch.columns])
        return writer.n_rows


def open_parquet(path: Path) -> list[ParquetTable]:
    """Open a Parquet file.

    Raises
    ------
    UnreadableFileError
        It is cut off or broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        batch = next(file.iter_batches(HEAD_ROWS), None)
    except (pa.ArrowException, OSError) as fault:
        raise UnreadableFileError(
            Text(
                "Parquet 文件“{path}”已损坏或不完整（{why}）。请重新生成。",
                "The Parquet file “{path}” is broken or cut off ({why}). Write it again.",
            ).format(path=path.name, why=fault)
        ) from fault
    header = tuple(file.schema_arrow.names)
    rows = [] if batch is None else batch.to_pylist()
    cells = (tuple(None if v is None else str(v) for v in row.values()) for row in rows)
    return [ParquetTable(path, (header, *cells), "parquet", n_rows=file.metadata.num_rows)]
