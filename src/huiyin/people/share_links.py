"""Links that can be forwarded: they end, may ask for a password, and show frozen rows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.people.contracts import (
    LinkExpiredError,
    PeopleRuleError,
    Person,
    RowCondition,
    RowRule,
)
from huiyin.people.passwords import password_hash
from huiyin.people.settings import fetch_setting
from huiyin.people.tokens import new_secret, secret_hash
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import ShareLink, Staff
from huiyin.store.unit_of_work import UnitOfWork

SHARE_LINK = Text("分享链接", "share link")
LONGEST_DAYS = 365
SHORTEST_PASSWORD = 4
LONGEST_WATERMARK = 80


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a link will show, for good.

    Attributes
    ----------
    kind : str
        What shows it.
    dataset_id, version : str and int, or None
        The dataset's version that holds the rows.
    payload : mapping
        The question: a query, the parameters of a report.
    score_rule, row_rule : RowRule
        The rows that its maker's scores were made of, and those they could see, when it was made.
    """

    kind: str
    dataset_id: str | None
    version: int | None
    payload: Mapping[str, Any]
    score_rule: RowRule = field(default_factory=RowRule.everything)
    row_rule: RowRule = field(default_factory=RowRule.everything)


@dataclass(frozen=True, slots=True)
class ShareFields:
    """How a link holds."""

    days: int
    password: str | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class SharedView:
    """What an opened link may show, and nothing else."""

    link_id: str
    frozen: Frozen
    minimum_n: int
    watermark: str | None
    by: str
    made_at: datetime | None = None


def do_make_share_link(
    uow: UnitOfWork, person: Person, frozen: Frozen, fields: ShareFields
) -> tuple[ShareLink, str]:
    """Make a link.

    Parameters
    ----------
    uow : UnitOfWork
    person : Person
    frozen : Frozen
    fields : ShareFields
        `watermark` None: the maker's name and the day.

    Returns
    -------
    ShareLink, str
        The row, and the secret of the link, shown once.

    Raises
    ------
    PeopleRuleError
        Days, password or watermark do not fit.
    """
    _check(fields)
    secret = new_secret()
    mark = fields.watermark if fields.watermark is not None else f"{person.name} {uow.now.date()}"
    row = ShareLink(
        token_hash=secret_hash(secret),
        kind=frozen.kind,
        dataset_id=frozen.dataset_id,
        version=frozen.version,
        payload=dict(frozen.payload),
        row_rule={
            "scores": _rule_document(frozen.score_rule),
            "rows": _rule_document(frozen.row_rule),
        },
        minimum_n=fetch_setting(uow.session, "minimum_n"),
        password_hash=password_hash(fields.password) if fields.password else None,
        watermark=mark.strip() or None,
        created_by=person.staff_id,
        created_at=uow.now,
        expires_at=uow.now + timedelta(days=fields.days),
    )
    uow.session.add(row)
    uow.session.flush()
    after = {
        "kind": row.kind,
        "dataset_id": row.dataset_id,
        "version": row.version,
        "days": fields.days,
        "has_password": row.password_hash is not None,
    }
    uow.audit("make", "share_link", row.id, after=after)
    return row, secret


def fetch_share_link(session: Session, secret: str, now: Any) -> tuple[ShareLink, Staff]:
    """Give the link that a secret opens, and who made it.

    Raises
    ------
    LinkExpiredError
        It is unknown, revoked or too old, or its maker was shut out.
    """
    found = session.execute(
        select(ShareLink, Staff)
        .join(Staff, Staff.id == ShareLink.created_by)
        .where(ShareLink.token_hash == secret_hash(secret))
    ).first()
    if found is None:
        raise LinkExpiredError
    row, maker = found
    if row.revoked_at or now >= row.expires_at or maker.disabled_at:
        raise LinkExpiredError
    return row, maker


def do_note_opening(uow: UnitOfWork, link_id: str) -> None:
    """Count an opening, and write it down."""
    row = uow.get(ShareLink, link_id, SHARE_LINK)
    row.n_opened += 1
    uow.audit("open", "share_link", row.id)


def shared_view(row: ShareLink, maker: Staff) -> SharedView:
    """Give what a link may show."""
    rules = (_rule(row.row_rule["scores"]), _rule(row.row_rule["rows"]))
    frozen = Frozen(row.kind, row.dataset_id, row.version, row.payload, *rules)
    return SharedView(row.id, frozen, row.minimum_n, row.watermark, maker.name, row.created_at)


def fetch_share_links(session: Session, staff_id: str | None) -> list[tuple[ShareLink, str]]:
    """Give links with the names of their makers, latest first; those of everybody for None."""
    query = select(ShareLink, Staff.name).join(Staff, Staff.id == ShareLink.created_by)
    if staff_id is not None:
        query = query.where(ShareLink.created_by == staff_id)
    rows = session.execute(query.order_by(ShareLink.created_at.desc()))
    return [(row[0], row[1]) for row in rows]


def do_revoke_share_link(uow: UnitOfWork, link_id: str, *, owner: str | None) -> None:
    """Make a link void; `owner` None: whoever made it.

    Raises
    ------
    NotFoundError
        There is none with this id, or it is somebody else's.
    """
    row = uow.session.get(ShareLink, link_id)
    if row is None or (owner is not None and row.created_by != owner):
        raise NotFoundError(SHARE_LINK, link_id)
    if row.revoked_at is None:
        row.revoked_at = uow.now
        uow.audit("revoke", "share_link", row.id)


def _check(fields: ShareFields) -> None:
    if not 1 <= fields.days <= LONGEST_DAYS:
        raise PeopleRuleError(
            Text("分享链接有效期是 1 到 {n} 天。", "A share link holds for 1 to {n} days.").format(
                n=LONGEST_DAYS
            )
        )
    if fields.password is not None and len(fields.password) < SHORTEST_PASSWORD:
        raise PeopleRuleError(
            Text("访问密码至少 {n} 位。", "A link's password has at least {n} characters.").format(
                n=SHORTEST_PASSWORD
            )
        )
    if len(fields.watermark or "") > LONGEST_WATERMARK:
        raise PeopleRuleError(
            Text("水印最多 {n} 个字。", "A watermark has at most {n} characters.").format(
                n=LONGEST_WATERMARK
            )
        )


def _rule_document(rule: RowRule) -> dict[str, Any]:
    conditions = [{"column": c.column, "values": list(c.values)} for c in rule.conditions]
    return {"conditions": conditions, "sees_nothing": rule.sees_nothing}


def _rule(document: Mapping[str, Any]) -> RowRule:
    conditions = tuple(
        RowCondition(c["column"], tuple(c["values"])) for c in document["conditions"]
    )
    return RowRule(conditions, sees_nothing=document["sees_nothing"])
