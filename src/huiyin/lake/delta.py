"""The Delta log of one table: opening, listing, committing. Only this file gives paths to it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from huiyin.core.clock import system_clock
from huiyin.lake.contracts import MONTH_COLUMN, Batch, UnreadableTableError

if TYPE_CHECKING:
    from deltalake import CommitProperties, DeltaTable, Schema

    from huiyin.engine.contracts import WrittenFile

NOTE = "huiyin"
"""Where our own facts stand in a commit."""
ERASED_APP = "huiyin/erased"
"""Transaction whose number is the version of the last erasure."""
CONFIGURATION = {
    # Least and greatest values would keep erased words in the log; Parquet has its own.
    "delta.dataSkippingNumIndexedCols": "0",
    "delta.checkpointInterval": "20",
    # The log holds no answers; what is too old is for `trimming` to say.
    "delta.logRetentionDuration": "interval 3650 days",
    # Each checkpoint names what was deleted and which batches are in: only those of late.
    "delta.deletedFileRetentionDuration": "interval 1 days",
    "delta.setTransactionRetentionDuration": "interval 7 days",
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a version."""

    path: Path
    month: str | None
    n_rows: int
    n_bytes: int


def open_table(folder: Path, version: int | None = None) -> DeltaTable | None:
    """Open a table at a version, or at its newest; None where it was never written.

    Raises
    ------
    UnreadableTableError
        Its log is damaged.
    """
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        if not DeltaTable.is_deltatable(_address(folder)):
            return None
        return DeltaTable(_address(folder), version=version)
    except (DeltaError, OSError) as fault:
        raise UnreadableTableError(folder.name) from fault


def _address(folder: Path) -> str:
    # In a bare path delta-rs reads some signs as those of an address.
    return folder.as_uri()


def data_path(folder: Path, add_path: str) -> Path:
    """Give the file that an ``add.path`` of the log names: percent-decoded exactly once."""
    return folder / unquote(add_path)


def data_files(folder: Path, table: DeltaTable) -> tuple[DataFile, ...]:
    """List the files of the version that is open, sorted by path."""
    import pyarrow as pa

    rows = pa.table(table.get_add_actions()).to_pylist()
    return tuple(sorted((_data_file(folder, row) for row in rows), key=lambda file: file.path))


def _data_file(folder: Path, row: Mapping[str, Any]) -> DataFile:
    month = row["partition"][MONTH_COLUMN]
    path = data_path(folder, row["path"])
    return DataFile(path, month and month.isoformat(), row["num_records"], row["size_bytes"])


def landed(table: DeltaTable | None, batch: Batch) -> bool:
    """Tell whether a batch, or a later one of its stream, is in the table already."""
    found = table.transaction_version(batch.app) if table is not None else None
    return found is not None and found >= batch.number


def last_erasure(table: DeltaTable) -> int:
    """Give the oldest version that may be read: that of the last erasure, else 0."""
    return table.transaction_version(ERASED_APP) or 0


@dataclass(frozen=True, slots=True)
class Note:
    """What a commit says of itself."""

    operation: str
    batch: Batch
    metadata: Mapping[str, str]

    def properties(self, erased_at: int | None = None) -> CommitProperties:
        """Give it as delta-rs takes it: never repeated by itself after a conflict."""
        from deltalake import Transaction

        until = _now_ms() if self.batch.passing else None  # without a time it stays for good
        done = [Transaction(self.batch.app, self.batch.number, until)]
        if erased_at is not None:
            done.append(Transaction(ERASED_APP, erased_at))
        return _properties(self.operation, dict(self.metadata), done)


def _properties(operation: str, metadata: dict[str, str], done: list[Any]) -> CommitProperties:
    from deltalake import CommitProperties

    said = {NOTE: {"operation": operation, "metadata": metadata}}
    return CommitProperties(custom_metadata=said, max_commit_retries=0, app_transactions=done)


def create(folder: Path, schema: Schema, added: Sequence[WrittenFile], note: Note) -> None:
    """Make a table whose first version holds the files."""
    from deltalake.transaction import create_table_with_add_actions

    create_table_with_add_actions(
        _address(folder),
        schema,
        _adds(folder, added, changes=True),
        mode="error",
        partition_by=[MONTH_COLUMN],
        configuration=CONFIGURATION,
        commit_properties=note.properties(),
    )


def add_columns(table: DeltaTable, fields: list[Any]) -> None:
    """Add columns, NULL in every row so far: a version of its own."""
    table.alter.add_columns(fields, commit_properties=_properties("columns", {}, []))


def overwrite(
    folder: Path, table: DeltaTable, schema: Schema, added: Sequence[WrittenFile], note: Note
) -> None:
    """Commit a version that holds only the new files, with their schema."""
    _allow_plain_times(table, schema)
    table.create_write_transaction(
        _adds(folder, added, changes=True),
        "overwrite",
        schema,
        [MONTH_COLUMN],
        commit_properties=note.properties(),
    )


def exchange(
    folder: Path,
    table: DeltaTable,
    added: Sequence[WrittenFile],
    removed: Iterable[DataFile],
    note: Note,
) -> None:
    """Commit a version with some files added and some removed."""
    changes = note.operation != "compact"
    erased_at = table.version() + 1 if note.operation == "erase" else None
    table.create_write_transaction(
        [*_adds(folder, added, changes=changes), *_removes(folder, removed, changes=changes)],
        "append",
        table.schema(),
        [MONTH_COLUMN],
        commit_properties=note.properties(erased_at),
    )


def _adds(folder: Path, files: Sequence[WrittenFile], *, changes: bool) -> list[Any]:
    from deltalake.transaction import AddAction

    return [
        AddAction(
            path=file.path.relative_to(folder).as_posix(),
            size=file.n_bytes,
            partition_values={MONTH_COLUMN: file.key},
            modification_time=_now_ms(),
            data_change=changes,
            stats=json.dumps({"numRecords": file.n_rows}),
        )
        for file in files
    ]


def _removes(folder: Path, files: Iterable[DataFile], *, changes: bool) -> list[Any]:
    from deltalake.transaction import RemoveAction

    return [
        RemoveAction(
            file.path.relative_to(folder).as_posix(),
            changes,
            _now_ms(),
            file.n_bytes,
            {MONTH_COLUMN: file.month},
        )
        for file in files
    ]


def _now_ms() -> int:
    return int(system_clock().timestamp() * 1000)


def _allow_plain_times(table: DeltaTable, schema: Schema) -> None:
    from deltalake import TableFeatures

    feature = TableFeatures.TimestampWithoutTimezone
    if "timestamp_ntz" in schema.to_json() and not table.protocol().writer_features:
        note = _properties("columns", {}, [])
        table.alter.add_feature(
            feature, allow_protocol_versions_increase=True, commit_properties=note
        )


def flush(paths: Iterable[Path]) -> None:
    """Bring files and their folders to the disk itself, so that a power cut keeps them."""
    paths = tuple(paths)
    for path in (*paths, *dict.fromkeys(path.parent for path in paths)):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def commits(folder: Path, newest: int, limit: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give what each commit says of itself, newest first, where the log has it still."""
    for version in range(newest, max(-1, newest - limit), -1):
        file = log_file(folder, version)
        if not file.exists():
            continue
        actions = map(json.loads, file.read_text("utf-8").splitlines())
        yield version, next(action["commitInfo"] for action in actions if "commitInfo" in action)


def log_file(folder: Path, version: int) -> Path:
    """Give the file of the log that holds one commit."""
    return folder / "_delta_log" / f"{version:020d}.json"
