"""Outcomes by satisfaction band, and where time goes in a log of stages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field
from sqlalchemy import select

from huiyin.analyse.outcomes import find_outcomes
from huiyin.analyse.stages import find_stages
from huiyin.measure.catalogue import metric_of
from huiyin.measure.contracts import DEFAULT_LEVEL
from huiyin.measure.parse import parse_query
from huiyin.measure.present import query_json
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import DataModel, Dataset
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import View, open_view
from huiyin.web.stopping import STOPPABLE
from huiyin.web.told import told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.analyse.ports import Corridor
    from huiyin.measure.contracts import Query
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["operations"])
MOST_FILTERS = 50
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Words = Annotated[str, Field(max_length=400)]


class _Asked(Body):
    where: list[Words] = Field(default_factory=list, max_length=MOST_FILTERS)
    since: Words | None = None
    until: Words | None = None
    level: float = Field(DEFAULT_LEVEL, ge=0.5, lt=1)
    version: VersionNumber | None = None
    rules_version: VersionNumber | None = None


class OutcomesBody(_Asked):
    """Whose outcomes: by the bands of which rating; none named, the first of the whole."""

    rating: Words | None = None


class StagesBody(_Asked):
    """How long a stage may take: ``4h``, ``2d``; 48 hours where nothing is said."""

    target: Words | None = None


@router.post("/outcomes", dependencies=[STOPPABLE])
def post_outcomes(
    dataset_id: str, body: OutcomesBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Give outcomes by satisfaction band; the shape is that of ``huiyin outcomes --json``.

    ``linked`` names the datasets that were linked from this one, where outcomes may live.
    """
    with system.database.reading() as session:
        view = _view(session, system, person, dataset_id, body)
        linked = _linked(session, person, dataset_id)
    found = _told(
        system,
        person,
        view,
        body,
        ("outcomes", body.rating),
        lambda corridor, query: find_outcomes(corridor, body.rating, query).to_json(),
    )
    absent = [one | {"label": _label(one["metric"])} for one in found["absent"]]
    return found | {"absent": absent, "linked": linked}


@router.post("/stages", dependencies=[STOPPABLE])
def post_stages(
    dataset_id: str, body: StagesBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Say how long each stage of a log takes, and which is the bottleneck, if it can be told."""
    with system.database.reading() as session:
        view = _view(session, system, person, dataset_id, body)
    return _told(
        system,
        person,
        view,
        body,
        ("stages", body.target),
        lambda corridor, query: find_stages(corridor, query, body.target).to_json(),
    )


def _label(metric: str) -> dict[str, str]:
    return dict(metric_of(metric.partition(":")[0]).label)


def _view(session: Session, system: System, person: Person, dataset_id: str, body: _Asked) -> View:
    rules = body.rules_version
    return open_view(session, system, person, dataset_id, body.version, rules_version=rules)


def _told(
    system: System,
    person: Person,
    view: View,
    body: _Asked,
    key: tuple[str, str | None],
    find: Callable[[Corridor, Query], dict[str, Any]],
) -> dict[str, Any]:
    words = body.model_dump(include={"where", "since", "until", "level"})
    query = parse_query(view.snapshot.codebook, (), **words)
    whole_key = view.key(*key, query_json(query))
    found: dict[str, Any] = told(system, person, view, whole_key, lambda own: find(own, query))
    return found


def _linked(session: Session, person: Person, dataset_id: str) -> list[dict[str, str]]:
    """List the linked datasets made from this one that the person sees."""
    wanted = (
        select(Dataset, DataModel.parents)
        .join(DataModel, DataModel.result_dataset_id == Dataset.id)
        .where(Dataset.archived_at.is_(None))
        .order_by(Dataset.name)
    )
    rows = [row for row, parents in session.execute(wanted) if dataset_id in parents]
    mine = person.dataset_ids
    return [{"id": row.id, "name": row.name} for row in rows if mine is None or row.id in mine]
