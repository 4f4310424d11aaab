"""Imports, roll-backs, erasures, compaction and pushes at the same moment, by several workers."""

import random
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from cast import Cast
from sqlalchemy import select

from huiyin.app.wiring import all_handlers, build_worker
from huiyin.app.work import erasing, loading, reporting
from huiyin.app.work.housekeeping import TIDY_LAKE_JOB
from huiyin.collect.customers.changes import do_order_erasure
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN, ERASE_JOB
from huiyin.collect.customers.keys import blind_indexer, known_by, spelled, surrogate_hash
from huiyin.collect.datasets.changes import (
    do_create_dataset,
    do_load,
    do_order_rollback,
    do_start_import,
)
from huiyin.collect.datasets.contracts import ImportOptions
from huiyin.collect.datasets.pushed import do_push_rows
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.datasets.uploads import do_keep_upload, keep_file
from huiyin.collect.identity import IMPORT_COLUMN
from huiyin.core.clock import system_clock
from huiyin.lake.contracts import VersionGoneError
from huiyin.store.jobs import worker as working
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.jobs.worker import Worker
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Customer, CustomerKey, DatasetVersion, Import, Job, Upload
from huiyin.web.system import System

HEAD = "编号,手机号,您有多大可能推荐我们,门店"
N_ROWS, N_PEOPLE, N_WORKERS = 60, 12, 2


