"""Ratings that several sources of a union have and that do not go together as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column
from huiyin.collect.links.contracts import CommonColumn, ModelError
from huiyin.collect.links.union import SOLE_ROLES, Union
from huiyin.core.text import Text


@dataclass(frozen=True, slots=True)
class Apart:
    """A rating that stands apart, and why.

    Attributes
    ----------
    column : CommonColumn
        As it would have to be put together.
    why : Text
    scorable : bool
        Its 0–100 scores go together.
    """

    column: CommonColumn
    why: Text
    scorable: bool


def ratings_apart(union: Union) -> tuple[Apart, ...]:
    """Find what somebody who puts surveys together would miss in the result.

    Parameters
    ----------
    union : Union

    Returns
    -------
    tuple of Apart
        Ratings of one name, one label or the only one of a role in at least two sources, whose
        scales or kinds differ and that the plan does not put together. Empty: nothing is missed.
    """
    books = {key: union.parents[key].snapshot.codebook for key in union.names()}
    kept = [dict(column.columns) for column in union.columns()]
    found = []
    for members in _alike(books):
        if any(members.items() <= columns.items() for columns in kept):
            continue
        name = next(iter(members.values()))
        try:
            union.check(CommonColumn(name, members))
        except ModelError as fault:
            scored = CommonColumn(name, members, as_score=True)
            found.append(Apart(scored, fault.sentence, _goes(union, scored)))
    return tuple(found)


def _goes(union: Union, column: CommonColumn) -> bool:
    try:
        union.check(column)
    except ModelError:
        return False
    return True


def _alike(books: Mapping[str, Codebook]) -> Iterator[dict[str, str]]:
    """Give the ratings that would be one, by dataset id; each column stands in one of them."""
    free = {
        key: [c for c in book if c.role in RATING_ROLES and c.usable] for key, book in books.items()
    }
    for key, ours in free.items():
        for column in tuple(ours):
            members = {key: column.name}
            for other, theirs in free.items():
                match = None if other == key else _partner(column, ours, theirs)
                if match is not None:
                    members[other] = match.name
                    theirs.remove(match)
            if len(members) > 1:
                ours.remove(column)
                yield members


def _partner(column: Column, ours: list[Column], theirs: list[Column]) -> Column | None:
    named = [c for c in theirs if c.name == column.name]
    labelled = [c for c in theirs if dict(c.label) == dict(column.label)]
    alone = column.role in SOLE_ROLES and sum(c.role is column.role for c in ours) == 1
    sole = [c for c in theirs if alone and c.role is column.role]
    return next((fits[0] for fits in (named, labelled, sole) if len(fits) == 1), None)
