"""Where files are written: a place that will not take them is named, with the true reason."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The disk, a quota, or the size that a file may have: all that speaks of room."""

_FULL = Text(
    "磁盘已满，“{place}”没有写成，也没有留下半份文件。请腾出空间再试。",
    "The disk is full: “{place}” was not written and no half file is left. "
    "Free some space and try again.",
)
_A_FILE = Text(
    "“{found}”是文件，不是文件夹，没有写成。请换一个文件夹。",
    "“{found}” is a file, not a folder; nothing was written. Name another folder.",
)
_A_FOLDER = Text(
    "“{found}”是文件夹，不能写成文件。请换一个文件名。",
    "“{found}” is a folder and cannot be written as a file. Choose another name.",
)
_NO_FOLDER = Text(
    "没有文件夹“{found}”，没有写成。请先建好，或换一个位置。",
    "There is no folder “{found}”; nothing was written. Make it first, or name another place.",
)
_REFUSED = Text(
    "“{place}”不能写入：{why}。没有写成，请换一个位置。",
    "“{place}” cannot be written: {why}. Nothing was written; name another place.",
)
_WHY = {
    errno.EACCES: Text("没有写入权限", "no right to write there"),
    errno.EPERM: Text("没有写入权限", "no right to write there"),
    errno.EROFS: Text("那里只能读", "it is read-only"),
    errno.ENAMETOOLONG: Text("名字太长", "the name is too long"),
    errno.ENOENT: Text("那里不能新建", "nothing can be made there"),
}


class PlaceError(BadInputError):
    """A file or folder cannot be written where it was asked for."""


class NoRoomError(HuiyinError):
    """The disk is full."""


@contextmanager
def written_at(place: Path) -> Iterator[None]:
    """Turn the faults of writing to `place`, a file or a folder, into sentences.

    A fault that names a file elsewhere passes: it is no fault of the place.

    Raises
    ------
    PlaceError
        It cannot be written: something of the other kind is in the way, or there is no right.
    NoRoomError
        The disk is full.
    """
    try:
        yield
    except OSError as error:
        if not _concerns(error, place):
            raise
        raise _fault(place, error) from error


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be made or written to, before anything is worked out for it.

    Nothing is made. A folder that only turns out so on writing is left to `written_at`.

    Raises
    ------
    PlaceError
        It, or what it would be made in, is a file or cannot be written to.
    """
    with written_at(folder):
        there = _nearest(folder)
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))


def check_file(file: Path) -> None:
    """Refuse a file that cannot be made or replaced, before anything is worked out for it.

    Raises
    ------
    PlaceError
        It is a folder, there is no such folder to put it in, or that cannot be written to.
    """
    with written_at(file):
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if not os.path.lexists(file.parent):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file.parent))
    check_folder(file.parent)


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """Give a draft beside `file` to write to; it takes the file's place once it is whole.

    Raises
    ------
    PlaceError, NoRoomError
        As for `written_at`; nothing is left behind then.
    """
    check_file(file)
    draft = file.with_name(f".{file.name}.part")
    with written_at(file):
        try:
            yield draft
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def _nearest(place: Path) -> Path:
    """Give the deepest part of a path that is there."""
    return next((part for part in (place, *place.parents) if os.path.lexists(part)), Path())


def _concerns(error: OSError, place: Path) -> bool:
    """Tell whether a fault is of the place: room, no file named, or one on the way or beside."""
    if error.errno in FULL or not isinstance(error.filename, str | os.PathLike):
        return True
    named, wanted = Path(error.filename).absolute(), place.absolute()
    return named.is_relative_to(wanted.parent) or wanted.is_relative_to(named)


def _fault(place: Path, error: OSError) -> HuiyinError:
    if error.errno in FULL:
        return NoRoomError(_FULL.format(place=place))
    there = _nearest(place)
    if isinstance(error, NotADirectoryError | FileExistsError):
        return PlaceError(_A_FILE.format(found=there))
    if isinstance(error, IsADirectoryError):
        return PlaceError(_A_FOLDER.format(found=error.filename2 or error.filename or place))
    if isinstance(error, FileNotFoundError) and there != place.parent:
        return PlaceError(_NO_FOLDER.format(found=place.parent))
    why = _WHY.get(error.errno or 0) or Text.same(error.strerror or type(error).__name__)
    return PlaceError(_REFUSED.format(place=place, why=why))
