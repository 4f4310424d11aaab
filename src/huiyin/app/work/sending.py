"""Mailings at work: planned from their audience, sent within their window, reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from huiyin.app.work.sweeping import failed_lately
from huiyin.collect.sending.contracts import (
    PLAN_JOB,
    SEND_JOB,
    Channel,
    MailingStatus,
    Plan,
    SendingError,
    UnreadablePlanError,
)
from huiyin.collect.sending.going_out import (
    INTERRUPTED,
    Letter,
    do_note_failed,
    do_note_sent,
    do_release_interrupted,
    do_take,
    fetch_due,
    is_busy,
)
from huiyin.collect.sending.mailings import (
    do_note_looked_at,
    fetch_running,
    has_new_rows,
    plan_key,
    plan_of,
    send_key,
)
from huiyin.collect.sending.mails import Sheet, compose_mail, compose_text, message_name
from huiyin.collect.sending.planning import AT_ONCE, Candidate, do_plan_invitations
from huiyin.collect.sending.refusing import do_note_bounce
from huiyin.collect.sending.texting import TextMessage, send_text
from huiyin.collect.sending.transport import fetch_mail_server, fetch_sms_gateway
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.reading import definition_of, fetch_version
from huiyin.connectors.contracts import OutgoingError
from huiyin.connectors.smtp import MailOutcome, send_mails
from huiyin.core.clock import Clock
from huiyin.core.text import Text
from huiyin.people.settings import fetch_setting
from huiyin.store.bulk import batched
from huiyin.store.contracts import Actor, StoreError
from huiyin.store.tables import Dataset, Mailing, Survey
from huiyin.store.unit_of_work import unit_of_work
from huiyin.web.audiences import candidates_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

log = structlog.get_logger()
PLANNING = Text("挑选客户", "choosing customers")
SENDING = Text("发送", "sending")
_HELD_UP = "held up"
_NO_ADDRESS = Text(
    "还没有设置对外网址，链接发不出去。请管理员在设置里填写。",
    "The address seen from outside is not set, so links cannot go out: an administrator sets it.",
)


def plan_mailing(system: System, context: JobContext) -> dict[str, Any]:
    """Invite whom the rule of a mailing means now; safe to run twice."""
    mailing_id = context.payload["mailing_id"]
    with system.database.reading() as session:
        mailing = session.get(Mailing, mailing_id)
        if mailing is None or mailing.status != MailingStatus.RUNNING:
            return {"mailing_id": mailing_id, "planned": 0}
        plan = plan_of(mailing)
        everybody, left_out = candidates_of(session, system, mailing, plan, system.clock())
        version = _version(session, plan)
    counts: Counter[str] = Counter(left_out)
    for some in batched(everybody, AT_ONCE):
        context.check_cancelled()
        counts += _plan_some(system, context, mailing_id, plan, some)
        context.progress(PLANNING, counts.total(), len(everybody))
    with context.uow() as work:
        do_note_looked_at(work, mailing_id, version)
    return {"mailing_id": mailing_id, "candidates": len(everybody), **counts}


def _version(session: Session, plan: Plan) -> int | None:
    found = session.get(Dataset, plan.audience.dataset_id) if plan.audience else None
    return found.current_version if found else None


def _plan_some(
    system: System, context: JobContext, mailing_id: str, plan: Plan, some: Sequence[Candidate]
) -> Counter[str]:
    with context.uow() as work:
        mailing = work.session.get_one(Mailing, mailing_id)
        if mailing.status != MailingStatus.RUNNING:
            return Counter()
        return do_plan_invitations(work, system.key, mailing, plan, some)


def send_mailing(system: System, context: JobContext) -> dict[str, Any]:
    """Send what is due of a mailing, some at a time, until nothing is; safe to run twice."""
    mailing_id, counts = context.payload["mailing_id"], Counter[str]()
    with context.uow() as work:
        mailing = work.session.get_one(Mailing, mailing_id)
        do_release_interrupted(work, mailing, plan_of(mailing))
    while True:
        context.check_cancelled()
        with context.uow() as work:
            mailing = work.session.get_one(Mailing, mailing_id)
            plan = plan_of(mailing)
            sender = _Sender.of(work.session, system, mailing, plan)
            due = fetch_due(work.session, mailing, plan, work.now)
        if not due:
            return {"mailing_id": mailing_id, **counts}
        counts += _send_some(context, sender, due)
        context.progress(SENDING, counts.total(), counts.total() + 1)


def _send_some(context: JobContext, sender: _Sender, due: Sequence[str]) -> Counter[str]:
    """Send and note each; where the server is not there, none is taken but the one under way."""
    counts: Counter[str] = Counter()
    letters = _Taken(context, sender, due)
    try:
        with closing(sender.send(letters)) as outcomes:
            for outcome in outcomes:
                letters.note(outcome)
                counts["sent" if outcome.taken else "failed"] += 1
    except OutgoingError as fault:
        letters.note(MailOutcome(taken=False, why=str(fault)))
        raise
    return counts


@dataclass(slots=True)
class _Taken:
    """Letters, each taken right before it is handed over, and noted before the next one is."""

    context: JobContext
    sender: _Sender
    due: Sequence[str]
    under_way: Letter | None = None

    def __iter__(self) -> Iterator[Letter]:
        for invitation_id in self.due:
            with self.context.uow() as work:
                letter = do_take(work, self.sender.key, self.sender.plan, invitation_id)
            if letter is None:
                continue
            self.under_way = letter
            if self.sender.clock() - letter.taken_at < INTERRUPTED:
                yield letter
            else:  # held up as it was committed
                self.note(MailOutcome(taken=False, why=_HELD_UP))

    def note(self, outcome: MailOutcome) -> None:
        """Note what became of the letter under way, where there is one."""
        letter, self.under_way = self.under_way, None
        if letter is not None:
            _note(self.sender.key, self.context, letter, outcome)


def _note(key: bytes, context: JobContext, letter: Letter, outcome: MailOutcome) -> None:
    with context.uow() as work:
        if outcome.taken:
            do_note_sent(work, letter.invitation_id)
        else:
            do_note_failed(work, letter, outcome.why, for_good=outcome.for_good)
        if outcome.dead_address:
            do_note_bounce(work, key, letter.invitation_id, outcome.why, hard=True)


@dataclass(frozen=True, slots=True)
class _Sender:
    """Sends the letters of one mailing by its channel."""

    plan: Plan
    definition: Definition
    address: str
    language: str
    transport: Any
    key: bytes
    clock: Clock

    @classmethod
    def of(cls, session: Session, system: System, mailing: Mailing, plan: Plan) -> _Sender:
        """Read what is needed.

        Raises
        ------
        SendingError
            A setting is missing.
        """
        address = str(fetch_setting(session, "public_address")).rstrip("/")
        if not address:
            raise SendingError(_NO_ADDRESS)
        survey = session.get_one(Survey, mailing.survey_id)
        version = fetch_version(session, survey.id, survey.version or 0)
        definition = definition_of(version.document)
        language = plan.language or definition.languages[0]
        fetch = fetch_mail_server if plan.channel is Channel.MAIL else fetch_sms_gateway
        transport = fetch(session, system.key)
        return cls(plan, definition, address, language, transport, system.key, system.clock)

    def send(self, letters: Iterable[Letter]) -> Generator[MailOutcome, None, None]:
        """Send letters in order; gives what became of each."""
        if self.plan.channel is Channel.MAIL:
            server, settings = self.transport
            sheet = Sheet(self.definition, self.plan.message, settings, self.address, self.language)
            mails = (compose_mail(sheet, one, self.clock()) for one in letters)
            yield from send_mails(server, mails)
            return
        gateway, secret, private = self.transport
        for one in letters:
            link = f"{self.address}/i/{one.token}"
            words = compose_text(self.definition, self.plan.message, one, link, self.language)
            text = TextMessage(one.address, words, message_name(one))
            yield send_text(gateway, secret, text, allow_private=private)


def order_sends(system: System) -> int:
    """Order what mailings have to do: to send what is due, to look at new rows; gives how much.

    What failed for good a moment ago (no mail server is set, say) waits a minute.
    """
    try:
        with system.database.reading() as session:
            now = system.clock()
            jobs = [job for one in fetch_running(session) for job in _due(session, one, now)]
            jobs = [one for one in jobs if not failed_lately(session, one[2], now)]
        if not jobs:
            return 0
        with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
            for kind, mailing_id, key in jobs:
                work.enqueue(kind, {"mailing_id": mailing_id}, key=key)
    except (StoreError, SQLAlchemyError) as fault:
        log.warning("sending_not_ordered", kind=type(fault).__name__)
        return 0
    return len(jobs)


def _due(session: Session, mailing: Mailing, now: datetime) -> list[tuple[str, str, str]]:
    """Give the jobs that a running mailing needs; one that cannot be read is named in the log."""
    try:
        plan = plan_of(mailing)
    except UnreadablePlanError:
        log.warning("mailing_not_read", mailing=mailing.id, survey=mailing.survey_id)
        return []
    jobs = [(SEND_JOB, mailing.id, send_key(mailing.id))] if is_busy(session, mailing, now) else []
    if has_new_rows(session, mailing, plan):
        jobs.append((PLAN_JOB, mailing.id, plan_key(mailing.id)))
    return jobs
