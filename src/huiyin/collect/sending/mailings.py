"""Changes to mailings: made, edited while they rest, started, paused, stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import (
    MAILING,
    PLAN_JOB,
    STANDING,
    Channel,
    MailingStatus,
    Occasion,
    Plan,
    SendingError,
    UnreadablePlanError,
)
from huiyin.collect.sending.planning import do_cancel
from huiyin.collect.surveys.changes import LinkKind, Status, do_open_link
from huiyin.collect.surveys.contracts import SURVEY
from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.jobs.schedules import next_run
from huiyin.store.tables import Dataset, Job, Mailing, Schedule, Survey, SurveyInvitation
from huiyin.store.unit_of_work import UnitOfWork

_LINKS = {
    Channel.MAIL: LinkKind.MAIL,
    Channel.SMS: LinkKind.SMS,
    Channel.LINK: LinkKind.LINK,
}
PERSONAL = "personal"
"""Option of a link that personal links stand behind: it opens nothing by its own code."""
_RUNS = Text("这次发送已经开始，先暂停再改。", "It is under way: pause it before you change it.")
_OVER = Text("这次发送已经停止，请另建一次。", "It was stopped: make another one.")
_CLOSED = Text("问卷没有在收答卷，先发布。", "The questionnaire takes no answers now.")
_STANDING = Text(
    "网页组件和电话代填在各自的地方设置。", "Widgets and telephone calls are set up elsewhere."
)
_CHANNEL = Text(
    "渠道定了就不能改，请另建一次发送。", "The channel cannot be changed: make another mailing."
)


def fetch_mailing(session: Session, survey_id: str, mailing_id: str) -> Mailing:
    """Give a mailing of a questionnaire.

    Raises
    ------
    NotFoundError
        There is none.
    """
    found = session.get(Mailing, mailing_id)
    if found is None or found.survey_id != survey_id or _stands(found):
        raise NotFoundError(MAILING, mailing_id)
    return found


def _stands(mailing: Mailing) -> bool:
    """Look at what is kept as it is: a plan that cannot be read is listed, and can be stopped."""
    return isinstance(mailing.plan, Mapping) and mailing.plan.get("channel") in STANDING


def fetch_mailings(session: Session, survey_id: str) -> list[Mailing]:
    """List the mailings of a questionnaire, newest first."""
    asked = select(Mailing).where(Mailing.survey_id == survey_id)
    found = session.scalars(asked.order_by(Mailing.created_at.desc(), Mailing.id))
    return [one for one in found if not _stands(one)]


def fetch_running(session: Session) -> list[Mailing]:
    """List the mailings that are under way, of every questionnaire."""
    running = select(Mailing).where(Mailing.status == MailingStatus.RUNNING)
    return list(session.scalars(running.order_by(Mailing.id)))


def fetch_next_wave(session: Session, mailing: Mailing, plan: Plan) -> datetime | None:
    """Say when a mailing in waves begins its next one, on its own clock; None: it does not.

    Returns
    -------
    datetime or None
        In the zone of the mailing.
    """
    if plan.rule.on is not Occasion.WAVE or mailing.status != MailingStatus.RUNNING:
        return None
    schedule = session.get(Schedule, mailing.id)
    if schedule is None:
        return None
    return schedule.next_run_at.astimezone(ZoneInfo(plan.window.zone))


def has_new_rows(session: Session, mailing: Mailing, plan: Plan) -> bool:
    """Tell whether a mailing invites by rows, and its dataset has a version not looked at yet."""
    if plan.rule.on is not Occasion.ROWS or plan.audience is None:
        return False
    dataset = session.get(Dataset, plan.audience.dataset_id)
    return dataset is not None and dataset.current_version not in {None, mailing.cursor}


def plan_of(mailing: Mailing) -> Plan:
    """Read the plan of a mailing; it was checked when it was kept.

    Raises
    ------
    UnreadablePlanError
        This build knows no such plan: another one kept it, or it was spoilt.
    """
    try:
        return Plan.model_validate(mailing.plan)
    except ValidationError as fault:
        raise UnreadablePlanError(mailing.name) from fault


def do_note_looked_at(work: UnitOfWork, mailing_id: str, version: int | None) -> None:
    """Note which version's rows were looked at: no edit, so that nobody's own runs into it."""
    work.session.execute(update(Mailing).where(Mailing.id == mailing_id).values(cursor=version))


def do_create_mailing(work: UnitOfWork, survey_id: str, name: str, plan: Plan) -> Mailing:
    """Make a mailing that sends nothing yet.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    SendingError
        By this channel nothing is sent.
    """
    work.get(Survey, survey_id, SURVEY)
    if plan.channel in STANDING:
        raise SendingError(_STANDING)
    link = do_open_link(work, survey_id, _LINKS[plan.channel], name, options={PERSONAL: True})
    made = Mailing(
        survey_id=survey_id,
        link_id=link.id,
        name=name.strip(),
        status=MailingStatus.DRAFT,
        plan=document_of(plan),
    )
    work.session.add(made)
    work.session.flush()
    work.audit("create", "mailing", made.id, after={"survey": survey_id, "name": made.name})
    return made


def document_of(plan: Plan) -> dict[str, Any]:
    """Give a plan as it is kept: JSON, without what goes without saying."""
    return plan.model_dump(mode="json", exclude_defaults=True)


def do_save_mailing(
    work: UnitOfWork, mailing: Mailing, revision: int, name: str, plan: Plan
) -> Mailing:
    """Change a mailing that is not under way; whoever is invited already stays so.

    Raises
    ------
    EditConflictError
        Somebody changed it meanwhile.
    SendingError
        It is under way or over, or another channel is asked for.
    """
    work.guard(mailing, revision)
    _refuse(mailing, {MailingStatus.RUNNING: _RUNS, MailingStatus.STOPPED: _OVER})
    if plan.channel != plan_of(mailing).channel:
        raise SendingError(_CHANNEL)
    mailing.name, mailing.plan = name.strip(), document_of(plan)
    work.audit("save", "mailing", mailing.id, after={"name": mailing.name})
    return mailing


def do_start(work: UnitOfWork, mailing: Mailing, revision: int) -> Mailing:
    """Begin to send, or go on.

    Raises
    ------
    EditConflictError
        Somebody changed it meanwhile.
    SendingError
        It is over, its plan cannot be read, or the questionnaire takes no answers.
    BadScheduleError
        The schedule of its waves cannot be understood.
    """
    work.guard(mailing, revision)
    _refuse(mailing, {MailingStatus.STOPPED: _OVER})
    survey = work.get(Survey, mailing.survey_id, SURVEY)
    if survey.status != Status.OPEN or survey.archived_at is not None:
        raise SendingError(_CLOSED)
    plan = plan_of(mailing)
    mailing.status, mailing.staff_id = MailingStatus.RUNNING, work.actor.staff_id
    mailing.planned_at = mailing.planned_at or work.now
    if plan.rule.on is Occasion.WAVE:
        _do_schedule(work, mailing, plan)
    elif plan.rule.on is not Occasion.EVENT:
        if plan.rule.on is Occasion.ONCE:
            mailing.cursor = None
        work.enqueue(PLAN_JOB, {"mailing_id": mailing.id}, key=plan_key(mailing.id))
    work.audit("start", "mailing", mailing.id, after={"name": mailing.name})
    return mailing


def plan_key(mailing_id: str) -> str:
    """Give the key under which a mailing is planned once at a time."""
    return f"plan mailing:{mailing_id}"


def send_key(mailing_id: str) -> str:
    """Give the key under which a mailing is sent once at a time."""
    return f"send mailing:{mailing_id}"


def fetch_held_up(session: Session, mailing: Mailing) -> dict[str, str] | None:
    """Say why nothing of a mailing goes out, where the last try failed (no mail server, say).

    Returns
    -------
    dict or None
        The sentence of the fault; None where it rests or all goes well.
    """
    if mailing.status != MailingStatus.RUNNING:
        return None
    keys = (send_key(mailing.id), plan_key(mailing.id))
    asked = select(Job.error).where(Job.key.in_(keys), Job.status != JobStatus.DONE)
    faults = [one for one in session.scalars(asked.order_by(Job.created_at.desc())) if one]
    return dict(faults[0]["sentence"]) if faults else None


def do_pause(work: UnitOfWork, mailing: Mailing, revision: int) -> Mailing:
    """Send nothing for now; whoever is planned waits."""
    work.guard(mailing, revision)
    _refuse(mailing, {MailingStatus.STOPPED: _OVER})
    mailing.status = MailingStatus.PAUSED
    _do_unschedule(work, mailing)
    work.audit("pause", "mailing", mailing.id)
    return mailing


def do_stop(work: UnitOfWork, mailing: Mailing, revision: int) -> Mailing:
    """End it: who waits gets nothing, and does not count as contacted; links sent go on."""
    work.guard(mailing, revision)
    mailing.status = MailingStatus.STOPPED
    _do_unschedule(work, mailing)
    n_cancelled = do_cancel(work, SurveyInvitation.mailing_id == mailing.id)
    work.audit("stop", "mailing", mailing.id, after={"cancelled": n_cancelled})
    return mailing


def _refuse(mailing: Mailing, sentences: Mapping[MailingStatus, Text]) -> None:
    sentence = sentences.get(MailingStatus(mailing.status))
    if sentence is not None:
        raise SendingError(sentence)


def _do_schedule(work: UnitOfWork, mailing: Mailing, plan: Plan) -> None:
    cron, zone = plan.rule.cron or "", plan.window.zone
    _do_unschedule(work, mailing)
    work.session.add(
        Schedule(
            id=mailing.id,
            kind=PLAN_JOB,
            payload={"mailing_id": mailing.id},
            cron=cron,
            zone=zone,
            next_run_at=next_run(cron, zone, work.now),
        )
    )


def _do_unschedule(work: UnitOfWork, mailing: Mailing) -> None:
    found = work.session.get(Schedule, mailing.id)
    if found is not None:
        work.session.delete(found)
        work.session.flush()
