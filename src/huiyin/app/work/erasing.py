"""Forget a customer: rows of the store, uploads, staged rows, the lake with its past, results.

Contact data and the customer's key are gone when the job is ordered. Each step may be run again;
the surrogate itself goes last, so that a job that was stopped knows whom it is about.

Imports may run meanwhile. Files that were sent before and are being read are waited for; those that
no import used go. A dataset that moved on since its turn has another one; and a load that knew the
customer when it began, and ends after the last step, begins anew (`erasures_seen`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from huiyin.app.work.answer_files import drop_files_without_answers
from huiyin.app.work.sent_before import (
    delete_unused_uploads,
    wait_for_readings,
    was_sent_before,
)
from huiyin.app.work.shrinking import (
    bring_back,
    delete_uploads,
    empty_results,
    numbered_rows,
    publish_shrunk,
    rewritten,
)
from huiyin.app.work.understanding import fetch_order, staged_rows
from huiyin.codebook.contracts import Role
from huiyin.codebook.files import parse_codebook
from huiyin.collect.customers.changes import find_surrogate, silence
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.collect.customers.keys import NUMBER, blind_indexer, known_by, plan_known, spelled
from huiyin.collect.datasets.pushed import sync_key
from huiyin.collect.datasets.reading import fetch_version, imports_in_versions
from huiyin.collect.datasets.staged import (
    StagedRows,
    drop_replaced,
    keep_staged,
    open_staged,
)
from huiyin.collect.surveys.files import do_drop_files_of
from huiyin.collect.surveys.halves import row_of_draft
from huiyin.core.text import Text
from huiyin.lake.contracts import Batch
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import (
    AnswerDraft,
    AuditRow,
    CodebookVersion,
    Customer,
    CustomerField,
    CustomerKey,
    Dataset,
    Erasure,
    Import,
    Submission,
    Survey,
)

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.lake.writer import Writer
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

ERASING = Text("删除客户信息", "erasing the customer")


def erase_customer(system: System, context: JobContext) -> dict[str, Any]:
    """Do what a record of the ledger of erasures asks for; safe to run twice."""
    erasure_id = context.payload["erasure_id"]
    with context.uow() as work:
        record = work.session.get_one(Erasure, erasure_id)
        asked_at, surrogate = record.asked_at, find_surrogate(work, record.surrogate_hash)
        datasets = list(work.session.scalars(select(Dataset.id).order_by(Dataset.id)))
        if surrogate is None:
            record.finished_at = record.finished_at or work.now
    if surrogate is None:  # gone, or an earlier run was stopped before the log was emptied
        system.database.forget()
        return {"erasure_id": erasure_id}
    with context.uow() as work:
        wait_for_readings(work, asked_at)
        silence(work, work.session.get_one(Customer, surrogate))
        known = select(CustomerKey.blind_index).where(CustomerKey.customer_id == surrogate)
        hidden = frozenset(bytes(one) for one in work.session.scalars(known))
    delete_unused_uploads(system, context, asked_at)
    eraser = _Eraser(system, context, surrogate, hidden, asked_at)
    counts = {"rows": 0, "submissions": 0, "datasets": 0}
    while True:
        for number, dataset_id in enumerate(datasets):
            context.progress(ERASING, number, len(datasets) + 1)
            for name, n in eraser.erase_from(dataset_id).items():
                counts[name] += n
        empty_results(system)
        datasets = eraser.end(erasure_id, counts)
        if not datasets:
            break
    system.database.forget()
    return {"erasure_id": erasure_id, **counts}


@dataclass(frozen=True, slots=True)
class _Eraser:
    """Removes one customer."""

    system: System
    context: JobContext
    surrogate: str
    hidden: Collection[bytes]
    asked_at: datetime
    _seen: dict[str, int | None] = field(default_factory=dict)

    def erase_from(self, dataset_id: str) -> dict[str, int]:
        """Remove the customer from one dataset: as it was pushed, as it came, and in the lake."""
        with (
            self.system.leases.held(sync_key(dataset_id)),  # no pushed row is on its way
            self.system.lake.writer(dataset_id, self.system.leases) as writer,
            self.system.engine() as engine,
        ):
            named = self._named_columns(dataset_id)
            n_submissions = self._erase_submissions(dataset_id, named)
            n_submissions += self._erase_drafts(dataset_id, named)
            n_imports = sum(
                self._erase_import(engine, one, named) for one in self._imports(dataset_id)
            )
            n_rows = self._erase_rows(engine, writer, dataset_id, came=n_imports > 0)
            drop_files_without_answers(self.system, self.context, engine, dataset_id)
            with self.system.database.reading() as session:
                self._seen[dataset_id] = session.get_one(Dataset, dataset_id).current_version
        touched = bool(n_submissions or n_imports or n_rows)
        return {"rows": n_rows, "submissions": n_submissions, "datasets": int(touched)}

    def _named_columns(self, dataset_id: str) -> frozenset[str]:
        """Give the columns that any codebook of the dataset takes for customers or contacts."""
        asked = select(CodebookVersion.text).where(CodebookVersion.dataset_id == dataset_id)
        with self.system.database.reading() as session:
            books = [parse_codebook(text, dataset_id) for text in session.scalars(asked)]
        return frozenset(
            c.name for book in books for c in book if c.role in {Role.CUSTOMER, Role.CONTACT}
        )

    def _imports(self, dataset_id: str) -> list[Import]:
        with self.system.database.reading() as session:
            return list(session.scalars(select(Import).where(Import.dataset_id == dataset_id)))

    def _erase_submissions(self, dataset_id: str, named: Collection[str]) -> int:
        names, seal = self._recogniser(), RowSeal(self.system.key)

        def is_theirs(submission: Submission) -> bool:
            return self._names(seal.open(submission.id, submission.payload), named, names)

        asked = select(Submission).where(Submission.dataset_id == dataset_id)
        with self.context.uow() as work:
            found = [
                (row.seq, row.native_id)
                for row in work.session.scalars(asked.execution_options(yield_per=1000))
                if is_theirs(row)
            ]
            do_drop_files_of(work, self.system.folders, [answer for _, answer in found if answer])
            for seq, _ in found:
                work.session.execute(delete(Submission).where(Submission.seq == seq))
        return len(found)

    def _erase_drafts(self, dataset_id: str, named: Collection[str]) -> int:
        """Delete the customer's answers under way."""
        names, key = self._recogniser(), self.system.key
        asked = select(AnswerDraft).join(Survey, Survey.id == AnswerDraft.survey_id)
        with self.context.uow() as work:
            found = [
                draft
                for draft in work.session.scalars(asked.where(Survey.dataset_id == dataset_id))
                if self._names(row_of_draft(work.session, key, draft), named, names)
            ]
            do_drop_files_of(work, self.system.folders, [draft.id for draft in found])
            for draft in found:
                work.session.delete(draft)
        return len(found)

    @staticmethod
    def _names(
        row: Mapping[str, Any], named: Collection[str], names: Callable[[str], bool]
    ) -> bool:
        return any(names(str(row[n])) for n in named if row.get(n) is not None)

    def _recogniser(self) -> Callable[[str], bool]:
        blind = blind_indexer(self.system.key)

        def names(value: str) -> bool:
            plain = value.strip()
            spellings = (f"{NUMBER}:{plain}", spelled(known_by(plain)))
            return plain == self.surrogate or any(blind(one) in self.hidden for one in spellings)

        return names

    def _erase_import(self, engine: Engine, made: Import, named: Collection[str]) -> bool:
        """Write the staged rows of an import again without the customer's; its files go."""
        folders, key = self.system.folders, self.system.key
        drop_replaced(folders, made.id)
        with TemporaryDirectory(prefix="erase-", dir=folders.work) as work:
            staged = self._staged(made, Path(work) / "staged")
            if staged is None:
                return False
            kept = self._without(engine, staged, named, Path(work))
            if kept is None:
                return False
            # First the files: a try that is stopped here still finds the rows, and comes back.
            delete_uploads(self.system, self.context, made)
            keep_staged(folders, key, made.id, kept)
        return True

    def _staged(self, made: Import, folder: Path) -> StagedRows | None:
        """Give the staged rows of an import.

        Files whose rows stand in a version are read again where those are gone; files that nobody
        reads any more are deleted, since nobody can say whom they name.
        """
        staged = open_staged(self.system.folders, self.system.key, made.id, folder)
        if staged is not None or not made.uploads:
            return staged
        with self.system.database.reading() as session:
            stands = made.id in imports_in_versions(session)
            if not stands and not was_sent_before(session, made, self.asked_at):
                return None
        if stands:
            return staged_rows(self.system, fetch_order(self.context, made.id), folder)
        delete_uploads(self.system, self.context, made)
        return None

    def _is_theirs(self, words: str, blind: Callable[[str], bytes]) -> bool:
        return words == f"{NUMBER}:{self.surrogate}" or blind(words) in self.hidden

    def _without(
        self, engine: Engine, staged: StagedRows, named: Collection[str], work: Path
    ) -> StagedRows | None:
        rows = numbered_rows(engine, staged)
        blind, met = blind_indexer(self.system.key), None
        for name in sorted(set(named) & set(rows.columns)):
            column = rows[name].cast("string").strip()
            for words in (f"{NUMBER}:" + column, plan_known(column)):
                values = engine.run(rows.select(v=words).distinct()).column(0).to_pylist()
                own = [v for v in values if v is not None and self._is_theirs(v, blind)]
                if own:
                    found = words.isin(own).fill_null(False)  # noqa: FBT003
                    met = found if met is None else met | found
        if met is None:
            return None
        return rewritten(engine, staged, rows.filter(~met), work)

    def _erase_rows(self, engine: Engine, writer: Writer, dataset_id: str, *, came: bool) -> int:
        with self.system.database.reading() as session:
            dataset = session.get_one(Dataset, dataset_id)
            if dataset.current_version is None:
                return 0
            version = fetch_version(session, dataset_id)
        moved = writer.table.version() != version.version
        bring_back(writer, version.version, self.context)
        files = self.system.lake.snapshot(dataset_id).files
        table = engine.read_parquet(files) if files else None
        if table is None or CUSTOMER_COLUMN not in table.columns:
            return 0
        own = table.filter(table[CUSTOMER_COLUMN] == self.surrogate).count()
        n_rows = int(engine.run(own).column(0)[0].as_py())
        if n_rows or came or moved:
            batch = Batch.whole(f"job:{self.context.job_id}")
            number = writer.erase(CUSTOMER_COLUMN, [self.surrogate], batch=batch, metadata={})
            publish_shrunk(self.system, self.context, engine, version, number, reason="erase")
        return n_rows

    def end(self, erasure_id: str, counts: Mapping[str, int]) -> list[str]:
        """Delete the customer, and leave a record that names nobody.

        Returns
        -------
        list of str
            Datasets that readers see another version of by now: they need another turn, and
            nothing was done.
        """
        own = self.surrogate
        with self.context.uow() as work:
            asked = select(Dataset.id, Dataset.current_version).order_by(Dataset.id)
            now = work.session.execute(asked.with_for_update()).all()
            moved = [one for one, version in now if self._seen.get(one, -1) != version]
            if moved:
                return moved
            record = work.session.get_one(Erasure, erasure_id)
            record.finished_at, record.facts = work.now, dict(counts)
            work.session.execute(delete(CustomerKey).where(CustomerKey.customer_id == own))
            work.session.execute(delete(CustomerField).where(CustomerField.customer_id == own))
            work.session.execute(delete(Customer).where(Customer.id == own))
            noted = (AuditRow.noun == "customer") & (AuditRow.noun_id == own)
            work.session.execute(
                update(AuditRow)
                .where(noted)
                .values(noun_id=record.surrogate_hash, before=None, after=None)
            )
            work.audit("erased", "erasure", erasure_id, after=dict(counts))
        return []
