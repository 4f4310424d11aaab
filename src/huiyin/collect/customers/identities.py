"""Tell customers apart: which surrogate stands for which number, telephone or mail address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.customers.keys import NUMBER
from huiyin.core.ids import new_ids
from huiyin.store.bulk import rows_with
from huiyin.store.tables import Customer, CustomerKey

if TYPE_CHECKING:
    import pyarrow as pa

PEOPLE_TOGETHER = 50_000
"""New customers of one group: their surrogates are in no order, and are written together."""
_NUMBERED = f"{NUMBER}:"
NewKey = tuple[str, str, bytes]
"""Surrogate, kind, blind index."""
_ID_LENGTH = 36
KEY, OWNER, IS_NEW, KIND, INDEX = "key", "owner", "is_new", "kind", "blind_index"


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who in one load.

    Attributes
    ----------
    owners : pyarrow.Table
        ``kind:value`` of a row (`key`), its surrogate (`owner`), and whether that one `is_new`.
    keys : pyarrow.Table
        What new or known customers are known by from now on: `owner`, `kind` and `blind_index`;
        sorted by owner.
    """

    owners: pa.Table
    keys: pa.Table


def find_identities(
    session: Session,
    blind: Callable[[str], bytes],
    words: Sequence[str],
    also: Sequence[tuple[str, str]],
) -> Identities:
    """Find the surrogate of each key; nothing is written.

    A customer number always is one customer. A telephone or mail address that stands beside one
    number only belongs to it; a number that is new takes the customer that its telephone was
    known as, unless that one has a number already.

    New customers come in groups of `PEOPLE_TOGETHER`, parted by the blind index of their own key,
    so that a group fills one stretch of each index. Within a group the order is left to chance.

    Parameters
    ----------
    session : Session
    blind : callable
        As `blind_indexer` gives it.
    words : sequence of str
        ``kind:value`` of each row's own key, each once.
    also : sequence of (str, str)
        Other things that a key's rows name, ``kind:value``, and that key; each once.
    """
    if not also:
        return _found_alone(session, blind, words)
    finder = _Finder(session, blind, words, also)
    for one in sorted(words, key=lambda key: (not key.startswith(_NUMBERED), finder.index[key])):
        finder.place(one)
    for other, one in also:
        finder.note(other, finder.owners[one])
    people = finder.owners
    return _identities([*people], [*people.values()], finder.fresh, finder.keys)


def _found_alone(
    session: Session, blind: Callable[[str], bytes], words: Sequence[str]
) -> Identities:
    """Find them where nothing stands beside a key: each is somebody known, or somebody new."""
    import pyarrow as pa
    import pyarrow.compute as pc

    hidden = [blind(one) for one in words]
    known = dict(_known(session, words, hidden))
    met = [place for place, one in enumerate(hidden) if one in known] if known else []
    # As columns: a million customers are a handful of objects then.
    people = pa.table([pa.array(words, pa.string()), pa.array(hidden, pa.binary())], [KEY, INDEX])
    owners = pa.array([known[hidden[place]] for place in met], pa.string())
    there = people.take(pa.array(met, pa.int64())).append_column(OWNER, owners)
    del hidden
    if known:
        people = people.filter(pc.invert(pc.is_in(people.column(INDEX), there.column(INDEX))))
    fresh = people.sort_by(INDEX)
    fresh = fresh.append_column(
        OWNER, pa.array(new_ids(fresh.num_rows, PEOPLE_TOGETHER), pa.string(), size=fresh.num_rows)
    )
    kinds = pc.replace_substring_regex(fresh.column(KEY), "(?s):.*", "")
    keys = pa.table([fresh.column(OWNER), kinds, fresh.column(INDEX)], [OWNER, KIND, INDEX])
    both = pa.concat_tables([there, fresh])
    is_new = pa.array(np.arange(both.num_rows) >= there.num_rows)
    return Identities(
        pa.table([both.column(KEY), both.column(OWNER), is_new], [KEY, OWNER, IS_NEW]),
        keys.sort_by(OWNER),
    )


