"""Bring a backup back while the server runs: whole, or nothing is changed."""

from __future__ import annotations

import json
import shutil
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from huiyin.app.backup import (
    FILE_FOLDERS,
    FORMAT,
    STORE_FOLDER,
    VERIFYING,
    BackupFacts,
    BackupFailedError,
    BadBackupError,
    check_backup,
)
from huiyin.app.held_key import fits
from huiyin.collect.customers.changes import do_erase_again, erased_customers
from huiyin.collect.datasets.pushed import do_send_again
from huiyin.collect.sending.restoring import do_refuse_again, kept_refusals
from huiyin.core.errors import HuiyinError
from huiyin.core.ids import new_id
from huiyin.core.progress import Progress, no_progress
from huiyin.core.text import Text
from huiyin.lake.contracts import NoTableError, VersionGoneError
from huiyin.lake.tables import Lake
from huiyin.people.ended import do_end_again, ended_access
from huiyin.store.contracts import Actor, LeaseTakenError
from huiyin.store.dump import (
    clear_tables,
    count_rows,
    hold_still,
    load_tables,
    table_names,
)
from huiyin.store.migrations.run import newest
from huiyin.store.tables import Dataset, DatasetVersion, Setting
from huiyin.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from huiyin.web.system import System

SWAPPED = (*FILE_FOLDERS, "lake")
MARKER = "restoring.json"
ASIDE = ".before-restore"
TOKEN = "restore_token"  # noqa: S105 -- names a setting
OTHER_KEY = Text(
    "它是用另一把密钥封存的，请先换上那时的密钥文件",
    "it was sealed with another key, put the key file of that time in place first",
)
RESTORING = Text("恢复", "restoring")
DAMAGED = Text("它不是备份文件，或已损坏", "it is no backup, or is damaged")
PATIENCE_SECONDS = 600.0
"""How long a restore waits for an import that is writing a dataset."""
_LOOK_SECONDS = 0.5


class OtherKeyError(HuiyinError):
    """The rows of a backup were sealed with a key that this installation does not have."""

    def __init__(self) -> None:
        super().__init__(OTHER_KEY)


def restore(system: System, path: Path, progress: Progress = no_progress) -> BackupFacts:
    """Bring a backup back, while the server runs: whole, or nothing is changed.

    Parameters
    ----------
    system : System
    path : Path
    progress : Progress

    Returns
    -------
    BackupFacts

    Raises
    ------
    BadBackupError
        It is no backup, is damaged, or comes from a newer version.
    LeaseTakenError
        A dataset is being written, and was for ten minutes.
    """
    progress(VERIFYING, 0, 3)
    manifest = _read_manifest(path)
    with TemporaryDirectory(prefix="restore-", dir=system.folders.work) as folder:
        progress(RESTORING, 1, 3)
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
        try:
            _put_in_place(system, Path(folder), manifest)
        except BackupFailedError as error:
            raise BadBackupError(path, DAMAGED) from error
        except OtherKeyError as error:
            raise BadBackupError(path, OTHER_KEY) from error
    progress(VERIFYING, 2, 3)
    _read_back(system, manifest)
    n_files = len(manifest["sha256"])
    return BackupFacts(sum(manifest["rows"].values()), n_files, 0, len(manifest["lake"]))


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        with tarfile.open(path) as tar:
            manifest = check_backup(tar, path)
    except (tarfile.TarError, OSError, KeyError, ValueError, BackupFailedError) as error:
        raise BadBackupError(path, DAMAGED) from error
    known = (FORMAT, newest()) == (manifest["format"], manifest["revision"])
    if not known or not manifest["rows"].keys() <= {*table_names()}:
        newer = Text("它来自另一个版本的回音", "it comes from another version of Huiyin")
        raise BadBackupError(path, newer)
    return manifest


