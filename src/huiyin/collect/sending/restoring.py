"""What a restore must not undo: who wants nothing, which links went out or were used.

What is not in the backup is put beside it, and nothing is sent until a person starts it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, delete, insert, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table as SqlTable

from huiyin.collect.sending.contracts import PLAN_JOB, InvitationStatus, MailingStatus
from huiyin.collect.sending.mailings import fetch_running
from huiyin.store.bulk import batched
from huiyin.store.tables import Customer, Mailing, Schedule, Table
from huiyin.store.unit_of_work import UnitOfWork

_AT_ONCE = 500
_BLOCKED = Table.metadata.tables["do_not_contact"]
_LINKS = Table.metadata.tables["survey_invitations"]
_CONTACTS = Table.metadata.tables["contacts"]
_FINAL = (InvitationStatus.FINISHED, InvitationStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows as they were before a restore.

    Attributes
    ----------
    blocked : sequence of RowMapping
        The whole do-not-contact list.
    links : sequence of RowMapping
        Personal links that are no longer only planned.
    contacts : sequence of RowMapping
        Contacts by these links.
    """

    blocked: Sequence[RowMapping]
    links: Sequence[RowMapping]
    contacts: Sequence[RowMapping]


def kept_refusals(session: Session) -> Kept:
    """Give what holds now of refusals, and of links that went out, were used or called back."""
    planned = InvitationStatus.PLANNED
    moved = or_(_LINKS.c.status != planned, _LINKS.c.sent_at.is_not(None))
    ids = select(_LINKS.c.id).where(moved)
    return Kept(
        session.execute(select(_BLOCKED)).mappings().all(),
        session.execute(select(_LINKS).where(moved)).mappings().all(),
        session.execute(select(_CONTACTS).where(_CONTACTS.c.invitation_id.in_(ids)))
        .mappings()
        .all(),
    )


def do_refuse_again(work: UnitOfWork, kept: Kept) -> None:
    """Let hold again what was refused, sent and used after the backup; every mailing rests.

    A link whose mailing or customer is not in the backup is gone; that the customer was contacted
    stays.

    Parameters
    ----------
    work : UnitOfWork
    kept : Kept
        As `kept_refusals` gave it before the backup was put in place.
    """
    known = {bytes(one) for one in work.session.scalars(select(_BLOCKED.c.blind_index))}
    _do_add(work, _BLOCKED, [one for one in kept.blocked if one["blind_index"] not in known])
    for some in batched(kept.links, _AT_ONCE):
        _do_put_links(work, some)
    for some in batched(kept.contacts, _AT_ONCE):
        customers = _customers(work.session, some)
        _do_add(work, _CONTACTS, [one for one in some if one["customer_id"] in customers])
    _do_rest(work)


def _do_put_links(work: UnitOfWork, some: Sequence[RowMapping]) -> None:
    """Put links in the place of what the backup has of them; what it has as used stays used."""
    session, ids = work.session, [one["id"] for one in some]
    session.execute(delete(_CONTACTS).where(_CONTACTS.c.invitation_id.in_(ids)))
    older = delete(_LINKS).where(_LINKS.c.id.in_(ids), _LINKS.c.status.not_in(_FINAL))
    session.execute(older)
    occasions = {one["occasion"] for one in some}
    columns = (_LINKS.c.mailing_id, _LINKS.c.occasion)
    taken = {(*row,) for row in session.execute(select(*columns).where(columns[1].in_(occasions)))}
    customers, mailings = _customers(session, some), {*session.scalars(select(Mailing.id))}
    wanted = [
        one
        for one in some
        if one["customer_id"] in customers
        and one["mailing_id"] in mailings
        and (one["mailing_id"], one["occasion"]) not in taken
    ]
    _do_add(work, _LINKS, wanted)


def _customers(session: Session, some: Sequence[RowMapping]) -> set[str]:
    wanted = {one["customer_id"] for one in some}
    there = select(Customer.id).where(Customer.id.in_(wanted), Customer.erased_at.is_(None))
    return {*session.scalars(there)}


def _do_add(work: UnitOfWork, table: SqlTable, rows: Sequence[RowMapping]) -> None:
    if rows:
        work.session.execute(insert(table), [dict(one) for one in rows])


def _do_rest(work: UnitOfWork) -> None:
    """Pause what the backup has running."""
    for one in fetch_running(work.session):
        one.status = MailingStatus.PAUSED
        work.audit("pause", "mailing", one.id, after={"by": "restore"})
    work.session.execute(delete(Schedule).where(Schedule.kind == PLAN_JOB))
