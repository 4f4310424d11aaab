"""In which order the steps of a funnel follow each other."""

from __future__ import annotations

from huiyin.analyse.ports import Corridor
from huiyin.analyse.stages import REACHED, STAGE_ROLES
from huiyin.measure.contracts import Query


def steps_in_order(corridor: Corridor, query: Query) -> tuple[str, ...]:
    """Give the groups of a funnel as its steps follow each other.

    Parameters
    ----------
    corridor : Corridor
    query : Query
        What the funnel asks.

    Returns
    -------
    tuple of str
        In the order of the codebook's labels; of a log of events, in that in which its cases come
        to them. Empty where nothing tells it.

    Raises
    ------
    QueryError
        The days or conditions of the question do not fit the data.
    """
    book = corridor.codebook
    if len(query.by) != 1 or query.by[0] not in book:
        return ()
    column = book[query.by[0]]
    if column.labels:
        return tuple(dict.fromkeys(column.labels.values()))
    if column.role not in STAGE_ROLES or corridor.lacks(REACHED) is not None:
        return ()
    found = corridor.answer(
        Query((REACHED,), by=query.by, where=query.where, since=query.since, until=query.until)
    )
    told = [cell for cell in found.cells if cell.estimate is not None]
    told.sort(key=lambda cell: cell.estimate or 0.0)
    return tuple(name for cell in told if (name := cell.by[column.name]) is not None)
