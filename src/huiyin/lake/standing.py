"""Tables that this process wrote last and has open still: to open a log costs milliseconds.

A table is given out to one writer at a time, and only if its log stands as that writer's
predecessor left it: the commit it ended with is the same file, and none has followed.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from huiyin.lake import delta

if TYPE_CHECKING:
    from pathlib import Path

    from deltalake import DeltaTable

_MOST = 200
_Mark = tuple[int, int, int]
_turn = Lock()
_held: OrderedDict[Path, tuple[DeltaTable, _Mark]] = OrderedDict()


def take_standing(folder: Path) -> DeltaTable | None:
    """Take a table out, at its newest version; opened anew, or None where it was never written."""
    with _turn:
        table, mark = _held.pop(folder, (None, None))
    if table is not None and mark == _mark(folder, table.version()):
        return table
    return delta.open_table(folder)


def keep_standing(folder: Path, table: DeltaTable) -> None:
    """Keep a table that stands at its newest version, for whoever writes it next."""
    mark = _mark(folder, table.version())
    if mark is None:
        return
    with _turn:
        _held[folder] = (table, mark)
        while len(_held) > _MOST:
            _held.popitem(last=False)


def _mark(folder: Path, version: int) -> _Mark | None:
    """Name the commit of a version; None where it is not there, or another has followed."""
    if delta.log_file(folder, version + 1).exists():
        return None
    try:
        told = delta.log_file(folder, version).stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size
