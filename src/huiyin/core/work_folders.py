"""Work folders that vanish with their process, even one that was killed.

Each holds a lock file that its process keeps locked; the system gives the lock up when the process
ends, however it ends. Whoever opens a work folder first removes those whose lock is free.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from types import TracebackType
from typing import Self

LOCK = ".lock"


class WorkFolder:
    """A folder for one process, removed at the end; left-overs of dead processes are removed first.

    Parameters
    ----------
    prefix : str
        How the names of these folders begin.
    parent : Path or None
        Where it is made; None takes the system's temporary folder.

    Raises
    ------
    OSError
        The folder cannot be made.

    Examples
    --------
    >>> with WorkFolder("example-") as folder:
    ...     folder.path.is_dir()
    True
    >>> folder.path.exists()
    False
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        sweep(prefix, parent)
        self._folder = TemporaryDirectory(prefix=prefix, dir=parent)
        self.path = Path(self._folder.name)
        self._lock = _locked(self.path)

    def close(self) -> None:
        """Remove the folder; twice does no harm."""
        self._folder.cleanup()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def sweep(prefix: str, parent: Path | None = None) -> None:
    """Remove the folders of this kind whose process is no more.

    A folder of another user, or without a lock, is left alone.
    """
    for folder in Path(parent or gettempdir()).glob(f"{prefix}*"):
        if _is_forgotten(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _locked(folder: Path) -> int | None:
    """Lock first and name afterwards: a lock file that can be seen is held."""
    if sys.platform == "win32":
        return None
    import fcntl

    draft = folder / f"{LOCK}.new"
    lock = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # a file system without locks: the folder is then never swept
        os.close(lock)
        draft.unlink()
        return None
    draft.rename(folder / LOCK)
    return lock


def _is_forgotten(folder: Path) -> bool:
    """Tell whether nobody holds the lock of a folder; the lock is not kept."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:  # gone meanwhile, without a lock, or somebody else's
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(lock)
