"""Where the data ends before the days that are asked for: said with every answer."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.core.text import Text
from huiyin.measure.periods import Window

DATA_ENDS = Text("数据到 {day} 为止", "the data ends on {day}")
_ONE_DAY = timedelta(days=1)


def ends_before(asked: Window, last_day: date | None) -> date | None:
    """Give the last day of the data, where the days asked for go on after it.

    A window that ends a day later is let pass while it holds any day of the data: a running period
    ends today, and the answers of today are still to come.

    Parameters
    ----------
    asked : Window
    last_day : date or None
        The last day answered on; None where no row has a day.

    Returns
    -------
    date or None
        None where the data reaches as far as is asked.

    Examples
    --------
    >>> november = Window(date(2026, 11, 1), date(2026, 11, 30))
    >>> ends_before(november, date(2026, 10, 31)), ends_before(november, date(2026, 11, 29))
    (datetime.date(2026, 10, 31), None)
    """
    if last_day is None:
        return None
    begins_after = asked.since is not None and asked.since > last_day
    goes_on = asked.until is not None and asked.until > last_day + _ONE_DAY
    return last_day if begins_after or goes_on else None
