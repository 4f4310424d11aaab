"""A worker dies while it writes staged rows anew: they are all there, before or after, and once."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from cast import Cast
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.collect.customers.changes import do_order_erasure
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.collect.datasets.pushed import do_push_rows
from huiyin.collect.datasets.reading import fetch_version
from huiyin.core.clock import system_clock
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Customer, Import
from huiyin.web.system import System

SCRIPT = Path(__file__).with_name("dying.py")
N_ROWS, N_CUSTOMERS = 40, 8


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


def push(cast, dataset_id, first):
    rows = [
        {"id": first + i, "客户号": f"C{i % N_CUSTOMERS:03d}", "推荐意愿": i % 11}
        for i in range(N_ROWS)
    ]
    with cast.uow() as work:
        do_push_rows(work, dataset_id, rows, "till", RowSeal(cast.system.key))


def work_until_it_dies(cast, step):
    """Give whether it died; else it has done all there was."""
    address = cast.database.url.render_as_string(hide_password=False)
    command = [sys.executable, SCRIPT, address, cast.system.folders.root, str(step)]
    ended = subprocess.run(command, check=False).returncode
    assert ended in {0, -signal.SIGKILL}
    return ended != 0


def finish(cast, minutes):
    late = System(
        cast.database,
        cast.system.folders,
        b"k" * 32,
        clock=lambda: system_clock() + timedelta(minutes=minutes),
    )
    build_worker(late).run_until_idle()


def ids(cast, dataset_id):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    files = cast.system.lake.snapshot(dataset_id, version.version).files
    with cast.system.engine() as engine:
        rows = engine.run(engine.read_parquet(files).select("id"))
    return Counter(int(one) for one in rows.column(0).to_pylist())


def erase_somebody(cast):
    with cast.uow() as work:
        someone = work.session.scalars(select(Customer.id).order_by(Customer.id)).first()
        do_order_erasure(work, someone, "本人要求")


def kill_at(cast, dataset_id, steps):
    push(cast, dataset_id, 0)
    finish(cast, 0)
    for erased, step in enumerate(steps, 1):
        erase_somebody(cast)
        assert work_until_it_dies(cast, step), f"step {step} was not reached"
        finish(cast, 10 * erased)
        left = N_ROWS // N_CUSTOMERS * (N_CUSTOMERS - erased)
        assert len(ids(cast, dataset_id)) == left
    push(cast, dataset_id, 1000)  # all rows are read anew from where they are staged
    finish(cast, 100)
    found = ids(cast, dataset_id)
    assert len([one for one in found if one < N_ROWS]) == left
    assert len(found) == left + N_ROWS
    assert set(found.values()) == {1}
    check_what_is_staged(cast)


def check_what_is_staged(cast):
    """Of every import one manifest and one folder of files: nothing of before is left."""
    with cast.database.reading() as session:
        imports = set(session.scalars(select(Import.id)))
    kept = {folder.name: {one.name for one in folder.iterdir()} for folder in folders_of(cast)}
    assert set(kept) <= imports
    assert all(len(names) == 2 and "staged.json" in names for names in kept.values()), kept


def folders_of(cast):
    return list(cast.system.folders.staged.iterdir())


def test_staged_rows_outlive_a_kill_at_each_step_of_their_exchange(cast):
    with cast.uow() as work:
        dataset_id = do_create_dataset(work, "门店").id
    kill_at(cast, dataset_id, (4, 5, 7))
