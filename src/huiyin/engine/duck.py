"""DuckDB in this process, driven by Ibis plans: limits, cancelling, errors as sentences."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from huiyin.engine.contracts import EngineError, Limits, WrittenFile
from huiyin.engine.faults import CANCELLED, OUT_OF_TIME, engine_fault
from huiyin.engine.halting import halting
from huiyin.engine.startup import import_ibis
from huiyin.engine.statements import (
    as_declared,
    copy_statement,
    partitions_statement,
    quoted,
    reading,
)
from huiyin.engine.wide import read_columns

if TYPE_CHECKING:
    import pyarrow as pa

_SIGNALLED = "Query interrupted"
"""What DuckDB raises, as a RuntimeError, when Ctrl-C or a termination reaches it."""


class Engine:
    """Runs Ibis plans on an embedded DuckDB.

    One connection, one plan at a time; `cancel` may be called from another thread. The network is
    never used: extensions are neither loaded nor installed by themselves, and the configuration
    is locked once it stands.

    Parameters
    ----------
    limits : Limits
        Memory, threads, seconds per run, and where to spill what does not fit into memory.

    Examples
    --------
    >>> with Engine() as engine:
    ...     table = engine.read_parquet([path])
    ...     engine.run(table.count())
    """

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 -- frozen value
        ibis = import_ibis()
        import duckdb

        self.limits = limits
        # Its own folder is removed even when the engine is forgotten without `close`.
        self._own_folder = None if limits.temporary else TemporaryDirectory(prefix="huiyin-")
        self._spill = (
            Path(self._own_folder.name) if self._own_folder else Path(limits.temporary or "")
        )
        self._spill.mkdir(parents=True, exist_ok=True)
        self._connection = duckdb.connect(":memory:", config=self._configuration())
        self._backend = ibis.duckdb.from_connection(self._connection)
        # A bar would land among the JSON on standard output.
        self._connection.execute("SET enable_progress_bar = false")
        self._connection.execute("SET lock_configuration = true")
        self._running = threading.RLock()
        self._stopped_by: str | None = None
        self._n_registered = 0
        self._files: dict[str, tuple[Path, ...]] = {}

    def _configuration(self) -> dict[str, Any]:
        chosen: dict[str, Any] = {
            "memory_limit": self.limits.memory,
            "temp_directory": str(self._spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if self.limits.threads is not None:
            chosen["threads"] = self.limits.threads
        return chosen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection and remove what was spilled."""
        self._connection.close()
        if self._own_folder is not None:
            self._own_folder.cleanup()

    def read_parquet(self, files: Sequence[Path], *, row_numbers: bool = False) -> Any:
        """Give Parquet files as one table; columns are matched by name.

        A folder called ``name=value`` on the way to a file adds no column.

        Parameters
        ----------
        files : sequence of Path
            At least one. Names are taken as they are: no patterns.
        row_numbers : bool
            Also ``file_row_number`` (0-based) and ``filename``.

        Returns
        -------
        ibis.Table

        Raises
        ------
        EngineError
            A file is gone or is not Parquet.
        """
        options = {
            "hive_partitioning": False,
            "union_by_name": len(files) > 1,
            "file_row_number": row_numbers,
            "filename": row_numbers,
        }
        self._n_registered += 1
        name = f"files_{self._n_registered}"
        if not row_numbers:
            self._files[name] = tuple(files)
        with self._watched():
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {reading(files, options)}")
            return self._named(name)

    def open(self, files: Sequence[Path], view: str | None) -> Any:
        """Give the rows of a snapshot: its view where it has one, else its files."""
        return self.read_parquet(files) if view is None else self._named(view)

    def view(self, expr: Any) -> str:
        """Keep a plan under a name, run anew whenever it is read; gives the name."""
        self._n_registered += 1
        name = f"view_{self._n_registered}"
        with self._watched():
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {self._prepared(expr)}")
        return name

    @contextmanager
    def held(self, expr: Any) -> Iterator[Any]:
        """Run a plan once and hold its rows as a table while the block lasts.

        What does not fit into memory lies where the engine spills.

        Raises
        ------
        EngineError
            As for `run`.
        """
        self._n_registered += 1
        name = f"held_{self._n_registered}"
        with self._watched():
            self._connection.execute(f"CREATE TEMP TABLE {name} AS {self._prepared(expr)}")
        try:
            yield self._named(name)
        finally:
            with self._watched():
                self._connection.execute(f"DROP TABLE {name}")

    def narrow(self, table: Any, names: Sequence[str]) -> Any:
        """Give some columns of a table as a table of its own.

        Of a wide one every step of a plan costs time for each column that it has, used or not.

        Parameters
        ----------
        table : ibis.Table
        names : sequence of str
        """
        from ibis.expr import operations as ops

        if len(table.columns) <= _NARROW or not isinstance(table.op(), ops.DatabaseTable):
            return table.select(*names)
        self._n_registered += 1
        name = f"part_{self._n_registered}"
        listed = ", ".join(quoted(column) for column in names)
        with self._watched():
            source = quoted(table.op().name)
            select = f"SELECT {listed} FROM {source}"  # noqa: S608 -- quoted names only
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {select}")
            return self._named(name)

    def columns(self, table: Any, names: Sequence[str]) -> pa.Table:
        """Give all rows of some columns, in the order of the files.

        Of a wide file they are read past the engine, whose plans cost time for every column.

        Parameters
        ----------
        table : ibis.Table
        names : sequence of str

        Raises
        ------
        EngineError
            As for `run`.
        """
        from ibis.expr import operations as ops

        node = table.op()
        files = self._files.get(node.name, ()) if isinstance(node, ops.DatabaseTable) else ()
        if len(table.columns) > _NARROW and files:
            rows: pa.Table | None = read_columns(files, names, table.schema())
            if rows is not None:
                return rows
        return self.run(self.narrow(table, names))

    def from_arrow(self, rows: pa.Table | pa.RecordBatchReader) -> Any:
        """Give Arrow rows as a table of this engine (`ibis.memtable` would load pandas).

        A reader streams and can be run through once.
        """
        self._n_registered += 1
        name = f"arrow_{self._n_registered}"
        self._connection.register(name, rows)
        return self._named(name)

    def _named(self, name: str) -> Any:
        """Give a view as a table; each kind of column is read once, not for every column anew."""
        from ibis import Schema
        from ibis.backends.sql.datatypes import DuckDBType
        from ibis.expr import operations as ops

        columns = self._connection.execute(f"DESCRIBE {name}").fetchall()
        words = {kind for _, kind, *_ in columns}
        kinds = {kind: DuckDBType.from_string(kind, nullable=True) for kind in words}
        schema = Schema({column: kinds[kind] for column, kind, *_ in columns})
        return ops.DatabaseTable(name, schema=schema, source=self._backend).to_expr()

    def compile(self, expr: Any) -> str:
        """Give the SQL of a plan, to look at it before it runs."""
        return str(self._backend.compile(expr))

    def run(self, expr: Any) -> pa.Table:
        """Run a plan and give all its rows.

        Parameters
        ----------
        expr : ibis.Expr
            A table, column or scalar; the last two come as a table of one column.

        Returns
        -------
        pyarrow.Table
            With the types that the plan declares.

        Raises
        ------
        EngineError
            Time limit, cancelled, out of memory or disk, or a file vanished.
        """
        with self._watched():
            rows: pa.Table = self._connection.sql(self._prepared(expr)).to_arrow_table()
            return rows

    def write_parquet(self, expr: Any, path: Path) -> None:
        """Run a plan into one Parquet file, streaming; the file appears only when complete.

        Parameters
        ----------
        expr : ibis.Table
        path : Path

        Raises
        ------
        EngineError
            As for `run`; nothing is left at `path` then.
        """
        part = path.with_name(f".{path.name}.part")
        try:
            with self._watched():
                self._connection.execute(copy_statement(self._prepared(expr), part))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def write_partitions(
        self, expr: Any, folder: Path, *, by: str, name: str
    ) -> tuple[WrittenFile, ...]:
        """Run a plan into Parquet files, at least one for each value of a column, streaming.

        Parameters
        ----------
        expr : ibis.Table
        folder : Path
            Gets a folder ``by=value`` for each value; what lies there stays.
        by : str
            The column to part by; it is not written into the files.
        name : str
            Every new file's name starts with it. If the run fails, files of that name remain for
            the caller to remove.

        Returns
        -------
        tuple of WrittenFile
            None where the plan has no rows.

        Raises
        ------
        EngineError
            As for `run`.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with self._watched():
            statement = partitions_statement(self._prepared(expr), folder, by, name)
            found = self._connection.execute(statement).fetchall()
        return tuple(
            WrittenFile(Path(path), n_rows, size, keys[by])
            for path, n_rows, size, _, _, keys, *_ in found
        )

    def cancel(self) -> None:
        """Stop what is running, from any thread; without a run nothing happens."""
        self._stop(CANCELLED)

    def _prepared(self, expr: Any) -> str:
        return as_declared(self.compile(expr), expr.as_table().schema())

    def _stop(self, why: str) -> None:
        import duckdb

        self._stopped_by = self._stopped_by or why
        with suppress(duckdb.ConnectionException):  # closed meanwhile
            self._connection.interrupt()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        import duckdb

        with self._running:
            self._stopped_by = None
            timer = self._start_timer()
            try:
                with halting(self.cancel):
                    yield
            except RuntimeError as error:
                if str(error) != _SIGNALLED:  # a signal reached DuckDB first
                    raise
                raise KeyboardInterrupt from error
            except (duckdb.Error, OSError) as error:
                fault = engine_fault(error, stopped_by=self._stopped_by, limits=self.limits)
                if fault is None:
                    raise
                raise fault from error
            finally:
                if timer is not None:
                    timer.cancel()

    def _start_timer(self) -> threading.Timer | None:
        if self.limits.seconds is None:
            return None
        timer = threading.Timer(self.limits.seconds, self._stop, [OUT_OF_TIME])
        timer.daemon = True
        timer.start()
        return timer


_NARROW = 100
"""Columns of a table of which parts are not made tables of their own."""


__all__ = ["Engine", "EngineError"]
