"""Rows as they came, staged by import: sealed while they rest, plain only in a work folder.

A folder holds a manifest and, in a folder of their own, the files it names. Rows that take the
place of others stand beside them until the manifest is exchanged, which is one step of the disk:
who is stopped anywhere leaves the rows before or the rows after.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from huiyin.store.folders import Folders
from huiyin.store.sealed_files import seal_file, unseal_file

MANIFEST = "staged.json"
"""Names the files; the folder is whole once it is there. It holds no answer."""


@dataclass(frozen=True, slots=True)
class StagedRows:
    """What is left of a reading once it is understood: rows, columns, where they came from."""

    files: tuple[Path, ...]
    columns: tuple[str, ...]
    sources: tuple[str, ...]


def keep_staged(folders: Folders, key: bytes, import_id: str, rows: StagedRows) -> None:
    """Seal the rows of an import into the folder of staged rows; whole, or as it was before.

    Parameters
    ----------
    folders : Folders
    key : bytes
        The installation's key.
    import_id : str
    rows : StagedRows
        Plain files, which stay where they are.
    """
    target = folders.staged / import_id
    part = target.with_name(f".{import_id}")
    shutil.rmtree(part, ignore_errors=True)
    before = _manifest(target)
    number = _number(before) + 1
    try:
        (part / str(number)).mkdir(parents=True)
        for file in rows.files:
            seal_file(key, file, part / str(number) / file.name)
        (part / MANIFEST).write_text(_written(rows, number), "utf-8")
        if before is None:
            shutil.rmtree(target, ignore_errors=True)
            part.replace(target)
        else:
            _exchange(part, target, number)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    drop_replaced(folders, import_id)


def drop_replaced(folders: Folders, import_id: str) -> None:
    """Delete rows of an import that others took the place of; a stopped exchange leaves them."""
    target = folders.staged / import_id
    number = _number(_manifest(target))
    for path in target.iterdir() if number else ():
        if path.name.isdecimal() and int(path.name) >= number:
            continue  # what stands, and what may be on its way
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != MANIFEST:
            path.unlink(missing_ok=True)


def open_staged(
    folders: Folders, key: bytes, import_id: str, into: Path, *, most: int | None = None
) -> StagedRows | None:
    """Give the rows of an import as plain files, or None where they are not there.

    Parameters
    ----------
    folders : Folders
    key : bytes
    import_id : str
    into : Path
        A work folder that is removed afterwards; made if absent.
    most : int, optional
        Only the first so many files.

    Raises
    ------
    SealedFileError
        The key does not fit, or a file is damaged.
    """
    target = folders.staged / import_id
    while (plain := _manifest(target)) is not None:
        try:
            return _opened(target, key, plain, into, most)
        except FileNotFoundError:
            if _manifest(target) == plain:
                raise  # not exchanged meanwhile: a file is missing
    return None


@contextmanager
def held_staged(folders: Folders, import_id: str) -> Iterator[dict[str, IO[bytes]]]:
    """Open the sealed files of an import as they stood together at one moment.

    Yields
    ------
    dict of str to file
        By path inside the folder of the import, the manifest among them; empty where the import
        has no rows there. Rows that are exchanged meanwhile can still be read.
    """
    target = folders.staged / import_id
    with ExitStack() as stack:
        while (plain := _manifest(target)) is not None:
            folder = str(_number(plain)) if _number(plain) else ""
            names = [str(PurePosixPath(folder, name)) for name in plain["files"]]
            try:
                held: dict[str, IO[bytes]] = {
                    name: stack.enter_context((target / name).open("rb")) for name in names
                }
            except FileNotFoundError:
                if _manifest(target) == plain:
                    raise
                continue
            held[MANIFEST] = BytesIO(json.dumps(plain, ensure_ascii=False).encode())
            yield held
            return
        yield {}


def _opened(
    target: Path, key: bytes, plain: dict[str, Any], into: Path, most: int | None
) -> StagedRows:
    into.mkdir(parents=True, exist_ok=True)
    folder = target / str(_number(plain)) if _number(plain) else target
    names: Sequence[str] = plain["files"][:most]
    for name in names:
        unseal_file(key, folder / name, into / name)
    return StagedRows(
        tuple(into / name for name in names), tuple(plain["columns"]), tuple(plain["sources"])
    )


def _exchange(part: Path, target: Path, number: int) -> None:
    """Put rows beside those that stand, then let the manifest name them."""
    shutil.rmtree(target / str(number), ignore_errors=True)
    (part / str(number)).replace(target / str(number))
    (part / MANIFEST).replace(target / MANIFEST)


def _manifest(target: Path) -> dict[str, Any] | None:
    try:
        plain: dict[str, Any] = json.loads((target / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return plain


def _number(plain: dict[str, Any] | None) -> int:
    """Give the number of the folder that holds the files; 0: they stand beside the manifest."""
    return int(plain.get("number", 0)) if plain else 0


def _written(rows: StagedRows, number: int) -> str:
    plain = {
        "files": [file.name for file in rows.files],
        "columns": rows.columns,
        "sources": rows.sources,
        "number": number,
    }
    return json.dumps(plain, ensure_ascii=False)
