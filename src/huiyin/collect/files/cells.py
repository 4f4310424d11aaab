"""A cell of a workbook as the shortest text that says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

MAX_EXACT = 1e15
"""Whole numbers below it are written with all their digits."""
NUL = "\0"
"""Some writers of .xls leave a NUL behind every letter; Excel shows none."""
_SECONDS_A_MINUTE = 60
_SECONDS_AN_HOUR = 3600


def cell_text(cell: Any) -> str | None:
    """Say a cell's value in the shortest text: ``5``, ``4.5``, ``2026-01-31 09:05:00``.

    Parameters
    ----------
    cell : object
        As calamine gives it: str, float, bool, date, datetime, time or timedelta.

    Returns
    -------
    str or None
        None for an empty cell or an Excel error.

    Examples
    --------
    >>> cell_text(5.0), cell_text(4.5), cell_text(True), cell_text("")
    ('5', '4.5', 'TRUE', None)
    """
    if isinstance(cell, str):
        return cell.replace(NUL, "") or None
    write = _WRITERS.get(type(cell))
    return write(cell) if write else str(cell)


def number_text(cell: float) -> str:
    """Say a number: whole ones without a point."""
    return str(int(cell)) if cell.is_integer() and abs(cell) < MAX_EXACT else repr(cell)


def _duration_text(span: dt.timedelta) -> str:
    seconds = round(span.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, rest = divmod(seconds, _SECONDS_A_MINUTE)
    return f"{sign}{seconds // _SECONDS_AN_HOUR:02d}:{minutes % 60:02d}:{rest:02d}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: number_text,
    dt.datetime: lambda cell: cell.isoformat(sep=" "),
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: _duration_text,
}
