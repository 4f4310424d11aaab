"""Moments of a row, and how far the data reaches: what is not over by then is open."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import TIME_ROLES, Role
from huiyin.engine.contracts import ANSWERED_ON_COLUMN

if TYPE_CHECKING:
    from huiyin.measure.dataset import Dataset

HAPPENED_ROLES = TIME_ROLES - {Role.PROMISED}
"""Moments that lie behind: the latest of them is how far the data reaches."""


def reaches_until(dataset: Dataset) -> datetime:
    """Give the latest moment in the data: what happened later is not known.

    It is a fact of the rows, not of the day it is asked on, so that a result can be re-run.
    """
    if dataset.base is not None:
        return reaches_until(dataset.base)

    def find() -> str:
        rows = dataset.rows
        names = [c.name for c in dataset.codebook.with_role(*HAPPENED_ROLES)]
        latest = {f"m{i}": moment(rows, n).max() for i, n in enumerate(names) if n in rows.columns}
        latest["day"] = rows[ANSWERED_ON_COLUMN].cast("timestamp").max()
        found = dataset.engine.run(rows.aggregate(**latest)).to_pylist()[0]
        known = [one for one in found.values() if one is not None]
        last: datetime = max(known, default=datetime.combine(datetime.min.date(), time()))  # noqa: DTZ901 -- local
        return last.isoformat()

    return datetime.fromisoformat(dataset.told("reaches until", find))


def first_and_last_day(dataset: Dataset) -> tuple[date, date] | None:
    """Give the first and last day answered on; None for undated rows."""

    def find() -> tuple[date, date] | None:
        if dataset.cube is not None:
            dataset.cube.load(dataset, ())
            days = dataset.cube.day_values
            return (days[0], days[-1]) if days else None
        day = dataset.rows[ANSWERED_ON_COLUMN]
        found = dataset.engine.run(dataset.rows.aggregate(first=day.min(), last=day.max()))
        first, last = found["first"][0].as_py(), found["last"][0].as_py()
        return (first, last) if first else None

    return dataset.fact("days", find)


def moment(rows: Any, name: str) -> Any:
    """Give a column of moments as timestamps."""
    return rows[name].cast("timestamp")


def literal(at: datetime) -> Any:
    """Give a moment for a plan."""
    import ibis

    return ibis.literal(at, type="timestamp")


def due(promised: Any) -> Any:
    """Give the last second that keeps a promise: a promise of a day holds until its end."""
    import ibis

    end = promised + ibis.interval(days=1) - ibis.interval(seconds=1)
    return ibis.ifelse(promised == promised.truncate("D"), end, promised)
