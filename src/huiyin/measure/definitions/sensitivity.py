"""What the weights do to the index: old set against new, and each weight by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from huiyin.measure.catalogue import INDEX
from huiyin.measure.contracts import Cell, Query, Result
from huiyin.measure.definitions.weight_sets import checked_weights

STEP = 0.1
"""Part of a weight by which it is moved."""


class Answers(Protocol):
    """Whatever answers queries: the corridor."""

    def answer(self, query: Query) -> Result:
        """Answer a query."""
        ...


@dataclass(frozen=True, slots=True)
class Push:
    """One weight a tenth lower and a tenth higher, the others kept, all scaled to sum to 1.

    `share` is its share in the set; `lower`, `higher` are the index then; `moves` is half the
    distance between them: how much a tenth of this weight moves the index, with its sign.
    """

    name: str
    weight: float
    share: float
    lower: Cell
    higher: Cell
    moves: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The index under the old and the new set, and what each weight of the new one does."""

    old: Cell | None
    new: Cell
    difference: float | None
    pushes: tuple[Push, ...]


def sensitivity(
    corridor: Answers,
    query: Query,
    new: Mapping[str, float],
    old: Mapping[str, float] | None = None,
) -> Sensitivity:
    """Compute the index under two weight sets, and move each weight of the new one by a tenth.

    Every number goes through the corridor; 2 + 2k queries for k weights.

    Parameters
    ----------
    corridor : Answers
    query : Query
        Window, filters and level; its metrics, groups and comparison are left aside.
    new, old : mapping of str to float
        Aspect or column → weight; without `old` there is nothing to compare with.

    Returns
    -------
    Sensitivity
        Pushes in the order of the weights, weights of 0 left out.

    Raises
    ------
    DefinitionError, QueryError
        The weights cannot be used on this dataset.
    """
    plain = replace(query, compare=None, subtotals=False, column_totals=False)
    whole = replace(plain, metrics=(INDEX,), by=(), grain=None)
    weights = checked_weights(new)

    def index(chosen: Mapping[str, float]) -> Cell:
        return corridor.answer(replace(whole, index_weights=chosen)).cells[0]

    today = index(weights)
    before = index(checked_weights(old)) if old else None
    total = sum(weights.values())
    pushes = []
    for name, weight in weights.items():
        if not weight:
            continue
        lower, higher = (index(weights | {name: weight * f}) for f in (1 - STEP, 1 + STEP))
        gap = _gap(higher, lower)
        moves = None if gap is None else gap / 2
        pushes.append(Push(name, weight, weight / total, lower, higher, moves))
    return Sensitivity(before, today, _gap(today, before) if before else None, tuple(pushes))


def _gap(one: Cell, other: Cell) -> float | None:
    if one.estimate is None or other.estimate is None:
        return None
    return one.estimate - other.estimate
