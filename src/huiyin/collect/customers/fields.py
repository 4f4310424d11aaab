"""Contact fields as they come in: the newest value of each, sealed for its customer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from huiyin.collect.customers.boxes import Boxes
from huiyin.collect.customers.contracts import Consent
from huiyin.collect.customers.keys import WORDS
from huiyin.core.ids import new_id
from huiyin.store.bulk import insert_rows, rows_with
from huiyin.store.tables import Customer, CustomerField, Dataset
from huiyin.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Given:
    """One value that a customer gave.

    Attributes
    ----------
    customer_id, field, value : str
    known : str or None
        ``kind:value`` in the form that is compared; None for mere words.
    """

    customer_id: str
    field: str
    value: str
    known: str | None

    @property
    def compared(self) -> str:
        """Give what its blind index is made of."""
        return self.known or f"{WORDS}:{self.value}"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the contact fields of one dataset.

    Attributes
    ----------
    dataset : Dataset
    boxes : Boxes
    blind : callable
        As `blind_indexer` gives it.
    """

    dataset: Dataset
    boxes: Boxes
    blind: Callable[[str], bytes]

    def changed(
        self, session: Session, given: Sequence[Given]
    ) -> tuple[list[tuple[Given, bytes]], list[tuple[str, Given, bytes]]]:
        """Give what is new, and what differs from what is kept, with their blind indexes."""
        kept = self._kept(session, [one.customer_id for one in given])
        new, other = [], []
        for one in given:
            index = self.blind(one.compared)
            known = kept.get((one.customer_id, one.field))
            if known is None:
                new.append((one, index))
            elif known[1] != index:
                other.append((known[0], one, index))
        return new, other

    def do_keep(self, work: UnitOfWork, given: Sequence[Given]) -> None:
        """Keep values of contact fields; those that are kept already cost nothing.

        Parameters
        ----------
        work : UnitOfWork
        given : sequence of Given
            Customers of one batch; a field comes once for each.
        """
        new, other = self.changed(work.session, given)
        sealed = self._sealer(work.session, [*(one for one, _ in new), *(o[1] for o in other)])
        columns = ("id", "customer_id", "field", "dataset_id", "ciphertext", "blind_index",
                   "purpose", "consent", "collected_at")  # fmt: skip
        rows = (
            (new_id(), one.customer_id, one.field, self.dataset.id, sealed(one), index,
             self.dataset.purpose, Consent.UNKNOWN.value, work.now)
            for one, index in new
            if one.customer_id in sealed.boxes
        )  # fmt: skip
        insert_rows(work.session, CustomerField, columns, rows)
        for key, one, index in other:
            work.session.execute(
                update(CustomerField)
                .where(CustomerField.id == key)
                .values(ciphertext=sealed(one), blind_index=index, collected_at=work.now)
            )

    def _kept(
        self, session: Session, customers: Sequence[str]
    ) -> Mapping[tuple[str, str], tuple[str, bytes | None]]:
        columns = [CustomerField.id, CustomerField.customer_id, CustomerField.field,
                   CustomerField.blind_index]  # fmt: skip
        rows = rows_with(
            session,
            columns,
            CustomerField.customer_id,
            list(dict.fromkeys(customers)),
            CustomerField.dataset_id == self.dataset.id,
        )
        return {(row[1], row[2]): (row[0], row[3] and bytes(row[3])) for row in rows}

    def _sealer(self, session: Session, given: Sequence[Given]) -> _Sealer:
        customers = list(dict.fromkeys(one.customer_id for one in given))
        keys = rows_with(
            session,
            [Customer.id, Customer.wrapped_key],
            Customer.id,
            customers,
            Customer.wrapped_key.is_not(None),
        )
        return _Sealer({row[0]: self.boxes.of(row[0], bytes(row[1])) for row in keys})


@dataclass(frozen=True, slots=True)
class _Sealer:
    boxes: Mapping[str, Any]

    def __call__(self, one: Given) -> bytes:
        sealed: bytes = self.boxes[one.customer_id].close(one.field, one.value)
        return sealed


def given_in(batch: Mapping[str, Sequence[Any]], fields: Sequence[str]) -> Iterator[Given]:
    """Give the values of a batch of customers.

    Parameters
    ----------
    batch : mapping of str to sequence
        ``customer`` and, by position, ``value_i`` and ``known_i`` of each field.
    fields : sequence of str
    """
    customers = batch["customer"]
    for number, field in enumerate(fields):
        pairs = zip(customers, batch[f"value_{number}"], batch[f"known_{number}"], strict=True)
        for customer, value, known in pairs:
            if value is not None:
                yield Given(customer, field, value, known)
