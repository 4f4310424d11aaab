"""Files that came with answers go where their answers go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from huiyin.collect.surveys.columns import RESPONSE_ID
from huiyin.collect.surveys.files import (
    do_drop_files_of,
    do_drop_unkept_files,
    kept_answers_with_files,
    known_files,
)
from huiyin.store.bulk import batched
from huiyin.store.tables import Dataset, Submission

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

_AT_ONCE = 500


def drop_files_without_answers(
    system: System, context: JobContext, engine: Engine, dataset_id: str
) -> int:
    """Delete the files of a dataset whose answers are neither waiting nor in it; gives how many."""
    with context.uow() as work:
        answers = kept_answers_with_files(work.session, dataset_id)
        if not answers:
            return 0
        for some in batched(sorted(answers), _AT_ONCE):
            waiting = select(Submission.native_id).where(
                Submission.dataset_id == dataset_id, Submission.native_id.in_(some)
            )
            answers -= {*work.session.scalars(waiting)}
        read = work.session.get_one(Dataset, dataset_id).current_version is not None
    if answers and read:
        answers -= _in_lake(system, engine, dataset_id, answers)
    with context.uow() as work:
        return do_drop_files_of(work, system.folders, answers)


def _in_lake(system: System, engine: Engine, dataset_id: str, answers: set[str]) -> set[str]:
    files = system.lake.snapshot(dataset_id).files
    table = engine.read_parquet(files) if files else None
    if table is None or RESPONSE_ID not in table.columns:
        return set()
    found: set[str] = set()
    for some in batched(sorted(answers), _AT_ONCE):
        own = table.filter(table[RESPONSE_ID].isin(some)).select(id=table[RESPONSE_ID])
        found |= {str(one) for one in engine.run(own).column(0).to_pylist()}
    return found


def sweep_files(system: System, context: JobContext, young: timedelta) -> int:
    """Delete files that no answer came with, and those that the store knows nothing of.

    A file on the disk that is younger than `young` may be on its way into the store.
    """
    with context.uow() as work:
        n_gone = do_drop_unkept_files(work, system.folders)
        known = known_files(work.session)
    limit = (system.clock() - young).timestamp()
    for path in system.folders.answer_files.iterdir():
        if path.name not in known and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            n_gone += 1
    return n_gone
