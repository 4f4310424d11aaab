"""Forget what was known of customers by one dataset, and those whom nothing names any more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from huiyin.store.bulk import batched, rows_with
from huiyin.store.tables import (
    Contact,
    Customer,
    CustomerField,
    CustomerKey,
    SurveyInvitation,
)
from huiyin.store.unit_of_work import UnitOfWork

_AT_ONCE = 500


def do_forget_fields(work: UnitOfWork, dataset_id: str, customers: Collection[str]) -> int:
    """Delete the fields that customers have by a dataset; gives how many customers are gone.

    A customer whom no dataset has a field of goes altogether, with key, personal links and all
    that they were known by. Somebody who is being erased is left to that job.

    Parameters
    ----------
    work : UnitOfWork
    dataset_id : str
    customers : collection of str
        Surrogates.
    """
    session = work.session
    for some in batched(sorted(customers), _AT_ONCE):
        session.execute(
            delete(CustomerField).where(
                CustomerField.dataset_id == dataset_id, CustomerField.customer_id.in_(some)
            )
        )
    column = CustomerField.customer_id
    known = {row[0] for row in rows_with(session, [column], column, sorted(customers))}
    n_gone = 0
    for some in batched(sorted({*customers} - known), _AT_ONCE):
        asked = select(Customer.id).where(Customer.id.in_(some), Customer.erased_at.is_(None))
        gone = list(session.scalars(asked))
        do_forget_links(work, gone)
        session.execute(delete(CustomerKey).where(CustomerKey.customer_id.in_(gone)))
        session.execute(delete(Customer).where(Customer.id.in_(gone)))
        n_gone += len(gone)
    return n_gone


def do_forget_links(work: UnitOfWork, customers: Collection[str]) -> None:
    """Delete the personal links of customers, and that they were contacted.

    Parameters
    ----------
    work : UnitOfWork
    customers : collection of str
        Surrogates; some hundred at most.
    """
    for table in (SurveyInvitation, Contact):
        work.session.execute(delete(table).where(table.customer_id.in_(customers)))
