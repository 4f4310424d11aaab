"""The lake: a Delta table for each dataset, read by anyone, written by who holds the lease."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from huiyin.engine.contracts import Limits
from huiyin.lake import delta
from huiyin.lake.contracts import (
    BadRootError,
    LakeFiles,
    Lease,
    NoTableError,
    VersionFacts,
    VersionGoneError,
    lake_lease,
)
from huiyin.lake.trimming import LogFiles

if TYPE_CHECKING:
    from deltalake import DeltaTable

    from huiyin.lake.writer import Writer

WRITE_LIMITS = Limits(memory="512MB")
"""What a write may take; more than that is spilled to disk."""


@dataclass(frozen=True, slots=True)
class Lake:
    """All tables of an installation, each in a folder of its own.

    Parameters
    ----------
    root : Path
    Any name without a ``%``; spaces and Chinese characters are fine.
    limits : Limits
        Memory, threads and time of one write.

    Raises
    ------
    BadRootError
        The path has a ``%``.

    Examples
    --------
    >>> lake = Lake(Path("data/lake"))
    >>> with lake.writer(dataset_id, leases) as writer:
    ...     writer.replace([parquet_file], batch=Batch("import", 1), metadata={})
    >>> lake.snapshot(dataset_id).files
    """

    root: Path
    limits: Limits = WRITE_LIMITS

    def __post_init__(self) -> None:
        # delta-rs 1.6 decodes such a path once too often.
        if "%" in str(self.root.absolute()):
            raise BadRootError(self.root)

    def table(self, dataset_id: str) -> Table:
        """Give the table of a dataset, to read; it need not exist yet.

        Raises
        ------
        ValueError
            The id is not a UUID.
        """
        return Table(str(UUID(dataset_id)), self.root.absolute() / str(UUID(dataset_id)))

    def snapshot(self, dataset_id: str, version: int | None = None) -> LakeFiles:
        """List the files of a version: see `Table.snapshot`."""
        return self.table(dataset_id).snapshot(version)

    @contextmanager
    def writer(self, dataset_id: str, lease: Lease) -> Iterator[Writer]:
        """Hold the lease of a dataset and write its table.

        Parameters
        ----------
        dataset_id : str
            A UUID.
        lease : Lease
            Held during the block, under the name ``lake/`` and the id.
        """
        from huiyin.lake.writer import Writer

        table = self.table(dataset_id)
        with lease.held(lake_lease(table.dataset_id)):
            yield Writer(table, self.limits)


@dataclass(frozen=True, slots=True)
class Table:
    """The facts of one dataset, version by version.

    Parameters
    ----------
    dataset_id : str
    folder : Path
        Absolute.
    """

    dataset_id: str
    folder: Path

    def version(self) -> int | None:
        """Give the newest version; None where nothing was ever written."""
        table = delta.open_table(self.folder)
        return None if table is None else table.version()

    def n_commits(self) -> int:
        """Count the commits that the log holds; 0 where nothing was ever written."""
        return len(LogFiles.of(self.folder).commits) if self.stamp() else 0

    def stamp(self) -> int:
        """Give a number that is another after each commit to the log; 0 where there is none."""
        try:
            return (self.folder / "_delta_log").stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def snapshot(self, version: int | None = None) -> LakeFiles:
        """List the files of a version: the only way to them.

        Parameters
        ----------
        version : int, optional
            The newest by default.

        Raises
        ------
        NoTableError
            Nothing was ever written.
        VersionGoneError
            There is no such version, or an erasure came after it.
        """
        newest = self.opened()
        table = newest if version is None else self.at(newest, version)
        files = delta.data_files(self.folder, table)
        n_rows = sum(file.n_rows for file in files)
        last_month = max((file.month for file in files if file.month), default=None)
        return LakeFiles(table.version(), tuple(f.path for f in files), n_rows, last_month)

    def versions(self, limit: int = 100) -> tuple[VersionFacts, ...]:
        """List the newest versions, newest first; none where nothing was ever written.

        Parameters
        ----------
        limit : int, default 100
            Each takes a few milliseconds.
        """
        newest = delta.open_table(self.folder)
        if newest is None:
            return ()
        told = delta.commits(self.folder, newest.version(), limit)
        return tuple(self._facts(newest, version, commit) for version, commit in told)

    def opened(self) -> DeltaTable:
        """Open the newest version of the log.

        Raises
        ------
        NoTableError
            Nothing was ever written.
        """
        table = delta.open_table(self.folder)
        if table is None:
            raise NoTableError(self.dataset_id)
        return table

    def at(self, newest: DeltaTable, version: int) -> DeltaTable:
        """Open an earlier version of the log, if all its files are still there.

        Raises
        ------
        VersionGoneError
            There is no such version, or an erasure or a clean-up took its files.
        """
        oldest = delta.last_erasure(newest)
        if oldest <= version <= newest.version() and LogFiles.of(self.folder).holds(version):
            table = delta.open_table(self.folder, version)
            if table and all(f.path.exists() for f in delta.data_files(self.folder, table)):
                return table
        raise VersionGoneError(version, oldest=oldest, newest=newest.version())

    def oldest(self) -> int:
        """Give the oldest version that may still be read: an erasure takes those before it.

        Raises
        ------
        NoTableError
            Nothing was ever written.
        """
        return delta.last_erasure(self.opened())

    def _facts(self, newest: DeltaTable, version: int, commit: Mapping[str, Any]) -> VersionFacts:
        note = commit[delta.NOTE]
        try:
            files = delta.data_files(self.folder, self.at(newest, version))
            n_rows: int | None = sum(file.n_rows for file in files)
        except VersionGoneError:
            n_rows = None
        at = datetime.fromtimestamp(commit["timestamp"] / 1000, UTC)
        return VersionFacts(version, at, note["operation"], n_rows, note["metadata"])
