"""A folder on the server: files that are new or have changed, never through a link."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from huiyin.collect.datasets.uploads import KeptFile
from huiyin.collect.files.detect import TABLE_SUFFIXES
from huiyin.collect.refreshes.contracts import (
    Allowed,
    Asked,
    BadSourceError,
    Fetched,
    Given,
    SourceFailedError,
    required,
)
from huiyin.core.text import Text

READ_BYTES = 1 << 20
MOST_FILES = 1000
"""New files of one fetch; the rest comes with the next."""
_NOT_ALLOWED = Text(
    "文件夹“{folder}”不在允许取数的范围内。"
    "请管理员在“系统设置”的“可以自动取数的服务器文件夹”（source_folders）里加上它。",
    "The folder “{folder}” is not among those that data may be fetched from: an administrator can "
    "add it to the setting “source_folders”.",
)
_LINK = Text(
    "“{folder}”经过符号链接，不从那里取数。请直接写真实的文件夹。",
    "“{folder}” leads through a symbolic link and is not read: name the real folder.",
)
_GONE = Text("打不开文件夹“{folder}”：{why}。", "The folder “{folder}” cannot be opened: {why}.")
_CHANGING = Text(
    "“{file}”正在被改写，这次没有取；下次再试。",
    "“{file}” is being written and was not taken: the next time will.",
)


class FolderKind:
    """Files of one folder, not of those below it."""

    id = "folder"
    title = Text("服务器上的文件夹", "a folder on the server")

    def checked(self, given: Mapping[str, Any], allowed: Allowed) -> Given:
        """Look at the folder and the pattern of names."""
        folder = required(given, "folder", Text("文件夹", "folder"))
        pattern = given.get("pattern") or "*"
        plain_folder(folder, allowed)
        return Given({"folder": folder, "pattern": str(pattern)[:200]})

    def fetch(self, asked: Asked) -> Fetched:
        """Take the files that were not seen with this name, size and content."""
        shown = asked.given.shown
        folder = plain_folder(shown["folder"], asked.allowed)
        seen: dict[str, Any] = dict(asked.seen)
        kept: list[KeptFile] = []
        for name in names_in(folder, shown["pattern"]):
            facts = _facts(folder / name)
            known = seen.get(name)
            if facts is None or (known and known[:2] == facts):
                continue
            found = _content(folder / name)
            if known is None or known[2] != found:
                file = asked.keep(name, _chunks(folder / name))
                if file.sha256 != found or _facts(folder / name) != facts:
                    raise SourceFailedError(_CHANGING.format(file=name))
                kept.append(file)
            seen[name] = [*facts, found]
            if len(kept) == MOST_FILES:
                break
        return Fetched(tuple(kept), seen)


KIND = FolderKind()


def plain_folder(given: str, allowed: Allowed) -> Path:
    """Give a folder that lies in an allowed one and is reached without any link.

    Raises
    ------
    BadSourceError
        It is not allowed, leads through a link or into the installation's own folder, or is not
        there.
    """
    path = Path(given)
    roots = [root for root in allowed.folders if _below(path, root)]
    if not path.is_absolute() or ".." in path.parts or not roots:
        raise BadSourceError(_NOT_ALLOWED.format(folder=given))
    try:
        real = path.resolve(strict=True)
        expected = roots[0].resolve(strict=True) / path.relative_to(roots[0])
    except OSError as fault:
        raise BadSourceError(_GONE.format(folder=given, why=fault.strerror)) from fault
    if real != expected:
        raise BadSourceError(_LINK.format(folder=given))
    own = allowed.own.resolve()
    if _below(real, own) or not real.is_dir():
        raise BadSourceError(_NOT_ALLOWED.format(folder=given))
    return real


def names_in(folder: Path, pattern: str) -> Iterator[str]:
    """Give the names of plain files that hold a table by their ending, oldest change first.

    Links, folders, hidden and temporary files are passed over.
    """
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name.lower()
            ending = Path(name.removesuffix(".gz")).suffix
            if not entry.is_file(follow_symlinks=False) or name.startswith((".", "~$")):
                continue
            if ending in TABLE_SUFFIXES and fnmatchcase(name, pattern.lower()):
                found.append((entry.stat(follow_symlinks=False).st_mtime_ns, entry.name))
    return (name for _, name in sorted(found))


def _below(path: Path, root: Path) -> bool:
    return path == root or root in path.parents


def _facts(path: Path) -> list[int] | None:
    """Give size and time of change of a plain file, None where it is none."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return [found.st_size, found.st_mtime_ns] if stat.S_ISREG(found.st_mode) else None


def _content(path: Path) -> str:
    seal = hashlib.sha256()
    for chunk in _chunks(path):
        seal.update(chunk)
    return seal.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    """Read a file, refusing one that became a link meanwhile."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as fault:
        raise SourceFailedError(_GONE.format(folder=path, why=fault.strerror)) from fault
    with os.fdopen(handle, "rb") as file:
        while chunk := file.read(READ_BYTES):
            yield chunk
