"""Who is not contacted any more: the list, unsubscribing, and mails that came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.customers.keys import (
    MAIL,
    PHONE,
    Known,
    blind_indexer,
    known_by,
    spelled,
)
from huiyin.collect.customers.reading import fetch_fields, mask_value
from huiyin.collect.sending.addresses import BY_CUSTOMER, hidden_customer
from huiyin.collect.sending.contracts import (
    LONGEST_REASON,
    Channel,
    InvitationStatus,
    SendingError,
)
from huiyin.collect.sending.going_out import locked_invitation
from huiyin.collect.sending.planning import do_cancel
from huiyin.collect.sending.tokens import token_hash
from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import DoNotContact, SurveyInvitation
from huiyin.store.unit_of_work import UnitOfWork

ENTRY = Text("免打扰名单", "do-not-contact list")
_BAD = Text("“{value}”不是手机号，也不是邮箱。", "“{value}” is neither a telephone nor an e-mail.")
LONGEST_LIST = 10_000
_SHOWN_OF_ID = 6


class Source(StrEnum):
    """Why somebody is on the list."""

    OWN = "own"
    BOUNCE = "bounce"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is put on the list, and by whose doing."""

    reason: str
    source: Source


def fetch_list(session: Session, limit: int, offset: int) -> list[DoNotContact]:
    """List who is not contacted, newest first."""
    asked = select(DoNotContact).order_by(DoNotContact.added_at.desc(), DoNotContact.id)
    return list(session.scalars(asked.limit(limit).offset(offset)))


def do_block(work: UnitOfWork, key: bytes, addresses: Sequence[str], why: Refusal) -> int:
    """Put addresses on the list; gives how many were not on it.

    Raises
    ------
    SendingError
        One is neither a telephone nor an e-mail.
    """
    blind, n_new = blind_indexer(key), 0
    for address in addresses:
        known = known_by(address)
        if known.kind not in {MAIL, PHONE}:
            raise SendingError(_BAD.format(value=address[:60]))
        hidden = blind(spelled(known))
        if work.session.scalar(select(DoNotContact.id).where(DoNotContact.blind_index == hidden)):
            continue
        n_new += 1
        shown = mask_value(known.kind, known.value)
        work.session.add(_entry(work, Known(known.kind, shown), hidden, why))
        work.session.flush()
    facts = {"n": n_new, "source": why.source}
    work.audit("block", "do_not_contact", why.source, after=facts)
    return n_new


def _entry(work: UnitOfWork, shown: Known, hidden: bytes, why: Refusal) -> DoNotContact:
    return DoNotContact(
        blind_index=hidden,
        kind=shown.kind,
        shown=shown.value,
        reason=why.reason[:LONGEST_REASON],
        source=why.source,
        added_at=work.now,
        added_by=work.actor.name or None,
    )


def do_leave_alone(work: UnitOfWork, key: bytes, customer_id: str, why: Refusal) -> None:
    """Put a customer on the list, so that one without an address is left alone, too.

    The addresses that come later are not used either.
    """
    hidden = hidden_customer(key, customer_id)
    if work.session.scalar(select(DoNotContact.id).where(DoNotContact.blind_index == hidden)):
        return
    shown = Known(BY_CUSTOMER, f"…{customer_id[-_SHOWN_OF_ID:]}")
    work.session.add(_entry(work, shown, hidden, why))
    work.session.flush()


def do_unblock(work: UnitOfWork, entry_id: str) -> None:
    """Take an address off the list.

    Raises
    ------
    NotFoundError
        It is not on it.
    """
    found = work.session.get(DoNotContact, entry_id)
    if found is None:
        raise NotFoundError(ENTRY, entry_id)
    work.audit("unblock", "do_not_contact", entry_id, before={"shown": found.shown})
    work.session.delete(found)


def do_unsubscribe(work: UnitOfWork, key: bytes, token: str) -> bool:
    """Never contact again whom a personal link was sent to; False where there is no such link."""
    asked = select(SurveyInvitation).where(SurveyInvitation.token_hash == token_hash(token))
    one = work.session.scalar(asked)
    if one is None:
        return False
    _do_block_addresses(work, key, one, Refusal("unsubscribed", Source.OWN))
    do_cancel(work, SurveyInvitation.customer_id == one.customer_id)
    return True


def do_note_bounce(
    work: UnitOfWork, key: bytes, invitation_id: str, why: str, *, hard: bool
) -> bool:
    """Note that a message came back; where the address is dead, it is not used again."""
    one = locked_invitation(work.session, invitation_id)
    if one is None:
        return False
    one.reason = why[:LONGEST_REASON]
    if one.finished_at is None:
        one.status = InvitationStatus.BOUNCED
    if hard:
        _do_block_addresses(work, key, one, Refusal(why, Source.BOUNCE))
    return True


def _do_block_addresses(work: UnitOfWork, key: bytes, one: SurveyInvitation, why: Refusal) -> None:
    kind = PHONE if one.channel == Channel.SMS else MAIL
    kinds = {kind} if why.source is Source.BOUNCE else {MAIL, PHONE}
    fields = fetch_fields(work.session, key, [one.customer_id], None)[one.customer_id]
    own = sorted({field.value for field in fields if field.kind in kinds})
    do_block(work, key, own, why)
