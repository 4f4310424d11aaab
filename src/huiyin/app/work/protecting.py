"""What names a person leaves the rows before they enter the lake.

The customer of each row becomes a surrogate, contact data goes sealed into the store, and what
people wrote is masked. Flags stand already: they are those of the rows as they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Role
from huiyin.collect.customers.boxes import Boxes
from huiyin.collect.customers.clients import do_link_clients
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN, CUSTOMERS_LEASE
from huiyin.collect.customers.fields import Given, Keeper
from huiyin.collect.customers.identities import (
    do_add_customers,
    do_add_keys,
    find_identities,
    in_parts,
)
from huiyin.collect.customers.keys import NUMBER, blind_indexer, plan_known
from huiyin.core.masking import MASK, MAY_HOLD_CONTACTS, mask_contacts
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN, Snapshot
from huiyin.engine.startup import import_ibis

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.tables import Dataset
    from huiyin.web.system import System

CUSTOMERS_AT_ONCE = 50_000
_ROWS_OF_A_FILE = 1 << 40
_TELLING_NAME = r"^(?:[^0-9].+|.{5,})$"
"""A name of two signs, a number of five: shorter ones would blank out words that mean something."""
_ROW_KEY = (SOURCE_COLUMN, ROW_COLUMN)


@dataclass(frozen=True)
class Protection:
    """Takes what names a person out of the rows of one dataset.

    Attributes
    ----------
    system : System
    context : JobContext
    engine : Engine
    dataset : Dataset
    folder : Path
        A work folder.
    """

    system: System
    context: JobContext
    engine: Engine
    dataset: Dataset
    folder: Path

    def protect(self, snapshot: Snapshot) -> Snapshot:
        """Give the same rows with surrogates, without contact data, with masked text.

        Parameters
        ----------
        snapshot : Snapshot
            Typed and flagged, as written files.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        rows = _Rows.of(snapshot, self.engine)
        people = self._people(rows) if rows.fields else None
        path = self.folder / "protected.parquet"
        self.engine.write_parquet(self._without_names(rows, people), path)
        return replace(snapshot, files=(path,))

    def _people(self, rows: _Rows) -> Any:
        """Find who gave each row, keep their fields, and give rows with surrogates."""
        keyed_path, path = self.folder / "keyed.parquet", self.folder / "people.parquet"
        self.engine.write_parquet(rows.keyed(), keyed_path)
        keyed = self.engine.read_parquet([keyed_path])
        with self.system.leases.held(CUSTOMERS_LEASE):
            owners = self._owners(keyed, rows)
        self.engine.write_parquet(
            keyed.join(owners, "key").rename(customer="owner").drop("key"), path
        )
        people = self.engine.read_parquet([path])
        self._keep_fields(people, rows)
        if rows.account is not None:
            self._link_clients(people, rows)
        return people

    def _owners(self, keyed: Any, rows: _Rows) -> Any:
        import pyarrow as pa

        words: list[Any] = self.engine.run(keyed.select("key").distinct()).column(0).to_pylist()
        also = [(row["known"], row["first"]) for row in self._named_beside(keyed, rows)]
        with self.system.database.reading() as session:
            found = find_identities(session, self._blind, words, also)
        for customers, keys in in_parts(found):
            self.context.check_cancelled()
            with self.context.uow() as work:
                do_add_customers(work, self._boxes, customers)
                do_add_keys(work, keys)
        owners = {"key": list(found.owners), "owner": list(found.owners.values())}
        kinds = pa.schema([("key", pa.string()), ("owner", pa.string())])
        return self.engine.from_arrow(pa.table(owners, kinds))

    def _named_beside(self, keyed: Any, rows: _Rows) -> list[dict[str, str]]:
        """Give what stands beside one key only: a telephone, and the number that it is with."""
        ibis = import_ibis()
        sides = [
            keyed.filter(keyed[name].notnull() & (keyed[name] != keyed.key)).select(
                known=name, key="key"
            )
            for name in rows.known_names
        ]
        if not sides:
            return []
        together = ibis.union(*sides) if len(sides) > 1 else sides[0]
        told = together.group_by("known").agg(first=together.key.min(), last=together.key.max())
        sure = told.filter(told["first"] == told["last"]).select("known", "first")
        found: list[dict[str, str]] = self.engine.run(sure.order_by("known")).to_pylist()
        return found

    def _keep_fields(self, people: Any, rows: _Rows) -> None:
        keeper = Keeper(self.dataset, self._boxes, self._blind)
        for given in self._given(people, rows):
            self.context.check_cancelled()
            with self.context.uow() as work:
                keeper.do_keep(work, given)

    def _link_clients(self, people: Any, rows: _Rows) -> None:
        """Put each customer under the client that their newest row names."""
        latest = self.engine.run(rows.latest_account(people))
        for batch in latest.to_batches(max_chunksize=CUSTOMERS_AT_ONCE):
            plain = batch.to_pydict()
            with self.context.uow() as work:
                do_link_clients(work, dict(zip(plain["customer"], plain["account"], strict=True)))

    def _given(self, people: Any, rows: _Rows) -> Iterator[Given]:
        latest = self.engine.run(rows.latest(people))
        for batch in latest.to_batches(max_chunksize=CUSTOMERS_AT_ONCE):
            plain = batch.to_pydict()
            yield Given(
                plain["customer"],
                {name: plain[f"value_{i}"] for i, name in enumerate(rows.fields)},
                {name: plain[f"known_{i}"] for i, name in enumerate(rows.fields)},
            )

    def _without_names(self, rows: _Rows, people: Any) -> Any:
        """Plan the rows with surrogates, without contact data, with masked text."""
        ibis = import_ibis()
        table = rows.table
        if people is not None:
            aside = people.select(
                person_source=SOURCE_COLUMN, person_row=ROW_COLUMN, person="customer"
            )
            met = [
                table[SOURCE_COLUMN] == aside.person_source,
                table[ROW_COLUMN] == aside.person_row,
            ]
            table = table.left_join(aside, met)
        masks = self._masks(rows)
        for name in rows.texts:
            table = _with_masks(table, name, masks)
        surrogate = ibis.null("string") if people is None else table.person
        changed = {name: rows.without_own_names(table, table[name]) for name in rows.texts}
        changed[CUSTOMER_COLUMN] = surrogate
        if rows.customer is not None:
            changed[rows.customer] = table[rows.customer].isnull().ifelse(None, surrogate)
        kept = [name for name in rows.table.columns if name not in {*rows.contacts, *changed}]
        return table.select(*kept, **changed)

    def _masks(self, rows: _Rows) -> Any:
        """Give what people wrote and what of it may be shown, where the two differ."""
        import pyarrow as pa

        said = rows.risky_texts()
        found: list[Any] = [] if said is None else self.engine.run(said).column(0).to_pylist()
        shown = [mask_contacts(words) for words in found]
        pairs = [(one, other) for one, other in zip(found, shown, strict=True) if one != other]
        kinds = pa.schema([("said", pa.string()), ("shown", pa.string())])
        columns: dict[str, list[Any]] = {
            "said": [p[0] for p in pairs],
            "shown": [p[1] for p in pairs],
        }
        return self.engine.from_arrow(pa.table(columns, kinds))

    @cached_property
    def _boxes(self) -> Boxes:
        return Boxes(self.system.key)

    @cached_property
    def _blind(self) -> Callable[[str], bytes]:
        return blind_indexer(self.system.key)


