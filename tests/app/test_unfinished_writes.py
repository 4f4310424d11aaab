"""A job that ends between its write and what readers are shown: nothing is lost or doubled."""

from collections import Counter
from datetime import timedelta

import pytest
from cast import Cast
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.app.work import erasing, loading, rolling_back, shrinking, syncing
from huiyin.collect.customers.changes import do_order_erasure
from huiyin.collect.datasets.changes import (
    do_create_dataset,
    do_order_rollback,
    do_publish_version,
    do_start_import,
)
from huiyin.collect.datasets.contracts import ImportOptions
from huiyin.collect.datasets.pushed import do_push_rows
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.datasets.uploads import do_keep_upload, keep_file
from huiyin.core.clock import system_clock
from huiyin.core.text import Text
from huiyin.lake.contracts import Batch, WriteConflictError
from huiyin.store.contracts import StoreError
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Customer, Dataset, DatasetVersion, Import
from huiyin.web.system import System

HEAD = "编号,客户号,您有多大可能推荐我们"


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


@pytest.fixture
def dataset_id(cast):
    with cast.uow() as work:
        return do_create_dataset(work, "门店").id


def order_import(cast, dataset_id, first, n=50):
    rows = "\n".join(f"{first + i},C{(first + i) % 20:03d},{i % 11}" for i in range(n))
    content = f"{HEAD}\n{rows}\n".encode()
    kept = keep_file(cast.system.folders, cast.system.key, "a.csv", [content])
    with cast.uow() as work:
        upload = do_keep_upload(work, kept)
        return do_start_import(work, dataset_id, [upload.id], ImportOptions(), load=True).id


def push(cast, dataset_id, first, n=20):
    rows = [{"id": first + i, "推荐意愿": i % 11} for i in range(n)]
    with cast.uow() as work:
        do_push_rows(work, dataset_id, rows, "till", RowSeal(cast.system.key))


START = system_clock()


def work_on(cast, minutes=0):
    """Do what is due on a clock that stands: what has just failed is not tried again yet."""
    now = START + timedelta(minutes=30 + minutes)
    build_worker(
        System(cast.database, cast.system.folders, b"k" * 32, clock=lambda: now)
    ).run_until_idle()


def ids(cast, dataset_id, column="编号"):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    files = cast.system.lake.snapshot(dataset_id, version.version)
    assert files.n_rows == version.n_rows
    with cast.system.engine() as engine:
        rows = engine.run(engine.read_parquet(files.files).select(column))
    return Counter(int(one) for one in rows.column(0).to_pylist())


def stop_once(monkeypatch, module, name):
    """Let one call end as if the process had died there."""
    whole, calls = getattr(module, name), []

    def call(*given, **named):
        calls.append(1)
        if len(calls) == 1:
            raise StoreError(Text("停", "stop"))
        return whole(*given, **named)

    monkeypatch.setattr(module, name, call)


def once(first, *more):
    return dict.fromkeys((i for start, n in (first, *more) for i in range(start, start + n)), 1)


def test_rows_pushed_before_a_stopped_sync_runs_again_are_taken_in(cast, dataset_id, monkeypatch):
    push(cast, dataset_id, 0)
    stop_once(monkeypatch, syncing, "do_mark_loaded")
    work_on(cast)
    push(cast, dataset_id, 100)
    work_on(cast, minutes=10)
    assert ids(cast, dataset_id, "id") == once((0, 20), (100, 20))


def test_a_row_with_a_lower_number_that_comes_later_is_not_called_loaded(cast, dataset_id):
    """PostgreSQL gives numbers before it commits: 1 may become visible after 2."""
    push(cast, dataset_id, 0)
    with cast.uow() as work:
        late = work.session.scalars(select(syncing.Submission).limit(5)).all()
        plain = [{c.key: getattr(one, c.key) for c in one.__mapper__.columns} for one in late]
        for one in late:
            work.session.delete(one)
    work_on(cast)
    with cast.uow() as work:
        work.session.add_all([syncing.Submission(**facts) for facts in plain])
        work.enqueue("sync_pushed_rows", {"dataset_id": dataset_id})
    work_on(cast)
    assert ids(cast, dataset_id, "id") == once((0, 20))


