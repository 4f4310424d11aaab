"""Where a customer can be reached: the newest address of a kind that may be used for a purpose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from huiyin.collect.customers.contracts import Consent
from huiyin.collect.customers.keys import (
    MAIL,
    PHONE,
    Known,
    blind_indexer,
    known_by,
    spelled,
)
from huiyin.collect.customers.reading import Field, fetch_fields
from huiyin.collect.sending.contracts import Channel, Plan, Reason
from huiyin.store.bulk import rows_with
from huiyin.store.tables import DoNotContact

BY_CUSTOMER = "customer"
"""The kind of an entry of the do-not-contact list that names a customer, not an address."""
_KINDS = {Channel.MAIL: MAIL, Channel.SMS: PHONE}
_ATOM = r"(?!=\?)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAILABLE = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""A dot-atom of RFC 5322, no encoded word. In a head anything else may name other people."""
_REFUSED = frozenset({Consent.REFUSED, Consent.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Reach:
    """The address that a customer is reached at; None with the reason where there is none."""

    address: str | None
    reason: Reason | None = None


def fetch_reach(
    session: Session, key: bytes, customers: Collection[str], plan: Plan
) -> dict[str, Reach]:
    """Find how customers are reached by the channel of a plan, for its purpose.

    Parameters
    ----------
    session : Session
    key : bytes
        The installation's key.
    customers : collection of str
        Some hundred at most.
    plan : Plan
        Personal links that nobody is sent (``link``) need no address, but no refusal either.

    Returns
    -------
    dict of str to Reach
        Of every customer asked for.
    """
    fields = fetch_fields(session, key, customers, None)
    blocked = _blocked(session, key, [one for some in fields.values() for one in some])
    alone = _left_alone(session, key, customers)
    refused = Reach(None, Reason.DO_NOT_CONTACT)
    return {
        customer: refused if customer in alone else _reach(some, plan, blocked)
        for customer, some in fields.items()
    }


def _reach(fields: Iterable[Field], plan: Plan, blocked: Collection[str]) -> Reach:
    kind = _KINDS.get(plan.channel)
    own = sorted(fields, key=lambda one: one.collected_at, reverse=True)
    if kind is not None:
        own = [one for one in own if one.kind == kind]
        if not own:
            return Reach(None, Reason.NO_ADDRESS)
    if any(one.value in blocked for one in own):
        return Reach(None, Reason.DO_NOT_CONTACT)
    willing = [one for one in own if _may(one, plan)]
    if not willing and (own or plan.needs_consent):
        return Reach(None, Reason.NO_CONSENT)
    if kind is None:
        return Reach("")
    usable = [one for one in willing if kind != MAIL or _MAILABLE.fullmatch(one.value.strip())]
    return Reach(usable[0].value.strip()) if usable else Reach(None, Reason.NO_ADDRESS)


def _may(field: Field, plan: Plan) -> bool:
    if field.consent in _REFUSED:
        return False
    if field.purpose and plan.purpose and field.purpose != plan.purpose:
        return False
    return field.consent == Consent.GIVEN or not plan.needs_consent


def _blocked(session: Session, key: bytes, fields: Iterable[Field]) -> set[str]:
    hidden = hidden_addresses(key, (one.value for one in fields))
    found = rows_with(session, [DoNotContact.blind_index], DoNotContact.blind_index, list(hidden))
    return {value for row in found for value in hidden[bytes(row[0])]}


def hidden_customer(key: bytes, customer_id: str) -> bytes:
    """Give the blind index of a customer who is left alone, whatever their addresses."""
    return blind_indexer(key)(spelled(Known(BY_CUSTOMER, customer_id)))


def _left_alone(session: Session, key: bytes, customers: Collection[str]) -> set[str]:
    hidden = {hidden_customer(key, one): one for one in customers}
    found = rows_with(session, [DoNotContact.blind_index], DoNotContact.blind_index, list(hidden))
    return {hidden[bytes(row[0])] for row in found}


def hidden_addresses(key: bytes, values: Iterable[str]) -> Mapping[bytes, list[str]]:
    """Give the values behind each blind index."""
    blind, found = blind_indexer(key), dict[bytes, list[str]]()
    for value in dict.fromkeys(values):
        found.setdefault(blind(spelled(known_by(value))), []).append(value)
    return found
