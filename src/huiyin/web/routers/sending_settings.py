"""Settings of sending: mail server, SMS gateway, contact frequency, who is left alone."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from huiyin.collect.customers.keys import MAIL, PHONE, known_by
from huiyin.collect.sending.contracts import SendingError
from huiyin.collect.sending.frequency import FrequencyRule, do_set_rule, fetch_rule
from huiyin.collect.sending.refusing import (
    LONGEST_LIST,
    Refusal,
    Source,
    do_block,
    do_unblock,
    fetch_list,
)
from huiyin.collect.sending.returning import do_plan_bounces
from huiyin.collect.sending.texting import TextMessage, send_text
from huiyin.collect.sending.transport import (
    BOUNCE_SETTING,
    MAIL_SETTING,
    SMS_SETTING,
    BounceSettings,
    KeptTransport,
    MailSettings,
    SmsSettings,
    do_set_transport,
    fetch_mail_server,
    fetch_mailbox,
    fetch_sms_gateway,
    fetch_transport,
)
from huiyin.connectors.imap import count_reports
from huiyin.connectors.smtp import MailOutcome, send_mails
from huiyin.core.text import Text
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import DoNotContact
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import LARGEST_NUMBER, SAYING_SOMETHING, Body, Revision
from huiyin.web.lists import Limit, listed

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/sending", tags=["sending"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_SETTINGS))]
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
Secret = Annotated[str | None, Field(max_length=1_000)]
_TEST = Text("回音的测试消息", "A test message of Huiyin")
_TEST_NAME = "test"
_NO_MAIL = Text("这不是邮箱地址。", "This is no mail address.")
_NO_PHONE = Text("这不是手机号。", "This is no telephone number.")


class MailBody(Revision):
    """The mail server; a password that is not given stays."""

    settings: MailSettings
    secret: Secret = None


class SmsBody(Revision):
    """The SMS gateway; a secret that is not given stays."""

    settings: SmsSettings
    secret: Secret = None


class BounceBody(Revision):
    """The mailbox of mails that come back; a password that is not given stays."""

    settings: BounceSettings
    secret: Secret = None


class RuleBody(Revision):
    """The contact-frequency rule."""

    rule: FrequencyRule


class TestBody(Body):
    """To whom a test message goes."""

    to: Annotated[str, Field(min_length=3, max_length=200)]


class BlockBody(Body):
    """Addresses that get nothing any more."""

    addresses: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Field(min_length=1, max_length=LONGEST_LIST),
    ]
    reason: Annotated[str, SAYING_SOMETHING, Field(max_length=200)]


@router.get("/mail")
def get_mail(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give the mail server; never its password."""
    return _give(system, MAIL_SETTING)