def test_an_import_that_was_written_but_not_shown_is_not_lost_behind_a_later_one(
    cast, dataset_id, monkeypatch
):
    order_import(cast, dataset_id, 0)
    work_on(cast)
    stop_once(monkeypatch, loading, "do_publish_version")
    order_import(cast, dataset_id, 100)
    work_on(cast)
    order_import(cast, dataset_id, 200)
    work_on(cast)
    assert ids(cast, dataset_id) == once((0, 50), (200, 50))
    work_on(cast, minutes=10)
    assert ids(cast, dataset_id) == once((0, 50), (100, 50), (200, 50))
    with cast.database.reading() as session:
        assert {one.status for one in session.scalars(select(Import))} == {"done"}


def test_a_rollback_that_was_not_shown_is_made_again(cast, dataset_id, monkeypatch):
    order_import(cast, dataset_id, 0)
    work_on(cast)
    first = version_of(cast, dataset_id)
    order_import(cast, dataset_id, 100)
    work_on(cast)
    stop_once(monkeypatch, rolling_back, "do_publish_again")
    with cast.uow() as work:
        do_order_rollback(work, dataset_id, first)
    work_on(cast)
    order_import(cast, dataset_id, 200)
    work_on(cast)
    assert ids(cast, dataset_id) == once((0, 50), (100, 50), (200, 50))
    work_on(cast, minutes=10)
    assert ids(cast, dataset_id) == once((0, 50))


@pytest.mark.parametrize("stopped", ["import", "erasure"])
def test_an_erasure_shows_what_readers_saw_without_the_customer(
    cast, dataset_id, monkeypatch, stopped
):
    order_import(cast, dataset_id, 0)
    work_on(cast)
    if stopped == "import":  # written, never shown, then given up
        stop_once(monkeypatch, loading, "do_publish_version")
        given_up = order_import(cast, dataset_id, 100)
        work_on(cast)
        with cast.uow() as work:
            work.session.get_one(Import, given_up).status = "cancelled"
    else:
        stop_once(monkeypatch, shrinking, "do_publish_again")
    with cast.uow() as work:
        someone = work.session.scalars(select(Customer.id).order_by(Customer.id)).first()
        do_order_erasure(work, someone, "本人要求")
    work_on(cast)
    if stopped == "erasure":
        work_on(cast, minutes=10)
    found = ids(cast, dataset_id)
    assert set(found) < set(range(50))
    assert 47 <= len(found) <= 48, "2 or 3 of 50 rows are theirs"


def test_an_erasure_that_is_stopped_beside_the_files_that_were_sent_comes_back_for_them(
    cast, dataset_id, monkeypatch
):
    order_import(cast, dataset_id, 0)
    work_on(cast)
    stop_once(monkeypatch, erasing, "delete_uploads")
    with cast.uow() as work:
        someone = work.session.scalars(select(Customer.id).order_by(Customer.id)).first()
        do_order_erasure(work, someone, "本人要求")
    work_on(cast)
    work_on(cast, minutes=10)
    assert not list(cast.system.folders.uploads.iterdir()), "they name the customer"


def test_what_readers_saw_meanwhile_is_not_hidden_by_a_late_write(cast, dataset_id):
    """A worker that was paused beyond its lease comes back with a version made of earlier rows."""
    order_import(cast, dataset_id, 0)
    work_on(cast)
    seen = version_of(cast, dataset_id)
    order_import(cast, dataset_id, 100)
    work_on(cast)
    table = cast.system.lake.table(dataset_id)
    with cast.system.lake.writer(dataset_id, cast.system.leases) as writer:
        number = writer.rollback(seen, batch=Batch.whole("late"), metadata={})
    with cast.uow() as work:
        row = work.session.get_one(DatasetVersion, (dataset_id, seen))
        facts = {c.key: getattr(row, c.key) for c in row.__mapper__.columns}
    late = DatasetVersion(**facts | {"version": number})
    with pytest.raises(WriteConflictError), cast.uow() as work:
        do_publish_version(work, late, after=seen)
    assert ids(cast, dataset_id) == once((0, 50), (100, 50))
    assert table.version() == number


def version_of(cast, dataset_id):
    with cast.database.reading() as session:
        return session.get_one(Dataset, dataset_id).current_version
