"""Remove the rows whose time is over: staged and pushed ones, the lake with its past, contacts.

Each step may be run again: staged rows and the lake are read anew, and readers see the shorter
dataset only when all else is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from huiyin.app.work.answer_files import drop_files_without_answers
from huiyin.app.work.shrinking import (
    bring_back,
    delete_uploads,
    empty_results,
    numbered_rows,
    publish_shrunk,
    rewritten,
)
from huiyin.app.work.understanding import fitted
from huiyin.codebook.contracts import Codebook
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN, CUSTOMERS_LEASE
from huiyin.collect.customers.orphans import do_forget_fields
from huiyin.collect.datasets.pushed import write_rows
from huiyin.collect.datasets.reading import fetch_codebook, fetch_version
from huiyin.collect.datasets.retention import (
    RETENTION,
    cutoff_on,
    old_imports,
    plan_expired,
)
from huiyin.collect.datasets.staged import (
    StagedRows,
    drop_replaced,
    keep_staged,
    open_staged,
)
from huiyin.collect.identity import RESPONSE_COLUMN
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN, ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.typed import write_typed
from huiyin.lake import delta
from huiyin.lake.contracts import Batch
from huiyin.store.bulk import batched
from huiyin.store.contracts import LeaseTakenError
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import CustomerField, Dataset, DatasetVersion, Import, Submission

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.lake.writer import Writer
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

REMOVING = Text("删除超过保留期限的行", "removing rows whose time is over")
AT_ONCE = 50_000
"""Pushed rows that are looked at together."""
NO_GRACE = timedelta(0)
UNTIL_PUBLISHED = timedelta(days=1)
"""Files that readers use stay until they see the shorter dataset."""
_IDS_AT_ONCE = 500


def keep_retention(system: System, context: JobContext) -> dict[str, Any]:
    """Remove what is over its time, of one dataset or of every one that has a period."""
    with context.uow() as work:
        asked = select(Dataset.id).where(
            Dataset.retention_days.is_not(None), Dataset.current_version.is_not(None)
        )
        if "dataset_id" in context.payload:
            asked = asked.where(Dataset.id == context.payload["dataset_id"])
        datasets = list(work.session.scalars(asked.order_by(Dataset.id)))
    n_rows = n_busy = n_touched = 0
    for number, dataset_id in enumerate(datasets):
        context.progress(REMOVING, number, len(datasets))
        try:
            with system.lake.writer(dataset_id, system.leases) as writer:
                found = _remove_from(system, context, writer, dataset_id)
        except LeaseTakenError:
            found = None
        n_busy += found is None
        n_rows += found.n_rows if found else 0
        n_touched += bool(found and found.touched)
    if n_touched:
        empty_results(system)
    if datasets:  # also what an earlier run was stopped before it could
        system.database.forget()
    return {"datasets": len(datasets), "rows": n_rows, "busy": n_busy}


@dataclass(frozen=True, slots=True)
class _Removed:
    n_rows: int
    touched: bool


def _remove_from(
    system: System, context: JobContext, writer: Writer, dataset_id: str
) -> _Removed | None:
    """Remove from one dataset; None where a write that nobody published yet is in the way."""
    with context.uow() as work:
        dataset = work.session.get_one(Dataset, dataset_id)
        if dataset.retention_days is None:
            return _Removed(0, touched=False)
        version = fetch_version(work.session, dataset_id)
        book = fetch_codebook(work.session, dataset_id).codebook
        cutoff = cutoff_on(work.now, dataset.zone, dataset.retention_days)
        old = old_imports(work.session, dataset, cutoff)
    batch = Batch(f"{RETENTION}:{version.version}", 1)
    ours = _ours_is_newest(writer, batch)
    if not ours and not bring_back(writer, version.version, context):
        return None  # an erasure stands there that was never shown: its job comes back
    with system.engine() as engine:
        remover = _Remover(system, context, engine, dataset, book, cutoff, frozenset(old))
        n_staged = remover.from_imports() + remover.from_submissions()
        n_rows = remover.from_lake(writer, version, batch, ours=ours)
        drop_files_without_answers(system, context, engine, dataset_id)
    writer.vacuum(NO_GRACE, keep=_readable(context, writer, dataset_id))
    return _Removed(n_rows, touched=bool(n_staged or n_rows or ours))


def _ours_is_newest(writer: Writer, batch: Batch) -> bool:
    """Say whether an earlier run removed these rows and was stopped before it showed that."""
    newest = writer.table.opened()
    return delta.landed(newest, batch) and delta.last_erasure(newest) == newest.version()


def _readable(context: JobContext, writer: Writer, dataset_id: str) -> list[int]:
    """Give the versions that hold nothing removed: those since the last removal."""
    since = delta.last_erasure(writer.table.opened())
    with context.uow() as work:
        asked = select(DatasetVersion.version).where(DatasetVersion.dataset_id == dataset_id)
        return [one for one in work.session.scalars(asked) if one >= since]


@dataclass(frozen=True, slots=True)
class _Remover:
    """Removes the rows of one dataset that are over their time."""

    system: System
    context: JobContext
    engine: Engine
    dataset: Dataset
    book: Codebook
    cutoff: date
    old: frozenset[str]

    def from_imports(self) -> int:
        """Write staged rows again without those over their time; gives how many imports."""
        with self.context.uow() as work:
            asked = select(Import).where(Import.dataset_id == self.dataset.id)
            imports = list(work.session.scalars(asked.order_by(Import.id)))
        return sum(self._from_import(one) for one in imports)

    def _from_import(self, made: Import) -> bool:
        self.context.check_cancelled()
        folders, key = self.system.folders, self.system.key
        drop_replaced(folders, made.id)
        with TemporaryDirectory(prefix="retain-", dir=folders.work) as work:
            staged = open_staged(folders, key, made.id, Path(work) / "staged")
            if staged is None:
                if made.id not in self.old or made.finished_at is None:
                    return False
                return delete_uploads(self.system, self.context, made)
            kept = self._without(staged, Path(work), undated=made.id in self.old)
            if kept is None:
                return False
            delete_uploads(
                self.system, self.context, made
            )  # they hold what the staged rows are about to lose
            keep_staged(folders, key, made.id, kept)
        return True

    def _without(self, staged: StagedRows, work: Path, *, undated: bool) -> StagedRows | None:
        over = self._over(staged.files, staged.columns, work / "typed", undated=undated)
        if over is None:
            return None
        rows = numbered_rows(self.engine, staged)
        met = [rows[name] == over[name] for name in (SOURCE_COLUMN, ROW_COLUMN)]
        return rewritten(self.engine, staged, rows.anti_join(over, met), work)

    def _over(
        self, files: Sequence[Path], columns: Sequence[str], folder: Path, *, undated: bool
    ) -> Any:
        """Give the numbers of the rows that are over their time; None where there are none."""
        own = fitted(self.book, columns)
        typed = write_typed(self.engine, files, own, folder, zone=self.dataset.zone)
        table = self.engine.read_parquet(typed.files)
        day = table[ANSWERED_ON_COLUMN].cast("date")
        over = (day < self.cutoff).fill_null(undated)
        found = table.filter(over).select(SOURCE_COLUMN, ROW_COLUMN)
        path = folder / "over.parquet"
        self.engine.write_parquet(found, path)
        over_rows = self.engine.read_parquet([path])
        n = self.engine.run(over_rows.count()).column(0)[0].as_py()
        return over_rows if n else None

    def from_submissions(self) -> int:
        """Delete pushed rows over their time that are in the dataset already; gives how many."""
        seqs: list[int] = []
        after = 0
        while True:
            with self.context.uow() as work:
                asked = select(Submission).where(
                    Submission.dataset_id == self.dataset.id,
                    Submission.loaded_version.is_not(None),
                    Submission.seq > after,
                )
                rows = list(work.session.scalars(asked.order_by(Submission.seq).limit(AT_ONCE)))
            if not rows:
                break
            after = rows[-1].seq
            seqs += self._over_submissions(rows)
        for some in batched(seqs, _IDS_AT_ONCE):
            with self.context.uow() as work:
                work.session.execute(delete(Submission).where(Submission.seq.in_(some)))
        return len(seqs)

    def _over_submissions(self, rows: Sequence[Submission]) -> list[int]:
        zone = ZoneInfo(self.dataset.zone)
        late = {r.seq: r.received_at.astimezone(zone).date() < self.cutoff for r in rows}
        over: list[int] = []
        for undated in (True, False):
            some = [row for row in rows if late[row.seq] == undated]
            if some:
                over += self._over_pushed(some, undated=undated)
        return over

    def _over_pushed(self, rows: Sequence[Submission], *, undated: bool) -> list[int]:
        with TemporaryDirectory(prefix="retain-", dir=self.system.folders.work) as work:
            path = Path(work) / "pushed.parquet"
            seal = RowSeal(self.system.key)
            plain = [seal.open(row.id, row.payload) for row in rows]
            columns = write_rows(plain, [row.seq for row in rows], path)
            over = self._over([path], columns, Path(work), undated=undated)
            if over is None:
                return []
            return self._values(over.select(ROW_COLUMN))

    def from_lake(
        self, writer: Writer, version: DatasetVersion, batch: Batch, *, ours: bool
    ) -> int:
        """Delete from the lake, forget contacts of those who are gone, and publish."""
        days, ids = self._over_in_lake()
        if not days and not ids and not ours:
            return 0
        number = writer.table.opened().version()
        if days:
            number = writer.erase(
                ANSWERED_ON_COLUMN, days, batch=batch, metadata={}, grace=UNTIL_PUBLISHED
            )
        if ids:
            second = Batch(batch.app, batch.number + 1)
            number = writer.erase(
                RESPONSE_COLUMN, ids, batch=second, metadata={}, grace=UNTIL_PUBLISHED
            )
        files = self.system.lake.snapshot(self.dataset.id, number)
        note = {
            "rows": version.n_rows - files.n_rows,
            "customers": self._forget_people(files.files),
            "before": self.cutoff.isoformat(),
            "days": self.dataset.retention_days,
        }
        publish_shrunk(
            self.system, self.context, self.engine, version, number, reason=RETENTION, note=note
        )
        return version.n_rows - files.n_rows

    def _over_in_lake(self) -> tuple[list[Any], list[Any]]:
        """Give the days that are over, and the identities of old rows without a day."""
        files = self.system.lake.snapshot(self.dataset.id).files
        if not files:
            return [], []
        table = self.engine.read_parquet(files)
        over = table.filter(plan_expired(table, self.cutoff, sorted(self.old)))
        day = over[ANSWERED_ON_COLUMN]
        days = over.filter(day.notnull()).select(day=day).distinct()
        ids = over.filter(day.isnull()).select(id=over[RESPONSE_COLUMN])
        return self._values(days), self._values(ids)

    def _values(self, column: Any) -> list[Any]:
        values: list[Any] = self.engine.run(column).column(0).to_pylist()
        return values

    def _forget_people(self, files: Sequence[Path]) -> int:
        """Forget the contact data of customers none of whose rows stay; gives how many are gone."""
        stay: set[str] = set()
        table = self.engine.read_parquet(files) if files else None
        if table is not None and CUSTOMER_COLUMN in table.columns:
            stay = {*self._values(table.select(CUSTOMER_COLUMN).distinct())}
        mine = select(CustomerField.customer_id).where(CustomerField.dataset_id == self.dataset.id)
        with self.system.leases.held(CUSTOMERS_LEASE), self.context.uow() as work:
            known = {*work.session.scalars(mine.distinct())}
            return do_forget_fields(work, self.dataset.id, known - stay)
