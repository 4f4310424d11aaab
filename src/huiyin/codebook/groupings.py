"""Dimensions that people make: named groups of a column's values, or of ranges of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import (
    GROUP_ROLES,
    NUMBER_ROLES,
    RATING_ROLES,
    Codebook,
    Column,
    Role,
)
from huiyin.core.text import Text

GROUPABLE = (GROUP_ROLES | NUMBER_ROLES | RATING_ROLES) - {Role.WEIGHT}
"""Roles whose columns can be put into groups: neither words nor codes of single answers."""
_MADE = Text("由“{column}”分成的组", "groups made of “{column}”")


@dataclass(frozen=True, slots=True)
class Group:
    """One group: the values in it, or a range of numbers, `low` included and `high` not.

    A range is open where an end is None.
    """

    name: str
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def is_range(self) -> bool:
        """Tell whether it is a range of numbers."""
        return not self.values

    def holds(self, number: float) -> bool:
        """Say whether a number lies in the range."""
        return (self.low is None or number >= self.low) and (
            self.high is None or number < self.high
        )


@dataclass(frozen=True, slots=True)
class Grouping:
    """A named dimension made of a column: usable wherever a column is.

    Attributes
    ----------
    name : str
    column : str
    groups : tuple of Group
        No value lies in two of them.
    rest : str or None
        What all other values are called; None: they belong to no group, like a missing value.
    version : int
    """

    name: str
    column: str
    groups: tuple[Group, ...]
    rest: str | None = None
    version: int = 1

    @property
    def is_ranges(self) -> bool:
        """Tell whether its groups are ranges of numbers."""
        return self.groups[0].is_range

    def group_of(self, value: str | None) -> str | None:
        """Give the group of a value as it is shown; a missing value has none.

        Examples
        --------
        >>> Grouping("级别", "城市", (Group("一线", ("北京",)),), "其他").group_of("成都")
        '其他'
        """
        if value is None:
            return None
        if not self.is_ranges:
            return next((g.name for g in self.groups if value in g.values), self.rest)
        try:
            number = float(value)
        except ValueError:
            return None
        return next((g.name for g in self.groups if g.holds(number)), self.rest)

    def made_column(self, codebook: Codebook) -> Column:
        """Give it as a column of the codebook."""
        base = codebook[self.column]
        reason = _MADE.format(column=base.label if any(base.label.values()) else self.column)
        return Column(self.name, Role.DIMENSION, Text.same(self.name), reason=reason)


def fitting(groupings: Iterable[Grouping], codebook: Codebook) -> tuple[Grouping, ...]:
    """Give those that a codebook can bear: their column is there, and their name is free."""
    return tuple(
        one
        for one in groupings
        if one.name not in codebook
        and all(one.name != column.group for column in codebook)
        and one.column in codebook
        and codebook[one.column].role in GROUPABLE
    )


def with_groupings(codebook: Codebook, groupings: Sequence[Grouping]) -> Codebook:
    """Give a codebook with the made dimensions behind its own columns."""
    if not groupings:
        return codebook
    made = tuple(one.made_column(codebook) for one in groupings)
    return replace(codebook, columns=(*codebook.columns, *made))
