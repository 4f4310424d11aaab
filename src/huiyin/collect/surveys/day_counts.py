"""How often open links are opened, begun and finished: counted by day, without a trace of whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from huiyin.store.tables import SurveyDay, SurveyLink

_DIALECTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Step(StrEnum):
    """How far somebody came; the columns of `SurveyDay`."""

    OPENED = "opened"
    STARTED = "started"
    FINISHED = "finished"
    SCREENED_OUT = "screened_out"


class Place(NamedTuple):
    """What is counted for: a way in, on a day in the zone of its questionnaire."""

    survey_id: str
    link_id: str
    day: date


def add_counts(counts: Mapping[Place, Mapping[Step, int]]) -> Callable[[Connection], None]:
    """Give the write that adds counts to those of their days."""
    rows = [
        place._asdict() | {step: found.get(step, 0) for step in Step}
        for place, found in sorted(counts.items())  # one order for all: nobody waits in a ring
    ]

    def write(connection: Connection) -> None:
        insert = _DIALECTS[connection.dialect.name](SurveyDay)
        added = {step.value: getattr(SurveyDay, step) + insert.excluded[step] for step in Step}
        names = list(Place._fields)
        connection.execute(insert.on_conflict_do_update(index_elements=names, set_=added), rows)

    return write


def fetch_open_funnel(session: Session, survey_id: str) -> list[dict[str, Any]]:
    """Sum up how far those came who used each open way in; ways that nobody used are left out.

    Returns
    -------
    list of dict
        ``link_id``, ``name``, ``kind``, and a count for each `Step`.
    """
    sums = [func.sum(getattr(SurveyDay, step)).label(step.value) for step in Step]
    asked = (
        select(SurveyLink.id.label("link_id"), SurveyLink.name, SurveyLink.kind, *sums)
        .join(SurveyDay, SurveyDay.link_id == SurveyLink.id)
        .where(SurveyLink.survey_id == survey_id)
        .group_by(SurveyLink.id, SurveyLink.name, SurveyLink.kind)
        .order_by(SurveyLink.name, SurveyLink.id)
    )
    found = session.execute(asked).mappings()
    return [dict(row) | {step.value: int(row[step]) for step in Step} for row in found]
