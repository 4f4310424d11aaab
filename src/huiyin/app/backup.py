"""Back up a running installation into one file, and read back what was written.

The backup is a tar of the store's rows (one moment), of the lake's tables at the versions that
those rows name, and of the files that people sent. The key file is not in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.datasets.staged import held_staged
from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.progress import Progress, no_progress
from huiyin.core.text import Text
from huiyin.lake.contracts import VersionGoneError
from huiyin.lake.tables import Lake
from huiyin.store.dump import (
    dump_name,
    dump_table,
    revision_of,
    table_names,
)
from huiyin.store.tables import Dataset

if TYPE_CHECKING:
    from huiyin.store.folders import Folders
    from huiyin.web.system import System

FORMAT = 1
MANIFEST = "manifest.json"
FILE_FOLDERS = ("uploads", "staged", "answer_files")
STORE_FOLDER = "store"
_LOG = "_delta_log"
_VERSION_DIGITS = 20
_READ = 1 << 20
STORE = Text("备份数据库", "backing up the store")
FILES = Text("备份文件", "backing up files")
VERIFYING = Text("读回核对", "reading back")
TRIES = 3


class BadBackupError(BadInputError):
    """The file is no backup, is damaged, or comes from a newer version."""

    def __init__(self, path: Path, why: Text) -> None:
        super().__init__(
            Text(
                "不能用备份 {path}：{why}。现有数据没有改动。",
                "The backup {path} cannot be used: {why}. Nothing was changed.",
            ).format(path=path, why=why)
        )


class BackupFailedError(HuiyinError):
    """What was written does not read back as it should."""

    def __init__(self, what: str) -> None:
        super().__init__(
            Text(
                "备份读回时对不上（{what}），没有保留。请检查磁盘后重试。",
                "The backup does not read back ({what}) and was not kept: check the disk, retry.",
            ).format(what=what)
        )


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds."""

    rows: int
    files: int
    bytes: int
    datasets: int


def backup(system: System, path: Path, progress: Progress = no_progress) -> BackupFacts:
    """Write a backup while the server runs.

    Parameters
    ----------
    system : System
    path : Path
        Appears only when it is whole and was read back.
    progress : Progress

    Returns
    -------
    BackupFacts

    Raises
    ------
    BackupFailedError
        It does not read back.
    OSError
        The disk is full.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        facts = next(filter(None, (_tried(system, part, progress) for _ in range(TRIES))), None)
        if facts is None:
            raise BackupFailedError("lake")
        progress(VERIFYING, 2, 3)
        with tarfile.open(part) as tar:
            check_backup(tar, path)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return facts


def _tried(system: System, part: Path, progress: Progress) -> BackupFacts | None:
    """Write it once; None where an erasure took files of that moment meanwhile."""
    with part.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            facts = _write(system, _Writer(tar), progress)
        file.flush()
        os.fsync(file.fileno())
    return facts


@dataclass(slots=True)
class _Writer:
    """Writes members of a tar and keeps their digests."""

    tar: tarfile.TarFile
    n_bytes: int = 0
    digests: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, file: IO[bytes]) -> None:
        """Add one member from an open file, as long as it is now."""
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        watched = _Digesting(file)
        self.tar.addfile(info, watched)
        self.digests[name] = watched.digest.hexdigest()
        self.n_bytes += size


class _Digesting:
    """A file that takes a digest of what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def _write(system: System, writer: _Writer, progress: Progress) -> BackupFacts | None:
    progress(STORE, 0, 3)
    with system.database.one_moment() as session:
        rows = {name: _add_table(system, session, writer, name) for name in table_names()}
        found = session.execute(select(Dataset.id, Dataset.current_version))
        lake = {key: version for key, version in found if version is not None}
        revision = revision_of(session)
    progress(FILES, 1, 3)
    for dataset_id, version in lake.items():
        _add_lake_table(writer, system.folders.lake / dataset_id, version)
    if not _has_all(system.lake, writer, lake):
        return None
    for name in ("uploads", "answer_files"):
        _add_folder(writer, system.folders.root / name, name)
    _add_staged(writer, system.folders)
    manifest = {
        "format": FORMAT,
        "version": system.version,
        "revision": revision,
        "made_at": system.clock().isoformat(),
        "rows": rows,
        "lake": lake,
        "sha256": writer.digests,
    }
    words = io.BytesIO(json.dumps(manifest, ensure_ascii=False).encode())
    writer.add(MANIFEST, words)
    return BackupFacts(sum(rows.values()), len(writer.digests), writer.n_bytes, len(lake))


