"""Answers to questionnaires join their dataset within seconds: only their own rows are read.

What a column means is said by the definition, so that each row is typed by itself and appended to
the lake; the first ones make its table. The cleaning rules look at the whole dataset, a little
later, in a job. Rows that are not so plain (a customer, a half-finished answer, a new codebook) go
the way of every import.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from huiyin.app.work.answer_versions import Place, first_version, grown_by, import_row
from huiyin.app.work.reporting import order_standing_report
from huiyin.app.work.settling import order_settling
from huiyin.app.work.sweeping import FAULTS, order_syncs
from huiyin.collect.customers.erasures import erasures_seen, refuse_after_erasure
from huiyin.collect.datasets.changes import do_publish_again, do_publish_version
from huiyin.collect.datasets.contracts import APPENDED
from huiyin.collect.datasets.pushed import (
    do_mark_loaded,
    fetch_waiting,
    fetch_waiting_datasets,
    sync_key,
    write_rows,
)
from huiyin.collect.datasets.reading import fetch_codebook_text
from huiyin.collect.datasets.staged import StagedRows, keep_staged
from huiyin.collect.surveys.columns import PROFILE
from huiyin.collect.surveys.halves import RESTS
from huiyin.collect.surveys.keeping import FINISHED_IDS, SOURCE
from huiyin.collect.surveys.typed_rows import NotPlainError, meaning_of, typed_rows
from huiyin.core.ids import new_id
from huiyin.lake.contracts import Batch, lake_lease
from huiyin.store.bulk import batched
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Dataset, DatasetVersion, Submission
from huiyin.store.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from huiyin.lake.writer import Writer
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

log = structlog.get_logger()
APART = timedelta(seconds=2)
"""A dataset takes answers in at most so often: each time makes a version of it."""
MOST_ROWS = 5_000
"""More at once are read quicker by the engine."""
AT_ONCE = 8
"""Datasets whose leases are held together."""
_OF_A_MOMENT = 7
"""Version of the UUIDs that say when they were made."""


def take_in_answers(system: System) -> int:
    """Bring waiting answers into their datasets; where it is not so simple, order a sync.

    Returns
    -------
    int
        Datasets that took answers in, or that a sync was ordered for.
    """
    try:
        with system.database.reading() as session:
            waiting = fetch_waiting_datasets(session)
    except (StoreError, SQLAlchemyError) as fault:
        log.warning("answers_not_taken_in", kind=type(fault).__name__)
        return 0
    n_taken, others = 0, list[str]()
    for some in batched(waiting, AT_ONCE):
        n, not_plain = _take_some(system, some)
        n_taken += n
        others += not_plain
    return n_taken + (order_syncs(system, others) if others else 0)


def _take_some(system: System, datasets: Sequence[str]) -> tuple[int, list[str]]:
    """Take answers into some datasets, whose leases are held together.

    Returns
    -------
    int
        Datasets that took answers in.
    list of str
        Those whose answers are not plain.
    """
    due, others = _due(system, datasets)
    n_taken = 0
    if not due:
        return 0, others
    names = [name for one in due for name in (sync_key(one), lake_lease(one))]
    with system.leases.held_some(names) as held:
        for dataset_id in due:
            if not {sync_key(dataset_id), lake_lease(dataset_id)} <= {*held}:
                continue  # a sync or an import of it is under way: the next look is soon
            try:
                _take_in(system, dataset_id)
                n_taken += 1
            except NotPlainError:
                others.append(dataset_id)
            except FAULTS as fault:  # whatever ails one questionnaire holds up no other
                _note(dataset_id, fault)
                others.append(dataset_id)
    return n_taken, others


def _due(system: System, datasets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Look before a lease is taken: who may take answers in now, and whose are not plain."""
    asked = (
        select(Dataset.id, DatasetVersion.profile, DatasetVersion.created_at)
        .outerjoin(
            DatasetVersion,
            (DatasetVersion.dataset_id == Dataset.id)
            & (DatasetVersion.version == Dataset.current_version),
        )
        .where(Dataset.id.in_(datasets))
    )
    with system.database.reading() as session:
        shown = {one.id: one for one in session.execute(asked)}
    plain = {one: row.created_at for one, row in shown.items() if row.profile in {PROFILE, None}}
    before = system.clock() - APART
    due = [one for one in datasets if one in plain and (plain[one] or before) <= before]
    return due, [one for one in datasets if one not in plain]


