"""Answers on a scale and outcomes in words: every distinct value is read once, in Python."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from typing import Any

from huiyin.codebook.contracts import Column, Scale
from huiyin.engine.columns import TypedColumn, as_words, is_number, raw_words
from huiyin.engine.numbers import uses_decimal_comma

MOST_VALUES = 1000
"""Distinct values of a rating that are read one by one; beyond that only numbers are read."""

_NUMBER_FIRST = re.compile(
    r"([+-]?\d+(?:\.\d+)?)\s*(?:分|星|颗星|stars?|points?|pts?|%|/\s*\d+|[-–—:：.、=(（].*)?",
    re.IGNORECASE,
)


class Kind(Enum):
    """What a raw value of a rating turns out to be."""

    EMPTY = auto()
    MISSING = auto()
    CODE = auto()
    OUTSIDE = auto()
    UNREADABLE = auto()


def tidy(value: str) -> str:
    """Bring full- and half-width signs, case and blanks to one form."""
    return " ".join(unicodedata.normalize("NFKC", value).split()).casefold()


class LevelReader:
    """Reads raw values of one scale.

    Parameters
    ----------
    scale : Scale
    missing_codes : iterable of str
        Of the column, beside those of the scale.
    comma : bool
        The column writes decimal commas: ``4,5``.
    """

    def __init__(
        self, scale: Scale, missing_codes: Iterable[str] = (), *, comma: bool = False
    ) -> None:
        self.scale = scale
        self._comma = comma
        self._levels = {tidy(words): float(code) for words, code in scale.levels.items()}
        self._missing = missing_set((*scale.missing_codes, *missing_codes))

    def read(self, value: str) -> tuple[Kind, float]:
        """Give what a raw value is, and its code where it has one (else NaN)."""
        words = tidy(value)
        if not words:
            return Kind.EMPTY, math.nan
        if is_missing(words, self._missing):
            return Kind.MISSING, math.nan
        code = self._levels.get(words)
        if code is None:
            code = leading_number(words.replace(",", ".", 1) if self._comma else words)
        if code is None:
            return Kind.UNREADABLE, math.nan
        inside = self.scale.minimum <= code <= self.scale.maximum
        return (Kind.CODE if inside else Kind.OUTSIDE), code


def missing_set(codes: Iterable[str]) -> frozenset[str | float]:
    """Give missing codes in the form they are looked up in: tidy words and numbers."""
    words = {tidy(code) for code in codes}
    return frozenset(words | {n for w in words if (n := plain_number(w)) is not None})


def is_missing(words: str, codes: frozenset[str | float]) -> bool:
    """Tell whether tidy words are one of the missing codes."""
    return words in codes or plain_number(words) in codes


def plain_number(words: str) -> float | None:
    """Read a finite number written as a program writes it; None if it is none."""
    try:
        number = float(words)
    except ValueError:
        return None
    written = words.isascii() and "_" not in words  # float() also takes ５ and 1_000
    return number if written and math.isfinite(number) else None


def leading_number(words: str) -> float | None:
    """Read the number of ``5``, ``5分``, ``10 - extremely likely``; None if there is none."""
    number = plain_number(words)
    if number is not None:
        return number
    found = _NUMBER_FIRST.fullmatch(words)
    return float(found.group(1)) if found else None


def plan_levels(column: Any, meaning: Column, counts: Mapping[str, int]) -> TypedColumn:
    """Plan the typed column of a rating.

    Parameters
    ----------
    column : ibis.Column
        As the file has it.
    meaning : Column
        With a scale; without one any number is taken.
    counts : mapping of str to int
        All distinct raw values, or the first `MOST_VALUES`.

    Returns
    -------
    TypedColumn
        DOUBLE level codes.
    """
    scale = meaning.scale or Scale(-math.inf, math.inf)
    comma = column.type().is_string() and uses_decimal_comma(counts)
    reader = LevelReader(scale, meaning.missing_codes, comma=comma)
    read = {value: reader.read(value) for value in counts}
    complete = len(counts) < MOST_VALUES
    plain = column.replace(",", ".") if comma and not complete else column
    return TypedColumn(
        expr=_level_codes(plain, read, scale, complete=complete),
        outside=_rows_with(column, _of_kind(read, Kind.OUTSIDE)),
        missing=_rows_with(column, _of_kind(read, Kind.MISSING)),
        unread=_rows_with(column, _of_kind(read, Kind.UNREADABLE)),
    )


def _level_codes(
    column: Any, read: Mapping[str, tuple[Kind, float]], scale: Scale, *, complete: bool
) -> Any:
    codes = {value: code for value, (kind, code) in read.items() if kind is Kind.CODE}
    if all(plain_number(value.strip()) == code for value, code in codes.items()):
        return _numbers_in_scale(column, read, scale, complete=complete)
    words = raw_words(column)
    mapped = words.cases(*codes.items(), else_=None).cast("float64")
    if complete:
        return mapped
    return mapped.fill_null(_numbers_in_scale(column, {}, scale, complete=False))


def _numbers_in_scale(
    column: Any, read: Mapping[str, tuple[Kind, float]], scale: Scale, *, complete: bool
) -> Any:
    number = column.cast("float64") if is_number(column) else column.try_cast("float64")
    if not complete or any(kind is Kind.OUTSIDE for kind, _ in read.values()):
        number = number.between(scale.minimum, scale.maximum).ifelse(number, None)
    unwanted = [v for v, (kind, _) in read.items() if kind in (Kind.MISSING, Kind.UNREADABLE)]
    casts = [v for v in unwanted if _casts(v)]
    return raw_words(column).isin(casts).ifelse(None, number) if casts else number


def _casts(value: str) -> bool:
    """Tell whether the engine itself reads a number here: it also takes ``nan`` and ``inf``."""
    try:
        float(value.strip())
    except ValueError:
        return False
    return True


def _of_kind(read: Mapping[str, tuple[Kind, float]], wanted: Kind) -> list[str]:
    return [value for value, (kind, _) in read.items() if kind is wanted]


def _rows_with(column: Any, values: list[str]) -> Any:
    return raw_words(column).isin(values) if values else None


def plan_outcome(column: Any, meaning: Column, counts: Mapping[str, int]) -> TypedColumn:
    """Plan the typed column of an outcome in words: 1 where it happened, 0 where not.

    Parameters
    ----------
    column : ibis.Column
    meaning : Column
        With `events`.
    counts : mapping of str to int
        Distinct raw values.

    Returns
    -------
    TypedColumn
        DOUBLE 0/1, NULL where empty or a missing code.
    """
    read = outcome_reader(meaning)
    codes = missing_set(meaning.missing_codes)
    empty = [value for value in counts if not tidy(value)]
    missing = [value for value in counts if tidy(value) and is_missing(tidy(value), codes)]
    happened = [value for value in counts if read(value) == 1.0]
    words = as_words(column)
    code = raw_words(column).isin(happened).ifelse(1.0, 0.0)
    unknown = words.isnull() | raw_words(column).isin([*empty, *missing])
    return TypedColumn(unknown.ifelse(None, code), missing=_rows_with(column, missing))


def outcome_reader(meaning: Column) -> Callable[[str], float | None]:
    """Give what reads an outcome in words: 1 where it happened, 0 where not, None for no answer."""
    codes = missing_set(meaning.missing_codes)
    events = {tidy(event) for event in meaning.events} | {
        tidy(code) for code, label in meaning.labels.items() if label in meaning.events
    }

    def read(value: str) -> float | None:
        words = tidy(value)
        if not words or is_missing(words, codes):
            return None
        return 1.0 if _happened(words, events) else 0.0

    return read


def _happened(words: str, events: set[str]) -> bool:
    number = plain_number(words)
    return words in events or (
        number is not None and any(number == plain_number(event) for event in events)
    )