@router.put("/mail")
def put_mail(body: MailBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Set the mail server."""
    return _keep(request, person, MAIL_SETTING, body)


@router.post("/mail/test")
def post_mail_test(body: TestBody, system: TheSystem, person: Keeper) -> dict[str, Any]:
    """Send a test mail, and say what the server said."""
    if known_by(body.to).kind != MAIL:
        raise SendingError(_NO_MAIL)
    with system.database.reading() as session:
        server, settings = fetch_mail_server(session, system.key)
    mail = EmailMessage()
    mail["Subject"] = _TEST.say(person.language)
    mail["From"], mail["To"] = settings.from_address, body.to.strip()
    mail.set_content(_TEST.say(person.language))
    (outcome,) = send_mails(server, [mail])
    return _outcome_json(outcome)


@router.get("/sms")
def get_sms(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give the SMS gateway; never its secret."""
    return _give(system, SMS_SETTING)


@router.put("/sms")
def put_sms(body: SmsBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Set the SMS gateway."""
    return _keep(request, person, SMS_SETTING, body)


@router.post("/sms/test")
def post_sms_test(body: TestBody, system: TheSystem, person: Keeper) -> dict[str, Any]:
    """Send a test message, and say what the gateway said."""
    known = known_by(body.to)
    if known.kind != PHONE:
        raise SendingError(_NO_PHONE)
    with system.database.reading() as session:
        gateway, secret, private = fetch_sms_gateway(session, system.key)
    text = TextMessage(known.value, _TEST.say(person.language), _TEST_NAME)
    return _outcome_json(send_text(gateway, secret, text, allow_private=private))


@router.get("/bounces")
def get_bounces(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give the mailbox of mails that come back; never its password."""
    return _give(system, BOUNCE_SETTING)


@router.put("/bounces")
def put_bounces(body: BounceBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Set the mailbox of mails that come back; it is read every few minutes while it is on."""
    key = request.app.state.system.key
    with changing(request, person) as uow:
        do_set_transport(uow, key, BOUNCE_SETTING, body.settings, body.secret, body.revision)
        do_plan_bounces(uow, on=body.settings.on)
        return _transport_json(fetch_transport(uow.session, BOUNCE_SETTING))


@router.post("/bounces/test")
def post_bounces_test(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Look into the mailbox: how many reports of mails that came back wait there."""
    with system.database.reading() as session:
        mailbox, _settings = fetch_mailbox(session, system.key)
    return {"waiting": count_reports(mailbox)}


@router.get("/frequency")
def get_frequency(system: TheSystem, _: Sender) -> dict[str, Any]:
    """Give the contact-frequency rule of the company."""
    with system.database.reading() as session:
        rule, revision = fetch_rule(session)
    return rule.model_dump(mode="json") | {"revision": revision}


@router.put("/frequency")
def put_frequency(body: RuleBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Change the contact-frequency rule; what is planned stays."""
    with changing(request, person) as uow:
        return dict(do_set_rule(uow, body.rule, body.revision))


@router.get("/do-not-contact")
def get_blocked(
    system: TheSystem,
    _: Sender,
    limit: Limit = 100,
    cursor: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)] = 0,
) -> dict[str, Any]:
    """List who is not contacted any more, newest first; addresses are masked."""
    with system.database.reading() as session:
        rows = fetch_list(session, limit + 1, cursor)
    following = str(cursor + limit) if len(rows) > limit else None
    return listed([_blocked_json(one) for one in rows[:limit]], next_cursor=following)


@router.post("/do-not-contact", status_code=201)
def post_blocked(body: BlockBody, request: Request, person: Sender) -> dict[str, Any]:
    """Put addresses on the list; gives how many are new there."""
    key = request.app.state.system.key
    with changing(request, person) as uow:
        why = Refusal(body.reason, Source.MANUAL)
        return {"n_new": do_block(uow, key, body.addresses, why)}


@router.delete("/do-not-contact/{entry_id}", status_code=204)
def delete_blocked(entry_id: str, request: Request, person: Keeper) -> None:
    """Take an address off the list."""
    with changing(request, person) as uow:
        do_unblock(uow, entry_id)


def _give(system: System, name: str) -> dict[str, Any]:
    with system.database.reading() as session:
        return _transport_json(fetch_transport(session, name))


def _keep(request: Request, person: Person, name: str, body: MailBody | SmsBody) -> dict[str, Any]:
    key = request.app.state.system.key
    with changing(request, person) as uow:
        do_set_transport(uow, key, name, body.settings, body.secret, body.revision)
        return _transport_json(fetch_transport(uow.session, name))


def _transport_json(kept: KeptTransport) -> dict[str, Any]:
    """Give settings as pages show them: that there is a secret, never the secret."""
    return {
        "settings": kept.settings,
        "has_secret": kept.has_secret,
        "revision": kept.revision,
    }


def _outcome_json(outcome: MailOutcome) -> dict[str, Any]:
    return {"taken": outcome.taken, "why": outcome.why}


def _blocked_json(one: DoNotContact) -> dict[str, Any]:
    return {
        "id": one.id,
        "shown": one.shown,
        "kind": one.kind,
        "reason": one.reason,
        "source": one.source,
        "added_at": one.added_at.isoformat(),
        "added_by": one.added_by,
    }
