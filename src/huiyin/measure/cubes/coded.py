"""One column of a cube: each row a small number, and what the numbers stand for."""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.engine.arrays import codes_of, numbers_of
from huiyin.measure.moments import key_word

MOST_VALUES = 60_000
"""Distinct values beyond which they are not held: rows are told apart, numbers stand by row."""
AMOUNTS = ".amounts.npy"
Codes = NDArray[np.integer[Any]]


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Coded:
    """A column as codes.

    Attributes
    ----------
    codes : (rows,) array of integers
        Place of each row's value among `values`; `n_values` where it is missing.
    kind : Kind
    n_values : int
    values : tuple or None
        None where there are too many to be held: rows are then only told apart.
    amounts : (rows,) array of float or None
        The number of each row, NaN where it is missing, where there are too many values.
    """

    codes: Codes
    kind: Kind
    n_values: int
    values: tuple[Any, ...] | None
    amounts: NDArray[np.float64] | None = None

    @cached_property
    def words(self) -> tuple[str | None, ...]:
        """The values as people read them, and None for the missing one."""
        return (*(key_word(one) for one in self.values or ()), None)

    @cached_property
    def held(self) -> frozenset[Any]:
        """The values, to look one up."""
        return frozenset(self.values or ())

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The values as numbers, NaN for the missing one."""
        return np.array([*(float(one) for one in self.values or ()), math.nan])

    def numbers_at(self, at: slice | NDArray[np.int64]) -> NDArray[np.float64]:
        """Give the numbers of some rows, NaN where missing."""
        return self.numbers[self.codes[at]] if self.amounts is None else self.amounts[at]

    def taken(self, rows: NDArray[np.int64]) -> Coded:
        """Give the column over some rows; values that none of them has are not among its own.

        Where they are not held, their numbers stay as they are.
        """
        codes = self.codes[rows]
        amounts = None if self.amounts is None else self.amounts[rows]
        if self.values is None:
            return Coded(codes, self.kind, self.n_values, None, amounts)
        there = np.flatnonzero(np.bincount(codes, minlength=self.n_values + 1)[: self.n_values])
        place = np.full(self.n_values + 1, len(there), dtype=_narrowest(len(there)))
        place[there] = np.arange(len(there))
        held = tuple(self.values[one] for one in there)
        return Coded(place[codes], self.kind, len(there), held, amounts)


def kind_of(dtype: Any) -> Kind | None:
    """Give the kind of a column of the engine; None where it cannot be coded."""
    if dtype.is_string():
        return Kind.TEXT
    if dtype.is_numeric():
        return Kind.NUMBER
    if dtype.is_date():
        return Kind.DAY
    return Kind.MOMENT if dtype.is_timestamp() and dtype.timezone is None else None


def coded(column: Any, kind: Kind, order: NDArray[np.intp] | None) -> Coded | None:
    """Code a column.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
    kind : Kind
    order : (rows,) array or None
        Which row stands where; None: as they come.

    Returns
    -------
    Coded or None
        None where a number is none (NaN): a group of it is neither missing nor a value.
    """
    places, distinct = codes_of(column)
    n_values = len(distinct)
    values: tuple[Any, ...] | None = None
    if n_values <= MOST_VALUES:
        values = tuple(_plain(one) for one in distinct.to_pylist())
        if any(isinstance(one, float) and math.isnan(one) for one in values):
            return None
    if kind is Kind.DAY and values is not None:
        values, places = _ascending(values, places)
    places = np.where(places < 0, n_values, places).astype(_narrowest(n_values))
    amounts = numbers_of(column) if kind is Kind.NUMBER and values is None else None
    if amounts is not None and bool((np.isnan(amounts) & (places < n_values)).any()):
        return None
    if order is not None:
        places = places[order]
        amounts = None if amounts is None else amounts[order]
    return Coded(places, kind, n_values, values, amounts)


def _ascending(
    values: tuple[Any, ...], places: NDArray[np.int64]
) -> tuple[tuple[Any, ...], NDArray[np.int64]]:
    """Put values in their own order."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    rank = np.full(len(values) + 1, -1, dtype=np.int64)  # the last: missing
    rank[order] = np.arange(len(values))
    return tuple(values[place] for place in order), rank[places]


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _narrowest(n_values: int) -> type[np.integer[Any]]:
    return next((one for one in (np.uint8, np.uint16) if n_values <= np.iinfo(one).max), np.int32)


def keep_coded(folder: Path, name: str, found: Coded | None) -> None:
    """Keep a column on the disk; that it cannot be coded is kept too."""
    folder.mkdir(parents=True, exist_ok=True)
    place = _place(folder, name)
    facts: dict[str, Any] = {"coded": found is not None}
    if found is not None:
        values = None if found.values is None else [_word(one) for one in found.values]
        facts |= {"kind": found.kind.value, "n_values": found.n_values, "values": values}
        keep_array(place.with_suffix(".npy"), found.codes)
        if found.amounts is not None:
            keep_array(place.with_suffix(AMOUNTS), found.amounts)
    part = place.with_suffix(_part())
    part.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    part.replace(place.with_suffix(".json"))


def keep_told(path: Path, document: Any) -> None:
    """Keep plain numbers and words; the file appears only when complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(_part())
    part.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    part.replace(path)


def kept_told(path: Path) -> Any:
    """Give plain numbers and words that were kept.

    Raises
    ------
    FileNotFoundError
        None were.
    """
    return json.loads(path.read_text("utf-8"))


def keep_kinds(path: Path, kinds: Mapping[str, Any]) -> None:
    """Keep the types of columns of the engine."""
    keep_told(path, {name: str(kind) for name, kind in kinds.items()})


def kept_kinds(path: Path) -> Mapping[str, Any]:
    """Give the types of columns of the engine that were kept.

    Raises
    ------
    FileNotFoundError
        None were.
    """
    words: dict[str, str] = kept_told(path)
    import ibis

    return {name: ibis.dtype(word) for name, word in words.items()}


def _part() -> str:
    """Give the ending of a file under way, no other thread's or process's."""
    return f".{os.getpid()}-{threading.get_ident()}.part"


def keep_array(path: Path, array: NDArray[Any]) -> None:
    """Write an array; the file appears only when complete."""
    part = path.with_suffix(_part())
    with part.open("wb") as file:
        np.save(file, array)
    part.replace(path)


def kept_array(path: Path) -> NDArray[Any]:
    """Open an array without reading it: pages come when they are used, one copy for all."""
    found: NDArray[Any] = np.load(path, mmap_mode="r")
    return found


def kept_coded(folder: Path, name: str) -> tuple[bool, Coded | None]:
    """Give (is it kept, the column or None where it cannot be coded)."""
    place = _place(folder, name)
    try:
        facts = json.loads(place.with_suffix(".json").read_text("utf-8"))
        if not facts["coded"]:
            return True, None
        codes = kept_array(place.with_suffix(".npy"))
        many = facts["values"] is None and facts["kind"] == Kind.NUMBER
        amounts = kept_array(place.with_suffix(AMOUNTS)) if many else None
    except FileNotFoundError:
        return False, None
    kind = Kind(facts["kind"])
    values = facts["values"]
    held = None if values is None else tuple(_read(one, kind) for one in values)
    return True, Coded(codes, kind, facts["n_values"], held, amounts)


def _place(folder: Path, name: str) -> Path:
    return folder / hashlib.sha256(name.encode()).hexdigest()[:32]


def _word(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(word: Any, kind: Kind) -> Any:
    if kind is Kind.DAY:
        return date.fromisoformat(word)
    return datetime.fromisoformat(word) if kind is Kind.MOMENT else word
