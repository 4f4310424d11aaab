"""Small groups stay hidden, also from who can subtract. One function for every surface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from huiyin.engine.deadline import NO_END, Deadline
from huiyin.measure.moments import Key

LARGEST_SYSTEM = 1_000_000
"""Lines times hidden cells up to which the totals are solved for the cells. With more hidden
cells than that, each stands in so many lines with others that the totals leave them open."""
Counts = Mapping[Key, int]
NEARLY = 1e-9
_FEWEST_LINES = 3
"""Two totals alone tell no cell of lines with two hidden ones."""


def hidden_cells(
    levels: Sequence[Counts],
    minimum: int,
    *,
    n_groups: Sequence[int],
    thin: Sequence[frozenset[Key]] = (),
    deadline: Deadline = NO_END,
) -> list[frozenset[Key]]:
    """Find the cells that must not be shown.

    A cell of fewer than `minimum` customers is hidden. So that nobody finds it by subtraction, in
    every line of cells whose total may be known (all cells that differ in one group or in the
    period only) at least two are hidden, with `minimum` customers between them; and the parts of
    a hidden subtotal do not all stay visible. Cells of nobody say nothing and stay.

    Parameters
    ----------
    levels : sequence of mapping of Key to int
        Customers by cell: the finest cells first, then subtotals by ever fewer leading groups.
    minimum : int
        Smallest group that may be seen; 1 hides nothing.
    n_groups : sequence of int
        Number of leading groups in the keys of each level (what follows is the period).
    thin : sequence of frozenset of Key, optional
        Per level, cells that are hidden for another reason: what a filter leaves out is too few.
    deadline : Deadline
        Of the question whose cells these are.

    Returns
    -------
    list of frozenset of Key
        Per level.

    Raises
    ------
    EngineError
        The time is over.

    Examples
    --------
    >>> (hidden,) = hidden_cells([{("a",): 30, ("b",): 12, ("c",): 4}], 10, n_groups=[1])
    >>> sorted(hidden)
    [('b',), ('c',)]
    """
    if minimum <= 1:
        return [frozenset() for _ in levels]
    hidden = [{key for key, n in counts.items() if 0 < n < minimum} for counts in levels]
    for keys, more in zip(hidden, thin, strict=False):
        keys.update(more)
    known = [_Known(counts, minimum, deadline) for counts in levels]
    grown = True
    while grown:
        before = sum(map(len, hidden))
        for counts, keys, totals in zip(levels, hidden, known, strict=True):
            _close_all(counts, keys, minimum, totals)
        for i in range(len(levels) - 1):
            deadline.check()
            _hide_parts(levels, hidden, i, n_groups)
        grown = sum(map(len, hidden)) > before
    return [frozenset(keys) for keys in hidden]


def _close_all(counts: Counts, hidden: set[Key], minimum: int, known: _Known) -> None:
    for line in _lines(counts):
        known.deadline.check()
        _close(line, counts, hidden, minimum)
    if hidden:
        known.loosen(known.lines(), counts, hidden)


class _Known:
    """The lines of a level whose totals are shown where totals are cells themselves.

    Which of the totals stay hidden is found as for any cells, by their own totals and so on. The
    totals over the same parts of the keys are met on many ways (all orders in which parts can be
    left out), so each is judged once and kept.
    """

    def __init__(self, counts: Counts, minimum: int, deadline: Deadline) -> None:
        self.counts, self.minimum, self.deadline = counts, minimum, deadline
        self._hidden: dict[tuple[int, ...], set[Key]] = {}
        self._lines: dict[tuple[int, ...], list[list[Key]]] = {}
        self.width = len(next(iter(counts), ()))

    def loosen(self, lines: Sequence[list[Key]], counts: Counts, hidden: set[Key]) -> None:
        """Hide one cell more beside each that all the totals of these lines would tell."""
        self.deadline.check()
        _loosen_by(lines, counts, hidden, self.minimum, self.deadline)

    def lines(self) -> list[list[Key]]:
        """List the lines of the cells themselves."""
        return self._lines_of(self.counts, tuple(range(self.width)))

    def _lines_of(self, counts: Counts, kept: tuple[int, ...]) -> list[list[Key]]:
        """List the lines of cells whose keys hold the parts `kept`."""
        if kept not in self._lines:
            self._lines[kept] = [
                line
                for at in range(len(kept))
                for rest, line in self._along(counts, at).items()
                if len(line) > 1 and rest not in self._unknown(counts, kept, at)
            ]
        return self._lines[kept]

    def _along(self, counts: Counts, at: int) -> dict[Key, list[Key]]:
        lines: dict[Key, list[Key]] = {}
        for key, n in counts.items():
            if n > 0:
                lines.setdefault(key[:at] + key[at + 1 :], []).append(key)
        return lines

    def _unknown(self, counts: Counts, kept: tuple[int, ...], at: int) -> set[Key]:
        """Find the totals over one part of the keys that stay hidden."""
        left = kept[:at] + kept[at + 1 :]
        if left not in self._hidden:
            self.deadline.check()
            lines = self._along(counts, at)
            totals = {rest: sum(counts[key] for key in line) for rest, line in lines.items()}
            hidden = {key for key, n in totals.items() if 0 < n < self.minimum}
            n_before = -1
            while n_before < len(hidden):
                n_before = len(hidden)
                for line in _lines(totals):
                    _close(line, totals, hidden, self.minimum)
                if hidden:
                    self.loosen(self._lines_of(totals, left), totals, hidden)
            self._hidden[left] = hidden
        return self._hidden[left]


def hidden_among_totals(
    levels: Sequence[Counts],
    names: Sequence[tuple[str, ...]],
    minimum: int,
    hidden: Sequence[frozenset[Key]],
    deadline: Deadline = NO_END,
) -> list[frozenset[Key]]:
    """Find the cells that must not be shown where totals run both ways: down and across.

    Every level is held against each that has one part of the key less, whatever part that is:
    the parts of a hidden total do not all stay visible, nor is a part the difference.

    Parameters
    ----------
    levels : sequence of mapping of Key to int
        Customers by cell.
    names : sequence of tuple of str
        What the parts of each level's keys are.
    minimum : int
    hidden : sequence of frozenset of Key
        What is hidden already.
    deadline : Deadline
        Of the question whose cells these are.

    Returns
    -------
    list of frozenset of Key
        Per level.

    Raises
    ------
    EngineError
        The time is over.
    """
    found = [frozenset(keys) for keys in hidden]
    grown = minimum > 1
    while grown:
        before = sum(map(len, found))
        for fine, coarse in _one_less(names):
            order = _moved_last(names[fine], names[coarse])
            own = {tuple(key[i] for i in order): key for key in levels[fine]}
            parts, totals = hidden_cells(
                [{moved: levels[fine][key] for moved, key in own.items()}, levels[coarse]],
                minimum,
                n_groups=[len(order), len(names[coarse])],
                thin=[frozenset(m for m, key in own.items() if key in found[fine]), found[coarse]],
                deadline=deadline,
            )
            found[fine] |= frozenset(own[moved] for moved in parts)
            found[coarse] |= totals
        deadline.check()
        for level, key in _told(levels, names, minimum, found):
            found[level] |= {key}
        grown = sum(map(len, found)) > before
    return found


def _told(
    levels: Sequence[Counts],
    names: Sequence[tuple[str, ...]],
    minimum: int,
    hidden: Sequence[frozenset[Key]],
) -> list[tuple[int, Key]]:
    """Name a total to hide for each small group that all the shown totals together would tell."""
    unknown = sorted((key for key in hidden[0] if levels[0].get(key)), key=str)
    inside = [_members(unknown, names[0], one) for one in names]
    shown = [
        (levels[i][key], i, key, members)
        for i in range(1, len(levels))
        for key, members in inside[i].items()
        if key not in hidden[i]
    ]
    if not shown or len(shown) * len(unknown) > LARGEST_SYSTEM:
        return []
    system = np.zeros((len(shown), len(unknown)))
    for row, (*_, members) in enumerate(shown):
        system[row, members] = 1.0
    told = np.linalg.pinv(system) @ system
    chosen = []
    for i, level in enumerate(levels):
        for key, members in inside[i].items():
            small = key in hidden[i] and 0 < level[key] < minimum
            if small and _spanned(members, told):
                over = [one for one in shown if set(members) <= set(one[3])]
                chosen.append(min(over or shown, key=lambda one: (one[0], str(one[2])))[1:3])
    return chosen


def _members(
    unknown: Sequence[Key], finest: tuple[str, ...], names: tuple[str, ...]
) -> dict[Key, list[int]]:
    """Give the places of the unknown cells in each total of a level."""
    at = [finest.index(name) for name in names]
    found: dict[Key, list[int]] = {}
    for place, key in enumerate(unknown):
        found.setdefault(tuple(key[i] for i in at), []).append(place)
    return found


def _spanned(members: Sequence[int], told: np.ndarray[Any, Any]) -> bool:
    """Tell whether the sum of some unknown cells follows from what is shown."""
    sought = np.zeros(len(told))
    sought[list(members)] = 1.0
    return bool(np.abs(sought @ told - sought).max() < NEARLY)


def _one_less(names: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, fine in enumerate(names)
        for j, coarse in enumerate(names)
        if set(coarse) < set(fine) and len(fine) == len(coarse) + 1
    ]


def _moved_last(fine: tuple[str, ...], coarse: tuple[str, ...]) -> list[int]:
    """Give the places of the finer key's parts, in the coarser key's order; the last is new."""
    (more,) = set(fine) - set(coarse)
    return [*(fine.index(name) for name in coarse), fine.index(more)]


def _lines(counts: Counts) -> Iterator[list[Key]]:
    """List the lines of cells that differ in one part of the key only."""
    width = len(next(iter(counts), ()))
    for place in range(width):
        lines: dict[Key, list[Key]] = {}
        for key in counts:
            lines.setdefault(key[:place] + key[place + 1 :], []).append(key)
        yield from lines.values()


def _close(line: Sequence[Key], counts: Counts, hidden: set[Key], minimum: int) -> None:
    inside = [key for key in line if key in hidden]
    if not inside:
        return
    open_cells = sorted(
        (key for key in line if key not in hidden and counts[key] > 0),
        key=lambda key: (counts[key], str(key)),
    )
    total = sum(counts[key] for key in inside)
    while open_cells and (len(inside) < 2 or total < minimum):  # noqa: PLR2004 -- a pair
        chosen = open_cells.pop(0)
        hidden.add(chosen)
        inside.append(chosen)
        total += counts[chosen]


def _loosen_by(
    known: Sequence[list[Key]],
    counts: Counts,
    hidden: set[Key],
    minimum: int,
    deadline: Deadline,
) -> None:
    """Hide one cell more beside each small one that all the totals together would tell.

    Two hidden cells in every line are not enough where two rings of them hang on one cell: the
    totals of the rings leave only that one value.
    """
    cells = sorted((key for key in hidden if counts.get(key)), key=str)
    lines = [line for line in known if hidden.intersection(line)]
    if len(lines) < _FEWEST_LINES or len(lines) * len(cells) > LARGEST_SYSTEM:
        return
    system = np.array([[float(key in line) for key in cells] for line in map(set, lines)])
    told = _told_alone(system)
    for key in (key for key, is_told in zip(cells, told, strict=True) if is_told):
        deadline.check()
        beside = _open_cells([line for line in lines if key in line], counts, hidden)
        beside = beside or _open_cells(lines, counts, hidden)
        if counts[key] < minimum and beside:
            hidden.add(min(beside, key=lambda other: (counts[other], str(other))))


def _told_alone(system: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Tell which unknowns a system of totals leaves one value: those within the span of its rows.

    Householder QR with column pivoting of the transposed system; an unknown's length within the
    span is its row of the basis (Golub & Van Loan, Matrix Computations, 5.4).
    """
    from scipy.linalg import qr

    basis, upper, _ = qr(system.T, mode="economic", pivoting=True, check_finite=False)
    sizes = np.abs(np.diag(upper))
    rank = int((sizes > NEARLY * sizes[0]).sum())
    found: np.ndarray[Any, Any] = (basis[:, :rank] ** 2).sum(axis=1) > 1 - NEARLY
    return found


def _open_cells(lines: Sequence[Sequence[Key]], counts: Counts, hidden: set[Key]) -> list[Key]:
    return [key for line in lines for key in line if key not in hidden and counts[key] > 0]


def _hide_parts(
    levels: Sequence[Counts], hidden: Sequence[set[Key]], i: int, n_groups: Sequence[int]
) -> None:
    """Keep a hidden subtotal from being added up, and a hidden part from being the difference."""
    parts: dict[Key, list[Key]] = {}
    for key in levels[i]:
        parent = key[: n_groups[i + 1]] + key[n_groups[i] :]
        parts.setdefault(parent, []).append(key)
    for parent, keys in parts.items():
        _close(keys, levels[i], hidden[i], 0)
        if parent in hidden[i + 1] and not hidden[i].intersection(keys):
            filled = [key for key in keys if levels[i][key] > 0]
            hidden[i].update(sorted(filled, key=lambda key: (levels[i][key], str(key)))[:1])
