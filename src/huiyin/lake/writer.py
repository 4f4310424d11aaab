"""Writing a table: each change is one commit, made once, whole or absent."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from huiyin.core.clock import system_clock
from huiyin.core.text import Text
from huiyin.engine.contracts import Limits
from huiyin.lake import delta
from huiyin.lake.contracts import (
    KEY_COLUMN,
    Batch,
    LakeError,
    NoTableError,
    VersionGoneError,
    WriteConflictError,
)
from huiyin.lake.delta import Note
from huiyin.lake.draft import Draft
from huiyin.lake.standing import keep_standing, take_standing
from huiyin.lake.trimming import trim_log

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from deltalake import DeltaTable

    from huiyin.lake.contracts import Rows
    from huiyin.lake.tables import Table

HOUR = timedelta(hours=1)
NOW = timedelta(0)
_COLOURS = re.compile(r"\x1b\[\d+m|↳")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one table; `Lake.writer` gives it to who holds the lease.

    Every change returns the version that holds it. A `batch` that is in the table already is
    skipped. `metadata` is kept with the version for good: never put an answer or a name there.

    Columns may be added; a column that comes with another type is refused, except in `replace`.

    Raises
    ------
    WriteConflictError
        Another writer was first, which only a lost lease allows. Nothing was written.
    LakeError, EngineError
        No space, no permission, out of memory or time. Nothing was written.
    UnstorableColumnError, NoSuchColumnError, ChangedColumnError
        The rows do not fit.
    """

    table: Table
    limits: Limits

    def append(self, rows: Rows, *, batch: Batch, metadata: Mapping[str, str]) -> int:
        """Add rows.

        Parameters
        ----------
        rows : Rows
            With `_answered_on`.
        batch : Batch
        metadata : mapping of str to str
        """
        return self._write(Note("append", batch, metadata), lambda draft: draft.add(rows))

    def extend(self, rows: pa.Table, *, batch: Batch, metadata: Mapping[str, str]) -> int:
        """Add a few rows without an engine: what `append` does, in a tenth of its time.

        Parameters
        ----------
        rows : pyarrow.Table
            With `_answered_on`, and columns that the table has; one that they lack is NULL.
        batch : Batch
        metadata : mapping of str to str

        Raises
        ------
        NoTableError
            There is nothing to add to.
        NoSuchColumnError
            The table lacks a column, or the rows lack `_answered_on`.
        """
        opened = take_standing(self.table.folder)
        if opened is None:
            raise NoTableError(self.table.dataset_id)
        return self._add_few(opened, rows, Note("append", batch, metadata))

    def begin(self, rows: pa.Table, *, batch: Batch, metadata: Mapping[str, str]) -> int:
        """Make the table of a few rows without an engine; a batch that did so is skipped.

        Parameters
        ----------
        rows : pyarrow.Table
            With `_answered_on` and every column that the table shall have, as the lake types them.
        batch : Batch
        metadata : mapping of str to str

        Raises
        ------
        WriteConflictError
            There is a table already.
        """
        opened = take_standing(self.table.folder)
        if opened is not None and not delta.landed(opened, batch):
            raise WriteConflictError
        return self._add_few(opened, rows, Note("append", batch, metadata))

    def version(self) -> int | None:
        """Give the newest version; None where nothing was ever written."""
        opened = take_standing(self.table.folder)
        if opened is None:
            return None
        keep_standing(self.table.folder, opened)
        return opened.version()

    def _add_few(self, opened: DeltaTable | None, rows: pa.Table, note: Note) -> int:
        if opened is not None and delta.landed(opened, note.batch):
            return opened.version()
        draft = Draft(self.table.folder, opened, note, self._new_name())
        with self._settled(draft):
            draft.add_few(rows)
            draft.commit()
        return self._stands_few(opened)

    def replace(
        self,
        rows: Rows,
        *,
        batch: Batch,
        metadata: Mapping[str, str],
        before_commit: Callable[[], None] | None = None,
    ) -> int:
        """Make rows the whole content; columns that they lack are gone.

        Parameters
        ----------
        rows : Rows
            With `_answered_on`.
        batch : Batch
        metadata : mapping of str to str
        before_commit : callable, optional
            Called once the files are written; if it raises, nothing is written.
        """

        def fill(draft: Draft) -> None:
            draft.add(rows)
            if before_commit is not None:
                before_commit()

        return self._write(Note("replace", batch, metadata), fill)

    def upsert(
        self, rows: Rows, *, key: str = KEY_COLUMN, batch: Batch, metadata: Mapping[str, str]
    ) -> int:
        """Add rows; each takes the place of the row with its key, as a whole.

        Parameters
        ----------
        rows : Rows
            With `_answered_on` and `key`. A column that they lack is NULL in them afterwards.
        key : str
        batch : Batch
        metadata : mapping of str to str

        Raises
        ------
        RepeatedKeyError
            A key comes twice or is NULL.
        """

        def fill(draft: Draft) -> None:
            draft.add(rows)
            draft.drop_replaced(key)

        return self._write(Note("upsert", batch, metadata), fill)

    def erase(
        self,
        column: str,
        values: Iterable[Any],
        *,
        batch: Batch,
        metadata: Mapping[str, str],
        grace: timedelta = NOW,
    ) -> int:
        """Delete the rows whose `column` holds one of `values`, and all earlier versions.

        Earlier versions cannot be read from then on. With a `grace`, readers may finish: call
        ``vacuum(timedelta(0))`` after it; the erased bytes are on the disk until then.

        Parameters
        ----------
        column : str
        values : iterable
            Of the column's type. They are not written anywhere.
        batch : Batch
        metadata : mapping of str to str
        grace : timedelta
            Zero: files go at once.

        Raises
        ------
        NoTableError, NoSuchColumnError
            There is nothing to erase from.
        """
        self.table.opened()
        gone = list(values)
        version = self._write(
            Note("erase", batch, metadata), lambda draft: draft.drop_values(column, gone)
        )
        self.vacuum(grace)
        return version

    def compact(self, *, batch: Batch, metadata: Mapping[str, str]) -> int:
        """Join the small files of each month; the content stays the same.

        Parameters
        ----------
        batch : Batch
        metadata : mapping of str to str

        Raises
        ------
        NoTableError
        """
        self.table.opened()
        return self._write(Note("compact", batch, metadata), Draft.join_small)

    def rollback(self, to_version: int, *, batch: Batch, metadata: Mapping[str, str]) -> int:
        """Bring back the content of an earlier version, as a new version.

        Batches since then count as done: they are not written again.

        Parameters
        ----------
        to_version : int
        batch : Batch
        metadata : mapping of str to str

        Raises
        ------
        NoTableError
        VersionGoneError
            There is no such version, or an erasure came after it.
        """
        newest = self.table.opened()
        if delta.landed(newest, batch):
            return newest.version()
        self.table.at(newest, to_version)
        note = Note("rollback", batch, metadata)
        draft = Draft(self.table.folder, newest, note, self._new_name())
        with self._settled(draft):
            if to_version == newest.version():  # delta-rs refuses it; the batch counts all the same
                delta.exchange(self.table.folder, newest, [], [], note)
            else:
                newest.restore(to_version, commit_properties=note.properties())
        return self._stands()

    def vacuum(self, grace: timedelta, *, keep: Iterable[int] = ()) -> int:
        """Delete files that the newest version does not need: earlier versions, broken writes.

        Parameters
        ----------
        grace : timedelta
            Files that were needed within it stay; it counts in whole hours, rounded up.
        keep : iterable of int
            Earlier versions whose files stay too; one that is gone already is passed over.

        Returns
        -------
        int
            Files deleted.

        Raises
        ------
        NoTableError
        """
        newest = self.table.opened()
        idle = newest.vacuum(
            math.ceil(grace / HOUR), dry_run=True, enforce_retention_duration=False, full=True
        )
        kept = self._files_of(newest, keep)
        paths = (delta.data_path(self.table.folder, path) for path in dict.fromkeys(idle))
        found = [path for path in paths if path not in kept and path.exists()]
        for path in found:
            path.unlink()
        return len(found)

    def trim(self, grace: timedelta, *, keep: Collection[int] = ()) -> int:
        """Delete from the log what leads to no version that anybody needs.

        Parameters
        ----------
        grace : timedelta
            Versions written within it stay readable.
        keep : collection of int
            Earlier versions that stay readable, too, as long as their files are there.

        Returns
        -------
        int
            Files of the log that were deleted.

        Raises
        ------
        NoTableError
        """
        newest = self.table.opened().version()
        return trim_log(self.table.folder, newest, keep, system_clock() - grace)

    def _files_of(self, newest: DeltaTable, versions: Iterable[int]) -> set[Path]:
        kept: set[Path] = set()
        for version in versions:
            with suppress(VersionGoneError):
                table = self.table.at(newest, version)
                kept |= {file.path for file in delta.data_files(self.table.folder, table)}
        return kept

    def _write(self, note: Note, fill: Callable[[Draft], None]) -> int:
        opened = delta.open_table(self.table.folder)
        if opened is not None and delta.landed(opened, note.batch):
            return opened.version()
        draft = Draft(self.table.folder, opened, note, self._new_name())
        with self._settled(draft):
            with draft.working(self.limits):
                fill(draft)
            draft.commit()
        return self._stands()

    @contextmanager
    def _settled(self, draft: Draft) -> Iterator[None]:
        """Look at the table after a fault: what landed stands, of the rest no file remains."""
        from deltalake.exceptions import DeltaError

        try:
            yield
        except (DeltaError, OSError) as error:
            if not draft.settle():
                raise self._fault(draft, error) from error
        except BaseException:
            draft.settle()
            raise

    def _fault(self, draft: Draft, error: Exception) -> LakeError | WriteConflictError:
        moved = self.table.version() != draft.read_version
        return WriteConflictError() if moved else LakeError(_said(error))

    def _stands(self) -> int:
        version = self.table.opened().version()
        delta.flush([delta.log_file(self.table.folder, version)])
        return version

    def _stands_few(self, opened: DeltaTable | None) -> int:
        """Bring the commit to the disk, and keep the table open for the next few rows."""
        folder = self.table.folder
        table = self.table.opened() if opened is None else opened
        table.update_incremental()
        delta.flush([delta.log_file(folder, table.version())])
        keep_standing(folder, table)
        return table.version()

    @staticmethod
    def _new_name() -> str:
        return f"part-{uuid4().hex}"


def _said(error: Exception) -> Text:
    """Put what the log's library says into one line, or into our words where we know it."""
    if "No space left on device" in str(error):
        return Text("磁盘已满", "the disk is full")
    return Text.same(" ".join(_COLOURS.sub("", str(error)).split()))
