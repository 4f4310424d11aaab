"""Columns of wide Parquet files, read without a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def read_columns(files: Sequence[Path], names: Sequence[str], kinds: Mapping[str, Any]) -> Any:
    """Read some columns of files that all have them, all rows, in order.

    Parameters
    ----------
    files : sequence of Path
    names : sequence of str
    kinds : mapping of str to ibis.DataType
        As the engine declares them.

    Returns
    -------
    pyarrow.Table or None
        None where only the engine reads them as declared: a file lacks one, has it in another
        type, or is gone.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not all(kinds[name].is_string() or kinds[name].is_primitive() for name in names):
        return None
    parts = []
    try:
        for file in files:
            with pq.ParquetFile(file) as reader:
                held = reader.schema_arrow
                if not all(_is_as_declared(held, name, kinds[name]) for name in names):
                    return None
                parts.append(reader.read(columns=list(names), use_threads=False))
    except (OSError, pa.ArrowInvalid):
        return None
    return pa.concat_tables(parts).select(list(names))


def _is_as_declared(held: Any, name: str, kind: Any) -> bool:
    place = held.get_field_index(name)
    return bool(place >= 0 and held.field(place).type == kind.to_pyarrow())
