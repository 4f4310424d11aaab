"""Which clients a person may see, how many of their people, and their scores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from huiyin.collect.customers.client_changes import Sight
from huiyin.collect.customers.contracts import CLIENT
from huiyin.collect.customers.reading import fetch_client
from huiyin.people.contracts import Person
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Client, Staff
from huiyin.web.client_scores import (
    Belonging,
    Scores,
    clients_in_rows,
    fetch_scores,
    sees_all_clients,
)
from huiyin.web.customer_views import Customers, Part, parts_of

if TYPE_CHECKING:
    from huiyin.web.system import System


@dataclass(frozen=True, slots=True)
class Scored:
    """The one score that a list shows.

    Attributes
    ----------
    scores : Scores
    metric : str
    choices : tuple of (str, str, tuple of str)
        Dataset, its name, and the metrics that could be shown.
    """

    scores: Scores
    metric: str
    choices: tuple[tuple[str, str, tuple[str, ...]], ...]

    def cell(self, client_id: str) -> dict[str, Any] | None:
        """Give a client's cell."""
        cells = self.scores.cells.get(client_id, ())
        return next((cell for cell in cells if cell["metric"].startswith(self.metric)), None)

    def to_json(self) -> dict[str, Any]:
        """Give it as the page shows it."""
        mine = [d for d in self.scores.definitions if d["metric"].startswith(self.metric)]
        return {
            "dataset_id": self.scores.dataset.id,
            "dataset": self.scores.dataset.name,
            "metric": self.metric,
            "since": self.scores.since,
            "until": self.scores.until,
            "definition": mine[0] if mine else None,
            "choices": [
                {"dataset_id": one, "dataset": name, "metrics": list(metrics)}
                for one, name, metrics in self.choices
            ],
        }


@dataclass(frozen=True, slots=True)
class Clients:
    """The clients as one person sees them.

    Attributes
    ----------
    visible : frozenset of str or None
        Ids; None: all. Somebody held to some rows sees the clients that those count for, and
        those that they look after themselves.
    """

    session: Session
    system: System
    parts: list[Part]
    belonging: Belonging
    visible: frozenset[str] | None

    def counted(self) -> Counter[str]:
        """Count the people of each client that the person may see."""
        found = self.seen(list(self.belonging.of_customer))
        return Counter(self.belonging.of_customer[one] for one in found)

    def seen(self, customers: list[str]) -> set[str]:
        """Tell which of some customers the person may see."""
        with self.system.engines.lent() as engine:
            return Customers(engine, self.parts, self.system.folders.cache).present(customers)

    def sight(self) -> Sight:
        """Give what a list that this person brings may change."""
        return Sight(self.visible, lambda ids: self.seen(list(ids)))

    def all_scores(self, months: int) -> list[Scores]:
        """Give what each dataset says of the clients."""
        found = (fetch_scores(self.system, part, self.belonging, months) for part in self.parts)
        return [one for one in found if one is not None and one.cells]

    def scored(self, dataset_id: str | None, metric: str | None, months: int) -> Scored | None:
        """Choose the score of a list: what is asked for, else where most clients have answers."""
        found = self.all_scores(months)
        if not found:
            return None
        best = max(found, key=lambda one: len(one.cells))
        scores = next((one for one in found if one.dataset.id == dataset_id), best)
        chosen = metric if metric in scores.metrics else scores.metrics[0]
        choices = tuple((one.dataset.id, one.dataset.name, one.metrics) for one in found)
        return Scored(scores, chosen, choices)

    def items(self, search: str, scored: Scored | None) -> list[dict[str, Any]]:
        """List the clients that a search finds, by name."""
        asked = select(Client, Staff).outerjoin(Staff, Staff.id == Client.owner_id)
        if search:
            like = f"%{search.replace('%', '').replace('_', '')}%"
            asked = asked.where(or_(Client.name.ilike(like), Client.key.ilike(like)))
        counted = self.counted()
        return [
            client_item(row, owner)
            | {
                "customers": counted.get(row.id, 0),
                "score": scored.cell(row.id) if scored else None,
            }
            for row, owner in self.session.execute(asked)
            if self.visible is None or row.id in self.visible
        ]


def opened_clients(session: Session, system: System, person: Person) -> Clients:
    """Look up which clients a person may see."""
    parts = parts_of(session, system, person)
    belonging = Belonging.fetch(session)
    visible = None
    if not sees_all_clients(session, parts):
        with system.engines.lent() as engine:
            found = clients_in_rows(engine, system, parts, belonging)
        own = session.scalars(select(Client.id).where(Client.owner_id == person.staff_id))
        visible = frozenset(found | {*own})
    return Clients(session, system, parts, belonging, visible)


def opened_for(session: Session, system: System, person: Person, client_id: str) -> Clients:
    """Open the clients for somebody who may see this one.

    Raises
    ------
    NotFoundError
        There is none, or the person may not see it.
    """
    fetch_client(session, client_id)
    clients = opened_clients(session, system, person)
    if clients.visible is not None and client_id not in clients.visible:
        raise NotFoundError(CLIENT, client_id)
    return clients


def client_item(row: Client, owner: Staff | None = None) -> dict[str, Any]:
    """Give a client as lists show it."""
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "tier": row.tier,
        "contract": row.contract,
        "contract_from": row.contract_from,
        "renewal_on": row.renewal_on,
        "owner_id": row.owner_id,
        "owner": {"id": owner.id, "name": owner.name} if owner else None,
        "revision": row.revision,
    }
