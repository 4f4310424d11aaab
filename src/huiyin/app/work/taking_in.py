"""Answers to questionnaires join their dataset within seconds: only their own rows are read.

What a column means is said by the definition, so that each row is typed by itself and appended to
the lake; the first ones make its table. The cleaning rules look at the whole dataset, a little
later, in a job. Rows that are not so plain (a customer, a half-finished answer, a new codebook) go
the way of every import.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from huiyin.app.work.answer_places import fetch_waiting_places
from huiyin.app.work.answer_versions import Place, import_row, version_row
from huiyin.app.work.settling import settling_of
from huiyin.app.work.sweeping import FAULTS, order_syncs
from huiyin.collect.customers.erasures import refuse_after_erasure
from huiyin.collect.datasets.changes import do_publish_versions
from huiyin.collect.datasets.pushed import (
    do_mark_each_loaded,
    fetch_waiting_datasets,
    sync_key,
    write_rows,
)
from huiyin.collect.datasets.staged import StagedRows, keep_staged
from huiyin.collect.surveys.columns import PROFILE
from huiyin.collect.surveys.keeping import SOURCE
from huiyin.collect.surveys.typed_rows import NotPlainError, typed_rows
from huiyin.core.ids import new_id
from huiyin.lake.contracts import Batch, lake_lease
from huiyin.store.bulk import batched
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Dataset, DatasetVersion
from huiyin.store.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from huiyin.web.system import System

log = structlog.get_logger()
APART = timedelta(seconds=2)
"""A dataset takes answers in at most so often: each time makes a version of it."""
AT_ONCE = 16
"""Datasets whose leases are held together, and that readers see in one commit."""


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
    if not due:
        return 0, others
    names = [name for one in due for name in (sync_key(one), lake_lease(one))]
    with system.leases.held_some(names) as held:
        # Where a sync or an import is under way: the next look is soon.
        ours = [one for one in due if {sync_key(one), lake_lease(one)} <= {*held}]
        written, not_written = _write_all(system, ours)
        not_shown = _show(system, written)
    return len(written) - len(not_shown), [*others, *not_written, *not_shown]


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


@dataclass(frozen=True, slots=True)
class _Written:
    """Rows that lie in the lake, and that readers do not see yet."""

    place: Place
    import_id: str
    number: int


def _write_all(system: System, datasets: Sequence[str]) -> tuple[list[_Written], list[str]]:
    """Write the rows of each dataset to the lake; gives also the datasets where it cannot be."""
    if not datasets:
        return [], []
    with system.database.reading() as session:
        waiting = fetch_waiting_places(session, datasets)
    written, others = list[_Written](), list[str]()
    with TemporaryDirectory(prefix="stage-", dir=system.folders.work) as folder:
        for one in waiting:
            try:
                written.append(_write(system, one.place(system.clock()), Path(folder)))
            except NotPlainError:
                others.append(one.dataset.id)
            except (*FAULTS, OSError) as fault:  # what ails one questionnaire holds up no other
                _note(one.dataset.id, fault)
                others.append(one.dataset.id)
    return written, others


def _write(system: System, place: Place, folder: Path) -> _Written:
    """Write the rows of one dataset to the lake, whose lease is held."""
    seal, import_id = RowSeal(system.key), new_id()
    with system.lake.writer(place.dataset.id, _Held()) as writer:
        if writer.version() != place.dataset.current_version:
            raise NotPlainError  # there lies a write that readers were never shown
        payloads = [seal.open(row.id, row.payload) for row in place.rows]
        rows = typed_rows(
            place.meaning,
            payloads,
            dataset_id=place.dataset.id,
            import_id=import_id,
            source=len(place.version.sources) if place.version else 0,
            whole=place.version is None,
        )
        _keep(system, import_id, payloads, folder / "pushed.parquet")
        write = writer.extend if place.version else writer.begin
        number = write(rows, batch=Batch.whole(f"answers:{import_id}"), metadata={})
    return _Written(place, import_id, number)


def _keep(system: System, import_id: str, payloads: Sequence[Mapping[str, Any]], at: Path) -> None:
    """Keep the rows as they came, sealed, as those of every import are."""
    columns = write_rows(payloads, range(1, len(payloads) + 1), at)
    keep_staged(system.folders, system.key, import_id, StagedRows((at,), columns, (SOURCE,)))


def _show(system: System, written: Sequence[_Written]) -> list[str]:
    """Let readers see what was written, in one commit; gives the datasets where it cannot be.

    Where one of them spoils it for the others each has a commit of its own.
    """
    if not written:
        return []
    try:
        _show_all(system, written)
    except FAULTS as fault:
        if len(written) > 1:
            return [failed for one in written for failed in _show(system, [one])]
        _note(written[0].place.dataset.id, fault)
        return [written[0].place.dataset.id]
    return []


def _show_all(system: System, written: Sequence[_Written]) -> None:
    """Say of each dataset which version holds its answers now, and order the look at the whole.

    The report that stands ready is made once that look has been: the one of a state that lasts
    for seconds would be read by nobody.
    """
    places = [one.place for one in written]
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        refuse_after_erasure(work, [one.dataset.id for one in places], places[0].erased)
        work.session.add_all(
            import_row(one.place, one.import_id, one.number, work.now) for one in written
        )
        rows = [version_row(work, one.place, one.import_id, one.number) for one in written]
        seen = [one.version.version if one.version else None for one in places]
        do_publish_versions(work, list(zip(rows, seen, strict=True)))
        do_mark_each_loaded(
            work, {row.seq: one.number for one in written for row in one.place.rows}
        )
        work.enqueue_all([settling_of(work, row.dataset_id, row.n_rows) for row in rows])
