"""Working time: hours of working days of the calendar of the State Council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from huiyin.core.text import Text
from huiyin.measure.contracts import QueryError

HOUR = 3_600
NO_CALENDAR = Text(
    "工作日历没有 {year} 年的节假日，算不了工作时间；请改用自然时间的指标",
    "The calendar of working days does not hold {year}; ask for the metric in natural time",
)
_MANY_DAYS = 40_000


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """From when to when is worked on a working day, in hours of the local clock.

    `daily`: every day is a working day.
    """

    opens: int = 9
    closes: int = 18
    daily: bool = False

    @property
    def seconds(self) -> int:
        """Seconds of a working day."""
        return (self.closes - self.opens) * HOUR


HOUSE_HOURS = WorkingHours()


def is_working_day(day: date, hours: WorkingHours = HOUSE_HOURS) -> bool:
    """Tell whether a day is worked: shifted weekends are, holidays are not.

    Raises
    ------
    QueryError
        The calendar of that year is not published, or not known.
    """
    if hours.daily:
        return True
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError as error:
        raise QueryError(NO_CALENDAR.format(year=day.year)) from error


def working_seconds(start: datetime, end: datetime, hours: WorkingHours = HOUSE_HOURS) -> float:
    """Give the working seconds between two local moments; negative the other way round.

    Examples
    --------
    >>> friday, monday = datetime(2026, 6, 5, 17), datetime(2026, 6, 8, 10)
    >>> working_seconds(friday, monday) / HOUR
    2.0
    """
    return _worked_until(end, start, hours) - _worked_until(start, start, hours)


def _worked_until(at: datetime, origin: datetime, hours: WorkingHours) -> float:
    days = (at.date() - origin.date()).days
    step = 1 if days >= 0 else -1
    whole = sum(
        is_working_day(origin.date() + timedelta(days=n if step > 0 else -n - 1), hours)
        for n in range(abs(days))
    )
    clock = (at - datetime.combine(at.date(), datetime.min.time())).total_seconds()
    today = min(max(clock - hours.opens * HOUR, 0.0), float(hours.seconds))
    return step * whole * hours.seconds + today * is_working_day(at.date(), hours)


def calendar_rows(
    first: date, last: date, hours: WorkingHours = HOUSE_HOURS
) -> dict[str, list[Any]]:
    """Give every day with whether it is worked, and how many working days lie before it."""
    days = [first + timedelta(days=n) for n in range(min((last - first).days, _MANY_DAYS) + 1)]
    worked = [is_working_day(day, hours) for day in days]
    before = [0]
    for one in worked:
        before.append(before[-1] + one)
    return {"day": days, "worked": worked, "before": before[:-1]}


def put_worked(
    rows: Any, calendar: Any, ends: tuple[Any, Any], name: str, hours: WorkingHours = HOUSE_HOURS
) -> Any:
    """Put the working seconds between two moments beside each row.

    Parameters
    ----------
    rows : ibis.Table
    calendar : ibis.Table
        From `calendar_rows`.
    ends : (ibis column, ibis column)
        Start and end, as timestamps of the local clock.
    name : str
        Of the new column; NULL where a moment is missing.
    """
    columns, worked = tuple(rows.columns), []
    for i, at in enumerate(ends):
        days = calendar.rename({f"_{part}{i}": part for part in ("day", "worked", "before")})
        rows = rows.mutate(**{f"_at{i}": at})
        rows = rows.left_join(days, rows[f"_at{i}"].cast("date") == days[f"_day{i}"])
        clock = rows[f"_at{i}"].epoch_seconds() - rows[f"_day{i}"].cast("timestamp").epoch_seconds()
        today = (clock.cast("float64") - hours.opens * HOUR).clip(0.0, float(hours.seconds))
        whole = rows[f"_before{i}"].cast("float64") * float(hours.seconds)
        worked.append(whole + today * rows[f"_worked{i}"].cast("float64"))
    return rows.select(*columns, **{name: worked[1] - worked[0]})
