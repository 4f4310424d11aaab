"""Rows that repeat an earlier row on some columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.engine.arrays import codes_of, number_array, numbers_of, whole_numbers_of
from huiyin.engine.columns import all_of, in_turns, joined
from huiyin.engine.contracts import ROW_COLUMN
from huiyin.engine.startup import import_ibis


def later_repeats(
    facts: Facts,
    names: Callable[[], tuple[str, ...]],
    *,
    required: tuple[str, ...],
    where: Any = None,
    ignore_masked: bool = False,
    least: int = 0,
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
    least : int
        Values that a row must have of `names` to be looked at.

    Returns
    -------
    ibis.Table or None
        `SOURCE_COLUMN` and `ROW_COLUMN` of the repeats, without the first of each kind; None
        where there are none.
    """
    conditions = [facts.table[name].notnull() for name in required]
    if where is not None:
        conditions.append(where)
    if ignore_masked:
        conditions.append(not_masked(facts.table[required[0]]))
    if not required and len(names()) > _WIDE:
        return _wide_repeats(facts, names(), conditions, least)
    if least:
        known = [facts.table[name].notnull().cast("int64") for name in names()]
        conditions.append(joined(add, known) >= least)
    ibis = import_ibis()
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
    return _without_first(facts, found, compared)


def _without_first(facts: Facts, found: Any, compared: Sequence[str]) -> Any:
    ibis = import_ibis()
    candidates = found.select(*facts.row_key, *compared)
    order = ibis.row_number().over(group_by=compared, order_by=list(facts.row_key))
    numbered = candidates.mutate(repeat=order)
    return numbered.filter(numbered.repeat > 0).select(*facts.row_key)


def _wide_repeats(facts: Facts, names: Sequence[str], conditions: Sequence[Any], least: int) -> Any:
    """Do the same over very many columns, reading some at a time: to plan them takes longer.

    Rows keep their order from one reading to the next.
    """
    import numpy as np
    import pyarrow as pa

    meets = {"meets": all_of(conditions).fill_null(False)} if conditions else {}  # noqa: FBT003
    asked = facts.table.select(*facts.row_key, **meets)
    rows = facts.engine.run(asked) if meets else facts.engine.columns(facts.table, facts.row_key)
    seals, n_known = _row_seals(facts, names)
    wanted = n_known >= least
    if meets:
        wanted &= numbers_of(rows.column("meets")) > 0
    _, kind, n_alike = np.unique(seals[wanted], return_inverse=True, return_counts=True)
    places = np.flatnonzero(wanted)[n_alike[kind] > 1]
    if not len(places):
        return None
    keys = [number_array(whole_numbers_of(rows.column(name))[places]) for name in facts.row_key]
    found = facts.engine.from_arrow(pa.Table.from_arrays(keys, names=list(facts.row_key)))
    return _without_first(facts, facts.table.semi_join(found, list(facts.row_key)), names)


def _row_seals(facts: Facts, names: Sequence[str]) -> tuple[Any, Any]:
    """Give each row a number that equal rows share and others hardly ever, and its values known."""
    import numpy as np

    seals = np.zeros(facts.n_rows, np.uint64)
    n_known = np.zeros(facts.n_rows, np.int64)
    for some in in_turns(names, facts.n_rows):
        rows = comparable_rows(facts, some)
        for column in map(rows.column, some):
            codes, _ = codes_of(column)
            n_known += codes >= 0
            seals = (seals ^ codes.astype(np.uint64)) * np.uint64(_MIXER)
            seals ^= seals >> np.uint64(32)
    return seals, n_known


def comparable_rows(facts: Facts, names: Sequence[str]) -> Any:
    """Give all rows of some columns as Arrow, each so that its answers can be told apart."""
    kinds = facts.table.schema()
    if not any(kinds[name].is_array() for name in names):
        return facts.engine.columns(facts.table, names)
    part = facts.engine.narrow(facts.table, names)
    return facts.engine.run(part.select(**{name: comparable(part[name]) for name in names}))


def comparable(answers: Any) -> Any:
    """Give answers so that they can be told apart one by one; several chosen ones as words."""
    return answers.cast("string") if answers.type().is_array() else answers


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


_WIDE = 400
_MIXER = 0x9E3779B97F4A7C15  # odd: no two numbers are mixed into one
_SORTED_ROWS = 20_000_000
_FEW = 5_000
_FEW_KINDS = _FEW // 2
"""Candidates that are fetched by their numbers: of all other rows no further column is read."""


def not_masked(words: Any) -> Any:
    """Tell whether values are whole: masked ones (``138****1234``) may belong to several people."""
    return words.notnull() & ~words.cast("string").contains("*")
