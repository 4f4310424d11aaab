"""What another build of Huiyin computed is computed anew: today it may come out otherwise."""

from __future__ import annotations

import hashlib
import shutil
from importlib.metadata import version
from pathlib import Path

import huiyin
from huiyin.store.folders import Folders
from huiyin.web.kept_questions import FOLDER as ASKED

MARKER = "build"
_ENGINE = "duckdb"
_CODE = (".py", ".yaml", ".txt")
_PACKAGE = Path(huiyin.__file__).parent


def this_build(package: Path = _PACKAGE) -> str:
    """Name the code that runs: by its files, words and numbers among them, and the engine.

    Parameters
    ----------
    package : Path
    """
    digest = hashlib.sha256(version(_ENGINE).encode())
    for path in sorted(one for one in package.rglob("*") if one.suffix in _CODE):
        digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def forget_other_builds(folders: Folders, build: str) -> None:
    """Empty what was computed, unless this build did it; who asked what stays.

    Parameters
    ----------
    folders : Folders
    build : str
        As `this_build` gives it.

    Raises
    ------
    OSError
        Something cannot be removed; then nothing says that it is of this build.
    """
    marker = folders.cache / MARKER
    if marker.is_file() and marker.read_text("utf-8") == build:
        return
    for path in folders.cache.iterdir():
        if path.is_dir() and path.name != ASKED:
            _remove(path)
    marker.write_text(build, "utf-8")


def _remove(folder: Path) -> None:
    """Remove a folder, which another process that starts may be at as well."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        shutil.rmtree(folder)
