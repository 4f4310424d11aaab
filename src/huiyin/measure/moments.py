"""Sums by cell and stratum, as arrays: what every estimate is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.core.masking import mask_numbers
from huiyin.engine.arrays import numbers_of
from huiyin.measure.metric import Form, Value
from huiyin.stats.contracts import Floats
from huiyin.stats.design import ClusterSums, CrossSums
from huiyin.stats.distributions import floats

if TYPE_CHECKING:
    import pyarrow as pa

Key = tuple[str | None, ...]
CROSSED = ("aa", "ab", "ba", "bb")
PARTS = ("n", "m", "b", "a", "q", "t", "w", "aa", "ab", "bb")


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums of several values over cells and strata.

    Attributes
    ----------
    keys : tuple of Key
        One per cell: group values as words, then the period's first day.
    rows : (cells,) array
        Rows in the cell.
    parts : mapping of str to (values, cells, strata) array
        ``n`` answers, ``m`` PSUs with answers, ``b`` Σw, ``a`` Σwv, ``q`` Σwv², ``t`` Σwv³,
        ``w`` Σw²; ``aa, ab, bb`` Σ over PSUs of products of their totals. v is counted from the
        value's origin.
    customers : (values, cells) array or None
        Distinct customers; None: as many as answers.
    """

    keys: tuple[Key, ...]
    rows: Floats
    parts: Mapping[str, Floats]
    customers: Floats | None = None

    def position(self) -> dict[Key, int]:
        """Give the place of each cell."""
        return {key: i for i, key in enumerate(self.keys)}

    def take(self, keys: Sequence[Key]) -> Moments:
        """Give the cells with these keys, in this order; cells nobody is in are 0."""
        place = self.position()
        at = np.array([place.get(key, -1) for key in keys], dtype=np.intp)
        empty = at < 0
        parts = {name: _taken(array, at, empty, axis=1) for name, array in self.parts.items()}
        customers = self.customers
        return Moments(
            keys=tuple(keys),
            rows=_taken(self.rows, at, empty, axis=0),
            parts=parts,
            customers=None if customers is None else _taken(customers, at, empty, axis=1),
        )

    def total(self, name: str, value: int) -> Floats:
        """Give one part of one value by cell, summed over strata."""
        return floats(self.parts[name][value].sum(axis=-1))

    def product(self, xy: str, i: int, j: int) -> Floats:
        """Give Σ over PSUs of x of value `i` times y of value `j`: (cells, strata)."""
        if i == j:
            return floats(self.parts["".join(sorted(xy))][i])
        if i > j:
            return self.product(xy[::-1], j, i)
        return floats(self.parts[f"{xy}_{i}_{j}"][0])

    def cross(self, i: int, j: int) -> CrossSums:
        """Give the products between two values in the same cells."""
        return CrossSums(*(self.product(xy, i, j) for xy in CROSSED))

    def sums(self, value: int, n_psu: Floats) -> ClusterSums:
        """Give the cluster sums of one value, for the design kernels."""
        return ClusterSums(
            n_psu, *(self.parts[name][value] for name in ("a", "b", "aa", "ab", "bb"))
        )


def _taken(array: Floats, at: Any, empty: Any, *, axis: int) -> Floats:
    if not array.shape[axis]:
        shape = list(array.shape)
        shape[axis] = len(at)
        return np.zeros(shape)
    taken = np.take(array, np.maximum(at, 0), axis=axis)
    index: list[Any] = [slice(None)] * taken.ndim
    index[axis] = empty
    taken[tuple(index)] = 0.0
    return floats(taken)


def key_word(value: object) -> str | None:
    """Write a group's value as a person would: no ``5.0`` for a level 5."""
    if value is None:
        return None
    if isinstance(value, float):
        return None if np.isnan(value) else f"{value:g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if not value.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def shown_by(names: Sequence[str], key: Key) -> dict[str, str | None]:
    """Write a cell's groups as they are shown: telephone numbers and the like are masked."""
    return {n: v if v is None else mask_numbers(v) for n, v in zip(names, key, strict=True)}


def table_keys(table: pa.Table, columns: Sequence[str]) -> list[Key]:
    """Give the key of each row of a fetched table."""
    if not columns:
        return [()] * table.num_rows
    words = [[key_word(v) for v in table[name].to_pylist()] for name in columns]
    return list(zip(*words, strict=True))


