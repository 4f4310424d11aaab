"""Outcomes are words in a question (是, 否) and 1 and 0 in the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from huiyin.ask.meanings import NO, YES
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.measure.contracts import Compare, Filter, Query

HAPPENED, NOT = "1", "0"


def said_values(column: Column, values: Iterable[str]) -> tuple[str, ...]:
    """Write the values of an outcome as people say them; others stay as they are."""
    if not _in_words(column):
        return tuple(values)
    words = {HAPPENED: column.events[0], NOT: NO if column.events[0] == YES else NOT}
    return tuple(words.get(value, value) for value in values)


def in_data(query: Query, codebook: Codebook) -> Query:
    """Write the groups of a query's outcomes as the data holds them, and so a result names them."""
    outcomes = {c.name for c in codebook if _in_words(c) and c.events[0] == YES}
    return replace(
        query,
        where=tuple(_filter(one, outcomes) for one in query.where),
        compare=_compare(query.compare, outcomes),
    )


def _in_words(column: Column) -> bool:
    return column.role is Role.OUTCOME and bool(column.events)


def _filter(one: Filter, outcomes: set[str]) -> Filter:
    if one.column not in outcomes:
        return one
    return replace(one, values=tuple(NOT if value == NO else value for value in one.values))


def _compare(compare: Compare | None, outcomes: set[str]) -> Compare | None:
    if compare is None or compare.column not in outcomes or compare.value != NO:
        return compare
    return replace(compare, value=NOT)
