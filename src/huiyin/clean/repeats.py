"""Rows that repeat an earlier row on some columns."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.engine.startup import import_ibis


def later_repeats(
    facts: Facts,
    names: tuple[str, ...],
    *,
    required: tuple[str, ...],
    where: Any = None,
    ignore_masked: bool = False,
) -> Any:
    """Plan the rows that equal an earlier row on all of `names`.

    A hash of the required columns (else of all) finds candidates in one narrow pass; only they are
    compared value by value, so that chance equality of hashes flags nothing.

    Parameters
    ----------
    facts : Facts
    names : tuple of str
        Columns to compare; NULL equals NULL.
    required : tuple of str
        Of these none may be NULL.
    where : boolean column, optional
        Rows to look at.
    ignore_masked : bool
        Leave out rows whose first required value is masked with ``*``.

    Returns
    -------
    ibis.Table
        `SOURCE_COLUMN` and `ROW_COLUMN` of the repeats, without the first of each kind.
    """
    ibis = import_ibis()
    conditions = [facts.table[name].notnull() for name in required]
    if where is not None:
        conditions.append(where)
    if ignore_masked:
        conditions.append(not_masked(facts.table[required[0]]))
    table = facts.table.filter(reduce(and_, conditions)) if conditions else facts.table
    hashed = table.mutate(hash=ibis.struct({n: table[n] for n in required or names}).hash())
    several = hashed.group_by("hash").having(hashed.count() > 1).agg(n=hashed.count())
    candidates = hashed.semi_join(several, "hash").select(*facts.row_key, *names)
    order = ibis.row_number().over(group_by=list(names), order_by=list(facts.row_key))
    numbered = candidates.mutate(repeat=order)
    return numbered.filter(numbered.repeat > 0).select(*facts.row_key)


def not_masked(words: Any) -> Any:
    """Tell whether values are whole: masked ones (``138****1234``) may belong to several people."""
    return words.notnull() & ~words.cast("string").contains("*")