def spread(
    table: pa.Table, names: Sequence[str], at: Any, strata: Any, shape: tuple[int, int]
) -> dict[str, Floats]:
    """Lay fetched columns out as (cells, strata) arrays, 0 where nothing was fetched."""
    laid = {}
    for name in names:
        array = np.zeros(shape)
        array[at, strata] = np.nan_to_num(numbers_of(table[name]))
        laid[name] = array
    return laid


def cell_order(keys: Sequence[Key]) -> tuple[list[Key], np.ndarray[Any, Any]]:
    """Give the distinct keys and, per row, the place of its key."""
    place: dict[Key, int] = {}
    at = np.array([place.setdefault(key, len(place)) for key in keys], dtype=np.intp)
    return list(place), at


def row_moments(table: pa.Table, columns: Sequence[str], values: Sequence[Value]) -> Moments:
    """Read what `plan_moments` fetched: independent rows of weight 1, one stratum."""
    keys, at = cell_order(table_keys(table, columns))
    strata = np.zeros(len(at), dtype=np.intp)
    names = [name for name in table.column_names if name not in columns]
    laid = spread(table, names, at, strata, (len(keys), 1))
    parts: dict[str, list[Floats]] = {name: [] for name in PARTS}
    for i, value in enumerate(values):
        n, a, q = _row_parts(laid, value, i)
        t = laid.get(f"t{i}", a)
        for name, array in zip(PARTS, (n, n, n, a, q, t, n, q, a, n), strict=True):
            parts[name].append(array)
    return Moments(tuple(keys), laid["_rows"][:, 0], {k: np.array(v) for k, v in parts.items()})


def _row_parts(laid: Mapping[str, Floats], value: Value, i: int) -> tuple[Floats, Floats, Floats]:
    if value.form is Form.NUMBER:
        return laid[f"n{i}"], laid[f"a{i}"], laid[f"q{i}"]
    hits = laid[f"h{i}"]
    if value.form is Form.SHARE:
        return laid[f"n{i}"], hits, hits
    return laid[f"n{i}"], hits - laid[f"l{i}"], hits + laid[f"l{i}"]


def design_moments(
    table: pa.Table,
    columns: Sequence[str],
    stratum_column: str | None,
    strata: Sequence[str | None],
    n_values: int,
) -> Moments:
    """Read what `plan_outer` fetched."""
    keys, at = cell_order(table_keys(table, columns))
    codes = stratum_codes(table, stratum_column, strata)
    names = [n for n in table.column_names if n not in columns and n != stratum_column]
    laid = spread(table, names, at, codes, (len(keys), len(strata)))
    other = {"w": "b", "t": "a"}  # rows of weight 1; values of −1, 0 and 1 are their own cubes
    parts = {
        part: np.array(
            [
                laid[name if (name := f"{part}{i}") in laid else f"{other[part]}{i}"]
                for i in range(n_values)
            ]
        )
        for part in PARTS
    }
    products = {name: array[None] for name, array in laid.items() if "_" in name[1:]}
    return Moments(tuple(keys), laid["_rows"].sum(axis=1), parts | products)


def stratum_codes(
    table: pa.Table, stratum_column: str | None, strata: Sequence[str | None]
) -> np.ndarray[Any, Any]:
    """Give the place of each row's stratum."""
    if stratum_column is None:
        return np.zeros(table.num_rows, dtype=np.intp)
    place = {name: i for i, name in enumerate(strata)}
    words = [key_word(value) for value in table[stratum_column].to_pylist()]
    return np.array([place[word] for word in words], dtype=np.intp)


def cross_parts(
    table: pa.Table,
    columns: Sequence[str],
    stratum_column: str | None,
    strata: Sequence[str | None],
) -> Moments:
    """Read what `plan_cross` fetched: products only."""
    keys, at = cell_order(table_keys(table, columns))
    codes = stratum_codes(table, stratum_column, strata)
    names = [n for n in table.column_names if n not in columns and n != stratum_column]
    laid = spread(table, names, at, codes, (len(keys), len(strata)))
    parts = {name: array[None] for name, array in laid.items()}
    return Moments(tuple(keys), np.zeros(len(keys)), parts)
