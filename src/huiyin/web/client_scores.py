"""Scores of clients, rolled up from their contacts: one query of a dataset for all of them.

A row counts for the client that its customer belongs to; where it names no customer, for the one
that its account column names. All clients are asked in one `Query`, so that list and page show the
same number, and the family of comparisons is never what a page happens to show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.collect.customers.contracts import CLIENT, CUSTOMER_COLUMN
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Against, Compare, QueryError
from huiyin.measure.contracts import Query as Question
from huiyin.measure.periods import add_months
from huiyin.store.tables import Client, Customer, Dataset, DatasetVersion
from huiyin.web.corridors import opened_corridor
from huiyin.web.customer_views import Part
from huiyin.web.kept_results import kept, kept_table

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.web.system import System

CLIENT_COLUMN = "_client"
"""VARCHAR, id of the client that a row counts for; only in files of the results' folder."""
MEASURED = {Role.NPS: "nps", Role.OVERALL: "score", Role.CSAT: "score", Role.CES: "ces"}
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Belonging:
    """Which customer and which account of the data belongs to which client.

    Attributes
    ----------
    of_customer, of_key : mapping of str to str
        Surrogate → client, and the data's own name for a client → client.
    """

    of_customer: Mapping[str, str]
    of_key: Mapping[str, str]

    @classmethod
    def fetch(cls, session: Session) -> Belonging:
        """Read it from the store."""
        linked = select(Customer.id, Customer.client_id).where(
            Customer.client_id.is_not(None), Customer.erased_at.is_(None)
        )
        keys = select(Client.key, Client.id).order_by(Client.id)
        people = {one: str(client) for one, client in session.execute(linked.order_by(Customer.id))}
        return cls(people, {row[0]: row[1] for row in session.execute(keys)})

    @property
    def digest(self) -> str:
        """Name it by all that it says."""
        pairs = (*self.of_customer.items(), *self.of_key.items())
        words = "\n".join("\t".join(pair) for pair in pairs)
        return hashlib.sha256(words.encode()).hexdigest()[:_KEY_LENGTH]


def metrics_of(codebook: Codebook) -> tuple[str, ...]:
    """List the metrics that are rolled up, the headline first."""
    here = (metric for role, metric in MEASURED.items() if codebook.first(role) is not None)
    return tuple(dict.fromkeys(here))


def with_clients(engine: Engine, system: System, part: Part, belonging: Belonging) -> Part | None:
    """Give a dataset with the client of each row as a column; None where it names none."""
    snapshot = part.view.snapshot
    account = part.codebook.first(Role.ACCOUNT)
    table = engine.read_parquet(snapshot.files)
    named = account.name if account is not None and account.name in table.columns else None
    if CUSTOMER_COLUMN not in table.columns and named is None:
        return None
    key = part.view.key("clients", belonging.digest)
    path = kept_table(
        system.folders.cache,
        key,
        "clients",
        lambda own: engine.write_parquet(_joined(engine, table, named, belonging), own),
    )
    column = Column(CLIENT_COLUMN, Role.ACCOUNT, CLIENT)
    book = replace(snapshot.codebook, columns=(*snapshot.codebook.columns, column))
    own = replace(snapshot, id=f"{snapshot.id}-{belonging.digest}", files=(path,), codebook=book)
    return Part(part.dataset, replace(part.view, snapshot=own))


def _joined(engine: Engine, table: Any, named: str | None, belonging: Belonging) -> Any:
    by_customer = _pairs(engine, belonging.of_customer)
    by_key = _pairs(engine, belonging.of_key)
    columns = list(table.columns)
    who = table[CUSTOMER_COLUMN] if CUSTOMER_COLUMN in columns else None
    clients = []
    if who is not None:
        table = table.left_join(by_customer, who == by_customer.own).drop("own")
        table = table.rename(_by_customer="owner")
        clients.append("_by_customer")
    if named is not None:
        table = table.left_join(by_key, table[named].cast("string") == by_key.own).drop("own")
        table = table.rename(_by_key="owner")
        clients.append("_by_key")
    found = (
        table[clients[0]] if len(clients) == 1 else table[clients[0]].coalesce(table[clients[1]])
    )
    return table.select(*columns, **{CLIENT_COLUMN: found})