def _with_masks(table: Any, name: str, masks: Any) -> Any:
    """Put the masked wording of one column in its place."""
    aside = masks.view()
    joined = table.left_join(aside, table[name] == aside.said)
    words = joined.shown.coalesce(joined[name])
    return joined.select(**{c: words if c == name else joined[c] for c in table.columns})


@dataclass(frozen=True)
class _Rows:
    """The rows as they came, and which of their columns name a person."""

    table: Any
    customer: str | None
    contacts: tuple[str, ...]
    texts: tuple[str, ...]
    account: str | None

    @classmethod
    def of(cls, snapshot: Snapshot, engine: Engine) -> _Rows:
        """Read what the codebook says; a doubtful contact column is one all the same."""
        table = engine.read_parquet(snapshot.files)
        first = snapshot.codebook.first(Role.CUSTOMER)
        customer = first.name if first is not None and first.name in table.columns else None
        here = [column for column in snapshot.codebook if column.name in table.columns]
        named = [c.name for c in here if c.role in {Role.CONTACT, Role.CUSTOMER}]
        texts = [c.name for c in here if c.role is Role.TEXT]
        company = snapshot.codebook.first(Role.ACCOUNT)
        account = company.name if company is not None and company.name in table.columns else None
        contacts = tuple(n for n in named if n != customer)
        return cls(table, customer, contacts, tuple(texts), account)

    @property
    def fields(self) -> tuple[str, ...]:
        """Columns whose values are kept sealed."""
        own = () if self.customer is None else (self.customer,)
        return (*own, *self.contacts)

    @property
    def known_names(self) -> list[str]:
        """Columns of `keyed` that hold other things a customer is known by."""
        return [
            f"known_{number}" for number, name in enumerate(self.fields) if name != self.customer
        ]

    def keyed(self) -> Any:
        """Plan the rows that name somebody: what by, and the values to keep."""
        known = [self._known(name) for name in self.fields]
        values = {f"value_{i}": self.table[name] for i, name in enumerate(self.fields)}
        knowns = {f"known_{i}": words for i, words in enumerate(known)}
        key = import_ibis().coalesce(*known)
        if self.account is not None:
            values["account"] = self.table[self.account].cast("string")
        rows = self.table.select(*_ROW_KEY, key=key, **values, **knowns)
        return rows.filter(rows.key.notnull())

    def _known(self, name: str) -> Any:
        column = self.table[name].cast("string")
        return f"{NUMBER}:" + column if name == self.customer else plan_known(column)

    def latest_account(self, people: Any) -> Any:
        """Plan the client that the newest row of each customer names."""
        named = people.filter(people.account.notnull())
        order = named[SOURCE_COLUMN].cast("int64") * _ROWS_OF_A_FILE + named[ROW_COLUMN]
        return named.group_by("customer").agg(account=named.account.argmax(order))

    def latest(self, people: Any) -> Any:
        """Plan the newest value of each field for each customer."""
        order = people[SOURCE_COLUMN].cast("int64") * _ROWS_OF_A_FILE + people[ROW_COLUMN]
        newest = {}
        for number in range(len(self.fields)):
            value, known = people[f"value_{number}"], people[f"known_{number}"]
            for name, column in ((f"value_{number}", value), (f"known_{number}", known)):
                newest[name] = column.argmax(order, where=value.notnull())
        return people.group_by("customer").agg(**newest)

    def risky_texts(self) -> Any:
        """Plan the distinct texts that may hold contact data; None where nobody wrote."""
        ibis = import_ibis()
        sides = [
            self.table.filter(self.table[name].re_search(MAY_HOLD_CONTACTS)).select(said=name)
            for name in self.texts
        ]
        if not sides:
            return None
        return (ibis.union(*sides) if len(sides) > 1 else sides[0]).distinct()

    def without_own_names(self, table: Any, said: Any) -> Any:
        """Plan a text without the names and numbers that stand beside it in its row."""
        for name in self.fields:
            own = table[name].cast("string")
            telling = own.re_search(_TELLING_NAME)
            said = telling.fill_null(False).ifelse(said.replace(own, MASK), said)  # noqa: FBT003
        return said