def _load_store(session: Session, folder: Path, manifest: dict[str, Any], now: datetime) -> None:
    erased, ended = erased_customers(session), ended_access(session)
    refused = kept_refusals(session)
    clear_tables(session)
    load_tables(session, folder / STORE_FOLDER)
    # A new epoch: what the lake's log says was sent counts no longer.
    session.execute(update(Dataset).values(epoch=Dataset.epoch + 1))
    counted = {name: count_rows(session, name) for name in manifest["rows"]}
    if counted != manifest["rows"]:
        raise BackupFailedError("rows")
    work = UnitOfWork(session, Actor.system(), now, lambda: now)
    do_erase_again(work, erased)
    do_end_again(work, ended)
    do_refuse_again(work, refused)
    for dataset in session.scalars(select(Dataset)):
        do_send_again(work, dataset)


def _check_lake(session: Session, lake: Lake, versions: Mapping[str, int]) -> None:
    """Read the tables that were brought, before anything takes their place."""
    for dataset_id, version in versions.items():
        row = session.get_one(DatasetVersion, (dataset_id, version))
        try:
            n_rows = lake.snapshot(dataset_id, version).n_rows
        except (VersionGoneError, NoTableError) as error:
            raise BackupFailedError(dataset_id) from error
        if n_rows != row.n_rows:
            raise BackupFailedError(dataset_id)


@contextmanager
def _writers_resting(system: System) -> Iterator[None]:
    """Hold the right to write every dataset: nobody writes into a folder that is moved away."""
    with system.database.reading() as session:
        datasets = session.scalars(select(Dataset.id).order_by(Dataset.id)).all()
    until = time.monotonic() + PATIENCE_SECONDS
    with ExitStack() as held:
        for dataset_id in datasets:
            _hold(held, system, dataset_id, until)
        yield


def _hold(held: ExitStack, system: System, dataset_id: str, until: float) -> None:
    while True:
        try:
            held.enter_context(system.lake.writer(dataset_id, system.leases))
        except LeaseTakenError:
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK_SECONDS)
        else:
            return


def _put_in_place(system: System, folder: Path, manifest: dict[str, Any]) -> None:
    with _writers_resting(system):
        try:
            _exchange(system, folder, manifest)
        finally:
            settle_restore(system)


def _exchange(system: System, folder: Path, manifest: dict[str, Any]) -> None:
    """Change store and folders together; the token in the store says which of the two holds."""
    root, token = system.folders.root, new_id()
    with system.database.writing() as session:
        now = system.clock()
        hold_still(session, PATIENCE_SECONDS)
        _load_store(session, folder, manifest, now)
        if not fits(session, system.key):
            raise OtherKeyError
        _check_lake(session, Lake((folder / "lake").absolute()), manifest["lake"])
        facts = {"created_at": now, "updated_at": now, "key": TOKEN, "value": token}
        session.execute(delete(Setting).where(Setting.key == TOKEN))
        session.add(Setting(**facts))
        session.flush()
        (root / MARKER).write_text(json.dumps({"token": token}), "utf-8")
        (root / ASIDE).mkdir()
        for name in SWAPPED:
            (root / name).mkdir(exist_ok=True)
            (root / name).replace(root / ASIDE / name)
            (folder / name).mkdir(exist_ok=True)
            (folder / name).replace(root / name)


def settle_restore(system: System) -> bool:
    """End a restore: forget the old folders where the store is the new one, else put them back.

    Called at the end of `restore` and at each start, as a restore may have been stopped anywhere.

    Returns
    -------
    bool
        True where there was something to settle.
    """
    root = system.folders.root
    marker, aside = root / MARKER, root / ASIDE
    if not marker.exists():
        return False
    token = json.loads(marker.read_text("utf-8"))["token"]
    with system.database.reading() as session:
        kept = session.get(Setting, TOKEN)
    if kept is None or kept.value != token:
        for folder in sorted(aside.glob("*")):
            shutil.rmtree(root / folder.name, ignore_errors=True)
            folder.replace(root / folder.name)
    marker.unlink()
    shutil.rmtree(aside, ignore_errors=True)
    return True


def _read_back(system: System, manifest: dict[str, Any]) -> None:
    from huiyin.collect.datasets.reading import fetch_version

    for dataset_id, version in manifest["lake"].items():
        files = system.lake.snapshot(dataset_id, version)
        with system.database.reading() as session:
            row = fetch_version(session, dataset_id)
        if row.version != version or files.n_rows != row.n_rows:
            raise BackupFailedError(dataset_id)
