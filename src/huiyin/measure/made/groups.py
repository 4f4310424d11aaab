"""Made dimensions as columns of the rows, and what their totals would tell of small parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from huiyin.codebook.groupings import Grouping

if TYPE_CHECKING:
    from huiyin.measure.moments import Key

Counts = Mapping["Key", int]
GroupOf = Callable[[str | None], str | None]


def put_groups(rows: Any, groupings: Sequence[Grouping]) -> Any:
    """Put each made dimension beside the columns: VARCHAR, NULL where a row has no group."""
    there = [one for one in groupings if one.column in rows.columns]
    return rows.mutate(**{one.name: _group(rows, one) for one in there}) if there else rows


def _group(rows: Any, grouping: Grouping) -> Any:
    import ibis

    column = rows[grouping.column]
    if grouping.is_ranges:
        known = column if column.type().is_numeric() else column.try_cast("float64")
        known = known.cast("float64")
        cases = [(_inside(known, one.low, one.high), one.name) for one in grouping.groups]
    else:
        known = column.cast("string")
        cases = [(known.isin(one.values), one.name) for one in grouping.groups]
    if grouping.rest is not None:
        cases.append((known.notnull(), grouping.rest))
    return ibis.cases(*cases).cast("string")


def _inside(number: Any, low: float | None, high: float | None) -> Any:
    inside = number.notnull()
    if low is not None:
        inside = inside & (number >= low)
    return inside if high is None else inside & (number < high)


def refined(counts: Counts, place: int, n_groups: int, group_of: GroupOf) -> tuple[Counts, Counts]:
    """Give the cells by (other groups, group, value), and their totals by group.

    Parameters
    ----------
    counts : mapping of Key to int
        Customers by cell.
    place : int
        Where the grouping's column stands in the keys.
    n_groups : int
        Number of leading groups in the keys.
    group_of : callable
        Gives the group of a value.

    Returns
    -------
    (mapping, mapping) of Key to int
        The first has the same cells in the same order.
    """
    finest: dict[Key, int] = {}
    totals: dict[Key, int] = {}
    for key, n in counts.items():
        others = key[:place] + key[place + 1 : n_groups]
        group, period = group_of(key[place]), key[n_groups:]
        finest[*others, group, key[place], *period] = n
        total = (*others, group, *period)
        totals[total] = totals.get(total, 0) + n
    return finest, totals


def told_groups(
    counts: Counts, grouping: Grouping, others: Sequence[Grouping], minimum: int
) -> frozenset[Key]:
    """Find groups that hold, or are held by, a group of another dimension but for a few customers.

    Two totals that differ in fewer than `minimum` customers tell those.

    Parameters
    ----------
    counts : mapping of Key to int
        Customers by (value of the column both are made of, all other parts of the key).
    grouping : Grouping
        Whose groups are looked at.
    others : sequence of Grouping
        Dimensions of the same column that were there before.
    minimum : int

    Returns
    -------
    frozenset of Key
        (group, all other parts of the key).
    """
    mine = _members(counts, grouping)
    return frozenset(
        key
        for other in others
        for key, theirs in _pairs(mine, _members(counts, other))
        if _differ_little(counts, mine[key], theirs, minimum)
    )


def _members(counts: Counts, grouping: Grouping) -> dict[Key, set[Key]]:
    found: dict[Key, set[Key]] = {}
    for key, n in counts.items():
        if n > 0:
            found.setdefault((grouping.group_of(key[0]), *key[1:]), set()).add(key)
    return found


def _pairs(
    mine: Mapping[Key, set[Key]], theirs: Mapping[Key, set[Key]]
) -> Iterator[tuple[Key, set[Key]]]:
    by_rest: dict[Key, list[set[Key]]] = {}
    for key, members in theirs.items():
        by_rest.setdefault(key[1:], []).append(members)
    for key in mine:
        for members in by_rest.get(key[1:], []):
            yield key, members


def _differ_little(counts: Counts, one: set[Key], other: set[Key], minimum: int) -> bool:
    if not (one <= other or other <= one):
        return False
    return 0 < sum(counts[key] for key in one ^ other) < minimum
