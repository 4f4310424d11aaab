"""The files of a version, listed once for as long as the log of its table stands as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiyin.lake.contracts import LakeFiles
    from huiyin.lake.tables import Table

MOST_HELD = 500


class HeldFiles:
    """What `Table.snapshot` gave, for one process: reading a log takes milliseconds.

    It is listed anew after any commit to the log, and where one of the files is gone.

    Parameters
    ----------
    most : int
        Beyond so many versions, the one asked for longest ago is forgotten.
    """

    def __init__(self, most: int = MOST_HELD) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, int | None], tuple[int, LakeFiles]] = OrderedDict()
        self._turn = threading.Lock()

    def of(self, table: Table, version: int | None = None) -> LakeFiles:
        """List the files of a version.

        Parameters
        ----------
        table : Table
        version : int, optional
            The newest by default.

        Raises
        ------
        NoTableError
            Nothing was ever written.
        VersionGoneError
            There is no such version, or an erasure came after it.
        """
        key, stamp = (table.dataset_id, version), table.stamp()  # the stamp before listing
        with self._turn:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
        if found is not None and found[0] == stamp and all(f.exists() for f in found[1].files):
            return found[1]
        files = table.snapshot(version)
        with self._turn:
            self._held[key] = stamp, files
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        return files