@pytest.fixture
def cast(database, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(working, "BACKOFF_SECONDS", (0.05,))
    monkeypatch.setattr(reporting, "SETTLE_SECONDS", 600)
    return Cast(database, tmp_path / "data")


def phone(number):
    return f"139{number % N_PEOPLE:08d}"


def send(cast, first, without=()):
    """Upload a file of answers by all people but some; gives the upload's id."""
    numbers = sorted(ids(first, without=without))
    rows = "\n".join(f"{i},{phone(i)},{i % 11},店{i % 3}" for i in numbers)
    kept = keep_file(
        cast.system.folders, cast.system.key, f"{first}.csv", [f"{HEAD}\n{rows}\n".encode()]
    )
    with cast.uow() as work:
        return do_keep_upload(work, kept).id


def order_import(cast, dataset_id, first, *, load=True, without=()):
    upload = send(cast, first, without)
    with cast.uow() as work:
        return do_start_import(work, dataset_id, [upload], ImportOptions(), load=load).id


def push(cast, dataset_id, first, without=(), n=20):
    rows = [
        {"编号": i, "手机号": phone(i), "您有多大可能推荐我们": i % 11, "门店": "店0"}
        for i in sorted(ids(first, n, without=without))
    ]
    with cast.uow() as work:
        do_push_rows(work, dataset_id, rows, "till", RowSeal(cast.system.key))


def order_erasure(cast, number):
    with cast.uow() as work:
        hidden = blind_indexer(cast.system.key)(spelled(known_by(phone(number))))
        asked = select(CustomerKey.customer_id).where(CustomerKey.blind_index == hidden)
        return do_order_erasure(work, work.session.scalars(asked).one(), "本人要求")


def unfinished(cast):
    over = (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)
    near = system_clock() + timedelta(seconds=60)
    with cast.database.reading() as session:
        asked = select(Job.kind).where(Job.status.not_in(over), Job.run_at < near)
        return list(session.scalars(asked))


def work_together(cast, n_workers=N_WORKERS):
    """Let several workers do all that is due, each on a lake and engine of its own."""
    over = threading.Event()

    def run():
        worker = build_worker(System(cast.database, cast.system.folders, cast.system.key))
        while not over.is_set():
            if not worker.run_one():
                over.wait(0.05)

    threads = [threading.Thread(target=run) for _ in range(n_workers)]
    for thread in threads:
        thread.start()
    try:
        while unfinished(cast):
            over.wait(0.1)
            assert all(thread.is_alive() for thread in threads)
    finally:
        over.set()
        for thread in threads:
            thread.join()


def rows_of(cast, dataset_id):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    files = cast.system.lake.snapshot(dataset_id, version.version)
    assert files.n_rows == version.n_rows
    with cast.system.engine() as engine:
        table = engine.read_parquet(files.files)
        kept = [IMPORT_COLUMN, CUSTOMER_COLUMN, "编号"]
        rows = engine.run(table.select(*kept)).to_pylist()
    assert {row[IMPORT_COLUMN] for row in rows} <= set(version.imports)
    return {int(row["编号"]): row[CUSTOMER_COLUMN] for row in check_once(rows)}


def check_once(rows):
    seen = Counter(row["编号"] for row in rows)
    assert set(seen.values()) <= {1}, [one for one, n in seen.items() if n > 1]
    return rows


def ids(first, n=N_ROWS, *, without=()):
    return {i for i in range(first, first + n) if i % N_PEOPLE not in without}


def check_nobody_came_back(cast, erased, *datasets):
    """Neither by key nor by rows is anybody there who was erased, and no row hangs in the air."""
    blind = blind_indexer(cast.system.key)
    hidden = [blind(spelled(known_by(phone(one)))) for one in erased]
    with cast.database.reading() as session:
        known = {*session.scalars(select(Customer.id))}
        asked = select(CustomerKey.customer_id).where(CustomerKey.blind_index.in_(hidden))
        assert session.scalars(asked).all() == []
    for one in datasets:
        rows = rows_of(cast, one)
        assert {owner for owner in rows.values() if owner} <= known
        assert not {i for i in rows if i % N_PEOPLE in erased}


def new_dataset(cast, name):
    with cast.uow() as work:
        return do_create_dataset(work, name).id


def statuses(cast):
    with cast.database.reading() as session:
        return [(one.status, one.error) for one in session.scalars(select(Import))]


def test_imports_into_one_dataset_and_into_several_are_whole_and_never_doubled(cast):
    one, other = (new_dataset(cast, name) for name in ("一", "二"))
    for start in range(4):
        order_import(cast, one, start * 40)  # each shares ids with the one before
    for start in range(2):
        order_import(cast, other, start * 40)
    work_together(cast)
    assert {status for status, _ in statuses(cast)} == {"done"}, statuses(cast)
    assert set(rows_of(cast, one)) == ids(0, 180)
    assert set(rows_of(cast, other)) == ids(0, 100)
    with cast.database.reading() as session:
        assert len(session.scalars(select(Customer.id)).all()) == N_PEOPLE


def test_what_was_sent_before_an_erasure_brings_nobody_back(cast):
    """Imports that wait for a person, files that wait for a worker, files that wait for nobody."""
    one, other = new_dataset(cast, "一"), new_dataset(cast, "二")
    order_import(cast, one, 0)
    work_together(cast)
    looked_at = order_import(cast, one, 100, load=False)
    work_together(cast)
    queued, elsewhere = order_import(cast, one, 200), order_import(cast, other, 0)
    unused, sent = send(cast, 300), send(cast, 400)
    order_erasure(cast, 3)
    with cast.uow() as work:
        used = do_start_import(work, one, [sent], ImportOptions(), load=True).id
    do_first(cast, ERASE_JOB)
    work_together(cast)
    with cast.uow() as work:
        do_load(work, looked_at)
        late = do_start_import(work, one, [unused], ImportOptions(), load=True).id
    work_together(cast)
    check_nobody_came_back(cast, {3}, one, other)
    with cast.database.reading() as session:
        asked = (looked_at, queued, elsewhere, used, late)
        states = [session.get_one(Import, made).status for made in asked]
        assert session.get_one(Upload, unused).deleted_at is not None
    assert states == ["done", "done", "done", "done", "failed"]
    kept = [ids(first, without={3}) for first in (0, 100, 200, 400)]
    assert set(rows_of(cast, one)) == set().union(*kept)
    assert set(rows_of(cast, other)) == ids(0, without={3})


def do_first(cast, kind):
    """Let a job of a kind have its turn before all others."""
    handlers = {kind: all_handlers(cast.system)[kind]}
    assert Worker(cast.database, handlers).run_one()


@pytest.mark.parametrize("ends", ["before", "after"])
def test_an_import_that_runs_through_an_erasure_leaves_no_row_of_the_erased(
    cast, monkeypatch, ends
):
    """A file that is sent meanwhile is loaded between the erasure's turn here and its last step."""
    one = new_dataset(cast, "一")
    order_import(cast, one, 0)
    work_together(cast)
    shown, erased = threading.Event(), threading.Event()
    last, publish = erasing._Eraser.end, loading._version_row
    threads = []

    def end(eraser, *given):
        if not threads:
            order_import(cast, one, 100)
            threads.append(threading.Thread(target=build_worker(cast.system).run_until_idle))
            threads[0].start()
            if ends == "before":
                erased.set()
                threads[0].join()
            assert shown.wait(60)
        return last(eraser, *given)

    def version_row(*given, **named):
        shown.set()
        assert erased.wait(60)
        return publish(*given, **named)

    monkeypatch.setattr(erasing._Eraser, "end", end)
    monkeypatch.setattr(loading, "_version_row", version_row)
    gone = order_erasure(cast, 3)
    do_first(cast, ERASE_JOB)
    erased.set()
    threads[0].join()
    work_together(cast)
    with cast.database.reading() as session:
        known = {surrogate_hash(each) for each in session.scalars(select(Customer.id))}
    owners = {surrogate_hash(owner) for owner in rows_of(cast, one).values()}
    assert gone.surrogate_hash not in owners | known
    assert owners <= known
    assert ids(100, without={3}) <= set(rows_of(cast, one))
    table = cast.system.lake.table(one)
    versions = {row.version for row in versions_of(cast, one)}
    assert len({*table.folder.rglob("*.parquet")}) == len(files_of(cast, one, versions))


def versions_of(cast, dataset_id):
    with cast.database.reading() as session:
        return session.scalars(select(DatasetVersion).filter_by(dataset_id=dataset_id)).all()


def files_of(cast, dataset_id, versions):
    found = set()
    for one in versions:
        with suppress(VersionGoneError):
            found |= {*cast.system.lake.snapshot(dataset_id, one).files}
    return found


@pytest.fixture
def with_reports(monkeypatch):
    """Let reports be made between all else, as soon as there is a version."""
    monkeypatch.setattr(reporting, "SETTLE_SECONDS", 0.05)


def everything_at_once(cast, rounds):
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)  # noqa: S311 -- no secret
    one, other = (new_dataset(cast, name) for name in ("一", "二"))
    for dataset in (one, other):
        order_import(cast, dataset, 0)
    work_together(cast)
    with cast.database.reading() as session:
        first = fetch_version(session, one).version
    erased = set()
    for number in range(1, rounds + 1):
        start = 1000 * number
        gone, before = number % N_PEOPLE, frozenset(erased)
        erased.add(gone)
        orders = [
            lambda: order_import(cast, one, start, without=before),  # noqa: B023 -- of this round
            lambda: order_import(cast, one, start + 100, without=before),  # noqa: B023
            lambda: order_import(cast, other, start, without=before),  # noqa: B023
            lambda: push(cast, other, start + 200, without=before),  # noqa: B023
            lambda: cast_order(cast, TIDY_LAKE_JOB),
        ]
        chance.shuffle(orders)
        for order in orders:
            order()
        order_erasure(cast, gone)
        if number % 2:
            with cast.uow() as work:
                do_order_rollback(work, one, first)
        work_together(cast)
        check_nobody_came_back(cast, erased, one, other)
        check_whole(cast, one, [start, start + 100], erased, seed)
        found = set(rows_of(cast, other))
        there = ids(start, without=erased) | ids(start + 200, 20, without=erased)
        assert there <= found, (seed, number)
        with cast.database.reading() as session:
            first = fetch_version(session, one).version


def cast_order(cast, kind):
    with cast.uow() as work:
        work.enqueue(kind, {})


def check_whole(cast, dataset_id, starts, erased, seed):
    found = set(rows_of(cast, dataset_id))
    for start in starts:
        own = ids(start, without=erased)
        assert found & ids(start) in (own, set()), (seed, start)


@pytest.mark.usefixtures("with_reports")
def test_whatever_happens_at_once_is_whole_or_absent_and_nobody_comes_back(cast):
    everything_at_once(cast, 2)


@pytest.mark.soak
@pytest.mark.usefixtures("with_reports")
def test_whatever_happens_at_once_is_whole_or_absent_many_times(cast):
    everything_at_once(cast, 10)
