"""A change on its way: new files written beside the table, then one commit that names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from huiyin.engine.contracts import Limits, WrittenFile
from huiyin.engine.duck import Engine
from huiyin.lake import delta
from huiyin.lake.contracts import MONTH_COLUMN, NoSuchColumnError, RepeatedKeyError
from huiyin.lake.delta import DataFile, Note
from huiyin.lake.kept import by_month, new_fields, plan_kept, schema_of, schema_with_month

if TYPE_CHECKING:
    import pyarrow as pa
    from deltalake import DeltaTable, Schema

    from huiyin.lake.contracts import Rows

SMALL_BYTES = 64 * 1024 * 1024
"""Files below it are worth joining."""
FILE_COLUMN = "filename"
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""As the engine names the folder of rows without a month."""


@dataclass
class Draft:
    """What one change adds and removes; nothing counts before `commit`.

    Parameters
    ----------
    folder : Path
    opened : DeltaTable or None
        The very object that was asked whether the batch has landed.
    note : Note
    name : str
        What the names of the new files start with: no other write has it.
    """

    folder: Path
    opened: DeltaTable | None
    note: Note
    name: str
    added: list[WrittenFile] = field(default_factory=list)
    removed: tuple[DataFile, ...] = ()
    schema: Schema | None = None

    _engine: Engine | None = None

    @property
    def read_version(self) -> int | None:
        """Give the version that the change builds on."""
        return None if self.opened is None else self.opened.version()

    @contextmanager
    def working(self, limits: Limits) -> Iterator[None]:
        """Keep an engine open while the files are written."""
        with Engine(limits) as self._engine:
            yield

    def add(self, rows: Rows) -> None:
        """Write rows into new files."""
        kept = plan_kept(self._planned(rows))
        self.schema = schema_of(kept)
        if self.opened is not None and self.note.operation != "replace":
            new_fields(self.opened.schema(), self.schema)
        self._write(kept)

    def add_few(self, rows: pa.Table) -> None:
        """Write rows of the table's own columns into new files, one for each month."""
        import pyarrow.parquet as pq

        fields = rows.schema if self.opened is None else self._fields()
        if self.opened is None:
            self.schema = schema_with_month(rows.schema)
        for key, part in by_month(rows, fields):
            folder = self.folder / f"{MONTH_COLUMN}={key or NO_MONTH}"
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{self.name}-{uuid4()}.parquet"
            pq.write_table(part, path, compression="zstd", use_dictionary=False)
            self.added.append(WrittenFile(path, part.num_rows, path.stat().st_size, key))

    def _fields(self) -> pa.Schema:
        import pyarrow as pa

        assert self.opened is not None  # noqa: S101 -- the writer has opened it
        told: Any = self.opened.schema().to_arrow()
        return pa.schema([field for field in pa.schema(told) if field.name != MONTH_COLUMN])

    def drop_replaced(self, key: str) -> None:
        """Write the files that hold one of the new keys again, without those rows."""
        if self.schema is None or key not in {f.name for f in self.schema.fields}:
            raise NoSuchColumnError(key)
        if self.added:
            keys = self._read([file.path for file in self.added]).select(key=key)
            self._check_keys(key, keys)
            self._drop(key, keys)

    def drop_values(self, column: str, values: Sequence[Any]) -> None:
        """Write the files that hold one of the values again, without those rows."""
        import pyarrow as pa

        assert self.opened is not None  # noqa: S101 -- the writer has opened it
        known = {f.name: f for f in self.opened.schema().fields}
        if column not in known:
            raise NoSuchColumnError(column)
        if values:
            self._drop(column, self._work.from_arrow(pa.table({"key": pa.array(values)})))

    def join_small(self) -> None:
        """Write the small files of each month that has several as one."""
        small = [file for file in self._current() if file.n_bytes < SMALL_BYTES]
        of_month = Counter(file.month for file in small)
        self.removed = tuple(file for file in small if of_month[file.month] > 1)
        if self.removed:
            self._write(plan_kept(self._read([file.path for file in self.removed])))

    def commit(self) -> None:
        """Make it a version."""
        delta.flush(file.path for file in self.added)
        if self.opened is None:
            assert self.schema is not None  # noqa: S101 -- the first change adds rows
            delta.create(self.folder, self.schema, self.added, self.note)
        elif self.note.operation == "replace":
            assert self.schema is not None  # noqa: S101 -- it adds rows
            delta.overwrite(self.folder, self.opened, self.schema, self.added, self.note)
        elif self.added or self.removed or self.note.operation != "compact":
            self._widen(self.opened)
            delta.exchange(self.folder, self.opened, self.added, self.removed, self.note)

    def settle(self) -> bool:
        """Tell whether the batch stands in the table; remove our files unless it is with them."""
        now = delta.open_table(self.folder)
        named = set() if now is None else {f.path for f in delta.data_files(self.folder, now)}
        for path in self.folder.glob(f"{MONTH_COLUMN}=*/{self.name}-*"):
            if path not in named:
                path.unlink(missing_ok=True)
        return delta.landed(now, self.note.batch)

    def _widen(self, opened: DeltaTable) -> None:
        fields = new_fields(opened.schema(), self.schema) if self.schema else []
        if fields:
            delta.add_columns(opened, fields)

    @property
    def _work(self) -> Engine:
        assert self._engine is not None  # noqa: S101 -- only inside `working`
        return self._engine

    def _planned(self, rows: Rows) -> Any:
        return self._read(rows) if isinstance(rows, Sequence) else self._work.from_arrow(rows)

    def _read(self, files: Sequence[Path], *, named: bool = False) -> Any:
        return self._work.read_parquet(files, row_numbers=named)

    def _write(self, kept: Any) -> None:
        self.added += self._work.write_partitions(
            kept, self.folder, by=MONTH_COLUMN, name=self.name
        )

    def _current(self) -> tuple[DataFile, ...]:
        return () if self.opened is None else delta.data_files(self.folder, self.opened)

    def _check_keys(self, key: str, keys: Any) -> None:
        counted = keys.agg(n=keys.count(), n_distinct=keys.key.nunique())
        (found,) = self._work.run(counted).to_pylist()
        if found["n"] != found["n_distinct"]:
            raise RepeatedKeyError(key, found["n"] - found["n_distinct"])

    def _drop(self, column: str, keys: Any) -> None:
        self.removed = self._holding(column, keys)
        if self.removed:
            rows = self._read([file.path for file in self.removed])
            self._write(plan_kept(rows.anti_join(keys, rows[column] == keys.key)))

    def _holding(self, column: str, keys: Any) -> tuple[DataFile, ...]:
        files = self._current()
        if not files:
            return ()
        rows = self._read([file.path for file in files], named=True)
        if column not in rows.columns:
            return ()
        held = rows.semi_join(keys, rows[column] == keys.key).select(FILE_COLUMN).distinct()
        names = set(self._work.run(held).column(0).to_pylist())
        return tuple(file for file in files if str(file.path) in names)
