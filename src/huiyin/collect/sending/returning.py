"""Mails that come back are looked for in a mailbox, every few minutes, once one is set."""

from __future__ import annotations

from huiyin.collect.sending.contracts import BOUNCE_JOB
from huiyin.store.jobs.schedules import next_run
from huiyin.store.tables import Schedule
from huiyin.store.unit_of_work import UnitOfWork

EVERY = "*/5 * * * *"
_ZONE = "Asia/Shanghai"


def do_plan_bounces(work: UnitOfWork, *, on: bool) -> None:
    """Have the mailbox read every few minutes from now on, or no more."""
    known = work.session.get(Schedule, BOUNCE_JOB)
    if known is not None:
        known.enabled = on
    elif on:
        due = next_run(EVERY, _ZONE, work.now)
        work.session.add(
            Schedule(
                id=BOUNCE_JOB,
                kind=BOUNCE_JOB,
                payload={},
                cron=EVERY,
                zone=_ZONE,
                next_run_at=due,
            )
        )
        work.session.flush()
