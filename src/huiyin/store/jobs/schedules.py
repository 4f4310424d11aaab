"""Work that comes back: cron words in a zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from croniter import croniter
from sqlalchemy import select

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.store.tables.operations import Schedule
from huiyin.store.unit_of_work import UnitOfWork


class BadScheduleError(BadInputError):
    """The cron words cannot be understood."""

    def __init__(self, words: str) -> None:
        super().__init__(
            Text(
                "看不懂计划时间“{words}”。请写五段 cron，如 0 8 * * 1（每周一 8 点）。",
                "The schedule “{words}” is not understood: give five cron fields, "
                "say 0 8 * * 1 (Mondays at 8).",
            ).format(words=words)
        )


def next_run(cron: str, zone: str, after: datetime) -> datetime:
    """Give the next moment after `after`, in UTC.

    Parameters
    ----------
    cron : str
        Five fields.
    zone : str
        IANA name; the fields are read on that zone's clock.
    after : datetime
        Aware.

    Raises
    ------
    BadScheduleError
        `cron` cannot be understood.
    """
    if not croniter.is_valid(cron) or len(cron.split()) != 5:  # noqa: PLR2004 -- cron's five fields
        raise BadScheduleError(cron)
    found: datetime = croniter(cron, after.astimezone(ZoneInfo(zone))).get_next(datetime)
    return found.astimezone(UTC)


def run_due_schedules(work: UnitOfWork) -> None:
    """Order one job for each schedule that is due; what was missed while down runs once."""
    due = select(Schedule).where(Schedule.enabled, Schedule.next_run_at <= work.now)
    for schedule in work.session.scalars(due.with_for_update(skip_locked=True)):
        work.enqueue(schedule.kind, schedule.payload, key=f"schedule:{schedule.id}")
        schedule.last_run_at = work.now
        schedule.next_run_at = next_run(schedule.cron, schedule.zone, work.now)
