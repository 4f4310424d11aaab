"""What DuckDB is told in SQL because no Ibis plan can say it; names and paths are quoted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROW_GROUP_ROWS = 122_880
"""DuckDB's own row group: what one thread reads or writes at a time."""


def literal_path(path: Path) -> str:
    """Write a path so that DuckDB takes ``*``, ``?`` and ``[`` in it as they are."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def as_declared(select: str, schema: Any) -> str:
    """Cast every column to the type its plan declares.

    DuckDB sums integers into 128 bits and reads ``1.0`` as a decimal; Ibis, which believes its own
    types, leaves out the casts that would mend it.
    """
    from ibis.backends.sql.datatypes import DuckDBType

    words = {kind: DuckDBType.to_string(kind) for kind in {*schema.values()} if not kind.is_null()}
    columns = []
    for name, kind in schema.items():
        column = quoted(name)
        cast = f"CAST({column} AS {words[kind]})" if kind in words else column
        columns.append(f"{cast} AS {column}")
    return f"SELECT {', '.join(columns)} FROM ({select})"  # noqa: S608 -- quoted names only


def quoted(name: str) -> str:
    """Write a name so that DuckDB takes it as one."""
    return '"' + name.replace('"', '""') + '"'


def reading(files: Sequence[Path], options: dict[str, bool]) -> str:
    """Say how Parquet files are read as one table."""
    from sqlglot import expressions as sge

    paths = [sge.Literal.string(literal_path(file)).sql("duckdb") for file in files]
    chosen = [f"{option} = {str(is_on).lower()}" for option, is_on in options.items()]
    return f"SELECT * FROM read_parquet([{', '.join(paths)}], {', '.join(chosen)})"  # noqa: S608 -- quoted


def copy_statement(select: str, path: Path) -> str:
    """Say how rows are written into one Parquet file."""
    from sqlglot import expressions as sge

    target = sge.Literal.string(str(path)).sql("duckdb")
    return (
        f"COPY ({select}) TO {target} "
        f"(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
    )


def partitions_statement(select: str, folder: Path, by: str, name: str) -> str:
    """Say how rows are written into folders, one for each value of a column."""
    from sqlglot import expressions as sge

    target, pattern = (
        sge.Literal.string(text).sql("duckdb") for text in (str(folder), name + "-{uuid}")
    )
    column = sge.to_identifier(by, quoted=True).sql("duckdb")
    return (
        f"COPY ({select}) TO {target} "
        f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARTITION_BY ({column}), "
        f"FILENAME_PATTERN {pattern}, APPEND true, RETURN_STATS true, "
        f"ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
    )
