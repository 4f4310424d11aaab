"""New customers with what they are known by and their contact fields: each whole in one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huiyin.collect.customers.boxes import Box
from huiyin.collect.customers.fields import Given, Keeper
from huiyin.collect.customers.identities import Identities, NewKey
from huiyin.store.bulk import insert_columns
from huiyin.store.tables import Customer, CustomerKey
from huiyin.store.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Enroller:
    """Writes the people of one load, in the order of their surrogates.

    Attributes
    ----------
    found : Identities
    keeper : Keeper
    """

    found: Identities
    keeper: Keeper
    _keys: list[NewKey] = field(init=False)
    _written: int = 0

    def __post_init__(self) -> None:
        self._keys = sorted(self.found.keys)
        self.found.keys.clear()

    def do_enrol(self, work: UnitOfWork, given: Given) -> None:
        """Add those who are new, and keep the newest fields of all.

        Parameters
        ----------
        work : UnitOfWork
        given : Given
            Sorted by surrogate, none before those of an earlier call.
        """
        new = [one for one in given.customers if one in self.found.customers]
        boxes = self._do_add_customers(work, new)
        self._do_add_keys(work, self._keys_up_to(given.customers[-1]))
        self.keeper.do_keep(work, given, boxes)

    def _do_add_customers(self, work: UnitOfWork, new: list[str]) -> dict[str, Box]:
        made = [self.keeper.boxes.made(one) for one in new]
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
        first = end = self._written
        while end < len(self._keys) and self._keys[end][0] <= last:
            end += 1
        self._written = end
        return self._keys[first:end]

    @staticmethod
    def _do_add_keys(work: UnitOfWork, keys: Sequence[NewKey]) -> None:
        if not keys:
            return
        # In the order of the index, which is then swept once instead of being met at random.
        ordered = sorted(keys, key=lambda key: key[1:])
        columns = {
            "customer_id": [owner for owner, _, _ in ordered],
            "kind": [kind for _, kind, _ in ordered],
            "blind_index": [index for _, _, index in ordered],
        }
        insert_columns(work.session, CustomerKey, columns)
