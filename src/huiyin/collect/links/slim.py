"""The few columns that linking needs: row number, key, moment; the same for both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Role
from huiyin.collect.links.columns import kept_column
from huiyin.collect.links.contracts import Link, ModelError, Parent, Side, Window
from huiyin.core.text import Text
from huiyin.engine.columns import as_words
from huiyin.engine.contracts import FLAGS_COLUMN
from huiyin.engine.duck import Engine
from huiyin.engine.functions import between_zones
from huiyin.engine.startup import import_ibis

N = "_n"
"""BIGINT, number of a row among the files of a version: unique, the same at every reading."""
KEY = "_key"
MOMENT = "_t"
"""BIGINT, seconds or days since 1970 in the base's zone."""
DAY_SECONDS = 86_400
_FILE_BITS = 40
_BETWEEN_KEYS = "\x1f"
_BAD_KEY = Text(
    "列“{column}”（{name}）不能当关联键：评分、时间、原话和多选题都不行。请用客户、订单、工单这样的编号列。",
    "Column “{column}” of “{name}” cannot be a key: no rating, moment, comment or multiple "
    "choice can. Use a number of customers, orders or tickets.",
)
_NO_TIME = Text(
    "“{name}”没有可用的时间列，设不了时间范围。请指定一列时间，或去掉时间范围。",
    "“{name}” has no column of moments for the time window: name one, or leave the window out.",
)
_NOT_A_TIME = Text(
    "列“{column}”（{name}）不是时间。", "Column “{column}” of “{name}” holds no moments."
)


def numbered_rows(engine: Engine, parent: Parent) -> Any:
    """Give the rows of a version with `N`."""
    ibis = import_ibis()
    files = parent.snapshot.files
    table = engine.read_parquet(files, row_numbers=True)
    place = ibis.literal(0, "int64")
    if len(files) > 1:
        pairs = [(str(file), ibis.literal(i, "int64")) for i, file in enumerate(files)]
        place = table.filename.cases(*pairs, else_=0)
    number = place * (1 << _FILE_BITS) + table.file_row_number
    return table.mutate(**{N: number.cast("int64")}).drop("file_row_number", "filename")


def usable_rows(rows: Any, parent: Parent) -> Any:
    """Leave out the rows that cleaning leaves out of every number."""
    excluded = sum(1 << i for i, flag in enumerate(parent.snapshot.legend) if flag.excludes)
    return rows.filter((rows[FLAGS_COLUMN] & excluded) == 0) if excluded else rows


def key_words(rows: Any, parent: Parent, names: Sequence[str]) -> Any:
    """Give the key of each row as words; NULL where a part is missing.

    Numbers and words meet: 1001 and “1001” are the same key.

    Raises
    ------
    UnknownColumnError, ModelError
        A column is not there or can be no key.
    """
    parts = [_key_part(rows, parent, name) for name in names]
    return reduce(lambda one, other: one + _BETWEEN_KEYS + other, parts)


def _key_part(rows: Any, parent: Parent, name: str) -> Any:
    column = kept_column(parent.snapshot.codebook, name)
    refused = column.role in RATING_ROLES | {Role.TEXT} or name not in rows.columns
    kind = None if refused else rows[name].type()
    if kind is None or not (kind.is_string() or kind.is_numeric() or kind.is_boolean()):
        raise ModelError(_BAD_KEY.format(column=name, name=parent.name))
    return as_words(rows[name])


