"""Whom a mailing means: customers of a dataset by their rows, in turns where it goes in waves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Role
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.collect.sending.contracts import (
    Audience,
    Occasion,
    Plan,
    Reason,
    Rule,
    SendingError,
)
from huiyin.collect.sending.planning import AT_ONCE, Candidate, judge
from huiyin.collect.sending.sampling import draw
from huiyin.core.clock import day_in
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Filter
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import condition
from huiyin.store.bulk import batched
from huiyin.store.tables import Dataset as DatasetRow
from huiyin.web.corridors import View, everybodys_view, open_view
from huiyin.web.customer_views import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.engine.duck import Engine
    from huiyin.people.contracts import Person
    from huiyin.store.tables import Mailing
    from huiyin.web.system import System

ROW_ID = "_response_id"
_DAYS = (Role.DELIVERED, Role.RESOLVED, Role.TIME, Role.OPENED)
_NO_CUSTOMERS = Text(
    "这份数据认不出客户，不能当发送名单。请选有客户编号、手机号或邮箱的数据。",
    "No customer can be told in this dataset: choose one with customer numbers, telephones or "
    "mail addresses.",
)
_NOT_ALL = Text(
    "按规则持续发送要看得到这份数据的全部行；您只看得到一部分。",
    "A mailing that goes on by a rule needs somebody who sees every row of this dataset; you see "
    "some of them.",
)
_NO_DAYS = Text(
    "这份数据没有时间列，认不出哪些行是新来的。",
    "This dataset has no time column, so new rows cannot be told from old ones.",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """How many there are, against how many something stands, and how many would be asked.

    Attributes
    ----------
    n_before, n_eligible, n_asked : int
    excluded : dict of str to int
        By `Reason`.
    """

    n_before: int
    n_eligible: int
    n_asked: int
    excluded: dict[str, int]


def check_sees_all(session: Session, system: System, person: Person, plan: Plan) -> None:
    """Refuse a mailing that goes on by itself over rows that its starter may not see.

    Raises
    ------
    SendingError
        A row rule narrows what they see.
    """
    if plan.audience is None:
        return
    if open_view(session, system, person, plan.audience.dataset_id).rows.rows:
        raise SendingError(_NOT_ALL)


def preview(
    session: Session, system: System, person: Person, plan: Plan, mailing_id: str | None
) -> Preview:
    """Count the audience of a plan as a person sees it, with what stands against each.

    Raises
    ------
    SendingError, QueryError
        No customer can be told there; a condition does not fit.
    """
    if plan.audience is None:
        return Preview(0, 0, 0, {})
    view = open_view(session, system, person, plan.audience.dataset_id)
    everybody = _candidates(session, system, view, plan, system.clock())
    eligible, excluded = sift(session, system.key, mailing_id, plan, everybody)
    asked = draw(eligible, plan.audience.sample)
    return Preview(
        len(everybody), len(eligible), len(asked), {one.value: n for one, n in excluded.items()}
    )


def find_candidates(
    session: Session, system: System, person: Person, plan: Plan
) -> list[Candidate]:
    """Give everybody a plan may mean as a person sees them, whatever its rule, with their facts."""
    if plan.audience is None:
        return []
    view = open_view(session, system, person, plan.audience.dataset_id)
    at_once = plan.model_copy(update={"rule": Rule()})
    return _candidates(session, system, view, at_once, system.clock())


def sift(
    session: Session, key: bytes, mailing_id: str | None, plan: Plan, some: Sequence[Candidate]
) -> tuple[list[Candidate], Counter[Reason]]:
    """Part those who may be asked from the others, counted by reason; nothing is written."""
    eligible, excluded = [], Counter[Reason]()
    for part in batched(some, AT_ONCE):
        for one, reason in judge(session, key, mailing_id, plan, part):
            if reason is None:
                eligible.append(one)
            else:
                excluded[reason] += 1
    return eligible, excluded


def candidates_of(
    session: Session, system: System, mailing: Mailing, plan: Plan, now: datetime
) -> tuple[list[Candidate], Counter[Reason]]:
    """Give whom a running mailing invites now, and who was left out before the draw.

    The sample is drawn from those who may be asked; they are judged again as they are planned.
    """
    if plan.audience is None:
        return [], Counter()
    view = everybodys_view(session, system, plan.audience.dataset_id)
    since = day_in(mailing.planned_at, plan.window.zone) if mailing.planned_at else None
    everybody = _candidates(session, system, view, plan, now, since)
    if plan.audience.sample is None:
        return everybody, Counter()
    eligible, excluded = sift(session, system.key, mailing.id, plan, everybody)
    return draw(eligible, plan.audience.sample), excluded


def _candidates(
    session: Session,
    system: System,
    view: View,
    plan: Plan,
    now: datetime,
    since: date | None = None,
) -> list[Candidate]:
    assert plan.audience is not None  # noqa: S101 -- asked for before
    dataset = session.get_one(DatasetRow, plan.audience.dataset_id)
    with system.engines.lent() as engine:
        rows = _rows(engine, Part(dataset, view), plan.audience)
        if plan.rule.on is Occasion.ROWS:
            day = _day_column(view)
            return _by_row(engine, rows.mutate(day=rows[day].cast("date")), plan, now, since)
        found = _by_customer(engine, rows, plan, now)
    return in_turn(found, plan, now) if plan.rule.on is Occasion.WAVE else found


def _rows(engine: Engine, part: Part, audience: Audience) -> Any:
    rows = part.rows(engine)
    if rows is None:
        raise SendingError(_NO_CUSTOMERS)
    known = Dataset(engine, part.view.snapshot)
    for one in audience.where:
        where = Filter(known.column_name(one.column), one.operator, one.values)
        rows = rows.filter(condition(known, rows, where))
    return rows


def _facts(rows: Any, audience: Audience) -> dict[str, Any]:
    """Plan what goes with an answer, and what a sample is stratified by."""
    wanted = {f"f_{number}": name for number, name in enumerate(audience.fields.values())}
    if audience.sample and audience.sample.by:
        wanted["stratum"] = audience.sample.by
    return {short: rows[name].cast("string") for short, name in wanted.items()}


def _by_customer(engine: Engine, rows: Any, plan: Plan, now: datetime) -> list[Candidate]:
    """Give each customer once, with the facts of the newest row."""
    assert plan.audience is not None  # noqa: S101 -- asked for before
    day = rows[ANSWERED_ON_COLUMN].cast("date")
    facts = {
        name: column.argmax(day.coalesce(date(1, 1, 1)), where=column.notnull())
        for name, column in _facts(rows, plan.audience).items()
    }
    found = rows.group_by(customer=rows[CUSTOMER_COLUMN]).agg(n=rows.count(), **facts)
    due = now + timedelta(minutes=plan.rule.delay_minutes)
    return [
        _candidate(row, row["customer"], due, plan.audience)
        for row in engine.run(found.order_by("customer")).to_pylist()
    ]


def _by_row(
    engine: Engine, rows: Any, plan: Plan, now: datetime, since: date | None
) -> list[Candidate]:
    """Give a candidate for each row since the mailing began; a row is asked about once."""
    assert plan.audience is not None  # noqa: S101 -- asked for before
    facts = {"customer": rows[CUSTOMER_COLUMN], "row": rows[ROW_ID], "day": rows.day}
    new = rows.filter(rows.day >= (since or day_in(now, plan.window.zone))).select(
        **facts, **_facts(rows, plan.audience)
    )
    due = now + timedelta(minutes=plan.rule.delay_minutes)
    found = engine.run(new.order_by("day", "row")).to_pylist()
    return [_candidate(row, f"row:{row['row']}", due, plan.audience) for row in found]


def _day_column(view: View) -> str:
    """Give the column that says when what a row tells of happened: signed for, resolved, answered.

    Raises
    ------
    SendingError
        There is none.
    """
    found = (view.snapshot.codebook.first(role) for role in _DAYS)
    column = next((one for one in found if one is not None and one.usable), None)
    if column is None:
        raise SendingError(_NO_DAYS)
    return column.name


def _candidate(row: dict[str, Any], occasion: str, due: datetime, audience: Audience) -> Candidate:
    fields = {
        name: row[f"f_{number}"]
        for number, name in enumerate(audience.fields)
        if row[f"f_{number}"] is not None
    }
    return Candidate(row["customer"], occasion, due, fields, row.get("stratum") or "")


def in_turn(everybody: Sequence[Candidate], plan: Plan, now: datetime) -> list[Candidate]:
    """Give the part of the base whose turn it is: each customer once in `groups` waves.

    Which part a customer is in follows from a hash of the surrogate, so newcomers spread evenly and
    nobody moves. The turn follows from the month, so that what was missed is not made up twice.
    """
    groups, turn = plan.rule.groups, months_of(now, plan.window.zone)
    cycle = turn // groups
    return [
        Candidate(
            one.customer_id, f"cycle:{cycle}:{one.customer_id}", one.due_at, one.fields, one.stratum
        )
        for one in everybody
        if group_of(one.customer_id, groups) == turn % groups
    ]


def group_of(customer_id: str, groups: int) -> int:
    """Give the part of the base that a customer is in."""
    return int.from_bytes(hashlib.sha256(customer_id.encode()).digest()[:8]) % groups


def months_of(now: datetime, zone: str) -> int:
    """Count months since year 0 on the clock of a zone: the number of a wave."""
    day = day_in(now, zone)
    return day.year * 12 + day.month - 1
