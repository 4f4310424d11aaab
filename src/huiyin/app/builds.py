"""What another build of Huiyin computed is computed anew: today it may come out otherwise."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import huiyin
from huiyin.store.folders import Folders
from huiyin.web.near_queries import FOLDER as ASKED

MARKER = "build"
_PACKAGE = Path(huiyin.__file__).parent


def this_build(package: Path = _PACKAGE) -> str:
    """Name the code that runs, by all it consists of.

    Parameters
    ----------
    package : Path
        A folder of Python files.
    """
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def forget_other_builds(folders: Folders, build: str) -> None:
    """Empty what was computed, unless this build did it; who asked what stays.

    Parameters
    ----------
    folders : Folders
    build : str
        As `this_build` gives it.
    """
    marker = folders.cache / MARKER
    if marker.is_file() and marker.read_text("utf-8") == build:
        return
    for path in folders.cache.iterdir():
        if path.is_dir() and path.name != ASKED:
            shutil.rmtree(path, ignore_errors=True)
    marker.write_text(build, "utf-8")
