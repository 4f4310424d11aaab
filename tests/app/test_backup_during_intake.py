"""Rows keep arriving while a backup is made: it brings back one moment, and nothing comes twice."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from cast import Cast
from sqlalchemy import func, select

from huiyin.app import backup as whole
from huiyin.app import restoring
from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.collect.datasets.pushed import do_push_rows
from huiyin.collect.datasets.reading import fetch_version
from huiyin.core.clock import system_clock
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Dataset, DatasetVersion, Submission
from huiyin.web.system import System

A_TIME = 20
"""Rows of one push."""


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


class Intake:
    """A till that pushes rows, and a worker that takes them in, both in threads."""

    def __init__(self, cast, dataset_id):
        self.cast, self.dataset_id, self.pushed = cast, dataset_id, 0
        self._over = threading.Event()
        self._worker = build_worker(cast.system)
        self._threads = [
            threading.Thread(target=self._keep_pushing),
            threading.Thread(target=self._worker.run),
        ]

    def push(self):
        first = self.pushed
        rows = [{"id": first + i, "推荐意愿": i % 11, "门店": "店0"} for i in range(A_TIME)]
        with self.cast.uow() as work:
            do_push_rows(work, self.dataset_id, rows, "till", RowSeal(self.cast.system.key))
        self.pushed += A_TIME

    def _keep_pushing(self):
        while not self._over.wait(0.05):
            self.push()

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._worker.stop()
        for thread in self._threads:
            thread.join()

    def versions_after(self, version):
        """Wait until readers see a version after one."""
        while (now := current(self.cast, self.dataset_id) or 0) <= version:
            self._over.wait(0.1)
        return now


def current(cast, dataset_id):
    with cast.database.reading() as session:
        return session.get_one(Dataset, dataset_id).current_version


def submissions(cast, dataset_id):
    asked = select(Submission.native_id).where(Submission.dataset_id == dataset_id)
    with cast.database.reading() as session:
        return set(session.scalars(asked))


def ids_in_the_lake(cast, dataset_id):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    files = cast.system.lake.snapshot(dataset_id, version.version)
    with cast.system.engine() as engine:
        rows = engine.run(engine.read_parquet(files.files).select("id"))
    return Counter(str(one) for one in rows.column(0).to_pylist())


def work_it_off(cast):
    """Do what is left, on a clock on which the leases of the backup's moment have run out."""
    late = lambda: system_clock() + timedelta(minutes=10)  # noqa: E731
    build_worker(System(cast.database, cast.system.folders, b"k" * 32, clock=late)).run_until_idle()


def test_a_backup_during_intake_comes_back_whole_and_rows_are_sent_again(cast, tmp_path):
    with cast.uow() as work:
        dataset_id = do_create_dataset(work, "门店").id
    with Intake(cast, dataset_id) as intake:
        seen = intake.versions_after(0)
        whole.backup(cast.system, tmp_path / "b.tar")
        intake.versions_after(seen + 1)
        restoring.restore(cast.system, tmp_path / "b.tar")
        kept = submissions(cast, dataset_id)
        with cast.database.reading() as session:
            assert session.get_one(Dataset, dataset_id).epoch == 2
    # What was pushed after the restore has numbers of its own; the rest is of the backup.
    work_it_off(cast)
    found = ids_in_the_lake(cast, dataset_id)
    mark = RowSeal(cast.system.key).mark
    assert {mark(one) for one in found} == submissions(cast, dataset_id) >= kept
    assert set(found.values()) == {1}

    everything = intake.pushed
    intake.pushed = 0
    while intake.pushed < everything:  # the till sends all it has once more
        intake.push()
    work_it_off(cast)
    again = ids_in_the_lake(cast, dataset_id)
    assert set(again) == {str(i) for i in range(everything)}
    assert set(again.values()) == {1}


def test_a_restore_is_exactly_at_the_versions_of_the_backup(cast, tmp_path):
    with cast.uow() as work:
        dataset_id = do_create_dataset(work, "门店").id
    with Intake(cast, dataset_id) as intake:
        seen = intake.versions_after(0)
        whole.backup(cast.system, tmp_path / "b.tar")
        intake.versions_after(seen)
    work_it_off(cast)
    restoring.restore(cast.system, tmp_path / "b.tar")
    with cast.database.reading() as session:
        dataset = session.get_one(Dataset, dataset_id)
        row = session.get_one(DatasetVersion, (dataset_id, dataset.current_version))
        loaded = select(func.count()).where(Submission.loaded_version.is_not(None))
        n_loaded = session.scalar(loaded)
    table = cast.system.lake.table(dataset_id)
    assert table.version() == row.version
    assert table.snapshot().n_rows == row.n_rows >= n_loaded > 0


def test_a_row_that_the_restored_version_lacks_is_sent_again(cast, tmp_path):
    """The store of the backup says that rows are in a version which its lake has not."""
    with cast.uow() as work:
        dataset_id = do_create_dataset(work, "门店").id
    intake = Intake(cast, dataset_id)
    intake.push()
    work_it_off(cast)
    intake.push()
    with cast.uow() as work:
        waiting = work.session.scalars(
            select(Submission).where(Submission.loaded_version.is_(None))
        ).all()
        for row in waiting:
            row.loaded_version = 99
    whole.backup(cast.system, tmp_path / "b.tar")
    restoring.restore(cast.system, tmp_path / "b.tar")
    work_it_off(cast)
    found = ids_in_the_lake(cast, dataset_id)
    assert len(found) == 2 * A_TIME
    assert set(found.values()) == {1}


def test_a_backup_that_lacks_a_file_of_the_lake_is_not_kept(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    with cast.uow() as work:
        dataset_id = do_create_dataset(work, "门店").id
    Intake(cast, dataset_id).push()
    work_it_off(cast)
    (file,) = cast.system.lake.snapshot(dataset_id).files
    file.unlink()
    with pytest.raises(whole.BackupFailedError, match="lake"):
        whole.backup(cast.system, tmp_path / "b.tar")
    assert not list(tmp_path.glob("*b.tar*"))
