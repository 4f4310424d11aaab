"""Results kept on the disk by all they stand on: the same question is answered once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huiyin.core.ids import new_id
from huiyin.web.turns import Turns

MOST_FILES = 20_000
_LETTERS = 2
_TURNS = Turns()


def kept(folder: Path, key: str, compute: Callable[[], Any]) -> Any:
    """Give a result by its key, computed where it is not kept yet.

    Many who ask for it at the same moment have it computed once.

    Parameters
    ----------
    folder : Path
        May be emptied at any time.
    key : str
        A digest of everything the result stands on.
    compute : callable
        Gives a JSON document.
    """
    path = folder / key[:_LETTERS] / f"{key}.json.gz"
    try:
        return _read(path)
    except FileNotFoundError:
        with _TURNS.of(key):
            return _made(path, compute)


def kept_table(folder: Path, key: str, kind: str, write: Callable[[Path], None]) -> Path:
    """Give the file of a table by its key, written where it is not kept yet.

    Many who ask for it at the same moment have it written once.

    Parameters
    ----------
    folder : Path
        May be emptied at any time.
    key : str
        A digest of everything the table stands on.
    kind : str
        What it is: part of its name.
    write : callable
        Writes a Parquet file.
    """
    path = folder / key[:_LETTERS] / f"{key}.{kind}.parquet"
    if not path.is_file():
        with _TURNS.of(f"{kind} {key}"):
            if not path.is_file():
                _put(path, write)
    return path


def _made(path: Path, compute: Callable[[], Any]) -> Any:
    try:
        return _read(path)  # by whoever had the turn before
    except FileNotFoundError:
        value = compute()
    packed = gzip.compress(json.dumps(value, ensure_ascii=False).encode(), 1)
    _put(path, lambda part: part.write_bytes(packed))
    return value


def _read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Put a file in its place whole, whichever other process puts the same one there."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{new_id()}.{path.name}")
    write(part)
    part.replace(path)


def trim(folder: Path, most: int = MOST_FILES) -> int:
    """Delete the results that were kept longest ago, beyond `most`; gives how many."""
    files = sorted(folder.glob("*/*.json.gz"), key=lambda file: file.stat().st_mtime)
    for file in files[: max(0, len(files) - most)]:
        file.unlink(missing_ok=True)
    return max(0, len(files) - most)
