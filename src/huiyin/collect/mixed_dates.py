"""Columns whose dates are written in several ways: a note, for each way may be read otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiyin.collect.files.table import Cells
from huiyin.core.text import Text, listed

_WAYS: dict[str, re.Pattern[str]] = {
    "2024-01-31": re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ T].*)?"),
    "2024/01/31": re.compile(r"\d{4}/\d{1,2}/\d{1,2}( .*)?"),
    "31/01/2024": re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}( .*)?"),
    "2024年1月31日": re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.*"),
    "20240131": re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])"),
    "45322": re.compile(r"[2-5]\d{4}(\.\d+)?"),
}
"""One example of each way to its pattern; the last is Excel's serial number (1954 to 2064)."""

_SERIAL = "45322"
_LEAST_SHARE = 0.8


def mixed_dates_notes(names: Sequence[str], rows: Sequence[Cells], place: str) -> tuple[Text, ...]:
    """Note each column whose first rows hold dates in more than one way.

    Parameters
    ----------
    names : sequence of str
        Column names.
    rows : sequence of tuple of (str or None)
        First data rows.
    place : str
        File and sheet, for the sentence.
    """
    notes = []
    for position, name in enumerate(names):
        cells = [c.strip() for row in rows if position < len(row) and (c := row[position])]
        if len(ways := ways_of_dates(cells)) > 1:
            notes.append(_NOTE.format(place=place, name=name, ways=listed(ways)))
    return tuple(notes)


_NOTE = Text(
    "{place}：“{name}”列的日期有几种写法（如 {ways}），逐个识别；请核对日月先后。",
    "{place}: dates in “{name}” are written in several ways (such as {ways}) and read one by one; "
    "check which comes first, day or month.",
)


def ways_of_dates(cells: Sequence[str]) -> tuple[str, ...]:
    """Name the ways in which a column's dates are written; none where it holds other things.

    Examples
    --------
    >>> ways_of_dates(["2024-01-31", "31/01/2024", "45322"])
    ('2024-01-31', '31/01/2024', '45322')
    """
    if sum(cell[:1].isdigit() for cell in cells) < _LEAST_SHARE * len(cells):
        return ()
    found = [
        next((way for way, pattern in _WAYS.items() if pattern.fullmatch(cell)), None)
        for cell in cells
    ]
    dated = [way for way in found if way is not None]
    if len(dated) < _LEAST_SHARE * len(cells) or set(dated) <= {_SERIAL}:
        return ()
    return tuple(way for way in _WAYS if way in dated)


def is_serial_date(cell: str) -> bool:
    """Tell whether a value can be a date as Excel counts it: ``45322``."""
    return _WAYS[_SERIAL].fullmatch(cell.strip()) is not None


def fits_both_orders(cells: Sequence[str]) -> bool:
    """Tell whether dates like 05/06/2024 stand among the values and none tells day from month.

    Examples
    --------
    >>> fits_both_orders(["05/06/2024", "07/08/2024"])
    True
    >>> fits_both_orders(["05/06/2024", "13/06/2024"])
    False
    """
    found = [match for cell in cells if (match := _TWO_NUMBERS.fullmatch(cell.strip()))]
    pairs = [(int(match[1]), int(match[2])) for match in found]
    differ = any(first != second for first, second in pairs)
    return differ and all(max(pair) <= _MONTHS for pair in pairs)


_TWO_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})( .*)?")
_MONTHS = 12
