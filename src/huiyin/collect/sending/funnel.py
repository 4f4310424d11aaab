"""How far the personal links of a questionnaire came, and what can be known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import Channel, InvitationStatus
from huiyin.store.tables import SurveyInvitation


class DeliveredBy(StrEnum):
    """From what it is known that messages arrived."""

    RECEIPT = "receipt"
    NO_BOUNCE = "no_bounce"
    UNKNOWN = "unknown"


def fetch_invited(session: Session, survey_id: str) -> dict[str, int]:
    """Count whom each mailing of a questionnaire invited, without who was called back."""
    one = SurveyInvitation
    asked = select(one.mailing_id, func.count()).where(*_of(survey_id)).group_by(one.mailing_id)
    return {row[0]: row[1] for row in session.execute(asked)}


def fetch_funnel(session: Session, survey_id: str) -> list[dict[str, Any]]:
    """Count personal links by mailing and channel: how far each came.

    Opened is an estimate: mail scanners open links too, and pictures are not counted.

    Returns
    -------
    list of dict
        ``mailing_id``, ``channel``, a count for each step, and ``delivered_by``: by receipts of the
        gateway or server (who opened it has it, too); where there are none, what went out and did
        not come back; of links handed out by other means nobody knows (None).
    """
    one = SurveyInvitation
    moments = (one.delivered_at, one.opened_at, one.started_at, one.finished_at)
    bounced = one.status == InvitationStatus.BOUNCED
    steps = {
        "planned": func.count(),
        "sent": func.count(one.sent_at),
        "bounced": _number(bounced),
        "refused": _number(one.status == InvitationStatus.REFUSED),
        "receipts": func.count(one.delivered_at),
        "arrived": _number(or_(*(moment.is_not(None) for moment in moments))),
        "not_returned": _number(and_(one.sent_at.is_not(None), ~bounced)),
        "opened": func.count(one.opened_at),
        "started": func.count(one.started_at),
        "finished": func.count(one.finished_at),
    }
    asked = (
        select(one.mailing_id, one.channel, *(what.label(name) for name, what in steps.items()))
        .where(*_of(survey_id))
        .group_by(one.mailing_id, one.channel)
        .order_by(one.mailing_id)
    )
    return [_delivered(dict(row)) for row in session.execute(asked).mappings()]


_SUMMED = ("planned", "sent", "bounced", "refused", "opened", "started", "finished")


def by_channel(mailings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add up what `fetch_funnel` gave: one row a channel, most sent first.

    Returns
    -------
    list of dict
        ``channel``, a sum for each step, ``delivered_by`` (by receipts only where every mailing has
        them), and ``finished_share``: finished of delivered, None where nobody knows or none is.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in mailings:
        found.setdefault(one["channel"], []).append(one)
    rows = [_added(channel, own) for channel, own in found.items()]
    return sorted(rows, key=lambda row: (-row["sent"], row["channel"]))


def _added(channel: str, own: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    ways = {one["delivered_by"] for one in own}
    known = DeliveredBy.UNKNOWN not in ways  # of one channel all are or none is
    delivered = sum(one["delivered"] for one in own) if known else None
    row = {name: sum(one[name] for one in own) for name in _SUMMED}
    return {
        "channel": channel,
        **row,
        "delivered": delivered,
        "delivered_by": ways.pop() if len(ways) == 1 else DeliveredBy.NO_BOUNCE,
        "finished_share": row["finished"] / delivered if delivered else None,
    }


def _of(survey_id: str) -> tuple[ColumnElement[bool], ...]:
    one = SurveyInvitation
    return one.survey_id == survey_id, one.status != InvitationStatus.CANCELLED


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _delivered(row: dict[str, Any]) -> dict[str, Any]:
    """Say how many messages arrived, and from what that is known."""
    known = {name: row.pop(name) for name in ("receipts", "arrived", "not_returned")}
    if row["channel"] == Channel.LINK:
        return row | {"delivered": None, "delivered_by": DeliveredBy.UNKNOWN}
    if known["receipts"]:
        return row | {"delivered": known["arrived"], "delivered_by": DeliveredBy.RECEIPT}
    return row | {"delivered": known["not_returned"], "delivered_by": DeliveredBy.NO_BOUNCE}
