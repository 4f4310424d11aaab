"""A backup brings back one moment: rows, numbers and files, on both databases."""

import json
import os
import tarfile
import threading

import pytest
from cast import Cast
from sqlalchemy import func, select

from huiyin.app import backup as whole
from huiyin.app import restoring
from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset, do_start_import
from huiyin.collect.datasets.contracts import ImportOptions
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.datasets.staged import StagedRows, keep_staged
from huiyin.collect.datasets.uploads import do_keep_upload, keep_file
from huiyin.people.contracts import Role
from huiyin.people.staff import do_disable_staff, do_enable_staff
from huiyin.store.tables import AuditRow, Dataset, Setting, Staff, Unit


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


def import_rows(cast, dataset_id, n, first=0):
    rows = "\n".join(f"{first + i},{i % 11},店{i % 3}" for i in range(n))
    content = f"编号,您有多大可能推荐我们,门店\n{rows}\n".encode()
    kept = keep_file(cast.system.folders, cast.system.key, "a.csv", [content])
    with cast.uow() as work:
        upload = do_keep_upload(work, kept)
        dataset_id = dataset_id or do_create_dataset(work, "门店").id
        do_start_import(work, dataset_id, [upload.id], ImportOptions(), load=True)
    build_worker(cast.system).run_until_idle()
    return dataset_id


def rows_of(cast, dataset_id):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    return version.n_rows, cast.system.lake.snapshot(dataset_id, version.version).n_rows


def test_a_restore_brings_back_the_moment_of_the_backup(cast, tmp_path):
    dataset_id = import_rows(cast, None, 200)
    with cast.uow() as work:
        top = Unit(name="总部")
        work.session.add(top)
        work.session.flush()
        work.session.add(Unit(name="华东", parent_id=top.id))
    done = whole.backup(cast.system, tmp_path / "b.tar")
    assert done.datasets == 1
    import_rows(cast, dataset_id, 300, first=100)
    assert rows_of(cast, dataset_id) == (400, 400)
    with cast.uow() as work:
        work.session.query(Unit).filter(Unit.parent_id.is_not(None)).delete()
    restoring.restore(cast.system, tmp_path / "b.tar")
    assert rows_of(cast, dataset_id) == (200, 200)
    with cast.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 2
        assert session.get_one(Dataset, dataset_id).epoch == 2
    import_rows(cast, dataset_id, 300, first=100)
    assert rows_of(cast, dataset_id) == (400, 400)
    with cast.uow() as work:
        work.audit("look", "dataset", dataset_id)  # counters go on after what was loaded
    assert not (cast.system.folders.root / restoring.MARKER).exists()


def test_a_restore_opens_no_session_and_no_token_that_was_ended(cast, tmp_path):
    """Whoever was signed in signs in again; what was revoked after the backup stays revoked."""
    alice = cast.signed_in(Role.ADMINISTRATOR, "alice")
    made = {}
    for name in ("kept", "revoked"):
        fields = {"name": name, "scope": ["see_scores"], "days": 30}
        made[name] = alice.post("/api/v1/tokens", json=fields).json()

    def status(name):
        secret = {"authorization": f"Bearer {made[name]['secret']}"}
        return cast.browser().get("/api/v1/datasets", headers=secret).status_code

    whole.backup(cast.system, tmp_path / "b.tar")
    assert alice.delete(f"/api/v1/tokens/{made['revoked']['id']}").status_code < 300
    assert (status("kept"), status("revoked")) == (200, 401)
    restoring.restore(cast.system, tmp_path / "b.tar")
    assert (status("kept"), status("revoked")) == (200, 401)
    assert alice.get("/api/v1/me").status_code == 401
    with cast.database.reading() as session:
        ended = select(AuditRow.after).where(AuditRow.noun == "access")
        assert session.scalar(ended) == {"n_ended": 2}


def disabled(cast):
    with cast.database.reading() as session:
        return {one.login for one in session.scalars(select(Staff)) if one.disabled_at is not None}


def test_a_restore_lets_nobody_in_who_was_shut_out_since(cast, tmp_path):
    boss = cast.signed_in(Role.ADMINISTRATOR, "boss")
    people = {name: cast.person(Role.ANALYST, name) for name in ("gone", "back", "stays")}
    with cast.uow() as uow:
        do_disable_staff(uow, people["back"].id, people["back"].revision)
    whole.backup(cast.system, tmp_path / "b.tar")
    with cast.uow() as uow:
        do_enable_staff(uow, people["back"].id, uow.session.get(Staff, people["back"].id).revision)
        do_disable_staff(uow, people["gone"].id, people["gone"].revision)
    assert disabled(cast) == {"gone"}
    restoring.restore(cast.system, tmp_path / "b.tar")
    assert disabled(cast) == {"gone", "back"}
    with cast.database.reading() as session:
        noted = select(AuditRow).where(AuditRow.action == "disable")
        assert session.scalars(noted).all()[-1].after == {"by": "restore"}
        assert session.get_one(Staff, boss.staff.id).disabled_at is None


