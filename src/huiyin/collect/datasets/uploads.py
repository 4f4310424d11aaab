"""Files that people send: kept whole, untouched and sealed, under an id of our own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from huiyin.collect.datasets.contracts import UPLOAD, UploadTooLargeError
from huiyin.core.ids import new_id
from huiyin.store.contracts import NotFoundError
from huiyin.store.folders import Folders
from huiyin.store.sealed_files import unseal_file, write_sealed
from huiyin.store.tables import Upload
from huiyin.store.unit_of_work import UnitOfWork

MAXIMUM_BYTES = 4 << 30
_LONGEST_NAME = 120
_LONGEST_BYTES = 200
"""A file of this name is made for reading; file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was taken in, before the store knows of it."""

    id: str
    name: str
    size: int
    sha256: str


def keep_file(
    folders: Folders, key: bytes, name: str, chunks: Iterable[bytes], *, limit: int = MAXIMUM_BYTES
) -> KeptFile:
    """Write what is sent into the uploads folder, sealed; whole or not at all.

    Raises
    ------
    UploadTooLargeError
        It is larger than `limit` bytes; nothing is kept.
    OSError
        The disk is full.
    """
    kept, digest, size = new_id(), hashlib.sha256(), 0
    part = folders.uploads / f".{kept}.part"

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise UploadTooLargeError(plain_name(name), limit)
            digest.update(chunk)
            yield chunk

    try:
        with part.open("wb") as file:
            write_sealed(key, counted(), file)
        part.replace(folders.uploads / kept)
    finally:
        part.unlink(missing_ok=True)
    return KeptFile(kept, plain_name(name), size, digest.hexdigest())


def plain_name(name: str) -> str:
    """Give a file's name without any path, control signs or excess; it is only ever shown."""
    last = PurePath(name.replace("\\", "/")).name
    clean = "".join(sign for sign in last if sign.isprintable())[-_LONGEST_NAME:]
    while len(clean.encode()) > _LONGEST_BYTES:
        clean = clean[1:]
    return clean if clean.strip(". ") else "file"


def do_keep_upload(work: UnitOfWork, kept: KeptFile) -> Upload:
    """Write down a file that was taken in."""
    upload = Upload(
        id=kept.id,
        name=kept.name,
        size=kept.size,
        sha256=kept.sha256,
        created_by=work.actor.name,
        created_at=work.now,
    )
    work.session.add(upload)
    work.audit("upload", "file", kept.id, after={"name": kept.name, "size": kept.size})
    return upload


@contextmanager
def opened_uploads(folders: Folders, key: bytes, uploads: Iterable[Upload]) -> Iterator[list[Path]]:
    """Give uploads as plain files under the names they came with, for as long as the block lasts.

    Raises
    ------
    NotFoundError
        A file was deleted meanwhile.
    """
    with TemporaryDirectory(prefix="uploads-", dir=folders.work) as work:
        paths = []
        for number, upload in enumerate(uploads):
            source = folders.uploads / upload.id
            if not source.is_file():
                raise NotFoundError(UPLOAD, upload.name)
            place = Path(work) / str(number)
            place.mkdir()
            unseal_file(key, source, place / upload.name)
            paths.append(place / upload.name)
        yield paths
