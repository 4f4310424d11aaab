"""Periods named by today become days."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.analyse.views.contracts import Period
from huiyin.analyse.views.definition import Question

_DAY = timedelta(days=1)
_DECEMBER = 12


def days_of(period: Period, today: date) -> tuple[date | None, date | None]:
    """Give the first and the last day of a period, both included.

    A running period ends today; “last” ones are whole and over. Weeks begin on Monday.

    Examples
    --------
    >>> days_of(Period.LAST_MONTH, date(2026, 3, 5))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    if period is Period.ALL:
        return None, None
    if period in _ROLLING:
        return today - timedelta(days=_ROLLING[period] - 1), today
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return {
        Period.THIS_WEEK: (monday, today),
        Period.LAST_WEEK: (monday - 7 * _DAY, monday - _DAY),
        Period.THIS_MONTH: (month, today),
        Period.LAST_MONTH: (_months_before(month, 1), month - _DAY),
        Period.LAST_3_MONTHS: (_months_before(month, 3), month - _DAY),
        Period.LAST_12_MONTHS: (_months_before(month, 12), month - _DAY),
        Period.THIS_QUARTER: (quarter, today),
        Period.LAST_QUARTER: (_months_before(quarter, 3), quarter - _DAY),
        Period.THIS_YEAR: (date(today.year, 1, 1), today),
        Period.LAST_YEAR: (date(today.year - 1, 1, 1), date(today.year - 1, _DECEMBER, 31)),
    }[period]


_ROLLING = {Period.LAST_7_DAYS: 7, Period.LAST_30_DAYS: 30}


def _months_before(first: date, months: int) -> date:
    place = first.year * _DECEMBER + first.month - 1 - months
    return date(place // _DECEMBER, place % _DECEMBER + 1, 1)


def on_day(question: Question, today: date) -> Question:
    """Put days in place of a period named by today.

    Parameters
    ----------
    question : Question
    today : date
        In the company's zone.

    Returns
    -------
    Question
        Without `period`; days that are written out stay as they are where none is named.
    """
    if question.period is None:
        return question
    since, until = days_of(question.period, today)
    days = {"since": since and since.isoformat(), "until": until and until.isoformat()}
    return question.model_copy(update={"period": None, **days})