def _note(dataset_id: str, fault: Exception) -> None:
    log.warning("answers_not_taken_in", dataset=dataset_id, kind=type(fault).__name__)


class _Held:
    """A lease that is held already."""

    def held(self, _: str) -> AbstractContextManager[object]:
        """Give what changes nothing."""
        return nullcontext()


def _take_in(system: System, dataset_id: str) -> None:
    """Take answers into one dataset, whose leases are held."""
    with system.lake.writer(dataset_id, _Held()) as writer:
        with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
            place = _place(work, dataset_id)
        if writer.table.version() != place.dataset.current_version:
            raise NotPlainError  # there lies a write that readers were never shown
        _append(system, writer, place)


def _place(work: UnitOfWork, dataset_id: str) -> Place:
    dataset = work.session.get_one(Dataset, dataset_id)
    version = _current(work.session, dataset)
    rows = fetch_waiting(work.session, dataset_id, MOST_ROWS + 1)
    if not rows or len(rows) > MOST_ROWS or not all(_is_plain(row, work.now) for row in rows):
        raise NotPlainError
    number, text = fetch_codebook_text(work.session, dataset_id)
    if version is not None and version.codebook_version != number:
        raise NotPlainError
    meaning = meaning_of(text, f"v{number}", dataset.zone)
    if meaning.book.profile != PROFILE:
        raise NotPlainError
    return Place(dataset, version, meaning, number, rows, erasures_seen(work))


def _current(session: Session, dataset: Dataset) -> DatasetVersion | None:
    number = dataset.current_version
    return None if number is None else session.get_one(DatasetVersion, (dataset.id, number))


def _is_plain(row: Submission, now: datetime) -> bool:
    """Tell whether nothing of this answer can be in the lake already.

    A half-finished answer is, once it has rested for a day: whoever finishes so long after they
    began may take the place of one.
    """
    if row.source != SOURCE or row.id >= FINISHED_IDS:
        return False
    own = UUID(row.id)
    if own.version != _OF_A_MOMENT:
        return True  # another system named it: it is never handed on half-finished
    began = datetime.fromtimestamp((own.int >> 80) / 1000, UTC)
    return now - began < RESTS / 2


def _append(system: System, writer: Writer, place: Place) -> None:
    """Write the rows to the lake, and let readers see them."""
    seal, import_id = RowSeal(system.key), new_id()
    payloads = [seal.open(row.id, row.payload) for row in place.rows]
    rows = typed_rows(
        place.meaning,
        payloads,
        dataset_id=place.dataset.id,
        import_id=import_id,
        source=len(place.version.sources) if place.version else 0,
        whole=place.version is None,
    )
    _keep(system, import_id, payloads)
    write = writer.extend if place.version else writer.begin
    number = write(rows, batch=Batch.whole(f"answers:{import_id}"), metadata={})
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        refuse_after_erasure(work, place.dataset.id, place.erased)
        work.session.add(import_row(place, import_id, number, work.now))
        before = place.version
        if before is None:
            do_publish_version(work, first_version(work, place, import_id, number), after=None)
        else:
            grown = grown_by(place, before, import_id, number)
            do_publish_again(work, before, number, APPENDED, after=before.version, changed=grown)
        do_mark_loaded(work, place.rows, number)
        order_standing_report(work, place.dataset.id)
        order_settling(work, place.dataset.id, before.n_rows if before else 0)


def _keep(system: System, import_id: str, payloads: Sequence[Mapping[str, Any]]) -> None:
    """Keep the rows as they came, sealed, as those of every import are."""
    with TemporaryDirectory(prefix="stage-", dir=system.folders.work) as folder:
        file = Path(folder) / "pushed.parquet"
        columns = write_rows(payloads, range(1, len(payloads) + 1), file)
        keep_staged(system.folders, system.key, import_id, StagedRows((file,), columns, (SOURCE,)))
