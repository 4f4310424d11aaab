"""The values that a viewer may name: asked of the corridor, small groups left out."""

from __future__ import annotations

from huiyin.analyse.ports import Corridor
from huiyin.ask.contracts import ColumnValues
from huiyin.ask.vocabulary import MOST_VALUES, asked_columns
from huiyin.measure.contracts import Filter


def fetch_values(corridor: Corridor) -> ColumnValues:
    """Fetch the values of the columns that may be grouped by, most frequent first.

    Parameters
    ----------
    corridor : Corridor
        Its row rule holds; a value of too few customers is not in the vocabulary, so that no
        question can be answered with its name.
    """
    found = {}
    for column in asked_columns(corridor.codebook):
        counts = [one for one in corridor.level_counts(column.name) if one[0] is not None]
        most = sorted(counts, key=lambda one: (-one[1], str(one[0])))[:MOST_VALUES]
        groups = [(Filter(column.name, "=", (str(value),)),) for value, _, _ in most]
        hidden = corridor.hidden_groups(groups) if groups else frozenset()
        found[column.name] = tuple(
            str(value) for at, (value, _, _) in enumerate(most) if (at,) not in hidden
        )
    return ColumnValues(found)
