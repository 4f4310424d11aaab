"""The values that a viewer may name: asked of the corridor, small groups left out."""

from __future__ import annotations

from huiyin.analyse.ports import Corridor
from huiyin.ask.contracts import ColumnValues
from huiyin.ask.outcomes import said_values
from huiyin.ask.vocabulary import MOST_VALUES, asked_columns
from huiyin.measure.contracts import Filter


def fetch_values(corridor: Corridor, minimum_n: int = 1) -> ColumnValues:
    """Fetch the values of the columns that may be grouped by, most frequent first.

    Parameters
    ----------
    corridor : Corridor
        Its row rule holds.
    minimum_n : int
        The smallest group that may be shown: a hidden value with fewer answers cannot be named.
    """
    found = {}
    for column in asked_columns(corridor.codebook):
        counts = [one for one in corridor.level_counts(column.name) if one[0] is not None]
        most = sorted(counts, key=lambda one: (-one[1], str(one[0])))[:MOST_VALUES]
        groups = [(Filter(column.name, "=", (str(value),)),) for value, _, _ in most]
        hidden = corridor.hidden_groups(groups) if groups else frozenset()
        shown = [
            str(value)
            for at, (value, rows, _) in enumerate(most)
            if (at,) not in hidden or rows >= minimum_n
        ]
        found[column.name] = said_values(column, shown)
    return ColumnValues(found)
