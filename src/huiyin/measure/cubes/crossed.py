"""Units that cells share with the cells they are compared with: the sums of their products."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from huiyin.measure.cubes.chosen import Ints, in_order
from huiyin.measure.cubes.row_units import ONE_BY_ONE
from huiyin.measure.cubes.units import Units, by_cell, products_of

Floats = NDArray[np.float64]


def shared_products(
    both: tuple[Units, Units],
    names: tuple[tuple[str, ...], tuple[str, ...]],
    size: int,
    pairs: list[tuple[int, int]],
) -> list[Floats]:
    """Sum the products of the totals of units that are on both sides, by cell of the first.

    Parameters
    ----------
    both : (Units, Units)
    names : (tuple of str, tuple of str)
        Of the keys of each side; cells that agree in those that both have belong together.
    size : int
        A number that every unit key lies under.
    pairs : list of (int, int)
        Places among the totals of the first and of the second.

    Returns
    -------
    list of (cells,) array
        One for each pair.
    """
    left, right = both
    on = [name for name in names[0] if name in names[1]]
    places = [[own.index(name) for name in on] for own in names]
    groups = _groups(both, places)
    if max(len(one) for one in groups) > ONE_BY_ONE or len(set(groups[1])) < len(groups[1]):
        return _by_sorting(both, groups, size, pairs)
    found = np.zeros((len(pairs), len(groups[0])))
    meeting = _Meeting(int(max(one.key.max(initial=0) for one in both)) + 1)
    for cell, mine, theirs in _partners(both, groups):
        here, there = meeting.places(left.key[mine], right.key[theirs])
        if len(here):
            first = [one[mine][here] for one in left.totals]
            found[:, cell] = products_of(first, [o[theirs][there] for o in right.totals], pairs)
    return list(found)


def _groups(both: tuple[Units, Units], places: list[list[int]]) -> tuple[list[int], list[int]]:
    """Give the cells of both sides numbers: alike where the keys that both have are.

    Groups are numbered in the order of their keys.
    """
    codes = [one.codes[:, at] for one, at in zip(both, places, strict=True)]
    _, group = np.unique(np.concatenate(codes), axis=0, return_inverse=True)
    left, right = np.split(group.ravel(), [len(codes[0])])
    return left.tolist(), right.tolist()


def _partners(
    both: tuple[Units, Units], groups: tuple[list[int], list[int]]
) -> Iterator[tuple[int, slice, slice]]:
    """Give the cells of the first side that have one on the second, with the units of each.

    Those that meet the same cell follow each other.
    """
    spans = [[slice(a, b) for a, b in pairwise(one.ends.tolist())] for one in both]
    cell_of = {group: cell for cell, group in enumerate(groups[1])}
    for cell in sorted(range(len(groups[0])), key=lambda one: groups[0][one]):
        other = cell_of.get(groups[0][cell])
        if other is not None:
            yield cell, spans[0][cell], spans[1][other]


class _Meeting:
    """Finds the keys that two cells share; where keys stand is marked, one cell after another."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._place: NDArray[np.int32] | None = None

    def places(self, mine: Ints, theirs: Ints) -> tuple[Ints, Ints]:
        """Give the places of shared keys in the one, and in the other; the keys of both ascend."""
        if not len(mine) or not len(theirs):
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing
        if self._place is None:
            self._place = np.zeros(self._size, dtype=np.int32)
        self._place[theirs] = np.arange(len(theirs), dtype=np.int32)
        at = self._place[mine]  # of a key that is not there, anything below the number of keys
        at[at >= len(theirs)] = 0
        here = np.flatnonzero(theirs[at] == mine)
        return here, at[here].astype(np.int64)


def _by_sorting(
    both: tuple[Units, Units],
    groups: tuple[list[int], list[int]],
    size: int,
    pairs: list[tuple[int, int]],
) -> list[Floats]:
    """Take the products of very many cells: all units are looked for at once."""
    left, right = both
    mine, theirs = (
        np.array(group, dtype=np.int64)[one.cell] * size + one.key
        for one, group in zip(both, groups, strict=True)
    )
    other = right.totals
    if len(theirs) and (np.diff(theirs) < 0).any():
        order, theirs = in_order(theirs)
        other = tuple(one[order] for one in other)
    at = np.minimum(np.searchsorted(theirs, mine), max(0, len(theirs) - 1))
    found = np.flatnonzero(theirs[at] == mine) if len(theirs) else np.zeros(0, np.int64)
    cell, first = left.cell[found], [one[found] for one in left.totals]
    second = [one[at[found]] for one in other]
    return [by_cell(cell, first[i] * second[j], len(groups[0])) for i, j in pairs]
