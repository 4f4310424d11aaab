"""Tokens for other systems: a scope of rights, an end, shown once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import PeopleRuleError, Person, Right
from huiyin.people.sessions import TOUCH_EVERY, person_of
from huiyin.people.tokens import API_PREFIX, new_secret, secret_hash, shown_prefix
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import ApiToken, Dataset, Staff
from huiyin.store.unit_of_work import UnitOfWork

TOKEN = Text("接口令牌", "API token")
LONGEST_DAYS = 365
_NAME_LENGTH = 80
SESSION_ONLY = frozenset({Right.MANAGE_OWN, Right.MANAGE_PEOPLE, Right.MANAGE_SETTINGS})
"""What no token may do: make tokens, let people in, change what protects the installation."""


@dataclass(frozen=True, slots=True)
class TokenFields:
    """What a new token is for, what it may do, and for how long."""

    name: str
    scope: frozenset[Right]
    days: int
    dataset_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A token that holds, and as whom it acts."""

    person: Person
    stale: bool


def do_make_token(uow: UnitOfWork, person: Person, fields: TokenFields) -> tuple[ApiToken, str]:
    """Make a token that acts as its maker, within a scope.

    Returns
    -------
    ApiToken, str
        The row, and the secret: shown once, kept as a hash.

    Raises
    ------
    PeopleRuleError
        Name, scope or days do not fit.
    NotFoundError
        It names a dataset that does not exist.
    """
    _check(person, fields)
    for dataset_id in fields.dataset_ids or ():
        uow.get(Dataset, dataset_id, Text("数据集", "dataset"))
    secret = new_secret(API_PREFIX)
    row = ApiToken(
        name=fields.name.strip(),
        prefix=shown_prefix(secret),
        token_hash=secret_hash(secret),
        staff_id=person.staff_id,
        scope=sorted(fields.scope),
        dataset_ids=None if fields.dataset_ids is None else list(fields.dataset_ids),
        created_at=uow.now,
        expires_at=uow.now + timedelta(days=fields.days),
    )
    uow.session.add(row)
    uow.session.flush()
    uow.audit("make", "api_token", row.id, after={"name": row.name, "scope": row.scope})
    return row, secret


def fetch_token(
    session: Session,
    secret: str,
    now: datetime,
    *,
    address: str | None = None,
    request_id: str | None = None,
) -> KnownToken | None:
    """Give as whom a token acts, or None where it holds no longer.

    Its rights are those of the scope that its maker still has.
    """
    found = session.execute(
        select(ApiToken, Staff)
        .join(Staff, Staff.id == ApiToken.staff_id)
        .where(ApiToken.token_hash == secret_hash(secret))
    ).first()
    if found is None:
        return None
    row, staff = found
    if row.revoked_at or now >= row.expires_at or staff.disabled_at:
        return None
    whole = person_of(staff, address=address, request_id=request_id)
    person = replace(
        whole,
        rights=whole.rights & _known(row.scope),
        token_id=row.id,
        dataset_ids=None if row.dataset_ids is None else tuple(row.dataset_ids),
    )
    return KnownToken(person, row.last_used_at is None or now - row.last_used_at > TOUCH_EVERY)


def do_touch_token(uow: UnitOfWork, token_id: str) -> None:
    """Note that a token was used now."""
    uow.session.execute(
        update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=uow.now)
    )


def fetch_tokens(session: Session, staff_id: str | None) -> list[tuple[ApiToken, str]]:
    """Give tokens with the names of their makers, latest first; those of everybody for None."""
    query = select(ApiToken, Staff.name).join(Staff, Staff.id == ApiToken.staff_id)
    if staff_id is not None:
        query = query.where(ApiToken.staff_id == staff_id)
    rows = session.execute(query.order_by(ApiToken.created_at.desc()))
    return [(row[0], row[1]) for row in rows]


def do_revoke_token(uow: UnitOfWork, token_id: str, *, owner: str | None) -> None:
    """Make a token void; `owner` None: whoever made it.

    Raises
    ------
    NotFoundError
        There is none with this id, or it is somebody else's.
    """
    row = uow.session.get(ApiToken, token_id)
    if row is None or (owner is not None and row.staff_id != owner):
        raise NotFoundError(TOKEN, token_id)
    if row.revoked_at is None:
        row.revoked_at = uow.now
        uow.audit("revoke", "api_token", row.id, before={"name": row.name})


def _known(scope: Iterable[str]) -> frozenset[Right]:
    kept = set(scope)
    return frozenset(right for right in Right if right.value in kept) - SESSION_ONLY


def _check(person: Person, fields: TokenFields) -> None:
    if not 0 < len(fields.name.strip()) <= _NAME_LENGTH:
        raise PeopleRuleError(
            Text("令牌要有 1 到 {n} 个字的名称。", "A token has a name of 1 to {n} characters.")
            .format(n=_NAME_LENGTH)
        )  # fmt: skip
    if not 1 <= fields.days <= LONGEST_DAYS:
        raise PeopleRuleError(
            Text("令牌有效期是 1 到 {n} 天。", "A token holds for 1 to {n} days.").format(
                n=LONGEST_DAYS
            )
        )
    beyond = sorted(fields.scope - (person.rights - SESSION_ONLY))
    if not fields.scope or beyond:
        raise PeopleRuleError(
            Text(
                "令牌的权限至少选一项，而且只能是您自己有的、允许令牌用的权限{beyond}。",
                "A token needs at least one right, and only ones that you have and that tokens "
                "may have{beyond}.",
            ).format(beyond=f" ({', '.join(beyond)})" if beyond else "")
        )
