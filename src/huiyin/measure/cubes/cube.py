"""The cube of one version of a dataset: its columns by day, coded once and kept."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from huiyin.engine.arrays import whole_numbers_of
from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.cubes.coded import (
    Coded,
    coded,
    keep_array,
    keep_coded,
    keep_kinds,
    keep_told,
    kept_array,
    kept_coded,
    kept_kinds,
    kept_told,
    kind_of,
)

if TYPE_CHECKING:
    from huiyin.engine.contracts import Snapshot
    from huiyin.measure.dataset import Dataset

MOST_CUBES = 60
"""Versions of datasets that one process holds ready; those of the disk are only looked at."""
CUBES = "cubes"
"""The folder of all cubes among what may be emptied at any time."""
ORDER = "order.npy"
KIND = "2"
"""Of cubes: it changes with how columns are coded, so that what was kept otherwise is not read."""
CELLS_AT_ONCE = 20_000_000
"""Rows times columns that are read at a time: of a million rows most columns there are."""
_UNDATED, _FEW = np.iinfo(np.int32).max, np.iinfo(np.uint16).max
BASE = (ANSWERED_ON_COLUMN, FLAGS_COLUMN)
Known = TypeVar("Known")


class Cube:
    """Columns of one version of a dataset, rows in the order of their days.

    Parameters
    ----------
    folder : Path or None
        Where coded columns are kept for all processes; None: in memory only.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._columns: dict[str, Coded | None] = {}
        self._known: dict[Hashable, Any] = {}
        self._order: NDArray[np.intp] | None = None
        self._row_keys: NDArray[np.int64] | None = None
        self.repeats_rows = False
        self._turn = threading.RLock()

    def known(self, key: Hashable, find: Callable[[], Known]) -> Known:
        """Give a fact of the version, whoever asks; found by `find` the first time."""
        if key not in self._known:
            self._known[key] = find()
        fact: Known = self._known[key]
        return fact

    def told(self, key: str, find: Callable[[], Known]) -> Known:
        """Give a fact as `known` does; plain numbers and words, kept for all processes."""

        def kept() -> Known:
            if self.folder is None:
                return find()
            path = self.folder / f"told-{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
            with suppress(FileNotFoundError):
                fact: Known = kept_told(path)
                return fact
            found = find()
            keep_told(path, found)
            return found

        return self.known(("told", key), kept)

    def arrays(
        self, key: str, find: Callable[[], tuple[list[Any], list[NDArray[Any]]]]
    ) -> tuple[list[Any], list[NDArray[Any]]]:
        """Give plain facts and arrays of the version, kept for all processes where any are."""
        if self.folder is None:
            return find()
        name = f"made-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
        with suppress(FileNotFoundError):
            facts, n_arrays = kept_told(self.folder / f"{name}.json")
            return facts, [kept_array(self.folder / f"{name}-{i}.npy") for i in range(n_arrays)]
        facts, found = find()
        self.folder.mkdir(parents=True, exist_ok=True)
        for i, array in enumerate(found):
            keep_array(self.folder / f"{name}-{i}.npy", array)
        keep_told(self.folder / f"{name}.json", [facts, len(found)])
        return facts, found

    def kinds(
        self, made_by: Sequence[str], find: Callable[[], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Give the types of all columns, with those that facts made; planned once, then kept."""
        if self.folder is None:
            return find()
        name = hashlib.sha256("\n".join(made_by).encode()).hexdigest()[:32]
        path = self.folder / f"kinds-{name}.json"
        with suppress(FileNotFoundError):
            return kept_kinds(path)
        found = find()
        keep_kinds(path, found)
        return found

    def load(self, dataset: Dataset, names: Iterable[str]) -> None:
        """Make columns ready; those that nobody has coded yet are read.

        Raises
        ------
        EngineError
            As for `Engine.run`.
        """
        wanted = {dataset.coded_name(name): name for name in (*BASE, *names)}
        with self._turn:
            for name in wanted:
                if name not in self._columns and self.folder is not None:
                    is_kept, found = kept_coded(self.folder, name)
                    if is_kept:
                        self._columns[name] = found
            missing = {key: name for key, name in wanted.items() if key not in self._columns}
            own = [name for key, name in missing.items() if key == name]
            if own:
                if not self._is_ordered() and ANSWERED_ON_COLUMN not in own:
                    own.append(ANSWERED_ON_COLUMN)
                self._read(dataset.base or dataset, own)
            made = {key: name for key, name in missing.items() if key != name}
            if made:
                self._read_made(dataset, made)

    def column(self, name: str) -> Coded | None:
        """Give a column that was loaded, by its coded name; None where it cannot be coded."""
        return self._columns[name]

    def _read(self, dataset: Dataset, names: Sequence[str]) -> None:
        """Code columns of the data, the days first; of many rows some columns at a time."""
        in_turn = sorted(names, key=lambda name: name != ANSWERED_ON_COLUMN)
        some = max(1, CELLS_AT_ONCE // max(1, dataset.snapshot.n_rows))
        for start in range(0, len(in_turn), some):
            self._read_some(dataset, in_turn[start : start + some])

    def _read_some(self, dataset: Dataset, names: Sequence[str]) -> None:
        kinds = {name: kind_of(dataset.rows[name].type()) for name in names}
        read = [name for name, kind in kinds.items() if kind is not None]
        table = dataset.engine.run(dataset.engine.narrow(dataset.rows, read)) if read else None
        if ANSWERED_ON_COLUMN in names and table is not None:
            self._put_in_order(table[ANSWERED_ON_COLUMN], _keys_of(dataset))
        for name, kind in kinds.items():
            found = None if kind is None or table is None else coded(table[name], kind, self._order)
            if table is not None and kind is not None:
                table = table.drop_columns([name])  # its memory is free again
            self._put(name, found)

    def _read_made(self, dataset: Dataset, made: Mapping[str, str]) -> None:
        """Code columns that facts made: their rows come in any order and are put in ours."""
        if self._row_keys is None:
            self._read_keys(dataset.base or dataset)
        rows = dataset.rows
        kinds = {key: kind_of(rows[name].type()) for key, name in made.items()}
        read = {f"c{i}": rows[name] for i, (key, name) in enumerate(made.items()) if kinds[key]}
        table = dataset.engine.run(rows.select(key=dataset.row_key(rows), **read))
        order = self._matched(whole_numbers_of(table["key"]))
        for i, (key, kind) in enumerate(kinds.items()):
            fits = kind is not None and order is not None
            self._put(key, coded(table[f"c{i}"], kind, order) if fits and kind else None)

    def _read_keys(self, dataset: Dataset) -> None:
        if not self._is_ordered():
            self._read(dataset, [ANSWERED_ON_COLUMN])
        keys = _keys_of(dataset)
        order = np.arange(len(keys)) if self._order is None else self._order
        self._row_keys = keys[order]

    def _matched(self, keys: NDArray[np.int64]) -> NDArray[np.intp] | None:
        """Give where each of our rows stands among those keys; None unless all do, once."""
        mine = self._row_keys
        if mine is None or len(keys) != len(mine):
            return None
        theirs, ours = np.argsort(keys), np.argsort(mine)
        if not np.array_equal(keys[theirs], mine[ours]):
            return None
        order = np.empty(len(mine), dtype=np.intp)
        order[ours] = theirs
        return order

    def _put(self, key: str, found: Coded | None) -> None:
        if self.folder is not None:
            keep_coded(self.folder, key, found)
        self._columns[key] = found

    def _put_in_order(self, days: Any, keys: NDArray[np.int64]) -> None:
        """Put rows in the order of their days, those of a day in that of their own numbers."""
        self._order = day_order(days, keys)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            keep_array(self.folder / ORDER, self._order)

    def _is_ordered(self) -> bool:
        if self._order is None and self.folder is not None:
            with suppress(FileNotFoundError):  # emptied, or never there
                self._order = kept_array(self.folder / ORDER)
        return self._order is not None

    @property
    def n_rows(self) -> int:
        """Rows of the version."""
        return len(self.days.codes)

    @property
    def days(self) -> Coded:
        """The day of each row, ascending; undated rows stand last."""
        return cast("Coded", self._columns[ANSWERED_ON_COLUMN])

    @property
    def day_values(self) -> tuple[date, ...]:
        """The days there are, in order."""
        return self.days.values or ()

    def first_row(self, day_place: int) -> int:
        """Give the first row whose day has at least this place among `day_values`."""
        codes = self.days.codes
        place = codes.dtype.type(day_place)  # of another type, all days would be turned into it
        return int(np.searchsorted(codes, place))


def day_order(days: Any, keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """Give which row stands where by day and, within it, by its own number; undated ones last."""
    numbers = np.asarray(days.cast("int32").combine_chunks().fill_null(_UNDATED))
    apart = numbers.astype(np.int64) - int(numbers.min(initial=_UNDATED))
    if bool((numbers[apart >= _FEW] == _UNDATED).all()):
        apart = np.minimum(apart, _FEW).astype(np.uint16)  # small numbers are sorted far quicker
    by_key = np.argsort(keys, kind="stable")
    return by_key[np.argsort(apart[by_key], kind="stable")]


def _keys_of(dataset: Dataset) -> NDArray[np.int64]:
    rows = dataset.rows
    return whole_numbers_of(dataset.engine.run(rows.select(key=dataset.row_key(rows)))["key"])


class Cubes:
    """The cubes of one process, each version's once.

    Parameters
    ----------
    folder : callable
        Gives where they are kept; may be emptied at any time: what was coded before is then
        forgotten.
    """

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._held: OrderedDict[str, Cube] = OrderedDict()
        self._turn = threading.Lock()

    @property
    def folder(self) -> Path:
        """Where the cubes are kept, one folder each; each use of a process marks its folder."""
        folder = self._folder()
        folder.mkdir(exist_ok=True)
        return folder

    def of(self, snapshot: Snapshot) -> Cube | None:
        """Give the cube of a snapshot's files; None where they are typed anew on each reading."""
        if snapshot.view is not None or not snapshot.files:
            return None
        key = _key(snapshot)
        with self._turn:
            self._forget_emptied()
            if key not in self._held:
                folder = self.folder / key
                folder.mkdir(exist_ok=True)
                with suppress(FileNotFoundError):
                    os.utime(folder)  # who tidies up sees that it is used
                self._held[key] = Cube(folder)
            self._held.move_to_end(key)
            if len(self._held) > MOST_CUBES:
                self._held.popitem(last=False)
            return self._held[key]

    def _forget_emptied(self) -> None:
        gone = [k for k, cube in self._held.items() if cube.folder and not cube.folder.exists()]
        for key in gone:
            del self._held[key]


def _key(snapshot: Snapshot) -> str:
    """Name a cube by all that its columns are made from: files, rules, roles, made dimensions."""
    facts = [
        KIND,
        *map(str, snapshot.files),
        *(f"{one.rule_id} {one.version} {one.excludes}" for one in snapshot.legend),
        str(snapshot.codebook.language),
        *(f"{one.name} {one.role} {one.scale!r} {one.label!r}" for one in snapshot.codebook),
        *map(repr, snapshot.groupings),
    ]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:32]