def test_a_restore_leaves_somebody_to_administrate(cast, tmp_path):
    first = cast.person(Role.ADMINISTRATOR, "first")
    whole.backup(cast.system, tmp_path / "b.tar")
    cast.person(Role.ADMINISTRATOR, "second")
    with cast.uow() as uow:
        do_disable_staff(uow, first.id, first.revision)
    restoring.restore(cast.system, tmp_path / "b.tar")
    assert disabled(cast) == set()


def test_a_backup_during_changes_is_of_one_moment(cast, tmp_path):
    over = threading.Event()

    def change():
        i = 0
        while not over.is_set():
            i += 1
            with cast.uow() as work:
                work.session.add(Unit(name=str(i)))
                work.audit("add", "unit", str(i))

    thread = threading.Thread(target=change)
    thread.start()
    try:
        whole.backup(cast.system, tmp_path / "b.tar")
    finally:
        over.set()
        thread.join()
    restoring.restore(cast.system, tmp_path / "b.tar")
    with cast.database.reading() as session:
        units = session.scalar(select(func.count()).select_from(Unit))
        added = session.scalar(
            select(func.count()).select_from(AuditRow).where(AuditRow.action == "add")
        )
        assert units == added


def test_a_backup_holds_staged_rows_as_they_stood_together(sqlite_database, tmp_path):
    """They are exchanged while the backup is written: no manifest may name what is not there."""
    cast = Cast(sqlite_database, tmp_path)
    folders, stop = cast.system.folders, threading.Event()
    rows = []
    for number in range(30):
        rows.append(tmp_path / f"{number}.parquet")
        rows[-1].write_bytes(os.urandom(2_000))

    def exchange():
        keep_staged(folders, cast.system.key, "one", StagedRows(tuple(rows), ("a",), ("a.csv",)))

    def keep_exchanging():
        while not stop.is_set():
            exchange()

    exchange()
    thread = threading.Thread(target=keep_exchanging)
    thread.start()
    try:
        for turn in range(8):
            path = tmp_path / f"{turn}.backup"
            whole.backup(cast.system, path)
            with tarfile.open(path) as tar:
                held = json.load(tar.extractfile("staged/one/staged.json"))
                names = {f"staged/one/{held['number']}/{name}" for name in held["files"]}
                assert names <= set(tar.getnames())
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("at", ["the first head", "the last head", "the longest member"])
def test_a_damaged_backup_changes_nothing(sqlite_database, tmp_path, at):
    cast = Cast(sqlite_database, tmp_path / "data")
    dataset_id = import_rows(cast, None, 50)
    path = tmp_path / "b.tar"
    whole.backup(cast.system, path)
    content = bytearray(path.read_bytes())
    with tarfile.open(path) as tar:
        members = tar.getmembers()
    longest = max(members, key=lambda one: one.size)
    place = {
        "the first head": members[0].offset + 100,
        "the last head": members[-1].offset + 100,
        "the longest member": longest.offset_data + longest.size // 2,
    }[at]
    content[place : place + 40] = os.urandom(40)
    path.write_bytes(content)
    with pytest.raises(whole.BadBackupError, match="damaged"):
        restoring.restore(cast.system, path)
    assert rows_of(cast, dataset_id) == (50, 50)


def test_a_tar_that_reaches_outside_is_refused(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    (tmp_path / "x").write_text("x")
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.add(tmp_path / "x", "../../evil")
    with pytest.raises(whole.BadBackupError):
        restoring.restore(cast.system, tmp_path / "b.tar")


@pytest.mark.parametrize("committed", [True, False])
def test_a_restore_that_was_stopped_is_settled_at_the_next_start(
    sqlite_database, tmp_path, committed
):
    cast = Cast(sqlite_database, tmp_path / "data")
    dataset_id = import_rows(cast, None, 50)
    root = cast.system.folders.root
    (root / restoring.MARKER).write_text('{"token": "t"}')
    (root / restoring.ASIDE).mkdir()
    (root / "lake").replace(root / restoring.ASIDE / "lake")
    (root / "lake").mkdir()
    if committed:
        (root / restoring.ASIDE / "lake").replace(root / "lake")
        (root / restoring.ASIDE / "lake").mkdir()
        with cast.uow() as work:
            work.session.add(Setting(key=restoring.TOKEN, value="t"))
    assert restoring.settle_restore(cast.system)
    assert rows_of(cast, dataset_id) == (50, 50)
    assert not (root / restoring.ASIDE).exists()