def _pairs(engine: Engine, pairs: Mapping[str, str]) -> Any:
    import pyarrow as pa

    kinds = pa.schema([("own", pa.string()), ("owner", pa.string())])
    return engine.from_arrow(pa.table({"own": list(pairs), "owner": list(pairs.values())}, kinds))


@dataclass(frozen=True, slots=True)
class Scores:
    """What one dataset says of all clients.

    Attributes
    ----------
    dataset : Dataset
    metrics : tuple of str
    since, until : date or None
        The window; None where the dataset knows no days, and then nothing is compared.
    cells : mapping of str to list of dict
        Client → cells as the API gives them.
    definitions : list of dict
    """

    dataset: Dataset
    metrics: tuple[str, ...]
    since: date | None
    until: date | None
    cells: Mapping[str, list[dict[str, Any]]]
    definitions: list[dict[str, Any]]


def fetch_scores(system: System, part: Part, belonging: Belonging, months: int) -> Scores | None:
    """Ask a dataset for the scores of its clients; None where it has none of them.

    Parameters
    ----------
    system : System
    part : Part
    belonging : Belonging
    months : int
        Length of the window: whole months, the last of which holds the newest answer. It is
        compared with the months before.
    """
    metrics = metrics_of(part.codebook)
    if not metrics:
        return None

    def compute() -> dict[str, Any]:
        with system.engines.lent() as engine:
            own = with_clients(engine, system, part, belonging)
            window = None if own is None else _window(engine, own, months)
        return {} if own is None else _asked(system, own, metrics, window)

    key = part.view.key("client scores", belonging.digest, months, metrics)
    found = kept(system.folders.cache, key, compute)
    if not found:
        return None
    cells: dict[str, list[dict[str, Any]]] = {}
    for cell in found["cells"]:
        client = cell["by"].get(CLIENT_COLUMN)
        if client is not None:
            cells.setdefault(client, []).append({**cell, "by": {}})
    ends = [None if end is None else date.fromisoformat(end) for end in found["window"]]
    return Scores(part.dataset, metrics, ends[0], ends[1], cells, found["definition"])


def _asked(
    system: System, part: Part, metrics: Sequence[str], window: tuple[date, date] | None
) -> dict[str, Any]:
    since, until = window or (None, None)
    question = Question(
        tuple(metrics),
        by=(CLIENT_COLUMN,),
        since=since,
        until=until,
        compare=Compare(Against.PREVIOUS) if window else None,
    )
    with opened_corridor(system, part.view) as corridor:
        try:
            answer = corridor.answer(question).to_json()
        except QueryError:
            return {}
    ends = [since and since.isoformat(), until and until.isoformat()]
    return {"cells": answer["cells"], "definition": answer["definition"], "window": ends}


def _window(engine: Engine, part: Part, months: int) -> tuple[date, date] | None:
    table = engine.read_parquet(part.view.snapshot.files)
    newest = engine.run(table[ANSWERED_ON_COLUMN].cast("date").max()).column(0)[0].as_py()
    if newest is None:
        return None
    after = add_months(newest.replace(day=1), 1)
    return add_months(after, -months), after - timedelta(days=1)


def sees_all_clients(session: Session, parts: Sequence[Part]) -> bool:
    """Say whether no row rule and no dataset is kept from a person."""
    there = (
        select(Dataset.id)
        .join(DatasetVersion, DatasetVersion.dataset_id == Dataset.id)
        .where(
            DatasetVersion.version == Dataset.current_version,
            DatasetVersion.n_rows > 0,
            Dataset.archived_at.is_(None),
        )
    )
    mine = {part.dataset.id for part in parts if not part.view.rows.rows}
    return {*session.scalars(there)} <= mine


def clients_in_rows(
    engine: Engine, system: System, parts: Sequence[Part], belonging: Belonging
) -> set[str]:
    """List the clients that a person's rows count for."""
    found: set[str] = set()
    for part in parts:
        own = with_clients(engine, system, part, belonging)
        if own is None:
            continue
        rows = part.narrowed(engine.read_parquet(own.view.snapshot.files))
        if rows is None:
            continue
        named = rows.filter(rows[CLIENT_COLUMN].notnull()).select(CLIENT_COLUMN).distinct()
        found |= {str(one) for one in engine.run(named).column(0).to_pylist()}
    return found
