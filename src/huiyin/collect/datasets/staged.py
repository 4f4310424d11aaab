"""Rows as they came, staged by import: sealed while they rest, plain only in a work folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
    part.mkdir()
    try:
        for file in rows.files:
            seal_file(key, file, part / file.name)
        (part / MANIFEST).write_text(_manifest(rows), "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


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
    folder = folders.staged / import_id
    if not (folder / MANIFEST).is_file():
        return None
    plain = json.loads((folder / MANIFEST).read_text("utf-8"))
    into.mkdir(parents=True, exist_ok=True)
    names: Sequence[str] = plain["files"][:most]
    for name in names:
        unseal_file(key, folder / name, into / name)
    return StagedRows(
        tuple(into / name for name in names), tuple(plain["columns"]), tuple(plain["sources"])
    )


def _manifest(rows: StagedRows) -> str:
    plain = {
        "files": [file.name for file in rows.files],
        "columns": rows.columns,
        "sources": rows.sources,
    }
    return json.dumps(plain, ensure_ascii=False)
