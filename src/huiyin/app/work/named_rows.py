"""Which columns of a dataset name a person, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.codebook.contracts import Codebook, Role
from huiyin.collect.customers.keys import NUMBER, plan_known
from huiyin.collect.identity import IMPORT_COLUMN, RESPONSE_COLUMN
from huiyin.core.masking import MASK, MAY_HOLD_CONTACTS
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN
from huiyin.engine.startup import import_ibis

_ROWS_OF_A_FILE = 1 << 40
_TELLING_NAME = r"^(?:[^0-9].+|.{5,})$"
"""A name of two signs, a number of five: shorter ones would blank out words that mean something."""
_ROW_KEY = (SOURCE_COLUMN, ROW_COLUMN, RESPONSE_COLUMN, IMPORT_COLUMN)


@dataclass(frozen=True)
class NamedRows:
    """The rows as they came, and which of their columns name a person."""

    table: Any
    customer: str | None
    contacts: tuple[str, ...]
    texts: tuple[str, ...]
    account: str | None

    @classmethod
    def of(cls, table: Any, book: Codebook) -> NamedRows:
        """Read what the codebook says; a doubtful contact column is one all the same."""
        first = book.first(Role.CUSTOMER)
        customer = first.name if first is not None and first.name in table.columns else None
        here = [column for column in book if column.name in table.columns]
        named = [c.name for c in here if c.role in {Role.CONTACT, Role.CUSTOMER}]
        texts = [c.name for c in here if c.role is Role.TEXT]
        company = book.first(Role.ACCOUNT)
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
        knowns = {f"known_{i}": self._known(name) for i, name in enumerate(self.fields)}
        values = {f"value_{i}": self.table[name] for i, name in enumerate(self.fields)}
        if self.account is not None:
            values["account"] = self.table[self.account].cast("string")
        rows = self.table.select(*_ROW_KEY, key=self.key, **values, **knowns)
        return rows.filter(rows.key.notnull())

    @property
    def key(self) -> Any:
        """Plan what each row's customer is found by, NULL where a row names nobody."""
        return import_ibis().coalesce(*(self._known(name) for name in self.fields))

    def _known(self, name: str) -> Any:
        column = self.table[name].cast("string")
        return f"{NUMBER}:" + column if name == self.customer else plan_known(column)

    def latest_account(self, people: Any) -> Any:
        """Plan the client that the newest row of each customer names."""
        named = people.filter(people.account.notnull())
        order = named[SOURCE_COLUMN].cast("int64") * _ROWS_OF_A_FILE + named[ROW_COLUMN]
        return named.group_by("customer").agg(account=named.account.argmax(order))

    def latest(self, people: Any) -> Any:
        """Plan the newest value of each field for each customer, and whether they are new."""
        order = people[SOURCE_COLUMN].cast("int64") * _ROWS_OF_A_FILE + people[ROW_COLUMN]
        newest = {"is_new": people.is_new.any()}
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
