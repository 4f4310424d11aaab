"""The audit log: who did what, before and after, from where; only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from huiyin.store.tables import AuditRow


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows a list shows; `search` looks into every field."""

    search: str = ""
    actor_id: str | None = None
    action: str | None = None
    noun: str | None = None
    noun_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def fetch_audit(
    session: Session, wanted: AuditFilter, *, limit: int, before: int | None = None
) -> tuple[list[AuditRow], int]:
    """Give a page of the log, latest first, and how many rows fit in all.

    Parameters
    ----------
    session : Session
    wanted : AuditFilter
    limit : int
    before : int or None
        The number that ended the page before.
    """
    where = _where(wanted)
    total = session.scalar(select(func.count()).select_from(AuditRow).where(where)) or 0
    page = select(AuditRow).where(where).order_by(AuditRow.seq.desc()).limit(limit)
    if before is not None:
        page = page.where(AuditRow.seq < before)
    return list(session.scalars(page)), total


def _where(wanted: AuditFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [AuditRow.seq > 0]
    for column, value in (
        (AuditRow.actor_id, wanted.actor_id),
        (AuditRow.action, wanted.action),
        (AuditRow.noun, wanted.noun),
        (AuditRow.noun_id, wanted.noun_id),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.since is not None:
        conditions.append(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditRow.at < wanted.until)
    if wanted.search.strip():
        conditions.append(_mentions(wanted.search.strip()))
    return and_(*conditions)


def _mentions(words: str) -> ColumnElement[bool]:
    plain = words.lower()
    return or_(
        *(
            func.lower(column).contains(plain, autoescape=True)
            for column in (
                AuditRow.actor, AuditRow.action, AuditRow.noun, AuditRow.noun_id, AuditRow.address,
                AuditRow.request_id,
            )
        ),
        *(_document_mentions(column, plain) for column in (AuditRow.before, AuditRow.after)),
    )  # fmt: skip


def _document_mentions(column: Any, plain: str) -> ColumnElement[bool]:
    text = func.lower(cast(column, String))
    # SQLite keeps JSON with \uXXXX for what is not ASCII; PostgreSQL keeps the signs themselves.
    escaped = plain.encode("ascii", "backslashreplace").decode().lower()
    return or_(text.contains(plain, autoescape=True), text.contains(escaped, autoescape=True))
