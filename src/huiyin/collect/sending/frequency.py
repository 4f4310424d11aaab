"""How often one customer may be contacted: one rule for the whole company."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import ContactKind, Part
from huiyin.people.settings import write_setting
from huiyin.store.tables import Contact, Customer, Setting
from huiyin.store.unit_of_work import UnitOfWork

SETTING = "contact_frequency"
REMINDER = "reminder"
"""Kind of a contact that repeats an invitation; `FrequencyRule.reminders` says if it counts."""


class Limit(Part):
    """At most `most` contacts within any `days` days; of one kind, or of all together."""

    kind: ContactKind | None = None
    most: int = Field(ge=0, le=1_000)
    days: int = Field(ge=1, le=3_650)


class FrequencyRule(Part):
    """Every limit holds; `reminders`: reminders count as contacts."""

    limits: Annotated[tuple[Limit, ...], Field(max_length=20)] = (Limit(most=1, days=30),)
    reminders: bool = False


def has_room(times: Sequence[datetime], at: datetime, most: int, days: int) -> bool:
    """Tell whether one more contact leaves every stretch of `days` days with at most `most`.

    Parameters
    ----------
    times : sequence of datetime
        Contacts so far, planned ones too; in any order.
    at : datetime
        Of the one to add.

    Examples
    --------
    >>> from datetime import UTC
    >>> day = lambda n: datetime(2026, 1, n, tzinfo=UTC)
    >>> has_room([day(1)], day(8), 1, 7), has_room([day(1)], day(7), 1, 7)
    (True, False)
    """
    span = timedelta(days=days)
    near = [*(one for one in times if abs(one - at) < span), at]
    starts = [one for one in near if one <= at]
    return all(sum(1 for one in near if start <= one < start + span) <= most for start in starts)


def allows(
    rule: FrequencyRule, contacts: Sequence[tuple[str, datetime]], kind: ContactKind, at: datetime
) -> bool:
    """Tell whether a rule leaves room for one more contact.

    Parameters
    ----------
    rule : FrequencyRule
    contacts : sequence of (str, datetime)
        Kind and moment of each contact of this customer.
    kind : ContactKind
    at : datetime
    """
    counted = [one for one in contacts if rule.reminders or one[0] != REMINDER]
    for limit in rule.limits:
        if limit.kind is not None and limit.kind is not kind:
            continue
        times = [when for what, when in counted if limit.kind is None or what == limit.kind]
        if not has_room(times, at, limit.most, limit.days):
            return False
    return True


def lock_customers(session: Session, customers: Collection[str]) -> None:
    """Make whoever else contacts these customers wait; in one order, so that two never deadlock."""
    asked = select(Customer.id).where(Customer.id.in_(customers)).order_by(Customer.id)
    session.execute(asked.with_for_update(key_share=True)).all()


def contacts_of(
    session: Session, customers: Collection[str]
) -> dict[str, list[tuple[str, datetime]]]:
    """Give kind and moment of each contact, planned ones too, by customer.

    Parameters
    ----------
    session : Session
    customers : collection of str
        Some hundred at most.

    Returns
    -------
    dict of str to list of (str, datetime)
        Of every customer asked for.
    """
    columns = (Contact.customer_id, Contact.kind, Contact.at)
    found: dict[str, list[tuple[str, datetime]]] = {one: [] for one in customers}
    for row in session.execute(select(*columns).where(Contact.customer_id.in_(customers))):
        found[row[0]].append((row[1], row[2]))
    return found


def fetch_rule(session: Session) -> tuple[FrequencyRule, int]:
    """Give the rule and its revision; 0 until somebody has changed it."""
    row = session.get(Setting, SETTING)
    if row is None:
        return FrequencyRule(), 0
    return FrequencyRule.model_validate(row.value), row.revision


def do_set_rule(work: UnitOfWork, rule: FrequencyRule, revision: int) -> Mapping[str, object]:
    """Change the rule; what is planned already stays.

    Raises
    ------
    EditConflictError
        Somebody changed it meanwhile.
    """
    row = write_setting(work, SETTING, rule.model_dump(mode="json"), revision)
    return {**row.value, "revision": row.revision}