def _identities(
    words: Sequence[str], owners: Sequence[str], new: Collection[str], keys: Sequence[NewKey]
) -> Identities:
    import pyarrow as pa

    who = [pa.array(list(words), pa.string()), pa.array(list(owners), pa.string())]
    people = pa.table(
        [*who, pa.array([one in new for one in owners], pa.bool_())], [KEY, OWNER, IS_NEW]
    )
    several = zip(*keys, strict=True) if keys else ((), (), ())
    kinds = (pa.string(), pa.string(), pa.binary())
    columns = [pa.array(list(one), kind) for one, kind in zip(several, kinds, strict=True)]
    by_owner = pa.table(columns, [OWNER, KIND, INDEX]).sort_by(OWNER)
    return Identities(people, by_owner)


class _Finder:
    def __init__(
        self,
        session: Session,
        blind: Callable[[str], bytes],
        words: Sequence[str],
        also: Sequence[tuple[str, str]],
    ) -> None:
        self.owners: dict[str, str] = {}
        self.fresh: set[str] = set()
        self.keys: list[NewKey] = []
        self.index = {one: blind(one) for one in (*words, *(other for other, _ in also))}
        self.known = dict(_known(session, [*self.index], [*self.index.values()]))
        self.owner_of = dict(also)
        self.ids = new_ids(len(words), PEOPLE_TOGETHER)
        self.beside: dict[str, list[str]] = {}
        for other, one in also:
            self.beside.setdefault(one, []).append(other)
        self.numbered = self._numbered(session)

    def _numbered(self, session: Session) -> set[str]:
        """Give the customers among those met by telephone or mail who have a number."""
        met = {self.known[self.index[other]] for other in self.owner_of if self._knows(other)}
        rows = rows_with(
            session,
            [CustomerKey.customer_id],
            CustomerKey.customer_id,
            sorted(met),
            CustomerKey.kind == NUMBER,
        )
        return {row[0] for row in rows}

    def _knows(self, one: str) -> bool:
        return self.index[one] in self.known

    def place(self, one: str) -> None:
        """Find or make the customer of one key; numbers come first."""
        owner = self.known.get(self.index[one]) or self._by_number(one) or self._taken_over(one)
        if owner is None:
            owner = next(self.ids)
            self.fresh.add(owner)
        self.owners[one] = owner
        self.note(one, owner)

    def _by_number(self, one: str) -> str | None:
        return self.owners.get(self.owner_of.get(one, ""))

    def _taken_over(self, one: str) -> str | None:
        for other in self.beside.get(one, ()):
            owner = self.known.get(self.index[other])
            if owner is None:
                continue
            if not one.startswith(_NUMBERED):
                return owner
            if owner not in self.numbered:
                self.numbered.add(owner)
                return owner
        return None

    def note(self, one: str, owner: str) -> None:
        """Note what a customer is known by, unless it stands for somebody already."""
        index = self.index[one]
        if index not in self.known:
            self.known[index] = owner
            self.keys.append((owner, one.partition(":")[0], index))


def _known(
    session: Session, words: Sequence[str], hidden: Sequence[bytes]
) -> Iterator[tuple[bytes, str]]:
    """Give those who are known by some keys (`words`, and the blind index of each)."""
    if session.scalar(select(CustomerKey.kind).limit(1)) is not None:
        yield from _by_keys(session, words, hidden)
    yield from _themselves(session, words, hidden)


def _by_keys(
    session: Session, words: Sequence[str], hidden: Sequence[bytes]
) -> Iterator[tuple[bytes, str]]:
    of_kind: dict[str, list[bytes]] = {}
    for one, index in zip(words, hidden, strict=True):
        of_kind.setdefault(one.partition(":")[0], []).append(index)
    columns = [CustomerKey.blind_index, CustomerKey.customer_id]
    for kind, wanted in of_kind.items():
        for row in rows_with(
            session, columns, CustomerKey.blind_index, wanted, CustomerKey.kind == kind
        ):
            yield bytes(row[0]), row[1]


def _themselves(
    session: Session, words: Sequence[str], hidden: Sequence[bytes]
) -> Iterator[tuple[bytes, str]]:
    """Give customers who are named by their surrogate: answers to personal links name them so."""
    named = {one.removeprefix(_NUMBERED): index for one, index in zip(words, hidden, strict=True)
             if len(one) == len(_NUMBERED) + _ID_LENGTH and one.startswith(_NUMBERED)}  # fmt: skip
    there = Customer.erased_at.is_(None)
    for row in rows_with(session, [Customer.id], Customer.id, list(named), there):
        yield named[row[0]], row[0]
