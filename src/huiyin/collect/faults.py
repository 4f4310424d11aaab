"""What the machine does while a file is read, as sentences: vanished, changed, disk full."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from huiyin.collect.contracts import UnreadableFileError
from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NUMBER = re.compile(r"\[errno (\d+)\]", re.IGNORECASE)

_DISK_FULL = Text(
    "磁盘已满，读到一半放不下（临时文件夹“{work}”）。请清出空间，或把临时文件夹放到别的盘。",
    "The disk is full: the file could not be staged in “{work}”. "
    "Free some space, or put the temporary folder on another disk.",
)
_GONE = Text(
    "读取时“{path}”不见了，可能被移动、改名或删除。请确认后重新运行。",
    "“{path}” vanished while it was read: moved, renamed or deleted. Check and run again.",
)
_BROKEN = Text(
    "读“{path}”时出错（{why}）。请检查磁盘或网络，再试一次。",
    "Reading “{path}” failed ({why}). Check disk or network and try again.",
)
_CHANGED = Text(
    "读取时“{path}”被改动了，读到的可能不全。请等它写完再读。",
    "“{path}” changed while it was read; what was read may be incomplete. "
    "Wait until it is complete and read again.",
)

Fingerprint = tuple[int, int] | None
"""Size in bytes and time of change in nanoseconds; None where there is no such file."""


def fingerprint(path: Path) -> Fingerprint:
    """Note size and time of a file."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    return facts.st_size, facts.st_mtime_ns


def refuse_changed(paths: Sequence[Path], before: Sequence[Fingerprint]) -> None:
    """Refuse what was read if a file is no longer what it was before.

    Raises
    ------
    UnreadableFileError
        Size or time of a file changed, or it is gone.
    """
    for path, noted in zip(paths, before, strict=True):
        if fingerprint(path) != noted:
            words = _GONE if fingerprint(path) is None else _CHANGED
            raise UnreadableFileError(words.format(path=path))


@contextmanager
def faults_as_sentences(work: Path) -> Iterator[None]:
    """Turn faults of disk and file system, raised inside, into sentences.

    Parameters
    ----------
    work : Path
        Folder of the staged files, named where its disk is full.

    Raises
    ------
    EngineError
        The disk is full.
    UnreadableFileError
        A file vanished or cannot be read further.
    """
    try:
        yield
    except (OSError, EOFError) as fault:
        number = _error_number(fault)
        if number in _FULL:
            raise EngineError(_DISK_FULL.format(work=work)) from fault
        path = getattr(fault, "filename", None) or ""
        words = _GONE if number in {errno.ENOENT, errno.ESTALE} else _BROKEN
        raise UnreadableFileError(words.format(path=path, why=fault)) from fault


def _error_number(fault: BaseException) -> int | None:
    number = getattr(fault, "errno", None)
    if number is None and (found := _NUMBER.search(str(fault))):
        return int(found.group(1))
    return number
