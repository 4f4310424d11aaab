"""New customers with what they are known by and their contact fields: each whole in one change."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.collect.customers.boxes import Box
from huiyin.collect.customers.fields import Given, Keeper
from huiyin.store.bulk import insert_columns
from huiyin.store.tables import Customer, CustomerKey
from huiyin.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.collect.customers.identities import NewKey


@dataclass(slots=True)
class Enroller:
    """Writes the people of one load, in the order of their surrogates.

    Attributes
    ----------
    keys : pyarrow.Table
        As `Identities` has them.
    keeper : Keeper
    """

    keys: pa.Table
    keeper: Keeper
    _written: int = 0

    def do_enrol(self, work: UnitOfWork, given: Given) -> None:
        """Add those who are new, and keep the newest fields of all.

        Parameters
        ----------
        work : UnitOfWork
        given : Given
            Sorted by surrogate, none before those of an earlier call.
        """
        pairs = zip(given.customers, given.are_new, strict=True)
        boxes = self._do_add_customers(work, [one for one, is_new in pairs if is_new])
        keys = self._keys_up_to(given.customers[-1])
        self._do_add_keys(work, keys)
        self.keeper.do_keep(work, given, boxes, {(owner, index) for owner, _, index in keys})

    def _do_add_customers(self, work: UnitOfWork, new: list[str]) -> dict[str, Box]:
        made = list(self.keeper.boxes.made(new))
        columns = {
            "id": new,
            "wrapped_key": [wrapped for wrapped, _ in made],
            "attributes": {},
            "first_seen_at": work.now,
            "last_seen_at": work.now,
        }
        if new:
            insert_columns(work.session, Customer, columns)
        return {one: box for one, (_, box) in zip(new, made, strict=True)}

    def _keys_up_to(self, last: str) -> list[NewKey]:
        owners, first = self.keys.column("owner"), self._written
        end = bisect_right(
            range(self.keys.num_rows),
            last,
            lo=first,
            key=lambda row: str(owners.slice(row, 1).to_pylist()[0]),
        )
        self._written = end
        some = self.keys.slice(first, end - first)
        return list(zip(*(column.to_pylist() for column in some.columns), strict=True))

    @staticmethod
    def _do_add_keys(work: UnitOfWork, keys: list[NewKey]) -> None:
        if not keys:
            return
        # In the order of the customers, each of whom is looked up.
        columns = {
            "customer_id": [owner for owner, _, _ in keys],
            "kind": [kind for _, kind, _ in keys],
            "blind_index": [index for _, _, index in keys],
        }
        insert_columns(work.session, CustomerKey, columns)
