"""Targets: what a metric should reach, and where a dataset stands against them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from huiyin.codebook.contracts import Role
from huiyin.core.errors import BadInputError
from huiyin.measure.contracts import Filter, Query
from huiyin.measure.definitions.attainment import judged
from huiyin.measure.definitions.contracts import ATTAINMENT_TEXT, Goal
from huiyin.measure.definitions.targets import (
    do_add_target,
    do_change_target,
    do_remove_target,
    goal_of,
    targets,
)
from huiyin.measure.definitions.words import day_of
from huiyin.measure.present import cell_json
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Target
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body
from huiyin.web.corridors import TwofoldCorridor, open_view
from huiyin.web.lists import Format, listed, listed_as
from huiyin.web.told import told

router = APIRouter(prefix="/api/v1", tags=["targets"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_METRICS))]
MOST_JUDGED = 50


class TargetBody(Body):
    """What a metric should reach; shares as proportions; `where` is column → value."""

    metric: str
    value: float
    where: dict[str, str] = Field(default_factory=dict, max_length=20)
    dataset_id: str | None = None
    higher_is_better: bool | None = None
    valid_from: date
    valid_to: date | None = None

    def goal(self) -> Goal:
        """Give it as the stage takes it."""
        return Goal(
            metric=self.metric,
            value=self.value,
            where=self.where,
            dataset_id=self.dataset_id,
            higher_is_better=self.higher_is_better,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


class TargetChange(TargetBody):
    """A changed target."""

    revision: int


@router.get("/targets", response_model=None)
def get_targets(
    system: TheSystem,
    _: Reader,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List every target."""
    with system.database.reading() as session:
        items = [target_item(row) for row in targets(session)]
    return listed_as(format, items, "targets")


@router.post("/targets", status_code=201)
def post_target(body: TargetBody, request: Request, person: Editor) -> dict[str, Any]:
    """Add a target."""
    with changing(request, person) as uow:
        return target_item(do_add_target(uow, body.goal()))


@router.put("/targets/{target_id}")
def put_target(
    target_id: str, body: TargetChange, request: Request, person: Editor
) -> dict[str, Any]:
    """Change a target; refused where somebody has changed it since."""
    with changing(request, person) as uow:
        return target_item(do_change_target(uow, target_id, body.revision, body.goal()))


@router.delete("/targets/{target_id}")
def delete_target(
    target_id: str, revision: int, request: Request, person: Editor
) -> dict[str, bool]:
    """Remove a target."""
    with changing(request, person) as uow:
        do_remove_target(uow, target_id, revision)
    return {"removed": True}


@router.get("/datasets/{dataset_id}/targets")
def get_judged(
    dataset_id: str, system: TheSystem, person: Reader, on: date | None = None
) -> dict[str, Any]:
    """Say where a dataset stands against each target that holds on a day, today by default.

    The numbers are those from the first day of the target up to that day; of undated rows all.
    A target that does not fit the dataset carries the sentence that says why.
    """
    day = on or day_of(system.clock())
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id)
        kept = [row for row in targets(session) if row.dataset_id in {None, dataset_id}]
    held = [row for row in kept if goal_of(row).holds(day)][:MOST_JUDGED]
    dated = view.snapshot.codebook.first(Role.TIME) is not None
    items = told(
        system,
        person,
        view,
        None,
        lambda own: [_judged(own, row, day, dated=dated) for row in held],
    )
    return listed(items) | {"on": day.isoformat()}


def _judged(corridor: TwofoldCorridor, row: Target, day: date, *, dated: bool) -> dict[str, Any]:
    goal = goal_of(row)
    where = tuple(Filter(column, "=", (value,)) for column, value in goal.where.items())
    window = (goal.valid_from, day) if dated else (None, None)
    query = Query((goal.metric,), where=where, since=window[0], until=window[1])
    item = target_item(row) | {"cell": None, "attainment": None, "refused": None}
    try:
        result = corridor.answer(query)
    except BadInputError as error:
        return item | {"refused": dict(error.sentence)}
    (found,) = judged(result, [goal], day, dataset_id=row.dataset_id)
    return item | {
        "cell": cell_json(found.cell),
        "attainment": found.attainment.value,
        "attainment_words": dict(ATTAINMENT_TEXT[found.attainment]),
    }


def target_item(row: Target) -> dict[str, Any]:
    """Give a target as lists show it."""
    return {
        "id": row.id,
        "metric": row.metric,
        "value": row.value,
        "where": dict(row.where),
        "dataset_id": row.dataset_id,
        "higher_is_better": row.higher_is_better,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "revision": row.revision,
        "updated_by": row.updated_by,
        "updated_at": row.updated_at.isoformat(),
    }
