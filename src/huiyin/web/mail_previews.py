"""A message as one customer would get it: the same words as are sent, with a link of nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from huiyin.collect.customers.keys import MAIL, PHONE
from huiyin.collect.customers.reading import find_customers, mask_value
from huiyin.collect.sending.addresses import fetch_reach
from huiyin.collect.sending.contracts import Channel, Plan, Reason, SendingError
from huiyin.collect.sending.going_out import Letter
from huiyin.collect.sending.mails import Sheet, compose_mail, compose_text
from huiyin.collect.sending.planning import Candidate, judge
from huiyin.collect.sending.transport import MAIL_SETTING, MailSettings, fetch_transport
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.reading import definition_of, fetch_survey, fetch_version
from huiyin.core.text import Text
from huiyin.people.settings import fetch_setting
from huiyin.web.audiences import find_candidates

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.people.contracts import Person
    from huiyin.web.system import System

_TOKEN = "preview"  # noqa: S105 -- opens nothing
_NO_SENDER = MailSettings(host="none", from_address="nobody@localhost")
_NOBODY = Text(
    "名单里没有这位客户；编号、手机号、邮箱都可以填。",
    "The audience has no such customer: give a number, telephone or mail address.",
)


@dataclass(frozen=True, slots=True)
class MessagePreview:
    """What would go out to whom; `reason` where nothing would.

    Attributes
    ----------
    customer_id : str or None
        None: of nobody, with no facts.
    to : str
        Masked.
    sender : str or None
        None as long as there is no mail server.
    subject, html : str or None
        Of mails only.
    text : str
    reason : Reason or None
    """

    customer_id: str | None
    to: str
    sender: str | None
    subject: str | None
    html: str | None
    text: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which message to show: to whom (None: the first of the audience), a reminder or not."""

    customer: str | None = None
    reminder: bool = False


def preview_message(
    session: Session, system: System, person: Person, survey_id: str, plan: Plan, wanted: Wanted
) -> MessagePreview:
    """Set the message of a plan for one customer of its audience, as this person sees it.

    Parameters
    ----------
    session : Session
    system : System
    person : Person
    survey_id : str
    plan : Plan
    wanted : Wanted

    Raises
    ------
    SendingError, QueryError
        The customer is not in the audience; a condition does not fit.
    """
    one = _chosen(session, system, person, plan, wanted.customer)
    survey = fetch_survey(session, survey_id)
    document = (
        fetch_version(session, survey_id, survey.version).document if survey.version else None
    )
    definition = definition_of(document or survey.draft)
    facts = dict(one.fields) if one else {}
    letter = Letter("preview", "", _TOKEN, facts, int(wanted.reminder), system.clock())
    to, reason = _reached(session, system, plan, one)
    said = _said(session, definition, plan, letter, address_of(session))
    return MessagePreview(one.customer_id if one else None, to, reason=reason, **said)


def _chosen(
    session: Session, system: System, person: Person, plan: Plan, customer: str | None
) -> Candidate | None:
    if plan.audience is None:
        return None
    everybody = find_candidates(session, system, person, plan)
    if not customer:
        return everybody[0] if everybody else None
    known = set(find_customers(session, system.key, customer))
    found = next((one for one in everybody if one.customer_id in known), None)
    if found is None:
        raise SendingError(_NOBODY)
    return found


def _reached(
    session: Session, system: System, plan: Plan, one: Candidate | None
) -> tuple[str, Reason | None]:
    if one is None:
        return "", None
    reach = fetch_reach(session, system.key, [one.customer_id], plan)[one.customer_id]
    kind = PHONE if plan.channel is Channel.SMS else MAIL
    ((_, reason),) = judge(session, system.key, None, plan, [one])
    return mask_value(kind, reach.address) if reach.address else "", reason


def address_of(session: Session) -> str:
    """Give the address of this installation seen from outside; a stand-in until it is set."""
    return str(fetch_setting(session, "public_address")).rstrip("/") or "https://…"


def _said(
    session: Session, definition: Definition, plan: Plan, letter: Letter, address: str
) -> dict[str, Any]:
    language, link = plan.language or definition.languages[0], f"{address}/i/{letter.token}"
    nothing = dict.fromkeys(("sender", "subject", "html"))
    if plan.channel is Channel.LINK:
        return nothing | {"text": link}
    if plan.channel is Channel.SMS:
        return nothing | {"text": compose_text(definition, plan.message, letter, link, language)}
    return _mail(session, Sheet(definition, plan.message, _NO_SENDER, address, language), letter)


def _mail(session: Session, sheet: Sheet, letter: Letter) -> dict[str, Any]:
    kept = fetch_transport(session, MAIL_SETTING).settings
    sender = MailSettings.model_validate(kept) if kept else None
    now, to = datetime.now(UTC), replace(letter, address="preview@localhost")
    mail = compose_mail(replace(sheet, settings=sender or _NO_SENDER), to, now)
    plain, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    return {
        "sender": str(mail["From"]) if sender else None,
        "subject": str(mail["Subject"]),
        "html": page.get_content() if page else None,
        "text": plain.get_content() if plain else "",
    }