def _add_table(system: System, session: Session, writer: _Writer, name: str) -> int:
    with TemporaryFile(prefix="backup-", dir=system.folders.work) as file:
        n = dump_table(session, name, file)
        writer.add(f"{STORE_FOLDER}/{dump_name(name)}", file)
    return n


def _add_lake_table(writer: _Writer, folder: Path, version: int) -> None:
    """Add a Delta table up to one version: files never change, later log entries are left out."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        if path.parent.name == _LOG and not _belongs(path.name, version):
            continue
        inside = PurePosixPath("lake", folder.name, *path.relative_to(folder).parts)
        _add_file(writer, path, str(inside))


def _has_all(lake: Lake, writer: _Writer, versions: Mapping[str, int]) -> bool:
    """Tell whether every file of the versions that the store names was written."""
    for dataset_id, version in versions.items():
        try:
            files = lake.snapshot(dataset_id, version).files
        except VersionGoneError:
            return False
        names = {str(PurePosixPath("lake", *f.relative_to(lake.root).parts)) for f in files}
        if not names <= writer.digests.keys():
            return False
    return True


def _belongs(name: str, version: int) -> bool:
    digits = name[:_VERSION_DIGITS]
    if name == "_last_checkpoint":
        return False  # it may name a later one; without it the log is listed
    return digits.isdecimal() and int(digits) <= version


def _add_folder(writer: _Writer, folder: Path, name: str) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts):
            inside = PurePosixPath(name, *path.relative_to(folder).parts)
            _add_file(writer, path, str(inside))


def _add_staged(writer: _Writer, folders: Folders) -> None:
    """Add the rows of every import as they stand together: they may be exchanged meanwhile."""
    for path in sorted(folders.staged.iterdir()):
        if path.name.startswith("."):
            continue
        with held_staged(folders, path.name) as files:
            for name, file in files.items():
                writer.add(str(PurePosixPath("staged", path.name, name)), file)


def _add_file(writer: _Writer, path: Path, name: str) -> None:
    try:
        file = path.open("rb")
    except FileNotFoundError:  # deleted meanwhile; `_has_all` tells whether it is needed
        return
    with file:
        writer.add(name, file)


def check_backup(tar: tarfile.TarFile, path: Path) -> dict[str, Any]:
    """Read a backup from end to end and compare every digest and count; gives its manifest.

    Raises
    ------
    BackupFailedError
        A digest or a count differs.
    BadBackupError
        It holds what it should not.
    """
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    manifest: dict[str, Any] = {}
    for member in tar:
        file = tar.extractfile(member)
        if file is None or not _is_safe(member.name):
            raise BadBackupError(path, Text("里面有不该有的内容", "it holds what it should not"))
        if member.name == MANIFEST:
            manifest = json.load(file)
            continue
        digest, n_lines = hashlib.sha256(), 0
        while chunk := file.read(_READ):
            digest.update(chunk)
            n_lines += chunk.count(b"\n")
        found[member.name], lines[member.name] = digest.hexdigest(), n_lines
    if found != manifest.get("sha256"):
        raise BackupFailedError("sha256")
    counted = {name: lines[f"{STORE_FOLDER}/{dump_name(name)}"] for name in manifest["rows"]}
    if counted != manifest["rows"]:
        raise BackupFailedError("rows")
    return manifest


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
