"""Contact fields as they come in: the newest value of each, sealed for its customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class _Change(NamedTuple):
    """A value that is not kept yet, or differs from what is kept (`row_id`)."""

    hidden: bytes
    customer: str
    value: str
    row_id: str | None


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

    def do_keep(self, work: UnitOfWork, given: Given, new: Mapping[str, Box]) -> None:
        """Keep values of contact fields; those that are kept already cost nothing.

        Parameters
        ----------
        work : UnitOfWork
        given : Given
        new : mapping of str to Box
            Customers of whom nothing is kept yet, with their boxes.
        """
        there = [one for one in given.customers if one not in new]
        kept = self._kept(work.session, there) if there else {}
        changes = {name: self._changed(name, given, kept) for name in given.values}
        boxes = {**new, **self._boxes(work.session, changes, new)}
        for name, changed in changes.items():
            # In the order of the blind index, which is swept once then.
            known = sorted(one for one in changed if one.customer in boxes)
            self._do_add(work, name, [one for one in known if one.row_id is None], boxes)
            self._do_replace(work, name, [one for one in known if one.row_id], boxes)

    def _changed(
        self,
        field: str,
        given: Given,
        kept: Mapping[tuple[str, str], tuple[str, bytes | None]],
    ) -> list[_Change]:
        changes: list[_Change] = []
        rows = zip(given.customers, given.values[field], given.known[field], strict=True)
        for customer, value, known in rows:
            if value is None:
                continue
            hidden = self.blind(known or f"{WORDS}:{value}")
            row_id, was = kept.get((customer, field), (None, None))
            if was != hidden:
                changes.append(_Change(hidden, customer, value, row_id))
        return changes

    def _do_add(
        self, work: UnitOfWork, field: str, new: Sequence[_Change], boxes: Mapping[str, Box]
    ) -> None:
        if not new:
            return
        columns = {
            "id": new_ids(len(new)),
            "customer_id": [one.customer for one in new],
            "field": field,
            "dataset_id": self.dataset.id,
            "ciphertext": [boxes[one.customer].close(field, one.value) for one in new],
            "blind_index": [one.hidden for one in new],
            "purpose": self.dataset.purpose,
            "consent": Consent.UNKNOWN.value,
            "collected_at": work.now,
        }
        insert_columns(work.session, CustomerField, columns)

    @staticmethod
    def _do_replace(
        work: UnitOfWork, field: str, changed: Sequence[_Change], boxes: Mapping[str, Box]
    ) -> None:
        for one in changed:
            sealed = boxes[one.customer].close(field, one.value)
            work.session.execute(
                update(CustomerField)
                .where(CustomerField.id == one.row_id)
                .values(ciphertext=sealed, blind_index=one.hidden, collected_at=work.now)
            )

    def _kept(
        self, session: Session, customers: Sequence[str]
    ) -> Mapping[tuple[str, str], tuple[str, bytes | None]]:
        columns = [CustomerField.id, CustomerField.customer_id, CustomerField.field,
                   CustomerField.blind_index]  # fmt: skip
        own = CustomerField.dataset_id == self.dataset.id
        rows = rows_with(session, columns, CustomerField.customer_id, customers, own)
        return {(row[1], row[2]): (row[0], row[3] and bytes(row[3])) for row in rows}

    def _boxes(
        self,
        session: Session,
        changes: Mapping[str, Sequence[_Change]],
        new: Mapping[str, Box],
    ) -> Mapping[str, Box]:
        """Open the boxes of known customers with something new; those without a key are erased."""
        wanted = {one.customer for some in changes.values() for one in some} - new.keys()
        columns = [Customer.id, Customer.wrapped_key]
        there = Customer.wrapped_key.is_not(None)
        rows = rows_with(session, columns, Customer.id, sorted(wanted), there)
        return {row[0]: self.boxes.of(row[0], bytes(row[1])) for row in rows}
