"""Changes to customers; each is written into the audit log, without any contact data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from huiyin.collect.customers import reading
from huiyin.collect.customers.contracts import (
    CLIENT,
    ERASE_JOB,
    FIELD,
    LONGEST_TEXT,
    Consent,
    ReasonMissingError,
)
from huiyin.collect.customers.keys import surrogate_hash
from huiyin.collect.customers.orphans import do_forget_links
from huiyin.store.contracts import EditConflictError, NotFoundError
from huiyin.store.tables import (
    Client,
    Customer,
    CustomerField,
    Erasure,
)
from huiyin.store.unit_of_work import UnitOfWork


def do_note_unmasking(work: UnitOfWork, customer_id: str, fields: list[str], reason: str) -> None:
    """Write down that somebody looks at contact data, before it is shown.

    Raises
    ------
    ReasonMissingError
        No reason is given.
    NotFoundError
        There is no such customer.
    """
    why = _reason(reason)
    reading.fetch_customer(work.session, customer_id)
    work.audit("unmask", "customer", customer_id, after={"fields": fields, "reason": why})


def do_note_export(work: UnitOfWork, customer_id: str, n_rows: int) -> None:
    """Write down that a customer's own data was taken along."""
    work.audit("export", "customer", customer_id, after={"n_rows": n_rows})


def do_change_field(
    work: UnitOfWork,
    customer_id: str,
    field_id: str,
    wanted: tuple[str | None, Consent],
    was: tuple[str | None, Consent],
) -> CustomerField:
    """Set what a field may serve and what its owner said to it.

    Parameters
    ----------
    work : UnitOfWork
    customer_id, field_id : str
    wanted, was : tuple of (str or None, Consent)
        Purpose and consent: as they shall be, and as they were when the edit began.

    Raises
    ------
    NotFoundError
        There is no such field.
    EditConflictError
        Somebody changed it meanwhile.
    """
    reading.fetch_customer(work.session, customer_id)
    asked = select(CustomerField).filter_by(customer_id=customer_id)
    own = work.session.scalars(asked.with_for_update())
    by_id = {reading.field_id(one.dataset_id, one.field): one for one in own}
    row = by_id.get(field_id)
    if row is None:
        raise NotFoundError(FIELD, field_id)
    if (row.purpose, row.consent) != (was[0], was[1].value):
        raise EditConflictError(None, row.consent_at or row.collected_at)
    before = {"purpose": row.purpose, "consent": row.consent}
    if row.consent != wanted[1].value:
        row.consent_at = work.now
    row.purpose, row.consent = wanted[0], wanted[1].value
    after = {"field": row.field, "purpose": row.purpose, "consent": row.consent}
    work.audit("change", "customer", customer_id, before=before, after=after)
    return row


def do_set_client(
    work: UnitOfWork, customer_id: str, client_id: str | None, was: str | None
) -> Customer:
    """Say which client a customer belongs to; `was` is the one when the edit began.

    Raises
    ------
    NotFoundError
        There is no such customer or client.
    EditConflictError
        Somebody, or an import, changed it meanwhile.
    """
    row = reading.fetch_customer(work.session, customer_id)
    work.session.refresh(row, with_for_update=True)
    if row.client_id != was:
        raise EditConflictError(None, work.now)
    if client_id is not None:
        work.get(Client, client_id, CLIENT)
    before = {"client_id": row.client_id}
    row.client_id = client_id
    work.audit("change", "customer", customer_id, before=before, after={"client_id": client_id})
    return row


def do_order_erasure(work: UnitOfWork, customer_id: str, reason: str) -> Erasure:
    """Forget a customer: the data key and all fields at once, rows and files by a job.

    Parameters
    ----------
    work : UnitOfWork
    customer_id : str
    reason : str
        Kept with the record: it must not name the customer.

    Returns
    -------
    Erasure
        The record: a hash of the surrogate, no personal data.

    Raises
    ------
    ReasonMissingError
        No reason is given.
    NotFoundError
        There is no such customer.
    """
    why = _reason(reason)
    row = reading.fetch_customer(work.session, customer_id)
    made = Erasure(
        surrogate_hash=surrogate_hash(customer_id),
        reason=why,
        asked_by=work.actor.name,
        asked_at=work.now,
        facts={},
    )
    work.session.add(made)
    work.session.flush()
    silence(work, row)
    work.enqueue(ERASE_JOB, {"erasure_id": made.id}, key=f"erase:{made.id}")
    work.audit("erase", "erasure", made.id, after={"reason": why})
    return made


def erased_customers(session: Session) -> list[dict[str, Any]]:
    """Give the ledger of erasures, as it is carried over a restore."""
    names = [column.key for column in inspect(Erasure).columns]
    rows = session.scalars(select(Erasure).order_by(Erasure.id))
    return [{name: getattr(row, name) for name in names} for row in rows]


def do_erase_again(work: UnitOfWork, ledger: Iterable[Mapping[str, Any]]) -> None:
    """Forget again those whom an older backup brought back.

    Parameters
    ----------
    work : UnitOfWork
    ledger : iterable of mapping
        As `erased_customers` gave it before the backup was put in place.
    """
    kept_records = list(ledger)
    wanted = {kept["surrogate_hash"] for kept in kept_records}
    ids = work.session.scalars(select(Customer.id)) if wanted else ()
    back = {surrogate_hash(one): one for one in ids}
    for kept in kept_records:
        record = work.session.get(Erasure, kept["id"])
        if record is None:
            record = Erasure(**kept)
            work.session.add(record)
        surrogate = back.get(record.surrogate_hash)
        if surrogate is None:
            continue
        record.finished_at = None
        silence(work, work.session.get_one(Customer, surrogate))
        work.enqueue(ERASE_JOB, {"erasure_id": record.id}, key=f"erase:{record.id}")
        work.audit("erase again", "erasure", record.id)


def silence(work: UnitOfWork, row: Customer) -> None:
    """Destroy a customer's data key, fields and personal links; nobody finds them from now on."""
    row.wrapped_key, row.erased_at, row.attributes = None, work.now, {}
    work.session.execute(delete(CustomerField).where(CustomerField.customer_id == row.id))
    do_forget_links(work, [row.id])
    work.session.flush()


def find_surrogate(work: UnitOfWork, hashed: str) -> str | None:
    """Give the surrogate that a record of the ledger stands for, while it is still there."""
    ids = work.session.scalars(select(Customer.id).execution_options(yield_per=10_000))
    return next((one for one in ids if surrogate_hash(one) == hashed), None)


def _reason(words: str) -> str:
    plain = words.strip()[:LONGEST_TEXT]
    if not plain:
        raise ReasonMissingError
    return plain
