"""Which places of a ranking stand for something: by the calls of its groups against the rest.

Those calls are corrected together, over all groups of the question: what is listed of them is
chosen by its number, and would otherwise look further apart than it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.core.text import Text, listed
from huiyin.measure.contracts import Against, Call, Cell

MOST_NAMED = 3
ALIKE = Text(
    "{names}和其余各组分不出高低，先后可能只是波动",
    "{names} cannot be told from the rest: their order may be chance",
)
NONE_APART = Text(
    "列出的 {n} 组和其余各组都分不出高低，先后可能只是波动",
    "none of the {n} listed can be told from the rest: their order may be chance",
)
_MANY = Text("{names}等 {n} 组", "{names} and others ({n})")
NOTHING = Text("", "")


def chance_of_places(places: Sequence[tuple[Cell, str]]) -> Text:
    """Say which of the groups that a ranking lists cannot be told from the rest.

    Parameters
    ----------
    places : sequence of (Cell, str)
        The groups as they are listed, each with its call against the rest, and their names.

    Returns
    -------
    Text
        Without an end mark; empty where every group really stands apart, where there is but one
        group, or where nothing was compared with the rest, or no comparison has a call.
    """
    calls = [cell.comparison and cell.comparison.call for cell, _ in places if _to_rest(cell)]
    if len(calls) < len(places) or len(places) <= 1 or not any(calls):
        return NOTHING
    alike = [name for (_, name), call in zip(places, calls, strict=True) if call is not Call.REAL]
    if not alike:
        return NOTHING
    if len(alike) == len(places):
        return NONE_APART.format(n=len(places))
    names = listed(alike[:MOST_NAMED])
    if len(alike) > MOST_NAMED:
        names = _MANY.format(names=names, n=len(alike))
    return ALIKE.format(names=names)


def _to_rest(cell: Cell) -> bool:
    return cell.comparison is not None and cell.comparison.against == Against.REST
