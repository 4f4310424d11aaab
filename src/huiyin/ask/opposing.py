"""One group against another or the rest: both sides have to be among what is counted."""

from __future__ import annotations

from dataclasses import replace

from huiyin.measure.contracts import Against, Compare, Filter, Query, Result

AMONG_GROUPS = frozenset({Against.GROUP, Against.REST})


def subject_of(query: Query) -> Filter | None:
    """Find the condition that names the group which is compared with another, or with the rest.

    Parameters
    ----------
    query : Query
        As it was asked: 华东 under `where`, 华南 or the rest under `compare`.
    """
    compare = query.compare
    if compare is None or compare.against not in AMONG_GROUPS:
        return None
    named = [one for one in query.where if one.operator == "="]
    apart = [one for one in named if one.column in query.by]
    if compare.against is Against.REST and apart:
        return apart[0]  # groups of a breakdown: the rest is that of all, not of these alone
    named = [one for one in named if one not in apart]
    if compare.against is Against.GROUP:
        named = [one for one in named if one.column == compare.column]
    return named[0] if named else None


def among_groups(query: Query, subject: Filter) -> Query:
    """Ask for both sides: the subject's condition becomes a grouping, where it is none yet."""
    others = tuple(one for one in query.where if one is not subject)
    compare = query.compare
    if compare is not None and compare.against is Against.GROUP and compare.value is not None:
        both = replace(subject, values=(*subject.values, compare.value))
        others = (*others, both)
    by = query.by if subject.column in query.by else (*query.by, subject.column)
    return replace(query, where=others, by=by)


def kept_sides(result: Result, subject: Filter, compare: Compare | None) -> Result:
    """Keep the cells of the subject, and of the group that it is compared with."""
    values = set(subject.values)
    if compare is not None and compare.value is not None:
        values.add(compare.value)
    kept = tuple(cell for cell in result.cells if cell.by.get(subject.column) in values)
    return replace(result, cells=kept)
