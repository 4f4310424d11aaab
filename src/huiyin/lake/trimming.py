"""The log of a table stays short: commits and checkpoints that no kept version needs are deleted.

A version is read from the newest checkpoint before it and the commits since. The log may have gaps
between the versions that are kept; a version in a gap is gone, and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_NUMBERED = re.compile(r"(\d{20})\.")
_CHECKPOINT = ".checkpoint"


@dataclass(frozen=True, slots=True)
class LogFiles:
    """What lies in the log of a table, by version.

    Attributes
    ----------
    commits : sequence of int
        Versions whose commit is there, in order.
    checkpoints : sequence of int
        Versions that a checkpoint holds as a whole, in order.
    """

    files: Sequence[tuple[int, Path]]
    commits: Sequence[int]
    checkpoints: Sequence[int]

    @classmethod
    def of(cls, folder: Path) -> LogFiles:
        """Look into the folder of a table."""
        files = sorted(
            (int(named[1]), path)
            for path in (folder / "_delta_log").iterdir()
            if (named := _NUMBERED.match(path.name))
        )
        whole = sorted({number for number, path in files if _CHECKPOINT in path.name})
        commits = [number for number, path in files if path.name == f"{number:020d}.json"]
        return cls(files, commits, whole)

    def holds(self, version: int) -> bool:
        """Tell whether a version can be read: no commit is missing on the way to it."""
        first = self.base(version) + (self.base(version) in self.checkpoints)
        return {*range(first, version + 1)} <= {*self.commits}

    def base(self, version: int) -> int:
        """Give the version from which commits are needed: of a checkpoint, else the first."""
        place = bisect_right(self.checkpoints, version)
        return self.checkpoints[place - 1] if place else 0

    def needed(self, versions: Iterable[int]) -> set[int]:
        """Give the versions whose commits and checkpoints make some versions readable."""
        return {one for version in versions for one in range(self.base(version), version + 1)}


def trim_log(folder: Path, newest: int, keep: Collection[int], before: datetime) -> int:
    """Delete from the log what neither the newest version nor kept ones need.

    Parameters
    ----------
    folder : Path
        Of the table.
    newest : int
        Its newest version.
    keep : collection of int
        Versions that stay readable.
    before : datetime
        Versions that were written since stay, too: somebody may be reading them.

    Returns
    -------
    int
        Files deleted.
    """
    log = LogFiles.of(folder)
    since = before.timestamp()
    young = {number for number, path in log.files if path.stat().st_mtime >= since}
    needed = log.needed({newest, *keep, *young})
    gone = [path for number, path in log.files if number not in needed]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
