"""Contact fields as they come in: the newest value of each, sealed for its customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from huiyin.collect.customers.boxes import Box, Boxes, nonces
from huiyin.collect.customers.contracts import Consent
from huiyin.collect.customers.keys import WORDS
from huiyin.store.bulk import insert_columns, rows_with
from huiyin.store.tables import Customer, CustomerField, CustomerKey, Dataset
from huiyin.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Given:
    """The newest values of contact fields of some customers, by column.

    Attributes
    ----------
    customers : list of str
        Sorted.
    are_new : list of bool
    values : mapping of str to list
        Field → value of each customer, None where there is none.
    known : mapping of str to list
        Field → ``kind:value`` in the form that is compared; None for mere words.
    """

    customers: list[str]
    are_new: list[bool]
    values: Mapping[str, list[str | None]]
    known: Mapping[str, list[str | None]]


class _Change(NamedTuple):
    """A value that is not kept yet, or differs from what is kept (`is_there`)."""

    customer: str
    value: str
    hidden: bytes
    is_there: bool


OwnKeys = set[tuple[str, bytes]]
"""Customers, and what finds them by a key already."""


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

    def do_keep(
        self, work: UnitOfWork, given: Given, new: Mapping[str, Box], keys: OwnKeys
    ) -> None:
        """Keep values of contact fields; those that are kept already cost nothing.

        Parameters
        ----------
        work : UnitOfWork
        given : Given
        new : mapping of str to Box
            Customers of whom nothing is kept yet, with their boxes.
        keys : set of (str, bytes)
            Those of the new customers; of others at least those that are new.
        """
        there = [one for one in given.customers if one not in new]
        kept = self._kept(work.session, there) if there else {}
        changes = {name: self._changed(name, given, kept) for name in given.values}
        known = sorted({one.customer for some in changes.values() for one in some} - new.keys())
        boxes = {**new, **self._boxes(work.session, known)}
        keys = keys | self._keys(work.session, known)
        for name, changed in changes.items():
            alive = [one for one in changed if one.customer in boxes]
            self._do_add(work, name, [one for one in alive if not one.is_there], boxes, keys)
            self._do_replace(work, name, [one for one in alive if one.is_there], boxes, keys)

    def _changed(
        self, field: str, given: Given, kept: Mapping[tuple[str, str], bytes]
    ) -> list[_Change]:
        changes: list[_Change] = []
        rows = zip(given.customers, given.values[field], given.known[field], strict=True)
        for customer, value, known in rows:
            if value is None:
                continue
            hidden = self.blind(known or f"{WORDS}:{value}")
            was = kept.get((customer, field)) if kept else None
            if was != hidden:
                changes.append(_Change(customer, value, hidden, was is not None))
        return changes

    def _do_add(
        self,
        work: UnitOfWork,
        field: str,
        new: Sequence[_Change],
        boxes: Mapping[str, Box],
        keys: OwnKeys,
    ) -> None:
        if not new:
            return
        sealed = [
            boxes[one.customer].close(field, one.value, nonce)
            for one, nonce in zip(new, nonces(len(new)), strict=True)
        ]
        columns = {
            "customer_id": [one.customer for one in new],
            "dataset_id": self.dataset.id,
            "field": field,
            "ciphertext": sealed,
            "blind_index": [one.hidden for one in new],
            "found_by": [_found_by(one, keys) for one in new],
            "purpose": self.dataset.purpose,
            "consent": Consent.UNKNOWN.value,
            "collected_at": work.now,
        }
        insert_columns(work.session, CustomerField, columns)

    def _do_replace(
        self,
        work: UnitOfWork,
        field: str,
        changed: Sequence[_Change],
        boxes: Mapping[str, Box],
        keys: OwnKeys,
    ) -> None:
        for one in changed:
            row = work.session.get_one(CustomerField, (one.customer, self.dataset.id, field))
            row.ciphertext = boxes[one.customer].close(field, one.value)
            row.blind_index, row.found_by = one.hidden, _found_by(one, keys)
            row.collected_at = work.now

    def _kept(self, session: Session, customers: Sequence[str]) -> Mapping[tuple[str, str], bytes]:
        columns = [CustomerField.customer_id, CustomerField.field, CustomerField.blind_index]
        own = CustomerField.dataset_id == self.dataset.id
        rows = rows_with(session, columns, CustomerField.customer_id, customers, own)
        return {(row[0], row[1]): bytes(row[2]) for row in rows}

    def _boxes(self, session: Session, customers: Sequence[str]) -> Mapping[str, Box]:
        """Open the boxes of known customers; those without a key are erased."""
        columns = [Customer.id, Customer.wrapped_key]
        there = Customer.wrapped_key.is_not(None)
        rows = rows_with(session, columns, Customer.id, customers, there)
        return {row[0]: self.boxes.of(row[0], bytes(row[1])) for row in rows}

    @staticmethod
    def _keys(session: Session, customers: Sequence[str]) -> OwnKeys:
        columns = [CustomerKey.customer_id, CustomerKey.blind_index]
        rows = rows_with(session, columns, CustomerKey.customer_id, customers)
        return {(row[0], bytes(row[1])) for row in rows}


def _found_by(one: _Change, keys: OwnKeys) -> bytes | None:
    return None if (one.customer, one.hidden) in keys else one.hidden
