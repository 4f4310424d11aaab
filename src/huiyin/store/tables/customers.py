"""Customers and the companies they work for. What could name a person is encrypted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table

BY_KEY = {"sqlite_with_rowid": False}
"""Rows stand in the order of their key: an import of a million customers has one tree less each."""


def _where_known(column: str, table: str = "customers") -> Index:
    known = text(f"{column} IS NOT NULL")
    name = f"ix_{table}_{column}"
    return Index(name, column, sqlite_where=known, postgresql_where=known)


class Customer(Table):
    """A customer behind a random surrogate id; the lake knows only this id.

    `wrapped_key` is the customer's own data key, wrapped by the installation's key; without it
    every field of the customer is noise.
    """

    __tablename__ = "customers"
    __table_args__ = (_where_known("client_id"), _where_known("unit_id"), BY_KEY)

    id: Mapped[Id]
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    client_id: Mapped[str | None] = mapped_column(ForeignKey("clients.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    attributes: Mapped[Document]
    first_seen_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    erased_at: Mapped[Moment | None]


class CustomerKey(Table):
    """One of the numbers or addresses a customer is known by, as a blind index."""

    __tablename__ = "customer_keys"
    __table_args__ = BY_KEY

    kind: Mapped[str] = mapped_column(primary_key=True)
    blind_index: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)


class CustomerField(Table):
    """One encrypted field (name, phone, mail…), with where it came from and what it may serve.

    `blind_index` tells whether a value is another one; it stands in `found_by` too where no key of
    the customer holds it, so that an exact search finds it.
    """

    __tablename__ = "customer_fields"
    __table_args__ = (_where_known("found_by", "customer_fields"), BY_KEY)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    blind_index: Mapped[bytes] = mapped_column(LargeBinary)
    found_by: Mapped[bytes | None] = mapped_column(LargeBinary)
    purpose: Mapped[str | None]
    consent: Mapped[str]
    consent_at: Mapped[Moment | None]
    collected_at: Mapped[Moment]


class Client(Revised, Table):
    """A customer company (客户单位): contacts hang below it."""

    __tablename__ = "clients"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    tier: Mapped[str | None]
    contract: Mapped[str | None]
    contract_from: Mapped[date | None]
    renewal_on: Mapped[date | None]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    attributes: Mapped[Document]


class Erasure(Table):
    """That somebody was erased, without saying who: a hash of the surrogate, and the counts."""

    __tablename__ = "erasures"

    id: Mapped[Id]
    surrogate_hash: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    asked_by: Mapped[str | None]
    asked_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]
    facts: Mapped[Document]
