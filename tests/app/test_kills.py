"""Workers are killed at random moments: an import is whole or absent, and never there twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from cast import Cast
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset, do_start_import
from huiyin.collect.datasets.contracts import ImportOptions
from huiyin.collect.datasets.pushed import do_push_rows
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.datasets.uploads import do_keep_upload, keep_file
from huiyin.core.clock import system_clock
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import DatasetVersion, Import, Job
from huiyin.web.system import System

SCRIPT = Path(__file__).with_name("working.py")
N_ROWS = 3000
LONGEST = 4.0


def address_of(database):
    return database.url.render_as_string(hide_password=False)


def order_import(cast, dataset_id, number):
    rows = "\n".join(f"{number * N_ROWS + i},{i % 11},店{i % 3}" for i in range(N_ROWS))
    content = f"编号,您有多大可能推荐我们,门店\n{rows}\n".encode()
    kept = keep_file(cast.system.folders, cast.system.key, f"{number}.csv", [content])
    with cast.uow() as work:
        upload = do_keep_upload(work, kept)
        do_start_import(work, dataset_id, [upload.id], ImportOptions(), load=True)


def push(cast, dataset_id, number):
    first = 1_000_000 + number * 100
    rows = [{"编号": first + i, "您有多大可能推荐我们": i % 11, "门店": "店0"} for i in range(100)]
    with cast.uow() as work:
        do_push_rows(work, dataset_id, rows, "till", RowSeal(cast.system.key))


def work_until_killed(cast, seconds):
    command = [sys.executable, SCRIPT, address_of(cast.database), cast.system.folders.root]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    process.communicate()


def finish(cast):
    """Do what is left, on a clock on which the dead worker's lease has run out."""
    late = System(
        cast.database,
        cast.system.folders,
        b"k" * 32,
        clock=lambda: system_clock() + timedelta(minutes=10),
    )
    build_worker(late).run_until_idle()


def identities(cast, dataset_id):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    files = cast.system.lake.snapshot(dataset_id, version.version)
    with cast.system.engine() as engine:
        rows = engine.run(engine.read_parquet(files.files).select("_response_id"))
    assert files.n_rows == version.n_rows
    return Counter(rows.column(0).to_pylist())


def kill_rounds(cast, rounds):
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)  # noqa: S311 -- no secret
    with cast.uow() as work:
        dataset_id = do_create_dataset(work, "门店").id
    order_import(cast, dataset_id, 0)
    finish(cast)
    for number in range(1, rounds + 1):
        order_import(cast, dataset_id, number)
        push(cast, dataset_id, number)
        work_until_killed(cast, chance.uniform(0, LONGEST))
        seen = identities(cast, dataset_id)
        assert len(seen) % 100 == 0, (seed, len(seen))
        assert set(seen.values()) == {1}, seed
        finish(cast)
        found = identities(cast, dataset_id)
        assert len(found) == (number + 1) * N_ROWS + number * 100, (seed, number)
        assert set(found.values()) == {1}, seed
    check_the_books(cast, dataset_id)


def check_the_books(cast, dataset_id):
    with cast.database.reading() as session:
        left = {job.kind for job in session.scalars(select(Job).where(Job.status != "done"))}
        assert {one.status for one in session.scalars(select(Import))} == {"done"}
        versions = session.scalars(select(DatasetVersion)).all()
    assert left <= {"make_standing_report"}, left  # ordered for a little later
    lake = cast.system.lake.table(dataset_id)
    assert all(lake.snapshot(one.version).n_rows == one.n_rows for one in versions)
    staged = cast.system.folders.staged
    assert not [folder for folder in staged.iterdir() if folder.name.startswith(".")]


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


def test_killed_imports_are_whole_or_absent(cast):
    kill_rounds(cast, 2)


@pytest.mark.soak
def test_killed_imports_are_whole_or_absent_many_times(cast):
    kill_rounds(cast, 20)


def test_a_full_disk_is_said_and_the_import_goes_on_when_there_is_room(sqlite_database, tmp_path):
    small = tmp_path / "小盘"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        cast = Cast(sqlite_database, small)
        with cast.uow() as work:
            dataset_id = do_create_dataset(work, "门店").id
        order_import(cast, dataset_id, 0)
        filler = small / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    file.write(b"x" * 100_000)
                    file.flush()
            except OSError:
                pass
        build_worker(cast.system).run_until_idle()
        with cast.database.reading() as session:
            job = session.scalars(select(Job).where(Job.status != "done")).first()
        assert job is not None
        assert job.error is not None
        filler.unlink()
        finish(cast)
        assert len(identities(cast, dataset_id)) == N_ROWS
    finally:
        subprocess.run(["umount", "-l", small], check=True)
