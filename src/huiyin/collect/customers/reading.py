"""Read customers from the store: fields as they may be shown, and who is meant by a search."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from huiyin.collect.customers.boxes import Boxes
from huiyin.collect.customers.contracts import CLIENT, CUSTOMER
from huiyin.collect.customers.keys import (
    MAIL,
    NUMBER,
    PHONE,
    WORDS,
    blind_indexer,
    known_by,
    spelled,
)
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Client, Customer, CustomerField, CustomerKey

HIDDEN = "***"
_SHOWN_OF_NUMBER = 3
_MOST_FOUND = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """One contact field of a customer, opened for those who may see it.

    Attributes
    ----------
    id, customer_id, name : str
        `id` tells it from the customer's other fields; `name` is the column that it came from.
    dataset_id : str
    kind : str
        ``phone, mail, paper`` or ``words``.
    value : str
        In clear: show `masked` unless the person may unmask.
    purpose : str or None
    consent : str
    consent_at : datetime or None
    collected_at : datetime
    """

    id: str
    customer_id: str
    name: str
    dataset_id: str
    kind: str
    value: str
    purpose: str | None
    consent: str
    consent_at: datetime | None
    collected_at: datetime

    @property
    def masked(self) -> str:
        """Give the value as everybody may see it."""
        return mask_value(self.kind, self.value)


def mask_value(kind: str, value: str) -> str:
    """Mask a contact value so that it can be told from others but not used.

    Examples
    --------
    >>> mask_value("phone", "13800138000"), mask_value("mail", "li@example.com")
    ('138****8000', 'l***@example.com')
    >>> mask_value("words", "张伟")
    '张***'
    """
    if kind == MAIL:
        name, _, place = value.partition("@")
        return f"{name[:1]}{HIDDEN}@{place}"
    if kind == PHONE:
        return f"{value[:_SHOWN_OF_NUMBER]}****{value[-4:]}"
    if kind == WORDS:
        return f"{value[:1]}{HIDDEN}"
    return f"{value[:_SHOWN_OF_NUMBER]}{HIDDEN}"


def fetch_customer(session: Session, customer_id: str) -> Customer:
    """Give a customer.

    Raises
    ------
    NotFoundError
        There is none of that id, or it was erased.
    """
    found = session.get(Customer, customer_id)
    if found is None or found.erased_at is not None:
        raise NotFoundError(CUSTOMER, customer_id)
    return found


def fetch_client(session: Session, client_id: str) -> Client:
    """Give a client.

    Raises
    ------
    NotFoundError
        There is none of that id.
    """
    found = session.get(Client, client_id)
    if found is None:
        raise NotFoundError(CLIENT, client_id)
    return found


def fetch_fields(
    session: Session, key: bytes, customers: Collection[str], datasets: Collection[str] | None
) -> dict[str, list[Field]]:
    """Open the contact fields of customers.

    Parameters
    ----------
    session : Session
    key : bytes
        The installation's key.
    customers : collection of str
        Some hundred at most.
    datasets : collection of str or None
        Only what came with these; None: whatever it came with.

    Returns
    -------
    dict of str to list of Field
        By customer; what came first stands first.

    Raises
    ------
    BoxError
        The key does not fit.
    """
    found: dict[str, list[Field]] = {one: [] for one in customers}
    asked = (
        select(CustomerField, Customer.wrapped_key)
        .join(Customer, Customer.id == CustomerField.customer_id)
        .where(
            CustomerField.customer_id.in_(list(customers)),
            true() if datasets is None else CustomerField.dataset_id.in_(list(datasets)),
            Customer.wrapped_key.is_not(None),
        )
        .order_by(CustomerField.collected_at, CustomerField.dataset_id, CustomerField.field)
    )
    boxes = Boxes(key)
    for row, wrapped in session.execute(asked):
        assert wrapped is not None  # noqa: S101 -- asked for
        value = boxes.of(row.customer_id, wrapped).open(row.field, row.ciphertext)
        found[row.customer_id].append(_field(row, value))
    return found


def field_id(dataset_id: str, name: str) -> str:
    """Name a field among those of its customer, in 32 signs that an address can hold.

    Examples
    --------
    >>> field_id("01900000-0000-7000-8000-000000000000", "手机")[:8]
    '38615c06'
    """
    return hashlib.blake2b(f"{dataset_id}|{name}".encode(), digest_size=16).hexdigest()


def _field(row: CustomerField, value: str) -> Field:
    return Field(
        id=field_id(row.dataset_id, row.field),
        customer_id=row.customer_id,
        name=row.field,
        dataset_id=row.dataset_id,
        kind=known_by(value).kind,
        value=value,
        purpose=row.purpose,
        consent=row.consent,
        consent_at=row.consent_at,
        collected_at=row.collected_at,
    )


def find_customers(session: Session, key: bytes, words: str) -> list[str]:
    """Find whom a search means: an exact telephone, mail address, number, name or surrogate.

    Parameters
    ----------
    session : Session
    key : bytes
        The installation's key.
    words : str

    Returns
    -------
    list of str
        Surrogates, at most 1,000. Whoever is being erased is nobody from the moment it was
        asked for.
    """
    plain = words.strip()
    blind = blind_indexer(key)
    known = known_by(plain)
    spellings = {spelled(known), f"{WORDS}:{plain}", f"{NUMBER}:{plain}"}
    hidden = [blind(one) for one in spellings]
    found = dict.fromkeys([*_owners(session, hidden), plain])
    asked = select(Customer.id).where(Customer.id.in_(list(found)), Customer.erased_at.is_(None))
    here = set(session.scalars(asked))
    return [one for one in found if one in here][:_MOST_FOUND]


def _owners(session: Session, hidden: Sequence[bytes]) -> Iterator[str]:
    kinds = [NUMBER, PHONE, MAIL, "paper"]
    keys = select(CustomerKey.customer_id).where(
        CustomerKey.kind.in_(kinds), CustomerKey.blind_index.in_(hidden)
    )
    yield from session.scalars(keys.limit(_MOST_FOUND))
    fields = select(CustomerField.customer_id).where(CustomerField.found_by.in_(hidden))
    yield from session.scalars(fields.limit(_MOST_FOUND))


def customers_of_client(session: Session, client_id: str) -> list[str]:
    """List the surrogates of a client's people."""
    asked = select(Customer.id).where(Customer.client_id == client_id, Customer.erased_at.is_(None))
    return list(session.scalars(asked))