@dataclass(frozen=True, slots=True)
class Clock:
    """How the moments of two datasets are compared.

    Attributes
    ----------
    base, other : str
        Their columns.
    by_day : bool
        One of them knows only dates.
    other_zone : str or None
        Where the other's clock shows another zone's time.
    """

    base: str
    other: str
    zone: str
    by_day: bool
    other_zone: str | None = None

    @property
    def unit(self) -> int:
        """Give how many units a day has."""
        return 1 if self.by_day else DAY_SECONDS

    def moment(self, column: Any, *, other: bool) -> Any:
        """Give a column of moments as whole days or seconds."""
        if other and self.other_zone is not None:
            column = between_zones(column, self.other_zone, self.zone)
        seconds = column.epoch_seconds().cast("int64")
        return (seconds // DAY_SECONDS).cast("int64") if self.by_day else seconds

    def of(self, moment: datetime) -> int:
        """Give a wall-clock moment likewise."""
        seconds = (moment - datetime(1970, 1, 1)) // timedelta(seconds=1)  # noqa: DTZ001 -- wall clock
        return seconds // DAY_SECONDS if self.by_day else seconds

    def said(self, moment: int | None) -> str | None:
        """Give one of our moments as words."""
        if moment is None:
            return None
        at = datetime(1970, 1, 1) + timedelta(seconds=moment * DAY_SECONDS // self.unit)  # noqa: DTZ001 -- wall clock
        return at.strftime("%Y-%m-%d" if self.by_day else "%Y-%m-%d %H:%M:%S")


def find_clock(engine: Engine, base: Parent, other: Parent, window: Window) -> Clock:
    """Say which columns of moments are compared, and how finely.

    Raises
    ------
    ModelError, UnknownColumnError
        There is no such column.
    """
    names = [
        _time_column(parent, named)
        for parent, named in ((base, window.base_time), (other, window.other_time))
    ]
    with_clock = [
        _has_clock(engine, parent, name) for parent, name in zip((base, other), names, strict=True)
    ]
    zones = base.snapshot.zone, other.snapshot.zone
    other_zone = zones[1] if with_clock[1] and zones[0] != zones[1] else None
    return Clock(names[0], names[1], zones[0], not all(with_clock), other_zone)


def _time_column(parent: Parent, named: str | None) -> str:
    book: Codebook = parent.snapshot.codebook
    column = book[named] if named is not None else book.first(Role.TIME)
    if column is None:
        raise ModelError(_NO_TIME.format(name=parent.name))
    return column.name


def _has_clock(engine: Engine, parent: Parent, name: str) -> bool:
    rows = engine.read_parquet(parent.snapshot.files)
    if name not in rows.columns or not rows[name].type().is_timestamp():
        raise ModelError(_NOT_A_TIME.format(column=name, name=parent.name))
    found = engine.run((rows[name] != rows[name].truncate("D")).any()).column(0)[0].as_py()
    return bool(found)


@dataclass(frozen=True, slots=True)
class Covered:
    """The span in which the other dataset is complete; None where it has no moments."""

    since: int | None
    until: int | None

    def covers(self, moment: Any, window: Window, clock: Clock) -> Any:
        """Tell whether the window of a base row lies inside."""
        if self.since is None or self.until is None or window.days is None:
            return import_ibis().literal(self.until is not None)
        length = window.days * clock.unit
        inside = import_ibis().literal(True)  # noqa: FBT003
        if window.side is not Side.BEFORE:
            inside &= moment + length <= self.until
        if window.side is not Side.AFTER:
            inside &= moment - length >= self.since
        return inside


def find_covered(engine: Engine, rows: Any, link: Link, clock: Clock, now: datetime) -> Covered:
    """Find from when until when the other dataset is complete.

    Parameters
    ----------
    engine : Engine
    rows : ibis.Table
        All its rows, with `MOMENT`.
    link : Link
    clock : Clock
    now : datetime
        Wall-clock time in the base's zone: rows dated later say nothing.
    """
    bounds = rows.filter(rows[MOMENT] <= clock.of(now))[MOMENT]
    found = engine.run(bounds.as_table().agg(low=bounds.min(), high=bounds.max())).to_pylist()[0]
    low, high = found["low"], found["high"]
    if low is None:
        return Covered(None, None)
    if link.window is not None and link.window.until is not None:
        day = datetime.combine(link.window.until, datetime.min.time())
        high = clock.of(day + timedelta(days=1) - timedelta(seconds=1))
    return Covered(low // clock.unit * clock.unit, high)


def write_slim(engine: Engine, rows: Any, path: Path) -> Any:
    """Write the few columns down, so that they are read once and in order; gives them back."""
    engine.write_parquet(rows, path)
    return engine.read_parquet([path])
