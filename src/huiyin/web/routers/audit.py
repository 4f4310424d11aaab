"""The audit log: searched and taken along."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime

from huiyin.people.audit_log import AuditFilter, fetch_audit
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import AuditRow
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.lists import EXPORT_ROWS, Format, Limit, Search, exported, listed

router = APIRouter(prefix="/api/v1", tags=["audit"])
Reader = Annotated[Person, Depends(allow(Right.SEE_AUDIT))]
Moment = Annotated[AwareDatetime | None, Query()]
_LARGEST = 2**62


@router.get("/audit", response_model=None)
def get_audit(
    request: Request,
    system: TheSystem,
    person: Reader,
    *,
    search: Search = "",
    actor_id: str | None = None,
    action: str | None = None,
    noun: str | None = None,
    noun_id: str | None = None,
    since: Moment = None,
    until: Moment = None,
    limit: Limit = 100,
    cursor: Annotated[int | None, Query(ge=0, le=_LARGEST)] = None,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> Any:
    """Give a page of the log, latest first; taking it along is itself written down."""
    wanted = AuditFilter(search, actor_id, action, noun, noun_id, since, until)
    if format == "json":
        with system.database.reading() as session:
            rows, total = fetch_audit(session, wanted, limit=limit + 1, before=cursor)
        following = str(rows[limit - 1].seq) if len(rows) > limit else None
        return listed([audit_item(row) for row in rows[:limit]], total, following)
    with changing(request, person) as uow:
        rows, _ = fetch_audit(uow.session, wanted, limit=EXPORT_ROWS)
        items = [_flat(row) for row in rows]
        uow.audit("export", "audit_log", format, after={"n_rows": len(items)})
    return exported(items, format, "audit")


def audit_item(row: AuditRow) -> dict[str, Any]:
    """Give one row of the log."""
    return {
        "seq": row.seq,
        "at": row.at,
        "actor": row.actor,
        "actor_id": row.actor_id,
        "action": row.action,
        "noun": row.noun,
        "noun_id": row.noun_id,
        "before": row.before,
        "after": row.after,
        "address": row.address,
        "request_id": row.request_id,
    }


def _flat(row: AuditRow) -> dict[str, Any]:
    item = audit_item(row)
    at: datetime = item["at"]
    item["at"] = at.strftime("%Y-%m-%d %H:%M:%S UTC")
    for key in ("before", "after"):
        item[key] = "" if item[key] is None else json.dumps(item[key], ensure_ascii=False)
    return item
