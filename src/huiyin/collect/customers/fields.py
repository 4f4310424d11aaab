"""Contact fields as they come in: the newest value of each, sealed for its customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from huiyin.collect.customers.boxes import Box, Boxes
from huiyin.collect.customers.contracts import Consent
from huiyin.collect.customers.keys import WORDS
from huiyin.core.ids import new_ids
from huiyin.store.bulk import insert_columns, rows_with
from huiyin.store.tables import Customer, CustomerField, Dataset
from huiyin.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Given:
    """The newest values of contact fields of some customers, by column.

    Attributes
    ----------
    customers : list of str
    values : mapping of str to list
        Field → value of each customer, None where there is none.
    known : mapping of str to list
        Field → ``kind:value`` in the form that is compared; None for mere words.
    """

    customers: list[str]
    values: Mapping[str, list[str | None]]
    known: Mapping[str, list[str | None]]


@dataclass(frozen=True, slots=True)
class _Change:
    """A field's values that are not kept yet, or differ from what is kept (`row_id`)."""

    row_ids: list[str | None]
    customers: list[str]
    sealed: list[bytes]
    hidden: list[bytes]


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

    def do_keep(self, work: UnitOfWork, given: Given) -> None:
        """Keep values of contact fields; those that are kept already cost nothing.

        Parameters
        ----------
        work : UnitOfWork
        given : Given
        """
        kept = self._kept(work.session, given.customers)
        boxes = self._boxes(work.session, given.customers)
        for field in given.values:
            change = self._changed(field, given, kept, boxes)
            self._do_add(work, field, change)
            self._do_replace(work, change)

    def _changed(
        self,
        field: str,
        given: Given,
        kept: Mapping[tuple[str, str], tuple[str, bytes | None]],
        boxes: Mapping[str, Box],
    ) -> _Change:
        change = _Change([], [], [], [])
        rows = zip(given.customers, given.values[field], given.known[field], strict=True)
        for customer, value, known in rows:
            if value is None or customer not in boxes:
                continue
            hidden = self.blind(known or f"{WORDS}:{value}")
            row_id, was = kept.get((customer, field), (None, None))
            if was != hidden:
                change.row_ids.append(row_id)
                change.customers.append(customer)
                change.sealed.append(boxes[customer].close(field, value))
                change.hidden.append(hidden)
        return change

    def _do_add(self, work: UnitOfWork, field: str, change: _Change) -> None:
        new = [i for i, row_id in enumerate(change.row_ids) if row_id is None]
        if not new:
            return
        columns = {
            "id": new_ids(len(new)),
            "customer_id": [change.customers[i] for i in new],
            "field": field,
            "dataset_id": self.dataset.id,
            "ciphertext": [change.sealed[i] for i in new],
            "blind_index": [change.hidden[i] for i in new],
            "purpose": self.dataset.purpose,
            "consent": Consent.UNKNOWN.value,
            "collected_at": work.now,
        }
        insert_columns(work.session, CustomerField, columns)

    @staticmethod
    def _do_replace(work: UnitOfWork, change: _Change) -> None:
        for row_id, sealed, hidden in zip(
            change.row_ids, change.sealed, change.hidden, strict=True
        ):
            if row_id is not None:
                work.session.execute(
                    update(CustomerField)
                    .where(CustomerField.id == row_id)
                    .values(ciphertext=sealed, blind_index=hidden, collected_at=work.now)
                )

    def _kept(
        self, session: Session, customers: Sequence[str]
    ) -> Mapping[tuple[str, str], tuple[str, bytes | None]]:
        columns = [CustomerField.id, CustomerField.customer_id, CustomerField.field,
                   CustomerField.blind_index]  # fmt: skip
        own = CustomerField.dataset_id == self.dataset.id
        rows = rows_with(session, columns, CustomerField.customer_id, customers, own)
        return {(row[1], row[2]): (row[0], row[3] and bytes(row[3])) for row in rows}

    def _boxes(self, session: Session, customers: Sequence[str]) -> Mapping[str, Box]:
        columns = [Customer.id, Customer.wrapped_key]
        there = Customer.wrapped_key.is_not(None)
        rows = rows_with(session, columns, Customer.id, customers, there)
        return {row[0]: self.boxes.of(row[0], bytes(row[1])) for row in rows}
