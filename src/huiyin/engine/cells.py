"""Single values read as `typed` reads whole columns, for rows that come in a few at a time.

Planning a table costs the same for three rows as for a million. Where what a column means is said
and nothing is guessed from its values, each can be read by itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from huiyin.codebook.contracts import (
    NUMBER_ROLES,
    RATING_ROLES,
    TIME_ROLES,
    Column,
    Role,
    Scale,
)
from huiyin.engine.arrays import BLANKS
from huiyin.engine.choices import NOT_ASKED, WRITTEN_IN
from huiyin.engine.levels import Kind, LevelReader, outcome_reader, plain_number

if TYPE_CHECKING:
    import pyarrow as pa

Read = Callable[[str], object]
_TOGETHER = frozenset({Role.AMOUNT, Role.COST})
"""Money is read by the form that a whole column has."""


class NotByItselfError(ValueError):
    """A value that only its whole column tells how to read."""


def cell_reader(column: Column, zone: str) -> Read | None:
    """Give what reads single values of a column.

    Parameters
    ----------
    column : Column
        With what it means: scale, labels, separator.
    zone : str
        Moments are told as wall-clock time in it.

    Returns
    -------
    callable or None
        Raw words → what `write_typed` makes of them, None for no answer; raises
        `NotByItselfError`. None where a value of this column cannot be read by itself at all.
    """
    if column.role in _TOGETHER or column.role is Role.IGNORE or column.option is not None:
        return None
    if column.role in RATING_ROLES:
        return _levels(column)
    if column.role is Role.OUTCOME and column.events:
        return outcome_reader(column)
    if column.role in TIME_ROLES:
        return _moments(ZoneInfo(zone))
    if column.role in NUMBER_ROLES:
        return None if column.missing_codes else _number
    return _choices(column) if column.role is Role.CHOICE_SET else _words(column)


def cell_type(column: Column) -> pa.DataType:
    """Give the type that a column has which is read value by value, as `write_typed` types it."""
    import pyarrow as pa

    if column.role in TIME_ROLES:
        return pa.timestamp("us")
    if column.role in RATING_ROLES | NUMBER_ROLES:
        return pa.float64()
    return pa.list_(pa.string()) if column.role is Role.CHOICE_SET else pa.string()


def _levels(column: Column) -> Read:
    reader = LevelReader(column.scale or Scale(-math.inf, math.inf), column.missing_codes)

    def read(value: str) -> float | None:
        kind, code = reader.read(value)
        return code if kind is Kind.CODE else None

    return read


def _moments(zone: ZoneInfo) -> Read:
    def read(value: str) -> datetime | None:
        if not value.strip(BLANKS):
            return None
        try:
            moment = datetime.fromisoformat(value.strip(BLANKS))
        except ValueError as fault:
            raise NotByItselfError(value) from fault
        return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment

    return read


def _number(value: str) -> float | None:
    words = value.strip(BLANKS)
    number = plain_number(words)
    if words and number is None:
        raise NotByItselfError(value)
    return number


def _choices(column: Column) -> Read | None:
    if not column.separator:
        return None
    absent = {code.lower() for code in (*NOT_ASKED, *column.missing_codes)}
    separator, labels = column.separator, dict(column.labels)

    def read(value: str) -> list[str] | None:
        words = value.strip(BLANKS)
        if not words or words.lower() in absent:
            return None
        parts = (part.strip() for part in re.sub(WRITTEN_IN, "", words).split(separator))
        return [labels.get(part, part) for part in parts if part]

    return read


def _words(column: Column) -> Read:
    missing, labels = frozenset(column.missing_codes), dict(column.labels)

    def read(value: str) -> str | None:
        words = value.strip(BLANKS)
        return None if not words or words in missing else labels.get(words, words)

    return read
