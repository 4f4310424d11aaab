"""Rows that repeat an earlier row on some columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.engine.arrays import number_array, whole_numbers_of
from huiyin.engine.columns import all_of
from huiyin.engine.contracts import ROW_COLUMN
from huiyin.engine.startup import import_ibis


def later_repeats(
    facts: Facts,
    names: Callable[[], tuple[str, ...]],
    *,
    required: tuple[str, ...],
    where: Any = None,
    ignore_masked: bool = False,
) -> Any:
    """Plan the rows that equal an earlier row on all of `names`.

    A hash of the required columns (else of all) finds candidates in one narrow pass; only they are
    compared value by value, so that chance equality of hashes flags nothing. Where that pass finds
    none, the other columns are not looked at.

    Parameters
    ----------
    facts : Facts
    names : function
        Gives the columns to compare, `required` among them; NULL equals NULL.
    required : tuple of str
        Of these none may be NULL. Without any, candidates are found by all of `names`.
    where : boolean column, optional
        Rows to look at.
    ignore_masked : bool
        Leave out rows whose first required value is masked with ``*``.

    Returns
    -------
    ibis.Table or None
        `SOURCE_COLUMN` and `ROW_COLUMN` of the repeats, without the first of each kind; None
        where there are none.
    """
    ibis = import_ibis()
    conditions = [facts.table[name].notnull() for name in required]
    if where is not None:
        conditions.append(where)
    if ignore_masked:
        conditions.append(not_masked(facts.table[required[0]]))
    table = facts.table.filter(all_of(conditions)) if conditions else facts.table
    sought = required or names()
    seal = ibis.struct({n: table[n] for n in sought}).hash()
    hashes = table.select(hash=seal)  # and nothing else: a wide row is long to plan
    several = _several(facts, hashes)
    if not several.num_rows:
        return None
    found = table.mutate(hash=seal).semi_join(facts.engine.from_arrow(several), "hash")
    compared = list(names())
    if several.num_rows <= _FEW_KINDS and len(compared) > len(sought):
        numbers = facts.engine.run(found.select(ROW_COLUMN)).column(0).to_pylist()
        found = table.filter(table[ROW_COLUMN].isin(numbers)) if len(numbers) <= _FEW else found
    candidates = found.select(*facts.row_key, *compared)
    order = ibis.row_number().over(group_by=compared, order_by=list(facts.row_key))
    numbered = candidates.mutate(repeat=order)
    return numbered.filter(numbered.repeat > 0).select(*facts.row_key)


def _several(facts: Facts, hashes: Any) -> Any:
    """Give the hashes that more than one row has, as one Arrow column `hash`.

    Up to `_SORTED_ROWS` sorting them here is three times as quick as to group them.
    """
    import numpy as np
    import pyarrow as pa

    if facts.n_rows > _SORTED_ROWS:
        counted = hashes.group_by("hash").agg(n=hashes.count())
        return facts.engine.run(counted.filter(counted.n > 1).select("hash"))
    found = np.sort(whole_numbers_of(facts.engine.run(hashes).column(0)))
    repeated = found[1:][found[1:] == found[:-1]]
    first = np.diff(repeated, prepend=repeated[:1] - 1) != 0
    return pa.Table.from_arrays([number_array(repeated[first])], names=["hash"])


_SORTED_ROWS = 20_000_000
_FEW = 5_000
_FEW_KINDS = _FEW // 2
"""Candidates that are fetched by their numbers: of all other rows no further column is read."""


def not_masked(words: Any) -> Any:
    """Tell whether values are whole: masked ones (``138****1234``) may belong to several people."""
    return words.notnull() & ~words.cast("string").contains("*")
