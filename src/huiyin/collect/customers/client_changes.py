"""A list of clients against what is known: what would change, and then exactly that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.customers.client_file import ClientLine
from huiyin.collect.customers.clients import ClientFields, do_add_client, do_change_client
from huiyin.collect.customers.contracts import BadClientListError
from huiyin.collect.customers.keys import NUMBER, blind_indexer, known_by, spelled
from huiyin.core.text import Text
from huiyin.store.bulk import rows_with
from huiyin.store.tables import Client, Customer, CustomerKey, Staff
from huiyin.store.unit_of_work import UnitOfWork

_FIELDS = ("name", "tier", "contract", "contract_from", "renewal_on", "owner_id")
_NO_OWNER = Text(
    "{where} 行：没有叫“{name}”的人员。请写账号或姓名，先到“人员”里加上。",
    "Row {where}: there is nobody called “{name}”. Give a login or a name that is under People.",
)
_TWO_OWNERS = Text(
    "{where} 行：有几位“{name}”，请写账号。",
    "Row {where}: several people are called “{name}”; give the login.",
)
_TWO_CLIENTS = Text(
    "{where} 行：有几个客户单位叫“{name}”，请加一列“客户单位编号”。",
    "Row {where}: several clients are called “{name}”; add a column “account id”.",
)
_HIDDEN = Text(
    "{where} 行：“{name}”不在您的数据权限内，不能由您修改。",
    "Row {where}: “{name}” is outside the rows that you may see; you cannot change it.",
)
_STALE = Text(
    "名单或客户单位在预览之后变过，请重新预览再应用。",
    "The list or the clients changed since the preview: look at it again first.",
)


@dataclass(frozen=True, slots=True)
class ClientChange:
    """What would happen to one client.

    Attributes
    ----------
    kind : str
        ``added`` or ``changed``.
    client_id : str or None
        None for one that is added.
    key, name : str
    before, after : mapping of str to str or None
        Only what differs.
    contacts : tuple of str
        Surrogates of customers who come under it.
    """

    kind: str
    client_id: str | None
    key: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClientChanges:
    """All that would happen; `unknown` are contacts that nobody is known by, with their rows."""

    clients: tuple[ClientChange, ...]
    n_unchanged: int
    unknown: tuple[tuple[str, str], ...]

    @property
    def fingerprint(self) -> str:
        """Name exactly these changes: what is applied is what was looked at."""
        plain = [asdict(one) for one in self.clients]
        words = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sight:
    """What the person who brings a list may see.

    Attributes
    ----------
    clients : collection of str or None
        Ids of clients; None: all.
    customers : callable
        Surrogates → those of them that the person may see.
    """

    clients: Collection[str] | None
    customers: Callable[[Sequence[str]], Collection[str]]


def fetch_client_changes(
    session: Session, key: bytes, lines: Sequence[ClientLine], sight: Sight
) -> ClientChanges:
    """Compare a list with what is known; what it does not say stays as it is.

    Parameters
    ----------
    session : Session
    key : bytes
        The installation's key: contacts are found by their blind index.
    lines : sequence of ClientLine
    sight : Sight

    Raises
    ------
    BadClientListError
        A row names an owner who is not there, or a client that cannot be told or changed.
    """
    return _Comparison(session, key, lines, sight).changes()


def do_apply_clients(
    work: UnitOfWork, key: bytes, lines: Sequence[ClientLine], sight: Sight, fingerprint: str
) -> ClientChanges:
    """Do what was looked at, all or nothing.

    Raises
    ------
    BadClientListError
        It would do something else by now, or as `fetch_client_changes`.
    """
    changes = fetch_client_changes(work.session, key, lines, sight)
    if changes.fingerprint != fingerprint:
        raise BadClientListError(_STALE)
    for change in changes.clients:
        _apply(work, change)
    return changes


def _apply(work: UnitOfWork, change: ClientChange) -> None:
    if change.client_id is None:
        row = do_add_client(work, ClientFields(change.key, change.name, **_plain(change.after)))
    else:
        row = work.session.get_one(Client, change.client_id)
        now = {name: getattr(row, name) for name in _FIELDS}
        fields = ClientFields(row.key, **{**now, **change.after})
        if change.after:
            row = do_change_client(work, row.id, fields, row.revision)
    for one in change.contacts:
        customer = work.session.get_one(Customer, one)
        before = {"client_id": customer.client_id}
        customer.client_id = row.id
        after = {"client_id": row.id}
        work.audit("change", "customer", one, before=before, after=after)


def _plain(after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if name != "name"}


class _Comparison:
    def __init__(
        self, session: Session, key: bytes, lines: Sequence[ClientLine], sight: Sight
    ) -> None:
        self.lines, self.sight = lines, sight
        self.rows = list(session.scalars(select(Client).order_by(Client.id)))
        self.by_key = {row.key: row for row in self.rows}
        self.staff = list(session.scalars(select(Staff).where(Staff.disabled_at.is_(None))))
        self.owners = self._owners_of_contacts(session, key)

    def _owners_of_contacts(
        self, session: Session, key: bytes
    ) -> dict[str, tuple[str, str | None]]:
        """Give surrogate and client of each contact that somebody visible is known by."""
        blind = blind_indexer(key)
        said = {words for line in self.lines for _, words in line.contacts}
        hidden = {
            blind(one): words
            for words in said
            for one in (f"{NUMBER}:{words}", spelled(known_by(words)))
        }
        columns = [CustomerKey.blind_index, CustomerKey.customer_id]
        found = {
            hidden[bytes(row[0])]: str(row[1])
            for row in rows_with(session, columns, CustomerKey.blind_index, list(hidden))
        }
        seen = set(self.sight.customers(sorted(set(found.values()))))
        people = rows_with(session, [Customer.id, Customer.client_id], Customer.id, sorted(seen))
        client_of = {row[0]: row[1] for row in people}
        return {w: (one, client_of[one]) for w, one in found.items() if one in client_of}

    def changes(self) -> ClientChanges:
        found = [self._change(line) for line in self.lines]
        unknown = [
            pair for line in self.lines for pair in line.contacts if pair[1] not in self.owners
        ]
        changes = tuple(one for one in found if one is not None)
        return ClientChanges(changes, len(found) - len(changes), tuple(unknown))

    def _change(self, line: ClientLine) -> ClientChange | None:
        row = self._row(line)
        if row is not None and self.sight.clients is not None and row.id not in self.sight.clients:
            raise BadClientListError(_HIDDEN.format(where=line.where, name=line.name or row.key))
        after = self._said(line)
        contacts = self._contacts(line, row)
        if row is None:
            name = line.name or line.key or ""
            return ClientChange("added", None, line.key or name, name, {}, after, contacts)
        differs = {name: value for name, value in after.items() if getattr(row, name) != value}
        if not differs and not contacts:
            return None
        before = {name: getattr(row, name) for name in differs}
        return ClientChange("changed", row.id, row.key, row.name, before, differs, contacts)

    def _row(self, line: ClientLine) -> Client | None:
        if line.key is not None and line.key in self.by_key:
            return self.by_key[line.key]
        named = [row for row in self.rows if line.name in {row.name, row.key}]
        if len(named) > 1:
            raise BadClientListError(_TWO_CLIENTS.format(where=line.where, name=line.name or ""))
        return named[0] if named else None

    def _said(self, line: ClientLine) -> dict[str, Any]:
        said = {name: getattr(line, name) for name in _FIELDS if name != "owner_id"}
        said["owner_id"] = self._owner(line)
        return {name: value for name, value in said.items() if value is not None}

    def _owner(self, line: ClientLine) -> str | None:
        if line.owner is None:
            return None
        words = line.owner
        same = [one for one in self.staff if one.login == words.lower()]
        same = same or [one for one in self.staff if one.name == words]
        if len(same) == 1:
            return same[0].id
        sentence = _TWO_OWNERS if same else _NO_OWNER
        raise BadClientListError(sentence.format(where=line.where, name=words))

    def _contacts(self, line: ClientLine, row: Client | None) -> tuple[str, ...]:
        own = row.id if row is not None else None
        met = (self.owners.get(words) for _, words in line.contacts)
        return tuple(
            dict.fromkeys(
                one[0] for one in met if one is not None and (own is None or one[1] != own)
            )
        )
